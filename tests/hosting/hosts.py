"""A host as its customers find it: an account without rights, a web folder, a
database. Everything lies in a folder of the test's own; what a server's
programs look for elsewhere (the customer's entry in the password database,
suexec's settings) is mounted there for these processes alone."""
import glob
import os
import shlex
import shutil
import signal
import subprocess

import requests

from harness.process import (end, free_port, make_folder, read_text,
                             wait_until, write_file)

HERE = os.path.dirname(os.path.abspath(__file__))
MODULES = "/usr/lib/apache2/modules"
USUAL = "FileInfo AuthConfig Limit Indexes Options"
CUSTOMER, NUMBER = "club", 29660
# What the owner of a web space has on the own computer.
DIST = os.environ["IFMATCH_DIST"]
LIBRARY = "/usr/lib/x86_64-linux-gnu/libpq.so.5"


class Host:
    """One customer's part of a host. Files are uploaded as club; get, post, ...
    take a path from the server's root on."""

    handler = "fcgid-script"
    base = "/records"
    place = "htdocs"  # below the home folder, where the program lies

    def __init__(self):
        assert os.geteuid() == 0, "a host's server is started by root"
        self.folder = make_folder("ifmatch-host-")
        self.home = self.path("home/" + CUSTOMER)
        self.www = os.path.join(self.home, "htdocs")
        for path, mode in ((self.path("home"), 0o755), (self.home, 0o711),
                           (self.www, 0o755), (self.path("tmp"), 0o1777)):
            os.makedirs(path)
            os.chmod(path, mode)
        for path in (self.home, self.www):
            os.chown(path, NUMBER, NUMBER)
        self.port = free_port()
        self.origin = "http://127.0.0.1:%d" % self.port
        self.processes = []
        self.mounts = []
        self.session = requests.Session()
        self.session.trust_env = False
        self._account()
        self.hide(LIBRARY)
        self.mounts.append("mount -t tmpfs none /usr/include")

    def path(self, name):
        return os.path.join(self.folder, name)

    def _account(self):
        """The customer has an entry in the password database."""
        entries = {
            "passwd": "%s:x:%d:%d::%s:/bin/sh\n" % (
                CUSTOMER, NUMBER, NUMBER, self.home),
            "group": "%s:x:%d:\n" % (CUSTOMER, NUMBER)}
        for name, line in entries.items():
            write_file(self.path(name), read_text("/etc/" + name) + line)
            self.mount(self.path(name), "/etc/" + name)

    def mount(self, what, where):
        self.mounts.append("mount --bind %s %s" % (
            shlex.quote(what), shlex.quote(os.path.realpath(where))))

    def hide(self, *paths):
        """What such a host has not got: these files are empty there."""
        for path in paths:
            self.mount("/dev/null", path)

    def run(self, args, log="server.log", user=None):
        """Starts a process that sees this host."""
        if user:
            args = ["setpriv", "--reuid=" + str(user), "--regid=" + str(user),
                    "--clear-groups"] + args
        script = " && ".join(self.mounts + ["exec " + shlex.join(args)])
        with open(self.path(log), "ab") as out:
            self.processes.append(subprocess.Popen(
                ["unshare", "--mount", "sh", "-c", script],
                stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                cwd=self.folder, env={"PATH": "/usr/sbin:/usr/bin:/bin"}))
        return self.processes[-1]

    def shell(self, *args, text=None):
        """A command in the customer's shell, for hosts that give one."""
        script = " && ".join(self.mounts + ["exec " + shlex.join(
            ["setpriv", "--reuid=%d" % NUMBER, "--regid=%d" % NUMBER,
             "--clear-groups", "env", "-i", "PATH=/usr/bin:/bin",
             "HOME=" + self.home, *args])])
        return subprocess.run(["unshare", "--mount", "sh", "-c", script],
                              input=text or "", text=True, cwd=self.home,
                              capture_output=True, timeout=120, check=False)

    def check(self, status=0):
        """check --url, in the shell of a host that gives one."""
        done = self.shell("env", "IFMATCH_CONFIG=%s/records.ini" % self.home,
                          "%s/%s/records" % (self.home, self.place), "check", "--url",
                          self.origin + self.base)
        assert done.returncode == status, done.stdout + done.stderr
        return done

    def upload(self, path, content, mode=0o644):
        """As an upload tool does: under another name first, then renamed.
        path is below the home folder; content: text, bytes, or another file's
        path in the archive as ("file", NAME)."""
        path = os.path.join(self.home, path)
        if isinstance(content, tuple):
            with open(os.path.join(DIST, content[1]), "rb") as f:
                content = f.read()
        if isinstance(content, str):
            content = content.encode()
        with open(path + ".part", "wb") as f:
            f.write(content)
        os.chown(path + ".part", NUMBER, NUMBER)
        os.chmod(path + ".part", mode)
        os.rename(path + ".part", path)
        return path

    def remove_file(self, path):
        os.remove(os.path.join(self.home, path))

    def htaccess(self, handler=None):
        """The sample, with the handler that this host is used with."""
        text = self.ours(".htaccess.sample")
        assert "fcgid-script" in text
        return text.replace("SetHandler fcgid-script",
                            "SetHandler " + (handler or self.handler))

    def ours(self, name):
        """The text of a file of the archive."""
        return read_text(os.path.join(DIST, name))

    def apache(self, allow=USUAL, change=()):
        """As hosts have it; change: (old, new) in its configuration."""
        text = read_text(os.path.join(HERE, "conf", "apache.conf"))
        for old, new in change:
            assert old in text
            text = text.replace(old, new)
        write_file(self.path("apache.conf"), text.format(
            folder=self.folder, port=self.port, modules=MODULES, www=self.www,
            allow=allow))
        # the customer's programs run as the customer, below this folder alone
        write_file(self.path("suexec"), "%s\npublic_html\n" % self.path("home"))
        write_file(self.path("suexec.log"), "")
        os.makedirs("/var/log/apache2", exist_ok=True)
        if not os.path.exists("/var/log/apache2/suexec.log"):
            write_file("/var/log/apache2/suexec.log", "", 0o600)
        self.mount("/usr/lib/apache2/suexec-custom", "/usr/lib/apache2/suexec")
        self.mount(self.path("suexec"), "/etc/apache2/suexec/www-data")
        self.mount(self.path("suexec.log"), "/var/log/apache2/suexec.log")
        self.run(["/usr/sbin/apache2", "-D", "FOREGROUND", "-f",
                  self.path("apache.conf")])
        self.wait()

    def _sample(self, name, **more):
        """A sample of the archive with this host's paths, and the rest of the
        server's configuration around it. Programs lie where the web shows
        nothing."""
        self.place = "ifmatch"
        self.make_folder(self.place)
        text = self.ours("samples/" + name)
        text = text.replace("/srv/ifmatch", self.home + "/ifmatch")
        for old, new in more.items():
            assert old in text
            text = text.replace(old, new)
        write_file(self.path("records.conf"), text)

    def _conf(self, name):
        text = read_text(os.path.join(HERE, "conf", name))
        write_file(self.path(name), text.format(
            folder=self.folder, port=self.port, www=self.www))

    def make_folder(self, name):
        path = os.path.join(self.home, name)
        os.makedirs(path, exist_ok=True)
        os.chown(path, NUMBER, NUMBER)

    def lighttpd(self, sample="lighttpd-cgi.conf"):
        """A lighttpd of the customer's own."""
        socket = {"/run/ifmatch/records.sock": self.path("tmp/records.sock")}
        self._sample(sample, **(socket if "fastcgi" in sample else {}))
        # it starts what it is to start at once
        self.upload(self.place + "/records", ("file", "ifmatch"), 0o755)
        self._conf("lighttpd.conf")
        self.run(["/usr/sbin/lighttpd", "-D", "-f",
                  self.path("lighttpd.conf")], user=NUMBER)
        self.wait()

    def nginx(self):
        """nginx, with fcgiwrap as the customer."""
        socket = self.path("tmp/wrap.sock")
        self._sample("nginx-fcgiwrap.conf",
                     **{"/run/fcgiwrap.socket": socket})
        self._conf("nginx.conf")
        shutil.copy("/etc/nginx/fastcgi_params", self.folder)
        self.run(["/usr/sbin/fcgiwrap", "-f", "-c", "2", "-s",
                  "unix:" + socket], user=NUMBER)
        wait_until(lambda: os.path.exists(socket), 20, "fcgiwrap")
        self.run(["/usr/sbin/nginx", "-e", "stderr", "-p", self.folder, "-c",
                  self.path("nginx.conf")], user=NUMBER)
        self.wait()

    def nginx_socket(self, address):
        """nginx before a program that serves FastCGI by itself."""
        self._sample("nginx.conf",
                     **{"unix:/run/ifmatch/records.sock": address})
        self._conf("nginx.conf")
        shutil.copy("/etc/nginx/fastcgi_params", self.folder)
        self.run(["/usr/sbin/nginx", "-e", "stderr", "-p", self.folder, "-c",
                  self.path("nginx.conf")], user=NUMBER)
        self.wait()

    def wait(self):
        """Until the server answers at all."""
        def answers():
            for process in self.processes:
                assert process.poll() is None, self.log()
            try:
                self.get("/there-is-no-such-file")
                return True
            except requests.ConnectionError:
                return False
        wait_until(answers, 30, "an answer from " + self.origin)

    def log(self):
        """What the host's administrator could read."""
        return read_text(self.path("server.log")) + read_text(
            self.path("suexec.log"))

    def request(self, method, path, session=None, **kwargs):
        kwargs.setdefault("timeout", 60)
        kwargs.setdefault("allow_redirects", False)
        return (session or self.session).request(
            method, path if "://" in path else self.origin + path, **kwargs)

    def get(self, path, **kwargs):
        return self.request("GET", path, **kwargs)

    def post(self, path, **kwargs):
        return self.request("POST", path, **kwargs)

    def left(self):
        """Programs of the customer that run now."""
        for path in glob.glob("/proc/[0-9]*"):
            try:
                if os.stat(path).st_uid == NUMBER and self.folder in (
                        os.readlink(path + "/exe")
                        + read_text(path + "/environ")):
                    yield int(path.split("/")[2])
            except OSError:
                continue

    def stop(self):
        self.session.close()
        for process in reversed(self.processes):
            end(process, timeout=30)
        for pid in self.left():
            os.kill(pid, signal.SIGKILL)

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)
