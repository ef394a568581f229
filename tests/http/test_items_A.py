"""Which conditions are judged, and when; A1, A3, A4 and A10 are in
test_expectations.py, A11 and A12 in test_guard_effects.py and test_guards.py as
well."""
import itertools

import pytest

from conditions import (DATE, LATER, OLD_DATE, STALE, headers_of, tag_of)
from harness.browser import multipart

FALSE = {"If-Match": STALE, "If-Unmodified-Since": OLD_DATE}
READS = pytest.mark.parametrize("method", ["GET", "HEAD"])


def typed(person, path, **values):
    """The form of a row, filled in."""
    form = person.form(path)
    for name, value in values.items():
        form.fill(name, value)
    return form


def test_A1_form_that_is_stale_before_it_is_wrong(person, data):
    n, path = data.row("kept")
    form = typed(person, path, name="mine", qty="-1")
    data.run("UPDATE kept SET name = 'theirs' WHERE id = %d" % n)
    page = person.submit(form, 412)
    assert page.form["name"].value == "mine"
    assert page.form["qty"].value == "-1"
    # and wrong where it is not stale
    person.submit(page.form, 422)
    assert data.name("kept", n) == "theirs"


def test_A1_one_value_that_is_stale_before_it_is_wrong(web, data):
    n, path = data.row("kept")
    for tag, status in ((STALE, 412), (tag_of(web, path), 400), (None, 428)):
        reply = web.put(path + "/name", data=b"\xff",
                        headers={"If-Match": tag} if tag else {})
        assert reply.status_code == status
    assert web.put("/kept/%d/name" % (n + 500000), data=b"\xff",
                   headers={"If-Match": STALE}).status_code == 404
    assert data.name("kept", n) == "old"


@pytest.mark.parametrize("method, path, more, status", [
    ("GET", "/kept/{absent}", {}, 404), ("HEAD", "/kept/{absent}", {}, 404),
    ("GET", "/nope/1", {}, 404), ("GET", "/kept/{n}/nope", {}, 404),
    ("GET", "/kept/{n}", {"Accept": "image/png"}, 406),
    ("PUT", "/", {}, 405), ("PROPFIND", "/kept/{n}", {}, 405),
    ("POST", "/kept/{n}", {"Content-Type": "text/plain",
                           "Sec-Fetch-Site": "same-origin"}, 415)])
@pytest.mark.parametrize("condition", [
    {}, FALSE, {"If-Match": "*"}, {"If-None-Match": "*"},
    {"If-None-Match": "TAG"}, {"If-Modified-Since": LATER}], ids=repr)
def test_A2_conditions_are_ignored_where_nothing_can_be_done(
        web, data, method, path, more, status, condition):
    n, row = data.row("kept")
    headers = {k: v.replace("TAG", tag_of(web, row))
               for k, v in condition.items()}
    reply = web.request(method, path.format(n=n, absent=n + 500000),
                        headers={**headers, **more})
    assert reply.status_code == status


def test_A2_without_a_value_there_is_nothing_to_be_conditional_about(web, data):
    _, path = data.row("piece")
    tag = tag_of(web, path + "/name")
    for condition in ({"If-Match": STALE}, {"If-None-Match": "*"},
                      {"If-None-Match": tag}, {"If-Modified-Since": LATER}):
        assert web.get(path + "/bytes", headers=condition).status_code == 404


def test_A2_form_for_a_row_that_is_gone(person, data):
    n, path = data.row("kept")
    form = typed(person, path, name="mine")
    data.run("DELETE FROM kept WHERE id = %d" % n)
    got = person.send(form, If_Match=STALE)
    assert got.status == 404 and "mine" in got.text
    assert data.image("kept", n) == []


def test_A2_form_of_somebody_who_may_only_read(webs, data):
    web = webs("anonymous = read\n")
    n, path = data.row("kept")
    for state in (tag_of(web, path), STALE, ""):
        body, kind = multipart([("_etag", state), ("_was.name", "old"),
                                ("name", "new")])
        reply = web.post(path, data=body, headers={
            "Content-Type": kind, "Sec-Fetch-Site": "same-origin"})
        assert reply.status_code == 403
    assert data.name("kept", n) == "old"


@READS
@pytest.mark.parametrize("table", ["kept", "bare", "railed"])
def test_A5_if_none_match_is_judged_behind_if_match(web, data, table, method):
    _, path = data.row(table)
    headers = headers_of({"IM": "TAG", "INM": "TAG"}, web, path)
    assert web.request(method, path, headers=headers).status_code == 304
    headers["If-None-Match"] = '"x"'
    assert web.request(method, path, headers=headers).status_code == 200
    headers["If-Match"] = STALE
    assert web.request(method, path, headers=headers).status_code == 412
    reply = web.put(path, json={"name": "new"}, headers=headers_of(
        {"IM": "TAG", "INM": "TAG"}, web, path))
    assert reply.status_code == 412
    assert reply.json()["part"] == "header If-None-Match"


def test_A5_if_match_is_said_ahead_of_if_none_match(web, data):
    _, path = data.row("kept")
    for none in ("*", tag_of(web, path)):
        reply = web.put(path, json={"name": "new"}, headers={
            "If-Match": STALE, "If-None-Match": none})
        assert reply.status_code == 412
        assert reply.json()["part"] == "header If-Match"


@READS
@pytest.mark.parametrize("names, status", [
    ({"IM": "TAG", "IUS": OLD_DATE}, 200), ({"IM": "*", "IUS": OLD_DATE}, 200),
    ({"INM": '"x"', "IMS": DATE}, 200), ({"INM": '"x"', "IMS": LATER}, 200),
    ({"INM": "TAG", "IMS": OLD_DATE}, 304)], ids=repr)
def test_A6_a_tag_makes_the_date_void(web, data, method, names, status):
    _, path = data.row("kept")
    assert web.request(method, path, headers=headers_of(names, web, path)
                       ).status_code == status


@READS
@pytest.mark.parametrize("table, names, status", [
    ("kept", {"IMS": "yesterday"}, 200), ("kept", {"IUS": "yesterday"}, 200),
    ("kept", {"IMS": LATER + ", " + LATER}, 200),
    ("kept", {"IUS": OLD_DATE + ", " + OLD_DATE}, 200),
    ("kept", {"IMS": ""}, 200), ("kept", {"IMS": "0"}, 200),
    ("bare", {"IMS": LATER}, 200), ("bare", {"IUS": OLD_DATE}, 200),
    ("kept", {"IMS": DATE}, 304), ("kept", {"IUS": OLD_DATE}, 412)], ids=repr)
def test_A7_dates_that_say_nothing(web, data, table, method, names, status):
    _, path = data.row(table)
    assert web.request(method, path, headers=headers_of(names, web, path)
                       ).status_code == status


@pytest.mark.parametrize("path", ["/kept/%d", "/kept"])
def test_A7_a_page_has_no_date(web, data, path):
    n, _ = data.row("kept")
    page = {"Accept": "text/html"}
    reply = web.get(path.replace("%d", str(n)), headers=page)
    assert "Last-Modified" not in reply.headers
    for date in (LATER, DATE):
        assert web.get(path.replace("%d", str(n)), headers={
            **page, "If-Modified-Since": date}).status_code == 200
    assert web.get(path.replace("%d", str(n)), headers={
        **page, "If-Unmodified-Since": OLD_DATE}).status_code == 200


@pytest.mark.parametrize("fields", [
    {**FALSE}, {"If-Match": "malformed"}, {"If-None-Match": "*"},
    {"If-None-Match": "TAG"}, {"If-Modified-Since": DATE},
    {"If-None-Match": "*, *"}, {"If-Range": STALE, "Range": "bytes=0-0"}],
    ids=repr)
@pytest.mark.parametrize("path", ["/kept/%d", "/kept", "/kept/%d/name"])
def test_A8_options_ignores_conditions(web, data, fields, path):
    n, row = data.row("kept")
    before = data.fingerprint()
    plain = web.options(path.replace("%d", str(n)))
    reply = web.options(path.replace("%d", str(n)), headers={
        k: v.replace("TAG", tag_of(web, row)) for k, v in fields.items()})
    assert reply.status_code == plain.status_code == 204
    assert reply.headers["Allow"] == plain.headers["Allow"]
    assert data.fingerprint() == before


@pytest.mark.parametrize("accept", ["application/json", "text/html"])
@pytest.mark.parametrize("path, names, status", [
    ("/kept/{n}", {}, 200), ("/kept/{n}", {"IM": "TAG"}, 200),
    ("/kept/{n}", {"IM": STALE}, 412), ("/kept/{n}", {"IM": '"x", "y"'}, 412),
    ("/kept/{n}", {"IM": "*"}, 200), ("/kept/{n}", {"IM": "W/TAG"}, 412),
    ("/kept/{n}", {"IM": '"STATE-zz"'}, 200),
    ("/kept/{n}", {"INM": "*"}, 304), ("/kept/{n}/name", {}, 200),
    ("/kept/{n}/name", {"IM": STALE}, 412), ("/kept/{n}/name", {"INM": "*"}, 304),
    ("/kept/0", {}, 404), ("/kept?limit=0", {}, 200)])
def test_A9_head_is_get_without_its_body(web, data, path, names, status,
                                         accept):
    n, row = data.row("kept")
    headers = {**headers_of(names, web, row), "Accept": accept}
    for _ in range(3):
        replies = [web.request(method, path.format(n=n), headers=headers)
                   for method in ("GET", "HEAD")]
        # once its second is over, a row has one
        if len({"Last-Modified" in r.headers for r in replies}) == 1:
            break
    for reply in replies:
        assert reply.status_code == status
        reply.headers.pop("Date")
    assert replies[0].headers == replies[1].headers
    assert replies[1].content == b""


@pytest.mark.parametrize("path", [
    "/", "/kept?new", "/kept/{n}?delete", "/kept?_choice=o", "/-/style.css",
    "/-/script.js", "/-/problems/stale", "/-/health"])
def test_A9_what_has_no_validators_is_judged_too(web, data, path):
    n, _ = data.row("kept")
    path = path.format(n=n)
    assert web.get(path).status_code == 200
    for fields, status in (({"If-Match": STALE}, 412),
                           ({"If-Match": "*"}, 200),
                           ({"If-None-Match": "*"}, 304),
                           ({"If-None-Match": STALE}, 200)):
        replies = [web.request(method, path, headers=fields)
                   for method in ("GET", "HEAD")]
        assert [r.status_code for r in replies] == [status, status]
        assert bool(replies[0].content) == (status != 304)


def test_A9_what_is_not_there_is_not_judged(web):
    for path in ("/-/problems/nonsense", "/nonsense?new"):
        assert web.get(path, headers={"If-Match": STALE}).status_code == 404


def test_A9_a_stale_get_shows_what_is_current(web, data):
    _, path = data.row("kept")
    for column in ("", "/name"):
        now = web.get(path + column)
        # a known state does not keep the current one from being shown
        for fields in ({"If-Match": STALE},
                       {"If-Unmodified-Since": OLD_DATE,
                        "If-None-Match": now.headers["ETag"]}):
            reply = web.get(path + column, headers=fields)
            assert reply.status_code == 412
            assert reply.headers["ETag"] == now.headers["ETag"]
            assert reply.json()["etag"] == now.headers["ETag"]
            assert reply.json()["current"]["name"] == "old"
            assert reply.json()["part"] == "header " + next(iter(fields))


def test_A10_form_without_a_state(person, data):
    n, path = data.row("kept")
    form = typed(person, path, name="mine", qty="-1")
    entries = [e for e in form.entries() if e[0] != "_etag"]
    before = data.fingerprint()
    got = person.send(form, entries)
    assert got.status == 428 and "mine" in got.text
    assert data.fingerprint() == before
    data.run("DELETE FROM kept WHERE id = %d" % n)
    assert person.send(form, entries).status == 404


@pytest.mark.parametrize("name, status", [("hidden one", 404),
                                          ("locked one", 403)])
def test_A11_form_of_a_row_that_may_not_be_written(person, data, name, status):
    n, path = data.row("walled")
    form = typed(person, path, name="mine")
    data.run("UPDATE walled SET name = '%s' WHERE id = %d" % (name, n))
    before = data.fingerprint()
    got = person.send(form)
    assert got.status == status
    assert "hidden one" not in got.text
    assert data.fingerprint() == before


def test_A11_a_hidden_row_is_as_absent_as_any_other(web, data):
    n, path = data.row("walled")
    state = tag_of(web, path)
    data.run("UPDATE walled SET name = 'hidden' WHERE id = %d" % n)
    absent = "/walled/%d" % (n + 500000)
    for method, headers in itertools.product(
            ("GET", "HEAD", "PATCH", "DELETE"),
            ({}, {"If-Match": state}, {"If-Match": "*"}, {"If-Match": STALE},
             {"If-None-Match": "*"}, {"If-None-Match": state},
             {"If-Unmodified-Since": OLD_DATE})):
        replies = [web.request(method, where, headers=headers, json=(
            {"name": "new"} if method == "PATCH" else None))
            for where in (path, absent)]
        assert [r.status_code for r in replies] == [404, 404]
        assert replies[0].content == replies[1].content


@pytest.mark.parametrize("status, form_of", [(412, "stale"), (428, "unsaid"),
                                             (422, "wrong")])
def test_A12_form_that_is_refused_changes_nothing(person, data, status,
                                                  form_of):
    n, path = data.row("kept")
    form = typed(person, path, name="mine", qty=(
        "-1" if form_of == "wrong" else "2"))
    if form_of == "stale":
        data.run("UPDATE kept SET name = 'theirs' WHERE id = %d" % n)
    before = data.fingerprint()
    got = person.send(form, [e for e in form.entries()
                             if form_of != "unsaid" or e[0] != "_etag"])
    assert got.status == status
    assert data.fingerprint() == before
