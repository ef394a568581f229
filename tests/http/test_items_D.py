"""What replies look like; D4 is in test_bad_input.py as well, D7 in
test_lists.py, D8 in test_edges.py."""
import gzip
import json

import pytest

from conditions import (DATE, LATER, OLD_DATE, OPEN, STALE, TABLES, headers_of,
                        tag_of, write)

JSON, HTML = "application/json", "text/html"
FACES = pytest.mark.parametrize("accept", [JSON, HTML])


@pytest.fixture
def bare_cgi(cgi, ini, data):
    """One request with no server between: bare_cgi(method, path, headers)."""
    config = ini(data.database, OPEN + TABLES)

    def call(method, path, headers=(), body=b""):
        return cgi(config, method, "/records" + path, headers, body)
    return call


@pytest.mark.parametrize("path, names", [
    ("/kept/%d", {"INM": "TAG"}), ("/kept/%d", {"INM": "*"}),
    ("/kept/%d", {"IMS": DATE}), ("/railed/%d", {"IMS": LATER}),
    ("/bare/%d", {"INM": "TAG"}), ("/kept/%d/name", {"INM": "*"}),
    ("/piece/%d/name", {"IMS": DATE}), ("/kept", {"INM": "LIST"})], ids=repr)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_D1_not_modified_has_no_more_than_it_may(bare_cgi, web, data, path,
                                                 names, method):
    table = path.split("/")[1]
    n, row = data.row(table)
    path = path.replace("%d", str(n))
    headers = headers_of({k: v.replace("LIST", tag_of(web, "/" + table))
                          for k, v in names.items()}, web, row)
    whole = bare_cgi("GET", path)
    reply = bare_cgi(method, path, headers)
    assert (whole.status, reply.status, reply.body) == (200, 304, b"")
    told = {name.lower() for name, _ in reply.headers}
    assert {"etag", "cache-control", "vary"} <= told
    for name in told - {"status"}:
        assert reply.all(name) == whole.all(name)
    assert not told & {
        "last-modified", "content-type", "content-length", "accept-ranges",
        "content-range", "content-disposition", "content-encoding"}


# method, path, body, fields, status
REQUESTS = [
    ("GET", "/kept/{n}", None, {}, 200), ("GET", "/kept", None, {}, 200),
    ("GET", "/", None, {}, 200), ("GET", "/kept/0", None, {}, 404),
    ("GET", "/nope", None, {}, 404), ("GET", "/kept/{n}/0", None, {}, 404),
    ("GET", "/kept/{n}", None, {"If-None-Match": "*"}, 304),
    ("GET", "/kept/{n}", None, {"Accept": "image/png"}, 406),
    ("GET", "/kept/{n}", None, {"If-Match": STALE}, 412),
    ("GET", "/kept?nonsense=1", None, {}, 400),
    ("PUT", "/", None, {}, 405),
    ("PATCH", "/kept/{n}", {"name": "x"}, {"If-Match": STALE}, 412),
    ("PATCH", "/kept/{n}", {"name": "x"}, {}, 428),
    ("PATCH", "/kept/{n}", {"qty": -1}, {"If-Match": "*"}, 422),
    ("PATCH", "/kept/{n}", {"name": "x"}, {"If-Match": "x"}, 400),
    ("PUT", "/kept/{n}", {"name": "x"}, {"If-None-Match": "*"}, 412),
    ("DELETE", "/kept/{n}", None, {"If-Match": STALE}, 412),
    ("DELETE", "/kept/{n}", None, {}, 428),
    ("PATCH", "/looked_at/{m}", {"name": "x"}, {"If-Match": "*"}, 403),
    ("POST", "/kept", {"id": "{n}"}, {}, 409),
    ("POST", "/kept", {"nope": 1}, {}, 422),
]


def ask(web, data, method, path, body, fields, **more):
    n, m = data.row("kept")[0], data.row("looked_at")[0]
    body = None if body is None else json.loads(
        json.dumps(body).replace('"{n}"', str(n)))
    return web.request(method, path.format(n=n, m=m), json=body,
                       headers={**more, **fields})


@FACES
@pytest.mark.parametrize("method, path, body, fields, status", REQUESTS)
def test_D2_every_reply_varies_by_accept(web, data, method, path, body, fields,
                                         status, accept):
    reply = ask(web, data, method, path, body, fields, Accept=accept)
    assert reply.status_code == status
    assert "Accept" in [v.strip() for v in reply.headers["Vary"].split(",")]


def test_D2_form_and_what_writes_answer(web, person, data):
    n, path = data.row("kept")
    form = person.form(path)
    form.fill("name", "typed")
    seen = [person.send(form)]
    form.fill("name", "stale")
    seen.append(person.send(form))
    form.fill("qty", "-1")
    seen.append(person.send(form, [e for e in form.entries()
                                   if e[0] != "_etag"]))
    assert [got.status for got in seen] == [303, 412, 428]
    for got in seen:
        assert "Accept" in got.headers["Vary"]
    for method, status in (("PATCH", 204), ("DELETE", 204)):
        reply = write(web, method, path, {"If-Match": "*"}, {"name": "x"})
        assert reply.status_code == status
        assert "Accept" in reply.headers["Vary"]


@pytest.mark.parametrize("said, kind", [("json", JSON), ("html", HTML)])
def test_D2_each_format_has_a_url_of_its_own(web, data, said, kind):
    _, path = data.row("kept")
    for accept in (JSON, HTML, "image/png", "*/*"):
        reply = web.get(path + "?_format=" + said, headers={"Accept": accept})
        assert reply.status_code == 200
        assert reply.headers["Content-Type"].split(";")[0] == kind


@FACES
@pytest.mark.parametrize("method, path, body, fields, status", REQUESTS)
def test_D3_nothing_is_kept_by_caches(web, data, method, path, body, fields,
                                      status, accept):
    reply = ask(web, data, method, path, body, fields, Accept=accept)
    assert reply.status_code == status
    assert reply.headers["Cache-Control"] == (
        "private, no-cache" if status in (200, 304) else "no-store")


def test_D3_form_that_comes_back_is_kept_for_the_way_back(person, data):
    n, path = data.row("kept")
    form = person.form(path)
    form.fill("name", "typed")
    data.run("UPDATE kept SET name = 'theirs' WHERE id = %d" % n)
    entries = list(form.entries())
    for status, sent in ((412, entries), (
            428, [e for e in entries if e[0] != "_etag"])):
        got = person.send(form, sent)
        assert got.status == status
        assert got.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("path, allow, more", [
    ("/", "GET, HEAD", {}),
    ("/kept", "GET, HEAD, POST, PUT, PATCH, DELETE",
     {"Accept-Post": JSON, "Accept-Patch": JSON}),
    ("/kept/1", "GET, HEAD, PUT, PATCH, DELETE, POST",
     {"Accept-Patch": "application/merge-patch+json"}),
    ("/kept/1/name", "GET, HEAD, PUT", {})])
def test_D4_options_say_what_is_possible(web, path, allow, more):
    reply = web.options(path)
    assert reply.status_code == 204 and reply.content == b""
    assert {m.strip() for m in reply.headers["Allow"].split(",")} == {
        *allow.split(", "), "OPTIONS"}
    for name, kind in more.items():
        assert kind in [k.strip() for k in reply.headers[name].split(",")]
    for name in {"Accept-Post", "Accept-Patch"} - set(more):
        assert name not in reply.headers


@pytest.mark.parametrize("how", ["PUT", "POST"])
def test_D5_created_says_where(web, data, how):
    for prefer in (None, "return=representation"):
        n = next(data.ids)
        path = "/kept/%d" % n
        reply = web.request(
            how, path if how == "PUT" else "/kept", json={"id": n, "name": "x"},
            headers={"If-None-Match": "*" if how == "PUT" else None,
                     "Prefer": prefer})
        assert reply.status_code == 201
        assert reply.headers["Location"] == web.base + path
        assert reply.headers.get("Content-Location") == (
            web.base + path if prefer else None)
        now = web.get(reply.headers["Location"])
        assert now.json()["name"] == "x"
        if prefer:
            assert reply.json() == now.json()
            assert reply.headers["ETag"] == now.headers["ETag"]


def test_D5_form_of_a_new_row_leads_to_it(web, person, data):
    form = person.form("/given?new")
    form.fill("name", "typed")
    where = person.submit(form)
    n, = data.run("SELECT id FROM given WHERE name = 'typed'")[0]
    assert where == "%s/given/%d" % (web.base, n)


@FACES
@pytest.mark.parametrize("method, path, body, fields, status", REQUESTS + [
    ("PATCH", "/kept/{n}", {"name": "x"}, {"If-Match": "*"}, 204),
    ("DELETE", "/kept/{n}", None, {"If-Match": "*"}, 204)])
def test_D6_status_and_length_are_always_said(bare_cgi, data, method, path,
                                              body, fields, status, accept):
    n, m = data.row("kept")[0], data.row("looked_at")[0]
    text = b"" if body is None else json.dumps(body).replace(
        '"{n}"', str(n)).encode()
    reply = bare_cgi(method, path.format(n=n, m=m), {
        "Accept": accept, "Content-Type": JSON, **fields}, text)
    assert reply.output.startswith(b"Status: %d " % status)
    if status in (204, 304):
        assert reply.body == b"" and reply.get("Content-Length") is None
    else:
        assert reply.get("Content-Length") == str(len(reply.body))
        assert reply.get("Content-Type")


def test_D6_a_created_row_is_not_sent_back_unasked(web, data):
    """A server in front that compresses the reply may judge If-None-Match
    anew, against the new tag."""
    path = "/kept/%d" % next(data.ids)
    reply = web.put(path, json={"name": "x" * 5000},
                    headers={"If-None-Match": "*"})
    assert reply.status_code == 201 and len(reply.content) <= 256


QUALITIES = [
    (None, JSON), ("*/*", JSON), (JSON, JSON), (HTML, HTML),
    ("text/html, application/json;q=0.9", HTML),
    ("text/html;q=0.5, application/json", JSON),
    ("application/problem+json", JSON), ("image/png", JSON),
    ("text/*, application/json;q=0.1", HTML),
    ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", HTML)]


@pytest.mark.parametrize("accept, face", QUALITIES)
@pytest.mark.parametrize("method, path, body, fields, status", [
    r for r in REQUESTS if r[4] >= 400 and "Accept" not in r[3]])
def test_D7_an_error_has_two_faces(web, data, method, path, body, fields,
                                   status, accept, face):
    reply = ask(web, data, method, path, body, fields, Accept=accept)
    if accept in ("image/png", "application/problem+json"):
        # nothing that is on offer: a refusal all the same
        assert reply.status_code >= 400
    else:
        assert reply.status_code == status
    if face == HTML:
        assert reply.headers["Content-Type"] == "text/html; charset=utf-8"
        assert reply.text.rstrip().endswith("</html>")
        return
    assert reply.headers["Content-Type"] == "application/problem+json"
    problem = reply.json()
    assert problem["status"] == reply.status_code
    assert problem["title"] == reply.reason
    assert problem["type"].startswith(web.base + "/-/problems/")
    assert problem["detail"]


def test_D7_a_412_says_what_is_needed_to_go_on(web, people, data):
    n, path = data.row("kept")
    stale = tag_of(web, path)
    assert people("anna", "PATCH", path, {"name": "hers"}, stale).status == 204
    now = web.get(path)
    reply = web.patch(path, json={"name": "mine"}, headers={"If-Match": stale})
    problem = reply.json()
    assert reply.status_code == problem["status"] == 412
    assert problem["part"] == "header If-Match"
    assert problem["etag"] == now.headers["ETag"]
    assert problem["current"] == now.json()
    assert problem["changed_by"] == "anna"
    assert data.run("SELECT to_char(updated_at AT TIME ZONE 'UTC', "
                    "'YYYY-MM-DD HH24:MI') FROM kept WHERE id = %d" % n
                    ) == [(problem["changed_at"],)]
    assert problem["already_equal"] is False


def test_D7_form_s_refusal_is_a_page_of_its_own(person, data):
    n, path = data.row("kept")
    form = person.form(path)
    form.fill("name", "typed")
    data.run("UPDATE kept SET name = 'theirs' WHERE id = %d" % n)
    got = person.send(form, Accept="*/*")
    assert got.status == 412 and "typed" in got.text and "theirs" in got.text
    assert got.headers["Content-Type"] == "text/html; charset=utf-8"


def friend(data):
    n, path = data.row("friend", "Ben")
    data.run("UPDATE friend SET pin = 'secret9' WHERE id = %d" % n)
    return n, path


def test_D8_a_refusal_shows_what_may_be_read(web, data):
    n, path = friend(data)
    for method in ("GET", "PUT", "PATCH", "DELETE"):
        for headers, status in (({"If-Match": STALE}, 412), ({}, 428)):
            if method == "GET":
                headers = {"If-Match": STALE}
                status = 412
            reply = web.request(method, path, headers=headers, json=(
                {"name": "x"} if method[0] == "P" else None))
            assert reply.status_code == status
            assert reply.json()["current"] == web.get(path).json()
            assert "secret9" not in reply.text and "pin" not in reply.text


def test_D8_form_that_comes_back_shows_what_may_be_read(person, data):
    n, path = friend(data)
    form = person.form(path)
    form.fill("name", "typed")
    data.run("UPDATE friend SET name = 'theirs', pin = 'secret8' "
             "WHERE id = %d" % n)
    got = person.send(form)
    assert got.status == 412 and "theirs" in got.text
    assert "secret" not in got.text and 'name="pin"' not in got.text


# D9

TEXT = "0123456789"
PIECES = pytest.mark.parametrize("table, column", [
    ("piece", "name"), ("piece", "bytes"), ("piece_bare", "bytes"),
    ("piece_dated", "name")])


def piece(data, table, text=TEXT):
    n, path = data.row(table, text)
    data.silently("UPDATE %s SET bytes = convert_to('%s', 'UTF8'), "
                  "bytes_type = 'image/png' WHERE id = %d" % (table, text, n))
    return path


@PIECES
@pytest.mark.parametrize("asked, part", [
    ("bytes=0-0", "0-0"), ("bytes=2-5", "2-5"), ("bytes=4-", "4-9"),
    ("bytes=-3", "7-9"), ("bytes=-99", "0-9"), ("bytes=5-99", "5-9"),
    ("bytes=0-", "0-9"), ("BYTES=2-5", "2-5")])
def test_D9_a_part_of_one_value(web, data, table, column, asked, part):
    path = piece(data, table) + "/" + column
    whole = web.get(path)
    assert whole.status_code == 200 and whole.text == TEXT
    assert whole.headers["Accept-Ranges"] == "bytes"
    reply = web.get(path, headers={"Range": asked})
    first, last = map(int, part.split("-"))
    assert reply.status_code == 206
    assert reply.headers["Content-Range"] == "bytes %s/10" % part
    assert reply.text == TEXT[first:last + 1]
    assert reply.headers["Content-Length"] == str(last + 1 - first)
    for name in ("ETag", "Vary", "Cache-Control", "Content-Type",
                 "Accept-Ranges"):
        assert reply.headers[name] == whole.headers[name]
    # no other method has ranges
    head = web.head(path, headers={"Range": asked})
    assert head.status_code == 200 and head.headers["Content-Length"] == "10"


@PIECES
@pytest.mark.parametrize("asked", [
    "bytes=0-1,3-4", "bytes=0-1, 3-4", "bytes=0-1,", "bytes=5-2", "bytes=",
    "bytes=x-y", "bytes=1", "lines=0-1", "0-1", "bytes 0-1"])
def test_D9_what_is_no_range_is_the_whole(web, data, table, column, asked):
    path = piece(data, table) + "/" + column
    reply = web.get(path, headers={"Range": asked})
    assert reply.status_code == 200 and reply.text == TEXT
    assert "Content-Range" not in reply.headers


@PIECES
@pytest.mark.parametrize("asked, text", [
    ("bytes=10-", TEXT), ("bytes=99-100", TEXT), ("bytes=-0", TEXT),
    ("bytes=0-", ""), ("bytes=99999999999999999999-", TEXT)])
def test_D9_a_range_behind_the_end_is_416(web, data, table, column, asked,
                                          text):
    path = piece(data, table, text) + "/" + column
    reply = web.get(path, headers={"Range": asked})
    assert reply.status_code == 416
    assert reply.headers["Content-Range"] == "bytes */%d" % len(text)
    assert reply.headers["Content-Type"] == "application/problem+json"
    assert reply.json()["part"] == "header Range"
    kind = reply.json()["type"]
    assert "Content-Range" in web.get(kind[len(web.base):]).text


@pytest.mark.parametrize("table, said, status", [
    ("piece", "TAG", 206), ("piece_bare", "TAG", 206), ("piece", "W/TAG", 200),
    ("piece", STALE, 200), ("piece", '"STATE-zz"', 200),
    ("piece", '"STATE-VARIANT-gzip"', 200), ("piece", "ROW", 200),
    ("piece", "*", 200), ("piece", "TAG, TAG", 200), ("piece", "nonsense", 200),
    ("piece", DATE, 206), ("piece", OLD_DATE, 200), ("piece", LATER, 200),
    ("piece", "Friday, 01-Jan-21 12:00:00 GMT", 206),
    # two versions of that row may share a second
    ("piece_dated", DATE, 200), ("piece_bare", DATE, 200)])
@pytest.mark.parametrize("column", ["name", "bytes"])
def test_D9_if_range_is_strong(web, data, table, said, status, column):
    row = piece(data, table)
    path = row + "/" + column
    said = said.replace("ROW", tag_of(web, row))
    headers = headers_of({"IR": said}, web, path)
    reply = web.get(path, headers={**headers, "Range": "bytes=2-5"})
    assert reply.status_code == status
    assert reply.text == (TEXT[2:6] if status == 206 else TEXT)
    # without Range it says nothing, nor is a range behind the end refused
    assert web.get(path, headers=headers).status_code == 200
    assert web.get(path, headers={**headers, "Range": "bytes=10-"}
                   ).status_code == (416 if status == 206 else 200)


@pytest.mark.parametrize("names, status", [
    ({"INM": "TAG"}, 304), ({"IM": STALE}, 412), ({"IM": "TAG"}, 206),
    ({"IMS": DATE}, 304), ({"IUS": OLD_DATE}, 412), ({"INM": '"x"'}, 206)],
    ids=repr)
def test_D9_a_range_is_judged_last(web, data, names, status):
    path = piece(data, "piece") + "/bytes"
    for asked in ("bytes=0-1", "bytes=99-"):
        reply = web.get(path, headers={"Range": asked, **headers_of(
            names, web, path)})
        assert reply.status_code == (
            416 if status == 206 and "99" in asked else status)


@pytest.mark.parametrize("path", ["/kept/%d", "/kept", "/", "/-/style.css"])
@FACES
def test_D9_all_else_has_no_ranges(web, data, path, accept):
    n, row = data.row("kept")
    path = path.replace("%d", str(n))
    whole = web.get(path, headers={"Accept": accept})
    assert whole.headers["Accept-Ranges"] == "none"
    for more in ({}, {"If-Range": whole.headers.get("ETag", DATE)}):
        reply = web.get(path, headers={"Accept": accept, "Range": "bytes=0-1",
                                       **more})
        assert reply.status_code == 200
        assert len(reply.content) == len(whole.content)


@pytest.mark.parametrize("path", ["/piece/%d/bytes", "/piece/%d"])
def test_D9_a_part_is_not_stored_as_the_whole(web, data, path):
    row = piece(data, "piece")
    path = path % int(row.split("/")[2])
    before = data.fingerprint()
    reply = web.put(path, data=b"{}", headers={
        "If-Match": "*", "Content-Range": "bytes 0-1/10",
        "Content-Type": JSON})
    assert reply.status_code == 400
    assert reply.json()["part"] == "header Content-Range"
    assert data.fingerprint() == before


@pytest.mark.parametrize("method, path, body", [
    ("PUT", "/piece/%d/bytes", gzip.compress(b"hello")),
    ("PUT", "/piece/%d/name", b"hello"), ("PATCH", "/piece/%d", b"{}"),
    ("PUT", "/piece/%d", gzip.compress(b"{}")), ("POST", "/piece", b"{}"),
    ("DELETE", "/piece/%d", b"x")])
@pytest.mark.parametrize("coding", ["gzip", "br", "identity, GZIP"])
def test_D4_a_compressed_body_is_not_stored_as_it_is(web, data, method, path,
                                                     body, coding):
    row = piece(data, "piece")
    before = data.fingerprint()
    reply = web.request(
        method, path.replace("%d", row.split("/")[2]), data=body, headers={
            "If-Match": STALE, "Content-Type": JSON,
            "Content-Encoding": coding})
    assert reply.status_code == 415
    assert reply.headers["Accept-Encoding"] == "identity"
    assert reply.json()["part"] == "header Content-Encoding"
    assert data.fingerprint() == before
    assert web.put(row + "/name", data=b"plain", headers={
        "If-Match": "*", "Content-Encoding": "identity"}).status_code == 204


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@FACES
def test_D10_reading_never_writes(web, data, method, accept):
    n, _ = data.row("bare")
    before = data.fingerprint()
    for path in ("/reading", "/reading/%d" % n, "/reading/%d/n" % n):
        reply = web.request(method, path, headers={"Accept": accept})
        assert reply.status_code >= 400
    assert data.fingerprint() == before
    # and it is the reading alone that kept the function from writing
    data.run("SET ROLE ifmatch; SELECT n FROM reading LIMIT 1; RESET ROLE")
    assert data.fingerprint() != before
