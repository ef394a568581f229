"""The ways to stand behind a stock web server, each private to the tests and
configured by the samples in cgi-bin/."""
import contextlib
import glob
import os
import re
import shutil
import signal
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
body_limit = {limit}
workers = 2
{more}
[table note]
"""
PAGE = "<!DOCTYPE html><title>A page</title>" + "<p>Some words.</p>" * 200
MODULES = "/usr/lib/apache2/modules"
LOAD = "LoadModule %s_module " + MODULES + "/mod_%s.so\n"
WRAP_SOCKET = "/run/fcgiwrap.socket"
APACHE = ["/usr/sbin/apache2", "-D", "FOREGROUND", "-f"]
CGID = "ScriptSock {0}/cgid.sock\n"
FCGID = "FcgidIPCDir {0}/fcgid\nFcgidProcessTableFile {0}/fcgid.shm\n"


def load(*names):
    return "".join(LOAD % (name, name) for name in names)


def apache(front, sample, more, pool=False):
    front.sample(sample)
    front.conf("apache.conf", more=more, modules=MODULES)
    if pool:
        front.pool()
    front.popen(APACHE + [front.path("apache.conf")], "server.log")


def apache_cgid(front):
    apache(front, "apache-cgi.conf",
           load("cgid") + CGID.format(front.folder))


def apache_fcgid(front):
    apache(front, "apache-fcgid.conf",
           load("fcgid") + FCGID.format(front.folder))


def apache_proxy(front):
    apache(front, "apache-proxy-fcgi.conf", load("proxy", "proxy_fcgi"), True)


def htaccess(front, more, handler="fcgid-script"):
    """A shared host's Apache, which nobody configures but by .htaccess. The
    configuration lies above the folder that is shown, and once more in it."""
    front.sample("htaccess.sample", "www/.htaccess")
    front.change("www/.htaccess", "fcgid-script", handler)
    front.write("www/records.ini", read_text(front.path("records.ini")), 0o600)
    front.conf("htaccess.conf", "records.conf")
    front.conf("apache.conf", more=more, modules=MODULES)
    front.popen(APACHE + [front.path("apache.conf")], "server.log")


def htaccess_fcgid(front):
    htaccess(front, load("fcgid") + FCGID.format(front.folder))


def htaccess_cgi(front):
    htaccess(front, load("cgid") + CGID.format(front.folder), "cgi-script")


def nginx(front, socket):
    """One program twice, as if it were two: a request could be repeated."""
    front.change("records.conf", "unix:" + socket, "twice")
    front.conf("nginx.conf", more="upstream twice {{ {0} {0} keepalive 4; }}".format(
        "server unix:%s max_fails=0;" % socket))
    shutil.copy("/etc/nginx/fastcgi_params", front.folder)
    front.popen(["/usr/sbin/nginx", "-e", "stderr", "-p", front.folder, "-c",
                 front.path("nginx.conf")], "server.log")


def nginx_fastcgi(front):
    front.sample("nginx.conf")
    front.pool()
    nginx(front, front.socket)


def nginx_fcgiwrap(front):
    front.sample("nginx-fcgiwrap.conf")
    front.change("records.conf", WRAP_SOCKET, front.path("wrap.sock"))
    front.popen(["/usr/sbin/fcgiwrap", "-f", "-c", "2", "-s",
                 "unix:" + front.path("wrap.sock")], "program.log")
    wait_until(lambda: os.path.exists(front.path("wrap.sock")))
    nginx(front, front.path("wrap.sock"))


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
    "ht-fcgid": htaccess_fcgid,
    "ht-cgi": htaccess_cgi,
    "nginx": nginx_fastcgi,
    "wrap": nginx_fcgiwrap,
    "lt-fcgi": lambda front: lighttpd(front, "lighttpd-fastcgi.conf"),
    "lt-cgi": lambda front: lighttpd(front, "lighttpd-cgi.conf"),
    "caddy": caddy,
    "h2o": h2o,
}
# Wrong programs have rows of their own: NAME.sh behind mod_cgid, which judges
# conditions itself where a program says no status; and one that says nothing,
# out of which mod_proxy_fcgi makes a 200.
WRONG = {"no-guard": "cgid", "no-status": "cgid", "silent": "proxy"}
NAMES = list(MODES) + list(WRONG)


def build_probe(folder, name="probe", *flags):
    """The program that says what reached it."""
    path = os.path.join(folder, name)
    subprocess.run(["cc", "-O1", *flags, "-o", path,
                    os.path.join(HERE, "probe.c"), "-lfcgi"], check=True)
    return path


def children(process):
    """The process numbers of its children."""
    return set(read_text("/proc/%d/task/%d/children" % (
        (process.pid,) * 2)).split())


def has_new_child(process):
    before = children(process)
    return lambda: children(process) - before


def reload_apache(front):
    """mod_fcgid ends its programs before the server resumes."""
    done = "resuming normal operations"
    before = front.server_log().count(done)
    front.server.send_signal(signal.SIGUSR1)
    wait_until(front.program_is_to_end if "fcgid" in front.mode
               else lambda: front.server_log().count(done) > before)


def reload_nginx(front):
    done = has_new_child(front.server)
    front.server.send_signal(signal.SIGHUP)
    wait_until(done)


def reload_lighttpd(front):
    """It begins anew as soon as no request is left."""
    before = len(front.server_log())
    front.server.send_signal(signal.SIGUSR1)
    wait_until(lambda: "graceful" in front.server_log()[before:])


def reload_program(front):
    """For those that begin anew in other ways: the program itself does."""
    done = has_new_child(front.program)
    front.program.send_signal(signal.SIGHUP)
    wait_until(done)


RELOADS = {"nginx": reload_nginx, "wrap": reload_nginx,
           "lt-fcgi": reload_lighttpd, "lt-cgi": reload_lighttpd,
           "caddy": reload_program, "h2o": reload_program}


class Front(Site):
    """One server with one program. Requests as in Site; raw() for bytes.
    changes are made in the sample: (old, new); more is for the rest of the
    server's configuration, in which FOLDER is this folder, and ini for the
    program's. Where sound is false, any answer at all is a start."""

    def __init__(self, name, program=BINARY, conninfo=None, changes=(),
                 more="", ini="", sound=True):
        self.name = name
        self.mode = WRONG.get(name, name)
        self.changes, self.more = changes, more
        self.sound = sound
        self.base = "/records"
        self.folder = make_folder("ifmatch-front-", USER)
        self.port = free_port()
        self.origin = "http://127.0.0.1:%d" % self.port
        self.url = self.origin + self.base
        self.socket = self.path("records.sock")
        self.processes = []
        self.session = requests.Session()
        self.session.trust_env = False
        self.probing = conninfo is None or name == "silent"
        self.home = "www" if self.mode.startswith("ht-") else "srv"
        for folder in ("srv", "tmp", "www"):
            os.mkdir(self.path(folder))
            give(self.path(folder), USER)
        self.write("www/page.html", PAGE)
        self.ini = self.path("records.ini" if self.home == "www"
                             else "srv/records.ini")
        self._install(program, conninfo, ini)
        try:
            MODES[self.mode](self)
            wait_until(self._answers, 30, "an answer from " + self.url)
        except BaseException:
            sys.stderr.write(self.server_log() + self.log())
            self.stop()
            raise

    def _install(self, program, conninfo, ini):
        self.binary = self.path(self.home + "/records")
        if self.name == "silent":
            program = build_probe(self.path("tmp"), "silent", "-DSILENT")
        elif self.name in WRONG:
            shutil.copy(program, self.binary + ".sound")
            os.chmod(self.binary + ".sound", 0o755)
            program = os.path.join(HERE, self.name + ".sh")
        shutil.copy(program, self.binary)
        os.chmod(self.binary, 0o755)
        give(self.binary, USER)
        if conninfo:
            # h2o's sample asks for this line.
            # What the samples ask for.
            if self.mode == "h2o":
                ini += "base = /records\n"
            limit = "128K" if self.mode == "ht-fcgid" else "512K"
            self.write(self.ini, INI.format(conninfo=conninfo, limit=limit,
                                            more=ini), 0o600)

    def sample(self, name, to="records.conf"):
        """A sample with this folder's paths."""
        text = read_text(os.path.join(ROOT, "cgi-bin", name))
        text = text.replace("/srv/ifmatch", self.path("srv"))
        text = text.replace("/run/ifmatch/records.sock", self.socket)
        for old, new in self.changes:
            assert old in text
            text = text.replace(old, new)
        self.write(to, text)

    def conf(self, name, to=None, **more):
        """The rest of the server's configuration, from conf/."""
        more["more"] = more.get("more", "") + self.more.replace(
            "FOLDER", self.folder)
        text = read_text(os.path.join(HERE, "conf", name))
        self.write(to or name, text.format(folder=self.folder, port=self.port,
                                           **more))

    def change(self, name, old, new):
        text = read_text(self.path(name))
        assert old in text
        self.write(name, text.replace(old, new))

    def pool(self):
        """The program that runs by itself."""
        args = ([self.socket] if self.probing
                else ["serve", "unix:" + self.socket])
        self.program = self.popen([self.binary] + args, "program.log",
                                  {"IFMATCH_CONFIG": self.ini})
        wait_until(lambda: os.path.exists(self.socket), what="the socket")

    def executions(self):
        """How often the probe has begun what it does not answer."""
        return len(read_text(self.binary + ".count"))

    @property
    def server(self):
        return self.processes[-1]

    def reload(self):
        """Has the server begin anew, as after a change of its configuration,
        while it serves; comes back when it has begun to."""
        RELOADS.get(self.mode, reload_apache)(self)

    def program_is_to_end(self):
        """Whether a program has a SIGTERM that it has not come to yet."""
        found = [re.search(r"(?m)^Name:\trecords$(?s:.*)^ShdPnd:\t(\w+)$",
                           read_text("/proc/%d/status" % pid))
                 for pid in self._left()]
        return any(f and int(f.group(1), 16) >> signal.SIGTERM - 1 & 1
                   for f in found)

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
            status = self.get("/-/health").status_code
            return status < 500 or not self.sound
        except requests.ConnectionError:
            return False
