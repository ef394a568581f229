"""Each kind of guard on each kind of object: which it is, that it holds."""
import re
import threading

import pytest

from guard_cases import ALL, READ_ONLY, RULED, STATES, WRITABLE, state

STALE = '"x1-j0"'


@pytest.fixture(name="web", scope="module")
def web_fixture(guard_web):
    return guard_web


@pytest.fixture(scope="module")
def home(web):
    tables = web.get("/").json()["tables"]
    return {table["name"]: table for table in tables}


def each(cases):
    return pytest.mark.parametrize("case", cases, ids=repr)


# What the program or our trigger keeps: no part of what is sent.
KEPT = ("version", "edition", "lock_version", "OptLock", "changed", "rev",
        "updated_at", "updated_by")


def body_of(web, method, path, case, name):
    if method == "DELETE":
        return None
    row = web.get(path).json() if method == "PUT" else {}
    return {**{c: v for c, v in row.items() if c not in KEPT},
            case.name: name}


def send(web, method, path, case, tag=None, name="new"):
    return web.request(method, path,
                       json=body_of(web, method, path, case, name),
                       headers={} if tag is None else {"If-Match": tag})


def changed_name(web, path, case):
    return web.get(path).json()[case.name]


@each(list(ALL.values()))
def test_guard_is_as_designed(home, case):
    assert home[case.table]["guard"] == case.guard


@each(READ_ONLY)
def test_read_only_has_no_rights_but_read(home, case):
    assert home[case.table]["rights"] == ["read", "export"]


@each(RULED)
def test_rule_takes_away_update(home, case):
    assert "update" not in home[case.table]["rights"]


@each(WRITABLE)
def test_tag_tells_the_guards_state(web, rows, case):
    _, path = rows.make(case)
    reply = web.get(path)
    assert reply.status_code == 200
    assert re.fullmatch(STATES[case.guard], state(reply.headers["ETag"]))


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
@each(WRITABLE)
def test_A12_stale_tag_changes_nothing(web, rows, case, method):
    n, path = rows.make(case)
    tag = web.get(path).headers["ETag"]
    rows.run(case.update(n, "theirs"))
    before = rows.fingerprint()
    reply = send(web, method, path, case, tag)
    assert reply.status_code == 412
    assert rows.fingerprint() == before
    assert reply.headers["ETag"] == web.get(path).headers["ETag"] != tag
    assert reply.json()["current"][case.name] == "theirs"


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
@each(WRITABLE)
def test_A10_no_condition_is_428(web, rows, case, method):
    _, path = rows.make(case)
    before = rows.fingerprint()
    assert send(web, method, path, case).status_code == 428
    assert rows.fingerprint() == before


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
@each(WRITABLE)
def test_B15_tag_of_the_reply_is_that_of_the_next_get(web, rows, case,
                                                      method):
    _, path = rows.make(case)
    tag = web.get(path).headers["ETag"]
    body = body_of(web, method, path, case, "new")
    reply = web.request(method, path, json=body, headers={"If-Match": tag})
    assert reply.status_code == 204
    now = web.get(path)
    assert now.json()[case.name] == "new"
    assert state(now.headers["ETag"]) != state(tag)
    # B16: no tag for a PUT of which something was stored otherwise
    stored = all(now.json()[c] == v for c, v in body.items())
    assert reply.headers.get("ETag") == (
        now.headers["ETag"] if stored or method == "PATCH" else None)
    assert send(web, method, path, case, tag, "again").status_code == 412


@each(WRITABLE)
def test_E11_delete_once_with_the_tag(web, rows, case):
    n, path = rows.make(case)
    tag = web.get(path).headers["ETag"]
    assert send(web, "DELETE", path, case, tag).status_code == 204
    assert rows.run("SELECT id FROM %s WHERE id = %d" % (case.under, n)) == []
    assert send(web, "DELETE", path, case, tag).status_code == 404


@each(WRITABLE)
def test_B8_same_key_again_is_another_state(web, rows, case):
    n, path = rows.make(case)
    tag = web.get(path).headers["ETag"]
    rows.run("DELETE FROM %s WHERE id = %d" % (case.under, n))
    rows.run(case.insert(n))
    if case.bump:
        rows.run(case.update(n, "old"))
    assert send(web, "PATCH", path, case, tag).status_code == 412


@each(WRITABLE)
def test_E1_of_two_writers_one_wins(web, rows, psql_session, wait_until,
                                    case):
    n, path = rows.make(case)
    tag = web.get(path).headers["ETag"]
    holder = psql_session(rows.database)
    holder.run("BEGIN")
    holder.run("SELECT id FROM %s WHERE id = %d FOR UPDATE" % (case.under, n))
    replies = {}

    def write(name):
        replies[name] = web.patch(path, json={case.name: name},
                                  headers={"If-Match": tag},
                                  session=web.new_session())
    threads = [threading.Thread(target=write, args=(name,))
               for name in ("one", "two")]
    for thread in threads:
        thread.start()
    wait_until(lambda: rows.waiting() == 2)
    holder.run("COMMIT")
    for thread in threads:
        thread.join()
    assert sorted(r.status_code for r in replies.values()) == [204, 412]
    winner = [n for n, r in replies.items() if r.status_code == 204][0]
    assert changed_name(web, path, case) == winner


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
@each([c for c in READ_ONLY if c.table != "keyless"])
def test_read_only_refuses_every_write(web, rows, case, method):
    n, path = rows.make(case)
    before = rows.fingerprint()
    assert web.get(path).json()[case.name] == "old"
    for tag in (None, "*", STALE):
        assert send(web, method, path, case, tag).status_code == 403, tag
    missing = "/%s/%s" % (case.table, case.key(n + 100000))
    assert web.request(method, missing, json={}, headers={"If-Match": STALE}
                       ).status_code == 404
    assert rows.fingerprint() == before


@each(READ_ONLY)
def test_read_only_refuses_a_new_row(web, rows, case):
    before = rows.fingerprint()
    body = {"id": 5, case.name: "new"}
    if case.region:
        body["region"] = "north"
    assert web.post("/" + case.table, json=body).status_code == 403
    assert rows.fingerprint() == before


@each(RULED)
def test_ruled_update_is_403(web, rows, case):
    _, path = rows.make(case)
    tag = web.get(path).headers["ETag"]
    before = rows.fingerprint()
    assert send(web, "PATCH", path, case, tag).status_code == 403
    assert rows.fingerprint() == before
