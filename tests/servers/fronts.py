"""Nine ways to stand behind a stock web server, each private to the tests and
configured by the samples in cgi-bin/."""
import contextlib
import glob
import os
import re
import shutil
import socket
import subprocess
import sys

import requests

from harness.process import (BINARY, ROOT, free_port, give, make_folder,
                             read_text, wait_until)
from harness.site import USER, Site

HERE = os.path.dirname(os.path.abspath(__file__))
INI = """database = {conninfo}
anonymous = write
remote_user = on
secret = 0123456789abcdef0123456789abcdef
body_limit = 512K
workers = 2
{more}
[table note]
"""
PAGE = "<!DOCTYPE html><title>A page</title>" + "<p>Some words.</p>" * 200
MODULES = "/usr/lib/apache2/modules"
LOAD = "LoadModule %s_module " + MODULES + "/mod_%s.so\n"
WRAP_SOCKET = "/run/fcgiwrap.socket"


def load(*names):
    return "".join(LOAD % (name, name) for name in names)


def apache(front, sample, more, pool=False):
    front.sample(sample)
    front.conf("apache.conf", more=more, modules=MODULES)
    if pool:
        front.pool()
    front.popen(["/usr/sbin/apache2", "-D", "FOREGROUND", "-f",
                 front.path("apache.conf")], "server.log")


def apache_cgid(front):
    apache(front, "apache-cgi.conf",
           load("cgid") + "ScriptSock %s/cgid.sock" % front.folder)


def apache_fcgid(front):
    apache(front, "apache-fcgid.conf", load("fcgid") + (
        "FcgidIPCDir {0}/fcgid\nFcgidProcessTableFile {0}/fcgid.shm"
    ).format(front.folder))


def apache_proxy(front):
    apache(front, "apache-proxy-fcgi.conf", load("proxy", "proxy_fcgi"), True)


def nginx(front, more=""):
    front.conf("nginx.conf", more=more)
    shutil.copy("/etc/nginx/fastcgi_params", front.folder)
    front.popen(["/usr/sbin/nginx", "-e", "stderr", "-p", front.folder, "-c",
                 front.path("nginx.conf")], "server.log")


def nginx_fastcgi(front):
    # The same pool twice, as if it were two: a request could be repeated.
    more = "upstream pool {{ {0} {0} }}".format(
        "server unix:%s max_fails=0;" % front.socket)
    front.sample("nginx.conf")
    front.change("records.conf", "unix:" + front.socket, "pool")
    front.pool()
    nginx(front, more)


def nginx_fcgiwrap(front):
    front.sample("nginx-fcgiwrap.conf")
    front.change("records.conf", WRAP_SOCKET, front.path("wrap.sock"))
    front.popen(["/usr/sbin/fcgiwrap", "-f", "-c", "2", "-s",
                 "unix:" + front.path("wrap.sock")], "program.log")
    wait_until(lambda: os.path.exists(front.path("wrap.sock")))
    nginx(front)


def lighttpd(front, sample):
    front.sample(sample)
    front.conf("lighttpd.conf")
    front.popen(["/usr/sbin/lighttpd", "-D", "-f",
                 front.path("lighttpd.conf")], "server.log")


def caddy(front):
    front.sample("Caddyfile.sample")
    front.conf("Caddyfile")
    front.pool()
    front.popen(["/usr/bin/caddy", "run", "--config", front.path("Caddyfile"),
                 "--adapter", "caddyfile"], "server.log",
                {"HOME": front.folder})


def h2o(front):
    front.sample("h2o.sample")
    records = read_text(front.path("records.conf"))
    front.conf("h2o.yaml", records=re.sub("(?m)^(?=.)", " " * 6, records))
    front.pool()
    front.popen(["/usr/bin/h2o", "-c", front.path("h2o.yaml")], "server.log")


MODES = {
    "cgid": apache_cgid,
    "fcgid": apache_fcgid,
    "proxy": apache_proxy,
    "nginx": nginx_fastcgi,
    "wrap": nginx_fcgiwrap,
    "lt-fcgi": lambda front: lighttpd(front, "lighttpd-fastcgi.conf"),
    "lt-cgi": lambda front: lighttpd(front, "lighttpd-cgi.conf"),
    "caddy": caddy,
    "h2o": h2o,
}
# Wrong programs have rows of their own: NAME.sh behind mod_cgid, which judges
# conditions itself where a program says no status.
WRONG = ["no-guard", "no-status"]
NAMES = list(MODES) + WRONG


def build_probe(folder):
    """The program that says what reached it."""
    path = os.path.join(folder, "probe")
    subprocess.run(["cc", "-O1", "-o", path, os.path.join(HERE, "probe.c"),
                    "-lfcgi"], check=True)
    return path


class Front(Site):
    """One server with one program. Requests as in Site; raw() for bytes."""

    def __init__(self, name, program=BINARY, conninfo=None):
        self.name = name
        self.mode = "cgid" if name in WRONG else name
        self.base = "/records"
        self.folder = make_folder("ifmatch-front-", USER)
        self.port = free_port()
        self.origin = "http://127.0.0.1:%d" % self.port
        self.url = self.origin + self.base
        self.socket = self.path("records.sock")
        self.processes = []
        self.session = requests.Session()
        self.session.trust_env = False
        self.probing = conninfo is None
        for folder in ("srv", "tmp", "www"):
            os.mkdir(self.path(folder))
            give(self.path(folder), USER)
        self.write("www/page.html", PAGE)
        self._install(program, conninfo)
        try:
            MODES[self.mode](self)
            wait_until(self._answers, 30, "an answer from " + self.url)
        except BaseException:
            sys.stderr.write(self.server_log() + self.log())
            self.stop()
            raise

    def _install(self, program, conninfo):
        self.binary = self.path("srv/records")
        if self.name in WRONG:
            shutil.copy(program, self.binary + ".sound")
            os.chmod(self.binary + ".sound", 0o755)
            program = os.path.join(HERE, self.name + ".sh")
        shutil.copy(program, self.binary)
        os.chmod(self.binary, 0o755)
        give(self.binary, USER)
        if conninfo:
            # h2o's sample asks for this line.
            more = "base = /records" if self.mode == "h2o" else ""
            self.write("srv/records.ini", INI.format(
                conninfo=conninfo, more=more), 0o600)

    def sample(self, name):
        """records.conf: a sample with this folder's paths."""
        text = read_text(os.path.join(ROOT, "cgi-bin", name))
        text = text.replace("/srv/ifmatch", self.path("srv"))
        text = text.replace("/run/ifmatch/records.sock", self.socket)
        assert self.folder in text or WRAP_SOCKET in text
        self.write("records.conf", text)

    def conf(self, name, **more):
        """The rest of the server's configuration, from conf/."""
        more.setdefault("more", "")
        text = read_text(os.path.join(HERE, "conf", name))
        self.write(name, text.format(folder=self.folder, port=self.port,
                                     **more))

    def change(self, name, old, new):
        text = read_text(self.path(name))
        assert old in text
        self.write(name, text.replace(old, new))

    def pool(self):
        """The program that runs by itself."""
        args = ([self.socket] if self.probing
                else ["serve", "unix:" + self.socket])
        self.popen([self.binary] + args, "program.log",
                   {"IFMATCH_CONFIG": self.path("srv/records.ini")})
        wait_until(lambda: os.path.exists(self.socket), what="the socket")

    def raw(self, data, end=False, timeout=30):
        """Sends bytes; the bytes that come until the server closes."""
        with socket.create_connection(("127.0.0.1", self.port),
                                      timeout) as connection:
            try:
                connection.sendall(data)
                if end:
                    connection.shutdown(socket.SHUT_WR)
            except OSError:
                pass  # it may have answered already
            got = b""
            try:
                while True:
                    piece = connection.recv(65536)
                    if not piece:
                        return got
                    got += piece
            except ConnectionResetError:
                return got

    def stop(self):
        """Ends all of it."""
        statuses = self._end_all()
        for pid in self._left():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, 9)
        return statuses

    def _left(self):
        """Processes that their server left behind: programs, and fcgiwrap's
        children. The folder's name is nobody else's."""
        mark = (self.folder + "/").encode()
        for path in glob.glob("/proc/[0-9]*"):
            try:
                with open(path + "/cmdline", "rb") as f:
                    words = f.read()
                if mark in words + os.readlink(path + "/exe").encode():
                    yield int(path.split("/")[2])
            except OSError:
                continue

    def _answers(self):
        for process in self.processes:
            if process.poll() is not None:
                raise AssertionError("%s ended (%s)" % (
                    process.args[0], process.returncode))
        try:
            return self.get("/-/health").status_code < 500
        except requests.ConnectionError:
            return False
