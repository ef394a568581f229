"""Running today's files in a database that an earlier one has made: the same as
a new installation comes out, and rows keep their versions. earlier/ holds the
shapes that there have been."""
import pathlib
import subprocess

import pytest

HERE = pathlib.Path(__file__).resolve().parent
SQL = HERE.parents[1] / "sql"
TODAY = [SQL / "ifmatch.sql", SQL / "accounts.sql"]
SHAPES = sorted((HERE / "earlier").glob("ifmatch-*.sql"))
MAKE = """CREATE TABLE note (id int PRIMARY KEY, body text);
INSERT INTO note VALUES (1, 'one'), (2, 'two');
SELECT ifmatch.protect('note');
UPDATE note SET body = 'ONE' WHERE id = 1;
"""
# What there is of ours: functions, tables with columns and rules, rights.
OURS = """
SELECT proname || pg_get_function_arguments(p.oid), pg_get_functiondef(p.oid),
    obj_description(p.oid) FROM pg_proc AS p
    WHERE pronamespace = 'ifmatch'::regnamespace
UNION ALL SELECT c.relname || '.' || attname, format_type(atttypid, atttypmod)
    || attnotnull || coalesce(pg_get_expr(adbin, adrelid), ''), NULL
    FROM pg_class AS c JOIN pg_attribute ON attrelid = c.oid AND attnum > 0
    LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    WHERE c.relnamespace = 'ifmatch'::regnamespace AND NOT attisdropped
        AND c.relkind = 'r'
UNION ALL SELECT conrelid::regclass || conname, pg_get_constraintdef(oid), NULL
    FROM pg_constraint WHERE connamespace = 'ifmatch'::regnamespace
UNION ALL SELECT relname, relkind::text || coalesce(relacl::text, ''),
    obj_description(oid) FROM pg_class
    WHERE relnamespace = 'ifmatch'::regnamespace
UNION ALL SELECT nspname, nspacl::text, NULL FROM pg_namespace
    WHERE nspname = 'ifmatch' ORDER BY 1, 2"""


@pytest.fixture(name="new")
def new_fixture(cluster):
    """new(FILE...) -> a database of the role owner in which these were run."""
    names = []

    def make(*files):
        names.append(cluster.createdb())
        for file in files:
            cluster.psql(names[-1], file=str(file), user="owner")
        return names[-1]
    yield make
    for name in names:
        cluster.dropdb(name)


def note(cluster, name):
    return cluster.query(name, "SELECT id, body, version, updated_at FROM note"
                         " ORDER BY id")


@pytest.mark.parametrize("shape", SHAPES, ids=lambda path: path.stem)
def test_an_earlier_one_becomes_todays(cluster, new, shape):
    name = new(shape, HERE / "earlier" / "accounts-1.sql")
    cluster.psql(name, MAKE, user="owner")
    before = note(cluster, name)
    for _ in range(2):
        for file in TODAY:
            cluster.psql(name, file=str(file), user="owner")
        assert note(cluster, name) == before
        assert cluster.query(name, OURS) == cluster.query(new(*TODAY), OURS)
    cluster.psql(name, "UPDATE note SET body = 'TWO' WHERE id = 2",
                 user="owner")
    (_, _, one, _), (_, body, two, _) = note(cluster, name)
    assert body == "TWO" and two > one > 0
    # and all that protect promises is to be had without unprotecting first
    cluster.psql(name, "SELECT ifmatch.protect('note'); "
                 "SELECT ifmatch.unprotect('note')", user="owner")
    assert cluster.query(name, "SELECT * FROM note ORDER BY id") == [
        (1, "ONE"), (2, "TWO")]


def test_accounts_outlive_it(cluster, new):
    name = new(SQL / "ifmatch.sql", HERE / "earlier" / "accounts-1.sql")
    cluster.psql(name, "INSERT INTO ifmatch.ifmatch_account (name, password, "
                 "admin) VALUES ('anna', 'hash', true)", user="owner")
    before = cluster.query(name, "SELECT * FROM ifmatch.ifmatch_account")
    for file in TODAY:
        cluster.psql(name, file=str(file), user="owner")
    assert cluster.query(name, "SELECT * FROM ifmatch.ifmatch_account"
                         ) == before


def test_another_role_is_told_whose_it_is(cluster, new):
    """An upgrade by somebody else than its owner changes nothing."""
    name = new(*TODAY)
    before = cluster.query(name, OURS)
    cluster.psql(name, "GRANT CREATE ON DATABASE %s TO ifmatch" % name)
    with pytest.raises(subprocess.CalledProcessError) as failed:
        cluster.psql(name, file=str(TODAY[0]), user="ifmatch")
    assert "It belongs to owner" in failed.value.stderr
    assert cluster.query(name, OURS) == before
