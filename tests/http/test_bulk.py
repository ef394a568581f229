"""Many rows by one request, each under a guard of its own."""
import json
import threading

import pytest

INI = ("anonymous = write\n[table item]\n[table free]\n"
       "filtered_writes = yes\n[table pair]\n"
       "[table wide]\nfiltered_writes = yes\n")


@pytest.fixture(scope="module")
def web(module_desk):
    desk = module_desk("""
        CREATE TABLE item (id int PRIMARY KEY, name text NOT NULL,
            n int CHECK (n >= 0),
            made int GENERATED ALWAYS AS (id * 2) STORED);
        CREATE TABLE free (id int PRIMARY KEY, n int);
        CREATE TABLE pair (a int, b text, n int, PRIMARY KEY (a, b));
        CREATE TABLE wide (id int PRIMARY KEY, t text);
        SELECT ifmatch.protect('item');
        GRANT SELECT, INSERT, UPDATE, DELETE ON item, free, pair, wide
            TO ifmatch;""", INI)
    return desk.site, desk.db.cursor()


@pytest.fixture
def items(web):
    site, cursor = web
    cursor.execute("TRUNCATE item, free, pair; INSERT INTO item (id, name, n) "
                   "SELECT g, 'n' || g, g FROM generate_series(1, 5) g; "
                   "INSERT INTO free SELECT g, g FROM generate_series(1, 5) g;"
                   "INSERT INTO pair VALUES (1, 'x,y', 1)")
    return site, cursor


def tagged(site, table="item"):
    rows = site.get(f"/{table}?_etag=").json()
    return {row["id"]: row["_etag"] for row in rows}


def content(cursor, table="item"):
    cursor.execute(f"SELECT id, n FROM {table} ORDER BY id")
    return dict(cursor.fetchall())


def patch(site, body, query="", **headers):
    return site.patch("/item" + query, data=json.dumps(body),
                      headers={"Content-Type": "application/json", **headers})


def test_E19_an_array_changes_all_rows(items):
    site, cursor = items
    tags = tagged(site)
    reply = patch(site, [{"id": i, "_etag": tags[i], "n": i * 10}
                         for i in (1, 2, 3)])
    assert reply.status_code == 204, reply.text
    assert content(cursor) == {1: 10, 2: 20, 3: 30, 4: 4, 5: 5}


def test_E19_one_stale_item_refuses_all_and_each_is_named(items):
    site, cursor = items
    tags = tagged(site)
    cursor.execute("UPDATE item SET n = 99 WHERE id IN (2, 4); "
                   "DELETE FROM item WHERE id = 5")
    reply = patch(site, [{"id": i, "_etag": tags[i], "n": 0}
                         for i in (1, 2, 3, 4, 5)])
    assert reply.status_code == 412
    problem = reply.json()
    assert [(p["item"], p["status"]) for p in problem["items"]] == [
        (1, 412), (3, 412), (4, 404)]
    assert problem["items"][0]["current"]["n"] == 99
    assert problem["items"][0]["etag"].strip('"').split("-")[0] == \
        tagged(site)[2]
    assert content(cursor) == {1: 1, 2: 99, 3: 3, 4: 99}


def test_E19_an_item_without_a_guard_is_428(items):
    site, cursor = items
    reply = patch(site, [{"id": 1, "n": 0}])
    assert reply.status_code == 428
    assert content(cursor)[1] == 1


def test_E19_a_refused_value_names_its_item(items):
    site, cursor = items
    tags = tagged(site)
    reply = patch(site, [{"id": 1, "_etag": tags[1], "n": 10},
                         {"id": 2, "_etag": tags[2], "n": -1}])
    assert reply.status_code == 422
    assert [p["item"] for p in reply.json()["items"]] == [1]
    assert reply.json()["items"][0]["column"] == "n"
    assert content(cursor)[1] == 1


def test_E19_continue_on_error_tells_of_each(items):
    site, cursor = items
    tags = tagged(site)
    cursor.execute("UPDATE item SET n = 99 WHERE id = 2")
    reply = patch(site, [{"id": i, "_etag": tags[i], "n": 0}
                         for i in (1, 2, 3)], Prefer="continue-on-error")
    assert reply.status_code == 207
    assert [r["status"] for r in reply.json()] == [200, 412, 200]
    assert reply.json()[0]["etag"].strip('"').split("-")[0] == tagged(site)[1]
    assert content(cursor) == {1: 0, 2: 99, 3: 0, 4: 4, 5: 5}


def test_an_array_whose_rows_are_as_asked_writes_nothing(items):
    site, _ = items
    tags = tagged(site)
    reply = patch(site, [{"id": 1, "_etag": tags[1], "n": 1},
                         {"id": 2, "_etag": tags[2], "n": 20}])
    assert reply.status_code == 204
    after = tagged(site)
    assert after[1] == tags[1] and after[2] != tags[2]


@pytest.mark.parametrize("body, status", [
    ([{"_etag": "v1", "n": 1}], 422), ([1], 422), ([{"id": 1, "x": 1}], 422),
    ([[]], 422), ("[{", 400), ([], 204)])
def test_a_body_that_is_no_list_of_items_is_refused(items, body, status):
    site, cursor = items
    before = content(cursor)
    data = body if isinstance(body, str) else json.dumps(body)
    reply = site.patch("/item", data=data,
                       headers={"Content-Type": "application/json"})
    assert reply.status_code == status, reply.text
    assert content(cursor) == before


def test_a_composite_key_is_two_members(items):
    site, cursor = items
    tag = site.get("/pair?_etag=").json()[0]["_etag"]
    reply = site.patch("/pair", json=[{"a": 1, "b": "x,y", "_etag": tag,
                                       "n": 7}])
    assert reply.status_code == 204, reply.text
    cursor.execute("SELECT n FROM pair")
    assert cursor.fetchone() == (7,)


def test_post_of_many_creates_all_or_none(items):
    site, cursor = items
    reply = site.post("/item?select=id,n", headers={
        "Prefer": "return=representation, count=exact"},
        json=[{"id": 10, "name": "a", "n": 1}, {"id": 11, "name": "b"}])
    assert reply.status_code == 201, reply.text
    assert reply.json() == [{"id": 10, "n": 1}, {"id": 11, "n": None}]
    assert reply.headers["Content-Range"] == "items */2"
    reply = site.post("/item", json=[{"id": 12, "name": "c"},
                                     {"id": 10, "name": "again"}])
    assert reply.status_code == 409
    assert [p["item"] for p in reply.json()["items"]] == [1]
    assert 12 not in content(cursor)


@pytest.mark.parametrize("method", ["patch", "delete"])
def test_filters_alone_do_not_guard(items, method):
    site, cursor = items
    before = content(cursor)
    for query in ("", "?id=eq.1", "?n=gt.2", "?version=gt.1"):
        reply = getattr(site, method)("/item" + query, json={"n": 0})
        assert reply.status_code == 428, query
    assert content(cursor) == before


def test_a_filter_on_the_version_guards(items):
    site, cursor = items
    version = site.get("/item?id=eq.1").json()[0]["version"]
    reply = site.patch(f"/item?id=eq.1&version=eq.{version}", json={"n": 10},
                       headers={"Prefer": "return=representation"})
    assert reply.status_code == 200 and reply.json()[0]["n"] == 10
    reply = site.patch(f"/item?id=eq.1&version=eq.{version}", json={"n": 11})
    assert reply.status_code == 412
    assert reply.json()["current"]["n"] == 10
    reply = site.delete(f"/item?id=eq.1&version=eq.{version}")
    assert reply.status_code == 412
    assert content(cursor)[1] == 10
    reply = site.delete(f"/item?id=eq.77&version=eq.{version}")
    assert reply.status_code == 204


def test_max_affected_bounds(items):
    site, cursor = items
    reply = site.patch("/item?n=gt.2", json={"n": 0},
                       headers={"Prefer": "max-affected=2"})
    assert reply.status_code == 409
    assert content(cursor)[3] == 3
    reply = site.delete("/item?n=gt.2", headers={
        "Prefer": "max-affected=3, return=representation"})
    assert [row["id"] for row in reply.json()] == [3, 4, 5]
    assert content(cursor) == {1: 1, 2: 2}
    assert reply.headers["Preference-Applied"] == \
        "return=representation, max-affected=3"


def test_filtered_writes_as_configured_but_never_without_a_filter(items):
    site, cursor = items
    assert site.delete("/free?n=lte.2").status_code == 204
    assert content(cursor, "free") == {3: 3, 4: 4, 5: 5}
    assert site.delete("/free").status_code == 428
    assert site.patch("/free?n=eq.abc", json={"n": 1}).status_code == 400


def test_E1_of_many_arrays_at_once_one_wins(items):
    site, cursor = items
    tags = tagged(site)
    statuses = []

    def run(value):
        reply = patch(site, [{"id": i, "_etag": tags[i], "n": value}
                             for i in (1, 2, 3, 4, 5)])
        statuses.append((reply.status_code, value))

    threads = [threading.Thread(target=run, args=(v,)) for v in range(10, 18)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    won = [value for status, value in statuses if status == 204]
    assert len(won) == 1
    assert {status for status, _ in statuses} <= {204, 412}
    assert set(content(cursor).values()) == set(won)


@pytest.mark.parametrize("condition", [
    {"If-Match": "*"}, {"If-Match": '"x"'}, {"If-None-Match": "*"},
    {"If-Unmodified-Since": "Sat, 01 Jan 2000 00:00:00 GMT"}])
def test_a_condition_on_the_whole_list_is_not_overlooked(items, condition):
    site, cursor = items
    before = content(cursor)
    tags = tagged(site)
    body = [{"id": 1, "_etag": tags[1], "n": 10}]
    assert patch(site, body, **condition).status_code == 412
    reply = site.delete("/free?n=gt.0", headers=condition)
    assert reply.status_code == 412
    assert content(cursor) == before and len(content(cursor, "free")) == 5


def test_a_limit_bounds_what_filters_let_through(items):
    site, cursor = items
    reply = site.delete("/free?n=gt.0&order=id.desc&limit=2",
                        headers={"Prefer": "return=representation"})
    assert [row["id"] for row in reply.json()] == [5, 4]
    assert content(cursor, "free") == {1: 1, 2: 2, 3: 3}
    assert site.patch("/free?n=gt.0&limit=1", json={"n": 7}
                      ).status_code == 204
    assert content(cursor, "free") == {1: 7, 2: 2, 3: 3}


@pytest.mark.parametrize("said", ["_etag", "version"])
def test_a_filtered_change_keeps_what_its_body_expects(items, said):
    site, cursor = items
    row = site.get("/item?id=eq.1&_etag=").json()[0]
    cursor.execute("UPDATE item SET n = 99 WHERE id = 1")
    for query in ("?id=eq.1", "?id=lt.3", "?id=eq.1&n=eq.99"):
        reply = patch(site, {"n": 5, said: row[said]}, query,
                      Prefer="max-affected=5")
        assert reply.status_code == 412, query
    assert content(cursor)[1] == 99
    now = site.get("/item?id=eq.1&_etag=").json()[0]
    reply = patch(site, {"n": 5, said: now[said]}, "?id=eq.1")
    assert reply.status_code == 204, reply.text
    assert content(cursor)[1] == 5


def test_a_filtered_change_expects_no_row(items):
    site, cursor = items
    reply = patch(site, {"n": 5, "_etag": ""}, "?id=eq.1")
    assert reply.status_code == 412
    assert content(cursor)[1] == 1


def test_an_item_of_nothing_to_set_is_judged_too(items):
    site, cursor = items
    tags = tagged(site)
    for bare in ({}, {"made": 7}):
        reply = patch(site, [{"id": 1, "_etag": "v1", **bare},
                             {"id": 2, "_etag": tags[2], "n": 20}])
        assert reply.status_code == 412, reply.text
        reply = patch(site, [{"id": 77, "_etag": "v1", **bare}])
        assert reply.status_code == 404
        reply = patch(site, [{"id": 1, **bare}])
        assert reply.status_code == 428
    reply = patch(site, [{"id": 1, "_etag": tags[1], "made": 7}])
    assert reply.status_code == 422
    reply = patch(site, {"made": 7}, "?id=eq.1", Prefer="max-affected=1")
    assert reply.status_code == 422
    assert content(cursor) == {1: 1, 2: 2, 3: 3, 4: 4, 5: 5}
    reply = patch(site, [{"id": 1, "_etag": tags[1], "made": 2},
                         {"id": 2, "_etag": tags[2], "n": 20}])
    assert reply.status_code == 204, reply.text
    assert content(cursor)[2] == 20


def test_max_affected_bounds_an_array_too(items):
    site, cursor = items
    tags = tagged(site)
    body = [{"id": i, "_etag": tags[i], "n": 0} for i in (1, 2, 3)]
    reply = patch(site, body, Prefer="max-affected=2")
    assert reply.status_code == 409
    assert content(cursor)[1] == 1
    assert patch(site, body, Prefer="max-affected=3").status_code == 204


@pytest.mark.parametrize("method", ["post", "patch"])
def test_an_array_has_an_end(items, method):
    site, cursor = items
    reply = getattr(site, method)(
        "/item", data="[" + ",".join(["{}"] * 300000) + "]",
        headers={"Content-Type": "application/json"})
    assert reply.status_code == 409
    assert "10000" in reply.json()["detail"]
    assert len(content(cursor)) == 5


def test_a_key_of_null_names_no_row(items):
    site, cursor = items
    cursor.execute("INSERT INTO pair VALUES (1, 'null', 1)")
    tag = site.get("/pair?b=eq.null&_etag=").json()[0]["_etag"]
    reply = site.patch("/pair", json=[{"a": 1, "b": None, "_etag": tag,
                                       "n": 7}])
    assert reply.status_code == 422
    cursor.execute("SELECT sum(n) FROM pair")
    assert cursor.fetchone() == (2,)


@pytest.mark.parametrize("accept", ["text/html", "text/csv"])
def test_rows_sent_back_are_json_whatever_is_accepted(items, accept):
    site, _ = items
    reply = site.delete("/item?id=eq.1", headers={
        "Prefer": "max-affected=1, return=representation", "Accept": accept})
    assert reply.headers["Content-Type"].startswith("application/json")
    assert reply.json()[0]["updated_at"]


def test_what_is_yet_to_be_created_has_no_state(items):
    site, cursor = items
    row = {"id": 9, "name": "new"}
    for reply in (site.post("/item", json={**row, "_etag": "v1"}),
                  site.post("/item", json=[{**row, "_etag": "v1"}]),
                  site.post("/item?_etag=v1", json=row)):
        assert reply.status_code == 412, reply.text
    assert 9 not in content(cursor)
    assert site.post("/item", json=[{**row, "_etag": ""}]).status_code == 201


def test_the_conditions_of_a_post_of_many(items):
    site, cursor = items
    tag = site.get("/item").headers["ETag"]
    reply = site.post("/item", json=[{"id": 9, "name": "new"}],
                      headers={"If-Match": tag})
    assert reply.status_code == 412
    assert 9 not in content(cursor)
    reply = site.post("/item", json=[{"id": 9, "name": "new"}],
                      headers={"If-Match": "*"})
    assert reply.status_code == 201


def test_rows_are_deleted_without_being_read(items):
    site, cursor = items
    cursor.execute("TRUNCATE wide; INSERT INTO wide SELECT g, "
                   "repeat('x', 1000000) FROM generate_series(1, 600) g")
    assert site.delete("/wide?id=gt.0").status_code == 204
    cursor.execute("SELECT count(*) FROM wide")
    assert cursor.fetchone() == (0,)


def test_A3_put_creates_only_where_all_that_is_said_holds(items):
    site, cursor = items
    for match in ('"v1-j"', "*"):
        reply = site.put("/item/9", json={"name": "new"}, headers={
            "If-Match": match, "If-None-Match": "*"})
        assert reply.status_code == 412
    assert 9 not in content(cursor)


def test_columns_says_which_members_count(items):
    site, cursor = items
    reply = site.post("/item?columns=\"id\",name&select=id,name,n",
                      headers={"Prefer": "return=representation"},
                      json=[{"id": 9, "name": "a", "n": 7}, {"id": 10,
                                                           "name": "b"}])
    assert reply.status_code == 201, reply.text
    assert reply.json() == [{"id": 9, "name": "a", "n": None},
                            {"id": 10, "name": "b", "n": None}]
    tags = tagged(site)
    reply = site.patch("/item?columns=id,n", json=[
        {"id": 9, "_etag": tags[9], "n": 5, "name": "not meant"}])
    assert reply.status_code == 204, reply.text
    cursor.execute("SELECT name, n FROM item WHERE id = 9")
    assert cursor.fetchone() == ("a", 5)
    reply = site.patch("/item?columns=id,n", json=[
        {"id": 9, "_etag": tags[9], "n": 6}])
    assert reply.status_code == 412
    reply = site.post("/item?columns=nosuch", json=[{"id": 11, "name": "c"}])
    assert reply.status_code == 400
