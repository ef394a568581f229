"""Stands between the program and PostgreSQL, and reads what passes."""
import collections
import fcntl
import os
import shutil
import socket
import struct
import termios
import threading

from .process import make_folder, read_text, readable, wait_until

PARSE, EXECUTE, SYNC, READY, TERMINATE = b"P", b"E", b"S", b"Z", b"X"


class Messages:
    """Cuts a stream into protocol messages: pairs of type and bytes."""

    def __init__(self, startup):
        self.rest = b""
        self.startup = startup  # its first message has no type

    def feed(self, data):
        self.rest += data
        while True:
            at = 0 if self.startup else 1
            if len(self.rest) < at + 4:
                return
            end = at + struct.unpack_from(">I", self.rest, at)[0]
            if len(self.rest) < end:
                return
            message, self.rest = self.rest[:end], self.rest[end:]
            kind = b"" if self.startup else message[:1]
            self.startup = False
            yield kind, message


class Link(threading.Thread):
    """One connection of the program's."""

    def __init__(self, proxy, client):
        super().__init__(daemon=True)
        self.proxy = proxy
        self.client = client
        self.server = socket.socket(socket.AF_UNIX)
        self.server.connect(proxy.target)
        self.asking = False
        self.reading = threading.Lock()
        self.pid = struct.unpack("3i", client.getsockopt(
            socket.SOL_SOCKET, socket.SO_PEERCRED, 12))[0]

    def run(self):
        back = threading.Thread(target=self.pump, daemon=True, args=(
            self.server, self.client, Messages(False), self.answered))
        back.start()
        self.pump(self.client, self.server, Messages(True), self.asked)
        back.join()
        self.server.close()
        self.client.close()

    def pump(self, source, sink, messages, passes):
        try:
            while readable(source, None):
                if source is self.server:
                    self.hold()
                if not self.hand_on(source, sink, messages, passes):
                    break
        except OSError:
            pass
        finally:
            self.cut()

    def hand_on(self, source, sink, messages, passes):
        """Whether the connection goes on."""
        found = []
        with self.reading:
            data = source.recv(65536)
            for kind, message in messages.feed(data):
                found.append((message, passes(kind, message)))
                if not found[-1][1]:
                    break
        for message, goes_on in found:
            if not goes_on:
                return False
            sink.sendall(message)
        return data != b""

    def hold(self):
        """Keeps an answer back until the program waits for it, which it does
        late where the machine is busy."""
        if self.proxy.late:
            wait_until(self.waits, 60, "the program to wait")

    def waits(self):
        """The program sleeps, and all that it has sent is counted."""
        with self.reading:
            state = read_text("/proc/%d/stat" % self.pid).rpartition(") ")[2]
            left = fcntl.ioctl(self.client, termios.FIONREAD, b"\0" * 4)
            return state[:1] not in ("R", "D") and left == b"\0" * 4

    def cut(self):
        for end in (self.client, self.server):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def asked(self, kind, message):
        with self.proxy.lock:
            if kind == TERMINATE:  # which nothing answers
                return True
            if not self.asking and kind:
                self.proxy.turns += 1
            self.asking = True
            self.proxy.asked[kind] += 1
        return self.proxy.passes("ask", kind, message)

    def answered(self, kind, message):
        with self.proxy.lock:
            self.asking = False
        return self.proxy.passes("answer", kind, message)


class Proxy:
    """asked counts the program's messages by kind; turns, how often it asked
    and waited for the answer: where answers come late, not before it waits,
    that shows what was sent without waiting. cut_on(direction, kind, ...) ends
    the next connection on which such a message ("ask" or "answer") would pass,
    without handing it on."""

    def __init__(self, cluster, late=False):
        self.folder = make_folder("ifmatch-proxy-")
        self.late = late
        self.cluster = cluster
        name = ".s.PGSQL.%d" % cluster.port
        self.target = os.path.join(cluster.sockdir, name)
        self.turns = 0
        self.asked = collections.Counter()
        self.lock = threading.Lock()
        self.rule = None
        self.listener = socket.socket(socket.AF_UNIX)
        path = os.path.join(self.folder, name)
        self.listener.bind(path)
        os.chmod(path, 0o777)
        self.listener.listen(64)
        threading.Thread(target=self.accept, daemon=True).start()

    def conninfo(self, database, user="ifmatch"):
        return "host=%s port=%d dbname=%s user=%s" % (
            self.folder, self.cluster.port, database, user)

    def accept(self):
        while True:
            try:
                client = self.listener.accept()[0]
            except OSError:
                return
            try:
                Link(self, client).start()
            except OSError:
                client.close()

    def cut_on(self, direction, kind, marker, done=None):
        """marker: what the program must have asked with before. done() runs
        before the program can notice."""
        with self.lock:
            self.rule = [direction, kind, marker.encode(), done]

    def passes(self, direction, kind, message):
        with self.lock:
            if self.rule is None:
                return True
            if direction == "ask" and self.rule[2] in message:
                self.rule[2] = b""
            if self.rule[:3] != [direction, kind, b""]:
                return True
            done, self.rule = self.rule[3], None
        if done:
            done()
        return False

    def close(self):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        shutil.rmtree(self.folder)
