"""The program as plain CGI: environment and body in, one reply out."""
import json
import os
import re
import subprocess

from . import reports
from .process import BINARY


class Reply:
    def __init__(self, output, errors, returncode):
        self.output = output
        self.errors = errors
        self.returncode = returncode
        head, separator, self.body = output.partition(b"\r\n\r\n")
        assert separator, "no reply: %r, %s" % (output[:500], errors)
        self.headers = []
        for line in head.decode("latin-1").split("\r\n"):
            name, colon, value = line.partition(":")
            assert colon and name == name.strip(), "not a field: %r" % line
            self.headers.append((name, value.strip()))
        self.status = int(self.get("Status").split()[0])

    def get(self, name, default=None):
        """The value of a field that may come once."""
        values = self.all(name)
        assert len(values) <= 1, "%s came %d times" % (name, len(values))
        return values[0] if values else default

    def all(self, name):
        return [v for n, v in self.headers if n.lower() == name.lower()]

    @property
    def text(self):
        return self.body.decode()

    def json(self):
        return json.loads(self.body)


def environment(config, method, path, headers, body, env):
    target, _, query = path.partition("?")
    variables = {
        "GATEWAY_INTERFACE": "CGI/1.1",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "SERVER_SOFTWARE": "test",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "localhost",
        "REQUEST_METHOD": method,
        "REQUEST_URI": path,
        "QUERY_STRING": query,
        "SCRIPT_NAME": "/records",
    }
    if config is not None:
        variables["IFMATCH_CONFIG"] = config
    if body:
        variables["CONTENT_LENGTH"] = str(len(body))
    for name, value in dict(headers).items():
        name = re.sub("[^A-Z0-9]", "_", name.upper())
        if name not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
            name = "HTTP_" + name
        variables[name] = value
    variables.update(env)
    return {n: v for n, v in variables.items() if v is not None}


def run(config, method, path, headers=(), body=b"", env=(), timeout=60):
    """Serves one request; path is the raw REQUEST_URI, such as
    "/records/member/1". A value of None in env takes a variable away."""
    if isinstance(body, str):
        body = body.encode()
    done = subprocess.run(
        [BINARY], input=body, timeout=timeout, cwd="/", check=False,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=environment(config, method, path, headers, body, dict(env)))
    errors = done.stderr.decode(errors="replace")
    report = reports.in_text(errors)
    assert not report, report
    assert done.returncode >= 0, "died of signal %d: %s" % (
        -done.returncode, errors)
    return Reply(done.stdout, errors, done.returncode)


def command(*args, env=(), config=None, timeout=60, text=None):
    """Runs "ifmatch ARGS..." with a text to read and returns the
    CompletedProcess (texts)."""
    variables = {"PATH": os.environ["PATH"], "HOME": "/nonexistent"}
    if config is not None:
        variables["IFMATCH_CONFIG"] = config
    variables.update(dict(env))
    done = subprocess.run([BINARY, *args], input=text or "", text=True,
                          capture_output=True, timeout=timeout, check=False,
                          env=variables)
    report = reports.in_text(done.stderr)
    assert not report, report
    return done
