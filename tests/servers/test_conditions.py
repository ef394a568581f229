"""Conditions and tags come through, and back."""

CODED = {"Accept-Encoding": "gzip, br"}
SUFFIXES = ("-gzip", "-br", "-zstd", "-deflate")
OTHER = '"v1-j"'


def test_G1_compressed_elsewhere(desk):
    """The server does compress where the sample does not keep it from it."""
    reply = desk.front.get("http://127.0.0.1:%d/page.html" % desk.front.port,
                           headers={"Accept-Encoding": "gzip"})
    assert reply.status_code == 200
    assert reply.headers["Content-Encoding"] == "gzip"
    assert "Some words." in reply.text


def round_trip(desk, headers):
    key, path = desk.row(body="x" * 3000)
    full = desk.front.get(path, headers=headers)
    tag = full.headers["ETag"]
    assert tag.startswith('"v'), tag
    assert not any(s + '"' in tag for s in SUFFIXES), tag
    assert "Content-Encoding" not in full.headers
    reply = desk.front.get(path, headers={"If-None-Match": tag, **headers})
    assert (reply.status_code, reply.content) == (304, b"")
    reply = desk.put(path, "y" * 3000, {"If-Match": tag, **headers})
    assert reply.status_code in (200, 204), reply.text
    assert desk.notes.body(key) == "y" * 3000
    reply = desk.put(path, "z" * 3000, {"If-Match": tag, **headers})
    assert reply.status_code == 412, reply.text
    assert desk.notes.body(key) == "y" * 3000


def test_G1_tag_plain(desk):
    round_trip(desk, {"Accept-Encoding": "identity"})


def test_G1_tag_compressed(desk):
    round_trip(desk, CODED)


def test_B11_suffix_if_match(desk):
    key, path = desk.row()
    for n, suffix in enumerate(SUFFIXES):
        tag = desk.tag(path)[:-1] + suffix + '"'
        reply = desk.put(path, "n%d" % n, {"If-Match": tag, **CODED})
        assert reply.status_code in (200, 204), (tag, reply.text)
        assert desk.notes.body(key) == "n%d" % n
        reply = desk.put(path, "no", {"If-Match": tag, **CODED})
        assert reply.status_code == 412, (tag, reply.text)
        assert desk.notes.body(key) == "n%d" % n


def test_B11_suffix_if_none_match(desk):
    _, path = desk.row()
    tag = desk.tag(path)
    for suffix in SUFFIXES:
        for weak in ("", "W/"):
            value = weak + tag[:-1] + suffix + '"'
            reply = desk.front.get(path, headers={"If-None-Match": value,
                                                  **CODED})
            assert (reply.status_code, reply.content) == (304, b""), value


def test_S16_suffix_on_put(desk):
    """If-None-Match on PUT: the verdict is the program's, before the write."""
    key, path = desk.row()
    tag = desk.tag(path)
    reply = desk.put(path, "new", {"If-None-Match": tag[:-1] + '-gzip"',
                                   **CODED})
    assert reply.status_code == 412, reply.text
    assert desk.notes.body(key) == "old"
    reply = desk.put(path, "new", {"If-Match": tag, "If-None-Match": OTHER,
                                   **CODED})
    assert reply.status_code in (200, 204), reply.text
    assert desk.notes.body(key) == "new"


def test_B1_weak_if_match(desk):
    key, path = desk.row()
    reply = desk.put(path, "new", {"If-Match": "W/" + desk.tag(path)})
    assert reply.status_code == 412
    assert desk.notes.body(key) == "old"


def test_B2_weak_if_none_match(desk):
    _, path = desk.row()
    tag = desk.tag(path)
    reply = desk.front.get(path, headers={"If-None-Match": "W/" + tag})
    assert (reply.status_code, reply.content) == (304, b"")
    assert reply.headers["ETag"] == tag


def test_B3_list(desk):
    """Lists with empty elements and commas within tags."""
    key, path = desk.row()
    tag = desk.tag(path)
    for value in (OTHER + ", " + tag, ', ,%s ,"a,b"' % tag,
                  '"a,b",%s,' % tag):
        reply = desk.front.get(path, headers={"If-None-Match": value})
        assert reply.status_code == 304, value
    reply = desk.put(path, "no", {"If-Match": '"a,b", ' + OTHER})
    assert reply.status_code == 412, reply.text
    reply = desk.put(path, "new", {"If-Match": '"a,b", ' + tag})
    assert reply.status_code in (200, 204), reply.text
    assert desk.notes.body(key) == "new"


BODY = b'{"key":"%s","body":"new","n":1}'
JSON = "Content-Type: application/json"


def test_B6_if_match_lines(desk):
    """Two lines are one list, whichever of them holds."""
    for order in (1, -1):
        key, path = desk.row()
        lines = ["If-Match: " + OTHER, "If-Match: " + desk.tag(path)][::order]
        status, reply = desk.lines("PUT", path, JSON, *lines,
                                   body=BODY % key.encode())
        statuses, body = desk.expect(((200, 204), "new"))
        assert status in statuses, reply
        assert desk.notes.body(key) == body
    key, path = desk.row()
    status, reply = desk.lines("PUT", path, JSON, "If-Match: " + OTHER,
                               'If-Match: "v2-j"', body=BODY % key.encode())
    assert status == (412 if body == "new" else 400), reply
    assert desk.notes.body(key) == "old"


def test_B6_if_none_match_lines(desk):
    _, path = desk.row()
    tag = desk.tag(path)
    got = []
    for order in (1, -1):
        lines = ["If-None-Match: " + OTHER, "If-None-Match: " + tag][::order]
        got.append(desk.lines("GET", path, *lines)[0])
    assert got == desk.expect([304, 304])


def test_A7_two_dates(desk):
    """A list of dates is no date, so it says nothing: 428."""
    key, path = desk.row()
    lines = ["If-Unmodified-Since: Fri, 31 Dec 9999 23:59:59 GMT"] * 2
    status, reply = desk.lines("PUT", path, JSON, *lines,
                               body=BODY % key.encode())
    assert status == desk.expect(428), reply
    assert desk.notes.body(key) == "old"


def test_A10_missing(desk):
    key, path = desk.row()
    for reply in (desk.put(path, "new"), desk.front.delete(path),
                  desk.front.patch(path, json={"body": "new"})):
        assert reply.status_code == 428
        assert reply.headers["Content-Type"] == "application/problem+json"
        assert reply.json()["status"] == 428
    assert desk.notes.body(key) == "old"


def test_A10_empty(desk):
    key, path = desk.row()
    for line, usual in (("If-Match:", desk.expect(400)), ("If-Match: ,", 400)):
        status, reply = desk.lines("PUT", path, JSON, line,
                                   body=BODY % key.encode())
        assert status == usual, reply
        assert desk.notes.body(key) == "old"


def test_A9_if_match_on_get(desk):
    _, path = desk.row()
    tag = desk.tag(path)
    for method in ("GET", "HEAD"):
        for value, status in ((tag, 200), ("*", 200), (OTHER, 412)):
            reply = desk.front.request(method, path,
                                       headers={"If-Match": value})
            assert reply.status_code == status, (method, value)
    reply = desk.front.get(path, headers={"If-Match": OTHER})
    assert reply.headers["Content-Type"] == "application/problem+json"


def test_B17_stale(desk):
    """A 412 brings the current tag and row, and changed nothing."""
    key, path = desk.row()
    first = desk.tag(path)
    reply = desk.put(path, "second", {"If-Match": first})
    assert reply.status_code in (200, 204)
    current = desk.tag(path)
    before = desk.notes.hash()
    for coding in ({}, CODED):
        reply = desk.put(path, "third", {"If-Match": first, **coding})
        assert reply.status_code == 412, reply.text
        assert reply.headers["ETag"] == current != first
        assert reply.headers["Content-Type"] == "application/problem+json"
        assert "Content-Encoding" not in reply.headers
        assert int(reply.headers["Content-Length"]) == len(reply.content)
        problem = reply.json()
        assert problem["status"] == 412
        assert current in problem.values()
        assert problem["current"]["body"] == "second"
    assert desk.notes.hash() == before
    assert desk.notes.body(key) == "second"


def test_E9_create_once(desk):
    key = desk.notes.new_key()
    for status, body in ((201, "one"), (412, "two")):
        reply = desk.put("/note/" + key, body, {"If-None-Match": "*"})
        assert reply.status_code == status, reply.text
    assert desk.notes.body(key) == "one"


def test_E11_delete(desk):
    key, path = desk.row()
    tag = desk.tag(path)
    reply = desk.front.delete(path, headers={"If-Match": OTHER})
    assert reply.status_code == 412
    assert desk.notes.body(key) == "old"
    for status in (204, 404):
        reply = desk.front.delete(path, headers={"If-Match": tag})
        assert reply.status_code == status, reply.text
        assert desk.notes.body(key) is None


def test_E13_patch(desk):
    key, path = desk.row()
    tag = desk.tag(path)
    for value, statuses, body in ((OTHER, (412,), "old"),
                                  (tag, (200, 204), "new")):
        reply = desk.front.patch(
            path, data='{"body":"new"}', headers={
                "If-Match": value,
                "Content-Type": "application/merge-patch+json"})
        assert reply.status_code in statuses, reply.text
        assert desk.notes.body(key) == body


def test_D4_options(desk):
    """OPTIONS reaches the program, and heeds no condition."""
    _, path = desk.row()
    for headers in ({}, {"If-Match": OTHER}):
        reply = desk.front.options(path, headers=headers)
        assert reply.status_code in (200, 204)
        allow = [m.strip() for m in reply.headers["Allow"].split(",")]
        assert {"GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"} <= set(
            allow)
        assert "application/merge-patch+json" in reply.headers["Accept-Patch"]


def test_E17_prefer_lines(desk):
    key, path = desk.row()
    status, reply = desk.lines(
        "PUT", path, JSON, "If-Match: " + desk.tag(path),
        "Prefer: handling=lenient", "Prefer: return=representation",
        body=BODY % key.encode())
    assert status == 200, reply
    assert b"return=representation" in reply
    assert b'"body":"new"' in reply.replace(b'": "', b'":"')
