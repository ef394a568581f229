"""The record layer of FastCGI: what the protocol allows and no web server
sends, and streams that are none."""
import random
import socket
import struct

import pytest

from harness.fastcgi import (ABORT, END, GET_VALUES, GET_VALUES_RESULT, PARAMS,
                             STDIN, UNKNOWN_TYPE, begin, pairs, record,
                             request)
from harness.pool import Pool
from harness.process import wait_until

CANT_MPX_CONN, UNKNOWN_ROLE = 1, 3
WRITE = {"method": "PUT", "path": "/records/x/1",
         "CONTENT_TYPE": "application/json"}


def put(pool, **more):
    """A write that is read whole: 503, since there is no database."""
    return pool.ask(**WRITE, **more)


@pytest.mark.parametrize("shape", [
    {"number": 65535}, {"padding": 7}, {"padding": 255}, {"most": 1},
    {"most": 1, "padding": 255}, {"HTTP_X_LONG": "a" * 100000}],
    ids=lambda shape: str(shape)[:30])
def test_variables_in_any_shape(pool, shape):
    assert pool.ask(**shape).status == 200


@pytest.mark.parametrize("shape", [
    {"most": 3}, {"padding": 9}, {"most": 1, "padding": 255}], ids=str)
def test_a_body_in_any_shape(pool, shape):
    """Its whole length arrives, no byte more."""
    body = b'{"a":1}' * 300
    for said, status in ((2100, 503), (2101, 400), (2099, 400)):
        assert put(pool, body=body, said=str(said),
                   **shape).status == status


def test_four_bytes_may_say_a_short_length(pool):
    plain = pairs({"REQUEST_METHOD": "GET", "SCRIPT_NAME": "/records",
                   "REQUEST_URI": "/records/-/style.css"})
    long, at = b"", 0
    while at < len(plain):
        n, v = plain[at], plain[at + 1]
        long += struct.pack(">II", n | 1 << 31, v | 1 << 31)
        long += plain[at + 2:at + 2 + n + v]
        at += 2 + n + v
    connection = pool.connect()
    connection.send(begin() + record(PARAMS, long) + record(PARAMS)
                    + record(STDIN))
    assert connection.reply().status == 200


def test_one_byte_a_write(pool):
    connection = pool.connect()
    for byte in request():
        connection.send(bytes([byte]))
    assert connection.reply().status == 200
    assert connection.is_closed()


def test_a_kept_connection_goes_on(pool):
    connection = pool.connect()
    for number in (1, 2, 700, 1):
        assert connection.ask(keep=True, number=number).status == 200


def test_values_are_told(pool):
    """And the connection goes on, whatever was asked."""
    names = {"FCGI_MAX_CONNS": "", "FCGI_MPXS_CONNS": "", "FCGI_MAX_REQS": ""}
    connection = pool.connect()
    for asked in (names, {}, {"X": "y" * 5000}):
        for padding in (0, 255):
            connection.send(record(GET_VALUES, pairs(asked), 0, padding))
            assert connection.record() == (
                GET_VALUES_RESULT, 0, pairs({"FCGI_MPXS_CONNS": "0"}))
    assert connection.ask(keep=True).status == 200
    connection.send(record(GET_VALUES, pairs(names), 0) + request())
    assert connection.record()[0] == GET_VALUES_RESULT
    assert connection.reply().status == 200
    assert connection.is_closed()


def test_an_unknown_record_is_told_as_such(pool):
    connection = pool.connect()
    for kind in (77, 255, UNKNOWN_TYPE, 0, ABORT):
        connection.send(record(kind, b"text", 0, 3))
        assert connection.record() == (UNKNOWN_TYPE, 0,
                                       bytes([kind]) + b"\0" * 7)
    connection.send(record(77, b"", 0) + request())
    assert connection.record()[0] == UNKNOWN_TYPE
    assert connection.reply().status == 200


@pytest.mark.parametrize("role", [2, 3], ids=["authorizer", "filter"])
def test_other_roles_are_refused(pool, role):
    connection = pool.connect()
    connection.send(request(role=role, number=258))
    kind, number, data = connection.record()
    assert (kind, number) == (END, 258)
    assert data == struct.pack(">IB3x", 0, UNKNOWN_ROLE)
    assert connection.is_closed()
    assert pool.ask().status == 200


def test_a_second_request_between_is_refused(pool):
    """One request at a time: the second one gets its end, the first its
    reply."""
    first, second = request(keep=True), request(keep=True, number=2)
    connection = pool.connect()
    connection.send(first[:16] + second[:16] + first[16:] + second[16:])
    kind, number, data = connection.record()
    assert (kind, number) == (END, 2)
    assert data == struct.pack(">IB3x", 0, CANT_MPX_CONN)
    assert connection.reply().status == 200


def test_an_aborted_request_writes_nothing(pool):
    connection = pool.connect()
    whole = request(body=b'{"a":1}', keep=True, **WRITE)
    connection.send(whole[:-8] + record(ABORT))
    assert connection.reply().status == 400
    assert connection.is_closed()
    assert pool.ask().status == 200


@pytest.mark.parametrize("said, body", [
    ("10", b"{}"), ("2", b"{}xxxxxxxx"), ("99999999999999999999", b"{}"),
    ("0x2", b"{}"), ("-2", b"{}"), ("2 ", b"{}"), ("3", b"")])
def test_a_length_that_is_not_so_is_refused(pool, said, body):
    assert put(pool, said=said, body=body).status == 400


ODD = [("path", ""), ("path", "/" + "a" * 60000), ("path", "/%"),
       ("path", "/\0x"), ("path", "//"), ("path", "/.."),
       ("path", "/records/?" + "&" * 50000),
       ("path", "/records/x?and=" + "(" * 20000),
       ("method", ""), ("method", "G" * 5000),
       ("HTTP_IF_MATCH", '"' * 60000), ("HTTP_IF_NONE_MATCH", "W/" * 30000),
       ("HTTP_ACCEPT", "a/b;q=0.1," * 6000), ("HTTP_COOKIE", "a=b;" * 15000),
       ("CONTENT_TYPE", "multipart/form-data; boundary=")]


@pytest.mark.parametrize("name, value", ODD, ids=lambda v: repr(v)[:20])
def test_any_text_gets_an_answer(pool, name, value):
    reply = pool.ask(**{name: value})
    assert reply.status in range(200, 504)
    assert pool.ask().status == 200


SEEDS = [request(), request(keep=True) + request(keep=True, number=2),
         request(body=b'{"note":"x"}' * 50, **WRITE),
         record(GET_VALUES, pairs({"FCGI_MAX_CONNS": ""}), 0)]


def mutated(chance):
    data = bytearray(chance.choice(SEEDS))
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.randrange(len(data) if chance.random() < 0.5
                              else min(64, len(data)))
        kind = chance.randrange(6)
        if kind == 0:
            data[at] = chance.randrange(256)
        elif kind == 1:
            data[at] ^= 1 << chance.randrange(8)
        elif kind == 2:
            del data[at:at + chance.randrange(1, 20)]
        elif kind == 3:
            data[at:at] = bytes(chance.choice((0, 255, 128, 1))
                                for _ in range(chance.randrange(1, 20)))
        elif kind == 4:
            data[at:at + 2] = b"\xff\xff"
        else:
            data += bytes(data[:at])
        if not data:
            data = bytearray(b"\1")
    return bytes(data)


def send_off(pool, data):
    connection = pool.connect()
    try:
        connection.send(data)
        connection.socket.shutdown(socket.SHUT_WR)
        while connection.socket.recv(65536):
            pass
    except (ConnectionError, BrokenPipeError):
        pass
    connection.close()


def test_mutated_streams():
    """libfcgi may end a worker over them, which is replaced: the pool
    answers."""
    pool = Pool()
    chance = random.Random(1)
    for n in range(300):
        send_off(pool, mutated(chance))
        if n % 10 == 9:
            wait_until(lambda: len(pool.children()) == pool.workers)
            assert pool.ask().status == 200
    pool.kill()  # over some of them libfcgi leaks
