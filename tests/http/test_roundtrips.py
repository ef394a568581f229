"""Statements and transactions as PostgreSQL's own log counts them, and how
often the program waits for an answer."""
import re

import pytest

import guard_cases
from guard_cases import ALL, state
from harness.proxy import EXECUTE, PARSE, Proxy

DELAY = 0.03
LINE = re.compile(r"^\S+ \S+ \S+ \[\d+\] ifmatch@(\S+) \S+ (\d+/\d+) \d+ "
                  r"LOG:  execute [^:]+: ")
GUARDED = {"kept": ("t.version",), "railed": ("t.lock_version", "t.xmin"),
           "bare": ("t.xmin",), "touched_kept": ("t.version",),
           "logged_bare": ("t.xmin",)}
PLAIN = [ALL[name] for name in ("kept", "railed", "bare")]
CASES = [ALL[name] for name in GUARDED]


@pytest.fixture(name="rows", scope="module")
def rows_fixture(rows):
    rows.run("ALTER ROLE ifmatch IN DATABASE %s SET log_statement = 'all'"
             % rows.database)
    return rows


@pytest.fixture(scope="module")
def proxy(cluster):
    proxy = Proxy(cluster, DELAY)
    yield proxy
    proxy.close()


@pytest.fixture(scope="module")
def web(module_site, rows, proxy):
    return module_site(rows.database, "database = %s\n%s" % (
        proxy.conninfo(rows.database), guard_cases.ini()), workers=1)


class Counted:
    """What one request made the database do: transactions, each a list of
    statements, and turns."""

    def __init__(self, cluster, rows, proxy):
        self.cluster = cluster
        self.database = rows.database
        self.proxy = proxy

    def __call__(self, send):
        mark, turns = self.cluster.log_mark(), self.proxy.turns
        reply = send()
        self.turns = self.proxy.turns - turns
        self.transactions = self.parse(self.cluster.log_since(mark))
        return reply

    def parse(self, log):
        transactions, taken = {}, None
        for line in log.splitlines():
            found = LINE.match(line)
            if line.startswith("\t"):
                if taken is not None:
                    taken[-1] += "\n" + line
                continue
            taken = None
            if found and found.group(1) == self.database:
                taken = transactions.setdefault(found.group(2), [])
                taken.append(line[found.end():])
        return [[plain(sql) for sql in statements]
                for statements in transactions.values()]


def plain(sql):
    """A statement on one line, without comments."""
    return " ".join(re.sub(r"--[^\n]*", " ", sql).split())


def writes(statement):
    return re.match(r"(WITH w AS \()?(INSERT|UPDATE|DELETE)\b", statement)


@pytest.fixture
def counted(cluster, rows, proxy):
    for case in CASES:  # a list that fills its page is counted in full
        rows.run("DELETE FROM " + case.table)
    return Counted(cluster, rows, proxy)


def form(fields):
    return {"files": {name: (None, text) for name, text in fields.items()},
            "headers": {"Sec-Fetch-Site": "same-origin"}}


class Requests:
    """Requests about one row of a table, each by its name."""

    def __init__(self, web, rows, case):
        self.web = web
        self.table = "/" + case.table
        self.id, self.path = rows.make(case)
        self.new = next(rows.ids)

    def send(self, name, tag=None):
        if tag is None:
            tag = self.web.get(self.path).headers["ETag"]
        match = {"If-Match": tag}
        return {
            "GET": lambda: self.web.get(self.path),
            "HEAD": lambda: self.web.head(self.path),
            "GET 304": lambda: self.web.get(
                self.path, headers={"If-None-Match": tag}),
            "list": lambda: self.web.get(self.table + "?limit=5"),
            "form page": lambda: self.web.get(
                self.path, headers={"Accept": "text/html"}),
            "list page": lambda: self.web.get(
                self.table, headers={"Accept": "text/html"}),
            "POST": lambda: self.web.post(
                self.table, json={"id": self.new, "name": "new"}),
            "create": lambda: self.web.put(
                "%s/%d" % (self.table, self.new), json={"name": "new"},
                headers={"If-None-Match": "*"}),
            "PATCH": lambda: self.web.patch(
                self.path, json={"name": "new"}, headers=match),
            "PUT": lambda: self.web.put(
                self.path, json={"id": self.id, "name": "new"},
                headers=match),
            "form": lambda: self.web.post(self.path, **form(
                {"_etag": state(tag), "name": "new", "_was.name": "old"})),
            "DELETE": lambda: self.web.delete(self.path, headers=match),
            "delete form": lambda: self.web.post(self.path, **form(
                {"_etag": state(tag), "_method": "DELETE"})),
        }[name]


def requests_of(web, rows, case, kind):
    """Such a request was made once before, about another row."""
    Requests(web, rows, case).send(kind)()
    return Requests(web, rows, case)


def kinds(**statuses):
    return pytest.mark.parametrize("kind, status", [
        (kind.replace("_", " "), status) for kind, status in statuses.items()])


@kinds(GET=200, HEAD=200, GET_304=304, list=200, form_page=200, list_page=200)
@pytest.mark.parametrize("case", CASES, ids=repr)
def test_reading_is_one_statement_and_one_turn(web, rows, counted, case, kind,
                                               status):
    send = requests_of(web, rows, case, kind).send(kind)
    assert counted(send).status_code == status
    [[person, select]] = counted.transactions
    assert person.startswith("SELECT set_config('ifmatch.person'")
    assert "transaction_read_only" in person
    assert select.startswith("SELECT ") and case.table in select
    assert counted.turns == 1


@kinds(POST=201, create=201, PATCH=204, PUT=204, form=303, DELETE=204,
       delete_form=303)
@pytest.mark.parametrize("case", CASES, ids=repr)
def test_writing_is_one_statement_and_one_turn(web, rows, counted, case, kind,
                                               status):
    send = requests_of(web, rows, case, kind).send(kind)
    assert counted(send).status_code == status
    [[person, write, *reread]] = counted.transactions
    assert person.startswith("SELECT set_config('ifmatch.person'")
    assert writes(write)
    # an AFTER ROW trigger may have changed what was written
    again = case.table == "touched_kept" and "DEL" not in kind.upper()
    assert len(reread) == int(again)
    assert all(s.startswith("SELECT ") for s in reread)
    assert counted.turns == 1


@kinds(PATCH=204, PUT=204, form=303, DELETE=204, delete_form=303)
@pytest.mark.parametrize("case", CASES, ids=repr)
def test_guard_is_part_of_the_statement_that_writes(web, rows, counted, case,
                                                    kind, status):
    send = Requests(web, rows, case).send(kind)
    assert counted(send).status_code == status
    [write] = [s for t in counted.transactions for s in t if writes(s)]
    where = re.search(r" WHERE (.*) RETURNING ", write).group(1)
    compared = re.search(r"AND \(true AND (.*?) = ANY \(\$\d+::text\[\]\)\)",
                         where).group(1)
    for column in GUARDED[case.table]:
        assert column in compared


@kinds(PATCH=412, PUT=412, form=412, DELETE=412, delete_form=412)
@pytest.mark.parametrize("case", CASES, ids=repr)
def test_stale_write_is_the_write_and_one_look(web, rows, counted, case, kind,
                                               status):
    requests_of(web, rows, case, kind)
    requests = Requests(web, rows, case)
    send = requests.send(kind)
    rows.run(case.update(requests.id, "theirs"))
    assert counted(send).status_code == status
    first, *look = counted.transactions
    assert len(first) == 2 and writes(first[1])
    assert not [s for t in look for s in t if writes(s)]
    assert all(len(t) == 2 and t[1].startswith("SELECT ") for t in look)
    assert counted.turns == 2


@pytest.mark.parametrize("kind", ["PATCH", "PUT", "DELETE"])
@pytest.mark.parametrize("case", PLAIN, ids=repr)
def test_write_that_nothing_can_permit_is_one_look(web, rows, counted, case,
                                                   kind):
    for _ in range(2):  # once before, about another row
        _, path = rows.make(case)
        assert counted(lambda: web.request(
            kind, path, json={"name": "new"})).status_code == 428
    assert not [s for t in counted.transactions for s in t if writes(s)]
    assert counted.turns == 1


@pytest.mark.parametrize("kind, status", [("PATCH", 204), ("PUT", 204),
                                          ("form", 303)])
@pytest.mark.parametrize("case", PLAIN, ids=repr)
def test_write_that_differs_in_nothing_writes_no_row(web, rows, counted, case,
                                                     kind, status):
    requests = Requests(web, rows, case)
    assert requests.send(kind)().status_code == status
    image = "SELECT t.*, t.xmin, t.ctid FROM %s t WHERE id = %d" % (
        case.table, requests.id)
    before = rows.run(image)
    assert counted(requests.send(kind)).status_code == status
    assert rows.run(image) == before


@pytest.mark.parametrize("case", PLAIN, ids=repr)
def test_key_that_exists_is_the_insert_and_one_look(web, rows, counted, case):
    requests = requests_of(web, rows, case, "create")
    requests.send("create")()
    assert counted(requests.send("create")).status_code == 412
    first, *look = counted.transactions
    assert len(first) == 2 and first[1].startswith("INSERT ")
    assert not [s for t in look for s in t if writes(s)]
    assert counted.turns == 2


@kinds(GET=200, list=200, PATCH=204, PUT=204, form=303, DELETE=204)
def test_statements_are_prepared_once_a_connection(web, rows, proxy, kind,
                                                   status):
    send = requests_of(web, rows, ALL["kept"], kind).send(kind)
    parsed, executed = proxy.asked[PARSE], proxy.asked[EXECUTE]
    assert send().status_code == status
    assert proxy.asked[PARSE] == parsed
    assert proxy.asked[EXECUTE] == executed + 2
