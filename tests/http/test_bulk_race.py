"""Bulk writes beside others who save the same rows."""
import re
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from harness.process import wait_until

INI = ("anonymous = write\n[table item]\n[table bare]\n"
       "filtered_writes = yes\n")
ROWS = range(1, 7)


@pytest.fixture(scope="module")
def web(cluster, module_site):
    name = cluster.makedb("""
        CREATE TABLE item (id int PRIMARY KEY, name text NOT NULL, n int);
        CREATE TABLE bare (id int PRIMARY KEY, name text NOT NULL, n int);
        SELECT ifmatch.protect('item');
        GRANT SELECT, INSERT, UPDATE, DELETE ON item, bare TO ifmatch;""")
    db = cluster.connect(name)
    yield module_site(name, INI, workers=8), db.cursor(), name
    db.close()


@pytest.fixture
def rows(web):
    web[1].execute("TRUNCATE item, bare; INSERT INTO item (id, name, n) "
                   "SELECT g, 'x', 0 FROM generate_series(1, 6) g; "
                   "INSERT INTO bare SELECT g, 'x', 0 "
                   "FROM generate_series(1, 6) g")
    return web


def content(cursor, table):
    cursor.execute("SELECT id, n FROM %s ORDER BY id" % table)
    return dict(cursor.fetchall())


@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
@pytest.mark.parametrize("table", ["item", "bare"])
def test_what_changes_between_finding_and_writing_refuses_all(
        cluster, rows, psql_session, table, method):
    site, cursor, name = rows
    holder = psql_session(name)
    holder.run("BEGIN")
    holder.run("UPDATE %s SET n = 99 WHERE id = 3" % table)

    def waits():
        return cluster.query("postgres", "SELECT count(*) FROM "
                             "pg_stat_activity WHERE datname = %s AND "
                             "wait_event_type = 'Lock'", (name,))[0][0] == 1
    with ThreadPoolExecutor(1) as pool:
        try:
            reply = pool.submit(site.request, method, "/%s?n=eq.0" % table,
                                json={"n": 7},
                                headers={"Prefer": "max-affected=6"})
            wait_until(waits, 30, "the write to wait")
        finally:
            holder.run("COMMIT")
        reply = reply.result()
    assert reply.status_code == 412, reply.text
    assert [item["current"]["n"] for item in reply.json()["items"]] == [99]
    assert content(cursor, table) == {i: 99 if i == 3 else 0 for i in ROWS}


class Ledger:
    """What was acknowledged, by row."""

    def __init__(self):
        self.lock = threading.Lock()
        self.added = dict.fromkeys(ROWS, 0)
        self.odd = []

    def add(self, numbers):
        with self.lock:
            for number in numbers:
                self.added[number] += 1

    def expect(self, reply, statuses):
        if reply.status_code not in statuses:
            self.odd.append((reply.status_code, reply.text[:300]))


def raise_by_array(site, session, table, ledger, prefer):
    """Raises n of all rows by one; whether at least one was."""
    seen = site.get("/%s?_etag=" % table, session=session).json()
    reply = site.patch("/" + table, session=session, json=[
        {"id": row["id"], "_etag": row["_etag"], "n": row["n"] + 1}
        for row in seen], headers={"Prefer": prefer} if prefer else {})
    if prefer:
        ledger.expect(reply, {207})
        done = [row["id"] for row, one in zip(seen, reply.json())
                if one["status"] == 200]
    else:
        # 503: the rows were locked the other way round, twice
        ledger.expect(reply, {204, 412, 503})
        done = ROWS if reply.status_code == 204 else []
    ledger.add(done)
    return bool(done)


def raise_by_form(site, session, table, ledger, number):
    page = site.get("/%s/%d" % (table, number), session=session,
                    headers={"Accept": "text/html"}).text
    state = re.search(r'name="_etag" value="([^"]+)"', page).group(1)
    n = re.search(r'name="_was.n" value="([^"]*)"', page).group(1)
    reply = site.post("/%s/%d" % (table, number), session=session, files={
        "_etag": (None, state), "_was.n": (None, n),
        "n": (None, str(int(n) + 1))}, headers={
            "Sec-Fetch-Site": "same-origin", "Accept": "text/html"})
    ledger.expect(reply, {303, 412, 503})
    if reply.status_code == 303:
        ledger.add([number])
    return reply.status_code == 303


@pytest.mark.parametrize("table", ["item", "bare"])
def test_nothing_acknowledged_is_lost(rows, table):
    site, cursor, _ = rows
    ledger = Ledger()

    def repeat(one, *args):
        session = site.new_session()
        successes = 0
        for _ in range(200):
            successes += one(site, session, table, ledger, *args)
            if successes == 8:
                break
        return successes
    with ThreadPoolExecutor(6) as pool:
        work = [pool.submit(repeat, raise_by_array, None),
                pool.submit(repeat, raise_by_array, None),
                pool.submit(repeat, raise_by_array, "continue-on-error"),
                pool.submit(repeat, raise_by_form, 1),
                pool.submit(repeat, raise_by_form, 4),
                pool.submit(repeat, raise_by_form, 4)]
        successes = [one.result() for one in work]
    assert not ledger.odd
    assert all(successes)
    assert content(cursor, table) == ledger.added
