"""sql/demo.sql: the sample database."""

import pathlib
import time

import pytest

FILE = pathlib.Path(__file__).resolve().parents[2] / "sql" / "demo.sql"
TABLES = """SELECT relname, 'public.' || quote_ident(relname) FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
    ORDER BY relname"""
PROTECTED = {"member", "boat", "boat_permit", "outing", "room", "booking",
             "enrolment", "loan", "event"}


@pytest.fixture(scope="module")
def ask(cluster, demo_template):
    """ask(sql) -> rows"""
    return lambda sql: cluster.query(demo_template, sql)


def contents(cluster, name):
    """each table's rows as one hash, but for what depends on the time"""
    return {table: cluster.query(name, f"""SELECT md5(string_agg(r, '' ORDER BY r))
        FROM (SELECT (to_jsonb(t) - '{{version,updated_at}}'::text[])::text
            FROM {ident} AS t) AS x (r)""")[0][0]
            for table, ident in cluster.query(name, TABLES)}


def test_loads_quickly_and_always_the_same(cluster, demo_template):
    name = cluster.createdb()
    cluster.load_ifmatch(name)
    started = time.monotonic()
    cluster.query(name, "SET TIME ZONE 'Asia/Tokyo';" + FILE.read_text(),
                  user="owner")
    assert time.monotonic() - started < 10
    first, second = contents(cluster, demo_template), contents(cluster, name)
    assert len(first) == 13 and None not in first.values()
    assert first == second
    cluster.dropdb(name)


def test_a_few_thousand_rows(ask):
    total = sum(ask(f"SELECT count(*) FROM {ident}")[0][0]
                for _, ident in ask(TABLES))
    assert 3000 < total < 10000


def test_everything_has_a_help_text(ask):
    assert ask("""SELECT relname, attname FROM pg_class
        JOIN pg_attribute ON attrelid = pg_class.oid
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v')
        AND attnum >= 0 AND NOT attisdropped
        AND col_description(attrelid, attnum) IS NULL""") == []
    assert ask("""SELECT relname FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v')
        AND obj_description(oid) IS NULL""") == []


def test_every_kind_of_version(ask):
    columns = dict(ask("""SELECT relname, array_agg(attname::text)
        FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
        AND attname IN ('version', 'lock_version') GROUP BY relname"""))
    assert columns == {**{name: ["version"] for name in PROTECTED},
                       "course": ["lock_version"], "book": ["version"]}
    assert {name for name, in ask("""SELECT tgrelid::regclass::text
        FROM pg_trigger WHERE tgname = 'zzz_ifmatch'""")} == PROTECTED


def test_every_common_type(ask):
    there = {name for name, in ask("""SELECT DISTINCT CASE typtype
        WHEN 'e' THEN 'enum' WHEN 'd' THEN 'domain' ELSE typname END
        FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
        JOIN pg_type ON pg_type.oid = atttypid
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
        AND attnum > 0""")}
    assert there >= {
        "text", "varchar", "bpchar", "numeric", "int2", "int4", "int8",
        "float4", "float8", "money", "bool", "date", "time", "timestamp",
        "timestamptz", "interval", "enum", "domain", "uuid", "json", "jsonb",
        "bytea", "_text", "int4range", "daterange", "tsrange", "tstzrange",
        "inet"}


def test_view_of_a_protected_table_can_be_written(cluster, demo_database):
    before, after = cluster.query(demo_database, """
        WITH old AS (SELECT id, version FROM telephone_list WHERE id = 2)
        UPDATE telephone_list AS t SET phone = '112' FROM old
        WHERE t.id = old.id RETURNING old.version, t.version""")[0]
    assert after > before
