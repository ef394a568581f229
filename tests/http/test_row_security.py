"""The database's own rights: policies that look at who asks and at their
groups, and roles of the database that people act in. One process with one
connection serves everybody in turn, so that whatever stayed of somebody would be
the next one's."""
import json
import random
import re

import pytest

from harness.fastcgi import Connection
from harness.proxy import Proxy

SQL = """
CREATE TABLE note (id int PRIMARY KEY, owner text NOT NULL DEFAULT
    current_setting('ifmatch.person'), body text NOT NULL CHECK (body <> 'no'),
    shared text);
SELECT ifmatch.protect('note');
ALTER TABLE note ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON note USING (
    owner = current_setting('ifmatch.person', true));
CREATE POLICY shared ON note FOR SELECT USING (
    shared = ANY (string_to_array(
        current_setting('ifmatch.groups', true), ',')));
CREATE TABLE tag (id int PRIMARY KEY, note int REFERENCES note, name text);
"""
INI = """remote_user = on
authenticated = write
group.board = anna, carla
group.crew = bernd
[table note]
label = {body}
[table tag]
"""
PEOPLE = ("anna", "bernd")


def ask(site, who, method, path, body=None, tag=None, accept=None, **sent):
    connection = Connection(site.socket)
    sent = {"HTTP_SEC_FETCH_SITE": "same-origin", "HTTP_HOST": "localhost",
            **sent}
    if who:
        sent["REMOTE_USER"] = who
    if tag:
        sent["HTTP_IF_MATCH"] = '"%s"' % tag
    if accept:
        sent["HTTP_ACCEPT"] = accept
    if body is not None:
        sent["CONTENT_TYPE"] = "application/json"
    reply = connection.ask("/records" + path, method,
                           json.dumps(body).encode() if body is not None
                           else b"", **sent)
    connection.close()
    reply.text = reply.body.decode()
    return reply


@pytest.fixture(scope="module")
def notes(module_database):
    return module_database(SQL, "notes")


@pytest.fixture(scope="module")
def one(module_site, notes):
    return module_site(notes, INI, workers=1)


@pytest.fixture(autouse=True)
def rows(request, cluster):
    if "one" in request.fixturenames:
        cluster.psql(request.getfixturevalue("notes"), """
            TRUNCATE note, tag;
            INSERT INTO note (id, owner, body, shared) VALUES
                (1, 'anna', 'of anna', NULL), (2, 'bernd', 'of bernd', NULL),
                (3, 'dora', 'for the board', 'board'),
                (4, 'dora', 'for the crew', 'crew');
            INSERT INTO tag VALUES (1, 1, 'a'), (2, 2, 'b');
            """)
    if "roled" in request.fixturenames:
        cluster.psql(request.getfixturevalue("roled"),
                     "UPDATE open SET name = 'one', pin = 'PIN1'")


def tag_of(cluster, notes, key):
    return "v%d" % cluster.query(
        notes, "SELECT version FROM note WHERE id = %s", (key,))[0][0]


def test_everybody_sees_their_own_and_what_their_groups_share(one):
    seen = {who: [r["id"] for r in json.loads(
        ask(one, who, "GET", "/note?order=id").text)]
        for who in ("anna", "bernd", "carla", "dora", "erna")}
    assert seen == {"anna": [1, 3], "bernd": [2, 4], "carla": [3],
                    "dora": [3, 4], "erna": []}


def test_everybody_changes_their_own(cluster, notes, one):
    for who, key, path, status in (
            ("anna", 1, "/note/1", 204), ("anna", 2, "/note/2", 404),
            ("anna", 3, "/note/3", 403), ("bernd", 2, "/note/2", 204),
            ("dora", 3, "/note/3", 204), ("erna", 1, "/note/1", 404)):
        tag = tag_of(cluster, notes, key)
        reply = ask(one, who, "PATCH", path, {"body": "by " + who}, tag)
        assert reply.status == status, (who, path, reply.text)
        reply = ask(one, who, "DELETE", path, tag="v1")
        assert reply.status == (412 if status == 204 else status)
    assert cluster.query(notes, "SELECT id, body, updated_by FROM note "
                         "WHERE body LIKE 'by %%' ORDER BY id", ()) == [
        (1, "by anna", "anna"), (2, "by bernd", "bernd"),
        (3, "by dora", "dora")]


def test_a_row_for_somebody_else_is_refused(cluster, notes, one):
    reply = ask(one, "anna", "POST", "/note",
                {"id": 9, "owner": "bernd", "body": "x"})
    assert reply.status == 403 and "note" not in json.loads(
        reply.text)["message"]
    tag = tag_of(cluster, notes, 1)
    reply = ask(one, "anna", "PATCH", "/note/1", {"owner": "bernd"}, tag)
    assert reply.status == 403
    assert ask(one, "anna", "POST", "/note",
               {"id": 9, "body": "mine"}).status == 201
    assert ask(one, "bernd", "GET", "/note/9").status == 404


@pytest.mark.parametrize("how", ["exact", "planned", "estimated"])
def test_others_rows_are_not_counted(cluster, notes, one, how):
    """The planner knows how many there are of a value."""
    cluster.psql(notes, "INSERT INTO note (id, owner, body) SELECT i, 'dora', "
                 "'x' FROM generate_series(100, 900) AS i; ANALYZE note")
    for who, owner, count in (("anna", "dora", 1), ("anna", "bernd", 0),
                              ("dora", "dora", 803)):
        reply = ask(one, who, "GET", "/note?limit=1&owner=eq." + owner,
                    HTTP_PREFER="count=" + how)
        assert re.search(r"(?m)^Content-Range: items [-*\d]+/%d\r?$" % count,
                         reply.head), (who, reply.head)


def test_labels_of_others_rows_are_not_told(one):
    page = ask(one, "anna", "GET", "/tag", accept="text/html").text
    assert "of anna" in page and "of bernd" not in page
    page = ask(one, "anna", "GET", "/tag/2", accept="text/html").text
    assert "of anna" in page and "of bernd" not in page
    found = ask(one, "anna", "GET", "/note?_choice=of")
    assert "of anna" in found.text and "of bernd" not in found.text


def request_of(who, rng, tags):
    """Something that this person does, and which statuses that may have."""
    own = 1 if who == "anna" else 2
    kind = rng.randrange(9)
    body = "%s %d" % (who, rng.randrange(10 ** 6))
    return [
        (("GET", "/note"), (200,)),
        (("GET", "/note", None, None, "text/html"), (200,)),
        (("GET", "/note/%d" % own), (200,)),
        (("GET", "/note/%d" % (3 - own)), (404,)),
        (("PATCH", "/note/%d" % own, {"body": body}, tags[own]), (204, 412)),
        (("PATCH", "/note/%d" % own, {"body": "no"}, tags[own]), (422, 412)),
        (("PATCH", "/note/%d" % (3 - own), {"body": body}, tags[3 - own]),
         (404,)),
        (("POST", "/note", {"id": own, "body": body}), (409,)),
        (("GET", "/note?body=gt.5&id=eq.x"), (400,)),
    ][kind]


def test_nothing_of_one_request_stays_for_the_next(cluster, notes, one):
    """500 requests of two people and of nobody in turn, errors among them."""
    rng = random.Random(4)
    for i in range(500):
        who = rng.choice(PEOPLE + (None,))
        if who is None:
            # nobody is let in; the next one is still themselves
            assert ask(one, who, "GET", "/note").status == 403
            continue
        tags = {k: tag_of(cluster, notes, k) for k in (1, 2)}
        if rng.random() < 0.2:
            tags = {1: "v1", 2: "v1"}
        asked, statuses = request_of(who, rng, tags)
        reply = ask(one, who, *asked)
        assert reply.status in statuses, (i, who, asked, reply.text)
        other = PEOPLE[who == "anna"]
        assert not re.search(r"of %s|%s \d" % (other, other), reply.text), (
            i, who, asked, reply.text)
    assert cluster.query(notes, "SELECT DISTINCT owner = updated_by FROM note "
                         "WHERE body ~ '^(anna|bernd) [0-9]'") == [(True,)]
    assert len(one.workers()) == 1


# Roles of the database

ROLES = """
DROP ROLE IF EXISTS web_reader, web_writer, paula, lent;
CREATE ROLE web_reader; CREATE ROLE web_writer; CREATE ROLE paula;
CREATE ROLE lent;
GRANT web_reader, web_writer, paula TO ifmatch;
"""
ROLE_SQL = """
CREATE TABLE open (id int PRIMARY KEY, name text, pin text);
SELECT ifmatch.protect('open');
CREATE TABLE closed (id int PRIMARY KEY, name text);
SELECT ifmatch.protect('closed');
REVOKE ALL ON open, closed FROM ifmatch;
GRANT SELECT (id, name, version, updated_at, updated_by) ON open TO web_reader;
GRANT SELECT, INSERT, UPDATE, DELETE ON open, closed TO web_writer;
GRANT SELECT ON open TO paula;
GRANT UPDATE (name) ON open TO paula;
GRANT USAGE ON SCHEMA public TO web_reader, web_writer, paula, lent;
CREATE VIEW asks AS SELECT 1 AS id, current_user::text AS role,
    current_setting('ifmatch.person', true) AS person,
    current_setting('ifmatch.groups', true) AS groups,
    current_setting('transaction_read_only') AS read_only;
GRANT SELECT ON asks TO web_reader, web_writer, paula;
INSERT INTO open VALUES (1, 'one', 'PIN1');
INSERT INTO closed VALUES (1, 'one');
"""
ROLE_INI = """remote_user = on
anonymous = read
authenticated = write
group.editors = emil
role.web_writer = @editors
role.lent = lena
role.nowhere = nora
role.web_reader = anyone
[table open]
[table closed]
[table asks]
key = id
"""


@pytest.fixture(scope="module")
def roled(cluster):
    name = cluster.createdb("roles")
    cluster.load_ifmatch(name)
    cluster.psql(name, ROLES)
    cluster.psql(name, ROLE_SQL, user="owner")
    yield name
    cluster.dropdb(name)
    cluster.psql("postgres", "DROP ROLE web_reader, web_writer, paula, lent")


@pytest.fixture(scope="module")
def acting(module_site, roled):
    return module_site(roled, ROLE_INI, workers=1)


def rights(site, who):
    return {t["name"]: t["rights"]
            for t in json.loads(ask(site, who, "GET", "/").text)["tables"]
            if t["name"] != "asks"}


ALL = ["read", "create", "update", "delete", "export"]


def test_what_a_role_may_do(acting):
    for _ in range(2):
        assert rights(acting, None) == {"open": ["read", "export"]}
        assert rights(acting, "emil") == {"open": ALL, "closed": ALL}
        assert rights(acting, "anna") == {"open": ["read", "export"]}
    for who, path, status in (
            ("emil", "/closed/1", 200), ("anna", "/closed/1", 404),
            (None, "/closed", 404), (None, "/open/1", 200)):
        assert ask(acting, who, "GET", path).status == status, (who, path)
    assert "PIN1" in ask(acting, "emil", "GET", "/open/1").text
    for accept in ("application/json", "text/html"):
        for path in ("/open", "/open/1"):
            text = ask(acting, "anna", "GET", path, accept=accept).text
            assert "one" in text and "pin" not in text.lower()


ACTING = {"emil": ("web_writer", "editors"), "anna": ("web_reader", ""),
          None: ("web_reader", ""), "lena": None, "nora": None}


def test_no_role_stays_for_the_next(acting, cluster, roled):
    """500 requests of people in several roles, errors among them."""
    rng = random.Random(5)
    statuses = set()
    for i in range(500):
        who = rng.choice(list(ACTING))
        version = cluster.query(roled, "SELECT version FROM open")[0][0]
        asked = rng.choice([
            ("GET", "/asks/1"), ("GET", "/asks/1"), ("GET", "/open?id=eq.x"),
            ("GET", "/closed/1"), ("GET", "/open", None, None, "text/html"),
            ("PATCH", "/open/1", {"pin": "PIN%d" % i}, "v%d" % version),
            ("PATCH", "/open/1", {"name": "x"}, "v1"),
            ("POST", "/open", {"id": 1}), ("POST", "/open", {"id": "y"})])
        reply = ask(acting, who, *asked)
        statuses.add(reply.status)
        if ACTING[who] is None:
            assert reply.status == 403, (i, who, asked, reply.text)
            continue
        role, groups = ACTING[who]
        if asked[1] == "/asks/1":
            assert json.loads(reply.text) == {
                "id": 1, "role": role, "person": who or "",
                "groups": groups, "read_only": "on"}, (i, who)
        else:
            assert (reply.status in (404, 403, 405)) <= (who != "emil"), (
                i, who, asked, reply.text)
            assert who == "emil" or "PIN" not in reply.text
    assert statuses == {200, 204, 400, 403, 404, 409, 412, 422}
    assert len(acting.workers()) == 1


def test_a_role_costs_no_turn(module_site, cluster, roled):
    """It is taken in the pipeline of the statement."""
    proxy = Proxy(cluster, 0.01)
    site = module_site(roled, "database = %s\n%s" % (
        proxy.conninfo(roled), ROLE_INI), workers=1)
    try:
        for warm in (True, False):
            for who in ("emil", "anna", None, "emil", "anna"):
                turns = proxy.turns
                assert ask(site, who, "GET", "/open/1").status == 200
                assert warm or proxy.turns - turns == 1, who
    finally:
        site.stop()
        proxy.close()


def test_a_role_that_cannot_be_acted_in(acting):
    log = ""
    for who in ("lena", "nora"):
        for path in ("/", "/open", "/open/1"):
            reply = ask(acting, who, "GET", path)
            log += reply.log
            assert reply.status == 403, (who, path, reply.text)
            assert not re.search("lent|nowhere|role", reply.text)
        # and the next one is not hindered
        assert ask(acting, "emil", "GET", "/open/1").status == 200
    assert "cannot act as the person's role" in log
    assert 'role "nowhere" does not exist' in log


def test_the_role_of_the_name(module_site, cluster, roled):
    site = module_site(roled, ROLE_INI.replace(
        "role.web_reader = anyone\n", "role = person\n").replace(
        "anonymous = read\n", ""), workers=1)
    assert rights(site, "paula") == {"open": ["read", "update", "export"]}
    assert rights(site, "emil") == {"open": ALL, "closed": ALL}
    # a known person without a role of that name
    assert ask(site, "otto", "GET", "/open").status == 403
    version = cluster.query(roled, "SELECT version FROM open")[0][0]
    for who, body, status in (("paula", {"pin": "x"}, 403),
                              ("paula", {"name": "p"}, 204)):
        reply = ask(site, who, "PATCH", "/open/1", body, "v%d" % version)
        assert reply.status == status, reply.text
    assert cluster.query(roled, "SELECT name, pin, updated_by FROM open") == [
        ("p", "PIN1", "paula")]


def test_more_roles_than_are_kept(module_site, cluster, roled):
    """A catalogue that was given up is read again."""
    names = ["many%d" % i for i in range(20)]
    cluster.psql(roled, "".join(
        "CREATE ROLE %s; GRANT %s TO ifmatch; GRANT USAGE ON SCHEMA public "
        "TO %s; GRANT SELECT ON open TO %s;" % ((n,) * 4) for n in names))
    site = module_site(roled, ROLE_INI.replace(
        "role.web_reader = anyone\n", "role = person\n"), workers=1)
    for _ in range(2):
        for name in names:
            assert rights(site, name) == {"open": ["read", "export"]}, name
    cluster.psql(roled, "".join("DROP OWNED BY %s; DROP ROLE %s;" % (n, n)
                                for n in names))
