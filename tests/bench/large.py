"""A table of many rows, and what lists cost there: large.py [ROWS], ten million
unless said. Prints figures; ends with 1 where the last page costs more than the
first, an export waits or grows, or a list is larger than its bound and yet made
whole."""
import http.client
import os
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from harness.cluster import Cluster  # noqa: E402
from harness.process import read_text  # noqa: E402
from harness.site import Site  # noqa: E402

INI = "anonymous = write\n[table entry]\n"
# The rows are made without the trigger, each with a version as it gives them.
TABLE = """
CREATE TABLE entry (id int PRIMARY KEY, name text NOT NULL, place text,
    day date, amount numeric(10,2) NOT NULL);
SELECT ifmatch.protect('entry');
"""
ROWS = """
SET session_replication_role = replica;
INSERT INTO entry
    SELECT g, 'entry number ' || g, 'place ' || g %% 1000,
        CASE WHEN g %% 50 > 0 THEN date '2000-01-01' + g %% 9000 END,
        g %% 100000 / 100.0, nextval('ifmatch.ifmatch_version'),
        timestamptz '2024-01-01' + g * interval '1 s', NULL
    FROM generate_series(1, %d) g;
CREATE INDEX ON entry (day, id);
CREATE INDEX ON entry (place, day DESC, id);
VACUUM ANALYZE entry;
"""
PAGE = 50
TIMES = 41
# What is asked, in SQL and by URL, and how a place in it is written.
LISTS = {
    "by key": ("true", "id", "", "{id}"),
    "by day": ("true", "day, id", "order=day&", "={day},{id}"),
    "by day, NULLs": ("day IS NULL", "day, id", "order=day&", "!,{id}"),
    "of a place, by day downwards": (
        "place = 'place 7'", "day DESC, id",
        "place=eq.place%207&order=day.desc.nullsfirst&", "={day},{id}"),
}
MIB = 1 << 20


def peak(pid):
    """The most memory that a process has had, in MiB."""
    for line in read_text("/proc/%d/status" % pid).splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise AssertionError("no VmHWM")


class Bench:
    def __init__(self, cluster, rows):
        self.cluster = cluster
        self.rows = rows
        self.name = cluster.makedb(TABLE)
        cluster.grant(self.name)
        begin = time.monotonic()
        cluster.psql(self.name, ROWS % rows)
        size = cluster.query(self.name, "SELECT pg_size_pretty("
                             "pg_total_relation_size('entry'))")[0][0]
        print("%d rows, %s with indexes, made in %.0f s" % (
            rows, size, time.monotonic() - begin))
        self.failures = []

    def site(self):
        return Site(self.cluster.conninfo(self.name), INI, workers=1)

    def demand(self, holds, what):
        if not holds:
            self.failures.append(what)

    def place(self, where, order, form, part):
        """The place of the row that lies at this part of the list."""
        rows = self.cluster.query(
            self.name, "SELECT count(*) FROM entry WHERE " + where)[0][0]
        skip = min(int(rows * part), rows - PAGE - 1)
        day, key = self.cluster.query(
            self.name, "SELECT day, id FROM entry WHERE %s ORDER BY %s "
            "OFFSET %d LIMIT 1" % (where, order, skip))[0]
        form = form if day or "day" not in form else "!,{id}"
        return form.format(day=day, id=key)

    @staticmethod
    def latencies(site, urls, accept):
        """Milliseconds for each, the least of many, and the last replies. They
        are asked in turn, as others use the machine too."""
        times = [[] for _ in urls]
        for _ in range(TIMES):
            replies = []
            for url, taken in zip(urls, times):
                begin = time.perf_counter()
                reply = site.get(url, headers={"Accept": accept})
                taken.append((time.perf_counter() - begin) * 1000)
                assert reply.status_code == 200, reply.text[:500]
                replies.append(reply)
        return [min(taken) for taken in times], replies

    def pages(self, site, name, accept):
        where, order, query, form = LISTS[name]
        url = "/entry?%slimit=%d" % (query, PAGE)
        urls = [url if part == 0 and name != "by day, NULLs" else
                url + "&_after=" + self.place(where, order, form, part)
                for part in (0, 0.5, 1)]
        found, replies = self.latencies(site, urls, accept)
        if accept == "application/json":
            assert all(len(reply.json()) == PAGE for reply in replies)
        print("  %-32s %-5s %6.1f %6.1f %6.1f" % (
            name, accept.split("/")[1], *found))
        self.demand(max(found) < 2 * found[0] + 2,
                    "%s: the last page costs more than the first" % name)

    def all_pages(self):
        site = self.site()
        print("A page of %d, least of %d: ms for the first, the middle, the "
              "last" % (PAGE, TIMES))
        for name in LISTS:
            for accept in ("application/json", "text/html"):
                self.pages(site, name, accept)
        (cost,), _ = self.latencies(site, ["/entry"], "text/html")
        print("  the list page as it opens: %.1f ms" % cost)
        self.demand(cost < 100, "the list page takes %.0f ms" % cost)
        self.close(site)

    @staticmethod
    def close(site):
        site.stop()
        site.remove()

    def export(self, query, accept, whole):
        site = self.site()
        site.get("/entry/1")
        worker, = site.workers()
        before = peak(worker)
        connection = http.client.HTTPConnection("127.0.0.1", site.port,
                                                timeout=600)
        begin = time.perf_counter()
        connection.request("GET", "/records/entry" + query,
                           headers={"Accept": accept})
        reply = connection.getresponse()
        size = len(reply.read(1))
        first = time.perf_counter() - begin
        lines = 0
        while True:
            piece = reply.read(MIB)
            if not piece:
                break
            size += len(piece)
            lines += piece.count(b"\n")
        took = time.perf_counter() - begin
        length = reply.headers["Content-Length"]
        most = peak(worker)
        print("  %-16s %-16s %6.1f MiB, first byte %5.0f ms, all %5.1f s, "
              "worker %.1f -> %.1f MiB, Content-Length %s" % (
                  query or "all", accept, size / MIB, first * 1000, took,
                  before, most, length))
        what = "export %s as %s" % (query or "of all", accept)
        self.demand(reply.status == 200, what + " is refused")
        self.demand(most < 32, what + " takes %.0f MiB" % most)
        self.demand((length is not None) == whole, what + ": its length")
        self.demand(length is None or int(length) == size, what + " is cut")
        self.demand(first < max(2, took / 10),
                    what + " waits %.1f s" % first)
        if not query and accept == "text/csv":
            self.demand(lines == self.rows + 1, what + " is not whole")
        connection.close()
        self.close(site)

    def exports(self):
        print("Exports")
        self.export("", "text/csv", False)
        self.export("", "application/json", False)
        self.export("?limit=80000", "text/csv", True)
        self.export("?order=day&limit=60000", "text/csv", True)


def main(rows):
    cluster = Cluster()
    try:
        cluster.make_roles()
        cluster.setting("max_wal_size", "8GB")
        bench = Bench(cluster, rows)
        bench.all_pages()
        bench.exports()
    finally:
        cluster.stop("fast")
        cluster.remove()
    for failure in bench.failures:
        print("FAILED: " + failure)
    print("%d failed" % len(bench.failures))
    return 1 if bench.failures else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10000000))
