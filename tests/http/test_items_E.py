"""Writes; E1 and E9 are in test_race.py as well, E2, E4, E5 in test_look.py,
E3 in test_guard_effects.py, E10 in test_expectations.py, E11 in test_guards.py
and test_pages.py, E12 and E16 in test_bad_input.py, E13 in test_mergepatch.py,
E17 in test_lists.py."""
import json
import threading

import pytest

from conditions import tag_of, write

MERGE = "application/merge-patch+json"


def typed(person, path, **values):
    form = person.form(path)
    for name, value in values.items():
        form.fill(name, value)
    return form


@pytest.mark.parametrize("sql, status", [
    ("DELETE FROM walled WHERE id = %d", 404),
    ("UPDATE walled SET name = 'hidden' WHERE id = %d", 404),
    ("UPDATE walled SET name = 'locked' WHERE id = %d", 403),
    ("UPDATE walled SET qty = 5 WHERE id = %d", 412)])
def test_E2_form_that_waits_is_told_what_became_of_the_row(
        person, data, psql_session, wait_until, sql, status):
    n, path = data.row("walled")
    form = typed(person, path, name="mine")
    holder = psql_session(data.database)
    holder.run("BEGIN")
    holder.run(sql % n)
    got = []
    thread = threading.Thread(target=lambda: got.append(person.send(form)))
    thread.start()
    wait_until(lambda: data.waiting() == 1)
    holder.run("COMMIT")
    thread.join()
    assert got[0].status == status
    # what somebody typed is never lost
    assert 'value="mine"' in got[0].text or ">mine<" in got[0].text
    assert [name for name, in data.run(
        "SELECT name FROM walled WHERE id = %d" % n)] != ["mine"]


def test_E3_form_that_is_refused_at_the_commit(person, data):
    n, path = data.row("late")
    form = typed(person, path, name="mine")
    # somebody deletes what was chosen
    form["friend"].options.append("999999999")
    form.fill("friend", "999999999")
    before = data.fingerprint()
    page = person.submit(form, 409)
    assert data.fingerprint() == before
    assert page.form["name"].value == "mine"
    page.form.fill("friend", "")
    person.submit(page.form)
    assert data.name("late", n) == "mine"


@pytest.mark.parametrize("table", ["kept", "bare", "railed"])
def test_E9_another_unique_value_is_409_not_412(web, data, table):
    n, path = data.row(table)
    data.run("CREATE UNIQUE INDEX one_name ON %s (name) WHERE name = 'one'"
             % table)
    try:
        data.run("UPDATE %s SET name = 'one' WHERE id = %d" % (table, n))
        before = data.fingerprint()
        absent = "/%s/%d" % (table, next(data.ids))
        create = {"If-None-Match": "*"}
        for where, name, status in ((absent, "one", 409), (path, "one", 412),
                                    (path, "two", 412)):
            reply = web.put(where, json={"name": name}, headers=create)
            assert reply.status_code == status
            assert data.fingerprint() == before
        assert web.put(absent, json={"name": "two"}, headers=create
                       ).status_code == 201
    finally:
        data.run("DROP INDEX one_name")


def test_E9_form_of_a_new_row_whose_key_is_taken(person, data):
    n, _ = data.row("kept", "theirs")
    form = typed(person, "/kept?new", id=str(n), name="mine")
    before = data.fingerprint()
    got = person.send(form)
    assert got.status in (409, 412) and "mine" in got.text
    assert data.fingerprint() == before


@pytest.mark.parametrize("table, sent, stored", [
    ("kept", {"name": "new"}, (1, None)),
    ("kept", {"name": "new", "qty": 3}, (3, None)),
    ("kept", {"name": "new", "qty": None}, (None, None)),
    ("bare", {"name": "new", "doc": {"a": 1}}, (1, {"a": 1})),
    ("railed", {}, (1, None))])
def test_E12_put_replaces_what_it_does_not_name(web, data, table, sent,
                                                stored):
    n, path = data.row(table)
    data.run("UPDATE %s SET qty = 7, doc = '[7]' WHERE id = %d" % (table, n))
    reply = web.put(path, json=sent, headers={"If-Match": tag_of(web, path)})
    assert reply.status_code == 204
    assert data.run("SELECT name, qty, doc FROM %s WHERE id = %d" % (table, n)
                    ) == [(sent.get("name"), *stored)]


@pytest.mark.parametrize("version, status", [(0, 412), (None, 412), ("x", 412),
                                             ("SAME", 204)])
def test_E12_a_version_in_the_body_is_never_written(web, data, version, status):
    n, path = data.row("kept")
    now = web.get(path).json()
    if version == "SAME":
        version = now["version"]
    reply = web.put(path, json={**now, "name": "new", "version": version},
                    headers={"If-Match": tag_of(web, path)})
    assert reply.status_code == status
    (after,), = data.run("SELECT version FROM kept WHERE id = %d" % n)
    assert (after == now["version"]) == (status == 412)
    assert after >= now["version"]


@pytest.mark.parametrize("kind", [MERGE, "application/json"])
@pytest.mark.parametrize("body, status", [
    ('{"name":"x","qty":2,"nope":1}', 422), ('{"name":"x","qty":-1}', 422),
    ('{"name":"x","qty":"many"}', 422), ('{"name":"x","qty":2', 400),
    ('{"name":"x","qty":2}', 204)])
def test_E13_all_of_a_patch_or_nothing(web, data, kind, body, status):
    n, path = data.row("kept")
    before = data.fingerprint()
    reply = web.patch(path, data=body, headers={
        "Content-Type": kind, "If-Match": tag_of(web, path)})
    assert reply.status_code == status
    assert (data.fingerprint() == before) == (status != 204)
    assert data.name("kept", n) == ("x" if status == 204 else "old")


# column, JSON text, how the database and GET write it
NUMBERS = [
    ("big", "9223372036854775807", None), ("big", "-9223372036854775808", None),
    ("big", "9007199254740993", None), ("big", "0", None),
    ("big", '"9007199254740993"', "9007199254740993"),
    ("exact", "123456789012345678901234567890.123456789012345678901234567890",
     None),
    ("exact", '"0.10"', "0.10"), ("exact", "0.10", None), ("exact", "1e2", "100"),
    ("exact", "-1.5e-7", "-0.00000015"), ("exact", "1" + "0" * 300, None),
    ("exact", '"NaN"', '"NaN"'), ("exact", '"Infinity"', '"Infinity"'),
    ("exact", '"-Infinity"', '"-Infinity"'),
    ("scaled", "12345678.1234", None), ("scaled", "1.5", "1.5000"),
    ("float", "0.1", None), ("float", "1e300", "1e+300"),
    ("float", "5e-324", None), ("float", '"NaN"', '"NaN"'),
    ("float", '"-Infinity"', '"-Infinity"'), ("float", "-0.0", "-0")]


def text_of(web, path, column):
    """A member's own characters."""
    return dict(json.loads(web.get(path).text, parse_int=str, parse_float=str,
                           object_pairs_hook=lambda p: p))[column]


@pytest.mark.parametrize("column, sent, shown", NUMBERS)
@pytest.mark.parametrize("method", ["PATCH", "PUT", "POST", "value"])
def test_E15_numbers_keep_every_digit(web, data, method, column, sent, shown):
    n = next(data.ids)
    path = "/number/%d" % n
    fields = {"Content-Type": "application/json", "If-Match": "*"}
    if method != "POST":
        data.run("INSERT INTO number (id) VALUES (%d)" % n)
    if method == "value":
        reply = web.put(path + "/" + column, data=sent.strip('"'),
                        headers={"If-Match": "*"})
    elif method == "POST":
        del fields["If-Match"]
        reply = web.post("/number", data='{"id":%d,"%s":%s}' % (
            n, column, sent), headers=fields)
    else:
        reply = web.request(method, path, headers=fields,
                            data='{"%s":%s}' % (column, sent))
    assert reply.status_code == (201 if method == "POST" else 204)
    shown = (shown or sent).strip('"')
    assert text_of(web, path, column) == shown
    assert web.get(path + "/" + column).text == shown
    assert data.run("SELECT %s::text FROM number WHERE id = %d" % (column, n)
                    ) == [(shown,)]
    # and what was read goes back as it came
    read = web.get(path)
    again = web.put(path, data=read.content, headers={
        "Content-Type": "application/json", "If-Match": read.headers["ETag"]})
    assert again.status_code == 204
    assert again.headers["ETag"] == read.headers["ETag"]


@pytest.mark.parametrize("column, text", [
    ("big", "9223372036854775808"), ("big", "1.5"), ("big", '"x"'),
    ("scaled", "123456789"), ("exact", '"1,5"'), ("exact", "[1]")])
def test_E15_a_number_that_does_not_fit_is_refused(web, data, column, text):
    n = next(data.ids)
    data.run("INSERT INTO number (id, %s) VALUES (%d, 1)" % (column, n))
    before = data.fingerprint()
    reply = web.patch("/number/%d" % n, data='{"%s":%s}' % (column, text),
                      headers={"Content-Type": "application/json",
                               "If-Match": "*"})
    assert reply.status_code == 422 and reply.json()["column"] == column
    assert data.fingerprint() == before


@pytest.mark.parametrize("column, number", [
    ("big", "9223372036854775807"), ("big", "9007199254740993"),
    ("exact", "123456789012345678901234567890.12345678901234567890"),
    ("exact", "0.10"), ("exact", "NaN"), ("scaled", "12345678.1234"),
    ("float", "0.1"), ("float", "5e-324")])
def test_E15_form_keeps_every_digit(person, data, column, number):
    n = next(data.ids)
    data.run("INSERT INTO number (id, %s) VALUES (%d, '%s')"
             % (column, n, number))
    before = data.image("number", n)
    form = person.form("/number/%d" % n)
    shown = form[column].value
    person.submit(form)
    assert data.image("number", n) == before
    # and the same number typed into another row
    m = next(data.ids)
    data.run("INSERT INTO number (id) VALUES (%d)" % m)
    form = typed(person, "/number/%d" % m, **{column: shown})
    person.submit(form)
    assert data.run("SELECT %s::text FROM number WHERE id = %d" % (column, m)
                    ) == [(number,)]


# body, byte that is at fault, counted from 0
POSITIONS = [
    (b'{"name":"a","name":"b"}', 12), (b'{"name":"a\xff"}', 10),
    (b'{"name":"\xc3\xa9\xff"}', 11), (b'{"name":"a\\u0000"}', 10),
    (b'{"name":"\\ud800"}', 9), (b'{"name":"ab\\udc00c"}', 11),
    (b'{"qty":1,"name":"a\\u0000"}', 18), (b'{"name":}', 8), (b'{"name"', 7),
    (b"", 0), (b'{"name":"a"} x', 13), (b"{'name':1}", 1), (b'{"qty":01}', 8)]


@pytest.mark.parametrize("body, at", POSITIONS)
@pytest.mark.parametrize("method", ["PATCH", "PUT", "POST"])
def test_E16_what_is_malformed_is_pointed_at(web, data, method, body, at):
    _, path = data.row("kept")
    before = data.fingerprint()
    reply = web.request(
        method, "/kept" if method == "POST" else path, data=body, headers={
            "Content-Type": "application/json",
            "If-Match": None if method == "POST" else "*"})
    assert reply.status_code == 400
    assert "byte %d." % at in reply.json()["detail"]
    assert data.fingerprint() == before


@pytest.mark.parametrize("doc, at", [
    (b'{"a":1,"a":2}', 7), (b'[{"a":1,"\\u0061":2}]', 8), (b'"\\u0000"', 1),
    (b'{"a":"\\ud800"}', 6)])
@pytest.mark.parametrize("method", ["PATCH", "MERGE", "PUT", "VALUE", "POST"])
def test_E16_a_document_loses_nothing_unsaid(web, data, method, doc, at):
    n, path = data.row("kept")
    before = data.fingerprint()
    value = method == "VALUE"
    reply = web.request(
        {"VALUE": "PUT", "MERGE": "PATCH"}.get(method, method),
        "/kept" if method == "POST" else path + "/doc" * value,
        data=doc if value else b'{"doc":' + doc + b"}", headers={
            "Content-Type": "application/merge-patch+json"
            if method == "MERGE" else "application/json",
            "If-Match": None if method == "POST" else "*"})
    assert reply.status_code == 400
    assert "byte %d." % (at + 7 * (not value)) in reply.json()["detail"]
    assert reply.json()["column"] == "doc"
    assert data.fingerprint() == before


@pytest.mark.parametrize("body, at", [(b"ab\xff", 2), (b"a\0b", 1),
                                      (b"\xed\xa0\x80", 0), (b"\xc3", 0)])
def test_E16_one_value_that_is_no_text(web, data, body, at):
    n, path = data.row("kept")
    reply = web.put(path + "/name", data=body, headers={"If-Match": "*"})
    assert reply.status_code == 400
    assert "byte %d." % at in reply.json()["detail"]
    assert data.name("kept", n) == "old"


@pytest.mark.parametrize("prefer, status, applied", [
    ("return=representation", 200, "return=representation"),
    ('return="representation"', 200, "return=representation"),
    ("return = minimal", 204, "return=minimal"),
    ('foo="a, return=representation", bar', 204, None),
    ('foo="\\", ", return=minimal', 204, "return=minimal"),
    ('return="minimal', 204, None),
    ("RETURN=representation", 200, "return=representation"),
    ("return=minimal", 204, "return=minimal"),
    ("handling=lenient, nonsense=1", 204, "handling=lenient"),
    ("nonsense, return=representation; foo", 200, "return=representation"),
    ("return=nonsense", 204, None), ("", 204, None),
    ("handling=strict, nonsense", 400, None),
    ("handling=strict, return=representation", 200,
     "handling=strict, return=representation"),
    ("return=minimal, return=representation", 204, "return=minimal")])
@pytest.mark.parametrize("method", ["PATCH", "PUT"])
def test_E17_preferences(web, data, method, prefer, status, applied):
    n, path = data.row("kept")
    reply = write(web, method, path, {"If-Match": "*", "Prefer": prefer})
    assert reply.status_code == status
    told = reply.headers.get("Preference-Applied")
    assert (told and sorted(told.split(", "))) == (
        applied and sorted(applied.split(", ")))
    assert data.name("kept", n) == ("old" if status == 400 else "new")


@pytest.mark.parametrize("prefer", ["return=representation", "handling=strict"])
def test_E17_a_preference_is_no_way_around_a_condition(web, data, prefer):
    _, path = data.row("kept")
    before = data.fingerprint()
    for tag, status in (('"v1-j"', 412), (None, 428)):
        reply = write(web, "PATCH", path, {"If-Match": tag, "Prefer": prefer})
        assert reply.status_code == status
        assert "Preference-Applied" not in reply.headers
    assert data.fingerprint() == before
