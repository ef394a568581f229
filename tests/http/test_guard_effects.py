"""What guarded writes do to versions, moving rows, triggers and policies."""
import threading

import pytest

from guard_cases import ALL, state


@pytest.fixture(name="web", scope="module")
def web_fixture(guard_web):
    return guard_web


def cases(*names):
    return pytest.mark.parametrize("case", [ALL[n] for n in names], ids=repr)


def tag_of(web, path):
    reply = web.get(path)
    assert reply.status_code == 200
    return reply.headers["ETag"]


def patch(web, path, body, **headers):
    headers.setdefault("If-Match", tag_of(web, path))
    return web.patch(path, json=body, headers=headers)


WRITES = pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])


def write(web, method, path, body, tag):
    if method == "PUT":
        body = {**web.get(path).json(), **body}
    return web.request(method, path, json=body if method != "DELETE" else None,
                       headers={"If-Match": tag} if tag else {})


# Versions

@pytest.mark.parametrize("table, column, before, after", [
    ("said_none", "version", 7, 7),
    ("said_version", "version", 7, 8),
    ("railed", "lock_version", 0, 1),
    ("optlocked", '"OptLock"', None, 1),
    ("never_counted", "version", None, 1),
    ("negative", "version", -7, -6),
    ("small_version", "version", 1, 2),
    ("counted", "version", 10, 20),
])
def test_version_is_counted_once(web, rows, table, column, before, after):
    n, path = rows.make(ALL[table])
    query = "SELECT %s FROM %s WHERE id = %d" % (column, table, n)
    assert rows.run(query) == [(before,)]
    assert patch(web, path, {"name": "new"}).status_code == 204
    assert rows.run(query) == [(after,)]


@pytest.mark.parametrize("table, lead", [
    ("never_counted", "vnx"), ("negative", "vm7x"), ("said_version", "v7x")])
def test_state_spells_the_version(web, rows, table, lead):
    _, path = rows.make(ALL[table])
    assert state(tag_of(web, path)).startswith(lead)


def test_candidate_is_never_bumped(web, rows):
    n, path = rows.make(ALL["candidate"])
    reply = web.patch(path, json={"name": "new"}, headers={"If-Match": "*"})
    assert reply.status_code == 403
    assert rows.run("SELECT version, name FROM candidate WHERE id = %d" % n
                    ) == [(7, "old")]


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_E8_full_smallint_version_does_not_wrap(web, rows, method):
    n, path = rows.make(ALL["small_version"])
    rows.run("UPDATE small_version SET version = 32767 WHERE id = %d" % n)
    before = rows.fingerprint()
    tag = tag_of(web, path)
    assert write(web, method, path, {"name": "new"}, tag).status_code in (
        409, 422)
    assert rows.fingerprint() == before
    assert tag_of(web, path) == tag


@pytest.mark.parametrize("table, step", [
    ("stamped_0", "1 s"), ("stamped_3", "1 ms"), ("stamped_6", "1 us")])
def test_timestamp_version_grows_by_its_precision(web, rows, table, step):
    n, path = rows.make(ALL[table])
    where = " FROM %s WHERE id = %d" % (table, n)
    for name in ("one", "two", "three"):
        old = rows.run("SELECT changed" + where)[0][0]
        assert patch(web, path, {"name": name}).status_code == 204
        assert rows.run("SELECT changed" + where)[0][0] > old
    # ahead of the clock there is only the step
    rows.run("UPDATE %s SET changed = '2199-12-31 23:59:59' WHERE id = %d"
             % (table, n))
    assert patch(web, path, {"name": "far"}).status_code == 204
    assert rows.run("SELECT changed = timestamp '2199-12-31 23:59:59'"
                    " + interval '%s'" % step + where) == [(True,)]


def test_uuid_version_is_renewed(web, rows):
    n, path = rows.make(ALL["identified"])
    query = "SELECT replace(rev::text, '-', '') FROM identified WHERE id = %d"
    (old,), = rows.run(query % n)
    tag = tag_of(web, path)
    assert state(tag).startswith("v%sx" % old)
    assert patch(web, path, {"name": "new"}).status_code == 204
    assert rows.run(query % n) != [(old,)]


def test_E7_writer_that_forgets_the_bump_is_noticed(web, rows):
    n, path = rows.make(ALL["railed"])
    tag = tag_of(web, path)
    rows.run("UPDATE railed SET name = 'raw' WHERE id = %d" % n)
    assert patch(web, path, {"name": "new"}, **{"If-Match": tag}
                 ).status_code == 412



# Partitions and inheritance

MOVING = cases("moving", "moving_bare", "moving_railed")


@MOVING
def test_row_moves_to_another_partition(web, rows, case):
    n, path = rows.make(case)
    tag = tag_of(web, path)
    reply = patch(web, path, {"region": "south"})
    assert reply.status_code == 204
    assert reply.headers["ETag"] == tag_of(web, path) != tag
    assert rows.run("SELECT name, region FROM %s_south WHERE id = %d" % (
        case.table, n)) == [("old", "south")]
    assert patch(web, path, {"region": "north"}, **{"If-Match": tag}
                 ).status_code == 412


@MOVING
def test_E1_row_that_moves_has_one_winner(web, rows, psql_session,
                                          wait_until, case):
    n, path = rows.make(case)
    tag = tag_of(web, path)
    holder = psql_session(rows.database)
    holder.run("BEGIN")
    holder.run("SELECT id FROM %s WHERE id = %d FOR UPDATE" % (case.table, n))
    replies = {}

    def send(column, value):
        replies[column] = web.patch(path, json={column: value},
                                    headers={"If-Match": tag},
                                    session=web.new_session())
    threads = [threading.Thread(target=send, args=a) for a in
               (("region", "south"), ("name", "new"))]
    for thread in threads:
        thread.start()
    wait_until(lambda: rows.waiting() == 2)
    holder.run("COMMIT")
    for thread in threads:
        thread.join()
    assert sorted(r.status_code for r in replies.values()) == [204, 412]
    row = web.get(path).json()
    assert (row["region"], row["name"]) == (
        ("south", "old") if replies["region"].status_code == 204
        else ("north", "new"))


def test_row_whose_key_moves_has_a_new_address(web, rows):
    n, path = rows.make(ALL["parted"])
    reply = patch(web, path, {"region": "south"})
    assert reply.status_code == 204
    assert web.get(path).status_code == 404
    assert tag_of(web, "/parted/%d,south" % n) == reply.headers["ETag"]


@WRITES
@cases("parent", "parent_bare")
def test_same_id_in_a_child_is_409(web, rows, case, method):
    """Neither a blind write nor one whose tag both rows have, being made by
    one statement, may touch two rows."""
    n = next(rows.ids)
    child = case.table.replace("parent", "child")
    rows.run("WITH c AS (INSERT INTO %s (id, name, extra) VALUES (%d, 'old',"
             " 'x')) INSERT INTO %s (id, name) VALUES (%d, 'old')"
             % (child, n, case.table, n))
    before = rows.fingerprint()
    path = "/%s/%d" % (case.table, n)
    assert web.get(path).status_code == 409
    body = {"id": n, "name": "new"} if method != "DELETE" else None
    (xmin,), = rows.run("SELECT xmin FROM ONLY %s WHERE id = %d" % (
        case.table, n))
    for tag in ("*", '"x%s-j"' % xmin):
        reply = web.request(method, path, json=body,
                            headers={"If-Match": tag})
        assert reply.status_code == 409
    assert rows.fingerprint() == before


@WRITES
@cases("parent", "parent_bare")
def test_tag_chooses_the_row_that_was_read(web, rows, case, method):
    n, path = rows.make(case)
    tag = tag_of(web, path)
    child = case.table.replace("parent", "child")
    rows.run("INSERT INTO %s (id, name, extra) VALUES (%d, 'child', 'x')"
             % (child, n))
    body = {"id": n, "name": "new"} if method != "DELETE" else None
    reply = web.request(method, path, json=body, headers={"If-Match": tag})
    assert reply.status_code == 204
    assert rows.run("SELECT name FROM ONLY %s WHERE id = %d" % (
        case.table, n)) == ([("new",)] if body else [])
    assert rows.run("SELECT name FROM %s WHERE id = %d" % (child, n)
                    ) == [("child",)]


@cases("parent", "parent_bare")
def test_childs_row_is_changed_through_the_parent(web, rows, case):
    n = next(rows.ids)
    child = case.table.replace("parent", "child")
    rows.run("INSERT INTO %s (id, name, extra) VALUES (%d, 'old', 'x')" % (
        child, n))
    path = "/%s/%d" % (case.table, n)
    tag = tag_of(web, path)
    reply = patch(web, path, {"name": "new"})
    assert reply.status_code == 204
    assert reply.headers["ETag"] == tag_of(web, path) != tag
    assert rows.run("SELECT name, extra FROM %s WHERE id = %d" % (child, n)
                    ) == [("new", "x")]


# Columns

def test_json_column_is_compared_and_changed(web, rows):
    n, path = rows.make(ALL["documents"])
    assert patch(web, path, {"doc": {"a": 1}, "more": [1, None]}
                 ).status_code == 204
    tag = tag_of(web, path)
    reply = patch(web, path, {"doc": {"a": 1}, "more": [1, None]})
    assert reply.status_code == 204 and tag_of(web, path) == tag
    assert patch(web, path, {"doc": {"a": 2}}).status_code == 204
    assert tag_of(web, path) != tag
    assert rows.run("SELECT doc->>'a', more::text FROM documents"
                    " WHERE id = %d" % n) == [("2", "[1, null]")]


def test_generated_column_cannot_be_set(web, rows):
    _, path = rows.make(ALL["generated"])
    before = rows.fingerprint()
    assert patch(web, path, {"loud": "QUIET"}).status_code == 422
    assert patch(web, path, {"loud": "OLD"}).status_code == 204
    assert rows.fingerprint() == before
    assert patch(web, path, {"name": "new"}).status_code == 204
    assert web.get(path).json()["loud"] == "NEW"


# Triggers

@cases("touched_kept", "touched_bare", "touched_railed")
def test_B15_representation_shows_what_triggers_did(web, rows, case):
    _, path = rows.make(case)
    reply = patch(web, path, {"name": "new"},
                  Prefer="return=representation")
    assert reply.status_code == 200
    now = web.get(path)
    assert reply.json() == now.json()
    assert now.json()["touches"] == 2
    assert reply.headers["ETag"] == now.headers["ETag"]
    made = web.post("/" + case.table, json={"id": next(rows.ids)},
                    headers={"Prefer": "return=representation"})
    assert made.status_code == 201
    now = web.get(made.headers["Location"])
    assert now.json()["touches"] == made.json()["touches"] == 1
    assert made.headers["ETag"] == now.headers["ETag"]


@cases("logged_kept", "logged_bare")
def test_A12_statement_trigger_leaves_nothing_where_no_row_is(
        web, rows, case):
    n, path = rows.make(case)
    missing = "/%s/%d" % (case.table, n + 100000)
    before = rows.fingerprint()
    tag = tag_of(web, path)
    assert patch(web, path, {"name": "old"}).status_code == 204
    assert web.patch(missing, json={"name": "x"}, headers={"If-Match": tag}
                     ).status_code == 404
    assert web.delete(missing, headers={"If-Match": "*"}).status_code == 404
    assert web.put(path, json={"id": n, "name": "x"},
                   headers={"If-None-Match": "*"}).status_code == 412
    assert rows.fingerprint() == before


@WRITES
@cases("swallowed_kept", "swallowed_bare")
def test_E2_trigger_that_swallows_is_409(web, rows, case, method):
    _, path = rows.make(case, "fixed")
    before = rows.fingerprint()
    tag = tag_of(web, path)
    reply = write(web, method, path, {"name": "new"}, tag)
    assert reply.status_code == 409
    assert rows.fingerprint() == before
    assert write(web, method, path, {"name": "new"}, '"v1x1-j"'
                 ).status_code == 412


# Constraints at the end of the transaction

@pytest.mark.parametrize("method", ["PUT", "PATCH"])
@cases("deferred", "deferred_bare")
def test_E3_deferred_foreign_key_is_409_at_commit(web, rows, case, method):
    n, path = rows.make(case)
    before = rows.fingerprint()
    tag = tag_of(web, path)
    reply = write(web, method, path, {"target": 999, "name": "new"}, tag)
    assert reply.status_code == 409
    assert "target" in reply.json()["constraint"]
    assert rows.fingerprint() == before
    assert tag_of(web, path) == tag
    assert write(web, method, path, {"target": 999}, '"v1x1-j"'
                 ).status_code == 412
    assert write(web, method, path, {"target": 2}, tag).status_code == 204
    made = web.post("/" + case.table,
                    json={"id": next(rows.ids), "target": 999})
    assert made.status_code == 409
    assert rows.run("SELECT count(*) FROM %s WHERE target = 999"
                    % case.table) == [(0,)]


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_E3_deferred_trigger_refuses_at_commit(web, rows, method):
    _, path = rows.make(ALL["judged_late"])
    before = rows.fingerprint()
    reply = write(web, method, path, {"name": "late"}, tag_of(web, path))
    assert reply.status_code == 422
    assert "late is too late" in reply.json()["message"]
    assert rows.fingerprint() == before


# Row-level security

WALLED = cases("walled_kept", "walled_bare")
TAGS = pytest.mark.parametrize("tag", [None, "*", '"v1x1-j"'])


@TAGS
@WRITES
@WALLED
def test_A11_hidden_row_is_404(web, rows, case, method, tag):
    _, path = rows.make(case, "hidden")
    before = rows.fingerprint()
    assert web.get(path).status_code == 404
    body = None if method == "DELETE" else {"name": "new"}
    reply = web.request(method, path, json=body,
                        headers={"If-Match": tag} if tag else {})
    if method == "PUT":
        # a PUT may create: refused as the condition or the key says
        assert reply.status_code in (404, 409, 412)
        assert "hidden" not in reply.text
    else:
        assert reply.status_code == 404
    assert rows.fingerprint() == before


@TAGS
@WRITES
@WALLED
def test_A11_locked_row_is_403(web, rows, case, method, tag):
    _, path = rows.make(case, "locked")
    before = rows.fingerprint()
    assert write(web, method, path, {"name": "new"}, tag).status_code == 403
    assert rows.fingerprint() == before


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
@WALLED
def test_locked_row_is_403_with_its_tag(web, rows, case, method):
    _, path = rows.make(case, "locked")
    before = rows.fingerprint()
    assert write(web, method, path, {"name": "new"}, tag_of(web, path)
                 ).status_code == 403
    assert rows.fingerprint() == before


@pytest.mark.parametrize("name", ["forbidden", "hidden"])
@pytest.mark.parametrize("method", ["PUT", "PATCH"])
@WALLED
def test_value_that_a_policy_denies_is_403(web, rows, case, method, name):
    _, path = rows.make(case)
    before = rows.fingerprint()
    assert write(web, method, path, {"name": name}, tag_of(web, path)
                 ).status_code == 403
    assert write(web, method, path, {"name": name}, '"v1x1-j"'
                 ).status_code == 412
    assert rows.fingerprint() == before
