"""A FastCGI client that can do what no web server does."""
import re
import socket
import struct

BEGIN, END, PARAMS, STDIN, STDOUT, STDERR = 1, 3, 4, 5, 6, 7


def record(kind, data=b""):
    """One record, or several where the data need them."""
    out = b""
    while True:
        piece, data = data[:65000], data[65000:]
        out += struct.pack(">BBHHBB", 1, kind, 1, len(piece), 0, 0) + piece
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


def begin(role=1, keep=False):
    return record(BEGIN, struct.pack(">HB5x", role, int(keep)))


def request(path="/records/-/style.css", method="GET", body=b"", keep=False,
            role=1, said=None, **variables):
    """The bytes of a whole request; said is CONTENT_LENGTH."""
    variables = dict(REQUEST_METHOD=method, REQUEST_URI=path,
                     SCRIPT_NAME="/records",
                     CONTENT_LENGTH=str(len(body)) if said is None else said,
                     **variables)
    return (begin(role, keep) + record(PARAMS, pairs(variables))
            + record(PARAMS) + (record(STDIN, body) if body else b"")
            + record(STDIN))


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

    def reply(self):
        """The reply to the one request that is under way."""
        out = {STDOUT: b"", STDERR: b""}
        while True:
            _, kind, _, n, padding, _ = struct.unpack(">BBHHBB", self.take(8))
            data = self.take(n)
            self.take(padding)
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
