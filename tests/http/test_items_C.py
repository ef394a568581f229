"""Dates; C1, C3, C4 and C5 are in test_expectations.py."""
import threading

import pytest

from conditions import DATE, LATER, OLD_DATE, OPEN, tag_of

BEFORE = "Fri, 01 Jan 2021 11:59:59 GMT"
BEHIND = "Fri, 01 Jan 2021 12:00:01 GMT"
FORMS = [DATE, "Friday, 01-Jan-21 12:00:00 GMT", "Fri Jan  1 12:00:00 2021"]
DATED = pytest.mark.parametrize("path", [
    "/kept/%d", "/kept/%d/name", "/railed/%d", "/railed/%d/name"])


def dated_row(data, path):
    """The path of a row that was last changed at DATE and 0.75 seconds."""
    return path % data.row(path.split("/")[1])[0]


@DATED
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_C1_every_form_of_a_date_is_read(web, data, path, method):
    path = dated_row(data, path)
    for date in FORMS:
        assert web.request(method, path, headers={
            "If-Modified-Since": date}).status_code == 304
        assert web.request(method, path, headers={
            "If-Unmodified-Since": date}).status_code == 200
    for date in [f.lower() for f in FORMS] + ["1 Jan 2021", "Fri", "0"]:
        assert web.request(method, path, headers={
            "If-Modified-Since": date}).status_code == 200


@DATED
@pytest.mark.parametrize("field, date, status", [
    ("If-Modified-Since", DATE, 304), ("If-Modified-Since", BEHIND, 304),
    ("If-Modified-Since", LATER, 304), ("If-Modified-Since", BEFORE, 200),
    ("If-Modified-Since", OLD_DATE, 200), ("If-Unmodified-Since", DATE, 200),
    ("If-Unmodified-Since", BEHIND, 200), ("If-Unmodified-Since", BEFORE, 412),
    ("If-Unmodified-Since", OLD_DATE, 412)])
def test_C2_the_very_date_counts_as_unmodified(web, data, path, field, date,
                                               status):
    path = dated_row(data, path)
    for method in ("GET", "HEAD"):
        assert web.request(method, path, headers={field: date}
                           ).status_code == status


@pytest.mark.parametrize("lines", ["", "accept_dates = yes\n"])
def test_C5_a_date_is_judged_by_the_statement_that_writes(
        webs, data, psql_session, wait_until, lines):
    web = webs(OPEN + lines)
    n, path = data.row("kept")
    holder = psql_session(data.database)
    holder.run("BEGIN")
    holder.run("UPDATE kept SET name = 'theirs' WHERE id = %d" % n)
    replies = []
    thread = threading.Thread(target=lambda: replies.append(web.patch(
        path, json={"name": "mine"}, headers={"If-Unmodified-Since": DATE})))
    thread.start()
    wait_until(lambda: data.waiting() == 1)
    holder.run("COMMIT")
    thread.join()
    assert replies[0].status_code == 412
    assert replies[0].json()["part"] == "header If-Unmodified-Since"
    assert data.name("kept", n) == "theirs"


@pytest.mark.parametrize("date", [
    OLD_DATE, "Tue, 01 Jan 2199 00:00:00 GMT", "nonsense"])
def test_C6_the_clock_of_a_client_means_nothing(web, person, data, date):
    n, path = data.row("kept")
    (start,), = data.run("SELECT clock_timestamp()")
    clock = {"Date": date}
    fresh = {**clock, "If-Match": tag_of(web, path)}
    assert web.get(path, headers=clock).headers["Last-Modified"] == DATE
    assert web.patch(path, json={"name": "new"}, headers=clock
                     ).status_code == 428
    assert web.patch(path, json={"name": "new"}, headers=fresh
                     ).status_code == 204
    assert web.patch(path, json={"name": "newer"}, headers=fresh
                     ).status_code == 412
    form = person.form(path)
    form.fill("name", "typed")
    assert person.send(form, Date=date).status == 303
    # two changes: the second may be a second ahead
    assert data.run(
        "SELECT updated_at BETWEEN '%s' AND clock_timestamp() + '1 s', name "
        "FROM kept WHERE id = %d" % (start, n)) == [(True, "typed")]
