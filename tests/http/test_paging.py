"""Pages of a long list: what they cost, and that they neither skip nor repeat a
row while others write."""
import json
import random
import re
import threading

import pytest

INI = "anonymous = write\n[table entry]\n[table busy]\n"
ROWS = 60000
PAGE = 20
# What the list page may count, and then some.
MOST = 1100
# What is asked for, and the same in SQL.
ORDERS = {
    "id": "id",
    "id.desc": "id DESC",
    "day,id": "day, id",
    "day.desc.nullslast,id": "day DESC NULLS LAST, id",
    "day.desc": "day DESC, id",
    "place": "place, id",
}


@pytest.fixture(scope="module")
def web(cluster, module_site):
    name = cluster.makedb("""
        CREATE TABLE entry (id int PRIMARY KEY, place text NOT NULL, day date,
            note text);
        INSERT INTO entry SELECT g, 'place ' || g %% 7,
            CASE WHEN g %% 5 > 0 THEN date '2000-01-01' + g / 10 END, 'x'
            FROM generate_series(1, %d) g;
        CREATE INDEX ON entry (day, id);
        CREATE INDEX ON entry (day DESC NULLS LAST, id);
        CREATE INDEX ON entry (day DESC, id);
        CREATE INDEX ON entry (place, id);
        SELECT ifmatch.protect('entry');
        CREATE TABLE busy (id int PRIMARY KEY, a int, b text);
        GRANT SELECT, INSERT, UPDATE, DELETE ON entry, busy TO ifmatch;
        """ % ROWS)
    cluster.psql(name, "VACUUM ANALYZE")
    for setting in ("session_preload_libraries = auto_explain",
                    "auto_explain.log_min_duration = 0",
                    "auto_explain.log_analyze = on",
                    "auto_explain.log_format = json"):
        cluster.query("postgres", "ALTER ROLE ifmatch IN DATABASE %s SET %s"
                      % (name, setting))
    db = cluster.connect(name)
    yield module_site(name, INI, workers=2), db
    db.close()


def nodes(plan):
    yield plan
    for part in plan.get("Plans", []):
        yield from nodes(part)


def plans(cluster, mark):
    """The plans that were logged since then, of lists of entries."""
    log = cluster.log_since(mark)
    found = []
    for begin in re.finditer(r"plan:\n", log):
        plan = json.JSONDecoder().raw_decode(log[begin.end():].lstrip())[0]
        if any(node.get("Relation Name") == "entry"
               for node in nodes(plan["Plan"])):
            found.append(plan)
    return found


def work(plan):
    """The most rows that any part of a plan went through; of a plan that was
    only asked for, none."""
    return max((node.get("Actual Rows", 0) + node.get("Rows Removed by Filter", 0))
               * node.get("Actual Loops", 0) for node in nodes(plan["Plan"]))


def place(db, name, part):
    """The value of _after for the row that lies at this part of the list: of
    each column of the order "=VALUE" or "!", then the key."""
    columns = [one.split(".")[0] for one in name.split(",")]
    with db.cursor() as cursor:
        cursor.execute("SELECT %s, id FROM entry ORDER BY %s OFFSET %d LIMIT 1"
                       % (", ".join(columns), ORDERS[name],
                          min(int(ROWS * part), ROWS - PAGE - 1)))
        *values, key = cursor.fetchone()
    return ",".join("!" if value is None else "=%s" % value
                    for value in values) + ",%s" % key


@pytest.mark.parametrize("accept", ["application/json", "text/html"])
@pytest.mark.parametrize("part", ["first", 0.3, 0.81, 1.0])
@pytest.mark.parametrize("name", ORDERS)
def test_no_page_goes_through_what_it_does_not_show(cluster, web, name, part,
                                                    accept):
    site, db = web
    url = "/entry?order=%s&limit=%d" % (name, PAGE)
    if part != "first":
        url += "&_after=" + place(db, name, part)
    mark = cluster.log_mark()
    reply = site.get(url, headers={"Accept": accept})
    assert reply.status_code == 200, reply.text
    found = plans(cluster, mark)
    assert found
    for plan in found:
        assert work(plan) <= MOST, json.dumps(plan, indent=1)


def test_a_page_behind_a_filter_begins_at_its_place(cluster, web):
    site, _ = web
    mark = cluster.log_mark()
    reply = site.get("/entry?place=eq.place%203&order=id&limit=20"
                     "&_after==50000,50000")
    assert [row["id"] for row in reply.json()][0] == 50004
    assert all(work(plan) <= MOST for plan in plans(cluster, mark))


BUSY = ["a", "a.desc", "a.nullsfirst", "a.desc.nullslast", "b,a.desc",
        "b.desc.nullslast,a", "id.desc", ""]


class Churn:
    """Others who insert and delete. Rows whose number ends in 0 stay; every
    other number is used once."""

    def __init__(self, db, seed):
        self.db = db
        self.random = random.Random(seed)
        self.unused = [i for i in range(1, 1200) if i % 10]
        self.random.shuffle(self.unused)
        self.there = []

    def row(self, number):
        return (number, self.random.choice([None, 1, 2]),
                self.random.choice([None, "", "x", "!", "=", "a,b"]))

    def begin(self):
        with self.db.cursor() as cursor:
            cursor.execute("TRUNCATE busy")
            for number in range(10, 400, 10):
                cursor.execute("INSERT INTO busy VALUES (%s, %s, %s)",
                               self.row(number))
        for _ in range(20):
            self.write()

    def write(self, gone=None):
        """One inserts or deletes a row, maybe the one numbered gone."""
        with self.db.cursor() as cursor:
            if gone in self.there and self.random.random() < 0.7:
                victim = gone
            elif self.there and self.random.random() < 0.4:
                victim = self.random.choice(self.there)
            else:
                number = self.unused.pop()
                self.there.append(number)
                cursor.execute("INSERT INTO busy VALUES (%s, %s, %s)",
                               self.row(number))
                return
            self.there.remove(victim)
            cursor.execute("DELETE FROM busy WHERE id = %s", (victim,))


def walk(site, url, relation, between):
    """The numbers on all pages, by their links, and the last URL;
    between(last) is called behind each."""
    seen = []
    while url:
        reply = site.get(url)
        assert reply.status_code == 200, reply.text
        page = [row["id"] for row in reply.json()]
        seen.append(page)
        between(page[-1] if page else None)
        begin, url = url, reply.links.get(relation, {}).get("url")
    return seen, begin


def check(cursor, order, seen):
    """Each row that stayed once, in the order of the list; no other twice."""
    sql = {"": "id"}.get(order) or ", ".join(
        one.replace(".desc", " DESC").replace(
            ".nullslast", " NULLS LAST").replace(
            ".nullsfirst", " NULLS FIRST") for one in order.split(","))
    cursor.execute("SELECT id FROM busy WHERE id %% 10 = 0 ORDER BY %s, id"
                   % sql)
    assert [i for i in seen if i % 10 == 0] == \
        [row[0] for row in cursor.fetchall()]
    assert len(set(seen)) == len(seen)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("order", BUSY)
def test_pages_stay_whole_while_rows_come_and_go(web, order, seed):
    site, db = web
    churn = Churn(db, "%s %d" % (order, seed))
    churn.begin()

    def between(last):
        for _ in range(churn.random.randrange(4)):
            churn.write(last)
    url = "/busy?limit=%d" % churn.random.choice([1, 3, 7])
    if order:
        url += "&order=" + order
    pages, last = walk(site, url, "next", between)
    with db.cursor() as cursor:
        check(cursor, order, sum(pages, []))
        pages, _ = walk(site, last, "prev", between)
        check(cursor, order, sum(reversed(pages), []))


def test_pages_stay_whole_beside_writers_that_do_not_wait(web):
    site, db = web
    churn = Churn(db, "at once")
    churn.begin()
    stop = threading.Event()

    def write():
        while not stop.is_set() and len(churn.unused) > 10:
            churn.write()
    writer = threading.Thread(target=write)
    writer.start()
    try:
        walks = [(order, sum(walk(site, "/busy?limit=3&order=" + order,
                                  "next", lambda last: None)[0], []))
                 for order in ("a", "a.desc,b", "b.nullsfirst")]
    finally:
        stop.set()
        writer.join()
    with db.cursor() as cursor:
        for order, seen in walks:
            check(cursor, order, seen)


def test_before_nothing_is_the_end(cluster, web):
    site, _ = web
    mark = cluster.log_mark()
    reply = site.get("/entry?_before=&limit=3")
    assert [row["id"] for row in reply.json()] == [ROWS - 2, ROWS - 1, ROWS]
    assert set(reply.links) == {"first", "prev"}
    assert all(work(plan) <= MOST for plan in plans(cluster, mark))
    reply = site.get(reply.links["prev"]["url"])
    assert [row["id"] for row in reply.json()] == [ROWS - 5, ROWS - 4,
                                                  ROWS - 3]
