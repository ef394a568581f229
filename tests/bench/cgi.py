"""Plain CGI: how many requests for one row a second, one after the other,
against the least that a CGI program can do. bench/cgi.py [SECONDS]"""
import os
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))))

from harness.cgi import environment  # noqa: E402
from harness.cluster import Cluster  # noqa: E402
from harness.process import (BINARY, ROOT, wait_until,  # noqa: E402
                             write_file)  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
PATH = "/records/member/2"
ROUNDS = 10
INI = "database = %s\nanonymous = read\nfolder = %s/own\n[table member]\n"


def build(folder):
    path = os.path.join(folder, "minimal")
    flags = subprocess.run(["pkg-config", "--cflags", "--libs", "libpq"],
                           check=True, capture_output=True, text=True)
    subprocess.run(["cc", "-O2", "-o", path,
                    os.path.join(HERE, "minimal.c"), *flags.stdout.split()],
                   check=True)
    return path


def times(args, env, seconds):
    """How long each request takes. os.posix_spawn: what Python itself costs is
    little, and the same for both."""
    null = os.open(os.devnull, os.O_WRONLY)
    actions = [(os.POSIX_SPAWN_DUP2, null, 1), (os.POSIX_SPAWN_DUP2, null, 2)]
    end = time.perf_counter() + seconds
    found = []
    while time.perf_counter() < end:
        begin = time.perf_counter()
        pid = os.posix_spawn(args[0], args, env, file_actions=actions)
        assert os.waitpid(pid, 0)[1] == 0
        found.append(time.perf_counter() - begin)
    os.close(null)
    return found


def processor_seconds(cluster):
    """What the requests that have ended cost: the programs, and the database's
    processes behind them."""
    with open("/proc/%d/stat" % cluster.process.pid, encoding="ascii") as stat:
        fields = stat.read().rpartition(")")[2].split()
    backends = (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")
    own = os.times()
    return own.children_user + own.children_system + backends


def check(args, env):
    done = subprocess.run(args, env=env, capture_output=True, check=True)
    assert b"Status: 200" in done.stdout, done.stdout + done.stderr


def compare(cluster, database, how, conninfo, folder, seconds):
    ini = write_file(os.path.join(folder, "records.ini"),
                     INI % (conninfo, folder), 0o600)
    env = environment(ini, "GET", PATH, {}, b"", {})
    programs = {"minimal": [build(folder), conninfo, "2"],
                "ifmatch": [BINARY]}
    taken = {name: [] for name in programs}
    for args in programs.values():
        check(args, env)
    spent = dict.fromkeys(programs, 0)
    for _ in range(ROUNDS):
        for name, args in programs.items():
            before = processor_seconds(cluster)
            taken[name] += times(args, env, seconds / ROUNDS)
            wait_until(lambda: not sessions(cluster, database))
            spent[name] += processor_seconds(cluster) - before
    # the lower quartile: what else the machine does makes nothing quicker
    found = {n: 1 / statistics.quantiles(t)[0] for n, t in taken.items()}
    ratio = found["ifmatch"] / found["minimal"]
    print("%-28s minimal %6.1f/s   ifmatch %6.1f/s   ratio %.2f" % (
        how, found["minimal"], found["ifmatch"], ratio))
    costs = {n: 1000 * spent[n] / len(taken[n]) for n in programs}
    print("%-28s minimal %6.2f ms  ifmatch %6.2f ms  ratio %.2f" % (
        "  of the processor's time", costs["minimal"], costs["ifmatch"],
        costs["minimal"] / costs["ifmatch"]))
    return ratio


def sessions(cluster, database):
    with cluster.connect() as db, db.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity"
                       " WHERE datname = %s", (database,))
        return cursor.fetchone()[0]


def main():
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 20
    cluster = Cluster()
    try:
        cluster.make_roles()
        cluster.psql("postgres", "ALTER ROLE ifmatch PASSWORD 'secret'")
        database = cluster.makedb(file=os.path.join(ROOT, "sql", "demo.sql"))
        cluster.grant(database)
        with tempfile.TemporaryDirectory() as folder:
            tcp = ("host=127.0.0.1 port=%d dbname=%s user=ifmatch "
                   "password=secret" % (cluster.port, database))
            compare(cluster, database, "localhost, with a password", tcp,
                    folder, seconds)
            compare(cluster, database, "unix socket, no password",
                    cluster.conninfo(database), folder, seconds)
    finally:
        cluster.stop("fast")
        cluster.remove()


if __name__ == "__main__":
    main()
