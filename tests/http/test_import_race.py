"""Imports against edits of the same rows: nothing that was acknowledged is
lost."""
import csv
import io
import random
import threading

import pytest

from harness.process import wait_until

ROWS = 30
ROUNDS = 12


@pytest.fixture(scope="module", name="web")
def web_fixture(cluster, module_site):
    name = cluster.makedb("""
        CREATE TABLE item (id int PRIMARY KEY, a int NOT NULL DEFAULT 0,
            b int NOT NULL DEFAULT 0, c int NOT NULL DEFAULT 0);
        SELECT ifmatch.protect('item');
        GRANT SELECT, INSERT, UPDATE, DELETE ON item TO ifmatch;""")
    return module_site(name, "anonymous = write\n[table item]\n",
                       workers=6), cluster, name


@pytest.fixture(autouse=True)
def new_rows(web):
    _, cluster, name = web
    cluster.query(name, "TRUNCATE item; INSERT INTO item (id) "
                  "SELECT generate_series(1, %d)" % ROWS)


def test_every_acknowledged_count_is_there(web):
    """Each writer counts one column of rows up by one at a time; the rows hold
    as much as was acknowledged, whoever came when: imports of good lines,
    imports of all or nothing, and edits of one row."""
    site, cluster, name = web
    ledger = {column: dict.fromkeys(range(1, ROWS + 1), 0) for column in "abc"}
    seen = {"stale": 0, "saved": 0}
    errors = []

    def counted(session, column, rng, most):
        text = session.get(site.url + "/item?_etag=&select=id,a,b,c",
                           headers={"Accept": "text/csv"}).text
        rows = list(csv.DictReader(io.StringIO(text)))
        rows = sorted(rng.sample(rows, most), key=lambda r: int(r["id"]))
        for row in rows:
            row[column] = str(int(row[column]) + 1)
        out = io.StringIO()
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
        return rows, out.getvalue()

    def good(session, rng):
        rows, text = counted(session, "a", rng, 20)
        reply = session.put(site.url + "/item", data=text, headers={
            "Content-Type": "text/csv", "Prefer": "continue-on-error"})
        assert reply.status_code == 200, reply.text
        for line in reply.json()["lines"]:
            assert line["result"] in ("changed", "stale"), line
            if line["result"] == "changed":
                ledger["a"][int(line["key"])] += 1
                seen["saved"] += 1
            else:
                seen["stale"] += 1
        assert len(reply.json()["lines"]) == len(rows)

    def whole(session, rng):
        rows, text = counted(session, "b", rng, 3)
        reply = session.put(site.url + "/item", data=text, headers={
            "Content-Type": "text/csv"})
        assert reply.status_code in (204, 412), reply.text
        for row in rows if reply.status_code == 204 else ():
            ledger["b"][int(row["id"])] += 1

    def single(session, rng):
        key = rng.randint(1, ROWS)
        got = session.get(site.url + "/item/%d" % key)
        reply = session.patch(
            site.url + "/item/%d" % key, json={"c": got.json()["c"] + 1},
            headers={"If-Match": got.headers["ETag"]})
        assert reply.status_code in (204, 412), reply.text
        if reply.status_code == 204:
            ledger["c"][key] += 1

    def work(number, task, rounds):
        session, rng = site.new_session(), random.Random(number)
        try:
            for _ in range(rounds):
                task(session, rng)
        except Exception as error:  # told by the test
            errors.append(error)

    # one writer for each column of the ledger, so that its sums are its own
    threads = [threading.Thread(target=work, args=args) for args in (
        (1, good, ROUNDS), (2, whole, ROUNDS), (3, single, ROUNDS * 8))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors, errors
    for column in "abc":
        assert dict(cluster.query(
            name, "SELECT id, %s FROM item" % column)) == ledger[column]
    assert seen["saved"] > 0


def test_a_line_waits_for_an_edit_and_is_stale_then(web):
    """An edit is under way while the import looks: its line is judged by what
    the edit leaves."""
    site, cluster, name = web
    text = site.get("/item?_etag=&select=id,a&id=lte.2",
                    headers={"Accept": "text/csv"}).text
    rows = list(csv.DictReader(io.StringIO(text)))
    before = {row["id"]: int(row["a"]) for row in rows}
    body = "id,a,_etag\n" + "".join("%s,%d,%s\n" % (
        row["id"], int(row["a"]) + 100, row["_etag"]) for row in rows)
    db = cluster.connect(name, autocommit=False)
    with db.cursor() as cursor:
        cursor.execute("UPDATE item SET a = -1 WHERE id = 2")
        replies = []
        thread = threading.Thread(target=lambda: replies.append(site.put(
            "/item", data=body, headers={"Content-Type": "text/csv",
                                         "Prefer": "continue-on-error"})))
        thread.start()
        # it waits for the row: only then is the edit finished
        wait_until(lambda: replies or cluster.query(
            name, "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = "
            "'Lock' AND datname = current_database()"), what="the import")
        assert not replies, replies[0].text
        db.commit()
        thread.join()
    db.close()
    assert [line["result"] for line in replies[0].json()["lines"]] == [
        "changed", "stale"]
    assert dict(cluster.query(name, "SELECT id, a FROM item WHERE id < 3")
                ) == {1: before["1"] + 100, 2: -1}
