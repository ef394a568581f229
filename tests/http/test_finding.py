"""Finding rows: conditions, order, choice of columns, search, and pages that
neither skip nor repeat a row."""
import itertools
import random
import re

import pytest

OPEN = "anonymous = write\n[table person]\nhidden = secret\n[table many]\n"

ROWS = [(1, "Anna", 31, "{a,b}", "happy", "2020-01-01"),
        (2, "Bert", None, "{b}", None, "2021-05-05"),
        (3, "Cleo, the 2nd", 17, "{}", "sad", None),
        (4, 'D"ora', 31, None, "happy", "2020-01-01"),
        (5, "Ärger", 65, "{a,c}", "sad", "1999-12-31")]


@pytest.fixture(scope="module")
def web(module_desk):
    desk = module_desk("""
        CREATE TYPE mood AS ENUM ('sad', 'happy');
        CREATE TABLE person (id int PRIMARY KEY, name text NOT NULL, age int,
            tags text[], mood mood, born date, secret text DEFAULT 'xyz');
        CREATE TABLE many (id int PRIMARY KEY, a int, b text, c int NOT NULL);
        GRANT SELECT, INSERT, UPDATE, DELETE ON person, many TO ifmatch;""", OPEN)
    for row in ROWS:
        desk.ask("INSERT INTO person (id, name, age, tags, mood, born) "
                 "VALUES (%s, %s, %s, %s, %s, %s)", *row)
    return desk.site, desk.db.cursor()


@pytest.mark.parametrize("query, ids", [
    ({"id": "eq.3"}, [3]),
    ({"id": "neq.3"}, [1, 2, 4, 5]),
    ({"age": "gt.31"}, [5]),
    ({"age": "gte.31"}, [1, 4, 5]),
    ({"age": "lt.31"}, [3]),
    ({"age": "not.lt.31"}, [1, 4, 5]),
    ({"age": "lte.31"}, [1, 3, 4]),
    ({"name": "like.*e*"}, [2, 3, 5]),
    ({"name": "ilike.ANNA"}, [1]),
    ({"name": "match.^[AB]"}, [1, 2]),
    ({"age": "like.3*"}, [1, 4]),
    ({"id": "in.(1,3,9)"}, [1, 3]),
    ({"id": "not.in.(1,3,9)"}, [2, 4, 5]),
    ({"id": "in.()"}, []),
    ({"name": 'in.("Cleo, the 2nd","D\\"ora")'}, [3, 4]),
    ({"tags": "in.({b},{})"}, [2, 3]),
    ({"age": "is.null"}, [2]),
    ({"age": "not.is.null"}, [1, 3, 4, 5]),
    ({"age": "isdistinct.31"}, [2, 3, 5]),
    ({"tags": "cs.{a}"}, [1, 5]),
    ({"tags": "cd.{a,b}"}, [1, 2, 3]),
    ({"tags": "ov.{b,c}"}, [1, 2, 5]),
    ({"mood": "eq.happy"}, [1, 4]),
    ({"mood": "gt.sad"}, [1, 4]),
    ({"born": "lt.2020-06-01"}, [1, 4, 5]),
    ({"age": "eq.31", "name": "like.A*"}, [1]),
    ({"or": "(id.eq.1,and(age.gt.60,mood.eq.sad))"}, [1, 5]),
    ({"not.and": "(id.gt.1,id.lt.5)"}, [1, 5]),
    ({"_search": "er"}, [2, 5]),
    ({"_search": "2nd"}, [3]),
    ({"_search": "%"}, []),
    ({"_search": ""}, [1, 2, 3, 4, 5]),
    ({"id": "gt.1", "limit": "2"}, [2, 3]),
    ({"offset": "3"}, [4, 5]),
    ({"order": "age.desc.nullslast,name.desc"}, [5, 4, 1, 3, 2]),
    ({"order": "age"}, [3, 1, 4, 5, 2]),
    ({"order": "age.desc"}, [2, 5, 1, 4, 3]),
    ({"order": "age.nullsfirst,id.desc"}, [2, 3, 4, 1, 5]),
])
def test_conditions_and_order(web, query, ids):
    site, _ = web
    reply = site.get("/person", params=query)
    assert reply.status_code == 200, reply.text
    assert [row["id"] for row in reply.json()] == ids


@pytest.mark.parametrize("query", [
    {"nosuch": "eq.1"}, {"secret": "eq.xyz"}, {"order": "nosuch"},
    {"order": "secret"}, {"select": "secret"}, {"select": "nosuch"},
    {"or": "(id.eq.1,secret.eq.xyz)"}, {"id": "eq.abc"}, {"id": "foo.1"},
    {"id": "1"}, {"age": "is.ok"}, {"or": "()"}, {"limit": "x"},
    {"offset": "-1"}, {"order": "id.up"}, {"mood": "eq.angry"},
    {"_nosuch": "1"}])
def test_what_cannot_be_asked_is_400(web, query):
    site, _ = web
    reply = site.get("/person", params=query)
    assert reply.status_code == 400, reply.text
    assert reply.headers["Content-Type"].startswith("application/problem+json")
    assert "xyz" not in reply.text


def test_select_chooses_names_and_orders(web):
    site, _ = web
    reply = site.get("/person?id=eq.1&select=called:name,id::text,age")
    assert reply.text == '[{"called":"Anna","id":"1","age":31}]'
    reply = site.get("/person?id=eq.1&select=*")
    assert set(reply.json()[0]) == {"id", "name", "age", "tags", "mood",
                                    "born"}


def test_a_search_does_not_look_into_hidden_columns(web):
    site, _ = web
    assert site.get("/person?_search=xyz").json() == []


def follow(site, url, relation, accept):
    """The keys on each page, by the pages' links."""
    seen = []
    while url:
        reply = site.get(url, headers={"Accept": accept})
        assert reply.status_code == 200, reply.text
        if accept == "text/html":
            seen.append([int(i) for i in
                         re.findall(r'href="[^"]*/many/(\d+)\?_list=', reply.text)])
        else:
            seen.append([row["id"] for row in reply.json()])
        last = url
        url = reply.links.get(relation, {}).get("url")
    return seen, last


ORDERS = ["a", "a.desc", "a.nullsfirst", "a.desc.nullslast", "b,a.desc",
          "b.desc.nullslast,a", "c", "c.desc", "c,a", "id.desc"]


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
@pytest.mark.parametrize("order", ORDERS)
def test_pages_neither_skip_nor_repeat(web, order, accept):
    site, cursor = web
    rng = random.Random(order)
    cursor.execute("TRUNCATE many")
    for i in range(1, 20):
        cursor.execute("INSERT INTO many VALUES (%s, %s, %s, %s)",
                       (i, rng.choice([None, 1, 2]),
                        rng.choice([None, "x", "", "!", "=", "a,b"]),
                        rng.choice([1, 2])))
    want = [row["id"] for row in site.get(f"/many?order={order}").json()]
    pages, last = follow(site, f"/many?order={order}&limit=3", "next", accept)
    assert list(itertools.chain(*pages)) == want
    ways, _ = follow(site, last, "prev", accept)
    back = list(itertools.chain(*reversed(ways)))
    assert back == want


def test_pages_hold_still_while_others_write(web):
    site, cursor = web
    cursor.execute("TRUNCATE many; INSERT INTO many "
                   "SELECT g * 10, g % 3, NULL, 1 FROM generate_series(1, 30) g")
    url, seen = "/many?order=a,id&limit=4", []
    for turn in itertools.count(1):
        reply = site.get(url)
        seen += [row["id"] for row in reply.json()]
        if "next" not in reply.links:
            break
        url = reply.links["next"]["url"]
        cursor.execute("INSERT INTO many VALUES (%s, 0, NULL, 1)", (turn,))
        cursor.execute("DELETE FROM many WHERE id = %s", (seen[-1],))
    stayed = [i for i in seen if i % 10 == 0]
    assert sorted(stayed) == [i * 10 for i in range(1, 31)]
    assert len(set(seen)) == len(seen)


@pytest.mark.parametrize("bad", ["1", "!,x", "x,1", "=1,2,3", ""])
def test_a_place_that_is_none_is_refused(web, bad):
    site, _ = web
    reply = site.get("/many", params={"order": "a", "_after": bad})
    assert reply.status_code == 400, reply.text


@pytest.mark.parametrize("headers, query, status, window, ids", [
    ({}, "", 200, None, [1, 2, 3, 4, 5]),
    ({"Range": "items=0-"}, "", 200, "items 0-4/*", [1, 2, 3, 4, 5]),
    ({"Range": "items=1-2"}, "", 200, "items 1-2/*", [2, 3]),
    ({"Range": "3-", "Range-Unit": "items"}, "", 200, "items 3-4/*", [4, 5]),
    ({"Range": "bytes=0-1"}, "", 200, None, [1, 2, 3, 4, 5]),
    ({"Range": "items=x"}, "", 200, None, [1, 2, 3, 4, 5]),
    ({"Range": "items=1-9"}, "?limit=3", 200, "items 1-2/*", [2, 3]),
    ({"Prefer": "count=exact"}, "", 200, "items 0-4/5", [1, 2, 3, 4, 5]),
    ({"Prefer": "count=exact"}, "?limit=2", 200, "items 0-1/5", [1, 2]),
    ({"Prefer": "count=exact", "Range": "items=1-2"}, "", 206, "items 1-2/5",
     [2, 3]),
    ({"Prefer": "count=exact"}, "?age=eq.31&limit=1", 200, "items 0-0/2", [1]),
    ({"Prefer": "count=estimated"}, "?id=gt.9", 200, "items */0", []),
])
def test_a_window_says_where_it_lies(web, headers, query, status, window, ids):
    site, _ = web
    reply = site.get("/person" + query, headers=headers)
    assert reply.status_code == status
    assert reply.headers.get("Content-Range") == window
    assert [row["id"] for row in reply.json()] == ids
    assert reply.headers.get("Preference-Applied") == headers.get("Prefer")


@pytest.mark.parametrize("headers, query", [
    ({"Range": "items=2-1"}, ""),
    ({"Prefer": "count=exact", "Range": "items=5-9"}, ""),
    ({"Prefer": "count=exact"}, "?offset=5")])
def test_a_window_outside_is_416(web, headers, query):
    site, _ = web
    reply = site.get("/person" + query, headers=headers)
    assert reply.status_code == 416
    if "Prefer" in headers:
        assert reply.headers["Content-Range"] == "items */5"


def test_planned_count_is_a_number(web):
    site, _ = web
    reply = site.get("/person?age=eq.31", headers={"Prefer": "count=planned"})
    assert re.fullmatch(r"items 0-1/\d+", reply.headers["Content-Range"])


def test_a_strict_client_hears_of_what_is_not_known_here(web):
    site, _ = web
    reply = site.get("/person", headers={
        "Prefer": "handling=strict, return=minimal"})
    assert reply.status_code == 400
