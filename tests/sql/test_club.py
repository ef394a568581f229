"""sql/club.sql: the small database to begin with, pasted where people paste."""
import pathlib
import re
import subprocess

import pytest

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "sql"
FILE = FOLDER / "club.sql"
TEXT = FILE.read_text()
TABLES = ["due", "event", "loan", "member", "minutes", "task", "thing"]


def both():
    return (FOLDER / "ifmatch.sql").read_text(), TEXT


def by_psql(cluster, name, user):
    for file in ("ifmatch.sql", "club.sql"):
        cluster.psql(name, file=str(FOLDER / file), user=user)


def by_one_query(cluster, name, user):
    """As a web client does that sends the whole text at once."""
    cluster.query(name, "".join(both()), user=user)


LOADERS = {"psql": by_psql, "one query": by_one_query}


@pytest.fixture(name="empty")
def empty_fixture(cluster):
    name = cluster.createdb("club")
    yield name
    cluster.dropdb(name)


def versions(cluster, name):
    return cluster.query(name, " UNION ALL ".join(
        "SELECT '%s', count(*), count(DISTINCT version) FROM %s" % (t, t)
        for t in TABLES))


@pytest.mark.parametrize("loader", LOADERS)
def test_an_ordinary_owner_loads_it(cluster, empty, loader):
    LOADERS[loader](cluster, empty, "owner")
    assert [t for t, in cluster.query(empty, """SELECT relname FROM pg_class
        JOIN pg_trigger ON tgrelid = pg_class.oid AND tgname = 'zzz_ifmatch'
        WHERE tgenabled = 'O' ORDER BY 1""")] == TABLES
    rows = {t: n for t, n, _ in versions(cluster, empty)}
    assert rows == {"member": 8, "due": 14, "event": 3, "minutes": 2,
                    "task": 3, "thing": 4, "loan": 3}
    # the next row gets the next number
    assert cluster.query(empty, """INSERT INTO member (last_name, first_name)
        VALUES ('New', 'Nora') RETURNING number""", user="owner") == [(9,)]


def test_one_who_may_make_no_schema_loads_it(cluster, empty):
    cluster.psql(empty, "CREATE ROLE hosted LOGIN; GRANT CREATE ON SCHEMA "
                 "public TO hosted")
    try:
        by_one_query(cluster, empty, "hosted")
        assert cluster.query(empty, "SELECT to_regnamespace('ifmatch'), "
                             "to_regprocedure('protect(regclass)') IS NULL"
                             ) == [(None, False)]
        assert cluster.query(empty, "SELECT count(*) FROM pg_trigger WHERE "
                             "tgname = 'zzz_ifmatch'") == [(7,)]
    finally:
        cluster.psql(empty, "DROP OWNED BY hosted; DROP ROLE hosted")


def test_pasted_twice_it_changes_nothing(cluster, empty):
    by_psql(cluster, empty, "owner")
    before = versions(cluster, empty)
    # statement by statement, as a client that goes on behind an error
    said = subprocess.run(
        [a for a in cluster.psql_command(empty, "owner")
         if a not in ("-v", "ON_ERROR_STOP=1")] + ["-f", str(FILE)],
        text=True, check=True, capture_output=True).stderr
    assert said.count('ERROR:  relation "') == 8
    assert said.count("duplicate key") == 8
    assert versions(cluster, empty) == before


def test_without_versions_it_says_what_is_missing(cluster, empty):
    with pytest.raises(Exception, match="ifmatch.sql has to be run before"):
        cluster.query(empty, TEXT, user="owner")
    assert cluster.query(empty, "SELECT to_regclass('member')") == [(None,)]


def test_nothing_in_it_needs_psql():
    for name in ("ifmatch.sql", "accounts.sql", "club.sql"):
        text = (FOLDER / name).read_text()
        assert not re.search(r"(?m)^\s*\\|^\s*COPY\b", text)


def test_everything_is_labelled(cluster, empty):
    by_psql(cluster, empty, "owner")
    names = cluster.query(empty, """SELECT relname, attname,
        split_part(col_description(attrelid, attnum), E'\\n', 1)
        FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
        AND attnum > 0 AND attname NOT IN
            ('version', 'updated_at', 'updated_by')""")
    names += cluster.query(empty, """SELECT relname, '',
        split_part(obj_description(oid), E'\\n', 1) FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'""")
    assert len(names) > 35
    for table, column, title in names:
        assert title and len(title) <= 40 and "." not in title, (table, column)
