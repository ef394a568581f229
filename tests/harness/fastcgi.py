"""A FastCGI client that can do what no web server does."""
import re
import socket
import struct

BEGIN, ABORT, END, PARAMS, STDIN, STDOUT, STDERR = range(1, 8)
GET_VALUES, GET_VALUES_RESULT, UNKNOWN_TYPE = 9, 10, 11


def record(kind, data=b"", number=1, padding=0, most=65000):
    """One record, or several where the data need them; number is the
    request's."""
    out = b""
    while True:
        piece, data = data[:most], data[most:]
        out += struct.pack(">BBHHBB", 1, kind, number, len(piece), padding,
                           0) + piece + b"\0" * padding
        if not data:
            return out


def length(n):
    return bytes([n]) if n < 128 else struct.pack(">I", n | 0x80000000)


def pairs(variables):
    out = b""
    for name, value in variables.items():
        name, value = name.encode(), value.encode()
        out += length(len(name)) + length(len(value)) + name + value
    return out


def begin(role=1, keep=False, number=1):
    return record(BEGIN, struct.pack(">HB5x", role, int(keep)), number)


def request(path="/records/-/style.css", method="GET", body=b"", keep=False,
            role=1, said=None, number=1, padding=0, most=65000, **variables):
    """The bytes of a whole request; said is CONTENT_LENGTH. Records have that
    padding, where there is something to pad, and at most so many bytes."""
    variables = dict(REQUEST_METHOD=method, REQUEST_URI=path,
                     SCRIPT_NAME="/records",
                     CONTENT_LENGTH=str(len(body)) if said is None else said,
                     **variables)
    form = {"number": number, "padding": padding, "most": most}
    return (begin(role, keep, number)
            + record(PARAMS, pairs(variables), **form)
            + record(PARAMS, number=number)
            + (record(STDIN, body, **form) if body else b"")
            + record(STDIN, number=number))


class Reply:
    def __init__(self, out, log):
        head, _, self.body = out.partition(b"\r\n\r\n")
        self.head = head.decode("latin-1")
        self.log = log.decode()
        found = re.match(r"Status: (\d+)", self.head)
        self.status = int(found.group(1)) if found else None


class Connection:
    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(20)
        self.socket.connect(path)

    def send(self, data):
        self.socket.sendall(data)

    def take(self, n):
        data = b""
        while len(data) < n:
            piece = self.socket.recv(n - len(data))
            if not piece:
                raise EOFError(data)
            data += piece
        return data

    def record(self):
        """The next record: (kind, number of the request, data)."""
        _, kind, number, n, padding, _ = struct.unpack(">BBHHBB",
                                                       self.take(8))
        data = self.take(n)
        self.take(padding)
        return kind, number, data

    def reply(self):
        """The reply to the one request that is under way."""
        out = {STDOUT: b"", STDERR: b""}
        while True:
            kind, _, data = self.record()
            if kind == END:
                return Reply(out[STDOUT], out[STDERR])
            out[kind] += data

    def is_closed(self):
        """Whether the program closes the connection without a word."""
        try:
            return self.socket.recv(1) == b""
        except ConnectionResetError:
            return True

    def ask(self, *args, **kwargs):
        self.send(request(*args, **kwargs))
        return self.reply()

    def close(self):
        self.socket.close()
