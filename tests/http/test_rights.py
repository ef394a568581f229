"""Who may do what: every door by every right by everybody, with the answers in
a table; and that what is hidden stands in no byte of any reply."""
import json
import os
import re

import pytest

from harness.browser import multipart

PEOPLE = {"nobody": None, "carl": "carl", "anna": "anna", "bernd": "bernd",
          "root": "root"}
PAGE = {"Accept": "text/html"}
SENT = {"Sec-Fetch-Site": "same-origin"}

# which rights anna has on the table of this name; bernd has them by his group
RIGHTS = {
    "none": "",
    "reader": "read",
    "creator": "read create",
    "updater": "read update",
    "deleter": "read delete",
    "writer": "read create update delete",
    "taker": "read export",
    "blind": "create update delete export",
}
SQL = "".join("""
    CREATE TABLE %s (id int PRIMARY KEY, name text);
    SELECT ifmatch.protect('%s');
    """ % (name, name) for name in RIGHTS)
HEAD = """remote_user = on
admin = root
group.board = bernd, rosa
"""


def section(name):
    lines = ["[table %s]" % name]
    for right in ("read", "create", "update", "delete", "export"):
        lines.append("%s = %s" % (
            right, "anna, @board" if right in RIGHTS[name].split() else ""))
    return "\n".join(lines) + "\n"


INI = HEAD + "".join(section(name) for name in RIGHTS)


def form(**entries):
    return multipart([("_" + n[5:] if n.startswith("our__") else n, v)
                      for n, v in entries.items()])


def item(tag):
    return json.dumps([{"id": 1, "_etag": tag, "name": "bulk"}])


def file_form(text, **entries):
    """A form with a file."""
    body, kind = multipart([("_" + n, v) for n, v in entries.items()])
    return (b'--%s\r\nContent-Disposition: form-data; name="_file"; '
            b'filename="a.csv"\r\nContent-Type: text/csv\r\n\r\n%s\r\n%s'
            % (kind.split("boundary=")[1].encode(), text.encode(), body), kind)


JSON = {"Content-Type": "application/json"}
# door: (method, path, headers, body of the row's tag, needs, status)
DOORS = {
    "row": ("GET", "/1", {}, None, "read", 200),
    "row page": ("GET", "/1", PAGE, None, "read", 200),
    "list": ("GET", "", {}, None, "read", 200),
    "list page": ("GET", "", PAGE, None, "read", 200),
    "one value": ("GET", "/1/name", {}, None, "read", 200),
    "picker": ("GET", "?_choice=a", {}, None, "read", 200),
    "file": ("GET", "?_format=csv", {}, None, "export", 200),
    "file as asked": ("GET", "", {"Accept": "text/csv"}, None, "export", 200),
    "editing in place": ("GET", "?_edit=name", PAGE, None, "update", 200),
    "edited in place": ("POST", "?_edit=name", {**SENT, **PAGE},
                        lambda tag: multipart([
                            ("_rows", "1"), ("_row.0._key", "1"),
                            ("_row.0._etag", tag), ("_row.0.name", "in place"),
                            ("_was._row.0.name", "a")]), "update", 303),
    "searching in the form": ("POST", "/1", {**SENT, **PAGE}, lambda tag: form(
        our__etag=tag, name="a", **{"our__was.name": "a", "our__compare": "1"}),
        "update", 200),
    "asking to delete some": ("POST", "?_delete", {**SENT, **PAGE},
                              lambda tag: form(**{"our__select.0": "1"}),
                              "delete", 200),
    "deleting some": ("POST", "?_delete", {**SENT, **PAGE},
                      lambda tag: multipart([
                          ("_rows", "1"), ("_row.0._key", "1"),
                          ("_row.0._etag", tag), ("_row.0._on", "1")]),
                      "delete", 303),
    "import": ("GET", "?import=", PAGE, None, "create update", 200),
    "file looked at": ("POST", "?import=", {**SENT, **PAGE},
                       lambda tag: file_form("id,name\n7,x\n", submission=
                                             os.urandom(16).hex()),
                       "create update", 303),
    "file of changes": ("PUT", "", {"Content-Type": "text/csv"}, lambda tag:
                        "id,_etag,name\n1,%s,in a file\n" % tag, "update",
                        204),
    "file of new rows": ("PUT", "", {"Content-Type": "text/csv"}, lambda tag:
                         "id,name\n7,in a file\n", "create", 204),
    "what can be done": ("OPTIONS", "/1", {}, None, "read", 204),
    "empty form": ("GET", "?new", PAGE, None, "create", 200),
    "create": ("POST", "", JSON, lambda tag: '{"id":2,"name":"b"}',
               "create", 201),
    "create by form": ("POST", "", SENT, lambda tag: form(
        id="3", name="c", our__etag=""), "create", 303),
    "create by PUT": ("PUT", "/4", {**JSON, "If-None-Match": "*"},
                      lambda tag: '{"name":"d"}', "create", 201),
    "change": ("PATCH", "/1", {**JSON, "If-Match": True},
               lambda tag: '{"name":"e"}', "update", 204),
    "replace": ("PUT", "/1", {**JSON, "If-Match": True},
                lambda tag: '{"name":"f"}', "update", 204),
    "change by form": ("POST", "/1", SENT, lambda tag: form(
        our__etag=tag, our__was="", name="g"), "update", 303),
    "change many": ("PATCH", "", JSON, item, "update", 204),
    "create many": ("POST", "", JSON, lambda tag:
                    '[{"id":5,"name":"b"},{"id":6,"name":"c"}]', "create", 201),
    "change by filter": ("PATCH", "?id=eq.1", {
        **JSON, "Prefer": "max-affected=1"}, lambda tag: '{"name":"i"}',
        "update", 204),
    "replace one value": ("PUT", "/1/name", {
        "Content-Type": "text/plain", "If-Match": True}, lambda tag: "h",
        "update", 204),
    "asking to delete": ("GET", "/1?delete", PAGE, None, "delete", 200),
    "delete": ("DELETE", "/1", {"If-Match": True}, None, "delete", 204),
    "delete by form": ("POST", "/1", SENT, lambda tag: form(
        our__etag=tag, our__method="DELETE"), "delete", 303),
    "delete many": ("DELETE", "?id=eq.1", {"Prefer": "max-affected=1"}, None,
                    "delete", 204),
}


def expected(who, table, door):
    """What DOORS promises: what may not be seen does not exist."""
    rights = RIGHTS[table].split() if who in ("anna", "bernd") else []
    if "read" not in rights:
        return 404
    if set(DOORS[door][4].split()) & set(rights):
        return DOORS[door][5]
    # a row that is not there, and that they may not make
    return 404 if door == "create by PUT" else 403


class Asking:
    def __init__(self, cgi, config):
        self.cgi = cgi
        self.config = config

    def __call__(self, who, method, path, headers=(), body=b""):
        headers = dict(headers)
        if isinstance(body, tuple):
            body, headers["Content-Type"] = body
        return self.cgi(self.config, method, "/records" + path, headers,
                        body or b"", {"REMOTE_USER": PEOPLE.get(who, who)})


@pytest.fixture(scope="module")
def tables(module_database):
    return module_database(SQL, "rights")


@pytest.fixture
def ask(cgi, ini, tables):
    return Asking(cgi, ini(tables, INI))


@pytest.mark.parametrize("table", RIGHTS)
@pytest.mark.parametrize("door", DOORS)
def test_every_door(cluster, tables, ask, door, table):
    method, path, headers, body, _, _ = DOORS[door]
    statuses = {}
    for who in PEOPLE:
        cluster.psql(tables, "TRUNCATE %s; INSERT INTO %s VALUES (1, 'a')"
                     % (table, table), user="owner")
        before = cluster.query(tables, "TABLE " + table)
        tag = "v%d" % before[0][2]
        sent = {n: '"%s"' % tag if v is True else v
                for n, v in headers.items()}
        reply = ask(who, method, "/" + table + path, sent,
                    body(tag) if body else b"")
        statuses[who] = reply.status
        if reply.status >= 400:
            assert cluster.query(tables, "TABLE " + table) == before
        if reply.status == 404:
            assert b"updated_by" not in reply.body
    # where nobody may do anything at all, that is all they are told
    wanted = {who: 403 if who in ("nobody", "carl")
              else expected(who, table, door) for who in PEOPLE}
    assert statuses == wanted


@pytest.mark.parametrize("who,names", [
    ("anna", [t for t in RIGHTS if "read" in RIGHTS[t].split()]),
    ("bernd", [t for t in RIGHTS if "read" in RIGHTS[t].split()]),
    ("root", []),
])
def test_home_lists_what_may_be_seen(ask, who, names):
    home = ask(who, "GET", "/").json()["tables"]
    assert [t["name"] for t in home] == sorted(names)
    for table in home:
        assert table["rights"] == RIGHTS[table["name"]].split()
    page = ask(who, "GET", "/", PAGE).text
    for table in RIGHTS:
        assert ("/records/%s\"" % table in page) == (table in names)


@pytest.mark.parametrize("table,row,collection", [
    ("reader", "GET, HEAD, OPTIONS", "GET, HEAD, OPTIONS"),
    ("creator", "GET, HEAD, OPTIONS, PUT",
     "GET, HEAD, OPTIONS, POST, PUT, PATCH"),
    ("updater", "GET, HEAD, OPTIONS, PUT, PATCH, POST",
     "GET, HEAD, OPTIONS, PUT, PATCH"),
    ("deleter", "GET, HEAD, OPTIONS, DELETE, POST",
     "GET, HEAD, OPTIONS, DELETE"),
    ("writer", "GET, HEAD, OPTIONS, PUT, PATCH, DELETE, POST",
     "GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE"),
])
def test_options_say_what_may_be_done(ask, table, row, collection):
    assert ask("anna", "OPTIONS", "/%s/1" % table).get("Allow") == row
    assert ask("anna", "OPTIONS", "/" + table).get("Allow") == collection
    fields = ask("anna", "OPTIONS", "/" + table)
    assert (fields.get("Accept-Post") is None) == ("POST" not in collection)


def test_pages_offer_what_may_be_done(cluster, tables, ask):
    for table, rights in RIGHTS.items():
        rights = rights.split()
        if "read" not in rights:
            continue
        cluster.psql(tables, "TRUNCATE %s; INSERT INTO %s VALUES (1, 'a')"
                     % (table, table), user="owner")
        page = ask("anna", "GET", "/%s/1" % table, PAGE).text
        assert ('name="name"' in page) == ("update" in rights)
        assert ("?delete" in page) == ("delete" in rights)
        listed = ask("anna", "GET", "/" + table, PAGE).text
        assert ("?new" in listed) == ("create" in rights)


def test_the_check_page_is_for_those_who_administrate(ask):
    for who, status in (("nobody", 403), ("carl", 403), ("anna", 403),
                        ("root", 200)):
        assert ask(who, "GET", "/-/check", PAGE).status == status, who


# What the words of a list mean

@pytest.mark.parametrize("words,may", [
    ("", ""),
    ("anna", "anna"),
    ("carl, anna", "anna carl"),
    ("@board", "bernd"),
    ("*", "anna bernd carl root"),
    ("anyone", "nobody anna bernd carl root"),
    ("@board, carl", "bernd carl"),
])
@pytest.mark.parametrize("place", ["site", "table"])
def test_who_a_list_means(cgi, ini, tables, words, may, place):
    line = "read = %s\n" % words
    config = ini(tables, HEAD + "anonymous = none\nauthenticated = none\n" + (
        line + "[table reader]\n" if place == "site" else
        "read = root\n[table reader]\n" + line))
    seen = [who for who in PEOPLE
            if Asking(cgi, config)(who, "GET", "/reader").status == 200]
    assert seen == [who for who in PEOPLE if who in may.split()]


def test_without_a_list_the_access_decides(cluster, cgi, ini, tables):
    config = ini(tables, HEAD + "anonymous = read\nauthenticated = write\n"
                 "delete = anna\n[table reader]\n[table writer]\nupdate =\n")
    ask = Asking(cgi, config)
    rights = {who: {t["name"]: t["rights"]
                    for t in ask(who, "GET", "/").json()["tables"]}
              for who in ("nobody", "carl", "anna")}
    assert rights == {
        "nobody": {"reader": ["read", "export"], "writer": ["read", "export"]},
        "carl": {"reader": ["read", "create", "update", "export"],
                 "writer": ["read", "create", "export"]},
        "anna": {"reader": ["read", "create", "update", "delete", "export"],
                 "writer": ["read", "create", "delete", "export"]}}


@pytest.mark.parametrize("line,complaint", [
    ("reed = anna", "there is no key reed: the nearest is read"),
    ("read = @", "read = @: expected names, @groups, *"),
    ("update = anna,,bernd", "update = anna,,bernd: expected names, @groups"),
    ("delete = *x", "delete = *x: expected names, @groups"),
    ("delete = @@board", "delete = @@board: expected names"),
    ("create = anna bernd", "create = anna bernd: expected names"),
    ("export = anna\nexport = carl", "export was given in line 3 already"),
    ("read.name = @", "read.name = @: expected names, @groups"),
    ("read = anna, @baord", "@baord: there is no such group"),
    ("read.name = @baord", "@baord: there is no such group"),
    ("update.name = @baord", "@baord: there is no such group"),
    ("read.name = anna\nread.name = carl",
     "read.name was given in line 3 already"),
    ("group.board = anna", "the key group.board belongs before the first "),
    ("role = person", "the key role belongs before the first section"),
])
def test_a_right_spelled_wrong_is_said_at_the_start(cgi, ini, tables, line,
                                                    complaint):
    config = ini(tables, "[table reader]\n%s\n" % line)
    done = cgi.command("check", config=config)
    assert done.returncode != 0
    assert complaint in done.stdout + done.stderr
    assert cgi(config, "GET", "/records/reader").status == 503


@pytest.mark.parametrize("line,complaint", [
    ("role = board", "role = board: expected none or person"),
    ("role.x = a b", "role.x = a b: expected names, @groups"),
    ("group.a,b = anna", "group.a,b: expected a name without @, *, commas"),
    ("read.name = anna", "the key read.name belongs in a section"),
    ("delete = @baord", "@baord: there is no such group"),
    ("role.x = @baord", "@baord: there is no such group"),
    ("group.x = @board", "group.x = @board: expected names, separated"),
    ("group.x = *", "group.x = *: expected names, separated"),
    ("admin = @board", "admin = @board: expected names, separated"),
    ("admin = anyone", "admin = anyone: expected names, separated"),
    ("[table public.*]\nread.name = anna",
     "a right to the column name belongs in the section of one table"),
])
def test_a_site_s_right_spelled_wrong(cgi, ini, tables, line, complaint):
    done = cgi.command("check", config=ini(tables, line + "\n"))
    assert done.returncode != 0
    assert complaint in done.stdout + done.stderr


@pytest.mark.parametrize("key", ["read", "update"])
def test_a_right_to_a_column_that_is_not_there(cgi, ini, tables, key):
    """Nobody gets the table, and the log and the check say why."""
    config = ini(tables, HEAD + "read = anyone\n[table reader]\n"
                 "%s.nome = anna\n[table writer]\n" % key)
    ask = Asking(cgi, config)
    reply = ask("anna", "GET", "/reader/1")
    assert reply.status == 404
    assert "reader is not offered: it has no column nome" in reply.errors
    home = ask("anna", "GET", "/").json()["tables"]
    assert [t["name"] for t in home] == ["writer"]
    done = cgi.command("check", config=config)
    assert re.search(r":\d+: the table reader has no column nome: expected "
                     "one of id, name", done.stdout + done.stderr)
    assert done.returncode != 0


# What is hidden

HIDDEN_SQL = """
CREATE TABLE qvault (id int PRIMARY KEY, name text);
INSERT INTO qvault VALUES (1, 'QVAULTROW');
CREATE TABLE team (id int PRIMARY KEY, name text);
SELECT ifmatch.protect('team');
ALTER TABLE team ENABLE ROW LEVEL SECURITY;
CREATE POLICY all_but ON team USING (name !~ '^QTEAM'
    OR current_setting('ifmatch.person', true) = 'rosa');
CREATE TABLE member (id int PRIMARY KEY, name text UNIQUE,
    team int REFERENCES team, vault int REFERENCES qvault,
    qiban text NOT NULL DEFAULT 'QIBANDEFAULT' CHECK (qiban <> 'no'),
    status text DEFAULT 'new', UNIQUE (qiban));
SELECT ifmatch.protect('member');
ALTER TABLE qvault ADD owner int CONSTRAINT qvault_owner REFERENCES member;
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.name = 'empty' THEN NEW.qiban := NULL; END IF;
    IF NEW.name = 'rule' THEN NEW.qiban := 'no'; END IF;
    IF NEW.name = 'twice' THEN NEW.qiban := 'QIBANTWICE'; END IF;
    IF NEW.name = 'vault' THEN NEW.vault := 99; END IF;
    IF NEW.name = 'grant' THEN PERFORM FROM qvault_log; END IF;
    IF NEW.name = 'broken' THEN PERFORM FROM qvault_gone; END IF;
    IF NEW.name = 'other' THEN
        INSERT INTO qvault VALUES (NULL, 'QVAULTNEW');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON member
    FOR EACH ROW EXECUTE FUNCTION refuse();
CREATE TABLE qvault_log (id int);
REVOKE ALL ON qvault_log FROM ifmatch;
"""
HIDDEN_INI = HEAD + """authenticated = write
[table member]
label = {qiban} {name}
read.qiban = rosa
read.updated_by = rosa
read.updated_at = rosa
update.status = rosa
[table team]
[table qvault]
read = rosa
"""


@pytest.fixture(scope="module")
def vault(module_database):
    return module_database(HIDDEN_SQL, "vault")


@pytest.fixture
def hidden(cluster, cgi, ini, vault):
    cluster.psql(vault, """
        UPDATE qvault SET owner = NULL; DELETE FROM member; DELETE FROM team;
        INSERT INTO team VALUES (1, 'first'), (2, 'QTEAMHIDDEN');
        SET ifmatch.person = 'QAUTHOR';
        INSERT INTO member VALUES
            (1, 'one', 1, 1, 'QIBANONE'), (2, 'two', 2, NULL, 'QIBANTWICE'),
            (3, 'three', NULL, 1, 'QIBANTHREE');
        UPDATE qvault SET owner = 3;
        """, user="owner")
    return Asking(cgi, ini(vault, HIDDEN_INI))


def tag_of(cluster, vault, key=1):
    return "v%d" % cluster.query(
        vault, "SELECT version FROM member WHERE id = %s", (key,))[0][0]


def assert_silent(reply):
    """None of what is hidden, in any spelling."""
    said = reply.output.decode(errors="replace")
    for name in ("qiban", "qvault", "qteam", "qauthor"):
        assert name not in said.lower(), said


READS = ["/", "/member", "/member/1", "/member/2", "/team", "/team/1",
         "/team/2", "/qvault", "/qvault/1", "/member/1/qiban", "/member/1/name",
         "/member?new", "/member/1?delete", "/member?_search=QIBANONE",
         "/member?_search=one", "/member?_choice=Q", "/member?_choice=",
         "/member?_choice=&_column=qiban", "/team?_choice=", "/team?_choice=Q",
         "/qvault?_choice=", "/member?qiban=eq.QIBANONE",
         "/member?select=qiban", "/member?select=*", "/member?order=qiban",
         "/member?updated_by=eq.QAUTHOR", "/member?order=team.desc",
         "/member/9", "/team?name=like.QTEAM*", "/member?_format=csv",
         "/member?or=(qiban.eq.QIBANONE,id.eq.1)", "/member?and=(qiban.gt.a)",
         "/member?not.or=(id.eq.1,qiban.not.is.null)", "/member?qiban=is.null",
         "/member?or=(id.eq.1,and(name.eq.one,qiban.like.QIBAN*))",
         "/member?qiban=gt.QIBANONE&_format=csv", "/member?select=name,qiban",
         "/member?select=x:qiban", "/member?select=qvault(name)",
         "/member?select=name,vault(name)", "/member?order=name,qiban.desc",
         "/member?order=qiban.nullslast&limit=1", "/member?id=eq.one",
         "/member?vault=eq.x", "/member?vault.name=eq.QVAULTROW",
         "/member?order=name&_after=one", "/member?order=name&_after=",
         "/member?qiban=in.(QIBANONE)", "/member?qiban=not.eq.QIBANONE",
         "/member?_edit=qiban", "/member?_edit=name", "/member?_edit=",
         "/member?_search=QIBAN*", "/member?_search=QVAULTROW",
         "/member?_search=QAUTHOR", "/member?_search=QTEAMHIDDEN",
         "/member?_search.qiban=QIBANONE", "/member?_columns=qiban",
         "/member?_where.qiban=QIBANONE", "/team?_search=QTEAM",
         "/team?order=name.desc&limit=1", "/team?offset=1", "/team?id=eq.2",
         "/member?team=eq.2", "/member?_choice=QTEAM&_column=team",
         "/member/1/vault", "/member/2/team", "/member/1/updated_by",
         "/member/1/version", "/qvault/1/name", "/team/2/name",
         "/team/2?delete",
         "/qvault?new", "/qvault?_edit=name", "/qvault?select=nothere",
         "/member/2?_format=html", "/member?_key=1", "/team?_key=2",
         "/-/check", "/-/openapi.json", "/member/1?history", "/nothere",
         "/-/accounts", "/-/account", "/-/login", "/-/health",
         "/-/problems/stale"]


# as what the asker may say themselves
ASKED = re.compile("q(?=iban|vault|team|author)", re.I)


def elsewhere(text):
    """The same of names that are nowhere."""
    return ASKED.sub(lambda q: "z" if q.group() == "q" else "Z", text)


@pytest.mark.parametrize("accept", ["text/html", "application/json", "*/*"])
@pytest.mark.parametrize("path", READS)
def test_nothing_read_shows_what_is_hidden(hidden, path, accept):
    reply = hidden("anna", "GET", path, {"Accept": accept})
    if ASKED.search(path):
        other = hidden("anna", "GET", elsewhere(path), {"Accept": accept})
        assert reply.status == other.status
        assert mask(reply) == mask(other)
    else:
        assert_silent(reply)


def mask(reply):
    """All of it, but for what is of one reply alone, or of its spelling."""
    # a link takes the address along as it was spelled, escaped twice
    said = re.sub(r'_list=[^"#]*', "_list=",
                  reply.output.decode(errors="replace"))
    said = elsewhere(said)
    said = re.sub("(?mi)^(ETag|Set-Cookie): .*$", "", said)
    return re.sub('(name="_(token|submission)" value)="[^"]*"', "", said)


WRITES = {
    "unknown column": ("PATCH", '{"qiban":"x"}'),
    "empty": ("PATCH", '{"name":"empty"}'),
    "rule": ("PATCH", '{"name":"rule"}'),
    "twice": ("PATCH", '{"name":"twice"}'),
    "another table": ("PATCH", '{"name":"vault"}'),
    "no grant": ("PATCH", '{"name":"grant"}'),
    "no table": ("PATCH", '{"name":"broken"}'),
    "other table's rule": ("PATCH", '{"name":"other"}'),
    "reference": ("PATCH", '{"vault":77}'),
    "hidden row": ("PATCH", '{"team":2}'),
    "another's name": ("PATCH", '{"name":"two"}'),
    "replace": ("PUT", '{"name":"one","team":null,"vault":null}'),
    "create": ("POST", '{"id":7,"name":"rule"}'),
    "create twice": ("POST", '{"id":1,"name":"again"}'),
    "create empty": ("POST", '{"id":8,"name":"empty"}'),
}


@pytest.mark.parametrize("fresh", [True, False])
@pytest.mark.parametrize("write", WRITES)
def test_no_refusal_shows_what_is_hidden(cluster, vault, hidden, write, fresh):
    method, body = WRITES[write]
    tag = tag_of(cluster, vault) if fresh else "v1"
    headers = {**JSON, "Prefer": "return=representation"}
    if method != "POST":
        headers["If-Match"] = '"%s"' % tag
    reply = hidden("anna", method, "/member" + (
        "/1" if method != "POST" else ""), headers, body)
    if "qiban" in body:
        assert "QIBAN" not in reply.text and reply.status == (
            422 if fresh else 412), reply.text
    else:
        assert_silent(reply)
    if not fresh and method != "POST":
        assert reply.status == 412


@pytest.mark.parametrize("write", WRITES)
@pytest.mark.parametrize("fresh", [True, False])
def test_no_form_shows_what_is_hidden(cluster, vault, hidden, write, fresh):
    method, body = WRITES[write]
    fields = {n: "" if v is None else str(v)
              for n, v in json.loads(body).items()}
    tag = "" if method == "POST" else (
        tag_of(cluster, vault) if fresh else "v1")
    sent = multipart([("_etag", tag)] + list(fields.items()) + [
        ("_was." + n, "before") for n in fields if method != "POST"])
    reply = hidden("anna", "POST", "/member" + (
        "/1" if method != "POST" else ""), {**SENT, **PAGE}, sent)
    if "qiban" in body:
        assert "QIBAN" not in reply.text, reply.text
    else:
        assert_silent(reply)


def in_place(body, tag):
    """The rows of a list edited in place: this one."""
    sent = [("_rows", "1"), ("_row.0._key", "1"), ("_row.0._etag", tag)]
    for name, value in body.items():
        sent += [("_row.0." + name, "" if value is None else str(value)),
                 ("_was._row.0." + name, "before")]
    return multipart(sent)


SEVERAL = {
    "array changed": lambda b, tag: ("PATCH", "/member", JSON, json.dumps(
        [{"id": 1, "_etag": tag, **b}])),
    "array created": lambda b, tag: ("POST", "/member", JSON, json.dumps(
        [{"id": 8, **b}, {"id": 9, "name": "fine"}])),
    "by filter": lambda b, tag: ("PATCH", "/member?id=lt.3", {
        **JSON, "Prefer": "max-affected=9"}, json.dumps(b)),
    "in place": lambda b, tag: ("POST", "/member?" + "&".join(
        "_edit.%s=1" % n for n in b), {**SENT, **PAGE}, in_place(b, tag)),
    "in place, each": lambda b, tag: ("POST", "/member?_edit=name", {
        **SENT, **PAGE}, multipart([("_mode", "each"), ("_rows", "1"), (
            "_row.0._key", "1"), ("_row.0._etag", tag), (
                "_row.0.name", str(b.get("name"))), (
                    "_was._row.0.name", "before")])),
}


@pytest.mark.parametrize("fresh", [True, False])
@pytest.mark.parametrize("door", SEVERAL)
def test_no_refusal_of_several_rows_shows_what_is_hidden(
        cluster, vault, hidden, door, fresh):
    for write, (method, body) in WRITES.items():
        if method != "PATCH":
            continue
        body = json.loads(body)
        tag = tag_of(cluster, vault) if fresh else "v1"
        reply = hidden("anna", *SEVERAL[door](body, tag))
        if "qiban" in body:
            assert "QIBAN" not in reply.text, reply.text
        else:
            assert_silent(reply)


def lines_of(write, tag):
    """The same as a file; None: it cannot be one."""
    method, body = WRITES[write]
    row = {"id": 1, **json.loads(body)}
    if method != "POST":
        row["_etag"] = tag
    return ",".join(row) + "\n" + ",".join(
        "" if v is None else str(v) for v in row.values()) + "\n"


@pytest.mark.parametrize("fresh", [True, False])
@pytest.mark.parametrize("write", WRITES)
def test_no_line_of_a_file_shows_what_is_hidden(cluster, vault, hidden, write,
                                                fresh):
    lines = lines_of(write, tag_of(cluster, vault) if fresh else "v1")
    replies = [hidden("anna", "PUT", "/member" + query, {
        "Content-Type": "text/csv", "Prefer": prefer}, lines)
        for query in ("?dry_run=", "") for prefer in (
            "return=representation", "continue-on-error")]
    sent = hidden("anna", "POST", "/member?import=", {**SENT, **PAGE},
                  file_form(lines, submission="f" * 32))
    replies.append(sent)
    if sent.status == 303:
        at = sent.get("Location")[len("/records"):]
        for path in (at, at + "&_line=2", at + "&_format=csv"):
            replies.append(hidden("anna", "GET", path, PAGE))
    for reply in replies:
        if "qiban" in lines:
            assert "QIBAN" not in reply.text, reply.text
        else:
            assert_silent(reply)


def test_a_file_is_for_whoever_sent_it(hidden):
    sent = hidden("rosa", "POST", "/member?import=", {**SENT, **PAGE},
                  file_form("id,name,qiban\n1,QAUTHORED,QIBANNEW\n"))
    assert sent.status == 303
    at = sent.get("Location")[len("/records"):]
    mine = at + "&_line=2"
    assert "QAUTHORED" in hidden("rosa", "GET", mine, PAGE).text
    for path in (at, at + "&_format=csv", at + "&_line=2"):
        for who in ("anna", "bernd", "root"):
            assert_silent(hidden(who, "GET", path, PAGE))
    token = re.search("_upload=(.*)", at).group(1)
    for save in ("whole", "good"):
        reply = hidden("anna", "POST", "/member?import=", {**SENT, **PAGE},
                       form(our__upload=token, our__save=save, our__saved="0"))
        assert_silent(reply)
    # nor can it be replaced, or told to be there
    for text in ("id,name,qiban\n1,QAUTHORED,QIBANNEW\n", "id,name\n1,x\n"):
        reply = hidden("anna", "POST", "/member?import=", {**SENT, **PAGE},
                       file_form(text, upload=token))
        assert_silent(reply)
    assert "QAUTHORED" in hidden("rosa", "GET", mine, PAGE).text
    assert hidden("rosa", "GET", "/member/1").json()["name"] == "one"


@pytest.mark.parametrize("mode", ["all", "each"])
def test_deleting_several_that_a_hidden_table_refers_to(
        cluster, vault, hidden, mode):
    rows = [("_mode", mode), ("_rows", "2")]
    for i, key in enumerate((2, 3)):
        lead = "_row.%d." % i
        rows += [(lead + "_key", str(key)), (lead + "_on", "1"),
                 (lead + "_etag", tag_of(cluster, vault, key))]
    reply = hidden("anna", "POST", "/member?_delete", {**SENT, **PAGE},
                   multipart(rows))
    assert reply.status == 409
    assert_silent(reply)
    for sent in ({"Prefer": "max-affected=9"}, {}):
        reply = hidden("anna", "DELETE", "/member?id=in.(1,3)", sent)
        assert reply.status >= 400
        assert_silent(reply)


def test_deleting_what_a_hidden_table_refers_to(cluster, vault, hidden):
    tag = tag_of(cluster, vault, 3)
    reply = hidden("anna", "DELETE", "/member/3", {"If-Match": '"%s"' % tag})
    assert reply.status == 409
    assert_silent(reply)


def test_those_who_may_see_it_do(hidden):
    row = hidden("rosa", "GET", "/member/1").json()
    assert row["qiban"] == "QIBANONE" and row["updated_by"] == "QAUTHOR"
    page = hidden("rosa", "GET", "/member/1", PAGE).text
    assert "QIBANONE one" in page and "QVAULTROW" in page
    assert "QTEAMHIDDEN" in hidden("rosa", "GET", "/team?_choice=").text
    assert hidden("anna", "GET", "/member/1").get("Last-Modified") is None
    assert hidden("anna", "GET", "/member/1").get("ETag") != hidden(
        "rosa", "GET", "/member/1").get("ETag")


def test_a_column_that_only_some_may_set(cluster, vault, hidden):
    for who, status in (("anna", 403), ("rosa", 204)):
        tag = tag_of(cluster, vault)
        reply = hidden(who, "PATCH", "/member/1", {
            **JSON, "If-Match": '"%s"' % tag}, '{"status":"old"}')
        assert reply.status == status, reply.text
    page = hidden("anna", "GET", "/member/1", PAGE).text
    assert "old" in page and 'name="status"' not in page
    assert 'name="status"' in hidden("rosa", "GET", "/member/1", PAGE).text
    assert 'name="status"' not in hidden("anna", "GET", "/member?new",
                                         PAGE).text
    reply = hidden("anna", "POST", "/member", JSON,
                   '{"id":9,"name":"n","status":"x"}')
    assert reply.status == 403
    tag = tag_of(cluster, vault)
    # what PUT leaves out or repeats stays as it is
    reply = hidden("anna", "PUT", "/member/1", {
        **JSON, "If-Match": '"%s"' % tag},
        '{"id":1,"name":"put","team":1,"vault":1,"status":"old"}')
    assert reply.status == 204, reply.text
    assert cluster.query(vault, "SELECT name, status, qiban FROM member "
                         "WHERE id = 1") == [("put", "old", "QIBANONE")]


def test_whoever_may_not_see_the_key_has_no_table(cgi, ini, vault):
    config = ini(vault, HEAD + "authenticated = write\n[table member]\n"
                 "read.id = rosa\n")
    ask = Asking(cgi, config)
    assert ask("rosa", "GET", "/member").status == 200
    assert ask("anna", "GET", "/member").status == 404
    assert ask("anna", "GET", "/").json()["tables"] == []
