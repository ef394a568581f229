"""The program as a pool on a socket, with no web server before it and no
database behind it."""
import os
import shutil
import signal
import subprocess

from .fastcgi import Connection
from .process import BINARY, end, make_folder, wait_until, write_file

INI = ("database = host=/nonexistent dbname=none\nanonymous = write\n"
       "workers = %d\n")


class Pool:
    def __init__(self, workers=2):
        self.folder = make_folder("ifmatch-pool-")
        self.socket = os.path.join(self.folder, "s")
        self.ini = os.path.join(self.folder, "pool.ini")
        self.workers = workers
        write_file(self.ini, INI % workers, 0o600)
        self.start()

    def start(self):
        self.log_path = os.path.join(self.folder, "log")
        with open(self.log_path, "wb") as log:
            self.process = subprocess.Popen(
                [BINARY, "serve", "unix:" + self.socket], stderr=log,
                stdin=subprocess.DEVNULL,
                env=dict(os.environ, IFMATCH_CONFIG=self.ini))
        wait_until(lambda: "listening on unix:" in self.log())
        wait_until(lambda: len(self.children()) == self.workers)

    def log(self):
        with open(self.log_path) as log:
            return log.read()

    def children(self):
        path = "/proc/%d/task/%d/children" % ((self.process.pid,) * 2)
        with open(path) as file:
            return {int(pid) for pid in file.read().split()}

    def connect(self):
        return Connection(self.socket)

    def ask(self, *args, **kwargs):
        connection = self.connect()
        reply = connection.ask(*args, **kwargs)
        connection.close()
        return reply

    def stop(self):
        if self.process.poll() is None:
            end(self.process)
        log = self.log()
        assert "died of signal" not in log, log
        shutil.rmtree(self.folder)

    def kill(self):
        """Ends all of it without a last word."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGSTOP)
            for pid in self.children():
                os.kill(pid, signal.SIGKILL)
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder)
