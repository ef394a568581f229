"""sql/ifmatch.sql: what it remembers of forms."""
import pathlib

import psycopg2.errors
import pytest

FILE = pathlib.Path(__file__).resolve().parents[2] / "sql" / "ifmatch.sql"
TOKEN = "0123456789abcdef" * 2


@pytest.fixture
def db(cluster, database):
    """The program's role, which has no right but those that all have."""
    connection = cluster.connect(database, user="ifmatch")
    yield connection
    connection.close()


def run(db, sql, *values):
    with db.cursor() as cursor:
        cursor.execute(sql, values or None)
        return cursor.fetchall() if cursor.description else None


def submit(db, token=TOKEN, content="c"):
    run(db, "SELECT ifmatch.ifmatch_submit(%s, %s)", token, content)


def submitted(db, token=TOKEN, content="c"):
    return [part for part, in run(
        db, "SELECT ifmatch.ifmatch_submitted(%s, %s)", token, content)]


def test_a_form_is_taken_down_once(db):
    assert submitted(db) == []
    submit(db)
    assert submitted(db) == [None]
    with pytest.raises(psycopg2.errors.UniqueViolation) as refused:
        submit(db, content="other")
    assert refused.value.diag.constraint_name == "ifmatch_submission_once"
    assert submitted(db, content="other") == []


@pytest.mark.parametrize("key", [["1"], ["b", "a"], ["", "{},\"\\", "NULL"]])
def test_the_key_comes_back_in_its_order(db, key):
    submit(db)
    run(db, "SELECT ifmatch.ifmatch_submit_key(%s, %s)", TOKEN, key)
    assert submitted(db) == key


@pytest.mark.parametrize("token, content", [
    ("", "c"), (TOKEN.upper(), "c"), (TOKEN + "0", "c"), (TOKEN[1:], "c"),
    (TOKEN, "c" * 65)])
def test_nothing_else_is_stored(db, token, content):
    with pytest.raises(psycopg2.errors.CheckViolation):
        submit(db, token, content)


def test_the_file_adds_it_to_what_is_installed(cluster, database, db):
    """An installation from before there were forms in it."""
    cluster.query(database, "DROP TABLE ifmatch.ifmatch_submission CASCADE;"
                  "DROP FUNCTION ifmatch.ifmatch_submit, ifmatch.ifmatch_submit_key,"
                  " ifmatch.ifmatch_submitted")
    cluster.psql(database, file=str(FILE), user="owner")
    submit(db)
    # and again, which forgets nothing
    cluster.psql(database, file=str(FILE), user="owner")
    assert submitted(db) == [None]
