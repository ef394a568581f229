"""E4, and where it does not hold: a write that the same person repeats, in
tables in which people count."""
import itertools
import json

import pytest

from guard_cases import state
from harness.browser import Page, multipart
from harness.proxy import READY, Proxy

MAKE = """
CREATE TABLE visit (id int PRIMARY KEY, people int, note text);
CREATE TABLE note (LIKE visit INCLUDING ALL);
SELECT ifmatch.protect('visit');
SELECT ifmatch.protect('note');
"""
INI = ("anonymous = write\nauthenticated = write\nremote_user = on\n"
       "[table visit]\ncounter = yes\n[table note]\n")
# one person's two equal writes with one tag: another change, or a repetition
TABLES = pytest.mark.parametrize("table, second", [
    ("visit", 412), ("note", 204)])


class Counters:
    def __init__(self, cluster, config, cgi):
        self.cluster, self.config, self.cgi = cluster, config, cgi
        self.name = cluster.makedb(MAKE)
        self.config = config(self.name, INI)
        self.ids = itertools.count(1)

    def row(self, table):
        n = next(self.ids)
        self.cluster.query(self.name, "INSERT INTO %s VALUES (%d, 5, 'old')" % (
            table, n))
        return "/records/%s/%d" % (table, n)

    def call(self, method, path, body=None, tag=None, person="anna", **headers):
        if tag:
            headers["If-Match"] = tag
        if isinstance(body, dict):
            headers["Content-Type"] = "application/json"
            body = json.dumps(body)
        return self.cgi(self.config, method, path, headers, body or b"",
                        {"REMOTE_USER": person})

    def tag(self, path):
        return self.call("GET", path).get("ETag")


@pytest.fixture
def counters(cluster, ini, cgi):
    counters = Counters(cluster, ini, cgi)
    yield counters
    cluster.dropdb(counters.name)


@TABLES
@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_E4_an_equal_write_counts_twice_in_a_counter(counters, table, second,
                                                     method):
    path = counters.row(table)
    body = {"id": int(path.rsplit("/", 1)[1]), "people": 6, "note": "old"}
    tag = counters.tag(path)
    assert counters.call(method, path, body, tag).status == 204
    now = counters.tag(path)
    again = counters.call(method, path, body, tag)
    assert again.status == second
    if second == 412:
        told = again.json()
        assert (told["already_equal"], told["changed_by"]) == (True, "anna")
        assert told["etag"] == again.get("ETag") == now
    assert counters.tag(path) == now


@pytest.mark.parametrize("table, second", [("visit", 428), ("note", 204)])
def test_E4_a_put_that_created_without_a_condition(counters, table, second):
    path, body = "/records/%s/%d" % (table, next(counters.ids)), {"people": 6}
    assert counters.call("PUT", path, body).status == 201
    reply = counters.call("PUT", path, body)
    assert reply.status == second
    # nothing proves that it is the same request
    assert reply.get("ETag") is None or second == 428
    assert counters.call("PUT", path, body, person="bernd").status == 428
    assert counters.call("PUT", path, {"people": 7}).status == 428
    assert counters.call("PATCH", path, body).status == 428


@TABLES
def test_E4_one_value_counts_twice_in_a_counter(counters, table, second):
    path = counters.row(table)
    tag = counters.tag(path)
    for status in (204, second):
        reply = counters.call("PUT", path + "/note", b"new", tag,
                              Content_Type="text/plain")
        assert reply.status == status


@TABLES
@pytest.mark.parametrize("forms", ["two", "one"])
def test_E4_two_forms_count_twice_in_a_counter(counters, table, second, forms):
    """Two forms that say the same; one form's second delivery is always
    known."""
    path = counters.row(table)
    status = []
    pages = [Page(counters.call("GET", path, Accept="text/html").text).form
             for _ in range(2)]
    for page in pages if forms == "two" else pages[:1] * 2:
        page.fill("people", "6")
        body, kind = multipart(page.entries())
        status.append(counters.call(
            "POST", path, body, Accept="text/html", Content_Type=kind,
            Sec_Fetch_Site="same-origin").status)
    assert status == [303, 412 if (second, forms) == (412, "two") else 303]


@pytest.mark.parametrize("table, status", [("visit", 504), ("note", 204)])
def test_E4_a_lost_answer_is_unknown_in_a_counter(cluster, counters, site,
                                                  table, status):
    """That the row is as asked tells nothing there."""
    path = counters.row(table)
    proxy = Proxy(cluster)
    web = site(counters.name, "database = %s\n%s" % (
        proxy.conninfo(counters.name), INI), workers=1)
    try:
        tag = web.get(path).headers["ETag"]
        proxy.cut_on("answer", READY, state(tag))
        reply = web.patch(path, json={"people": 6}, headers={"If-Match": tag})
        assert proxy.rule is None
        assert reply.status_code == status
        assert web.get(path).json()["people"] == 6
    finally:
        proxy.close()
