"""sql/ifmatch.sql: what protect, unprotect and restored promise."""

import io
import pathlib
import subprocess
import threading
import time

import psycopg2
import psycopg2.errors
import pytest

FILE = pathlib.Path(__file__).resolve().parents[2] / "sql" / "ifmatch.sql"
OURS = ["version", "updated_at", "updated_by"]


class Session:
    """A connection that commits each statement, and gives rows at once."""

    def __init__(self, connection):
        self.connection = connection
        connection.autocommit = True

    def run(self, sql, *values):
        with self.connection.cursor() as cursor:
            cursor.execute(sql, values or None)
            return cursor.fetchall() if cursor.description else None

    def row(self, sql, *values):
        rows = self.run(sql, *values)
        assert len(rows) == 1
        return rows[0]

    def one(self, sql, *values):
        return self.row(sql, *values)[0]

    def columns(self, table):
        return [r[0] for r in self.run(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass"
            " AND attnum > 0 AND NOT attisdropped ORDER BY attnum", table)]

    def triggers(self, table):
        return [r[0] for r in self.run(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass"
            " AND NOT tgisinternal ORDER BY 1", table)]

    def protect(self, table):
        self.run("SELECT ifmatch.protect(%s)", table)

    def unprotect(self, table):
        self.run("SELECT ifmatch.unprotect(%s)", table)

    def kept(self, table, where="true"):
        return self.row(f"SELECT version, updated_at, updated_by FROM {table}"
                        f" WHERE {where}")

    def close(self):
        self.connection.close()


@pytest.fixture(scope="module")
def enter(cluster):
    """enter(database, role) -> Session, closed at the end of the module"""
    opened = []

    def enter(database, role="postgres"):
        session = Session(cluster.connect(database, user=role))
        opened.append(session)
        return session

    yield enter
    for session in opened:
        session.close()


@pytest.fixture
def empty(cluster):
    """an empty database of the role owner; ifmatch may only connect"""
    name = cluster.createdb()
    yield name
    cluster.dropdb(name)


@pytest.fixture(scope="module")
def installed(cluster, enter):
    name = cluster.createdb()
    enter(name, "owner").run(FILE.read_text())
    yield name
    cluster.dropdb(name)


@pytest.fixture
def writer(installed, cluster):
    session = Session(cluster.connect(installed, user="ifmatch"))
    session.run("SET search_path = here")
    yield session
    session.close()


@pytest.fixture
def db(installed, cluster):
    """the owner's session, in a schema that lasts for one test"""
    session = Session(cluster.connect(installed, user="owner"))
    session.run("DROP SCHEMA IF EXISTS here CASCADE; CREATE SCHEMA here;"
                " GRANT USAGE, CREATE ON SCHEMA here TO ifmatch;"
                " SET search_path = here")
    yield session
    session.close()


@pytest.fixture
def t(db):
    db.run("CREATE TABLE t (id int PRIMARY KEY, v text);"
           " INSERT INTO t VALUES (1, 'one'), (2, 'two')")
    db.protect("t")
    return db


def refused(session, sql, error):
    with pytest.raises(error) as caught:
        session.run(sql)
    return caught.value.diag


def clock(session):
    return session.one("SELECT floor(extract(epoch FROM clock_timestamp())"
                       " * 1000000)::bigint")


def wait_until_blocked(session, pid):
    deadline = time.monotonic() + 20
    while not session.one("SELECT cardinality(pg_blocking_pids(%s)) > 0", pid):
        assert time.monotonic() < deadline, "it never had to wait"


# Installation


def test_installs_as_one_pasted_string_for_an_ordinary_owner(empty, enter):
    owner = enter(empty, "owner")
    assert not owner.one("SELECT rolsuper OR rolcreaterole FROM pg_roles"
                         " WHERE rolname = current_user")
    owner.run(FILE.read_text())
    assert owner.run("SELECT extname FROM pg_extension") == [("plpgsql",)]
    owner.run("CREATE TABLE t (id int); SELECT ifmatch.protect('t')")
    assert owner.columns("t") == ["id"] + OURS


def test_installs_whole_or_not_at_all(empty, enter):
    owner = enter(empty, "owner")
    owner.run("CREATE SCHEMA ifmatch;"
              " CREATE FUNCTION ifmatch.unprotect(t regclass) RETURNS int"
              " LANGUAGE sql AS 'SELECT 1'")
    with pytest.raises(psycopg2.Error):
        owner.run(FILE.read_text())
    assert owner.run("SELECT proname FROM pg_proc WHERE pronamespace ="
                     " 'ifmatch'::regnamespace") == [("unprotect",)]
    assert owner.one("SELECT to_regclass('ifmatch.ifmatch_version')") is None


def test_installs_through_psql_and_again(empty, enter, cluster):
    for _ in range(2):
        done = subprocess.run(
            cluster.psql_command(empty, "owner") + ["-f", str(FILE)],
            capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert enter(empty, "owner").one(
        "SELECT count(*) FROM pg_proc WHERE proname = 'protect'") == 1


def test_installs_where_the_search_path_is_empty(empty, enter):
    owner = enter(empty, "owner")
    owner.run("SELECT set_config('search_path', '', false)")
    owner.run(FILE.read_text())
    assert owner.one("SELECT to_regprocedure('ifmatch.restored()')")


def test_running_the_file_again_keeps_what_is_protected(empty, enter):
    owner = enter(empty, "owner")
    owner.run(FILE.read_text())
    owner.run("CREATE TABLE t (id int); INSERT INTO t VALUES (1);"
              " SELECT ifmatch.protect('t')")
    before = owner.kept("t")
    owner.run(FILE.read_text())
    assert owner.kept("t") == before
    owner.run("UPDATE t SET id = 2")
    assert owner.kept("t")[0] > before[0]


def test_role_that_may_not_create_schemas(empty, enter):
    admin = enter(empty)
    admin.run("CREATE SCHEMA \"o'dd \"\"$x$ %s\" AUTHORIZATION ifmatch")
    writer = enter(empty, "ifmatch")
    writer.run("SET search_path = \"o'dd \"\"$x$ %s\"")
    for _ in range(2):
        writer.run(FILE.read_text())
    assert writer.one("SELECT to_regnamespace('ifmatch')") is None
    writer.run("CREATE TABLE t (id int); INSERT INTO t VALUES (1);"
               " SELECT protect('t')")
    before = writer.kept("t")
    writer.run("UPDATE t SET id = 2")
    assert writer.kept("t")[0] > before[0]
    # It stays there when the role may do more one day.
    admin.run(f'GRANT CREATE ON DATABASE "{empty}" TO ifmatch')
    writer.run(FILE.read_text())
    assert writer.one("SELECT to_regnamespace('ifmatch')") is None
    writer.run("SELECT unprotect('t')")
    assert writer.columns("t") == ["id"]


def test_role_that_may_create_nothing_is_told_what_helps(empty, enter):
    enter(empty).run("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    writer = enter(empty, "ifmatch")
    for path in ("public", ""):
        writer.run("SELECT set_config('search_path', %s, false)", path)
        diag = refused(writer, FILE.read_text(),
                       psycopg2.errors.InsufficientPrivilege)
        assert "CREATE SCHEMA ifmatch AUTHORIZATION ifmatch" \
            in diag.message_hint


def test_schema_of_somebody_else(empty, enter):
    enter(empty, "owner").run(FILE.read_text())
    diag = refused(enter(empty, "ifmatch"), FILE.read_text(),
                   psycopg2.errors.InsufficientPrivilege)
    assert "owner" in diag.message_hint


def test_functions_are_described(db):
    assert db.run("SELECT proname FROM pg_proc WHERE pronamespace ="
                  " 'ifmatch'::regnamespace AND"
                  " obj_description(oid, 'pg_proc') IS NULL") == []


def test_definer_functions_have_a_fixed_search_path(db):
    rows = db.run("SELECT proname, proconfig FROM pg_proc WHERE prosecdef AND"
                  " pronamespace = 'ifmatch'::regnamespace ORDER BY 1")
    path = ["search_path=pg_catalog, pg_temp"]
    assert rows == [(name, path) for name in (
        "ifmatch_reach", "ifmatch_submit", "ifmatch_submit_key",
        "ifmatch_submitted", "ifmatch_touch", "ifmatch_upload_get",
        "ifmatch_upload_lock", "ifmatch_upload_put", "ifmatch_upload_saved",
        "restored")]


# What protect adds


def test_columns(t):
    assert t.run(
        "SELECT attname, format_type(atttypid, atttypmod), attnotnull,"
        " atthasdef FROM pg_attribute WHERE attrelid = 't'::regclass"
        " AND attnum > 2 ORDER BY attnum") == [
            ("version", "bigint", True, False),
            ("updated_at", "timestamp with time zone", False, False),
            ("updated_by", "text", False, False)]


def test_rows_from_before(t):
    one, two = t.kept("t", "id = 1"), t.kept("t", "id = 2")
    assert one == two == (one[0], None, None)
    assert abs(one[0] - clock(t)) < 3600 * 1000000


def test_trigger(t):
    assert t.one("SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE"
                 " tgrelid = 't'::regclass") == (
        "CREATE TRIGGER zzz_ifmatch BEFORE INSERT OR UPDATE ON here.t"
        " FOR EACH ROW EXECUTE FUNCTION ifmatch.ifmatch_touch()")


@pytest.mark.parametrize("make, parts", [
    ("CREATE TABLE t (id int, v text)", ["t"]),
    ("CREATE TABLE t (id int, v text) PARTITION BY LIST (id);"
     " CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1);"
     " CREATE TABLE t2 PARTITION OF t DEFAULT", ["t1", "t2"]),
    ("CREATE TABLE t (id int, v text); CREATE TABLE t1 () INHERITS (t);"
     " INSERT INTO t1 VALUES (7)", ["t", "t1"]),
])
def test_no_rewrite(db, make, parts):
    db.run(make + "; INSERT INTO t SELECT g, 'x' FROM generate_series(1, 9) g")

    def files():
        return [db.one("SELECT pg_relation_filenode(%s)", p) for p in parts]

    before = files()
    assert None not in before
    db.protect("t")
    assert files() == before
    assert db.one("SELECT count(*) FROM t WHERE version IS NULL") == 0


def test_again_changes_nothing(t):
    t.run("UPDATE t SET v = 'x' WHERE id = 2")

    def everything():
        return (t.run("SELECT ctid, xmin, * FROM t ORDER BY id"),
                t.run("SELECT oid FROM pg_trigger WHERE tgrelid ="
                      " 't'::regclass"), t.columns("t"))

    before = everything()
    t.protect("t")
    assert everything() == before


def test_again_does_not_wait_for_readers_and_writers(t, cluster, installed):
    other = Session(cluster.connect(installed, user="owner"))
    other.run("BEGIN; UPDATE here.t SET v = 'busy' WHERE id = 1")
    t.run("SET lock_timeout = '5s'")
    t.protect("t")
    other.run("COMMIT")
    other.close()


@pytest.mark.parametrize("name, make", [
    ("t", "CREATE TABLE t (a text)"),
    ("\"O'Neill \"\"x\"\" %s\"", "CREATE TABLE {} (\"select\" text)"),
    ("t", "CREATE UNLOGGED TABLE t (id int)"),
    ("t", "CREATE TEMP TABLE t (id int)"),
    ("t", "CREATE TABLE t ()"),
])
def test_tables_of_every_sort(db, name, make):
    db.run("SET search_path = here, pg_temp")
    db.run(make.format(name))
    before = db.columns(name)
    db.run(f"INSERT INTO {name} DEFAULT VALUES")
    db.protect(name)
    db.run(f"INSERT INTO {name} DEFAULT VALUES")
    assert db.one(f"SELECT count(DISTINCT version) FROM {name}") == 2
    db.unprotect(name)
    assert db.columns(name) == before


# What the trigger does


def test_insert_ignores_what_was_sent(t):
    before = t.kept("t", "id = 1")
    t.run("INSERT INTO t VALUES (3, 'x', 1, '2999-01-01', 'somebody')")
    version, at, by = t.kept("t", "id = 3")
    assert version > before[0]
    assert by == "owner"
    assert t.one("SELECT %s BETWEEN clock_timestamp() - interval '1 minute'"
                 " AND clock_timestamp()", at)


def test_update_draws_a_version(t):
    before = t.kept("t", "id = 1")
    t.run("UPDATE t SET v = 'x' WHERE id = 1")
    after = t.kept("t", "id = 1")
    assert after[0] > before[0]
    assert after[1] is not None and after[2] == "owner"
    assert t.kept("t", "id = 2") == before


@pytest.mark.parametrize("set_", [
    "v = v", "id = id", "v = v || ''", "version = 5", "updated_at = now()",
    "updated_by = 'me'", "version = 5, updated_at = NULL, updated_by = NULL"])
def test_update_that_changes_nothing_keeps_all_three(t, set_):
    t.run("UPDATE t SET v = 'x' WHERE id = 1")
    before = t.kept("t", "id = 1")
    t.run(f"UPDATE t SET {set_} WHERE id = 1")
    assert t.kept("t", "id = 1") == before


def test_update_ignores_what_was_sent(t):
    before = t.kept("t", "id = 1")
    t.run("UPDATE t SET v = 'x', version = 5, updated_at = '2999-01-01',"
          " updated_by = 'me' WHERE id = 1")
    after = t.kept("t", "id = 1")
    assert after[0] > before[0]
    assert after[1].year < 2999 and after[2] == "owner"


@pytest.mark.parametrize("type_, old, new, changed", [
    ("json", '{"a":1}', '{"a": 1}', True),
    ("json", '{"a":1}', '{"a":1}', False),
    ("jsonb", '{"a":1}', '{"a": 1}', False),
    ("jsonb", '{"a":1}', '{"a": 2}', True),
    ("jsonb", "null", None, True),
    ("numeric", "1.0", "1.00", True),
    ("numeric", "1.0", "1.0", False),
    ("float8", "0", "-0", True),
    ("float8", "NaN", "NaN", False),
    ("text", None, "", True),
    ("text", None, None, False),
    ("text", "é", "e\u0301", True),
    ("text", "x" * 100000, "x" * 100000, False),
    ("text", "x" * 100000, "x" * 99999 + "y", True),
    ("char(3)", "a", "a  ", False),
    ("point", "(1,2)", "(1,2)", False),
    ("point", "(1,2)", "(1,3)", True),
    ("xml", "<a/>", "<a></a>", True),
    ("xml", "<a/>", "<a/>", False),
    ("int[]", "{1,2}", "{1,2}", False),
    ("int[]", "{1,2}", "[0:1]={1,2}", True),
    ("pair", '(1,"x, y")', '(1,"x, y")', False),
    ("pair", '(1,"x, y")', '(1,"x")', True),
    ("pair[]", '{"(1,a)"}', '{"(1,a)"}', False),
    ("positive", "1", "1", False),
    ("positive", "1", "2", True),
    ("tstzrange", "[2024-01-01,)", "(2024-01-01,)", True),
    ("bytea", "\\x00ff", "\\x00ff", False),
])
@pytest.mark.parametrize("generated", [False, True])
def test_what_counts_as_a_change(db, type_, old, new, changed, generated):
    db.run("CREATE TYPE pair AS (a int, b text);"
           " CREATE DOMAIN positive AS int CHECK (VALUE > 0);"
           f" CREATE TABLE t (id int, gone text, v {type_})")
    db.run(f"INSERT INTO t VALUES (1, 'old', %s::{type_})", old)
    db.run("ALTER TABLE t DROP COLUMN gone")
    if generated:
        db.run("ALTER TABLE t ADD COLUMN twice int"
               " GENERATED ALWAYS AS (id * 2) STORED")
    db.protect("t")
    before = db.kept("t")
    db.run(f"UPDATE t SET v = %s::{type_}", new)
    assert (db.kept("t") != before) is changed
    assert (db.kept("t")[0] != before[0]) is changed


def test_generated_columns(db):
    db.run("CREATE DOMAIN filled AS text NOT NULL;"
           " CREATE TABLE t (id int, v text,"
           " g filled GENERATED ALWAYS AS (coalesce(upper(v), '')) STORED,"
           ' "G 2%s" int GENERATED ALWAYS AS (length(v)) STORED)'.replace(
               "%%", "%"))
    db.run("INSERT INTO t VALUES (1, 'a')")
    db.protect("t")
    before = db.kept("t")
    db.run("UPDATE t SET v = v, id = id")
    assert db.kept("t") == before
    db.run("UPDATE t SET v = 'bc'")
    assert db.kept("t")[0] > before[0]
    assert db.row("SELECT id, v, g, length(v) FROM t") == (1, "bc", "BC", 2)
    db.run("ALTER TABLE t ADD COLUMN late int GENERATED ALWAYS AS (id) STORED")
    before = db.kept("t")
    db.run("UPDATE t SET v = v")
    assert db.kept("t") == before


def test_only_generated_columns(db):
    db.run("CREATE TABLE t (g int GENERATED ALWAYS AS (1) STORED);"
           " INSERT INTO t DEFAULT VALUES")
    db.protect("t")
    before = db.kept("t")
    db.run("UPDATE t SET g = DEFAULT")
    assert db.kept("t") == before


def test_columns_added_later_count(t):
    t.run("UPDATE t SET v = v; ALTER TABLE t ADD COLUMN w int DEFAULT 1")
    before = t.kept("t", "id = 1")
    t.run("UPDATE t SET w = 1")
    assert t.kept("t", "id = 1") == before
    t.run("UPDATE t SET w = 2")
    assert t.kept("t", "id = 1")[0] > before[0]


def test_sees_what_other_triggers_did(t):
    t.run("CREATE FUNCTION other() RETURNS trigger LANGUAGE plpgsql AS"
          " $$ BEGIN NEW.v := TG_ARGV[0]; RETURN NEW; END $$;"
          " CREATE TRIGGER zz_other BEFORE UPDATE ON t FOR EACH ROW"
          " EXECUTE FUNCTION other('one')")
    before = t.kept("t", "id = 1")
    t.run("UPDATE t SET v = 'x' WHERE id = 1")
    assert t.kept("t", "id = 1") == before, "the other trigger undid it"
    t.run("DROP TRIGGER zz_other ON t; CREATE TRIGGER zz_other BEFORE UPDATE"
          " ON t FOR EACH ROW EXECUTE FUNCTION other('changed')")
    t.run("UPDATE t SET id = id WHERE id = 1")
    assert t.kept("t", "id = 1")[0] > before[0]


def test_no_two_versions_share_a_second(t):
    seconds, versions = [], []
    for i in range(6):
        t.run("UPDATE t SET v = %s WHERE id = 1", str(i))
        version, at, _ = t.kept("t", "id = 1")
        seconds.append(at.replace(microsecond=0))
        versions.append(version)
    assert len(set(seconds)) == 6 and seconds == sorted(seconds)
    assert len(set(versions)) == 6 and versions == sorted(versions)


def test_insert_and_update_do_not_share_a_second(t):
    t.run("INSERT INTO t VALUES (3, 'x')")
    inserted = t.kept("t", "id = 3")[1]
    t.run("UPDATE t SET v = 'y' WHERE id = 3")
    updated = t.kept("t", "id = 3")[1]
    assert updated.replace(microsecond=0) > inserted.replace(microsecond=0)


@pytest.mark.parametrize("person, expected", [
    ("anna", "anna"), ("Jürgen O'Neill <j@example.org>",) * 2,
    ("", "owner"), (None, "owner")])
def test_updated_by(t, person, expected):
    if person is not None:
        t.run("SELECT set_config('ifmatch.person', %s, false)", person)
    t.run("UPDATE t SET v = 'x' WHERE id = 1; INSERT INTO t VALUES (3, 'y')")
    assert t.kept("t", "id = 1")[2] == expected
    assert t.kept("t", "id = 3")[2] == expected


def test_person_of_a_transaction_is_forgotten_after_it(t):
    t.run("BEGIN; SELECT set_config('ifmatch.person', 'anna', true);"
          " UPDATE t SET v = 'x' WHERE id = 1; COMMIT")
    t.run("UPDATE t SET v = 'x' WHERE id = 2")
    assert t.kept("t", "id = 1")[2] == "anna"
    assert t.kept("t", "id = 2")[2] == "owner"


def test_upsert_merge_and_copy(t):
    first = t.kept("t", "id = 1")
    t.run("INSERT INTO t VALUES (1, 'x') ON CONFLICT (id) DO UPDATE"
          " SET v = excluded.v")
    second = t.kept("t", "id = 1")
    assert second[0] > first[0]
    if t.connection.server_version >= 150000:
        t.run("MERGE INTO t USING (VALUES (1, 'y'), (8, 'z')) AS s (id, v)"
              " ON t.id = s.id WHEN MATCHED THEN UPDATE SET v = s.v"
              " WHEN NOT MATCHED THEN INSERT (id, v) VALUES (s.id, s.v)")
        assert t.kept("t", "id = 1")[0] > second[0]
        assert t.kept("t", "id = 8")[2] == "owner"
    with t.connection.cursor() as cursor:

        cursor.copy_expert("COPY t (id, v, version) FROM STDIN",
                           io.StringIO("9\tnine\t1\n"))
    assert t.kept("t", "id = 9")[0] > second[0]


def test_simple_view_shows_the_version(t):
    t.run("CREATE VIEW seen AS SELECT id, v, version FROM t")
    before = t.kept("t", "id = 1")[0]
    assert t.one("UPDATE seen SET v = 'x' WHERE id = 1 AND version = %s"
                 " RETURNING version", before) > before


# Rights


def test_writers_need_no_rights_on_the_sequence(t, writer):
    t.run("GRANT SELECT, INSERT (id, v), UPDATE (v) ON t TO ifmatch")
    before = t.kept("t", "id = 1")
    writer.run("UPDATE t SET v = 'w' WHERE id = 1; INSERT INTO t VALUES (3)")
    version, _, by = t.kept("t", "id = 1")
    assert version > before[0] and by == "ifmatch"
    assert writer.one("SELECT last_value FROM ifmatch.ifmatch_version")
    refused(writer, "SELECT nextval('ifmatch.ifmatch_version')",
            psycopg2.errors.InsufficientPrivilege)
    refused(writer, "SELECT setval('ifmatch.ifmatch_version', 1)",
            psycopg2.errors.InsufficientPrivilege)


def test_writers_need_no_rights_on_the_schema(empty, enter):
    owner = enter(empty, "owner")
    owner.run(FILE.read_text())
    owner.run("CREATE TABLE t (id int); GRANT SELECT, INSERT ON t TO ifmatch;"
              " SELECT ifmatch.protect('t');"
              " REVOKE USAGE ON SCHEMA ifmatch FROM PUBLIC")
    enter(empty, "ifmatch").run("INSERT INTO t VALUES (1)")
    assert owner.kept("t")[2] == "ifmatch"


@pytest.mark.parametrize("call", ["protect", "unprotect"])
def test_only_the_owner(t, writer, call):
    t.run("GRANT ALL ON t TO ifmatch")
    diag = refused(writer, f"SELECT ifmatch.{call}('t')",
                   psycopg2.errors.InsufficientPrivilege)
    assert diag.message_primary == "must be owner of table here.t"
    assert "owner" in diag.message_hint


def test_other_owners_can_protect_their_tables(db, writer):
    writer.run("CREATE TABLE mine (id int)")
    writer.protect("mine")
    writer.run("INSERT INTO mine VALUES (1)")
    assert writer.kept("mine")[2] == "ifmatch"
    writer.unprotect("mine")
    assert writer.columns("mine") == ["id"]


def test_search_path_of_the_writer_does_not_matter(t, writer):
    t.run("GRANT SELECT, UPDATE ON t TO ifmatch")
    writer.run("CREATE FUNCTION here.nextval(text) RETURNS bigint"
               " LANGUAGE sql AS 'SELECT 1::bigint';"
               " CREATE FUNCTION here.clock_timestamp() RETURNS timestamptz"
               " LANGUAGE sql AS $$SELECT timestamptz '2999-01-01'$$;"
               " CREATE FUNCTION here.same(record, record) RETURNS boolean"
               " LANGUAGE plpgsql AS 'BEGIN RETURN true; END';"
               " CREATE OPERATOR here.*= (FUNCTION = here.same,"
               " LEFTARG = record, RIGHTARG = record);"
               " CREATE TEMP TABLE pg_attribute (attrelid oid,"
               " attgenerated text);"
               " SET search_path = here, pg_temp, pg_catalog")
    before = t.kept("t", "id = 1")
    writer.run("UPDATE t SET v = 'w' WHERE id = 1")
    version, at, _ = t.kept("t", "id = 1")
    assert version > before[0] and at.year < 2999


# Partitions


@pytest.fixture
def p(db):
    db.run("CREATE TABLE p (id int, k text, v text, PRIMARY KEY (id, k))"
           " PARTITION BY LIST (k);"
           " CREATE TABLE pa PARTITION OF p FOR VALUES IN ('a');"
           " CREATE TABLE pb (extra int, v text, k text NOT NULL,"
           " id int NOT NULL); ALTER TABLE pb DROP COLUMN extra;"
           " ALTER TABLE p ATTACH PARTITION pb FOR VALUES IN ('b');"
           " INSERT INTO p VALUES (1, 'a', 'x'), (2, 'b', 'y')")
    db.protect("p")
    return db


def test_partitions_have_one_trigger_on_the_parent(p):
    own = p.run("SELECT tgrelid::regclass::text FROM pg_trigger WHERE"
                " tgname = 'zzz_ifmatch' AND tgparentid = 0")
    assert ("p",) in own and ("pa",) not in own and ("pb",) not in own
    p.run("CREATE TABLE pc PARTITION OF p FOR VALUES IN ('c')")
    for leaf in ("pa", "pb", "pc"):
        assert p.triggers(leaf) == ["zzz_ifmatch"]
    p.run("INSERT INTO pc VALUES (3, 'c', 'z')")
    assert p.kept("p", "id = 3")[2] == "owner"
    p.protect("p")


def test_partition_is_updated_like_any_table(p):
    before = p.kept("p", "id = 2")
    p.run("UPDATE pb SET v = v")
    assert p.kept("p", "id = 2") == before
    p.run("UPDATE pb SET v = 'new'")
    assert p.kept("p", "id = 2")[0] > before[0]


def test_moving_row_never_shares_a_second_with_itself(p):
    seen = []
    for i in range(6):
        p.run("UPDATE p SET v = %s WHERE id = 1", f"stay{i}")
        seen.append(p.kept("p", "id = 1"))
        p.run("UPDATE p SET k = %s WHERE id = 1", "ba"[i % 2])
        seen.append(p.kept("p", "id = 1"))
    seconds = [at.replace(microsecond=0) for _, at, _ in seen]
    assert len(set(seconds)) == 12 and seconds == sorted(seconds)
    versions = [version for version, _, _ in seen]
    assert len(set(versions)) == 12 and versions == sorted(versions)


def test_many_rows_that_move_at_once(p):
    p.run("INSERT INTO p SELECT g, 'a', '' FROM generate_series(10, 29) g")
    for i in range(3):
        p.run("UPDATE p SET v = %s WHERE id >= 10", str(i))
    before = dict(p.run("SELECT id, updated_at FROM p WHERE id >= 10"))
    p.run("UPDATE p SET k = 'b' WHERE id >= 10")
    after = dict(p.run("SELECT id, updated_at FROM p WHERE id >= 10"))
    assert len(after) == 20
    for key, at in after.items():
        assert at.replace(microsecond=0) > before[key].replace(microsecond=0)


def test_insert_into_a_partition_cannot_fake_a_date(p):
    for i in range(3):
        p.run("UPDATE p SET v = %s WHERE id = 1", f"ahead{i}")
    version, at, _ = p.kept("p", "id = 1")
    p.run("INSERT INTO p VALUES (3, 'a', '', 7, '2999-01-01', 'x')")
    p.run("INSERT INTO p VALUES (4, 'a', '', %s, '2999-01-01', 'x')", version)
    p.run("BEGIN; UPDATE p SET v = 'ahead' WHERE id = 1;"
          " INSERT INTO p SELECT 5, 'b', '', version, '2999-01-01'"
          " FROM p WHERE id = 1; COMMIT")
    for key in (3, 4, 5):
        assert p.one("SELECT updated_at <= clock_timestamp() FROM p"
                     " WHERE id = %s", key)


@pytest.mark.parametrize("call", ["protect", "unprotect"])
def test_partition_is_refused_and_its_root_named(p, call):
    diag = refused(p, f"SELECT ifmatch.{call}('pa')",
                   psycopg2.errors.WrongObjectType)
    assert f"{call}('here.p')" in diag.message_hint


def test_protected_table_that_became_a_partition(t):
    t.run("CREATE TABLE p (LIKE t INCLUDING COMMENTS) PARTITION BY LIST (id);"
          " ALTER TABLE p ATTACH PARTITION t DEFAULT")
    t.protect("p")
    assert t.one("SELECT tgparentid <> 0 FROM pg_trigger WHERE tgrelid ="
                 " 't'::regclass AND tgname = 'zzz_ifmatch'")
    before = t.kept("p", "id = 1")
    t.run("UPDATE p SET v = 'x' WHERE id = 1")
    assert t.kept("p", "id = 1")[0] > before[0]


# Inheritance


@pytest.fixture
def animals(db):
    db.run("CREATE TABLE animal (id int, name text);"
           " CREATE TABLE dog (breed text) INHERITS (animal);"
           " CREATE TABLE puppy () INHERITS (dog);"
           " INSERT INTO animal VALUES (1, 'any');"
           " INSERT INTO dog VALUES (2, 'rex', 'mix');"
           " INSERT INTO puppy VALUES (3, 'rexi', 'mix')")
    return db


def test_inheritance_children_are_protected_too(animals):
    animals.protect("animal")
    before = dict(animals.run("SELECT id, version FROM animal"))
    animals.run("UPDATE animal SET name = name || '!'")
    after = dict(animals.run("SELECT id, version FROM animal"))
    assert all(after[i] > before[i] for i in (1, 2, 3))
    animals.run("UPDATE dog SET breed = 'pug' WHERE id = 3")
    assert animals.one("SELECT version FROM puppy") > after[3]


def test_child_added_later(animals):
    animals.protect("animal")
    animals.run("CREATE TABLE cat () INHERITS (animal)")
    assert animals.triggers("cat") == []
    with pytest.raises(psycopg2.errors.NotNullViolation):
        animals.run("INSERT INTO cat VALUES (4, 'tom')")
    animals.protect("animal")
    animals.run("INSERT INTO cat VALUES (4, 'tom')")
    assert animals.kept("cat")[2] == "owner"


def test_child_can_be_named_itself(animals):
    animals.protect("animal")
    animals.run("CREATE TABLE cat () INHERITS (animal)")
    animals.protect("cat")
    assert animals.triggers("cat") == ["zzz_ifmatch"]
    diag = refused(animals, "SELECT ifmatch.unprotect('cat')",
                   psycopg2.errors.InvalidTableDefinition)
    assert "here.animal" in diag.message_hint


def test_unprotect_of_a_parent(animals):
    tables = ("animal", "dog", "puppy")
    before = [animals.columns(name) for name in tables]
    animals.protect("animal")
    animals.unprotect("animal")
    assert [animals.columns(name) for name in tables] == before
    assert [animals.triggers(name) for name in tables] == [[], [], []]


def test_unprotect_of_a_parent_leaves_a_child_protected_before(animals):
    animals.protect("dog")
    animals.protect("animal")
    animals.unprotect("animal")
    assert animals.columns("animal") == ["id", "name"]
    before = animals.one("SELECT version FROM dog WHERE id = 3")
    animals.run("UPDATE dog SET name = 'x'")
    assert animals.one("SELECT version FROM dog WHERE id = 3") > before


# Refusals


@pytest.mark.parametrize("column", [
    "version integer", "version bigint NOT NULL DEFAULT 1", "updated_at date",
    "updated_at timestamptz", "updated_by text"])
def test_column_that_is_not_ours(db, column):
    db.run(f"CREATE TABLE t (id int, {column}); INSERT INTO t VALUES (1)")
    before = db.columns("t")
    diag = refused(db, "SELECT ifmatch.protect('t')",
                   psycopg2.errors.DuplicateColumn)
    assert diag.message_primary == ("cannot protect here.t: here.t has a"
                                    f" column {column.split()[0]} of its own")
    assert "version_column = " in diag.message_hint
    assert db.columns("t") == before and db.triggers("t") == []
    db.unprotect("t")
    assert db.columns("t") == before


def test_child_with_a_column_that_is_not_ours(animals):
    animals.run("CREATE TABLE cat (version bigint NOT NULL) INHERITS (animal)")
    diag = refused(animals, "SELECT ifmatch.protect('animal')",
                   psycopg2.errors.DuplicateColumn)
    assert "here.cat" in diag.message_primary
    assert animals.columns("animal") == ["id", "name"]


def test_column_of_ours_that_somebody_altered(t):
    t.run("ALTER TABLE t ALTER COLUMN version TYPE numeric")
    diag = refused(t, "SELECT ifmatch.protect('t')",
                   psycopg2.errors.DatatypeMismatch)
    assert "is numeric where bigint is needed" in diag.message_primary


@pytest.mark.parametrize("make, hint", [
    ("CREATE VIEW x AS SELECT 1 AS id", "table that the view reads"),
    ("CREATE MATERIALIZED VIEW x AS SELECT 1 AS id", "the view reads"),
    ("CREATE SEQUENCE x", "Name an ordinary"),
    ("CREATE TYPE x AS (a int)", "Name an ordinary"),
])
@pytest.mark.parametrize("call", ["protect", "unprotect"])
def test_what_is_not_a_table(db, make, hint, call):
    db.run(make)
    diag = refused(db, f"SELECT ifmatch.{call}('x')",
                   psycopg2.errors.WrongObjectType)
    assert diag.message_primary == f"cannot {call} here.x: it is not a table"
    assert hint in diag.message_hint


def test_foreign_tables(db, installed, enter):
    admin = enter(installed)
    admin.run("CREATE FOREIGN DATA WRAPPER none; CREATE SERVER away"
              " FOREIGN DATA WRAPPER none; GRANT USAGE ON FOREIGN SERVER away"
              " TO owner")
    try:
        db.run("CREATE TABLE p (id int) PARTITION BY LIST (id);"
               " CREATE FOREIGN TABLE x PARTITION OF p DEFAULT SERVER away;"
               " CREATE FOREIGN TABLE y (id int) SERVER away")
        for name in ("p", "y"):
            refused(db, f"SELECT ifmatch.protect('{name}')",
                    psycopg2.errors.WrongObjectType)
        assert db.columns("p") == ["id"]
    finally:
        admin.run("DROP SERVER away CASCADE; DROP FOREIGN DATA WRAPPER none")


def test_table_whose_rows_are_values_of_another(db):
    """PostgreSQL itself adds no column with a default to such a table."""
    db.run("CREATE TABLE t (id int); CREATE TABLE u (part t)")
    diag = refused(db, "SELECT ifmatch.protect('t')",
                   psycopg2.errors.FeatureNotSupported)
    assert "u.part" in diag.message_primary
    assert db.columns("t") == ["id"] and db.triggers("t") == []


def test_no_table_at_all(db):
    refused(db, "SELECT ifmatch.protect(NULL)",
            psycopg2.errors.UndefinedTable)
    refused(db, "SELECT ifmatch.protect('nowhere')",
            psycopg2.errors.UndefinedTable)


# Repair


@pytest.mark.parametrize("damage", [
    "DROP TRIGGER zzz_ifmatch ON {}",
    "ALTER TABLE {} DISABLE TRIGGER zzz_ifmatch",
    "ALTER TABLE {} DISABLE TRIGGER ALL",
    "ALTER TABLE {} ENABLE REPLICA TRIGGER zzz_ifmatch",
    "DROP TRIGGER zzz_ifmatch ON {0}; CREATE TRIGGER zzz_ifmatch BEFORE INSERT"
    " ON {0} FOR EACH ROW EXECUTE FUNCTION ifmatch.ifmatch_touch()",
    "DROP TRIGGER zzz_ifmatch ON {0}; CREATE TRIGGER zzz_ifmatch BEFORE INSERT"
    " OR UPDATE OF id ON {0} FOR EACH ROW"
    " EXECUTE FUNCTION ifmatch.ifmatch_touch()",
    "DROP TRIGGER zzz_ifmatch ON {0}; CREATE TRIGGER zzz_ifmatch BEFORE INSERT"
    " OR UPDATE ON {0} FOR EACH ROW WHEN (NEW.id > 5)"
    " EXECUTE FUNCTION ifmatch.ifmatch_touch()",
])
@pytest.mark.parametrize("table", ["t", "p"])
def test_repair(db, damage, table):
    db.run("CREATE TABLE t (id int PRIMARY KEY, v text);"
           " CREATE TABLE p (id int PRIMARY KEY, v text)"
           " PARTITION BY RANGE (id); CREATE TABLE p0 PARTITION OF p DEFAULT")
    db.protect(table)
    db.run(f"INSERT INTO {table} VALUES (1, 'one')")
    held = db.kept(table)
    db.run(damage.format(table))
    db.run(f"UPDATE {table} SET v = 'unnoticed'")
    db.protect(table)
    found = db.kept(table)
    assert found[0] > held[0], "whoever holds the old version would overwrite"
    assert found[1].replace(microsecond=0) > held[1].replace(microsecond=0)
    assert found[2] is None
    db.run(f"UPDATE {table} SET v = 'noticed'")
    assert db.kept(table)[0] > found[0]
    db.run(f"INSERT INTO {table} VALUES (2, 'two')")
    assert db.kept(table, "id = 2")[2] == "owner"


def test_trigger_disabled_on_one_partition(p):
    other = p.kept("p", "id = 2")
    p.run("ALTER TABLE pa DISABLE TRIGGER zzz_ifmatch;"
          " UPDATE p SET v = 'unnoticed' WHERE id = 1")
    before = p.kept("p", "id = 1")
    p.protect("p")
    assert p.kept("p", "id = 1")[0] > before[0]
    assert p.kept("p", "id = 2") == other
    before = p.kept("p", "id = 1")
    p.run("UPDATE p SET v = 'noticed' WHERE id = 1")
    assert p.kept("p", "id = 1")[0] > before[0]


def test_trigger_that_always_fires_stays_so(t):
    t.run("ALTER TABLE t ENABLE ALWAYS TRIGGER zzz_ifmatch")
    before = t.kept("t", "id = 1")
    t.protect("t")
    assert t.one("SELECT tgenabled FROM pg_trigger WHERE tgrelid ="
                 " 't'::regclass") == "A"
    assert t.kept("t", "id = 1") == before


def test_missing_column_comes_back(t):
    t.run("ALTER TABLE t DROP COLUMN updated_by")
    t.protect("t")
    t.run("UPDATE t SET v = 'x'")
    assert t.kept("t", "id = 1")[2] == "owner"


def test_repair_does_not_miss_rows_that_a_policy_hides(t):
    t.run("ALTER TABLE t DISABLE TRIGGER zzz_ifmatch;"
          " ALTER TABLE t ENABLE ROW LEVEL SECURITY;"
          " ALTER TABLE t FORCE ROW LEVEL SECURITY;"
          " CREATE POLICY p ON t USING (id = 1)")
    refused(t, "SELECT ifmatch.protect('t')",
            psycopg2.errors.InsufficientPrivilege)
    t.run("ALTER TABLE t NO FORCE ROW LEVEL SECURITY")
    t.protect("t")
    assert t.one("SELECT count(DISTINCT version) FROM t") == 1


# Unprotect


def test_unprotect_restores_the_table(t):
    t.unprotect("t")
    assert t.columns("t") == ["id", "v"] and t.triggers("t") == []
    t.run("UPDATE t SET v = 'x'; INSERT INTO t VALUES (3, 'y')")
    assert t.one("SELECT count(*) FROM t") == 3
    t.unprotect("t")
    t.protect("t")
    t.run("UPDATE t SET v = 'z'")
    assert t.kept("t", "id = 1")[2] == "owner"


def test_unprotect_keeps_other_triggers(t):
    t.run("CREATE TRIGGER other BEFORE UPDATE ON t FOR EACH ROW"
          " EXECUTE FUNCTION suppress_redundant_updates_trigger()")
    t.unprotect("t")
    assert t.triggers("t") == ["other"]


def test_unprotect_partitions(p):
    p.unprotect("p")
    assert p.columns("p") == ["id", "k", "v"]
    assert p.columns("pb") == ["v", "k", "id"]
    assert [p.triggers(x) for x in ("p", "pa", "pb")] == [[], [], []]


def test_unprotect_does_not_take_a_view_along(t):
    t.run("CREATE VIEW seen AS SELECT id, version FROM t")
    refused(t, "SELECT ifmatch.unprotect('t')",
            psycopg2.errors.DependentObjectsStillExist)
    assert t.columns("t") == ["id", "v"] + OURS
    assert t.triggers("t") == ["zzz_ifmatch"]


# Numbers never return


def test_restored_reaches_the_clock(t):
    t.run("SELECT setval('ifmatch.ifmatch_version', 1)")
    now = clock(t)
    assert t.one("SELECT ifmatch.restored()") >= now
    t.run("UPDATE t SET v = 'x'")
    assert t.kept("t", "id = 1")[0] > now


@pytest.mark.parametrize("how", [
    "CREATE TABLE u (id int); SELECT ifmatch.protect('u')",
    "SELECT ifmatch.protect('t')", FILE.read_text()],
    ids=["protect", "protect again", "file"])
def test_protect_and_the_file_reach_the_clock(t, how):
    t.run("SELECT setval('ifmatch.ifmatch_version', 1)")
    now = clock(t)
    t.run(how)
    t.run("UPDATE t SET v = 'x' WHERE id = 1")
    assert t.kept("t", "id = 1")[0] > now


def test_sequence_ahead_of_the_clock_is_not_set_back(t):
    ahead = clock(t) + 10 ** 12
    try:
        t.run("SELECT setval('ifmatch.ifmatch_version', %s)", ahead)
        for call in ("ifmatch.restored()", "ifmatch.protect('t')"):
            t.run(f"SELECT {call}")
            t.run("UPDATE t SET v = v || 'x' WHERE id = 1")
            assert t.kept("t", "id = 1")[0] > ahead
        # A replica may have missed the last numbers: they are jumped over.
        last = t.one("SELECT last_value FROM ifmatch.ifmatch_version")
        assert t.one("SELECT ifmatch.restored()") >= last + 1000000
    finally:
        t.run("SELECT setval('ifmatch.ifmatch_version', %s)", clock(t))


def test_restored_passes_what_a_dozen_protects_gave_out(t):
    """a backup, a dozen tables protected, a row changed, the backup again"""
    backup = t.one("SELECT last_value FROM ifmatch.ifmatch_version")
    for i in range(12):
        t.run(f"CREATE TABLE more{i} (id int)")
        t.protect(f"more{i}")
    t.run("UPDATE t SET v = 'x' WHERE id = 1")
    lost = t.kept("t", "id = 1")[0]
    t.run("SELECT setval('ifmatch.ifmatch_version', %s)", backup)
    t.run("SELECT ifmatch.restored(); UPDATE t SET v = 'y' WHERE id = 1")
    assert t.kept("t", "id = 1")[0] > lost


def test_restored_needs_no_rights_and_returns_no_number(t, writer):
    t.run("UPDATE t SET v = 'x' WHERE id = 1")
    before = t.kept("t", "id = 1")[0]
    assert writer.one("SELECT ifmatch.restored()") > before


def test_no_number_twice_under_concurrent_restores(t, cluster, installed):
    """writers in two sessions and restored() in two more: all are distinct"""
    drawn, errors = [], []

    def work(sql, keep):
        try:
            session = Session(cluster.connect(installed, user="owner"))
            for _ in range(20):
                rows = session.run(sql)
                if keep:
                    drawn.extend(r[0] for r in rows)
            session.close()
        except psycopg2.Error as error:
            errors.append(error)

    t.run("CREATE TABLE n (id int)")
    t.protect("n")
    insert = ("INSERT INTO here.n SELECT generate_series(1, 50)"
              " RETURNING version")
    jobs = [(insert, True), (insert, True),
            ("SELECT ifmatch.restored()", False),
            ("SELECT ifmatch.restored()", False)]
    threads = [threading.Thread(target=work, args=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(drawn) == 2000 and len(set(drawn)) == 2000


def test_one_restored_at_a_time(db, cluster, installed):
    first = Session(cluster.connect(installed, user="owner"))
    second = Session(cluster.connect(installed, user="owner"))
    results = []
    first.run("BEGIN")
    results.append(first.one("SELECT ifmatch.restored()"))
    thread = threading.Thread(target=lambda: results.append(
        second.one("SELECT ifmatch.restored()")))
    thread.start()
    wait_until_blocked(db, second.connection.info.backend_pid)
    first.run("COMMIT")
    thread.join()
    assert results[1] > results[0]
    first.close()
    second.close()


def test_two_protects_at_once(db, cluster, installed):
    db.run("CREATE TABLE t (id int); INSERT INTO t VALUES (1)")
    first = Session(cluster.connect(installed, user="owner"))
    second = Session(cluster.connect(installed, user="owner"))
    errors = []

    def protect():
        try:
            second.protect("here.t")
        except psycopg2.Error as error:
            errors.append(error)

    first.run("BEGIN; SELECT ifmatch.protect('here.t')")
    thread = threading.Thread(target=protect)
    thread.start()
    wait_until_blocked(db, second.connection.info.backend_pid)
    first.run("COMMIT")
    thread.join()
    assert errors == []
    assert db.columns("t") == ["id"] + OURS
    assert db.triggers("t") == ["zzz_ifmatch"]
    first.close()
    second.close()


def test_two_writers_with_one_version(t, cluster, installed):
    """what all of this is for: of two guarded updates one finds its row"""
    version = t.kept("t", "id = 1")[0]
    update = "UPDATE here.t SET v = %s WHERE id = 1 AND version = %s" \
        " RETURNING version"
    first = Session(cluster.connect(installed, user="owner"))
    second = Session(cluster.connect(installed, user="owner"))
    found = []
    first.run("BEGIN")
    assert len(first.run(update, "first", version)) == 1
    thread = threading.Thread(
        target=lambda: found.append(second.run(update, "second", version)))
    thread.start()
    wait_until_blocked(t, second.connection.info.backend_pid)
    first.run("COMMIT")
    thread.join()
    assert found == [[]]
    assert t.one("SELECT v FROM t WHERE id = 1") == "first"
    first.close()
    second.close()
