"""A psql process held open, for locks that outlive a statement."""
import os
import subprocess
import time

from .process import end, readable


class PsqlSession:
    def __init__(self, cluster, dbname, user="postgres"):
        # stderr goes with stdout: the answer to a statement is both.
        self.process = subprocess.Popen(
            [a for a in cluster.psql_command(dbname, user)
             if a not in ("-v", "ON_ERROR_STOP=1")] + ["-At"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT)
        self._n = 0
        self._seen = b""
        self.pid = int(self.run("SELECT pg_backend_pid();"))

    def send(self, sql):
        """Sends a statement without waiting for its answer."""
        self._n += 1
        text = "%s\n;\n\\echo --end-%d--\n" % (sql.rstrip().rstrip(";"), self._n)
        self.process.stdin.write(text.encode())
        self.process.stdin.flush()

    def answer(self, timeout=20):
        """The answer to the last statement sent: rows, or the error's text."""
        mark = b"--end-%d--\n" % self._n
        limit = time.monotonic() + timeout
        while mark not in self._seen:
            left = limit - time.monotonic()
            if left <= 0 or not readable(self.process.stdout, left):
                raise AssertionError("psql has not answered; so far: %r"
                                     % self._seen)
            data = os.read(self.process.stdout.fileno(), 65536)
            if not data:
                raise AssertionError("psql ended: %r" % self._seen)
            self._seen += data
        answer, _, self._seen = self._seen.partition(mark)
        return answer.decode().rstrip("\n")

    def run(self, sql, timeout=20):
        self.send(sql)
        return self.answer(timeout)

    def close(self):
        if self.process.poll() is None:
            self.process.stdin.close()
        end(self.process)
        self.process.stdout.close()
