"""A write that touched no row: what the look afterwards makes of it."""
import threading

import pytest

from conditions import TABLES, tag_of

STALE = '"v1x1-j0"'
GUARDED = ["kept", "bare", "railed"]
UNGUARDED = pytest.mark.parametrize("tag", [None, "*", STALE, "TAG"])


def write(web, method, path, body, tag):
    headers = {}
    if tag is not None:
        headers["If-Match"] = tag_of(web, path) if tag == "TAG" else tag
    return web.request(method, path, headers=headers,
                       json=body if method != "DELETE" else None)


# Rights

@UNGUARDED
@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_no_right_is_403(web, data, method, tag):
    n, path = data.row("looked_at")
    before = data.image("looked_at", n)
    assert write(web, method, path, {"name": "new"}, tag).status_code == 403
    assert data.image("looked_at", n) == before


@pytest.mark.parametrize("body, tag, status", [
    ({"name": "new"}, "TAG", 204),
    ({"name": "new", "qty": 1}, "TAG", 204),
    ({"qty": 1}, "TAG", 204),
    ({"qty": 2}, "TAG", 403),
    ({"name": "new", "qty": 2}, "TAG", 403),
    ({"qty": 2}, STALE, 412),
    ({"qty": 2}, None, 428),
])
def test_column_that_may_not_be_changed(web, data, body, tag, status):
    n, path = data.row("one_column")
    before = data.image("one_column", n)
    reply = write(web, "PATCH", path, body, tag)
    assert reply.status_code == status
    if status == 403:
        assert reply.json()["column"] == "qty"
    assert (data.image("one_column", n) == before) == (
        status != 204 or "name" not in body)


@pytest.mark.parametrize("table, method, tag, status", [
    ("only_delete", "DELETE", STALE, 412),
    ("only_delete", "DELETE", None, 428),
    ("only_delete", "DELETE", "TAG", 204),
    ("only_delete", "DELETE", "*", 204),
    ("only_delete", "PATCH", "TAG", 403),
    ("only_delete", "PATCH", STALE, 403),
    ("no_delete", "DELETE", STALE, 403),
    ("no_delete", "DELETE", "TAG", 403),
    ("no_delete", "PATCH", STALE, 412),
    ("no_delete", "PATCH", "TAG", 204),
])
def test_one_right_without_the_other(web, data, table, method, tag, status):
    n, path = data.row(table)
    before = data.image(table, n)
    reply = write(web, method, path, {"name": "new"}, tag)
    assert reply.status_code == status
    assert (data.image(table, n) == before) == (status != 204)


# Nothing to do

def same(row, table):
    kept = ("version", "updated_at", "updated_by", "lock_version")
    return {k: v for k, v in row.items() if k not in kept}


@pytest.mark.parametrize("tag", ["TAG", "*"])
@pytest.mark.parametrize("method, body", [
    ("PATCH", {"name": "old"}), ("PATCH", {"name": "old", "qty": 1}),
    ("PATCH", {"doc": None}), ("PATCH", {}), ("PUT", None)])
@pytest.mark.parametrize("table", GUARDED)
def test_E5_no_op_writes_nothing(web, data, table, method, body, tag):
    n, path = data.row(table)
    now = web.get(path)
    before = data.image(table, n)
    if body is None:
        body = same(now.json(), table)
    reply = write(web, method, path, body, tag)
    assert reply.status_code == 204
    assert reply.headers["ETag"] == now.headers["ETag"]
    full = web.request(method, path, json=body, headers={
        "If-Match": now.headers["ETag"], "Prefer": "return=representation"})
    assert full.status_code == 200
    assert full.json() == now.json()
    assert full.headers["ETag"] == now.headers["ETag"]
    assert data.image(table, n) == before


@pytest.mark.parametrize("table", GUARDED)
@pytest.mark.parametrize("body, equal", [
    ({"name": "theirs"}, True), ({"name": "theirs", "qty": 1}, True),
    ({"name": "mine"}, False), ({"name": "theirs", "qty": 2}, False)])
def test_stale_says_whether_the_row_is_as_asked(web, data, table, body,
                                                equal):
    n, path = data.row(table)
    tag = tag_of(web, path)
    data.run("UPDATE %s SET name = 'theirs' WHERE id = %d" % (table, n))
    before = data.image(table, n)
    reply = write(web, "PATCH", path, body, tag)
    assert reply.status_code == 412
    assert reply.json()["already_equal"] is equal
    assert data.image(table, n) == before


@pytest.mark.parametrize("table", GUARDED)
def test_equal_row_still_needs_a_condition(web, data, table):
    _, path = data.row(table)
    assert write(web, "PATCH", path, {"name": "old"}, None
                 ).status_code == 428


# What happens while the write waits for the row

MEANWHILE = [
    ("DELETE FROM {t} WHERE id = {n}", "TAG", "PATCH", 404),
    ("DELETE FROM {t} WHERE id = {n}", "*", "PATCH", 404),
    ("DELETE FROM {t} WHERE id = {n}", "TAG", "DELETE", 404),
    ("DELETE FROM {t} WHERE id = {n}", "*", "DELETE", 404),
    ("UPDATE {t} SET qty = 5 WHERE id = {n}", "TAG", "PATCH", 412),
    ("UPDATE {t} SET qty = 5 WHERE id = {n}", "TAG", "DELETE", 412),
    ("UPDATE {t} SET qty = 5 WHERE id = {n}", "*", "PATCH", 204),
    ("UPDATE {t} SET qty = 5 WHERE id = {n}", "*", "DELETE", 204),
    ("UPDATE {t} SET name = 'new' WHERE id = {n}", "TAG", "PATCH", 412),
    ("UPDATE {t} SET name = 'new' WHERE id = {n}", "*", "PATCH", 204),
    ("UPDATE {t} SET name = 'hidden' WHERE id = {n}", "TAG", "PATCH", 404),
    ("UPDATE {t} SET name = 'locked' WHERE id = {n}", "TAG", "PATCH", 403),
    ("UPDATE {t} SET name = 'locked' WHERE id = {n}", "TAG", "DELETE", 403),
    ("UPDATE {t} SET name = 'locked' WHERE id = {n}", "*", "PATCH", 403),
]


@pytest.mark.parametrize("table", ["walled", "kept", "bare"])
@pytest.mark.parametrize("sql, tag, method, status", MEANWHILE)
def test_E2_zero_rows_are_told_apart(web, data, psql_session, wait_until, sql,
                                     tag, method, status, table):
    if table != "walled" and ("hidden" in sql or "locked" in sql):
        # to these tables they are names like any other
        status = 412 if tag == "TAG" else 204
    n, path = data.row(table)
    if tag == "TAG":
        tag = tag_of(web, path)
    holder = psql_session(data.database)
    holder.run("BEGIN")
    holder.run(sql.format(t=table, n=n))
    replies = []
    thread = threading.Thread(target=lambda: replies.append(
        write(web, method, path, {"name": "new"}, tag)))
    thread.start()
    wait_until(lambda: data.waiting() == 1)
    holder.run("COMMIT")
    thread.join()
    assert replies[0].status_code == status
    if status == 412:
        assert replies[0].json()["already_equal"] is (
            "'new'" in sql and method == "PATCH")
    if status == 204 and method == "PATCH":
        assert web.get(path).json()["name"] == "new"


# The same person again

def test_person_travels_with_the_write(people, data):
    for who in ("anna", "o'neil \"x\" \\", "żółć"):
        n, path = data.row("kept")
        tag = people(who, "GET", path).get("ETag")
        assert people(who, "PATCH", path, {"name": "new"}, tag).status == 204
        assert people(who, "GET", path).json()["updated_by"] == who
    # and with this write alone
    n, path = data.row("kept")
    tag = people(None, "GET", path).get("ETag")
    assert people(None, "PATCH", path, {"name": "new"}, tag).status == 204
    assert people(None, "GET", path).json()["updated_by"] == "ifmatch"


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_E4_same_persons_retry_succeeds(people, data, method):
    n, path = data.row("kept")
    tag = people("anna", "GET", path).get("ETag")
    body = {"id": n, "name": "new", "qty": 1, "doc": None}
    first = people("anna", method, path, body, tag)
    assert first.status == 204
    before = data.image("kept", n)
    again = people("anna", method, path, body, tag)
    assert again.status == 204
    assert again.get("ETag") is None
    full = people("anna", method, path, body, tag,
                  Prefer="return=representation")
    assert (full.status, full.json()["name"]) == (200, "new")
    assert data.image("kept", n) == before
    other = people("anna", method, path, {**body, "name": "more"}, tag)
    assert other.status == 412
    assert other.json()["changed_by"] == "anna"


@pytest.mark.parametrize("first, second", [
    ("anna", "ben"), ("anna", None), (None, "anna"), (None, None)])
def test_E4_another_persons_equal_write_is_412(people, data, first, second):
    n, path = data.row("kept")
    tag = people("anna", "GET", path).get("ETag")
    assert people(first, "PATCH", path, {"name": "new"}, tag).status == 204
    reply = people(second, "PATCH", path, {"name": "new"}, tag)
    assert reply.status == 412
    assert reply.json()["already_equal"] is True
    assert reply.json()["changed_by"] == (first or "ifmatch")


def test_E4_somebody_in_between_makes_it_412(people, data):
    n, path = data.row("kept")
    tag = people("anna", "GET", path).get("ETag")
    assert people("anna", "PATCH", path, {"name": "new"}, tag).status == 204
    for name in ("ben's", "new"):
        now = people("ben", "GET", path).get("ETag")
        assert people("ben", "PATCH", path, {"name": name}, now).status == 204
    assert people("anna", "PATCH", path, {"name": "new"}, tag).status == 412


def test_E4_without_our_trigger_nobody_is_known(people, data):
    for table in ("bare", "railed"):
        n, path = data.row(table)
        tag = people("anna", "GET", path).get("ETag")
        for status in (204, 412):
            assert people("anna", "PATCH", path, {"name": "new"}, tag
                          ).status == status


def test_E4_creation_is_never_repeated(people, data):
    path = "/kept/%d" % (next(data.ids) + 700000)
    for status in (201, 412):
        reply = people("anna", "PUT", path, {"name": "new"},
                       **{"If-None-Match": "*"})
        assert reply.status == status
    tag = reply.get("ETag")
    for status in (204, 404):
        assert people("anna", "DELETE", path, tag=tag).status == status


def test_remote_user_is_not_believed_unless_said(cgi, ini, data):
    _, path = data.row("kept")
    config = ini(data.database, "anonymous = write\n" + TABLES)
    reply = cgi(config, "PATCH", "/records" + path, {
        "If-Match": "*", "Content-Type": "application/json"},
        '{"name":"new"}', {"REMOTE_USER": "anna"})
    assert reply.status == 204
    reply = cgi(config, "GET", "/records" + path, env={"REMOTE_USER": "anna"})
    assert reply.json()["updated_by"] == "ifmatch"
