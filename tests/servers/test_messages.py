"""What the program says arrives as it was said."""
import http.client
import json
from urllib.parse import quote

PROBLEM = "application/problem+json"


def test_D6_status(desk):
    """Not what a server makes of it by its own reading of the conditions."""
    _, path = desk.row()
    tag = desk.tag(path)
    cases = [({}, 200), ({"If-Match": tag}, 200),
             ({"If-Match": tag[:-1] + '-gzip"'}, 200),
             ({"If-None-Match": '"x1-j"'}, 200),
             ({"If-Match": '"x1-j"'}, 412), ({"If-None-Match": tag}, 304)]
    for headers, status in cases:
        reply = desk.front.get(path, headers=headers)
        assert reply.status_code == status, (headers, reply.text)
    assert desk.front.get("/note/never").status_code == 404
    assert desk.put(path, "new").status_code == 428


def test_D6_reason(desk, probe):
    """The status does not hang on its reason, which some servers replace."""
    reply = probe.get("/?status=412+Elsewhere")
    assert reply.status_code == 412
    assert "body=0" in reply.text
    assert reply.reason == desk.expect("Elsewhere")


def test_D6_status_field(desk):
    _, path = desk.row()
    for status, where in ((200, path), (404, "/note/never")):
        reply = desk.front.get(where)
        assert reply.status_code == status
        assert "Status" not in reply.headers


def kept_connection(desk):
    connection = http.client.HTTPConnection("127.0.0.1", desk.front.port,
                                            timeout=30)
    return connection


def ask(connection, method, path, **headers):
    connection.request(method, "/records" + path, headers={
        name.replace("_", "-"): value for name, value in headers.items()})
    reply = connection.getresponse()
    reply.text = reply.read()
    return reply


def test_D1_not_modified(desk):
    """A 304 has no body, and the connection goes on."""
    _, path = desk.row()
    tag = desk.tag(path)
    connection = kept_connection(desk)
    full = ask(connection, "GET", path)
    for _ in range(2):
        reply = ask(connection, "GET", path, If_None_Match=tag)
        assert (reply.status, reply.text) == (304, b"")
        assert reply.getheader("ETag") == tag
        assert reply.getheader("Vary") == full.getheader("Vary")
        assert (reply.getheader("Cache-Control")
                == full.getheader("Cache-Control"))
        again = ask(connection, "GET", path)
        assert (again.status, again.text) == (200, full.text)
    connection.close()


def test_D1_head(desk):
    """HEAD: GET's status and tag without a body; the connection goes on."""
    _, path = desk.row()
    connection = kept_connection(desk)
    full = ask(connection, "GET", path)
    reply = ask(connection, "HEAD", path)
    assert (reply.status, reply.text) == (200, b"")
    assert reply.getheader("ETag") == full.getheader("ETag")
    assert reply.getheader("Content-Type") == full.getheader("Content-Type")
    missing = ask(connection, "HEAD", "/note/never")
    assert (missing.status, missing.text) == (404, b"")
    again = ask(connection, "GET", path)
    assert (again.status, again.text) == (200, full.text)
    connection.close()


def replies(desk):
    _, path = desk.row()
    tag = desk.tag(path)
    front = desk.front
    yield 200, front.get(path)
    yield 200, front.get("/note")
    yield 304, front.get(path, headers={"If-None-Match": tag})
    yield 404, front.get("/note/never")
    yield 406, front.get(path, headers={"Accept": "image/png"})
    yield 412, desk.put(path, "new", {"If-Match": '"x1-j"'})
    yield 428, desk.put(path, "new")


def test_D3_cache_control(desk):
    for status, reply in replies(desk):
        assert reply.status_code == status
        said = reply.headers["Cache-Control"]
        assert "no-store" in said if status >= 400 else (
            "private" in said and "no-cache" in said), (status, said)


def test_D2_vary(desk):
    for status, reply in replies(desk):
        assert reply.status_code == status
        names = [n.strip().lower() for n in reply.headers["Vary"].split(",")]
        assert "accept" in names, (status, names)


def test_D5_created(desk):
    key = desk.notes.new_key()
    reply = desk.front.post("/note", json={"key": key, "body": "x", "n": 1})
    assert reply.status_code == 201, reply.text
    assert reply.headers["Location"] == "/records/note/" + key
    assert desk.front.get(reply.headers["Location"]).json()["body"] == "x"


def test_D5_see_other(desk):
    key = desk.notes.new_key()
    reply = desk.front.post(
        "/note", files={"key": (None, key), "body": (None, "x"),
                        "n": (None, "1"), "_etag": (None, "")},
        headers={"Sec-Fetch-Site": "same-origin", "Accept": "text/html"})
    assert reply.status_code == 303, reply.text
    assert reply.headers["Location"].startswith("/records/note/" + key)
    assert desk.notes.body(key) == "x"


def test_D7_problem(desk):
    """No server puts its own error in the place of the program's."""
    _, path = desk.row()
    for status, reply in ((404, desk.front.get("/note/never")),
                          (404, desk.front.get("/nothing/1")),
                          (400, desk.put(path, "x", {"If-Match": "bad"})),
                          (405, desk.front.put("/", json={}))):
        assert reply.status_code == status, reply.text
        assert reply.headers["Content-Type"].startswith(PROBLEM)
        assert reply.json()["status"] == status


def test_D7_page(desk):
    reply = desk.front.get("/note/never", headers={"Accept": "text/html"})
    assert reply.status_code == 404
    assert reply.headers["Content-Type"].startswith("text/html")
    assert reply.text.rstrip().endswith("</html>")
    assert "/records/" in reply.text


def test_D9_range(desk):
    _, path = desk.row()
    full = desk.front.get(path)
    for value in ("bytes=0-1", "bytes=-1", "bytes=999999-", "bytes=0-1,3-4"):
        for more in ({}, {"If-Range": full.headers["ETag"]}):
            reply = desk.front.get(path, headers={"Range": value, **more})
            assert (reply.status_code, reply.text) == (200, full.text)


def test_D9_part(desk):
    """Of one value the program sends the part that was asked for, and no server
    changes its bytes."""
    text = "0123456789" * 300
    _, path = desk.row(body=text)
    path += "/body"
    full = desk.front.get(path)
    assert (full.status_code, full.text) == (200, text)
    assert full.headers["Accept-Ranges"] == "bytes"
    tag = full.headers["ETag"]
    for coding in ("identity", "gzip"):
        for value, part in (("bytes=0-1", text[:2]), ("bytes=-3", text[-3:]),
                            ("bytes=100-2599", text[100:2600])):
            reply = desk.front.get(path, headers={
                "Range": value, "If-Range": tag, "Accept-Encoding": coding})
            assert reply.status_code == 206
            assert reply.text == part
            assert reply.headers["Content-Range"].endswith("/3000")
            assert "Content-Encoding" not in reply.headers
    reply = desk.front.get(path, headers={"Range": "bytes=3000-"})
    assert reply.status_code == 416
    assert reply.headers["Content-Range"] == "bytes */3000"
    reply = desk.front.get(path, headers={"Range": "bytes=0-1",
                                          "If-Range": '"x1-j"'})
    assert (reply.status_code, reply.text) == (200, text)


def test_S13_long_location(desk):
    """A Location of nearly 3 kB arrives. With a longer key the header would be
    over 4 kB, which nginx by itself refuses: the row is made, and the answer
    comes without it."""
    for length, told in ((300, True), (700, False)):
        key = desk.notes.new_key() + "€" * length
        body = json.dumps({"key": key, "body": "x", "n": 1}).encode()
        status, reply = desk.lines("POST", "/note",
                                   "Content-Type: application/json",
                                   body=body)
        assert status == 201, reply
        assert desk.notes.body(key) == "x"
        head = reply.partition(b"\r\n\r\n")[0]
        assert len(head) < 4000
        location = b"/records/note/" + quote(key).encode()
        assert (location in head) == told
        if told:
            assert desk.front.get(location.decode()).json()["key"] == key
