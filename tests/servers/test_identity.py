"""Who asks: what the server says and what the client may not."""
import base64

BASIC = "Basic " + base64.b64encode(b"admin:x").decode()


def test_I1_authorization(desk, probe):
    for value in (BASIC, "Bearer abc.def"):
        reply = probe.get("/", headers={"Authorization": value})
        assert "HTTP_AUTHORIZATION=%s\n" % value in reply.text


def test_S2_remote_user(desk):
    """A name that only the client says is nobody's, even where the site
    believes the server's."""
    key, path = desk.row()
    for n, headers in enumerate((
            {"Authorization": BASIC}, {"Remote-User": "admin"},
            {"Remote_User": "admin"}, {"X-Remote-User": "admin"},
            {"REMOTE_USER": "admin"})):
        reply = desk.put(path, "n%d" % n, {"If-Match": desk.tag(path),
                                           **headers})
        assert reply.status_code in (200, 204), (headers, reply.text)
        assert desk.notes.body(key) == "n%d" % n
        assert desk.notes.writer(key) == "ifmatch", headers


JSON = "Content-Type: application/json"
BODY = b'{"key":"%s","body":"new","n":1}'


def test_S20_underscore(desk):
    """Some servers take If_Match for If-Match; a stale one never helps."""
    key, path = desk.row()
    status, reply = desk.lines("PUT", path, JSON, 'If_Match: "v1-j"',
                               body=BODY % key.encode())
    assert status == desk.expect(428), reply
    assert desk.notes.body(key) == "old"


def test_S24_lower_case(desk):
    """Methods are case-sensitive; one server is not."""
    key, path = desk.row()
    status, reply = desk.lines("put", path, JSON,
                               "If-Match: " + desk.tag(path),
                               body=BODY % key.encode())
    statuses, body = desk.expect(((405,), "old"))
    assert status in statuses, reply
    assert desk.notes.body(key) == body


def test_S23_config(desk):
    """No header reaches the configuration."""
    _, path = desk.row()
    headers = {"Ifmatch-Config": "/nonexistent", "X-Ifmatch-Config": "/x",
               "Ifmatch_Config": "/nonexistent", "Proxy": "http://x/"}
    reply = desk.front.get(path, headers=headers)
    assert (reply.status_code, reply.json()["body"]) == (200, "old")


def test_I4_query_is_no_command(desk):
    """In CGI a query without "=" is handed on as arguments, too: they are
    no commands of the client's."""
    _, path = desk.row()
    for query in ("check", "sample", "--version", "--help",
                  "serve+unix:%2Ftmp%2Fnever"):
        status, reply = desk.lines("GET", path + "?" + query)
        assert b"ifmatch" not in reply.partition(b"\r\n\r\n")[2].replace(
            b'"updated_by":"ifmatch"', b"")
        assert status == 200 and b'"body":"old"' in reply or (
            status == 400 and b"problem+json" in reply), reply
    reply = desk.front.get("/note?new", headers={"Accept": "text/html"})
    assert reply.status_code == 200
    assert "<form" in reply.text


def test_I2_two_origins(desk):
    """A second Origin does not whitewash the first."""
    here = "Origin: " + desk.front.origin
    for lines in ((here, "Origin: http://evil.example"),
                  ("Origin: http://evil.example", here),
                  ("Origin: http://evil.example",)):
        key, path = desk.row()
        status, reply = desk.lines("PUT", path, JSON, *lines,
                                   "If-Match: " + desk.tag(path),
                                   body=BODY % key.encode())
        assert status in (400, 403), reply
        assert desk.notes.body(key) == "old"
    status, reply = desk.lines("PUT", path, JSON, here,
                               "If-Match: " + desk.tag(path),
                               body=BODY % key.encode())
    assert status in (200, 204), reply


def test_I3_configuration_hidden(desk):
    for path in (".ini", "/records.ini", "/../records.ini", "/..%2frecords.ini",
                 "/%2e%2e/records.ini"):
        status, reply = desk.lines("GET", path)
        assert status >= 400, reply
        assert b"secret" not in reply
