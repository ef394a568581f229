"""Files of rows imported on pages: looked at, then saved, whole or in part."""
import csv
import io
import re
import threading

import pytest

from desk import Desk
from harness.browser import BOUNDARY, Browser, Page, multipart
from pages import OPEN, plain

MAKE = """
CREATE TABLE item (id int PRIMARY KEY, name text NOT NULL,
    n int CHECK (n >= 0), born date, secret text, fixed text);
CREATE TABLE serial (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL);
SELECT ifmatch.protect('item'), ifmatch.protect('serial');
CREATE TABLE readable (id int PRIMARY KEY);
GRANT SELECT, INSERT, UPDATE, DELETE ON item, serial TO ifmatch;
GRANT SELECT ON readable TO ifmatch;
"""
INI = OPEN + ("import_limit = 64K\nbody_limit = 16K\n[table item]\n"
              "hidden = secret\nread_only = fixed\n[table serial]\n"
              "[table readable]\ncreate =\nupdate =\n")


class Items(Desk):
    def rows(self, table="item"):
        text = self.site.get(f"/{table}?_etag=", headers={
            "Accept": "text/csv"}).text
        return list(csv.DictReader(io.StringIO(text)))

    def form(self, table="item"):
        return self.page(f"/records/{table}?import=").form

    def send(self, form, content, **fields):
        """What a browser sends: the answer."""
        body, kind = multipart([*form.entries(), *fields.items()])
        head = ('--%s\r\nContent-Disposition: form-data; name="_file"; '
                'filename="list.csv"\r\nContent-Type: text/csv\r\n\r\n'
                % BOUNDARY)
        return self.browser.request(
            "POST", form.action, head.encode() + content + b"\r\n" + body,
            **{"Accept": "text/html", "Content-Type": kind,
               "Sec-Fetch-Site": "same-origin"})

    def look(self, content, table="item"):
        """The page that says what a file would change, and its address."""
        if not isinstance(content, bytes):
            content = content.encode()
        got = self.send(self.form(table), content)
        assert got.status == 303, got
        where = got.headers["Location"]
        return self.page(where), where

    def press(self, page, text):
        form = page.form
        return self.browser.send(form, form.press(text))


@pytest.fixture(scope="module")
def module_items(module_desk):
    items = module_desk(MAKE, INI, Items)
    items.ask("SET ifmatch.person = 'bernd'")
    return items


@pytest.fixture(name="items")
def items_fixture(module_items):
    module_items.ask("""TRUNCATE item, serial, ifmatch.ifmatch_upload CASCADE;
        INSERT INTO item (id, name, n) SELECT g, 'n' || g, g
        FROM generate_series(1, 5) g;""")
    return module_items


def written(rows, separator=","):
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def counts(page):
    found = re.search('<ul class="counts">(.*?)</ul>', page.source, re.S)
    return dict(re.findall(r"<li>(.*?): <strong>(\d+)</strong>",
                           found.group(1)))


def test_what_would_change_then_all_of_it(items):
    rows = items.rows()
    rows[0].update(name="other", n="7")
    rows.append({**dict.fromkeys(rows[0], ""), "id": "9", "name": "new"})
    before = items.ask("SELECT * FROM item ORDER BY id")
    page, where = items.look(written(rows))
    assert counts(page) == {"New": "1", "Changed": "1", "Unchanged": "4"}
    assert "<del>n1</del> → <ins>other</ins>" in page.source
    assert "<del>1</del> → <ins>7</ins>" in page.source
    assert items.ask("SELECT * FROM item ORDER BY id") == before
    got = items.press(page, "Save all 2")
    assert got.status == 303 and got.headers["Location"] == where
    page = plain(items.browser.open(where))
    assert counts(page) == {"Saved": "2", "Unchanged": "4"}
    assert "nothing left to save" in page.text
    assert items.ask("SELECT name FROM item WHERE id IN (1, 9) ORDER BY id"
                     ) == [("other",), ("new",)]


def test_only_the_good_ones(items):
    rows = items.rows()
    for row in rows:
        row["n"] = str(int(row["n"]) + 10)
    rows[3]["born"] = "31.2.2000"
    items.ask("UPDATE item SET name = 'theirs' WHERE id = 2; "
              "DELETE FROM item WHERE id = 3")
    page, where = items.look(written(rows))
    assert counts(page) == {
        "Changed": "2", "Cannot be saved": "1",
        "Changed or deleted by somebody else meanwhile": "2"}
    assert "Save all 2" not in page.form.named
    assert items.press(page, "Save only the 2 that can be saved").status == 303
    assert items.ask("SELECT id, n FROM item ORDER BY id") == [
        (1, 11), (2, 2), (4, 4), (5, 15)]
    page = plain(items.browser.open(where))
    assert counts(page)["Saved"] == "2"


def test_what_changes_between_looking_and_saving(items):
    """All or nothing is judged again; so is what is good."""
    rows = items.rows()
    for row in rows:
        row["n"] = str(int(row["n"]) + 10)
    page, _ = items.look(written(rows))
    items.ask("UPDATE item SET name = 'theirs' WHERE id = 2")
    got = items.press(page, "Save all 5")
    assert got.status == 412
    page = plain(Page(got.text))
    assert "Nothing was saved" in page.text
    assert items.ask("SELECT sum(n) FROM item") == [(15,)]
    items.ask("UPDATE item SET name = 'theirs' WHERE id = 3")
    got = items.press(page, "Save only the 4 that can be saved")
    assert got.status == 303
    page = plain(items.browser.open(got.headers["Location"]))
    assert counts(page) == {
        "Saved": "3", "Changed or deleted by somebody else meanwhile": "2"}
    assert items.ask("SELECT sum(n) FROM item") == [(45,)]


def test_delivered_twice_is_done_once(items):
    """Rows whose keys the database gives would be there twice."""
    page, where = items.look("name\na\nb\n", "serial")
    answers = []

    def press():
        browser = Browser(items.site)
        answers.append(browser.send(page.form, page.form.press("Save all 2")))
        browser.close()
    threads = [threading.Thread(target=press) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [(a.status, a.headers["Location"]) for a in answers] == [
        (303, where)] * 6
    assert items.ask("SELECT count(*) FROM serial") == [(2,)]
    page = plain(items.browser.open(where))
    assert counts(page) == {"Saved": "2"}


def test_the_same_form_with_another_file(items):
    form = items.form("serial")
    first = items.send(form, b"name\na\n")
    again = items.send(form, b"name\na\n")
    other = items.send(form, b"name\nb\n")
    assert first.headers["Location"] == again.headers["Location"]
    assert first.headers["Location"] != other.headers["Location"]
    page = plain(items.browser.open(other.headers["Location"]))
    assert "Name: b" in page.text


def test_stale_lines_beside_what_is_stored(items):
    rows = items.rows()
    rows[1].update(name="mine", n="8")
    items.ask("UPDATE item SET name = 'theirs' WHERE id = 2")
    page, where = items.look(written(rows))
    link, = [href for href, text in page.links if "Compare" in text]
    got = items.browser.request("GET", link, None, Accept="text/html")
    assert got.status == 200
    page = plain(Page(got.text))
    form = page.form
    assert form.action.startswith("/records/item/2")
    assert "theirs" in page.text and form["name"].value == "mine"
    for control in form.controls:
        if control.type == "radio" and control.value == "mine":
            form.choose(control.name, "mine")
    assert items.browser.send(form).status == 303
    assert items.ask("SELECT name, n FROM item WHERE id = 2") == [("mine", 8)]
    page = plain(items.browser.open(where))
    assert counts(page) == {"Unchanged": "5"}


def test_stale_lines_as_a_file(items):
    """It has what is stored now beside what was typed, and can come back."""
    rows = items.rows()
    rows[1]["n"] = "8"
    rows[4]["n"] = "-8"
    items.ask("UPDATE item SET name = '=theirs' WHERE id = 2")
    page, where = items.look(written(rows))
    link, = [href for href, text in page.links if "Download" in text]
    got = items.browser.request("GET", link, None)
    assert got.headers["Content-Type"] == "text/csv; charset=utf-8"
    rest = list(csv.DictReader(io.StringIO(got.text)))
    assert [(r["id"], r["n"], r["_now.n"], r["_now.name"]) for r in rest] == [
        ("2", "8", "2", "'=theirs"), ("5", "-8", "5", "n5")]
    assert all(r["_problem"] for r in rest)
    assert rest[0]["_etag"] == items.rows()[1]["_etag"]
    page, _ = items.look(written(rest[:1]))
    assert counts(page) == {"Changed": "1"}
    assert "unknown here" not in page.text


def test_parts(items):
    """A file that comes in parts, one of them twice."""
    content = written([{"id": n, "name": "row %d" % n}
                       for n in range(100, 1600)]).encode()
    assert 16 << 10 < len(content) < 64 << 10
    form = items.form()
    size = int(form.attrs["data-part"])
    assert 1000 < size < 16 << 10
    token = "0123456789abcdef" * 2
    parts = [content[at:at + size] for at in range(0, len(content), size)]
    for i in [*reversed(range(len(parts))), 0]:
        got = items.send(form, parts[i], _upload=token, _part=str(i),
                         _parts=str(len(parts)), _name="big.csv")
        assert got.status == 303, got
        page = items.browser.request(
            "GET", got.headers["Location"], None, Accept="text/html")
        assert (page.status == 200) == (i == 0), page
    page = plain(Page(page.text))
    assert counts(page) == {"New": "1500"}
    assert page.text.count("Name: row ") == 200 and "the first 200" in page.text
    assert items.press(page, "Save all 1500").status == 303
    assert items.ask("SELECT count(*) FROM item") == [(1505,)]


def test_files_that_are_too_large(items):
    form = items.form()
    token = "fedcba9876543210" * 2
    for i in range(5):
        got = items.send(form, b"x" * 15000, _upload=token, _part=str(i),
                         _parts="9", _name="big.csv")
    assert got.status == 413
    assert "65536" in plain(Page(got.text)).text
    assert "A file can have up to 6" in plain(items.browser.open(
        "/records/item?import=")).text
    assert "<noscript>" in items.browser.open("/records/item?import=").source


def test_what_is_said_of_the_file(items):
    page, _ = items.look("id;name;unheard;secret\n9;Jürgen;x;y\n".encode(
        "cp1252"))
    assert "Windows-1252" in page.text
    assert "unheard, secret" in page.text and "Jürgen" in page.text
    assert counts(page) == {"New": "1"}


@pytest.mark.parametrize("content,word", [
    ("id,name\n9,x\n".encode("utf-16"), "UTF-16"),
    (b'id,name\n9,"x\n', "quotation mark"),
    (b"id,name\n9,x\nERROR: export incomplete\n", "not complete"),
    (b"a,b\n9,x\n", "None of the names"),
])
def test_files_that_are_none(items, content, word):
    got = items.send(items.form(), content)
    got = items.browser.request("GET", got.headers["Location"], None,
                                Accept="text/html")
    assert got.status in (400, 422)
    page = plain(Page(got.text))
    assert word in page.text and page.form["_file"].type == "file"


def test_no_file(items):
    got = items.send(items.form(), b"")
    assert got.status == 200 and "choose a file" in plain(Page(got.text)).text
    got = items.browser.request(
        "GET", "/records/item?import=&_upload=" + "0" * 32, None,
        Accept="text/html")
    assert got.status == 404 and "send it again" in plain(Page(got.text)).text


def test_lines_that_are_refused_say_why(items):
    rows = items.rows()
    rows[0]["fixed"] = "x"
    rows[1]["n"] = "-1"
    page, _ = items.look(written(rows) + "7\n")
    assert counts(page) == {"Unchanged": "3", "Cannot be saved": "3"}
    assert "cannot be changed here" in page.text
    assert "1 values where the first line has" in page.text
    assert "nothing left to save" in page.text
    assert not [b for b in page.form.named if b.startswith("Save")]


def test_who_may(items):
    for path in ("/records/readable?import=", "/records/nothing?import="):
        got = items.browser.request("GET", path, None, Accept="text/html")
        assert got.status in (403, 404)
    body, kind = multipart(items.form().entries())
    for more in ({"Sec-Fetch-Site": "cross-site"}, {
            "Origin": "https://other.example.org"}):
        got = items.browser.request(
            "POST", "/records/item?import=", body,
            **{"Content-Type": kind, **more})
        assert got.status == 403


def test_german(items):
    items.browser.language = "de"
    got = items.browser.request("GET", "/records/item?import=", None, **{
        "Accept": "text/html", "Accept-Language": "de"})
    assert "Zeigen, was sich ändern würde" in Page(got.text).source


def test_old_files_are_forgotten(items):
    _, where = items.look("name\na\n", "serial")
    items.ask("UPDATE ifmatch.ifmatch_upload SET "
              "made_at = made_at - interval '25 hours'")
    items.look("name\nb\n", "serial")
    got = items.browser.request("GET", where, None, Accept="text/html")
    assert got.status == 404
    for n in range(25):
        items.look("name\nc%d\n" % n, "serial")
    assert items.ask("SELECT count(*) FROM ifmatch.ifmatch_upload") == [(20,)]
    assert items.ask("SELECT count(*) FROM ifmatch.ifmatch_upload_part") == [
        (20,)]
