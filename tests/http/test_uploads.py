"""Files in forms: columns that hold bytes."""
import pytest

from harness.browser import BOUNDARY, Browser, Page, multipart
from pages import OPEN, plain

MAKE = """CREATE TABLE photo (id int PRIMARY KEY, name text,
    picture bytea, picture_type text, small bytea NOT NULL DEFAULT '\\x00ff',
    n int CHECK (n < 10));
CREATE TABLE by_bytes (k bytea PRIMARY KEY, name text);
SELECT ifmatch.protect('photo'); SELECT ifmatch.protect('by_bytes');
"""
BYTES = bytes(range(256)) * 9


@pytest.fixture(scope="module")
def database(module_database):
    return module_database(MAKE)


@pytest.fixture(scope="module")
def browser(module_site, database):
    browser = Browser(module_site(
        database, OPEN + "body_limit = 256K\n[table public.*]\n", workers=2))
    yield browser
    browser.close()


@pytest.fixture(name="row")
def row_fixture(cluster, database):
    row = Row(cluster, database)
    cluster.query(database, "DELETE FROM photo")
    cluster.query(database, "INSERT INTO photo VALUES "
                  "(1, 'a', %s, 'image/png')", (BYTES,))
    return row


class Row:
    def __init__(self, cluster, database):
        self.cluster, self.database = cluster, database

    def get(self, what="picture, picture_type"):
        found, = self.cluster.query(
            self.database, "SELECT %s FROM photo" % what)
        return tuple(bytes(v) if isinstance(v, memoryview) else v
                     for v in found)

    def state(self):
        return self.get("version, xmin::text")


def send(browser, form, files=()):
    """Submits with files: {name: (filename, type, bytes)}; a file's control
    that was left alone sends an empty part, as browsers do."""
    body = b""
    for control in form.controls:
        if control.type != "file":
            continue
        filename, kind, content = dict(files).get(
            control.name, ("", "application/octet-stream", b""))
        body += ('--%s\r\nContent-Disposition: form-data; name="%s"; '
                 'filename="%s"\r\nContent-Type: %s\r\n\r\n' % (
                     BOUNDARY, control.name, filename, kind)).encode()
        body += content + b"\r\n"
    rest, kind = multipart(form.entries())
    return browser.request("POST", form.action, body + rest, **{
        "Accept": "text/html", "Content-Type": kind,
        "Sec-Fetch-Site": "same-origin"})


def test_untouched(browser, row):
    before = row.state()
    form = plain(browser.open("/records/photo/1")).form
    assert form["picture"].type == "file"
    assert send(browser, form).status == 303
    assert row.state() == before
    assert row.get() == (BYTES, "image/png")


def test_download(browser, row):
    page = browser.open("/records/photo/1")
    assert "2304 bytes" in page.text
    link = page.link("Download: Picture")
    got = browser.request("GET", link)
    assert (got.body, got.headers["Content-Type"]) == (BYTES, "image/png")


@pytest.mark.parametrize("content,kind", [
    (b"\0\r\n--" + BOUNDARY.encode()[:-1] + b"\xff" * 1000, "image/jpeg"),
    (b"", "text/plain"), (b"x" * 200000, "application/pdf")])
def test_upload(browser, row, content, kind):
    form = browser.open("/records/photo/1").form
    got = send(browser, form, {"picture": ("f", kind, content)})
    assert got.status == 303, got
    assert row.get() == (content, kind)


def test_a_type_that_was_typed_stays(browser, row):
    form = browser.open("/records/photo/1").form
    form.fill("picture_type", "image/x-own")
    send(browser, form, {"picture": ("f", "image/gif", b"GIF")})
    assert row.get() == (b"GIF", "image/x-own")


def test_clear(browser, row):
    form = browser.open("/records/photo/1").form
    assert "_null.small" not in form
    form.fill("_null.picture", True)
    assert send(browser, form).status == 303
    assert row.get() == (None, "image/png")
    page = browser.open("/records/photo/1")
    assert "no file" in page.text
    assert "_null.picture" not in page.form
    before = row.state()
    assert send(browser, page.form).status == 303
    assert row.state() == before


def test_another_field_alone(browser, row):
    form = browser.open("/records/photo/1").form
    form.fill("name", "b")
    assert send(browser, form).status == 303
    assert row.get("name, picture, small") == ("b", BYTES, b"\0\xff")


def test_a_refused_form_keeps_a_short_file(browser, row):
    form = browser.open("/records/photo/1").form
    form.fill("n", "99")
    got = send(browser, form, {"picture": ("f", "image/gif", b"GIF8\0")})
    assert got.status == 422
    page = plain(Page(got.text))
    assert "The file that you chose is kept: 5 bytes." in page.text
    page.form.fill("n", "9")
    assert send(browser, page.form).status == 303
    assert row.get("n, picture, picture_type, small") == (
        9, b"GIF8\0", "image/gif", b"\0\xff")


def test_of_a_long_one_it_says_that_it_has_to_be_chosen_again(browser, row):
    form = browser.open("/records/photo/1").form
    form.fill("n", "99")
    got = send(browser, form, {"picture": ("f", "image/gif", b"x" * 20000)})
    page = plain(Page(got.text))
    assert got.status == 422
    assert "Please choose the file again" in page.text
    assert len(got.body) < 20000
    page.form.fill("n", "9")
    assert send(browser, page.form).status == 303
    assert row.get("n, picture, picture_type") == (9, BYTES, "image/png")


def test_limit_is_said(browser, row):
    page = browser.open("/records/photo/1")
    assert "At most about 245 kB." in page.text
    got = send(browser, page.form, {"picture": ("f", "image/gif",
                                                b"x" * 300000)})
    assert got.status == 413
    assert row.get() == (BYTES, "image/png")


def test_new_with_a_key_of_bytes(browser, cluster, database):
    form = browser.open("/records/by_bytes?new").form
    assert "required" in form["k"].attrs
    got = send(browser, form, {"k": ("f", "x/y", b"\0/key")})
    assert got.status == 303, got
    page = browser.open(got.headers["Location"])
    assert "5 bytes" in page.text
    page.form.fill("name", "x")
    assert send(browser, page.form).status == 303
    assert [(bytes(k), n) for k, n in cluster.query(
        database, "SELECT k, name FROM by_bytes")] == [(b"\0/key", "x")]


def test_another_one_was_stored_meanwhile(browser, row):
    """Who did not touch the file keeps the colleague's."""
    form = browser.open("/records/photo/1").form
    form.fill("name", "b")
    row.cluster.query(row.database, "UPDATE photo SET picture = '\\x01'")
    got = send(browser, form)
    assert got.status == 412
    page = plain(Page(got.text))
    assert send(browser, page.form).status == 303
    assert row.get("name, picture, picture_type") == (
        "b", b"\1", "image/png")


def test_both_stored_one(browser, row):
    """Nothing is overwritten until somebody says so."""
    form = browser.open("/records/photo/1").form
    row.cluster.query(row.database, "UPDATE photo SET picture = '\\x01'")
    got = send(browser, form, {"picture": ("f", "image/gif", b"GIF")})
    assert got.status == 412
    page = plain(Page(got.text))
    radios = [c for c in page.form.controls if c.type == "radio"]
    assert radios and not any(c.checked for c in radios)
    assert send(browser, page.form).status != 303
    assert row.get("picture") == (b"\1",)
    page = plain(Page(got.text))
    mine = [c for c in page.form.controls if c.type == "radio"
            and c.attrs["value"] == "mine"]
    for control in mine:
        control.checked = True
    assert send(browser, page.form).status == 303
    assert row.get("picture") == (b"GIF",)


def test_limit_of_the_server_in_front(module_site, database, row):
    browser = Browser(module_site(database, OPEN + "front_limit = 64K\n"
                                  "[table photo]\n", workers=1))
    assert "At most about 61 kB." in browser.open("/records/photo/1").text
    browser.close()
