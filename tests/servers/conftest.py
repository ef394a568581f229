"""Every item behind every server, and the table of what came out."""
import itertools
import json
import os
import sys
import urllib.parse

import pytest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import fronts  # noqa: E402
import items  # noqa: E402

MAKE = """CREATE TABLE note (key text PRIMARY KEY, body text, n int);
SELECT ifmatch.protect('note');
"""
CELLS = {}
# Set where the table must be whole, as "make test-servers" does.
WHOLE = os.environ.get("IFMATCH_CONFORMANCE") == "whole"


class Notes:
    """The rows that all servers write to; each test takes its own."""

    def __init__(self, cluster):
        self.cluster = cluster
        self.database = cluster.makedb(MAKE)
        self.conninfo = cluster.conninfo(self.database)
        self.db = cluster.connect(self.database)
        self._n = itertools.count(1)

    def query(self, sql, *args):
        with self.db.cursor() as cursor:
            cursor.execute(sql, args)
            return cursor.fetchall() if cursor.description else None

    def new_key(self):
        return "k%d" % next(self._n)

    def add(self, key=None, body="old"):
        key = self.new_key() if key is None else key
        self.query("DELETE FROM note WHERE key = %s", key)
        self.query("INSERT INTO note (key, body, n) VALUES (%s, %s, 1)",
                   key, body)
        return key

    def body(self, key):
        found = self.query("SELECT body FROM note WHERE key = %s", key)
        return found[0][0] if found else None

    def writer(self, key):
        return self.query("SELECT updated_by FROM note WHERE key = %s",
                          key)[0][0]

    def hash(self):
        return self.query("SELECT md5(string_agg(t::text || xmin::text, '/' "
                          "ORDER BY key)) FROM note AS t")


@pytest.fixture(scope="session")
def notes(cluster):
    notes = Notes(cluster)
    yield notes
    notes.db.close()
    cluster.dropdb(notes.database)


@pytest.fixture(scope="session", params=fronts.NAMES)
def server(request, notes):
    front = fronts.Front(request.param, conninfo=notes.conninfo)
    yield front
    front.stop()
    front.remove()


@pytest.fixture(scope="session")
def probe_binary(tmp_path_factory):
    return fronts.build_probe(str(tmp_path_factory.mktemp("probe")))


@pytest.fixture(scope="session")
def probe_maker(probe_binary):
    """probe_maker(mode): that server with the probe as its program."""
    made = {}

    def make(mode):
        if mode not in made:
            made[mode] = fronts.Front(mode, program=probe_binary)
        return made[mode]
    yield make
    for front in made.values():
        front.stop()
        front.remove()


class Desk:
    """What a test works with: a server, the rows, and what is expected."""

    def __init__(self, item, front, notes):
        self.item = item
        self.front = front
        self.notes = notes
        self.mark = "ok"

    def expect(self, usual):
        """What the design demands, or the declared deviation of this
        server."""
        deviation = items.DEVIATIONS.get((self.item, self.front.mode))
        if deviation is None:
            return usual
        self.mark = "d%d" % deviation[0]
        return deviation[1]

    def row(self, **kwargs):
        key = self.notes.add(**kwargs)
        return key, "/note/" + urllib.parse.quote(key, safe="")

    def tag(self, path, **headers):
        reply = self.front.get(path, headers=headers)
        assert reply.status_code == 200, reply.text
        return reply.headers["ETag"]

    def put(self, path, body, headers=(), **kwargs):
        """PUT of a note with this body, its key from the path."""
        key = kwargs.pop("key", urllib.parse.unquote(path.split("/")[-1]))
        headers = {"Content-Type": "application/json", **dict(headers)}
        return self.front.put(path, headers=headers, data=json.dumps(
            {"key": key, "body": body, "n": 1}), **kwargs)

    def lines(self, method, path, *lines, body=b""):
        """A request of exactly these header lines: (status, reply bytes)."""
        head = ["%s %s%s HTTP/1.1" % (method, self.front.base, path),
                "Host: 127.0.0.1:%d" % self.front.port, "Connection: close"]
        head += lines
        if body:
            head.append("Content-Length: %d" % len(body))
        reply = self.front.raw("\r\n".join(head + ["", ""]).encode() + body)
        assert reply.startswith(b"HTTP/1."), reply
        return int(reply.split()[1]), reply


@pytest.fixture
def desk(request, server, notes):
    item = request.node.originalname[len("test_"):]
    request.node.desk = Desk(item, server, notes)
    return request.node.desk


@pytest.fixture
def probe(desk, probe_maker):
    """The same server with the probe; the wrong program has no share in it."""
    return probe_maker(desk.front.mode)


def judge_wrong(desk, report, error):
    """A wrong program must fail in the items named, and in no other."""
    red = desk.item in items.RED[desk.front.name]
    failed = report.failed
    if failed and not error.errisinstance((AssertionError, LookupError,
                                           ValueError)):
        return "FAIL"  # that is no answer at all
    if failed == red:
        report.outcome = "passed"
        report.longrepr = None
    else:
        report.outcome = "failed"
        if red:
            report.longrepr = "%s: the wrong program passes" % desk.item
    return "red" if failed else "ok"


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    report = outcome.get_result()
    desk = getattr(item, "desk", None)
    if report.when != "call" or desk is None:
        return
    if desk.front.name in fronts.WRONG:
        cell = judge_wrong(desk, report, call.excinfo)
    else:
        cell = desk.mark if report.passed else "FAIL"
    CELLS[desk.item, desk.front.name] = cell


def missing():
    """What the table lacks."""
    for item in items.ITEMS:
        for name in fronts.NAMES:
            if (item, name) not in CELLS:
                yield "%s has no result behind %s" % (item, name)
            elif CELLS[item, name] == "FAIL":
                yield "%s failed, or was skipped, behind %s" % (item, name)
    for (item, name), (number, _) in items.DEVIATIONS.items():
        if CELLS.get((item, name)) != "d%d" % number:
            yield "%s behind %s: d%d was not seen" % (item, name, number)
    for item in sorted({item for item, _ in CELLS} - set(items.ITEMS)):
        yield item + " is not in the list of items"


def pytest_sessionfinish(session):
    if WHOLE and list(missing()):
        session.exitstatus = 1


def pytest_terminal_summary(terminalreporter):
    if not CELLS:
        return
    write = terminalreporter.write_line
    width = max(map(len, items.ITEMS)) + 2
    used = sorted({int(cell[1:]) for cell in CELLS.values()
                   if cell[0] == "d"})
    write("")
    if WHOLE:
        for line in missing():
            write("INCOMPLETE: " + line)
    for number in used:
        write("d%-3d %s" % (number, items.NUMBERS[number]))
    write("")
    write(" " * width + "".join("%-10s" % name for name in fronts.NAMES))
    for item in items.ITEMS:
        write(item.ljust(width) + "".join(
            "%-10s" % CELLS.get((item, name), "-") for name in fronts.NAMES))
    write("%d cells; %d items x (%d servers + %d wrong programs) = %d" % (
        len(CELLS), len(items.ITEMS), len(fronts.MODES), len(fronts.WRONG),
        len(items.ITEMS) * len(fronts.NAMES)))
