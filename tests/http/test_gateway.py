"""serve and FastCGI themselves: no database is needed for the stylesheet."""
import os
import re
import signal
import socket
import subprocess
import threading

import pytest

from harness.fastcgi import (BEGIN, PARAMS, STDIN, STDOUT, Connection, begin,
                             pairs, record, request)
from harness.pool import INI, Pool
from harness.process import BINARY, end, wait_until, write_file


def test_reply(pool):
    reply = pool.ask()
    assert reply.status == 200
    assert "Content-Length: %d\r\n" % len(reply.body) in reply.head
    assert "GET /records/-/style.css 200" in reply.log
    head = pool.ask(method="HEAD")
    assert head.body == b"" and head.head == reply.head


def test_socket_is_for_user_and_group(pool):
    assert os.stat(pool.socket).st_mode & 0o777 == 0o660


@pytest.mark.parametrize("data", [
    b"GET / HTTP/1.0\r\n\r\n",
    request(role=9),
    begin() + record(PARAMS, pairs({"A": "b"})) + record(PARAMS)
    + record(STDIN),
    begin() + record(STDIN),
    b"\2" + request()[1:],
    record(BEGIN, b"short"),
], ids=["http", "role 9", "no method",
        "no parameters", "version 2", "short begin"])
def test_garbage_is_closed_without_a_word(pool, data):
    connection = pool.connect()
    connection.send(data)
    connection.socket.shutdown(socket.SHUT_WR)
    assert connection.is_closed()
    assert pool.ask().status == 200


def test_too_large_a_body_is_drained(pool):
    for said in (None, "-1", ""):
        reply = pool.ask(method="PUT", path="/records/x/1", said=said,
                         body=b"x" * 3000000, CONTENT_TYPE="application/json")
        assert reply.status == 413


def test_kept_connections_starve_nobody(pool):
    kept = [pool.connect() for _ in range(20)]
    for connection in kept:
        assert connection.ask(keep=True).status == 200
    silent = [pool.connect() for _ in range(20)]
    assert pool.ask().status == 200
    for connection in kept + silent:
        assert connection.ask(keep=True).status == 200
    for connection in kept + silent:
        assert connection.ask().status == 200
        assert connection.is_closed()


def test_more_kept_connections_than_places(pool):
    kept = [pool.connect() for _ in range(600)]
    for connection in kept:
        assert connection.ask(keep=True).status == 200
    assert pool.ask().status == 200
    for connection in kept:
        connection.close()


def test_a_new_connection_takes_the_place_of_an_idle_one():
    """However long it says nothing."""
    pool = Pool(workers=1)
    try:
        kept = [pool.connect() for _ in range(255)]
        for connection in [*kept, kept[0]]:
            assert connection.ask(keep=True).status == 200
        late = pool.connect()
        assert kept[1].is_closed()
        assert late.ask(keep=True).status == 200
        assert kept[0].ask().status == 200
        for connection in [*kept[2:], late]:
            assert connection.ask().status == 200
    finally:
        pool.stop()


def test_sigterm_serves_what_waits(pool):
    waiting = []
    for pid in pool.children():
        os.kill(pid, signal.SIGSTOP)
    for _ in range(50):
        connection = pool.connect()
        connection.send(request())
        waiting.append(connection)
    late = pool.connect()
    pool.process.send_signal(signal.SIGTERM)
    wait_until(lambda: not os.path.exists(pool.socket))
    for pid in pool.children():
        os.kill(pid, signal.SIGCONT)
    late.send(request())
    for connection in [*waiting, late]:
        assert connection.reply().status == 200
    assert pool.process.wait(10) == 0


def writing(fifo):
    """A file for whoever reads; or None."""
    try:
        return os.fdopen(os.open(fifo, os.O_WRONLY | os.O_NONBLOCK), "w")
    except OSError:
        return None


def test_sigterm_while_a_worker_begins():
    """It serves what waits, as soon as it can."""
    pool = Pool(workers=1)
    try:
        os.remove(pool.ini)
        os.mkfifo(pool.ini, 0o600)
        victim = min(pool.children())
        os.kill(victim, signal.SIGKILL)
        # opens only once the next worker begins to read
        fifo = wait_until(lambda: writing(pool.ini))
        waiting = pool.connect()
        waiting.send(request())
        pool.process.send_signal(signal.SIGTERM)
        wait_until(lambda: not os.path.exists(pool.socket))
        with fifo:
            fifo.write(INI % 1)
        assert waiting.reply().status == 200
        assert pool.process.wait(10) == 0
        assert pool.log().count("died of signal") == 1
    finally:
        pool.kill()


def test_dead_worker_is_replaced(pool):
    victim = min(pool.children())
    os.kill(victim, signal.SIGKILL)
    wait_until(lambda: len(pool.children() - {victim}) == pool.workers)
    assert pool.ask().status == 200
    log = pool.log()
    assert "worker %d died of signal 9" % victim in log
    with open(pool.log_path, "w"):
        pass


def test_sighup_drops_nothing(pool):
    before = pool.children()
    failures = []
    over = threading.Event()

    def load():
        while not over.is_set():
            try:
                assert pool.ask().status == 200
            except Exception as e:
                failures.append(e)
                return

    clients = [threading.Thread(target=load) for _ in range(4)]
    for client in clients:
        client.start()
    pool.process.send_signal(signal.SIGHUP)
    wait_until(lambda: not before & pool.children()
               and len(pool.children()) == pool.workers)
    over.set()
    for client in clients:
        client.join()
    assert not failures


def test_second_server_is_refused_and_a_dead_socket_replaced(pool):
    done = subprocess.run(
        [BINARY, "serve", "unix:" + pool.socket], stderr=subprocess.PIPE,
        env=dict(os.environ, IFMATCH_CONFIG=pool.ini), timeout=20)
    assert done.returncode == 1
    assert b"in use" in done.stderr
    assert pool.ask().status == 200
    children = pool.children()
    pool.process.kill()
    pool.process.wait()
    assert os.path.exists(pool.socket)

    def refused():
        try:
            pool.connect().close()
        except ConnectionRefusedError:
            return True

    wait_until(refused, what="the workers %s to end" % children)
    pool.start()
    assert pool.ask().status == 200


def test_tcp_names_its_port(tmp_path):
    ini = write_ini(tmp_path)
    with open(tmp_path / "log", "w+") as log:
        process = subprocess.Popen(
            [BINARY, "serve", "127.0.0.1:0"], stderr=log,
            env=dict(os.environ, IFMATCH_CONFIG=ini))
        found = wait_until(lambda: re.search(
            r"^ifmatch: listening on 127\.0\.0\.1:(\d+)$",
            (tmp_path / "log").read_text(), re.M))
        connection = Connection.__new__(Connection)
        connection.socket = socket.create_connection(
            ("127.0.0.1", int(found.group(1))), 20)
        assert connection.ask().status == 200
        end(process)


def write_ini(folder):
    path = str(folder / "pool.ini")
    write_file(path, INI % 1, 0o600)
    return path


def test_started_with_a_socket_as_standard_input(tmp_path):
    path = str(tmp_path / "s")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path)
        listener.listen(50)
        process = subprocess.Popen(
            [BINARY], stdin=listener,
            env=dict(os.environ, IFMATCH_CONFIG=write_ini(tmp_path)))
        assert Connection(path).ask().status == 200
        kept = Connection(path)
        assert kept.ask(keep=True).status == 200
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0


@pytest.mark.parametrize("length", [10, 1000, 3500])
def test_nothing_comes_ahead_of_the_head(pool, length):
    connection = pool.connect()
    connection.send(request(path="/records/-/style.css?" + "x" * length))
    kind, _, data = connection.record()
    assert kind == STDOUT and data.startswith(b"Status: 200 OK\r\n")
    assert "x" * length in connection.reply().log
