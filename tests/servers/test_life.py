"""Servers that begin anew, programs that cannot do their work."""
import threading

import fronts
from harness.process import wait_until

WAITING = """SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'"""


def test_S18_reload(desk):
    """A save that is under way when the server begins anew is written, and
    its sender told so."""
    key, path = desk.row()
    tag = desk.tag(path)
    replies = []

    def save():
        with desk.front.new_session() as session:
            replies.append(desk.put(path, "new", {"If-Match": tag},
                                    session=session))
    lock = desk.notes.cluster.connect(desk.notes.database, autocommit=False)
    lock.cursor().execute("SELECT FROM note WHERE key = %s FOR UPDATE", [key])
    thread = threading.Thread(target=save)
    thread.start()
    try:
        wait_until(lambda: desk.notes.query(WAITING) == [(1,)])
        desk.front.reload()
        assert not replies
    finally:
        lock.close()
        thread.join()
    assert [r.status_code for r in replies] in ([200], [204]), replies
    assert desk.notes.body(key) == "new"
    wait_until(lambda: desk.front.get(path).status_code == 200)
    reply = desk.put(path, "newer", {"If-Match": desk.tag(path)})
    assert reply.status_code in (200, 204), reply.text


def test_S19_nothing(desk, probe):
    """What a server makes of a program that says nothing: an error, mostly."""
    reply = probe.get("/?nothing")
    assert (reply.status_code >= 500) == desk.expect(True)


def another(desk, **kwargs):
    return fronts.Front(desk.front.name, **kwargs)


def test_S19_no_database(desk):
    """The program says so itself."""
    front = another(desk, conninfo="host=/nonexistent dbname=none",
                    sound=False)
    try:
        for reply in (front.get("/note/a"), front.delete(
                "/note/a", headers={"If-Match": "*"})):
            assert reply.status_code == 503, reply.text
            assert reply.headers["Content-Type"] == "application/problem+json"
            assert reply.headers["Retry-After"]
            assert reply.json()["status"] == 503
    finally:
        front.stop()
        front.remove()


def test_S19_no_configuration(desk):
    """With a configuration that is wrong the program says so, or serves on
    by the one before."""
    conninfo = desk.notes.conninfo
    mistake = "databse = here\n"
    alone = hasattr(desk.front, "program")
    front = another(desk, conninfo=conninfo, ini="" if alone else mistake,
                    sound=alone)
    try:
        _, path = desk.row()
        if alone:
            assert front.get(path).json()["body"] == "old"
            front.write("srv/records.ini", mistake, 0o600)
            fronts.reload_program(front)
        reply = front.get(path)
        if alone:
            assert reply.json()["body"] == "old"
        else:
            assert reply.status_code == 503
            assert reply.headers["Retry-After"]
            assert "not set up" in reply.text
    finally:
        front.stop()
        front.remove()
