"""From a spreadsheet to a first table: ?import at the site's own address."""
import html
import re

import pytest

from harness.browser import Browser
from harness.process import wait_until
from pages import OPEN, plain

INI = (OPEN + "admin = anna\nauthenticated = write\nremote_user = on\n"
       "[table public.*]\n")
GERMAN = ("Mitglieds-Nr.;Name;PLZ;Geburtstag;Beitrag;bezahlt;Größe (cm);"
          "Zuletzt da;user;_etag\r\n"
          "7;Müller;01234;31.12.1980;1.060,50;ja;180;01.02.2026 10:30;a;\r\n"
          "9;O'Hara \\;4711;1.2.1990;60;nein;;;b;\r\n")
CASES = {
    "semicolons": (GERMAN.encode("utf-8-sig"), {
        "Mitglieds-Nr.": "integer", "name": "text", "plz": "text",
        "geburtstag": "date", "beitrag": "numeric", "bezahlt": "boolean",
        "groesse_cm": "integer",
        "zuletzt_da": "timestamp without time zone", "user": "text"}),
    "Windows-1252": (GERMAN.encode("cp1252"), {"groesse_cm": "integer"}),
    "tabs, numbers that are not all different": (
        b"n\tbig\tphone\tlong\tempty\r\n1\t12345678901\t+49\t"
        b"1234567890123456789\t\r\n1\t1\t2\t3\t\r\n", {
            "id": "integer", "n": "integer", "big": "bigint",
            "phone": "text", "long": "text", "empty": "text"}),
    "odd names": (
        'id,"a ""b""","A b",a-b,2024,№,"x\'); DROP TABLE y; --",'
        '"A name that is far too long to be the label of a column"\r\n'
        'x,1,2,3,4,5,6,7\r\n'.encode(), {
            "id_2": "integer", "id": "text", "a_b": "integer",
            "a_b_2": "integer", "a_b_3": "integer", "n_2024": "integer",
            "column": "integer", "x_drop_table_y": "integer"}),
    "only names": (b"name,town\n", {"id": "integer", "name": "text",
                                    "town": "text"}),
}


@pytest.fixture(name="there", scope="module")
def there_fixture(cluster, module_site):
    name = cluster.createdb()
    cluster.load_ifmatch(name)
    site = module_site(name, INI, server="nginx-anna")
    return site, cluster, name


def make(site, **fields):
    """The page that comes of it, and the texts that it shows."""
    reply = site.post("/?import=", headers={"Accept": "text/html"},
                      files={k: v if isinstance(v, tuple) else (None, v)
                             for k, v in fields.items()})
    return reply, [html.unescape(t) for t in
                   re.findall(r"<pre[^>]*>(.*?)</pre>", reply.text, re.S)]


def paste(there, text, table):
    """The text run by the owner of the database; the site looks for tables
    that it does not know once a second."""
    site, cluster, name = there
    cluster.psql(name, text, user="owner")
    wait_until(lambda: site.get("/" + table).status_code == 200, 30,
               "the new table")


@pytest.mark.parametrize("case", CASES)
def test_the_file_that_it_was_made_from_fits(there, case):
    site, cluster, name = there
    content, types = CASES[case]
    table = "made_%d" % list(CASES).index(case)
    reply, (text, section) = make(site, _table=table,
                                  _file=("list.csv", content))
    assert reply.status_code == 200 and section == "[table %s]" % table
    paste(there, text, table)
    columns = dict(cluster.query(name, """
        SELECT column_name, data_type FROM information_schema.columns
        WHERE table_name = %s""", (table,)))
    assert types.items() <= columns.items(), columns
    assert {"version", "updated_at", "updated_by"} <= columns.keys()
    report = site.put("/%s?dry_run" % table, data=content, headers={
        "Content-Type": "text/csv"}).json()
    assert report.get("passed_over") == [], report
    rows = len(content.splitlines()) - 1
    assert (report["new"], report["refused"]) == (rows, 0), report


def test_a_new_row_gets_the_next_number(there):
    site, _, _ = there
    content = b"number,name\n7,a\n9,b\n"
    _, (text, _) = make(site, _text=content, _table="numbered")
    paste(there, text, "numbered")
    assert site.put("/numbered", data=content, headers={
        "Content-Type": "text/csv"}).status_code == 204
    reply = site.post("/numbered", json={"name": "c"})
    assert reply.headers["Location"] == "/records/numbered/10"


def test_the_table_is_called_as_the_file(there):
    site, _, _ = there
    _, (_, section) = make(site, _table="", _file=("Meine Bücher.csv", b"a\n1"))
    assert section == "[table meine_buecher]"


@pytest.mark.parametrize("fields, said", [
    ({}, "paste some lines"),
    ({"_text": ""}, "paste some lines"),
    ({"_text": "\n\n"}, "nothing in this file"),
    ({"_text": "_etag,version\n1,2"}, "nothing in this file"),
    ({"_text": "a,a\n1,2"}, "stands there twice"),
    ({"_text": 'a,b\n"1,2'}, "never closed"),
    ({"_text": "a\n1\nERROR: export incomplete\n"}, "not complete"),
    ({"_file": ("a.csv", "a\n1".encode("utf-16"))}, "UTF-16"),
    ({"_file": ("a.csv", b"a\n\0")}, "a character that no text has"),
])
def test_what_cannot_be_read_is_said(there, fields, said):
    site, _, _ = there
    reply, texts = make(site, _table="<kept>", **fields)
    assert reply.status_code in (400, 422) and said in reply.text
    assert texts == [] and "&lt;kept&gt;" in reply.text
    if fields.get("_text"):
        typed = re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", reply.text,
                          re.S).group(1)
        assert html.unescape(typed) == fields["_text"]


def test_the_way_there(there):
    site, _, _ = there
    browser = Browser(site)
    home = browser.open("/records/")
    page = plain(browser.open(home.link("New table from a file")))
    assert page.form.action.startswith("/records/?import=")


def test_nothing_is_changed(there):
    site, cluster, name = there
    _, (text, _) = make(site, _text="a\n1", _table="never")
    assert 'CREATE TABLE "never"' in text
    assert cluster.query(name, "SELECT to_regclass('never')") == [(None,)]


def test_only_who_administrates(cluster, site, database):
    guarded = site(database, OPEN + "admin = carla\nauthenticated = write\nremote_user = on\n",
                   server="nginx-anna")
    assert guarded.get("/?import").status_code == 403
    assert make(guarded, _text="a\n1")[0].status_code == 403
    assert "?import" not in guarded.get("/?_format=html").text


def test_who_may_only_read_is_not_asked(site, database):
    closed = site(database, "anonymous = read\n")
    assert closed.get("/?import").status_code in (401, 403)
    assert "?import" not in closed.get("/?_format=html").text


def test_a_stranger_does_not_learn_the_role(site, database):
    site = site(database, OPEN)
    reply, (text, _) = make(site, _text="a\n1")
    assert reply.status_code == 200 and "GRANT" not in text
    assert "?import" in site.get("/?_format=html").text
