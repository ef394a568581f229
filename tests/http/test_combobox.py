"""The search as one types, in a browser: the ARIA pattern of a combobox, by
keyboard and by mouse, and what it leaves for the form to send."""
import pytest

from harness.process import wait_until
from harness.webdriver import KEYS, next_page
from pages import OPEN

SQL = """
CREATE TABLE place (id int PRIMARY KEY, name text);
INSERT INTO place SELECT g, 'Place ' || g FROM generate_series(1, 10001) AS g;
UPDATE place SET name = 'Oak Hill <b>Farm' WHERE id = 5000;
UPDATE place SET name = 'Oak Inn' WHERE id IN (7000, 7001);
CREATE TABLE visit (id int PRIMARY KEY, note text,
    place_id int NOT NULL REFERENCES place, other_id int REFERENCES place);
SELECT ifmatch.protect('visit');
"""
INI = OPEN + "[table place]\n[table visit]\n"
PLACE, OTHER = "#c3", "#c4"


class Visits:
    def __init__(self, cluster, module_site, chromium):
        self.cluster, self.chromium = cluster, chromium
        self.name = cluster.makedb(SQL)
        self.site = module_site(self.name, INI)
        self.ids = iter(range(1, 1000))

    def open(self):
        self.id = next(self.ids)
        self.cluster.query(
            self.name, "INSERT INTO visit VALUES (%s, 'n', 3, 4)", [self.id])
        self.chromium.open(self.site.url + "/visit/%d" % self.id)
        self.chromium.log()

    def stored(self):
        return self.cluster.query(
            self.name, "SELECT note, place_id, other_id FROM visit "
            "WHERE id = %s", [self.id])[0]

    def version(self):
        return self.cluster.query(
            self.name, "SELECT version FROM visit WHERE id = %s",
            [self.id])[0][0]


@pytest.fixture(scope="module")
def visits(cluster, module_site, chromium):
    return Visits(cluster, module_site, chromium)


@pytest.fixture
def page(visits):
    visits.open()
    yield visits.chromium
    said = [line for line in visits.chromium.log() if "favicon" not in line]
    assert not said


def attribute(page, selector, name):
    return page.run("return document.querySelector(arguments[0])"
                    ".getAttribute(arguments[1])", selector, name)


def shown(page, box=PLACE):
    """The options that are shown, as text."""
    return page.run("return [...document.querySelectorAll(arguments[0] + "
                    "'-list:not([hidden]) [role=option]')]"
                    ".map(o => o.textContent)", box)


def value(page, selector=PLACE):
    return page.run("return document.querySelector(arguments[0]).value",
                    selector)


def seek(page, words, n, box=PLACE):
    """Types words in place of what the box holds; n options come."""
    page.run("document.querySelector(arguments[0]).select()", box)
    page.type(box, words)
    wait_until(lambda: len(shown(page, box)) == n, 10, "%d options" % n)


def save(page):
    with next_page(page):
        page.click("main button[type=submit]:not([name])")


def test_the_box_shows_the_label_and_names_itself(page):
    assert value(page) == "Place 3" and value(page, PLACE + "-key") == "3"
    assert attribute(page, PLACE, "role") == "combobox"
    assert attribute(page, PLACE, "aria-expanded") == "false"
    assert attribute(page, PLACE, "aria-controls") == "c3-list"
    assert attribute(page, PLACE, "required") is not None
    assert attribute(page, OTHER, "required") is None
    assert page.text("label[for=c3]").startswith("Place")
    assert page.run("return document.querySelector('#c3').labels.length") == 1
    visible = page.run(
        "return [...document.querySelectorAll('main form input, main button')]"
        ".filter(e => e.checkVisibility() && !e.className.includes('aloud'))"
        ".map(e => e.id || e.textContent)")
    assert "Search" not in visible and "c3-key" not in visible


def test_by_keyboard(page, visits):
    seek(page, "oak", 3)
    assert shown(page) == ["Oak Hill <b>Farm", "Oak Inn (7000)",
                           "Oak Inn (7001)"]
    assert attribute(page, PLACE, "aria-expanded") == "true"
    assert page.text(".combobox [role=status]:not(:empty)") == "3 found"
    for key, active in [("Down", 0), ("Down", 1), ("Up", 0), ("Up", 2),
                        ("Down", 0), ("Down", 1)]:
        page.type(PLACE, KEYS[key])
        assert attribute(page, PLACE, "aria-activedescendant") == (
            "c3-list%d" % active)
        assert attribute(page, "#c3-list%d" % active, "aria-selected") == (
            "true")
    page.type(PLACE, KEYS["Enter"])
    assert value(page) == "Oak Inn (7000)"
    assert value(page, PLACE + "-key") == "7000"
    assert shown(page) == [] and visits.stored() == ("n", 3, 4)
    page.type(PLACE, KEYS["Enter"])
    wait_until(lambda: visits.stored() == ("n", 7000, 4), 10, "the save")


def test_by_mouse(page, visits):
    seek(page, "hill", 1)
    page.click("#c3-list0")
    assert value(page) == "Oak Hill <b>Farm"
    assert page.run("return document.activeElement.id") == "c3"
    save(page)
    assert visits.stored() == ("n", 5000, 4)


def test_what_is_typed_but_not_chosen_changes_nothing(page, visits):
    before = visits.version()
    seek(page, "oak", 3)
    page.type(PLACE, KEYS["Tab"])
    assert value(page) == "Place 3" and value(page, PLACE + "-key") == "3"
    seek(page, "oak", 3)
    page.type(PLACE, KEYS["Escape"])
    assert value(page) == "Place 3" and shown(page) == []
    seek(page, "oak", 3)
    page.type(PLACE, KEYS["Enter"])  # chooses and saves nothing
    assert value(page, PLACE + "-key") == "3"
    page.run("document.querySelector('#c2').focus()")
    save(page)
    assert visits.version() == before


def test_a_whole_label_is_chosen_on_leaving(page):
    seek(page, "oak hill <B>farm", 1)
    page.type(PLACE, KEYS["Tab"])
    assert value(page, PLACE + "-key") == "5000"


def test_an_emptied_box_is_no_value_where_that_can_be(page, visits):
    page.run("document.querySelector('#c4').select()")
    page.type(OTHER, KEYS["Backspace"] + KEYS["Tab"])
    assert value(page, OTHER + "-key") == "" and value(page, OTHER) == ""
    save(page)
    assert visits.stored() == ("n", 3, None)


def test_more_than_are_shown_is_said(page):
    seek(page, "place", 20)
    assert page.text(".combobox [role=status]:not(:empty)").startswith(
        "The first 20")


def test_nothing_found_is_said(page):
    page.run("document.querySelector('#c3').select()")
    page.type(PLACE, "nowhere")
    wait_until(lambda: page.run(
        "return document.querySelector('#c3').closest('.combobox')"
        ".querySelector('[role=status]').textContent") == "Nothing found",
        10, "the word")
    assert attribute(page, PLACE, "aria-expanded") == "false"


def test_a_value_set_from_elsewhere_is_followed(page):
    page.run("const key = document.querySelector('#c3-key');"
             "key.value = '7001';"
             "key.dispatchEvent(new Event('change', { bubbles: true }))")
    wait_until(lambda: value(page) == "Oak Inn", 10, "the label")
    assert value(page, PLACE + "-key") == "7001"


def test_back_shows_what_was_chosen(page, visits):
    seek(page, "hill", 1)
    page.click("#c3-list0")
    page.run("document.querySelector('header a[href$=\"/visit\"]').click()")
    wait_until(lambda: not page.find("#c3"), 10, "the list")
    page.back()
    wait_until(lambda: page.find("#c3[role=combobox]"), 10, "the form")
    wait_until(lambda: value(page) == "Oak Hill <b>Farm", 10, "the label")
    assert value(page, PLACE + "-key") == "5000"


def test_untouched_is_not_written(page, visits):
    before = visits.version()
    save(page)
    assert visits.version() == before
