"""The program behind a stock web server, both private to one test."""
import glob
import os
import re
import shutil
import signal
import subprocess
import sys

import requests

from . import reports
from .process import (BINARY, ROOT, as_user, end, free_port, give,
                      make_folder, read_text, time_of, wait_until, write_file)

USER = "www-data"
SOCKET = "/run/ifmatch/records.sock"
NGINX = """daemon off;
master_process on;
worker_processes 1;
pid {folder}/nginx.pid;
error_log stderr warn;
events {{ worker_connections 1024; }}
http {{
	access_log off;
	client_body_temp_path {folder}/tmp/body;
	fastcgi_temp_path {folder}/tmp/fastcgi;
	proxy_temp_path {folder}/tmp/proxy;
	uwsgi_temp_path {folder}/tmp/uwsgi;
	scgi_temp_path {folder}/tmp/scgi;
	server {{
		listen 127.0.0.1:{port};
		root {folder}/www;
		include {folder}/records.conf;
	}}
}}
"""


def start_nginx(site, person="", most="1m"):
    """nginx with cgi-bin/nginx.conf, its socket's path put in; person: who it
    says that everybody is; most: the longest body that it lets through."""
    sample = read_text(os.path.join(ROOT, "cgi-bin", "nginx.conf"))
    assert SOCKET in sample and 'REMOTE_USER ""' in sample
    sample = sample.replace('REMOTE_USER ""', 'REMOTE_USER "%s"' % person)
    site.write("records.conf", "client_max_body_size %s;\n%s" % (
        most, sample.replace(SOCKET, site.socket)))
    site.write("nginx.conf", NGINX.format(folder=site.folder, port=site.port))
    shutil.copy("/etc/nginx/fastcgi_params", site.folder)
    for name in ("tmp", "www"):
        os.mkdir(os.path.join(site.folder, name))
        give(os.path.join(site.folder, name), USER)
    return site.popen(["nginx", "-e", "stderr", "-p", site.folder,
                       "-c", site.path("nginx.conf")], "nginx.log")


SERVERS = {"nginx": start_nginx,
           "nginx-narrow": lambda site: start_nginx(site, most="128k"),
           "nginx-anna": lambda site: start_nginx(site, "anna"),
           # a browser says by a cookie who uses it
           "nginx-cookie": lambda site: start_nginx(site, "$cookie_who")}


class Site:
    """url is BASE without a slash at its end. get, post, ... take a path below
    it ("/member/1"), or a whole URL as links and Location give them."""

    def __init__(self, conninfo, ini_text, server="nginx", workers=4):
        self.folder = make_folder("ifmatch-site-", USER)
        self.port = free_port()
        self.origin = "http://127.0.0.1:%d" % self.port
        self.base = "/records"
        self.url = self.origin + self.base
        self.socket = self.path("records.sock")
        self.binary = self.path("ifmatch")
        shutil.copy(BINARY, self.binary)
        os.chmod(self.binary, 0o755)
        head = ""
        if not re.search(r"(?m)^\s*database\s*=", ini_text):
            head += "database = %s\n" % conninfo
        if not re.search(r"(?m)^\s*workers\s*=", ini_text):
            head += "workers = %d\n" % workers
        self.ini = self.write("records.ini", head + ini_text, 0o600)
        self.processes = []
        self.stopped = self.deaths_expected = self.terminated = False
        self.session = requests.Session()
        self.session.trust_env = False
        try:
            self.program = self.popen(
                [self.binary, "serve", "unix:" + self.socket], "program.log",
                {"IFMATCH_CONFIG": self.ini})
            self.server = SERVERS[server](self)
            wait_until(self._answers, 30, "an answer from " + self.url)
        except BaseException:
            self._end_all()
            sys.stderr.write(self.log() + read_text(self.path("nginx.log")))
            raise

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text, mode=0o644):
        return write_file(self.path(name), text, mode, USER)

    def popen(self, args, log, env=()):
        with open(self.path(log), "ab") as out:
            process = subprocess.Popen(
                args, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                cwd=self.folder, env={"PATH": os.environ["PATH"], **dict(env)},
                **as_user(USER))
        self.processes.append(process)
        return process

    def log(self):
        """What the program wrote on its own error stream."""
        return read_text(self.path("program.log"))

    def server_log(self):
        return "".join(read_text(p) for p in
                       sorted(glob.glob(self.path("*.log")))
                       if not p.endswith("program.log"))

    def request(self, method, path="/", session=None, **kwargs):
        kwargs.setdefault("timeout", 60)
        kwargs.setdefault("allow_redirects", False)
        url = path if path.startswith("http://") else (
            self.origin + path if path.startswith(self.base + "/")
            else self.url + path)
        return (session or self.session).request(method, url, **kwargs)

    def get(self, path="/", **kwargs):
        return self.request("GET", path, **kwargs)

    def head(self, path="/", **kwargs):
        return self.request("HEAD", path, **kwargs)

    def options(self, path="/", **kwargs):
        return self.request("OPTIONS", path, **kwargs)

    def post(self, path="/", **kwargs):
        return self.request("POST", path, **kwargs)

    def put(self, path="/", **kwargs):
        return self.request("PUT", path, **kwargs)

    def patch(self, path="/", **kwargs):
        return self.request("PATCH", path, **kwargs)

    def delete(self, path="/", **kwargs):
        return self.request("DELETE", path, **kwargs)

    def new_session(self):
        """A client of its own, for a thread."""
        session = requests.Session()
        session.trust_env = False
        return session

    def reload(self):
        """New workers with the configuration as it is in self.ini now."""
        self.program.send_signal(signal.SIGHUP)

    def terminate(self):
        """Asks the program alone to end."""
        self.terminated = True
        self.program.send_signal(signal.SIGTERM)

    def workers(self):
        """The process numbers of the pool's workers."""
        path = "/proc/%d/task/%d/children" % ((self.program.pid,) * 2)
        return {int(pid) for pid in read_text(path).split()}

    def computed(self):
        """For how many seconds the pool's workers have computed."""
        return sum(time_of(pid) for pid in self.workers())

    def stop(self):
        """Ends all of it; asserts that the program ended well and that none of
        its processes died of a signal or of a sanitizer's report (set
        deaths_expected where the test kills a worker)."""
        if self.stopped:
            return
        self.stopped = True
        status = self.program.poll()
        ended = self._end_all()
        log = self.log()
        report = reports.in_text(log + self.server_log())
        assert not report, report
        assert status is None or self.terminated, (
            "the program ended (%s) by itself:\n%s" % (status, log[-3000:]))
        assert ended[0] == 0, "the program ended with %s:\n%s" % (
            ended[0], log[-3000:])
        died = re.search(r".*worker \d+ (died of|ended with) .*", log)
        assert not died or self.deaths_expected, died.group(0)

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def _end_all(self):
        self.session.close()
        statuses = []
        for process in self.processes:
            statuses.append(end(process, timeout=30))
        return statuses

    def _answers(self):
        for process in self.processes:
            if process.poll() is not None:
                raise AssertionError("%s ended (%s)" % (
                    process.args[0], process.returncode))
        try:
            return self.get("/-/health").status_code < 500
        except requests.ConnectionError:
            return False
