"""Servers that keep their connections to the program, as busy sites do."""
import json
import os
import signal

import pytest

import fronts
from harness.process import read_text, wait_until

OFF = "fastcgi_next_upstream off;"
KEEP = ("gzip off;", "gzip off; fastcgi_keep_conn on;")
REUSE = """<Proxy "unix:FOLDER/records.sock|fcgi://localhost">
	ProxySet enablereuse=on
</Proxy>
"""
KEEPING = {"nginx": {"changes": [KEEP]}, "proxy": {"more": REUSE}}


@pytest.fixture
def start():
    made = []

    def make(*args, **kwargs):
        made.append(fronts.Front(*args, **kwargs))
        return made[-1]
    yield make
    for front in made:
        front.stop()
        front.remove()


def kept(front):
    """How many connections to the program are open."""
    return sum(line.split()[5] == "03" for line in read_text(
        "/proc/net/unix").splitlines() if line.endswith(" " + front.socket))


@pytest.mark.parametrize("mode", KEEPING)
def test_kept_connections_go_on(start, notes, mode):
    front = start(mode, conninfo=notes.conninfo, **KEEPING[mode])
    key = notes.add()
    for n in range(20):
        reply = front.get("/note/" + key)
        assert reply.status_code == 200
        reply = front.put("/note/" + key, data=json.dumps(
            {"key": key, "body": "n%d" % n, "n": 1}), headers={
                "If-Match": reply.headers["ETag"],
                "Content-Type": "application/json"})
        assert reply.status_code in (200, 204), reply.text
        assert notes.body(key) == "n%d" % n
        assert front.head("/note/" + key).status_code == 200
        assert front.put("/note/" + key, data="x" * 600000, headers={
            "If-Match": "*"}).status_code == 413
    assert front.get("/note/" + key).status_code == 200
    assert kept(front) > 0
    fronts.reload_program(front)
    wait_until(lambda: kept(front) == 0)
    assert front.get("/note/" + key).json()["body"] == "n19"


def put_that_kills(front):
    """How often a PUT is executed that comes over a kept connection and
    kills the program."""
    assert front.get("/").status_code == 200
    assert kept(front) > 0
    before = front.executions()
    assert front.put("/?crash", data=b"x").status_code >= 500
    return front.executions() - before


@pytest.mark.parametrize("mode", KEEPING)
def test_S3_a_write_over_a_kept_connection_is_not_repeated(
        start, probe_binary, mode):
    front = start(mode, program=probe_binary, **KEEPING[mode])
    assert put_that_kills(front) == 1


def test_S3_it_would_be(start, probe_binary):
    """Without the line in the sample."""
    front = start("nginx", program=probe_binary,
                  changes=[KEEP, (OFF, "")])
    assert put_that_kills(front) > 1


@pytest.mark.parametrize("mode", KEEPING)
def test_a_worker_that_dies_is_not_noticed_later(start, notes, mode):
    """Its kept connection is gone, and the next request finds another."""
    front = start(mode, conninfo=notes.conninfo, **KEEPING[mode])
    key = notes.add()
    assert front.get("/note/" + key).status_code == 200
    for pid in front.workers():
        os.kill(pid, signal.SIGKILL)
    wait_until(lambda: kept(front) == 0)
    assert front.get("/note/" + key).status_code == 200
