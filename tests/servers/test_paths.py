"""Every key can be named in a URL."""
from urllib.parse import quote

ESCAPES = ["a b", "50%", "%25", "%2F", "a+b", "%2B", "ключ", "a,b", "a?b",
           "a#b", "a;b", "a&b=c", "é", "日本", "a:b", "~a", "(a)", "'\"", "[x]"]
ODD = ["a/b", "/", "a\\b", "", ".", "..", "a//b", "../x"]
CONTROLS = ["tab\tin", "a\nb", "a\x7fb"]


def read_and_write(desk, path, key):
    reply = desk.front.get(path)
    assert reply.status_code == 200, (key, reply.text)
    assert reply.json()["key"] == key
    reply = desk.put(path, "new", {"If-Match": reply.headers["ETag"]},
                     key=key)
    assert reply.status_code in (200, 204), (key, reply.text)
    assert desk.notes.body(key) == "new"


def test_P1_slash(desk):
    key, path = desk.row(key=desk.notes.new_key() + "/b")
    assert "%2F" in path
    status = desk.expect(200)
    if status == 200:
        read_and_write(desk, path, key)
    else:
        assert desk.front.get(path).status_code == status


def test_P2_escapes(desk):
    for text in ESCAPES:
        key, path = desk.row(key=desk.notes.new_key() + text)
        read_and_write(desk, path, key)


def test_P3_key_parameter(desk):
    """The way for keys that a path cannot carry everywhere."""
    for text in ESCAPES + ODD:
        key, _ = desk.row(key=text)
        read_and_write(desk, "/note?_key=" + quote(key, safe=""), key)


def test_P3_key_controls(desk):
    status = desk.expect(200)
    for text in CONTROLS:
        key, _ = desk.row(key=text)
        path = "/note?_key=" + quote(key, safe="")
        if status == 200:
            read_and_write(desk, path, key)
        else:
            assert desk.front.get(path).status_code == status


def test_P4_dots(desk):
    """No path climbs out of the program's own."""
    key, _ = desk.row()
    for path in ("/note/../../page.html", "/%2e%2e/page.html",
                 "/note/%2e%2e/note/" + key, "/note/..%2f" + key):
        status, reply = desk.lines("GET", path)
        assert status in (200, 400, 404), reply
        assert b"old" not in reply or path.endswith("/note/" + key)
        if status == 200:
            # the server resolved the dots before it chose who answers
            assert b"Some words" in reply or b'"old"' in reply
