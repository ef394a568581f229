"""What ten thousand rows by one request cost: bulk.py [ROWS]. Prints seconds of
POST, PATCH, a PATCH that is refused, one with continue-on-error, and DELETE by
filters; ends with 1 where one takes longer than ten."""
import os
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from harness.cluster import Cluster  # noqa: E402
from harness.site import Site  # noqa: E402

INI = ("anonymous = write\nbody_limit = 16M\n[table kept]\n[table bare]\n")
TABLES = """
CREATE TABLE kept (id int PRIMARY KEY, name text NOT NULL, n int);
CREATE TABLE bare (id int PRIMARY KEY, name text NOT NULL, n int);
SELECT ifmatch.protect('kept');
"""
MOST = 10.0


def timed(name, want, call):
    begin = time.perf_counter()
    reply = call()
    took = time.perf_counter() - begin
    print("  %-36s %5.2f s" % (name, took))
    assert reply.status_code == want, (reply.status_code, reply.text[:500])
    return took, reply


def measure(site, cursor, table, rows):
    print("%s: %d rows" % (table, rows))
    url = "/" + table
    costs = []

    def step(*args):
        took, reply = timed(*args)
        costs.append(took)
        return reply
    step("POST of an array", 201, lambda: site.post(url, json=[
        {"id": i, "name": "row %d" % i, "n": i} for i in range(rows)]))
    tags = {row["id"]: row["_etag"]
            for row in site.get(url + "?_etag=&select=id").json()}
    changes = [{"id": i, "_etag": tags[i], "n": i + 1} for i in range(rows)]
    step("PATCH of an array", 204, lambda: site.patch(url, json=changes))
    cursor.execute("SELECT count(*) FROM %s WHERE n = id + 1" % table)
    assert cursor.fetchone()[0] == rows
    reply = step("the same again: every item stale", 412, lambda: site.patch(
        url, json=[dict(item, n=0) for item in changes]))
    assert len(reply.json()["items"]) == rows
    cursor.execute("SELECT count(*) FROM %s WHERE n = id + 1" % table)
    assert cursor.fetchone()[0] == rows
    tags = {row["id"]: row["_etag"]
            for row in site.get(url + "?_etag=&select=id").json()}
    reply = step("PATCH, continue-on-error", 207, lambda: site.patch(
        url, headers={"Prefer": "continue-on-error"},
        json=[{"id": i, "_etag": tags[i] if i % 2 else "v1", "n": -i}
              for i in range(rows)]))
    assert sum(r["status"] == 200 for r in reply.json()) == rows // 2
    step("PATCH by filters", 204, lambda: site.patch(
        url + "?id=gte.0", json={"n": 5},
        headers={"Prefer": "max-affected=%d" % rows}))
    step("DELETE by filters", 204, lambda: site.delete(
        url + "?id=gte.0", headers={"Prefer": "max-affected=%d" % rows}))
    return max(costs)


def main(rows):
    cluster = Cluster()
    worst = 0
    try:
        cluster.make_roles()
        name = cluster.makedb(TABLES)
        cluster.grant(name)
        site = Site(cluster.conninfo(name), INI, workers=1)
        db = cluster.connect(name)
        for table in ("kept", "bare"):
            worst = max(worst, measure(site, db.cursor(), table, rows))
        db.close()
        site.stop()
        site.remove()
    finally:
        cluster.stop("fast")
        cluster.remove()
    return 1 if worst > MOST else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10000))
