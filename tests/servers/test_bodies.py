"""Request bodies: long, in chunks, cut off, too long."""
import json

from harness.process import wait_until

PROBLEM = b"application/problem+json"
JSON = "Content-Type: application/json"


def chunked(*pieces):
    return b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in pieces if p)


def note(key, body="new"):
    return json.dumps({"key": key, "body": body, "n": 1}).encode()


def test_W1_put_200k(desk):
    key, path = desk.row()
    body = "0123456789" * 20000
    reply = desk.put(path, body, {"If-Match": desk.tag(path)})
    statuses = desk.expect((200, 204))
    assert reply.status_code in statuses, reply.text
    if 204 not in statuses:
        body = "old"
    assert desk.notes.body(key) == body
    assert desk.front.get(path).json()["body"] == body


def raw_put(desk, path, lines, body, end=False):
    head = ["PUT %s%s HTTP/1.1" % (desk.front.base, path),
            "Host: 127.0.0.1:%d" % desk.front.port, "Connection: close",
            JSON] + lines
    reply = desk.front.raw("\r\n".join(head + ["", ""]).encode() + body, end)
    return (int(reply.split()[1]) if reply.startswith(b"HTTP/1.") else None,
            reply)


def test_S8_chunked(desk):
    key, path = desk.row()
    whole = note(key)
    status, reply = raw_put(
        desk, path, ["If-Match: " + desk.tag(path),
                     "Transfer-Encoding: chunked"],
        chunked(whole[:7], whole[7:]) + b"0\r\n\r\n")
    statuses, body = desk.expect(((200, 204), "new"))
    assert status in statuses, reply
    assert desk.notes.body(key) == body


def test_S10_program_limit(desk):
    """Over body_limit: the program's own 413, which names the limit."""
    key, path = desk.row()
    reply = desk.put(path, "x" * 600000, {"If-Match": desk.tag(path)})
    status, ours = desk.expect((413, True))
    assert reply.status_code == status, reply.text
    assert (reply.headers["Content-Type"] == PROBLEM.decode()) == ours
    assert ("524288" in reply.text) == ours
    assert desk.notes.body(key) == "old"


def test_S10_server_limit(desk):
    """Over the limit that some samples set for the server, 1 MiB."""
    key, path = desk.row()
    reply = desk.put(path, "x" * 1100000, {"If-Match": desk.tag(path)})
    status, ours = desk.expect((413, True))
    assert reply.status_code == status, reply.text
    assert (reply.headers["Content-Type"] == PROBLEM.decode()) == ours
    assert desk.notes.body(key) == "old"


def test_S6_drained(desk):
    """A refusal that needs no body arrives whole behind a long one."""
    key, path = desk.row()
    missing, stale = desk.expect((404, 412))
    for size in (100000, 450000) * 2:
        if size == 100000:
            wanted = (404, 412)
        else:
            wanted = (missing, stale)
        for status, where in zip(wanted, ("/nothing/1", path)):
            reply = desk.put(where, "x" * size, {"If-Match": '"v1-j"'})
            assert reply.status_code == status, reply.text
            assert status == 500 or reply.json()["status"] == status
    assert desk.notes.body(key) == "old"


def test_S11_bad_chunk(desk):
    """Chunks that are none are never stored."""
    key, path = desk.row()
    status, reply = raw_put(
        desk, path, ["If-Match: " + desk.tag(path),
                     "Transfer-Encoding: chunked"],
        chunked(note(key)[:9]) + b"ZZ\r\n" + note(key)[9:] + b"\r\n0\r\n\r\n",
        end=True)
    assert status is None or status >= 400, reply
    assert desk.notes.body(key) == "old"


def cut_off(desk, lines, body):
    """A body that ends early although it is whole JSON: nothing is stored."""
    key, path = desk.row()
    status, reply = raw_put(desk, path, ["If-Match: " + desk.tag(path)]
                            + lines, body(key), end=True)
    assert status is None or status >= 400, reply
    assert desk.notes.body(key) == "old"
    reply = desk.put(path, "later", {"If-Match": desk.tag(path)})
    assert reply.status_code in (200, 204)


def test_S12_cut_length(desk):
    cut_off(desk, ["Content-Length: 5000"], note)


def test_S12_cut_chunks(desk):
    cut_off(desk, ["Transfer-Encoding: chunked"],
            lambda key: chunked(note(key)))


def test_S9_no_type(desk):
    """A PUT and a PATCH without a type are read as JSON, also behind the
    server that makes up a form's type."""
    key, path = desk.row()
    for method in ("PUT", "PATCH"):
        status, reply = desk.lines(method, path, "If-Match: " + desk.tag(path),
                                   body=note(key, method))
        assert status in (200, 204), reply
        assert desk.notes.body(key) == method


def test_S9_two_types(desk):
    key, path = desk.row()
    status, reply = desk.lines(
        "PUT", path, JSON, "Content-Type: text/html",
        "If-Match: " + desk.tag(path), body=note(key))
    statuses, body = desk.expect(((400,), "old"))
    assert status in statuses, reply
    assert desk.notes.body(key) == body


def test_S3_once(desk, probe):
    """A PUT whose program dies is not sent to another one. It may reach none
    while the server has not started the next one."""
    def once():
        before = probe.executions()
        reply = probe.put("/?crash", data=b"x")
        assert reply.status_code >= 500
        assert probe.executions() <= before + 1
        return probe.executions() > before
    wait_until(once)
    wait_until(once)
