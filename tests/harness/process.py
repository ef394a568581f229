"""Free ports, folders, users, waiting: what every other module here needs."""
import ctypes
import os
import pwd
import select
import shutil
import signal
import socket
import subprocess
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))))
BINARY = os.environ.get("IFMATCH_BIN", os.path.join(ROOT, "build", "ifmatch"))


def wait_until(predicate, timeout=20, what=None):
    """Polls until predicate() is true and returns its value."""
    end = time.monotonic() + timeout
    while True:
        value = predicate()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError("waited %s s in vain for %s"
                                 % (timeout, what or predicate))
        time.sleep(0.02)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def as_user(name):
    """subprocess arguments that make root become somebody; none otherwise."""
    if os.geteuid() != 0:
        return {}
    entry = pwd.getpwnam(name)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def make_folder(prefix, owner=None):
    """A new folder that anybody may enter and, as root, owner owns."""
    path = tempfile.mkdtemp(prefix=prefix, dir="/var/tmp")
    os.chmod(path, 0o755)
    if owner is not None:
        give(path, owner)
    return path


def give(path, owner):
    if os.geteuid() == 0:
        shutil.chown(path, owner, pwd.getpwnam(owner).pw_gid)


def write_file(path, text, mode=0o644, owner=None):
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(fd, "w", errors="surrogateescape") as out:
        out.write(text)
    os.chmod(path, mode)
    if owner is not None:
        give(path, owner)
    return path


def read_text(path):
    try:
        with open(path, errors="replace") as f:
            return f.read()
    except FileNotFoundError:
        return ""


def end(process, signum=signal.SIGTERM, timeout=20):
    """Ends a process that was started here and returns its exit status."""
    if process.poll() is None:
        process.send_signal(signum)
    try:
        return process.wait(timeout)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        raise AssertionError("%s did not end" % process.args) from None


def time_of(pid):
    """For how many seconds a process has computed, however busy the machine
    was meanwhile."""
    clock = ctypes.c_int()
    assert ctypes.CDLL(None).clock_getcpuclockid(pid, ctypes.byref(clock)) == 0
    return time.clock_gettime(clock.value)


def readable(fd, timeout):
    return bool(select.select([fd], [], [], timeout)[0])
