"""From a list to a row and back to the same place: what was looked for, the
order and the page are kept, and the row is shown, wherever it stands now."""
import re
from urllib.parse import parse_qsl, urlsplit

import pytest

from harness.browser import Page, bare
from pages import plain

MAKE = """CREATE TABLE pet (id int PRIMARY KEY, name text NOT NULL,
    kind text NOT NULL DEFAULT 'cat');
INSERT INTO pet (id, name) SELECT g, 'Pet ' || lpad(g::text, 3, '0')
    FROM generate_series(1, 60) AS g;
CREATE TABLE part (code text, number int, name text,
    PRIMARY KEY (code, number));
INSERT INTO part VALUES ('a/b', 1, 'One'), ('a,b', 2, 'Two'), ('&#', 3, 'Three')
"""
PLACE = "/records/pet?kind=eq.cat&order=name.desc&limit=5"


@pytest.fixture(scope="module", name="made")
def made_fixture(module_desk):
    return module_desk(MAKE, "anonymous = write\n[table pet]\n[table part]\n")


@pytest.fixture(name="pets")
def pets_fixture(made):
    made.ask("TRUNCATE pet; INSERT INTO pet (id, name) SELECT g, 'Pet ' "
             "|| lpad(g::text, 3, '0') FROM generate_series(1, 60) AS g")
    return made


def second_page(browser):
    """Its URL: a list in an order, beginning at a place."""
    return browser.open(PLACE).link("Next")


def place_of(url):
    """What the URL chooses, without what was done."""
    return sorted(p for p in parse_qsl(urlsplit(url).query)
                  if p[0] not in ("_saved", "_deleted", "_row"))


def marked(page):
    """The keys of the rows that are marked."""
    return re.findall(r'<tr id="row" class="at">.*?href="/records/\w+'
                      r'(?:/|\?_key=)([^"?&]*)', page.source, re.S)


def test_saving_leads_back_to_the_page_and_shows_the_row(pets):
    browser = pets.browser
    url = second_page(browser)
    form = browser.open(browser.open(url).link("53")).form
    form.fill("kind", "cat")
    form.fill("name", "Pet 053 b")
    back = browser.submit(form)
    assert place_of(back) == place_of(url)
    assert urlsplit(back).fragment == "row"
    assert pets.ask("SELECT name FROM pet WHERE id = 53") == [("Pet 053 b",)]
    page = plain(browser.open(back))
    assert marked(page) == ["53"]
    assert "Saved: Pet 053 b." in page.text


@pytest.mark.parametrize("name, kind", [("Aardvark", "cat"), ("Pet", "dog")])
def test_a_row_that_has_moved_is_named_and_can_be_opened(pets, name, kind):
    browser = pets.browser
    url = second_page(browser)
    form = browser.open(browser.open(url).link("53")).form
    form.fill("name", name)
    form.fill("kind", kind)
    page = plain(browser.open(browser.submit(form)))
    assert marked(page) == []
    assert "Saved: %s. It does not stand in this part" % name in page.text
    assert bare(page.link("Open")) == "/records/pet/53"
    # and the rest of the page is the same
    assert bare(page.link("52")) == "/records/pet/52"
    again = browser.open(page.link("Open"))
    assert place_of(again.link("Cancel")) == place_of(url)


def test_cancel_and_the_way_above_lead_back(pets):
    browser = pets.browser
    url = second_page(browser)
    page = plain(browser.open(browser.open(url).link("53")))
    assert place_of(page.link("Cancel")) == place_of(url)
    assert marked(plain(browser.open(page.link("Cancel")))) == ["53"]
    assert place_of(page.link("Pet")) == place_of(url)


def test_deleting_leads_back(pets):
    browser = pets.browser
    url = second_page(browser)
    page = browser.open(browser.open(url).link("53"))
    confirm = plain(browser.open(page.link("Delete")))
    assert place_of(browser.open(confirm.link("Cancel")).link("Cancel")) == (
        place_of(url))
    back = browser.submit(confirm.form)
    assert place_of(back) == place_of(url)
    assert "Entries deleted: 1." in plain(browser.open(back)).text
    assert pets.ask("SELECT count(*) FROM pet WHERE id = 53") == [(0,)]


def test_creating_leads_back(pets):
    browser = pets.browser
    url = second_page(browser)
    form = plain(browser.open(browser.open(url).link("New entry"))).form
    form.fill("id", "99")
    form.fill("name", "Zebra")
    back = browser.submit(form)
    assert place_of(back) == place_of(url)
    assert "Saved: Zebra. It does not stand" in browser.open(back).text


def test_a_refusal_a_conflict_and_a_deleted_row_keep_the_way(pets):
    browser = pets.browser
    url = second_page(browser)
    link = browser.open(url).link("53")
    form = browser.open(link).form
    form.fill("id", "x")
    page = plain(browser.submit(form, 422))
    assert place_of(page.link("Cancel")) == place_of(url)
    form = browser.open(link).form
    pets.ask("UPDATE pet SET name = 'Theirs' WHERE id = 53")
    form.fill("name", "Mine")
    page = plain(browser.submit(form, 412))
    page.form.choose("_choice.name", "mine")
    assert place_of(browser.submit(page.form)) == place_of(url)
    form = browser.open(link).form
    pets.ask("DELETE FROM pet WHERE id = 53")
    form.fill("name", "Pet 053")
    page = plain(browser.submit(form, 404))
    back = browser.submit(page.form)
    assert place_of(back) == place_of(url)
    assert marked(browser.open(back)) == ["53"]


def test_a_double_submit_leads_back_too(pets):
    browser = pets.browser
    url = second_page(browser)
    form = browser.open(browser.open(url).link("53")).form
    form.fill("name", "Pet 053 c")
    first = browser.submit(form)
    assert browser.submit(form) == first


def test_without_a_way_saving_leads_to_the_row(pets):
    browser = pets.browser
    form = browser.open("/records/pet/53").form
    form.fill("name", "Pet 053 d")
    assert browser.submit(form) == "/records/pet/53"


@pytest.mark.parametrize("name", ["One", "Two", "Three"])
def test_every_key_finds_back(made, name):
    browser = made.browser
    page = browser.open("/records/part?order=name")
    link, = {href for href in page.heads if "_list=" in href
             and ">%s<" % name in Page(browser.request(
                 "GET", href, Accept="text/html").text).source}
    form = browser.open(link).form
    form.fill("name", name)
    back = browser.submit(form)
    page = plain(browser.open(back))
    assert len(marked(page)) == 1
    assert "Saved: %s." % name in page.text


@pytest.mark.parametrize("way", ["//example.org/", "https://example.org/",
                                 "a=eq.1#x", "\\\\example.org", "%0d%0aX: y"])
def test_no_way_leads_off_the_table(pets, way):
    browser = pets.browser
    form = browser.open("/records/pet/53").form
    back = browser.send(form, [*form.entries(), ("_list", way)])
    assert back.status == 303
    url = back.headers["Location"]
    assert url.startswith("/records/pet?") and "\n" not in url
    assert urlsplit(url).fragment == "row"
