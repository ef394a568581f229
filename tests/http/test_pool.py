"""Processes: the pool under signals while requests wait, a listening socket
as standard input, and plain CGI by environment variables alone."""
import json
import os
import signal
import socket
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest

import guard_cases
from guard_cases import ALL
from harness.fastcgi import Connection, request
from harness.process import BINARY

WORKERS = 2


@pytest.fixture
def pool(site, rows):
    return site(rows.database, guard_cases.ini(), workers=WORKERS)


@pytest.fixture
def held(rows, psql_session):
    """held(n): n rows whose lock a session has: path, tag, number of each."""
    session = psql_session(rows.database)

    def hold(web, n):
        made = [rows.make(ALL["kept"]) for _ in range(n)]
        tags = [web.get(path).headers["ETag"] for _, path in made]
        session.run("BEGIN")
        session.run("SELECT id FROM kept WHERE id IN (%s) FOR UPDATE"
                    % ",".join(str(n) for n, _ in made))
        return [(path, tag, n) for (n, path), tag in zip(made, tags)]
    hold.session = session
    return hold


def name_of(rows, n):
    return rows.run("SELECT name FROM kept WHERE id = %d" % n)[0][0]


def ask_patch(socket_path, path, tag, name="new"):
    """A PATCH that is on its way: a connection to read the reply from."""
    connection = Connection(socket_path)
    connection.send(request(
        "/records" + path, "PATCH", json.dumps({"name": name}).encode(),
        CONTENT_TYPE="application/json", HTTP_IF_MATCH=tag,
        HTTP_HOST="localhost"))
    return connection


# Workers that die

@pytest.mark.parametrize("n", [1, WORKERS])
def test_killed_workers_are_replaced_and_requests_go_on(pool, rows,
                                                        wait_until, n):
    _, path = rows.make(ALL["kept"])
    pool.deaths_expected = True
    before = pool.workers()
    victims = sorted(before)[:n]
    for victim in victims:
        os.kill(victim, signal.SIGKILL)
    for _ in range(4 * WORKERS):
        assert pool.get(path).status_code == 200
    wait_until(lambda: len(pool.workers() - set(victims)) == WORKERS)
    assert before - set(victims) <= pool.workers()
    log = pool.log()
    assert all("worker %d died of signal 9" % v in log for v in victims)


def test_killed_within_a_request_the_service_goes_on(
        site, rows, held, wait_until):
    web = site(rows.database, guard_cases.ini(), workers=1)
    web.deaths_expected = True
    (path, tag, n), = held(web, 1)
    _, other = rows.make(ALL["kept"])
    with ThreadPoolExecutor(1) as threads:
        reply = threads.submit(lambda: web.patch(
            path, json={"name": "new"}, headers={"If-Match": tag},
            session=web.new_session()))
        wait_until(lambda: rows.waiting() == 1)
        (backend,), = rows.run(
            "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
            " AND datname = current_database()")
        os.kill(web.workers().pop(), signal.SIGKILL)
        assert reply.result().status_code == 502  # the web server's own
    assert web.get(other).status_code == 200
    assert web.get(path).headers["ETag"] == tag
    held.session.run("ROLLBACK")
    # nobody hears what the dead worker's statement does: it may still commit
    wait_until(lambda: rows.run("SELECT count(*) FROM pg_stat_activity"
                                " WHERE pid = %d" % backend)[0][0] == 0)
    now = web.get(path).headers["ETag"]
    assert web.patch(path, json={"name": "again"},
                     headers={"If-Match": now}).status_code == 204


# SIGTERM, SIGHUP

def test_sigterm_answers_what_is_in_flight_and_what_waits(
        pool, rows, held, wait_until):
    wanted = held(pool, 3 * WORKERS)
    connections = [ask_patch(pool.socket, path, tag)
                   for path, tag, _ in wanted]
    wait_until(lambda: rows.waiting() == WORKERS)
    pool.terminate()
    wait_until(lambda: not os.path.exists(pool.socket))
    assert pool.program.poll() is None
    held.session.run("ROLLBACK")
    assert [c.reply().status for c in connections] == [204] * len(wanted)
    assert {name_of(rows, n) for _, _, n in wanted} == {"new"}
    assert pool.program.wait(10) == 0


def test_sigterm_answers_the_losers_of_a_race_too(pool, rows, held,
                                                  wait_until):
    (path, tag, n), = held(pool, 1)
    connections = [ask_patch(pool.socket, path, tag, "writer %d" % i)
                   for i in range(3 * WORKERS)]
    wait_until(lambda: rows.waiting() == WORKERS)
    pool.terminate()
    wait_until(lambda: not os.path.exists(pool.socket))
    held.session.run("ROLLBACK")
    statuses = [c.reply().status for c in connections]
    assert sorted(statuses) == [204] + [412] * (len(statuses) - 1)
    assert name_of(rows, n) == "writer %d" % statuses.index(204)
    assert pool.program.wait(10) == 0


def reload(web, wait_until, ini):
    """Has all workers leave for new ones with this configuration."""
    before = web.workers()
    web.write("records.ini", ini, 0o600)
    web.reload()
    wait_until(lambda: len(web.workers() - before) == WORKERS
               and not web.workers() & before)


def test_sighup_rereads_the_configuration(site, rows, cluster, wait_until):
    head = "database = %s\nanonymous = read\n" % cluster.conninfo(
        rows.database)
    web = site(rows.database, head + "[table kept]\n", workers=WORKERS)
    _, bare = rows.make(ALL["bare"])
    assert web.get(bare).status_code == 404
    reload(web, wait_until, head + "[table bare]\n")
    for _ in range(3 * WORKERS):
        assert web.get(bare).status_code == 200
        assert [t["name"] for t in web.get("/").json()["tables"]] == ["bare"]


def test_sighup_with_a_wrong_configuration_keeps_the_old(
        pool, rows, wait_until):
    _, path = rows.make(ALL["kept"])
    reload(pool, wait_until, "nonsense = 1\n")
    for _ in range(3 * WORKERS):
        assert pool.get(path).status_code == 200
    assert pool.ini + ":1" in pool.log()
    assert "nonsense" in pool.log()


def test_sighup_lets_a_request_finish(pool, rows, held, wait_until):
    (path, tag, n), = held(pool, 1)
    before = pool.workers()
    connection = ask_patch(pool.socket, path, tag)
    wait_until(lambda: rows.waiting() == 1)
    pool.reload()
    held.session.run("ROLLBACK")
    assert connection.reply().status == 204
    assert name_of(rows, n) == "new"
    wait_until(lambda: len(pool.workers() - before) == WORKERS)


# A web server's socket as standard input

@pytest.fixture
def inherited(tmp_path, ini, rows):
    """The program as a web server starts it: the path of its socket, and the
    process."""
    path = str(tmp_path / "s")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path)
        listener.listen(50)
        process = subprocess.Popen(
            [BINARY], stdin=listener, stderr=subprocess.DEVNULL,
            env=dict(os.environ, IFMATCH_CONFIG=ini(
                rows.database, guard_cases.ini())))
    yield path, process
    process.kill()
    process.wait()


def ask(path, *args, **kwargs):
    connection = Connection(path)
    reply = connection.ask(*args, **kwargs)
    connection.close()
    return reply


def test_socket_on_standard_input_serves_rows(inherited, rows):
    n, path = rows.make(ALL["kept"])
    reply = ask(inherited[0], "/records" + path)
    assert reply.status == 200
    assert json.loads(reply.body)["name"] == "old"
    [tag] = [line[6:] for line in reply.head.split("\r\n")
             if line.startswith("ETag: ")]
    for status in (204, 412):
        assert ask_patch(inherited[0], path, tag, "new %d" % status
                         ).reply().status == status
    assert name_of(rows, n) == "new 204"


def test_socket_on_standard_input_finishes_on_sigterm(
        inherited, pool, rows, held, wait_until):
    socket_path, process = inherited
    wanted = held(pool, 4)
    connections = [ask_patch(socket_path, path, tag)
                   for path, tag, _ in wanted]
    wait_until(lambda: rows.waiting() == 1)
    process.send_signal(signal.SIGTERM)
    held.session.run("ROLLBACK")
    assert [c.reply().status for c in connections] == [204] * 4
    assert process.wait(10) == 0


# Plain CGI

class Cgi:
    def __init__(self, cgi, config, rows):
        self.cgi = cgi
        self.config = config
        self.n, path = rows.make(ALL["kept"])
        self.path = "/records" + path

    def __call__(self, method, headers=(), body=b"", **env):
        return self.cgi(self.config, method, self.path, headers, body, env)


@pytest.fixture
def row(cgi, ini, rows):
    return Cgi(cgi, ini(rows.database, "body_limit = 1K\n"
                        + guard_cases.ini()), rows)


JSON = {"Content-Type": "application/json"}


def test_cgi_get_and_head(row, wait_until):
    # a row has no Last-Modified within the second of its change
    wait_until(lambda: row("HEAD").get("Last-Modified"))
    reply, head = row("GET"), row("HEAD")
    assert reply.status == head.status == 200
    assert reply.json()["name"] == "old"
    assert reply.get("Content-Length") == str(len(reply.body))
    assert head.body == b""
    assert head.headers == reply.headers
    assert row("GET", {"If-None-Match": reply.get("ETag")}).status == 304


def test_cgi_put_once_with_the_tag(row, rows):
    tag = row("GET").get("ETag")
    body = json.dumps({"id": row.n, "name": "new"})
    assert row("PUT", JSON, body).status == 428
    assert row("PUT", {**JSON, "If-Match": tag}, body).status == 204
    assert name_of(rows, row.n) == "new"
    lost = row("PUT", {**JSON, "If-Match": tag}, body.replace("new", "late"))
    assert lost.status == 412
    assert lost.get("ETag") == row("GET").get("ETag") != tag
    assert name_of(rows, row.n) == "new"


def test_cgi_delete_once_with_the_tag(row):
    tag = row("GET").get("ETag")
    assert row("DELETE", {"If-Match": tag}).status == 204
    assert row("DELETE", {"If-Match": tag}).status == 404


def test_cgi_chunked_without_a_length_is_411(row, rows):
    tag = row("GET").get("ETag")
    reply = row("PUT", {**JSON, "If-Match": tag}, b'{"name":"new"}',
                CONTENT_LENGTH=None, HTTP_TRANSFER_ENCODING="chunked")
    assert reply.status == 411
    assert name_of(rows, row.n) == "old"


@pytest.mark.parametrize("length, status", [(1024, 204), (1025, 413),
                                            (500000, 413)])
def test_cgi_body_limit(row, rows, length, status):
    tag = row("GET").get("ETag")
    body = b'{"name":"new"}'.ljust(length)
    assert row("PATCH", {**JSON, "If-Match": tag}, body).status == status
    assert name_of(rows, row.n) == ("new" if status == 204 else "old")


@pytest.mark.parametrize("said", ["20", "13", "x"])
def test_cgi_body_of_another_length_changes_nothing(row, rows, said):
    tag = row("GET").get("ETag")
    reply = row("PATCH", {**JSON, "If-Match": tag}, b'{"name":"new"}',
                CONTENT_LENGTH=said)
    assert reply.status in (400, 411)
    assert name_of(rows, row.n) == "old"
