"""Whole databases: what was read can be sent back, and nothing changes."""
import collections
import json

from harness.browser import leads, quoted_key
from whole import spread

READ_ONLY = {
    "demo": set(),
    "pagila": {"actor_info", "customer_list", "film_list",
               "nicer_but_slower_film_list", "rental_by_category",
               "sales_by_film_category", "sales_by_store", "staff_list"},
    "oddities": {"vw_simple", "vw_check", "vw_join", "vw_agg", "vw_instead",
                 "mv", "dog", "k_none", "k_unique_null", "k_zero_columns"},
}
# One key, two rows: nothing to be sent to. Larger than the body's limit.
NOT_SENT = {"demo": (), "pagila": (), "oddities": (
    "/records/animal/1", "/records/big/1", "/records/big/2")}


def writable(whole):
    return [t for t in whole.tables if "update" in t["rights"]]


def test_only_what_can_be_guarded_is_writable(whole):
    tables = {t["name"] for t in whole.tables}
    can = {t["name"] for t in writable(whole)}
    assert tables - can == READ_ONLY[whole.source]
    assert all((t["guard"] == "read-only") == (t["name"] not in can)
               for t in whole.tables)


def expected_rows(whole, name):
    return [r for r, in whole.ask("SELECT row_to_json(it)::text FROM %s AS it"
                                  % whole.ident(name))]


def test_every_row_is_reached_by_the_list_s_link(whole):
    """and what is there is the database's own JSON, byte for byte"""
    for table in whole.tables:
        name = table["name"]
        hrefs = whole.hrefs(name, table["url"])
        if not table["key"]:
            assert not hrefs
            continue
        got = []
        for href in hrefs:
            if href == "/records/animal/1":
                continue
            answer = whole.browser.json(href)
            assert answer.status == 200, answer
            got.append(answer.body.decode())
        want = collections.Counter(expected_rows(whole, name))
        if name == "animal":
            want = collections.Counter(r for r in want
                                       if json.loads(r)["id"] != 1)
        if len(hrefs) < whole.most:
            assert collections.Counter(got) == want, name
        else:
            assert len(set(hrefs)) == len(hrefs)
            assert set(got) <= set(want), name


def test_every_row_is_reached_by_the_table_s_url_and_key(whole):
    for table in whole.tables:
        if not table["key"] or table["name"] in ("many", "big"):
            continue
        columns = ", ".join(whole.ask("SELECT quote_ident(%s) || '::text'",
                                      c)[0][0] for c in table["key"])
        rows = whole.ask("SELECT ARRAY[%s], row_to_json(it)::text FROM %s AS it"
                         % (columns, whole.ident(table["name"])))
        for key, row in spread(rows, whole.most_forms):
            if table["name"] == "animal" and key == ["1"]:
                continue
            path = all(p not in ("", ".", "..") and not set(p) & set("/\\")
                       for p in key)
            url = table["url"] + ("/" if path else "?_key=") + quoted_key(key)
            answer = whole.browser.json(url)
            assert answer.status == 200, answer
            assert answer.body.decode() == row


def test_a_row_sent_back_by_put_changes_nothing(whole):
    for table in writable(whole):
        before = whole.images(table["name"])
        for href in whole.hrefs(table["name"], table["url"]):
            if href in NOT_SENT[whole.source]:
                continue
            read = whole.browser.json(href)
            put = whole.browser.request(
                "PUT", href, read.body, Content_Type="application/json",
                If_Match=read.headers["ETag"])
            assert put.status == 204, (read, put)
            assert put.headers["ETag"] == read.headers["ETag"], href
        assert whole.images(table["name"]) == before, table["name"]


def test_an_untouched_form_changes_nothing(whole):
    for table in writable(whole):
        before = whole.images(table["name"])
        hrefs = whole.hrefs(table["name"], table["url"])
        for href in spread(hrefs, whole.most_forms):
            if href in NOT_SENT[whole.source]:
                continue
            page = whole.page(href)
            if not page.forms:
                assert table["name"] in ("k_key_only", "n" * 63), href
                continue
            got = whole.browser.send(page.form)
            assert got.status == 303, got
            assert leads(got) == href
        assert whole.images(table["name"]) == before, table["name"]
