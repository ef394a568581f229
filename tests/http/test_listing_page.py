"""The page of a list, without script: searching, the panels with all else that
it offers, filtering, sorting, choosing columns and page size, and what is said
when nothing can be shown."""
import html
import re
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from harness.browser import Browser, bare
from pages import plain

MAKE = """
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE town (id int PRIMARY KEY, name text NOT NULL);
CREATE TABLE shop (code text PRIMARY KEY, name text NOT NULL);
CREATE TABLE person (id int PRIMARY KEY, name text NOT NULL, note text,
    age int, height numeric, born date, seen timestamptz, mood mood,
    paid boolean, data jsonb, town_id int REFERENCES town,
    shop_code text REFERENCES shop, "order" text, secret text DEFAULT 'xyz');
COMMENT ON COLUMN person.secret IS 'Code word';
INSERT INTO town VALUES (1, 'Ham'), (2, 'Eton'), (3, 'Hamble');
INSERT INTO shop SELECT 's' || g, 'Shop ' || g FROM generate_series(1, 300) g;
INSERT INTO person VALUES
  (1, 'Anna', 'likes tea', 31, 1.65, '1990-02-01', '2026-01-31 23:30+01',
   'happy', true, '{"a": 1}', 1, 's7', 'first'),
  (2, 'Bert', NULL, NULL, 1.5, NULL, '2026-02-01 00:30+01', NULL, NULL, NULL,
   2, NULL, 'second'),
  (3, 'Cleo 50%', '', 17, NULL, '2009-12-31', NULL, 'sad', false, '{}', 3,
   's8', NULL),
  (4, 'D_ra', 'x', 65, 2, '1961-05-05', NULL, 'happy', false, NULL, NULL, 's7',
   'a.b');
CREATE TABLE many (id int PRIMARY KEY, a int, b text);
INSERT INTO many SELECT g, g % 7, 'b' || g FROM generate_series(1, 1234) AS g;
CREATE TABLE none (id int PRIMARY KEY, name text);
CREATE TABLE numbers (id int PRIMARY KEY);
ANALYZE;
"""
INI = """time_zone = Europe/Berlin
anonymous = write
[table person]
hidden = secret
[table many]
[table none]
[table numbers]
[table town]
[table shop]
label = {name}
"""
WHOLE = "/records/person?select=*"
ALL = WHOLE + "&_tools="  # with its panels
EVERY = ["1", "2", "3", "4"]


@pytest.fixture(scope="module", name="web")
def web_fixture(cluster, module_site):
    name = cluster.makedb(MAKE)
    cluster.psql(name, "GRANT ALL ON ALL TABLES IN SCHEMA public TO ifmatch",
                 user="owner")
    browser = Browser(module_site(name, INI))
    yield browser
    browser.close()


def opened(browser, url, status=200):
    return plain(browser.open(url, status))


def finder(page):
    form, = [f for f in page.forms if f.attrs.get("role") == "search"]
    return form


def ids(page):
    return [re.search(r"/(\d+)$", bare(h)).group(1) for h in page.heads
            if re.search(r"/\d+$", bare(h))]


def show(browser, form, **more):
    """Sends the form as a browser does; the page that it leads to, and its
    URL. Panels that were there are there again."""
    got = browser.request(
        "GET", form.action + "?" + urlencode(
            [e for e in form.entries()] + list(more.items())),
        Accept="text/html")
    assert got.status == 303, got
    url = got.headers["Location"]
    assert has_panels(url) == ("_tools" in form)
    return opened(browser, url), url


def pairs_of(url):
    return dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))


def has_panels(url):
    return "_tools" in pairs_of(url)


def asked(url):
    """What the list is, whether or not its panels are open."""
    return {k: v for k, v in pairs_of(url).items() if k != "_tools"}


def chips(page):
    """What narrows the list: {text: URL without it}."""
    found = re.findall(r'<li(?: class="wrong")?><a href="([^"]*)" dir="auto">'
                       r'<span class="aloud">Remove: </span>(.*?) '
                       r'<span aria-hidden', page.source)
    return {html.unescape(t): html.unescape(u) for u, t in found}


PANELS = "Filter · Columns, order, page size"


def panels_link(page):
    link, = [(h, t) for h, t in page.links if t.startswith("Filter")]
    return link


@pytest.mark.parametrize("query", [
    "", "?name=ilike.*e*&age=gte.3&_search=e&select=name&limit=2&order=age"])
def test_one_link_leads_to_the_panels_and_one_back(web, query):
    page = opened(web, "/records/person" + query)
    assert "<details" not in page.source and "<select" not in page.source
    assert [c.name for c in finder(page).controls if c.type != "hidden"] == [
        "_search"]
    url, words = panels_link(page)
    assert words.replace(" (2)", "") == PANELS + " · Edit in place · Export"
    assert ("Filter (2)" in words) == bool(query)
    assert has_panels(url) and asked(url) == asked("?" + query[1:])
    panels = opened(web, url)
    assert panels.source.count("<details") == 4
    assert '<details class="filters" open>' in panels.source
    assert ids(panels) == ids(page) and chips(panels).keys() == (
        chips(page).keys())
    back = panels.link("Hide filter and tools")
    assert not has_panels(back) and asked(back) == asked(url)
    # they stay where the list is refined, and not on the way to an entry
    for link in [*chips(panels).values(), *[
            h for h, t in panels.links if t.startswith("Name")]]:
        assert has_panels(link)
    rows = [h for h in panels.heads if re.search(r"/\d+$", bare(h))]
    assert rows and not any("_tools" in link for link in rows)


def test_panels_stay_from_page_to_page_and_leave_the_page_as_it_is(web):
    page = opened(web, "/records/many?a=eq.3&limit=10")
    there = opened(web, panels_link(opened(web, page.link("Next")))[0])
    assert ids(there) == ids(opened(web, page.link("Next"))) != ids(page)
    following = opened(web, there.link("Next"))
    assert has_panels(following.link("First page"))
    back = opened(web, following.link("Hide filter and tools"))
    assert ids(back) == ids(following) and "<details" not in back.source


def test_a_mere_search_keeps_all_else(web):
    url = ("/records/person?select=called:name,id&age=gte.3&town_id=in.(1,3)"
           "&order=age.desc.nullslast&limit=2")
    form = finder(opened(web, url))
    form.fill("_search", "e")
    page, found = show(web, form)
    assert asked(found) == {**asked(url), "_search": "e"}
    assert ids(page) == ["1", "3"]
    form = finder(page)
    form.fill("_search", "")
    assert asked(show(web, form)[1]) == asked(url)


@pytest.mark.parametrize("kind", ["application/json", "text/csv"])
def test_only_pages_have_panels(web, kind):
    assert web.request("GET", WHOLE, Accept=kind).status == 200
    assert web.request("GET", ALL, Accept=kind).status == 400


def test_a_list_without_texts_has_panels_only(web):
    page = opened(web, "/records/numbers")
    assert not [f for f in page.forms if f.attrs.get("role") == "search"]
    assert "_from.id" in finder(opened(web, panels_link(page)[0]))


@pytest.mark.parametrize("fields, query, rows, words", [
    ({"_text.name": "an"}, {"name": "ilike.*an*"}, ["1"],
     "Name contains “an”"),
    ({"_text.name": "0%"}, {"name": "ilike.*0\\%*"}, ["3"],
     "Name contains “0%”"),
    ({"_how.name": "begins", "_text.name": "d_"}, {"name": "ilike.d\\_*"},
     ["4"], "Name begins with “d_”"),
    ({"_how.name": "is", "_text.name": "Bert"}, {"name": "eq.Bert"}, ["2"],
     "Name: Bert"),
    ({"_how.note": "empty"}, {"or": '(note.is.null,note.eq."")'}, ["2", "3"],
     "Note is empty"),
    ({"_from.age": "18"}, {"age": "gte.18"}, ["1", "4"], "Age from 18"),
    ({"_to.age": "31"}, {"age": "lte.31"}, ["1", "3"], "Age up to 31"),
    ({"_from.height": "1.65"}, {"height": "gte.1.65"}, ["1", "4"],
     "Height from 1.65"),
    ({"_empty.age": True}, {"age": "is.null"}, ["2"], "Age is empty"),
    ({"_from.born": "1990-02-01"}, {"born": "gte.1990-02-01"}, ["1", "3"],
     "Born from 1990-02-01"),
    ({"_to.seen": "2026-01-31"}, {"seen": "lt.2026-01-31 24:00"}, ["1"],
     "Seen up to 2026-01-31"),
    ({"_from.seen": "2026-02-01"}, {"seen": "gte.2026-02-01"}, ["2"],
     "Seen from 2026-02-01"),
    ({"_text.mood": "happy"}, {"mood": "eq.happy"}, ["1", "4"],
     "Mood: happy"),
    ({"_empty.mood": True}, {"mood": "is.null"}, ["2"], "Mood is empty"),
    ({"_text.paid": "true"}, {"paid": "is.true"}, ["1"], "Paid: yes"),
    ({"_text.paid": "false"}, {"paid": "is.false"}, ["3", "4"], "Paid: no"),
    ({"_text.data": '"a"'}, {"data": 'ilike.*"a"*'}, ["1"],
     "Data contains “\"a\"”"),
    ({"_text.town_id": "3"}, {"town_id": "eq.3"}, ["3"], "Town: Hamble"),
    ({"_text.shop_code": "s7"}, {"shop_code": "eq.s7"}, ["1", "4"],
     "Shop code: Shop 7"),
    ({"_text.order": "sec"}, {"and": '(order.ilike."*sec*")'}, ["2"],
     "Order contains “sec”"),
    ({"_how.order": "is", "_text.order": "a.b"},
     {"and": '(order.eq."a.b")'}, ["4"], "Order: a.b"),
    ({"_search": "tea"}, {"_search": "tea"}, ["1"], "Search: “tea”"),
])
def test_each_control_filters_is_said_and_comes_back(
        web, fields, query, rows, words):
    form = finder(opened(web, ALL))
    for name, value in fields.items():
        form.fill(name, value)
    page, url = show(web, form)
    assert asked(url) == {"select": "*", **query}
    assert ids(page) == rows
    assert list(chips(page)) == [words]
    assert "Found: %d" % len(rows) in page.text
    # the controls hold what was said: sent again they say the same
    again = finder(page)
    for name, value in fields.items():
        assert (again[name].checked if value is True
                else again[name].value == value), name
    assert show(web, again)[1] == url
    # and it can be removed
    gone = opened(web, chips(page)[words])
    assert ids(gone) == EVERY and not chips(gone)


def test_from_and_to_together(web):
    form = finder(opened(web, ALL))
    form.fill("_from.age", "17")
    form.fill("_to.age", "31")
    form.fill("_text.name", "e")
    page, url = show(web, form)
    assert ids(page) == ["3"]
    assert list(chips(page)) == ["Name contains “e”", "Age from 17",
                                 "Age up to 31"]
    assert ids(opened(web, page.link("Remove all"))) == EVERY
    assert ids(opened(web, chips(page)["Name contains “e”"])) == ["1", "3"]
    assert "Filter (3)" in page.text


def test_numbers_are_typed_as_the_language_has_them(web):
    german = Browser(web.site, {"Accept-Language": "de"})
    form = finder(german.open(ALL))
    form.fill("_from.height", "1,6")
    page, url = show(german, form)
    assert asked(url)["height"] == "gte.1.6"
    assert ids(page) == ["1", "4"]
    assert "Height ab 1,6" in page.text and "Gefunden: 2" in page.text
    assert finder(page)["_from.height"].value == "1,6"
    german.close()


def test_a_row_to_filter_by_is_searched_for_where_there_are_many(web):
    page = opened(web, ALL)
    assert finder(page)["_text.town_id"].options == ["", "2", "1", "3"]
    form = finder(page)
    assert not form["_text.shop_code"].options
    form.fill("_query._text.shop_code", "shop 29")
    page, url = show(web, form, **{"_search._text.shop_code": "1"})
    assert "Found for “shop 29”: 13" in page.text
    assert ids(page) == EVERY and not chips(page)
    form = finder(page)
    assert "s29" in form["_text.shop_code"].options
    form.fill("_text.shop_code", "s29")
    page, url = show(web, form)
    assert asked(url) == {"select": "*", "shop_code": "eq.s29"}
    assert list(chips(page)) == ["Shop code: Shop 29"] and ids(page) == []


@pytest.mark.parametrize("query, words", [
    ("age=neq.31", "Age: not 31"), ("age=gt.31", "Age above 31"),
    ("age=lt.31", "Age below 31"), ("age=not.is.null", "Age is not empty"),
    ("id=in.(1,3)", "Id: one of 1, 3"),
    ("town_id=in.(1,2)", "Town: one of Ham, Eton"),
    ("name=not.like.A*", "not: Name begins with “A”"),
    ("name=imatch.^a", "Name is like “^a”"),
    ("data=cs.{}", "Data contains “{}”"),
    ("seen=gte.2026-01-31T12:00", "Seen from 2026-01-31T12:00"),
    ("or=(id.eq.1,and(age.gt.60,mood.eq.happy))",
     "Id: 1 or (Age above 60 and Mood: happy)"),
    ("age=gte.1&age=gte.2", "Age from 2"),
])
def test_what_no_control_shows_is_said_kept_and_removable(web, query, words):
    page = opened(web, ALL + "&" + query)
    want = ids(page)
    assert words in chips(page)
    form = finder(page)
    form.fill("_search", "e")
    page, url = show(web, form)
    pairs = parse_qsl(urlsplit(url).query)
    for pair in parse_qsl(query):
        assert pair in pairs
    assert set(ids(page)) <= set(want)
    rest = chips(opened(web, chips(page)[words]))
    assert words not in rest and "Search: “e”" in rest


def test_a_filter_on_a_column_that_is_not_shown(web):
    page = opened(web, "/records/person?_tools=&select=name&age=gte.18")
    assert "_from.age" not in finder(page)
    assert list(chips(page)) == ["Age from 18"]
    form = finder(page)
    form.fill("_text.name", "a")
    page, url = show(web, form)
    assert asked(url) == {"select": "name", "age": "gte.18",
                          "name": "ilike.*a*"}


def test_a_head_sorts_up_down_and_not_at_all(web):
    page = opened(web, ALL + "&mood=eq.happy")
    orders = []
    for _ in range(3):
        page = opened(web, [h for h, t in page.links
                            if re.match("Name( |$)", t)][0])
        assert list(chips(page)) == ["Mood: happy"]
        head, = re.findall(r'<th scope="col"([^>]*)><a [^>]*>Name'
                           r'(?: <span class="arrow"[^>]*>(.)</span>)?</a>',
                           page.source)
        orders.append((ids(page), *head))
    assert orders == [
        (["1", "4"], ' aria-sort="ascending"', "▲"),
        (["4", "1"], ' aria-sort="descending"', "▼"),
        (["1", "4"], "", "")]


def test_an_order_by_several_columns_is_kept(web):
    page = opened(web, ALL + "&order=mood.desc.nullslast,age")
    assert page.source.count("aria-sort") == 1
    assert "Mood ▼1" in page.text and "Age ▲2" in page.text
    link = [h for h, t in page.links if t.startswith("Age")][0]
    assert asked(link)["order"] == "mood.desc.nullslast,age.desc"
    link = [h for h, t in page.links if t.startswith("Mood")][0]
    assert asked(link)["order"] == "age"
    link = [h for h, t in page.links if t == "Name"][0]
    assert asked(link)["order"] == "name"
    form = finder(page)
    form.fill("_search", "a")
    assert asked(show(web, form)[1])["order"] == "mood.desc.nullslast,age"
    # and what has no order has no such link
    assert "Data" not in [t for _, t in page.links]


def test_the_form_sorts_as_well(web):
    form = finder(opened(web, ALL))
    form.fill("order", "name.desc")
    page, url = show(web, form)
    assert ids(page) == EVERY[::-1] and asked(url)["order"] == "name.desc"
    assert finder(page)["order"].value == "name.desc"


def heads(page):
    first, *columns = [t.rstrip(" ▲▼") for t in re.findall(
        r'<th scope="col"[^>]*>(?:<a [^>]*>)?([^<]*)', page.source)]
    assert first == "Select"
    return columns


def test_columns_are_chosen_and_stay(web):
    page = opened(web, "/records/person?_tools=")
    assert heads(page) == ["Id", "Name", "Note", "Age", "Height", "Born",
                           "Seen", "Mood"]
    form = finder(page)
    for name in ("note", "height", "born", "seen", "mood"):
        form.fill("_column." + name, False)
    form.fill("_column.town_id", True)
    page, url = show(web, form)
    assert asked(url) == {"select": "id,name,age,town_id"}
    assert heads(page) == ["Id", "Name", "Age", "Town"]
    assert page.link("Hamble") == "/records/town/3"
    page = opened(web, [h for h, t in page.links if t == "Age"][0])
    assert heads(page) == ["Id", "Name", "Age", "Town"]
    # all as they were: nothing of it stands in the URL
    form = finder(page)
    form.fill("_column.town_id", False)
    for name in ("note", "height", "born", "seen", "mood"):
        form.fill("_column." + name, True)
    form.fill("order", "")
    assert show(web, form)[1] == "/records/person?_tools="


def test_the_url_s_order_of_columns_is_kept(web):
    page = opened(web, "/records/person?select=called:name,id")
    assert heads(page) == ["Name", "Id"]
    form = finder(page)
    form.fill("_search", "a")
    assert asked(show(web, form)[1])["select"] == "called:name,id"


def test_the_size_of_a_page(web):
    page = opened(web, "/records/many?_tools=")
    assert len(ids(page)) == 25
    form = finder(page)
    form.fill("limit", "100")
    page, url = show(web, form)
    assert asked(url) == {"limit": "100"} and len(ids(page)) == 100
    page = opened(web, page.link("Next"))
    assert len(ids(page)) == 100 and finder(page)["limit"].value == "100"
    page = opened(web, "/records/many?_tools=&limit=7")
    assert finder(page)["limit"].value == "7" in finder(page)["limit"].options


@pytest.mark.parametrize("query, words", [
    ("", "Entries: about 1,200"), ("?id=lte.1000", "Found: 1,000"),
    ("?id=lte.1000&limit=50", "Found: 1,000"), ("?id=lte.3", "Found: 3"),
    ("?a=eq.3", "Found: 176"), ("?a=eq.3&_after=20", "Found: 176"),
])
def test_how_many_there_are(web, query, words):
    assert words in opened(web, "/records/many" + query).text


def test_filters_and_order_stay_from_page_to_page(web):
    url = "/records/many?a=eq.3&order=b.desc&limit=20&select=b,a"
    seen = []
    page = opened(web, url)
    while True:
        assert list(chips(page)) == ["A: 3"] and heads(page) == ["B", "A"]
        seen += ids(page)
        following = [h for h, t in page.links if t == "Next"]
        if not following:
            break
        page = opened(web, following[0])
    want = sorted(("b%d" % i for i in range(1, 1235) if i % 7 == 3),
                  reverse=True)
    assert ["b" + i for i in seen] == want
    assert page.link("First page") == url.replace(
        "order=b.desc&limit=20&select=b,a",
        "order=b.desc&select=b%2Ca&limit=20")


@pytest.mark.parametrize("query, wrong, kept", [
    ("age=gte.abc&_search=an", "Age from abc (not understood)",
     ("_from.age", "abc")),
    ("born=gte.soon", "Born from soon (not understood)",
     ("_from.born", "soon")),
    ("mood=eq.angry&name=ilike.*a*", "Mood: angry (not understood)",
     ("_text.name", "a")),
    ("age=18", "age=18 (not understood)", None),
    ("age=foo.18&age=gte.3", "age=foo.18 (not understood)",
     ("_from.age", "3")),
    ("or=(age.eq.1", "or=(age.eq.1 (not understood)", None),
    ("nosuch=eq.1&_search=an", "nosuch=eq.1 (not understood)",
     ("_search", "an")),
    ("order=nosuch", "order=nosuch (not understood)", None),
    ("limit=x", "limit=x (not understood)", None),
    ("_nosuch=1", "_nosuch=1 (not understood)", None),
])
def test_what_is_not_understood_is_shown_to_be_mended(
        web, query, wrong, kept):
    page = opened(web, WHOLE + "&" + query, 400)
    assert "The list cannot be shown like that:" in page.text
    assert wrong in chips(page)
    assert '<li class="wrong">' in page.source and not page.heads
    if kept:
        assert finder(page)[kept[0]].value == kept[1]
    opened(web, chips(page)[wrong])
    got = web.request("GET", WHOLE + "&" + query, Accept="application/json")
    assert got.status == 400
    assert got.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("token", ["_after=x", "_before=1,2", "_after="])
def test_a_page_that_is_none_keeps_the_rest(web, token):
    page = opened(web, "/records/many?a=eq.3&" + token, 400)
    assert list(chips(page)) == ["A: 3"]
    page = opened(web, page.link("First page"))
    assert len(ids(page)) == 25 and list(chips(page)) == ["A: 3"]


def test_what_is_hidden_is_nowhere(web):
    page = opened(web, ALL)
    assert "secret" not in page.source and "Code word" not in page.source
    for query in ("secret=eq.xyz", "order=secret", "select=secret",
                  "or=(id.eq.1,secret.eq.xyz)", "_from.secret=1"):
        page = opened(web, "/records/person?" + query, 400)
        assert "Code word" not in page.source
        assert "_text.secret" not in page.source
        assert "_column.secret" not in page.source
        assert "The list cannot be shown" in page.text
    # nor can the form ask for it
    got = web.request("GET", "/records/person?_find=&_text.secret=x&"
                      "_column.secret=1", Accept="text/html")
    assert got.headers["Location"] == "/records/person"


def test_an_empty_table_and_an_empty_result_have_words_of_their_own(web):
    assert "There are no entries." in opened(web, "/records/none").text
    page = opened(web, "/records/none?name=eq.x")
    assert "Nothing is found with these conditions." in page.text
    page = opened(web, "/records/many?_after=1234")
    assert "There are no more entries in this part" in page.text
    assert len(ids(opened(web, page.link("First page")))) == 25
    assert 'name="_search"' not in opened(web, "/records/numbers").source


def test_what_the_list_shows_is_taken_away(web):
    page = opened(web, "/records/person?select=name,town_id&mood=eq.happy"
                  "&order=name.desc&limit=1&_tools=")
    sheet, programs = [h for h, t in page.links
                       if t == "What this list shows"]
    got = web.request("GET", programs)
    lines = got.text.splitlines()
    assert got.headers["Content-Type"].startswith("text/csv")
    assert lines[0] == "id,name,town_id,_etag"
    assert [line.rpartition(",")[0] for line in lines[1:3]] == [
        "4,D_ra,", "1,Anna,1"]
    assert web.request("GET", sheet).text.splitlines()[0] == (
        "\ufeffid;name;town_id;_etag")
    sheet, programs = [h for h, t in page.links if t == "Everything"]
    assert len(web.request("GET", programs).text.splitlines()) == 5


def test_who_may_not_take_it_away_is_not_offered_it(
        cluster, site, demo_database):
    browser = Browser(site(demo_database, "anonymous = write\nexport =\n"
                           "[table member]\n"))
    page = opened(browser, "/records/member")
    assert panels_link(page)[1] == "%s · Edit in place" % PANELS
    page = opened(browser, panels_link(page)[0])
    assert "Edit in place" in page.text and "Everything" not in page.text
    browser.close()


@pytest.mark.parametrize("query", [
    "?", "?select=id", "?order=id.desc", "?_search=a", "?limit=2",
    "?select=id&order=id.desc", "?id=gt.1"])
def test_the_tag_of_each_variant_is_its_own(web, query):
    others = ["", "?select=name", "?order=name", "?_search=e", "?limit=3"]
    url = "/records/person"
    got = web.request("GET", url + query, Accept="application/json")
    tag = got.headers["ETag"]
    same = web.request("GET", url + query, Accept="application/json",
                       If_None_Match=tag)
    assert same.status == 304 and same.headers["ETag"] == tag
    for other in others:
        got = web.request("GET", url + other, Accept="application/json",
                          If_None_Match=tag)
        assert got.status == 200 and got.headers["ETag"] != tag
    counted = web.request("GET", url + query, Accept="application/json",
                          Prefer="count=exact")
    assert counted.headers["Content-Range"]


def test_a_page_says_nothing_of_the_order_in_which_it_was_typed(web):
    """What an empty form asks for is the list as it is."""
    for url in "/records/person", "/records/person?_tools=":
        form = finder(opened(web, url))
        assert show(web, form)[1] == url
