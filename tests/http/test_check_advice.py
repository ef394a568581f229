"""What check tells to run is right: run as it stands, nothing is left to say."""
import re

import pytest

INI = """anonymous = write
secret = 0123456789abcdef0123456789abcdef
[table public.*]
"""
TABLES = """CREATE TABLE "no key" (name text);
CREATE TABLE idless (id int NOT NULL, name text);
CREATE TABLE seen (id int PRIMARY KEY);
CREATE TABLE plain (id int PRIMARY KEY, n int);
GRANT SELECT, INSERT, UPDATE, DELETE ON "no key", idless, plain TO ifmatch;
GRANT SELECT ON seen TO ifmatch;
CREATE TABLE hidden (id int PRIMARY KEY);
CREATE TABLE counted (id serial PRIMARY KEY, name text);
GRANT SELECT, INSERT, UPDATE, DELETE ON counted TO ifmatch;
REVOKE ALL ON SEQUENCE counted_id_seq FROM ifmatch;
"""


@pytest.fixture(name="made")
def made_fixture(cluster):
    names = []

    def make(role="owner", prepare=None):
        names.append(cluster.createdb())
        if prepare:
            cluster.psql(names[-1], prepare)
        cluster.psql(names[-1], file="sql/ifmatch.sql", user=role)
        cluster.psql(names[-1], TABLES, user="owner")
        return names[-1]
    yield make
    for name in names:
        cluster.dropdb(name)


def advice(cgi, path):
    """(all that is said, the SQL in it)"""
    text = cgi.command("check", config=path).stdout
    return text, re.findall(r"(?m)^ +((?:SELECT|GRANT|ALTER) .*;)$", text)


@pytest.fixture(name="paths", autouse=True)
def paths_fixture(monkeypatch, root):
    monkeypatch.chdir(root)


def test_running_it_leaves_nothing_to_run(cluster, cgi, ini, made):
    name = made()
    path = ini(name, INI)
    for _ in range(3):
        text, lines = advice(cgi, path)
        for line in lines:
            cluster.psql(name, line, user="owner")
    assert lines == [], text
    assert text.count("guard: version in version") == 6
    assert text.count("rights: read, create, update, delete") == 6
    assert cgi(path, "POST", "/records/counted", {
        "Content-Type": "application/json"}, '{"name": "a"}').status == 201


@pytest.mark.parametrize("line", [
    'ALTER TABLE public."no key" ADD COLUMN id bigint GENERATED ALWAYS AS '
    'IDENTITY PRIMARY KEY;',
    "ALTER TABLE public.idless ADD PRIMARY KEY (id);",
    "GRANT INSERT, UPDATE, DELETE ON public.seen TO ifmatch;",
    "GRANT SELECT ON public.hidden TO ifmatch;",
    "GRANT USAGE ON SEQUENCE public.counted_id_seq TO ifmatch;",
    "SELECT ifmatch.protect('public.plain');"])
def test_each_table_has_its_line(cgi, ini, made, line):
    text, lines = advice(cgi, ini(made(), INI))
    assert line in lines, text


def test_protect_is_named_where_it_is(cluster, cgi, ini, made):
    name = made("hosted", "CREATE ROLE hosted LOGIN; GRANT CREATE ON SCHEMA "
                "public TO hosted; GRANT CREATE ON SCHEMA public TO owner")
    try:
        text, lines = advice(cgi, ini(name, INI))
        assert "SELECT public.protect('public.plain');" in lines, text
    finally:
        cluster.psql(name, "DROP OWNED BY hosted; DROP ROLE hosted")


def test_whoever_lets_the_accounts_be_used_is_told_for_whom(cgi, ini, made):
    text, lines = advice(cgi, ini(made(), "accounts = on\n" + INI))
    assert "SELECT ifmatch.accounts_for('ifmatch');" in lines, text
