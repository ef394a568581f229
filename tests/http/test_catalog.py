"""What the program knows of tables: keys, guards, rights, and that it notices
when they change under a running pool."""
import re

import pytest

from harness.browser import Page, multipart

OPEN = "anonymous = write\n"
ITEM = """
CREATE TABLE item (id int PRIMARY KEY, name text, qty int);
INSERT INTO item VALUES (1, 'one', 10), (2, 'two', 20);
"""


def tag_of(web, path):
    return web.get(path).headers["ETag"]


@pytest.fixture
def item(cluster, database, site):
    """A site with the table item, all that can be cached in its cache."""
    cluster.psql(database, ITEM, user="owner")
    web = site(database, OPEN + "[table item]\n", workers=1)
    for path in ("/", "/item", "/item/1"):
        assert web.get(path).status_code == 200
    for value in (11, 12):
        assert web.patch("/item/1", json={"qty": value}, headers={
            "If-Match": tag_of(web, "/item/1")}).status_code == 204
        assert web.patch("/item/1", json={"name": "n%d" % value}, headers={
            "If-Match": "*"}).status_code == 204

    def change(sql):
        cluster.psql(database, sql, user="owner")
    web.change = change
    return web


# DDL, the request that comes next, what it is answered with
CHANGES = {
    "drop a column: read": (
        "ALTER TABLE item DROP name", "GET", "/item/1", None, 200,
        {"id": 1, "qty": 12}),
    "drop a column: list": (
        "ALTER TABLE item DROP name", "GET", "/item?limit=1", None, 200,
        [{"id": 1, "qty": 12}]),
    "drop a column: list as before": (
        "ALTER TABLE item DROP qty", "GET", "/item", None, 200,
        ["n12", "two"]),
    "drop a column: write another": (
        "ALTER TABLE item DROP name", "PATCH", "/item/1", {"qty": 5}, 200,
        {"id": 1, "qty": 5}),
    "drop a column: write it": (
        "ALTER TABLE item DROP name", "PATCH", "/item/1", {"name": "x"}, 422,
        None),
    "rename a column: read": (
        "ALTER TABLE item RENAME name TO title", "GET", "/item/1", None, 200,
        {"id": 1, "title": "n12", "qty": 12}),
    "rename a column: write the new one": (
        "ALTER TABLE item RENAME name TO title", "PATCH", "/item/1",
        {"title": "x"}, 200, {"id": 1, "title": "x", "qty": 12}),
    "rename a column: write the old one": (
        "ALTER TABLE item RENAME name TO title", "PATCH", "/item/1",
        {"name": "x"}, 422, None),
    "swap two columns": (
        "ALTER TABLE item RENAME name TO n; ALTER TABLE item RENAME qty TO"
        " name; ALTER TABLE item RENAME n TO qty", "GET", "/item/1", None,
        200, {"id": 1, "qty": "n12", "name": 12}),
    "add a column: read": (
        "ALTER TABLE item ADD more text DEFAULT 'm'", "GET", "/item/1", None,
        200, None),
    "add a column: write another": (
        "ALTER TABLE item ADD more text NOT NULL DEFAULT 'm'", "PATCH",
        "/item/1", {"qty": 5}, 200, None),
    "add a column: write it": (
        "ALTER TABLE item ADD more text", "PATCH", "/item/1", {"more": "x"},
        200, {"id": 1, "name": "n12", "qty": 12, "more": "x"}),
    "number to text: read": (
        "ALTER TABLE item ALTER qty TYPE text USING qty || ' pieces'", "GET",
        "/item/1", None, 200, {"id": 1, "name": "n12", "qty": "12 pieces"}),
    "number to text: list": (
        "ALTER TABLE item ALTER qty TYPE text USING qty || ' pieces'", "GET",
        "/item", None, 200, ["12 pieces", "20 pieces"]),
    "number to text: list as never before": (
        "ALTER TABLE item ALTER qty TYPE text USING qty || ' pieces'", "GET",
        "/item?limit=1", None, 200,
        [{"id": 1, "name": "n12", "qty": "12 pieces"}]),
    "number to text: write": (
        "ALTER TABLE item ALTER qty TYPE text", "PATCH", "/item/1",
        {"qty": "many"}, 200, {"id": 1, "name": "n12", "qty": "many"}),
    "number to text: write another": (
        "ALTER TABLE item ALTER qty TYPE text USING 'many'", "PATCH",
        "/item/1", {"name": "x"}, 200,
        {"id": 1, "name": "x", "qty": "many"}),
    "text to number: read": (
        "ALTER TABLE item ALTER name TYPE int USING 7", "GET", "/item/1",
        None, 200, {"id": 1, "name": 7, "qty": 12}),
    "text to boolean: write": (
        "ALTER TABLE item ALTER name TYPE bool USING true", "PATCH",
        "/item/1", {"name": False}, 200,
        {"id": 1, "name": False, "qty": 12}),
    "number to jsonb: write": (
        "ALTER TABLE item ALTER qty TYPE jsonb USING to_jsonb(qty)", "PATCH",
        "/item/1", {"qty": {"a": [1]}}, 200,
        {"id": 1, "name": "n12", "qty": {"a": [1]}}),
    "key to text: read": (
        "ALTER TABLE item ALTER id TYPE text", "GET", "/item/1", None, 200,
        {"id": "1", "name": "n12", "qty": 12}),
    "drop the table": (
        "DROP TABLE item", "GET", "/item/1", None, 404, None),
    "drop the table: list": (
        "DROP TABLE item", "GET", "/item", None, 404, None),
    "drop the table: write": (
        "DROP TABLE item", "PATCH", "/item/1", {"qty": 1}, 404, None),
    "another table of the name": (
        "DROP TABLE item; CREATE TABLE item (id text PRIMARY KEY, w float8);"
        "INSERT INTO item VALUES ('1', 0.5)", "GET", "/item/1", None, 200,
        {"id": "1", "w": 0.5}),
    "the same table again": (
        "DROP TABLE item; " + ITEM, "GET", "/item/1", None, 200,
        {"id": 1, "name": "one", "qty": 10}),
    "the table becomes a view": (
        "ALTER TABLE item RENAME TO base; CREATE VIEW item AS"
        " SELECT id, name FROM base", "PATCH", "/item/1", {"name": "x"}, 403,
        None),
}


@pytest.mark.parametrize("case", CHANGES)
def test_change_of_a_table_is_noticed(item, case):
    sql, method, path, body, status, shown = CHANGES[case]
    headers = {"Prefer": "return=representation"}
    if method != "GET":
        headers["If-Match"] = "*"
    item.change(sql)
    reply = item.request(method, path, json=body, headers=headers)
    assert reply.status_code == status
    if shown and isinstance(shown, list) and isinstance(shown[0], str):
        column = "qty" if "pieces" in shown[0] else "name"
        assert [row[column] for row in reply.json()] == shown
    elif shown is not None:
        assert reply.json() == shown
    if status == 200:
        assert item.get(path).json() == reply.json()


def test_first_write_after_a_change_of_type_shows_nothing_wrong(item):
    """No statement of this shape was prepared before: the database does not
    object, so the row is written and its values are of unknown types."""
    item.change("ALTER TABLE item ALTER qty TYPE text USING 'many'")
    reply = item.patch("/item/1", json={"name": "x", "id": 1}, headers={
        "If-Match": "*", "Prefer": "return=representation"})
    assert reply.status_code in (200, 204)
    now = item.get("/item/1")
    assert now.json() == {"id": 1, "name": "x", "qty": "many"}
    if reply.status_code == 200:
        assert reply.json() == now.json()
    else:
        assert "ETag" not in reply.headers


def test_table_that_comes_back_is_served(item):
    item.change("DROP TABLE item")
    assert item.get("/item/1").status_code == 404
    item.change(ITEM)
    reply = item.get("/item/1")
    assert (reply.status_code, reply.json()["name"]) == (200, "one")


def test_tag_of_another_shape_of_the_row_guards_it_still(item):
    """The variant of the tag changes with the columns, the state does not."""
    tag = tag_of(item, "/item/1")
    item.change("ALTER TABLE item RENAME name TO title")
    now = tag_of(item, "/item/1")
    assert now != tag and now.split("-")[0] == tag.split("-")[0]
    assert item.get("/item/1", headers={"If-None-Match": tag}
                    ).status_code == 200
    assert item.patch("/item/1", json={"title": "x"},
                      headers={"If-Match": tag}).status_code == 204


# Names and keys

TWINS = """
CREATE SCHEMA one; CREATE SCHEMA two;
CREATE TABLE one.thing (id int PRIMARY KEY, a text);
CREATE TABLE two.thing (id int PRIMARY KEY, b text);
CREATE TABLE one.alone (id int PRIMARY KEY);
INSERT INTO one.thing VALUES (1, 'a'); INSERT INTO two.thing VALUES (1, 'b');
GRANT USAGE ON SCHEMA one, two TO ifmatch;
GRANT ALL ON ALL TABLES IN SCHEMA one, two TO ifmatch;
"""


@pytest.mark.parametrize("sections", [
    "[table one.thing]\n[table two.thing]\n[table one.alone]\n",
    "[table one.*]\n[table two.*]\n"])
def test_name_in_two_schemas_is_served_by_none(cluster, database, cgi, ini,
                                               sections):
    cluster.psql(database, TWINS, user="owner")
    config = ini(database, OPEN + sections)
    assert cgi(config, "GET", "/records/thing/1").status == 404
    tables = cgi(config, "GET", "/records/").json()["tables"]
    assert [t["name"] for t in tables] == ["alone"]
    done = cgi.command("check", config=config)
    assert done.returncode == 1
    line, = [s for s in done.stdout.splitlines() if config + ":" in s]
    assert re.match("wrong: " + re.escape(config) + r":[34]: ", line)
    assert "thing" in line and "name = " in line


def test_name_in_two_schemas_is_told_apart_by_configuration(
        cluster, database, cgi, ini):
    cluster.psql(database, TWINS, user="owner")
    config = ini(database, OPEN + "[table one.thing]\n[table two.thing]\n"
                 "name = other\n")
    assert cgi(config, "GET", "/records/thing/1").json() == {
        "id": 1, "a": "a"}
    assert cgi(config, "GET", "/records/other/1").json() == {
        "id": 1, "b": "b"}
    assert cgi.command("check", config=config).returncode == 0


def test_missing_table_is_told_by_its_line(cluster, database, cgi, ini):
    cluster.psql(database, ITEM, user="owner")
    config = ini(database, OPEN + "[table item]\n[table gone]\n")
    assert cgi(config, "GET", "/records/gone/1").status == 404
    assert cgi(config, "GET", "/records/item/1").status == 200
    done = cgi.command("check", config=config)
    assert done.returncode == 1
    line, = [s for s in done.stdout.splitlines() if "gone" in s]
    assert line.startswith("wrong: " + config + ":4: ")
    assert "public.gone" in line


@pytest.mark.parametrize("key, line", [
    ("hidden = nope", 3), ("read_only = nope", 3), ("key = nope", 3),
    ("grid = nope", 3)])
def test_missing_column_is_told_by_its_line(cluster, database, cgi, ini, key,
                                            line):
    cluster.psql(database, ITEM, user="owner")
    config = ini(database, OPEN + "[table item]\n%s\n" % key)
    done = cgi.command("check", config=config)
    assert done.returncode == 1
    assert re.search(r"(?m)^wrong: %s:\d+: .*item.*nope" % re.escape(config),
                     done.stdout)


KEYS = [
    ("id int PRIMARY KEY", ["id"]),
    ("b int, a int, PRIMARY KEY (a, b)", ["a", "b"]),
    ("id int, code text NOT NULL UNIQUE", ["code"]),
    ("a int NOT NULL, b int NOT NULL, UNIQUE (b, a)", ["b", "a"]),
    ("a int NOT NULL UNIQUE, b int PRIMARY KEY", ["b"]),
    ("a int NOT NULL, b int NOT NULL, c int NOT NULL UNIQUE, UNIQUE (a, b)",
     ["c"]),
    ("id int, more int, PRIMARY KEY (id) INCLUDE (more)", ["id"]),
    ("id int UNIQUE", []),
    ("a int NOT NULL, b int, UNIQUE (a, b)", []),
    ("id int NOT NULL, EXCLUDE (id WITH =)", []),
    ("id int NOT NULL", []),
]


@pytest.fixture(scope="module")
def keys(cluster, module_site):
    name = cluster.makedb("".join(
        "CREATE TABLE k%d (%s);" % (i, columns)
        for i, (columns, _) in enumerate(KEYS)) + """
        CREATE UNIQUE INDEX ON k10 (id) WHERE id > 5;
        CREATE UNIQUE INDEX ON k10 ((id + 1));""", "keys")
    web = module_site(name, OPEN + "[table public.*]\n")
    yield {t["name"]: t for t in web.get("/").json()["tables"]}


@pytest.mark.parametrize("i, key", enumerate(k for _, k in KEYS))
def test_key(keys, i, key):
    table = keys["k%d" % i]
    assert table["key"] == key
    assert table["guard"] == ("xmin" if key else "read-only")
    assert table["rights"] == (ALL if key else READ)


# Home and check

ALL = ["read", "create", "update", "delete", "export"]
READ = ["read", "export"]
SHOWN = """
CREATE TABLE member (id int PRIMARY KEY, name text);
COMMENT ON TABLE member IS 'People "in" the club';
SELECT ifmatch.protect('member');
CREATE TABLE paid (who int, at date, PRIMARY KEY (who, at));
CREATE TABLE hib (id int PRIMARY KEY, version int);
CREATE TABLE railed (id int PRIMARY KEY, lock_version int);
CREATE TABLE "Odd name/ä" (id int PRIMARY KEY);
CREATE TABLE looked_at (id int PRIMARY KEY);
REVOKE INSERT, UPDATE, DELETE ON looked_at FROM ifmatch;
CREATE TABLE unseen (id int PRIMARY KEY);
REVOKE ALL ON unseen FROM ifmatch;
CREATE TABLE no_xmin (id int PRIMARY KEY, name text);
REVOKE SELECT ON no_xmin FROM ifmatch;
GRANT SELECT (id, name) ON no_xmin TO ifmatch;
CREATE TABLE no_version (id int PRIMARY KEY, name text);
SELECT ifmatch.protect('no_version');
REVOKE SELECT ON no_version FROM ifmatch;
GRANT SELECT (id, name) ON no_version TO ifmatch;
CREATE TABLE off (id int PRIMARY KEY);
SELECT ifmatch.protect('off');
ALTER TABLE off DISABLE TRIGGER zzz_ifmatch;
CREATE TABLE keyless (id int);
"""
SECTIONS = OPEN + "[table public.*]\n"


def test_home_as_json_exactly(cluster, database, cgi, ini):
    cluster.psql(database, SHOWN, user="owner")
    reply = cgi(ini(database, SECTIONS), "GET", "/records/")
    assert reply.status == 200
    assert reply.get("Content-Type").startswith("application/json")

    def table(name, key, guard, rights, comment=None, url=None):
        return {"name": name, "url": url or "/records/" + name, "key": key,
                "guard": guard, "rights": rights, "comment": comment}
    assert reply.json() == {"tables": [
        table("Odd name/ä", ["id"], "xmin", ALL,
              url="/records/Odd%20name%2F%C3%A4"),
        table("hib", ["id"], "read-only", READ),
        table("keyless", [], "read-only", READ),
        table("looked_at", ["id"], "xmin", READ),
        table("member", ["id"], "version", ALL, 'People "in" the club'),
        table("no_version", ["id"], "read-only", READ),
        table("no_xmin", ["id"], "read-only", READ),
        table("off", ["id"], "read-only", READ),
        table("paid", ["who", "at"], "xmin", ALL),
        table("railed", ["id"], "version+xmin", ALL),
    ]}


def parts(output):
    """What check prints, by table: the lines below each name."""
    found = {}
    for line in output.splitlines():
        if not line.startswith(" "):
            lines = found.setdefault(line.split(" ")[0], [])
        else:
            lines.append(line.strip())
    return found


def test_check_tells_what_is_and_what_helps(cluster, database, cgi, ini):
    cluster.psql(database, SHOWN, user="owner")
    done = cgi.command("check", config=ini(database, SECTIONS))
    assert done.returncode == 0, done.stdout
    shown = parts(done.stdout)
    for name, lines in {
            "member": ["key: id", "guard: version in version",
                       "rights: read, create, update, delete"],
            "paid": ["key: who, at", "guard: xmin"],
            "note:": ["SELECT ifmatch.protect('public.paid');"],
            "railed": ["guard: version+xmin in lock_version"],
            "hib": ["guard: read-only", "rights: read",
                    "version_column = version", "version_column = none"],
            "keyless": ["key: none", "guard: read-only"],
            "looked_at": ["rights: read"],
            "unseen": ["rights: none",
                       "GRANT SELECT ON public.unseen TO ifmatch;"],
            "no_xmin": ["GRANT SELECT (xmin) ON public.no_xmin TO ifmatch;"],
            "no_version": ["GRANT SELECT (version) ON public.no_version"
                           " TO ifmatch;"],
            "off": ["ALTER TABLE public.off ENABLE TRIGGER zzz_ifmatch;"],
    }.items():
        assert set(lines) <= set(shown[name]), name


@pytest.mark.parametrize("table, guard", [
    ("no_xmin", "xmin"), ("no_version", "version"), ("off", "version"),
    ("paid", "version")])
def test_what_check_prints_helps(cluster, database, cgi, ini, table, guard):
    cluster.psql(database, SHOWN, user="owner")
    config = ini(database, SECTIONS)
    done = cgi.command("check", config=config)
    shown = parts(done.stdout)
    advice = [s for s in shown[table] if s.endswith(";")]
    if not advice:  # what is fine without is advised once, at the end
        advice = [s for s in shown["note:"] if "public.%s'" % table in s]
    assert len(advice) == 1
    cluster.psql(database, advice[0], user="owner")
    tables = cgi(config, "GET", "/records/").json()["tables"]
    now, = [t for t in tables if t["name"] == table]
    assert (now["guard"], now["rights"]) == (guard, ALL)


@pytest.mark.parametrize("line, guard", [
    ("version_column = version", "version+xmin"),
    ("version_column = none", "xmin")])
def test_what_check_prints_of_a_candidate_helps(cluster, database, cgi, ini,
                                                line, guard):
    cluster.psql(database, SHOWN, user="owner")
    config = ini(database, OPEN + "[table hib]\n" + line + "\n")
    table, = cgi(config, "GET", "/records/").json()["tables"]
    assert (table["guard"], table["rights"]) == (guard, ALL)


@pytest.mark.parametrize("sql, hint", [
    ("CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS"
     " 'BEGIN RETURN NEW; END';"
     "CREATE TRIGGER zzzz BEFORE UPDATE ON member FOR EACH ROW"
     " EXECUTE FUNCTION f()", "zzzz"),
    ("INSERT INTO member (id) VALUES (1);"
     "SELECT setval('ifmatch.ifmatch_version', 1)",
     "SELECT ifmatch.restored();")])
def test_check_warns(cluster, database, cgi, ini, sql, hint):
    cluster.psql(database, SHOWN, user="owner")
    cluster.psql(database, sql, user="owner")
    done = cgi.command("check", config=ini(database, SECTIONS))
    assert done.returncode == 1
    wrong, = [s for s in parts(done.stdout)["member"] if "wrong: " in s]
    assert hint in wrong


def test_check_without_a_database_fails(cgi, ini):
    config = ini("there_is_none", SECTIONS)
    done = cgi.command("check", config=config)
    assert done.returncode == 1
    assert "there_is_none" in done.stdout + done.stderr


@pytest.mark.parametrize("line", [
    "nonsense = 1", "anonymous = maybe", "[tabel x]", "workers = 0"])
def test_check_of_a_wrong_configuration_fails(database, cgi, ini, line):
    config = ini(database, line + "\n")
    done = cgi.command("check", config=config)
    assert done.returncode == 1
    assert config + ":2: " in done.stdout + done.stderr


def test_nothing_is_on_offer_until_it_is_said(cluster, database, cgi, ini):
    cluster.psql(database, ITEM, user="owner")
    nobody = cgi(ini(database, "[table item]\n"), "GET", "/records/item/1")
    assert nobody.status in (401, 403)
    config = ini(database, OPEN)
    assert cgi(config, "GET", "/records/").json() == {"tables": []}
    assert cgi(config, "GET", "/records/item/1").status == 404


# What becomes of fields while somebody types into them.
HERE = {"Sec-Fetch-Site": "same-origin"}


def posted(page, **typed):
    """What a page's form sends, these typed into it."""
    form = Page(page).form
    for name, text in typed.items():
        form.fill(name, text)
    body, media = multipart(form.entries())
    return form.action, body, {"Content-Type": media, **HERE}


@pytest.mark.parametrize("sql", [
    "ALTER TABLE item RENAME name TO title", "ALTER TABLE item DROP name"])
@pytest.mark.parametrize("path, saved", [("/item/1", (1, 99)),
                                         ("/item?new", (7, 99))])
def test_what_was_typed_into_a_column_that_goes_comes_back(
        item, cluster, database, sql, path, saved):
    html = {"Accept": "text/html", "Accept-Language": "en"}
    key = {"id": "7"} if "new" in path else {}
    url, body, headers = posted(item.get(path, headers=html).text, qty="99",
                                name="typed by <hand>", **key)
    before = cluster.query(database, "SELECT id, qty FROM item ORDER BY id")
    item.change(sql)
    for _ in range(2):
        reply = item.post(url, data=body, headers={**html, **headers})
        assert reply.status_code == 422
        assert "Name: typed by <hand>" in Page(reply.text).text
        assert Page(reply.text).form["qty"].value == "99"
        assert cluster.query(database, "SELECT id, qty FROM item ORDER BY id"
                             ) == before
    # it has been seen; the rest is saved
    url, body, headers = posted(reply.text)
    assert item.post(url, data=body, headers=headers).status_code == 303
    assert saved in cluster.query(database, "SELECT id, qty FROM item")


@pytest.mark.parametrize("line", ["hidden = name", "read_only = name"])
@pytest.mark.parametrize("path", ["/item/1", "/item?new"])
@pytest.mark.parametrize("what", ["typed", "untouched", "gone", "wrong"])
def test_what_was_typed_into_a_field_that_is_barred_comes_back(
        cluster, database, ini, cgi, line, path, what):
    cluster.psql(database, ITEM, user="owner")
    html = {"Accept": "text/html", "Accept-Language": "de"}
    open_ini = OPEN + "[table item]\n"
    page = cgi(ini(database, open_ini), "GET", "/records" + path, html).text
    fields = {"qty": "viele" if what == "wrong" else "99"}
    if "new" in path:
        fields["id"] = "7"
    if what != "untouched":
        fields["name"] = "getippt"
    if what == "gone":
        cluster.psql(database, "DELETE FROM item WHERE id = 1", user="owner")
    url, body, headers = posted(page, **fields)
    reply = cgi(ini(database, open_ini + line + "\n"), "POST", url,
                {**html, **headers}, body)
    assert reply.status == (303 if what == "untouched" else 422)
    assert (what == "untouched") != ("Name: getippt" in Page(reply.text).text)
    assert (cluster.query(database, "SELECT 1 FROM item WHERE qty = 99") != []
            ) == (what == "untouched")


@pytest.mark.parametrize("more", ["", "on_conflict = merge\n"])
def test_what_was_typed_into_several_rows_that_are_barred_comes_back(
        cluster, database, ini, cgi, more):
    cluster.psql(database, ITEM, user="owner")
    open_ini = OPEN + "[table item]\n" + more
    html = {"Accept": "text/html", "Accept-Language": "en"}
    page = cgi(ini(database, open_ini), "GET",
               "/records/item?_edit=name,qty", html).text
    cluster.psql(database, "UPDATE item SET qty = 11 WHERE id = 1",
                 user="owner")
    url, body, headers = posted(page, **{
        "_row.0.name": "typed first", "_row.1.name": "typed second",
        "_row.1.qty": "99"})
    before = cluster.query(database, "SELECT * FROM item ORDER BY id")
    barred = ini(database, open_ini + "read_only = name\n")
    reply = cgi(barred, "POST", url, {**html, **headers}, body)
    assert reply.status in (412, 422)
    for text in ("Name: typed first", "Name: typed second"):
        assert text in Page(reply.text).text
    assert cluster.query(database, "SELECT * FROM item ORDER BY id") == before
    url, body, headers = posted(reply.text)
    assert cgi(barred, "POST", url, {**html, **headers}, body).status == 303
    assert cluster.query(database, "SELECT * FROM item ORDER BY id") == [
        (1, "one", 11), (2, "two", 99)]
