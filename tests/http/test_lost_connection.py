"""The database goes away: before, between and in the middle of requests. No
reply says more than what is so."""
from concurrent.futures import ThreadPoolExecutor

import pytest

import guard_cases
from guard_cases import ALL, state
from harness.cluster import Cluster
from harness.proxy import EXECUTE, READY, SYNC, Proxy

INI = "anonymous = write\n[table kept]\n"


@pytest.fixture(scope="module")
def proxy(cluster):
    proxy = Proxy(cluster)
    yield proxy
    proxy.close()


@pytest.fixture(scope="module")
def web(module_site, rows, proxy):
    return module_site(rows.database, "database = %s\n%s" % (
        proxy.conninfo(rows.database), guard_cases.ini()), workers=2)


@pytest.fixture
def own_cluster():
    cluster = Cluster()
    cluster.make_roles()
    yield cluster
    if cluster.process.poll() is None:
        cluster.stop("immediate")
    cluster.remove()


@pytest.fixture
def own(own_cluster, site):
    """A database that can be stopped, and a site on it with two workers."""
    name = own_cluster.createdb()
    own_cluster.load_ifmatch(name)
    own_cluster.psql(name, """CREATE TABLE kept (id int PRIMARY KEY,
        name text); INSERT INTO kept VALUES (1, 'old');
        SELECT ifmatch.protect('kept')""", user="owner")
    return site(name, "database = %s\n%s" % (own_cluster.conninfo(name), INI),
                workers=2)


def form(fields):
    return {"files": {name: (None, text) for name, text in fields.items()},
            "headers": {"Sec-Fetch-Site": "same-origin"}}


def each_worker(web, send):
    """Replies of as many requests as reach both workers."""
    return [send() for _ in range(6)]


def is_unknown(reply):
    return reply.status_code == 504 and "Retry-After" not in reply.headers


# Between requests

@pytest.mark.parametrize("how", ["fast", "immediate"])
def test_restart_between_requests_is_not_noticed(own, own_cluster, how):
    assert {r.status_code for r in each_worker(
        own, lambda: own.get("/kept/1"))} == {200}
    own_cluster.restart(how)
    for n in range(6):
        tag = own.get("/kept/1").headers["ETag"]
        assert own.patch("/kept/1", json={"name": "new %d" % n},
                         headers={"If-Match": tag}).status_code == 204
    assert own.get("/kept/1").json()["name"] == "new 5"


def test_stopped_database_is_503_until_it_is_back(own, own_cluster):
    tag = own.get("/kept/1").headers["ETag"]
    own_cluster.stop("fast")
    sends = {
        "GET": lambda: own.get("/kept/1"),
        "list": lambda: own.get("/kept"),
        "page": lambda: own.get("/kept/1", headers={"Accept": "text/html"}),
        "PATCH": lambda: own.patch("/kept/1", json={"name": "new"},
                                   headers={"If-Match": tag}),
        "DELETE": lambda: own.delete("/kept/1", headers={"If-Match": tag}),
        "POST": lambda: own.post("/kept", json={"id": 2}),
        "form": lambda: own.post("/kept/1", **form(
            {"_etag": state(tag), "name": "new", "_was.name": "old"})),
    }
    for name, send in sends.items():
        for reply in each_worker(own, send):
            assert reply.status_code == 503, name
            assert int(reply.headers["Retry-After"]) > 0, name
            assert reply.headers["Cache-Control"], name
    assert own.get("/-/style.css").status_code == 200
    own_cluster.start()
    for reply in each_worker(own, sends["GET"]):
        assert reply.status_code == 200
        assert reply.headers["ETag"] == tag
        assert reply.json()["name"] == "old"
    assert sends["PATCH"]().status_code == 204


@pytest.mark.parametrize("how", ["fast", "immediate"])
def test_a_write_is_the_first_to_find_the_database_gone(own, own_cluster, how):
    each_worker(own, lambda: own.get("/kept/1"))
    own_cluster.stop(how)
    for reply in each_worker(own, lambda: own.post("/kept", json={"id": 2})):
        assert reply.status_code == 503
    own_cluster.start()
    assert own.get("/kept/2").status_code == 404


def test_workers_that_start_before_the_database(own, own_cluster,
                                                wait_until):
    before = own.workers()
    own_cluster.stop("fast")
    own.reload()
    wait_until(lambda: len(own.workers() - before) == 2)
    wait_until(lambda: not own.workers() & before)
    assert {r.status_code for r in each_worker(
        own, lambda: own.get("/kept/1"))} == {503}
    own_cluster.start()
    assert {r.status_code for r in each_worker(
        own, lambda: own.get("/kept/1"))} == {200}


# While a write waits for a lock

KILL = ("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE "
        "usename = 'ifmatch' AND datname = current_database() "
        "AND wait_event_type = 'Lock'")


def killed(rows, wait_until, holder, case, n, send, meanwhile=None):
    """The reply to a write whose backend is ended while it waits."""
    holder.run("BEGIN")
    holder.run(meanwhile or "SELECT id FROM %s WHERE id = %d FOR UPDATE" % (
        case.under, n))
    with ThreadPoolExecutor(1) as pool:
        try:
            reply = pool.submit(send)
            wait_until(lambda: rows.waiting() == 1)
            assert rows.run(KILL) == [(1,)]
            wait_until(lambda: reply.done() or rows.waiting() == 1)
        finally:
            holder.run("COMMIT")
        return reply.result()


def writer(web, kind, path, tag, name="new"):
    headers = {} if tag is None else {"If-Match": tag}
    if kind == "form":
        return lambda: web.post(path, **form(
            {"_etag": state(tag), "name": name, "_was.name": "old"}))
    body = {"PUT": {"id": int(path.rsplit("/")[-1]), "name": name},
            "PATCH": {"name": name}, "DELETE": None}[kind]
    return lambda: web.request(kind, path, json=body, headers=headers)


def name_of(rows, case, n):
    found = rows.run("SELECT name FROM %s WHERE id = %d" % (case.under, n))
    return found[0][0] if found else None


CASES = pytest.mark.parametrize("case", [ALL[n] for n in (
    "kept", "railed", "bare")], ids=repr)
KINDS = pytest.mark.parametrize("kind", ["PUT", "PATCH", "DELETE", "form"])


@KINDS
@CASES
def test_killed_while_it_waits_is_never_called_done(
        web, rows, psql_session, wait_until, case, kind):
    n, path = rows.make(case)
    tag = web.get(path).headers["ETag"]
    reply = killed(rows, wait_until, psql_session(rows.database), case, n,
                   writer(web, kind, path, tag))
    assert name_of(rows, case, n) == "old"
    assert reply.status_code in (503, 504)
    assert web.get(path).headers["ETag"] == tag


@KINDS
@CASES
def test_killed_behind_another_writer_is_stale_or_unknown(
        web, rows, psql_session, wait_until, case, kind):
    n, path = rows.make(case)
    tag = web.get(path).headers["ETag"]
    reply = killed(rows, wait_until, psql_session(rows.database), case, n,
                   writer(web, kind, path, tag), "UPDATE %s SET name = "
                   "'theirs' WHERE id = %d" % (case.under, n))
    assert name_of(rows, case, n) == "theirs"
    assert reply.status_code in (412, 503, 504)


# The connection is cut: what the row shows is told, nothing else

DONE = {"PUT": 204, "PATCH": 204, "DELETE": 204, "form": 303}


@KINDS
@CASES
def test_answer_lost_behind_the_commit_is_told_from_the_row(
        web, rows, proxy, case, kind):
    n, path = rows.make(case)
    tag = web.get(path).headers["ETag"]
    proxy.cut_on("answer", READY, state(tag))
    reply = writer(web, kind, path, tag)()
    assert proxy.rule is None
    assert name_of(rows, case, n) == (None if kind == "DELETE" else "new")
    assert reply.status_code == DONE[kind]
    if kind == "PATCH":
        assert reply.headers["ETag"] == web.get(path).headers["ETag"] != tag


@pytest.mark.parametrize("at", [SYNC, EXECUTE])
@KINDS
@CASES
def test_write_lost_on_its_way_is_told_as_not_done(web, rows, proxy, case,
                                                   kind, at):
    n, path = rows.make(case)
    tag = web.get(path).headers["ETag"]
    proxy.cut_on("ask", at, state(tag))
    reply = writer(web, kind, path, tag)()
    assert proxy.rule is None
    assert name_of(rows, case, n) == "old"
    assert reply.status_code == 503
    assert int(reply.headers["Retry-After"]) > 0
    assert web.get(path).headers["ETag"] == tag
    assert writer(web, kind, path, tag)().status_code == DONE[kind]


@pytest.mark.parametrize("kind", ["PUT", "PATCH", "form"])
@CASES
def test_lost_answer_and_then_another_writer_is_unknown(web, rows, proxy,
                                                        case, kind):
    n, path = rows.make(case)
    tag = web.get(path).headers["ETag"]
    proxy.cut_on("answer", READY, state(tag),
                 lambda: rows.run(case.update(n, "theirs")))
    reply = writer(web, kind, path, tag)()
    assert name_of(rows, case, n) == "theirs"
    assert is_unknown(reply)


@pytest.mark.parametrize("kind", ["PUT", "PATCH"])
@CASES
def test_lost_answer_without_a_state_is_unknown(web, rows, proxy, case, kind):
    n, path = rows.make(case)
    proxy.cut_on("answer", READY, '"name":"new"')
    reply = writer(web, kind, path, "*")()
    assert name_of(rows, case, n) == "new"
    assert is_unknown(reply)
    assert reply.headers["Content-Type"] == "application/problem+json"
    assert reply.json()["status"] == 504


@pytest.mark.parametrize("direction, at, status, there", [
    ("answer", READY, 201, True), ("ask", SYNC, 503, False)])
@CASES
def test_creation_with_a_key_is_told_from_the_row(
        web, rows, proxy, case, direction, at, status, there):
    def send(n):
        return web.put("/%s/%d" % (case.table, n), json={"name": "new"},
                       headers={"If-None-Match": "*"})
    n = next(rows.ids)
    proxy.cut_on(direction, at, '"name":"new"')
    reply = send(n)
    assert (name_of(rows, case, n) == "new") == there
    assert reply.status_code == status


@CASES
def test_lost_creation_without_a_key_is_unknown(web, rows, proxy, case):
    def send(n):
        return web.post("/" + case.table, json={"id": n, "name": "new"})
    n = next(rows.ids)
    proxy.cut_on("answer", READY, str(n))
    reply = send(n)
    assert name_of(rows, case, n) == "new"
    assert is_unknown(reply)


@pytest.mark.parametrize("direction, at", [("answer", READY), ("ask", SYNC)])
@CASES
def test_reading_is_asked_once_more(web, rows, proxy, case, direction, at):
    n, path = rows.make(case)
    proxy.cut_on(direction, at, str(n))
    assert web.get(path).json()["name"] == "old"
    assert proxy.rule is None
