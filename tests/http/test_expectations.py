"""What a request may expect of a row, and what is said where it is not so."""
import itertools

import pytest

from conditions import (DATE, FIELDS, LATER, OLD_DATE, OPEN, STALE, TABLES,
                        WHEN, body_of, check_write, headers_of, tag_of, write)
from harness.browser import multipart

METHODS = pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])


# RFC 9110 13.2.2

def by_the_rfc(method, im, ius, inm, ims, ir):
    """What becomes of a request to a resource that is there, by section 13.2.2.
    A condition is True or False as 13.1 evaluates it, None where its field was
    not sent; Range comes with If-Range. The answer is a status, or "perform";
    and, with 412, the field whose condition was false."""
    reads = method in ("GET", "HEAD")
    # 1. If-Match: "if false, respond with 412"
    if im is not None:
        if not im:
            return 412, "If-Match"
    # 2. If-Match is not present, and If-Unmodified-Since is
    elif ius is not None:
        if not ius:
            return 412, "If-Unmodified-Since"
    # 3. If-None-Match: "if false for GET/HEAD, respond with 304; if false for
    # other methods, respond with 412"
    if inm is not None:
        if not inm:
            return (304, None) if reads else (412, "If-None-Match")
    # 4. "method is GET or HEAD, If-None-Match is not present, and
    # If-Modified-Since is present"
    elif reads and ims is not None:
        if not ims:
            return 304, None
    # 5. "method is GET and both Range and If-Range are present": if true, 206;
    # otherwise, ignore Range and respond with 200
    if method == "GET" and ir:
        return 206, None
    # 6. "perform the requested method"
    return "perform", None


def expected(kind, im, ius, inm, ims, ir):
    """The same with what is ours: rows are not sent in parts (Accept-Ranges:
    none, 14.3); an unguarded write is 428 (RFC 6585 3), and a date guards here,
    for it is exactly the row's and no two versions of this row share a second;
    a form says in itself which state it is of."""
    method, what = kind.split()
    status, part = by_the_rfc(
        "POST" if what == "form" else method, im, ius, inm, ims, ir)
    if status == 206 and what == "row":
        return 200, None
    if status != "perform":
        return status, part
    if method in ("GET", "HEAD"):
        return 200, None
    if what == "form":
        return 303, None
    return (428, "If-Match") if im is None and ius is None else (204, None)


class Steady:
    """A row that is always of the version 17, last changed at DATE."""

    def __init__(self, web, data):
        self.web, self.data, self.n = web, data, next(data.ids)
        self.path = "/kept/%d" % self.n
        self.restore()
        self.tags = {"row": tag_of(web, self.path),
                     "value": tag_of(web, self.path + "/name")}

    def restore(self):
        self.data.silently(
            "INSERT INTO kept (id, name, version, updated_at) VALUES "
            "({0}, 'old', 17, '{1}') ON CONFLICT (id) DO UPDATE "
            "SET name = 'old', version = 17, updated_at = '{1}'".format(
                self.n, WHEN))

    def now(self):
        return self.data.run(
            "SELECT name, version FROM kept WHERE id = %d" % self.n)

    def send(self, kind, fields):
        method, what = kind.split()
        headers = {FIELDS[name]: value for name, value in fields}
        if "If-Range" in headers:
            headers["Range"] = "bytes=0-0"
        if what == "form":
            body, headers["Content-Type"] = multipart([
                ("_etag", "v17"), ("_was.name", "old"), ("name", "new")])
            headers.update({"Sec-Fetch-Site": "same-origin",
                            "Accept": "text/html"})
            return self.web.post(self.path, data=body, headers=headers)
        if what == "value":
            return self.web.request(method, self.path + "/name", data=(
                "new" if method == "PUT" else None), headers=headers)
        if method in ("GET", "HEAD"):
            return self.web.request(method, self.path, headers=headers)
        return write(self.web, method, self.path, headers)


@pytest.fixture(scope="module")
def steady(webs, data):
    return Steady(webs(), data)


def value_of(name, true, tag):
    """A value of the field with which its condition is true, or false."""
    return {"IM": {True: tag, False: STALE},
            "IUS": {True: DATE, False: OLD_DATE},
            "INM": {True: '"x"', False: tag},
            "IMS": {True: OLD_DATE, False: DATE},
            "IR": {True: tag, False: STALE}}[name][true]


def check(kind, status, part, steady, reply):
    """The reply is as it should be, and so is the row behind it."""
    assert reply.status_code == status
    if status in (204, 303):
        assert (steady.now() == [] if kind == "DELETE row" else
                [name for name, _ in steady.now()] == ["new"])
        steady.restore()
        return
    assert steady.now() == [("old", 17)]
    what = kind.split()[1]
    if status == 304:
        assert reply.content == b"" and "Content-Type" not in reply.headers
    if status in (200, 206, 304):
        assert reply.headers["ETag"] == steady.tags[what]
    if status == 206:
        assert reply.text == "o"
        assert reply.headers["Content-Range"] == "bytes 0-0/3"
    if part and not kind.startswith("HEAD") and what != "form":
        assert reply.json()["part"] == "header " + part
        assert reply.json()["etag"] == steady.tags[what]
        now = reply.json()["current"]
        assert now["name"] == "old"


@pytest.mark.parametrize("kind", [
    "GET row", "HEAD row", "PUT row", "PATCH row", "DELETE row", "POST form",
    "GET value", "HEAD value", "PUT value"])
@pytest.mark.parametrize(
    "there", itertools.product([False, True], repeat=len(FIELDS)),
    ids=lambda there: "+".join(
        n for n, is_there in zip(FIELDS, there) if is_there) or "none")
def test_A4_order_of_conditions(steady, kind, there):
    """Each combination of fields, with every one of them true and false."""
    names = [n for n, is_there in zip(FIELDS, there) if is_there]
    tag = steady.tags["value" if kind.endswith("value") else "row"]
    for truth in itertools.product([True, False], repeat=len(names)):
        said = dict(zip(names, truth))
        status, part = expected(kind, *(
            said.get(n) for n in ("IM", "IUS", "INM", "IMS", "IR")))
        reply = steady.send(
            kind, [(n, value_of(n, said[n], tag)) for n in names])
        check(kind, status, part, steady, reply)


# If-Match and If-None-Match together, under each guard

@METHODS
@pytest.mark.parametrize("table", ["bare", "railed"])
@pytest.mark.parametrize("names, status", [
    ({"IM": "*"}, 204), ({"INM": "*"}, 412), ({"INM": "*", "IM": "TAG"}, 412),
    ({"INM": "*", "IM": "*"}, 412), ({"INM": '"x"', "IM": "TAG"}, 204),
    ({"INM": '"x"'}, 428), ({"INM": "TAG"}, 412)], ids=repr)
def test_what_a_write_may_expect(web, data, table, method, names, status):
    check_write(web, data, table, method, names, status)


# Dates

def dated(*cases):
    """The test runs for each (table, fields, status) and method."""
    return lambda test: METHODS(pytest.mark.parametrize(
        "table, names, status", cases, ids=repr)(test))


@dated(("kept", {"IUS": OLD_DATE, "IM": "TAG"}, 204),
       ("kept", {"IUS": DATE, "IM": STALE}, 412),
       ("railed", {"IUS": OLD_DATE, "IM": "TAG"}, 204),
       ("railed", {"IUS": OLD_DATE, "IM": "*"}, 204))
def test_A6_a_date_beside_if_match_is_ignored(web, data, table, method, names,
                                              status):
    check_write(web, data, table, method, names, status)


@dated(("kept", {"IMS": OLD_DATE}, 428), ("kept", {"IMS": DATE}, 428),
       ("kept", {"IMS": LATER, "IM": "TAG"}, 204),
       ("kept", {"IUS": "yesterday"}, 428),
       ("kept", {"IUS": OLD_DATE + ", " + OLD_DATE}, 428),
       ("kept", {"IUS": DATE + ", " + DATE}, 428),
       ("bare", {"IUS": DATE}, 428), ("bare", {"IUS": OLD_DATE}, 428))
def test_A7_dates_that_say_nothing_about_a_write(web, data, table, method,
                                                 names, status):
    check_write(web, data, table, method, names, status)


# the exact date permits, and only where it is read
@dated(("kept", {"IUS": DATE}, 204),
       ("kept", {"IUS": "Friday, 01-Jan-21 12:00:00 GMT"}, 204),
       ("kept", {"IUS": "Fri Jan  1 12:00:00 2021"}, 204),
       ("kept", {"IUS": "Thu, 01 Jan 2015 23:59:60 GMT"}, 412),
       ("kept", {"IUS": "Thursday, 01-Jan-15 00:00:00 GMT"}, 412),
       ("kept", {"IUS": "Thu Jan  1 00:00:00 2015"}, 412),
       # over 50 years ahead is a hundred years before: 1985
       ("kept", {"IUS": "Tuesday, 01-Jan-85 00:00:00 GMT"}, 412),
       ("kept", {"IUS": DATE.lower()}, 428),
       ("kept", {"IUS": DATE.replace("GMT", "UTC")}, 428),
       ("kept", {"IUS": DATE.replace("01 Jan", "1 Jan")}, 428),
       ("kept", {"IUS": "2021-01-01T12:00:00Z"}, 428))
def test_C1_forms_of_a_date(web, data, table, method, names, status):
    check_write(web, data, table, method, names, status)


@dated(("kept", {"IUS": LATER}, 428), ("railed", {"IUS": DATE}, 428),
       ("railed", {"IUS": LATER}, 428), ("railed", {"IUS": OLD_DATE}, 412))
def test_C5_a_date_that_proves_nothing_does_not_guard(
        web, data, table, method, names, status):
    check_write(web, data, table, method, names, status)


@dated(("kept", {"IUS": DATE}, 204), ("kept", {"IUS": LATER}, 204),
       ("kept", {"IUS": OLD_DATE}, 412), ("kept", {"IUS": "yesterday"}, 428),
       ("railed", {"IUS": LATER}, 204), ("railed", {"IUS": DATE}, 204),
       ("railed", {"IUS": OLD_DATE}, 412), ("bare", {"IUS": LATER}, 428))
def test_C5_a_date_guards_alone_where_the_site_says_so(
        webs, data, table, method, names, status):
    web = webs(OPEN + "accept_dates = yes\n")
    check_write(web, data, table, method, names, status)


def test_C3_last_modified_is_the_second_of_the_change(web, data):
    for table in ("kept", "railed"):
        _, path = data.row(table)
        assert web.get(path).headers["Last-Modified"] == DATE
        assert web.head(path).headers["Last-Modified"] == DATE


@pytest.mark.parametrize("table", ["kept", "railed"])
def test_C3_no_last_modified_ahead_of_the_clock(web, data, table):
    _, path = data.row(table, at="2199-01-01 00:00:00+00")
    assert "Last-Modified" not in web.get(path).headers


@pytest.mark.parametrize("table, column", [
    ("kept", "updated_at"), ("railed", "changed")])
def test_C4_no_last_modified_within_its_second(web, data, table, column):
    second = "floor(extract(epoch FROM %s))::bigint"
    proven = False
    while not proven:
        n, path = data.row(table, at="now")
        reply = web.get(path)
        (proven,), = data.run("SELECT %s = %s FROM %s WHERE id = %d" % (
            second % column, second % "clock_timestamp()", table, n))
        assert not proven or "Last-Modified" not in reply.headers


def test_no_two_versions_share_a_second(web, data):
    n, path = data.row("kept")
    seen = set()
    for name in ("a", "b", "c"):
        assert web.patch(path, json={"name": name}, headers={
            "If-Match": web.get(path).headers["ETag"]}).status_code == 204
        seen.add(data.run("SELECT date_trunc('second', updated_at) FROM kept"
                          " WHERE id = %d" % n)[0][0])
    assert len(seen) == 3


# What the body says

BODIES = [
    ({"_etag": "TAG"}, 204),
    ({"_etag": "STATE"}, 204),
    ({"_etag": "v1"}, 412),
    ({"_etag": STALE}, 412),
    ({"_etag": ""}, 412),
    ({"_etag": "v 1"}, 400),
    ({"version": "VERSION"}, 204),
    ({"version": "TEXT"}, 204),
    ({"version": 1}, 412),
    ({"version": None}, 412),
    ({"version": "x"}, 412),
    ({"version": "VERSION", "_etag": "TAG"}, 204),
    ({"version": 1, "_etag": "TAG"}, 412),
    ({"version": "VERSION", "_etag": "v1"}, 412),
    ({}, 428),
]
WITH = [({}, None), ({"IM": "TAG"}, True), ({"IM": STALE}, False),
        ({"IUS": DATE}, True), ({"IUS": OLD_DATE}, False),
        ({"INM": "*"}, False), ({"INM": '"x"'}, None)]


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
@pytest.mark.parametrize("names, holds", WITH, ids=repr)
@pytest.mark.parametrize("members, status", BODIES, ids=repr)
def test_all_expectations_must_hold(web, data, method, members, status,
                                    names, holds):
    n, path = data.row("kept")
    headers = headers_of(names, web, path)
    version = web.get(path).json()["version"]
    members = {k: {"VERSION": version, "TEXT": str(version)}.get(v, v)
               for k, v in body_of(members, web, path).items()}
    if holds is False:
        status = 412
    elif holds and status == 428:
        status = 204
    before = data.fingerprint()
    reply = web.request(method, path, json={"name": "new", **members},
                        headers=headers)
    assert reply.status_code == status
    assert (data.fingerprint() == before) == (status != 204)


@pytest.mark.parametrize("version, sent, status", [
    (3, 3, 204), (3, "3", 204), (3, 2, 412), (3, None, 412), (3, "", 412),
    (None, None, 204), (None, 0, 412), (0, 0, 204), (0, None, 412),
    (-1, -1, 204)])
def test_version_member_of_another_programs_column(web, data, version, sent,
                                                   status):
    n, path = data.row("counted")
    if version is not None:
        data.run("UPDATE counted SET version = %d WHERE id = %d"
                 % (version, n))
    reply = web.patch(path, json={"name": "new", "version": sent})
    assert reply.status_code == status
    assert data.name("counted", n) == ("new" if status == 204 else "old")


def test_version_member_in_the_form_that_get_shows(web, data):
    n, path = data.row("stamped")
    data.run("UPDATE stamped SET at = '%s' WHERE id = %d" % (WHEN, n))
    at = web.get(path).json()["at"]
    assert web.patch(path, json={"name": "x", "at": "2020-01-01T00:00:00Z"}
                     ).status_code == 412
    assert web.patch(path, json={"name": "new", "at": at}).status_code == 204
    assert web.patch(path, json={"name": "again", "at": at}
                     ).status_code == 412


# What the site says

SITES = [
    ("blind_writes = no\n", {"IM": "*"}, 428),
    ("blind_writes = no\n", {"IM": "TAG"}, 204),
    ("blind_writes = no\n", {"IM": STALE}, 412),
    ("require_condition = no\n", {}, 204),
    ("require_condition = no\n", {"IM": STALE}, 412),
    ("require_condition = no\n", {"INM": "*"}, 412),
    ("accept_weak_if_match = yes\n", {"IM": "W/TAG"}, 204),
    ("accept_weak_if_match = yes\n", {"IM": 'W/"x"'}, 412),
]


@METHODS
@pytest.mark.parametrize("lines, names, status", SITES)
def test_site_decides(webs, data, lines, names, status, method):
    check_write(webs(OPEN + lines), data, "bare", method, names, status)


def test_A10_a_star_that_is_not_honoured_comes_behind_404(webs, data):
    web = webs(OPEN + "blind_writes = no\n")
    n, path = data.row("kept")
    star = {"If-Match": "*"}
    gone = path.replace(str(n), "999999")
    assert web.patch(gone, json={"name": "x"}, headers=star
                     ).status_code == 404
    assert web.delete(gone, headers=star).status_code == 404
    assert web.patch(path, json={"name": "x"}, headers=star
                     ).status_code == 428
    state = web.get(path).headers["ETag"].strip('"').split("-")[0]
    assert web.patch(path + "?_etag=" + state, json={"name": "x"},
                     headers=star).status_code == 204


@pytest.mark.parametrize("status, headers", [
    (428, {}), (412, {"If-Match": STALE})])
def test_B17_D3_refusal_says_what_to_do(web, data, status, headers):
    _, path = data.row("kept")
    now = web.get(path)
    reply = web.patch(path, json={"name": "new"}, headers=headers)
    assert reply.status_code == status
    assert reply.headers["Cache-Control"] == "no-store"
    assert "Accept" in reply.headers["Vary"]
    assert reply.headers["ETag"] == now.headers["ETag"]
    problem = reply.json()
    assert problem["etag"] == now.headers["ETag"]
    assert problem["current"] == now.json()
    assert problem["part"] == "header If-Match"
    assert problem["detail"]
    if status == 412:
        assert problem["changed_by"] == "postgres"
        assert problem["changed_at"] == "2021-01-01 12:00"


# The order of the verdicts

TAGGED = {"If-Match": "TAG"}
STALED = {"If-Match": STALE}
BLIND = {"If-Match": "*"}
MALFORMED, UNKNOWN, CHECK, TYPE = (
    '{"name":', '{"nope":1}', '{"qty":-1}', '{"qty":"many"}')
FINE = '{"name":"new"}'
ORDER = [
    # method, there, body, headers, more headers, status
    ("PATCH", False, MALFORMED, STALED, {}, 404),
    ("PATCH", False, MALFORMED, {}, {}, 404),
    ("PATCH", False, UNKNOWN, BLIND, {}, 404),
    ("PATCH", False, FINE, STALED, {}, 404),
    ("PATCH", False, FINE, {}, {}, 404),
    ("DELETE", False, None, STALED, {}, 404),
    ("DELETE", False, None, {}, {}, 404),
    ("PATCH", True, MALFORMED, STALED, {}, 412),
    ("PATCH", True, UNKNOWN, STALED, {}, 412),
    ("PATCH", True, CHECK, STALED, {}, 412),
    ("PATCH", True, TYPE, STALED, {}, 412),
    ("PUT", True, MALFORMED, STALED, {}, 412),
    ("PUT", True, UNKNOWN, STALED, {}, 412),
    ("PUT", True, CHECK, STALED, {}, 412),
    ("PUT", True, TYPE, STALED, {}, 412),
    ("PUT", True, '{"id":1}', STALED, {}, 412),
    ("PATCH", True, MALFORMED, {}, {}, 428),
    ("PATCH", True, UNKNOWN, {}, {}, 428),
    ("PATCH", True, CHECK, {}, {}, 428),
    ("PUT", True, MALFORMED, {}, {}, 428),
    ("PUT", True, TYPE, {}, {}, 428),
    ("PATCH", True, MALFORMED, TAGGED, {}, 400),
    ("PATCH", True, UNKNOWN, TAGGED, {}, 422),
    ("PATCH", True, CHECK, TAGGED, {}, 422),
    ("PATCH", True, TYPE, TAGGED, {}, 422),
    ("PATCH", True, "[]", TAGGED, {}, 422),
    ("PUT", True, '{"id":1}', TAGGED, {}, 422),
    ("PATCH", True, FINE, STALED, {"Content-Type": "text/plain"}, 415),
    ("PATCH", True, FINE, STALED, {"Accept": "image/png"}, 406),
    ("PATCH", True, FINE + " " * 2048, STALED, {}, 413),
    ("PATCH", True, FINE, STALED, {"Sec-Fetch-Site": "cross-site"}, 403),
    ("PUT", False, MALFORMED, {}, {}, 400),
    ("PUT", False, CHECK, {}, {}, 422),
]


@pytest.mark.parametrize("method, there, body, condition, more, status",
                         ORDER)
def test_A1_A2_A10_order_of_verdicts(webs, data, method, there, body,
                                     condition, more, status):
    web = webs(OPEN + "body_limit = 1K\n")
    n, path = data.row("kept")
    tag = tag_of(web, path)
    if not there:
        path = "/kept/%d" % (n + 500000)
    before = data.fingerprint()
    headers = {k: v.replace("TAG", tag) for k, v in condition.items()}
    if body:
        headers["Content-Type"] = "application/json"
    reply = web.request(method, path, data=body, headers={**headers, **more})
    assert reply.status_code == status
    assert (data.fingerprint() == before) == (status >= 300)


@pytest.mark.parametrize("method, path, status", [
    ("PATCH", "/kept/%d", 403), ("DELETE", "/kept/%d", 403),
    ("PUT", "/kept/%d", 403), ("PATCH", "/kept/99", 404),
    ("DELETE", "/kept/99", 404), ("PATCH", "/nope/1", 404),
    ("DELETE", "/kept", 403), ("POST", "/kept", 403)])
@pytest.mark.parametrize("condition", [{}, STALED, BLIND])
def test_A2_404_before_403_before_412(webs, data, method, path, status,
                                      condition):
    web = webs("anonymous = read\n")
    n, _ = data.row("kept")
    before = data.fingerprint()
    reply = web.request(method, path.replace("%d", str(n)), headers=condition,
                        json={"name": "new"} if method != "DELETE" else None)
    assert reply.status_code == status
    assert data.fingerprint() == before


def test_nobody_is_told_anything(webs, data):
    web = webs("anonymous = none\n")
    n, path = data.row("kept")
    for method, where in itertools.product(
            ("GET", "PATCH", "DELETE"), (path, "/kept/99", "/nope/1")):
        reply = web.request(method, where, headers=STALED)
        assert reply.status_code in (401, 403)


@pytest.mark.parametrize("condition, status", [
    (BLIND, 412), (STALED, 412), ({"If-Match": '"x", "y"'}, 412), ({}, 201),
    ({"If-None-Match": "*"}, 201), ({"If-None-Match": '"x"'}, 201)])
@pytest.mark.parametrize("table", ["kept", "bare", "railed"])
def test_A3_put_of_a_row_that_is_not_there(web, data, table, condition,
                                           status):
    path = "/%s/%d" % (table, next(data.ids) + 500000)
    before = data.fingerprint()
    reply = web.put(path, json={"name": "new"}, headers=condition)
    assert reply.status_code == status
    assert (data.fingerprint() == before) == (status == 412)
    assert web.get(path).status_code == (404 if status == 412 else 200)


@pytest.mark.parametrize("condition, status", [
    ({}, 404), (BLIND, 404), (STALED, 404), ({"If-None-Match": "*"}, 404)])
def test_A3_put_creates_no_key_that_the_database_gives(web, data, condition,
                                                       status):
    before = data.fingerprint()
    reply = web.put("/given/%d" % (next(data.ids) + 500000),
                    json={"name": "new"}, headers=condition)
    assert reply.status_code == status
    assert data.fingerprint() == before


def test_E9_created_once(web, data):
    path = "/kept/%d" % (next(data.ids) + 600000)
    first = web.put(path, json={"name": "new"},
                    headers={"If-None-Match": "*"})
    assert first.status_code == 201
    assert first.headers["Location"] == web.base + path
    assert first.headers["ETag"] == web.get(path).headers["ETag"]
    again = web.put(path, json={"name": "new"},
                    headers={"If-None-Match": "*"})
    assert again.status_code == 412
    assert again.headers["ETag"] == first.headers["ETag"]


@pytest.mark.parametrize("condition, status", [
    ({"If-None-Match": "*"}, 412), ({"If-Match": STALE}, 412),
    ({"If-Match": "*"}, 201), ({}, 201)])
def test_E10_post_is_about_the_table(web, data, condition, status):
    before = data.fingerprint()
    reply = web.post("/kept", json={"id": next(data.ids)}, headers=condition)
    assert reply.status_code == status
    assert (data.fingerprint() == before) == (status == 412)
