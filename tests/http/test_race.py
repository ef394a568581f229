"""The race is forced: a psql session holds the row's lock until 64 writers
with the same tag wait for it."""
import itertools
from concurrent.futures import ThreadPoolExecutor

import pytest

import guard_cases
from guard_cases import ALL, state

WRITERS = 64
CREATORS = 32

# One for each kind of guard; the last's statement fails unless it wrote a row.
GUARDED = [ALL[name] for name in ("kept", "railed", "said_version",
                                  "stamped_6", "identified", "bare",
                                  "touched_bare", "logged_kept")]
COUNTS = {"railed": "lock_version", "said_version": "version"}
WON = {"PUT": 204, "PATCH": 204, "DELETE": 204, "form": 303,
       "delete form": 303}


@pytest.fixture(scope="module")
def web(module_site, rows):
    return module_site(rows.database, guard_cases.ini(), workers=WRITERS)


def form(fields):
    return {"files": {name: (None, text) for name, text in fields.items()},
            "headers": {"Sec-Fetch-Site": "same-origin",
                        "Accept": "text/html"}}


def write(web, kind, path, row, tag, name):
    """One writer's request, of a client of its own."""
    session = web.new_session()
    if kind == "form":
        return web.post(path, session=session, **form(
            {"_etag": state(tag), "name": name, "_was.name": row["name"]}))
    if kind == "delete form":
        return web.post(path, session=session, **form(
            {"_etag": state(tag), "_method": "DELETE"}))
    body = {"PUT": {**row, "name": name}, "PATCH": {"name": name},
            "DELETE": None}[kind]
    return web.request(kind, path, session=session, json=body,
                       headers={"If-Match": tag})


class Race:
    """Starts writers that a held lock stops, and lets them go together."""

    def __init__(self, rows, wait_until, holder):
        self.rows = rows
        self.wait_until = wait_until
        self.holder = holder

    def run(self, hold, end, n, one):
        """The replies of one(0) ... one(n - 1), in this order."""
        self.holder.run("BEGIN")
        assert "ERROR" not in self.holder.run(hold)
        with ThreadPoolExecutor(n) as pool:
            try:
                replies = [pool.submit(one, i) for i in range(n)]
                self.wait_until(lambda: self.rows.waiting() == n, 30,
                                "%d to wait for the lock" % n)
            finally:
                self.holder.run(end)
            return [reply.result() for reply in replies]


@pytest.fixture
def race(rows, wait_until, psql_session):
    return Race(rows, wait_until, psql_session(rows.database))


def read(web, path):
    reply = web.get(path)
    assert reply.status_code == 200
    return {k: v for k, v in reply.json().items()
            if k not in ("version", "lock_version", "changed", "rev",
                         "updated_at", "updated_by")}, reply.headers["ETag"]


def count(rows, case, n):
    return rows.run("SELECT %s FROM %s WHERE id = %d" % (
        COUNTS[case.table], case.table, n))[0][0]


def lock(case, n):
    return "SELECT id FROM %s WHERE id = %d FOR UPDATE" % (case.under, n)


@pytest.mark.parametrize("kind", ["PUT", "PATCH", "form"])
@pytest.mark.parametrize("case", GUARDED, ids=repr)
def test_E1_of_64_writers_one_wins(web, rows, race, case, kind):
    n, path = rows.make(case)
    row, tag = read(web, path)
    before = count(rows, case, n) if case.table in COUNTS else None
    replies = race.run(
        lock(case, n), "COMMIT", WRITERS,
        lambda i: write(web, kind, path, row, tag, "writer %d" % i))
    winners = [i for i, reply in enumerate(replies)
               if reply.status_code != 412]
    assert [replies[i].status_code for i in winners] == [WON[kind]]
    now, new_tag = read(web, path)
    # what a trigger adds to the value is its own
    assert now["name"].startswith("writer %d" % winners[0])
    assert state(new_tag) != state(tag)
    if case.table in COUNTS:
        assert count(rows, case, n) == before + 1
    if kind == "PATCH":
        assert replies[winners[0]].headers["ETag"] == new_tag
    for i, reply in enumerate(replies):
        if i not in winners and kind != "form":
            assert reply.headers["ETag"] == new_tag
            assert reply.json()["current"]["name"] == now["name"]
        if i not in winners and kind == "form":
            assert "writer %d" % i in reply.text


@pytest.mark.parametrize("kind", ["DELETE", "delete form"])
@pytest.mark.parametrize("case", GUARDED, ids=repr)
def test_E11_of_64_deletions_one_wins(web, rows, race, case, kind):
    n, path = rows.make(case)
    row, tag = read(web, path)
    replies = race.run(lock(case, n), "COMMIT", WRITERS,
                       lambda i: write(web, kind, path, row, tag, None))
    assert sorted(r.status_code for r in replies) == sorted(
        [WON[kind]] + [404] * (WRITERS - 1))
    assert rows.run("SELECT id FROM %s WHERE id = %d" % (case.under, n)) == []


@pytest.mark.parametrize("kind", ["PUT", "PATCH", "DELETE", "form",
                                  "delete form"])
@pytest.mark.parametrize("case", [ALL[n] for n in ("kept", "railed", "bare")],
                         ids=repr)
def test_E1_all_lose_to_the_one_who_held_the_lock(web, rows, race, case,
                                                  kind):
    n, path = rows.make(case)
    row, tag = read(web, path)
    replies = race.run(
        "UPDATE %s SET name = 'theirs' WHERE id = %d" % (case.table, n),
        "COMMIT", CREATORS,
        lambda i: write(web, kind, path, row, tag, "writer %d" % i))
    assert {reply.status_code for reply in replies} == {412}
    assert read(web, path)[0]["name"] == "theirs"


@pytest.mark.parametrize("end, won", [("ROLLBACK", 1), ("COMMIT", 0)])
@pytest.mark.parametrize("case", GUARDED, ids=repr)
def test_E9_of_32_creations_one_wins(web, rows, race, case, end, won):
    n = next(rows.ids)
    path = "/%s/%d" % (case.table, n)
    replies = race.run(
        case.insert(n, "theirs"), end, CREATORS,
        lambda i: web.put(path, json={"id": n, "name": "writer %d" % i},
                          headers={"If-None-Match": "*"},
                          session=web.new_session()))
    winners = [i for i, reply in enumerate(replies)
               if reply.status_code != 412]
    assert [replies[i].status_code for i in winners] == [201] * won
    name = "writer %d" % winners[0] if won else "theirs"
    assert read(web, path)[0]["name"].startswith(name)


@pytest.mark.parametrize("case", GUARDED, ids=repr)
def test_E1_one_wins_through_whichever_door(web, rows, race, case):
    n, path = rows.make(case)
    row, tag = read(web, path)
    kinds = [kind for kind, _ in zip(itertools.cycle(WON), range(WRITERS))]
    replies = race.run(
        lock(case, n), "COMMIT", WRITERS,
        lambda i: write(web, kinds[i], path, row, tag, "writer %d" % i))
    winners = [i for i, reply in enumerate(replies)
               if reply.status_code < 400]
    assert [replies[i].status_code for i in winners] == [
        WON[kinds[i]] for i in winners] and len(winners) == 1
    left = rows.run("SELECT name FROM %s WHERE id = %d" % (case.under, n))
    gone = kinds[winners[0]] in ("DELETE", "delete form")
    assert len(left) == (0 if gone else 1)
    assert gone or left[0][0].startswith("writer %d" % winners[0])
    # A3: a PUT that could create says that its tag's row is gone
    for i, reply in enumerate(replies):
        assert i in winners or reply.status_code == (
            404 if gone and kinds[i] != "PUT" else 412), kinds[i]
