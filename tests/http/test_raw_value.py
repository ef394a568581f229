"""One value by itself: TABLE/KEY/COLUMN, guarded by the row's state."""
import pytest

PNG = bytes(range(256)) + b"\r\n\0\r\n"
TEXT = "first line\r\nsecond \"line\" \u00e9\U0001f600\n"


@pytest.fixture(scope="module")
def web(module_desk):
    desk = module_desk("""
        CREATE TABLE doc (id text PRIMARY KEY, note text, body bytea,
            body_type text, meta json, n int, secret text);
        SELECT ifmatch.protect('doc');
        GRANT SELECT, INSERT, UPDATE, DELETE ON doc TO ifmatch;""", "anonymous = write\n[table doc]\nhidden = secret\nread_only = n\n")

    def fresh(key="a", **values):
        desk.ask("DELETE FROM doc")
        values["id"] = key
        names = ", ".join(values)
        marks = ", ".join(["%s"] * len(values))
        desk.ask(f"INSERT INTO doc ({names}) VALUES ({marks})",
                 *values.values())

    def value(column):
        found, = desk.ask(f"SELECT {column} FROM doc")[0]
        return bytes(found) if isinstance(found, memoryview) else found

    return desk.site, fresh, value


def tag(reply):
    assert reply.status_code == 200
    return reply.headers["ETag"]


def test_text_comes_and_goes_as_it_is(web):
    site, fresh, value = web
    fresh(note="before")
    reply = site.get("/doc/a/note")
    assert reply.content == b"before"
    assert reply.headers["Content-Type"] == "text/plain; charset=utf-8"
    saved = site.put("/doc/a/note", data=TEXT.encode(),
                     headers={"If-Match": tag(reply),
                              "Content-Type": "text/plain"})
    assert saved.status_code == 204
    assert value("note") == TEXT
    again = site.get("/doc/a/note")
    assert again.content == TEXT.encode()
    assert again.headers["ETag"] == saved.headers["ETag"]


def test_bytes_with_their_media_type(web):
    site, fresh, value = web
    fresh(note="x")
    row = site.get("/doc/a")
    saved = site.put("/doc/a/body", data=PNG,
                     headers={"If-Match": tag(row),
                              "Content-Type": "image/png"})
    assert saved.status_code == 204
    assert value("body") == PNG and value("body_type") == "image/png"
    reply = site.get("/doc/a/body")
    assert reply.content == PNG
    assert reply.headers["Content-Type"] == "image/png"
    assert value("note") == "x"


def test_what_is_stored_cannot_run_as_a_page(web):
    site, fresh, _ = web
    fresh(body=b"<script>alert(1)</script>", body_type="text/html")
    reply = site.get("/doc/a/body")
    assert "sandbox" in reply.headers["Content-Security-Policy"]
    assert reply.headers["Content-Disposition"] == "attachment"
    assert reply.headers["X-Content-Type-Options"] == "nosniff"


def test_a_stored_type_that_is_none_is_not_sent(web):
    site, fresh, _ = web
    fresh(body=b"x", body_type="text/html\r\nSet-Cookie: a=b")
    reply = site.get("/doc/a/body")
    assert reply.headers["Content-Type"] == "application/octet-stream"
    assert "Set-Cookie" not in reply.headers


@pytest.mark.parametrize("column", ["note", "body"])
def test_A12_stale_and_unguarded_values_change_nothing(web, column):
    site, fresh, value = web
    fresh(note="kept", body=b"kept")
    old = tag(site.get("/doc/a"))
    site.patch("/doc/a", json={"n": None, "note": "kept", "body_type": "x/y"},
               headers={"If-Match": old})
    before = value(column)
    for headers, status in (({"If-Match": old}, 412), ({}, 428),
                            ({"If-None-Match": "*"}, 412)):
        reply = site.put(f"/doc/a/{column}", data=b"new",
                         headers={"Content-Type": "text/plain", **headers})
        assert reply.status_code == status
        assert value(column) == before


def test_304_and_head(web):
    site, fresh, _ = web
    fresh(note="text")
    known = tag(site.get("/doc/a/note"))
    for method in ("GET", "HEAD"):
        reply = site.request(method, "/doc/a/note",
                             headers={"If-None-Match": known})
        assert reply.status_code == 304 and reply.headers["ETag"] == known
    head = site.request("HEAD", "/doc/a/note")
    assert head.status_code == 200 and head.headers["Content-Length"] == "4"
    # another representation of the same state
    assert site.get("/doc/a/note", headers={
        "If-None-Match": tag(site.get("/doc/a"))}).status_code == 200


@pytest.mark.parametrize("path, status", [
    ("/doc/a/nothing", 404), ("/doc/a/secret", 404), ("/doc/b/note", 404),
    ("/doc/a/body", 404), ("/doc/a/note/more", 404)])
def test_what_is_not_there(web, path, status):
    site, fresh, _ = web
    fresh(note="text", secret="hidden")
    assert site.get(path).status_code == status


def test_refusals_name_what_is_wrong(web):
    site, fresh, value = web
    fresh(note="text", n=1, meta="{}")
    known = {"If-Match": tag(site.get("/doc/a")),
             "Content-Type": "text/plain"}
    for column, data, status in (("note", b"\xff", 400), ("note", b"\0", 400),
                                 ("meta", b"{", 400), ("n", b"2", 422)):
        reply = site.put(f"/doc/a/{column}", data=data, headers=known)
        assert reply.status_code == status
        assert reply.json()["part"]
    assert value("note") == "text" and value("n") == 1
    reply = site.request("DELETE", "/doc/a/note", headers=known)
    assert reply.status_code == 405
    assert "PUT" in reply.headers["Allow"]


def test_keys_that_no_path_carries(web):
    site, fresh, value = web
    fresh(key="a/b", note="text")
    reply = site.get("/doc?_key=a%2Fb&_column=note")
    assert reply.content == b"text"
    saved = site.put("/doc?_key=a%2Fb&_column=note", data=b"new",
                     headers={"If-Match": tag(reply)})
    assert saved.status_code == 204 and value("note") == "new"
