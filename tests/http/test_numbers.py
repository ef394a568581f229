"""Numbers as people of a language write them: taken where they can mean one
thing, asked back where they can mean two."""
import pytest

from harness.browser import Browser, Page
from pages import OPEN, beside, plain

MAKE = """CREATE TABLE item (id int PRIMARY KEY, price numeric(12,3),
    ratio float8, pieces int, cash money, name text, prices numeric[],
    rate numeric DEFAULT 0.5);
CREATE TABLE rated (rate numeric PRIMARY KEY, name text);
INSERT INTO rated VALUES (1.234, 'one'), (1234, 'many');
CREATE TABLE rating (id int PRIMARY KEY, rate numeric REFERENCES rated);
INSERT INTO rating VALUES (1, 1.234);
SELECT ifmatch.protect('item'); SELECT ifmatch.protect('rating');
"""


@pytest.fixture(scope="module")
def database(module_database):
    return module_database(MAKE)


@pytest.fixture(scope="module")
def site(module_site, database):
    return module_site(database, OPEN + "[table public.*]\n", workers=2)


@pytest.fixture(params=["en", "de"])
def language(request):
    return request.param


@pytest.fixture
def browser(site, language):
    browser = Browser(site, {"Accept-Language": language})
    yield browser
    browser.close()


@pytest.fixture
def item(cluster, database):
    def ask(sql="SELECT price::text, ratio::text, pieces::text, cash::text "
            "FROM item"):
        return cluster.query(database, sql)[0]
    cluster.query(database, "DELETE FROM item")
    cluster.query(database, "INSERT INTO item VALUES (1, 1234.5, 0.25, 1000, "
                  "'$1,234.50', 'x', '{1.5,2}')")
    return ask


MARK = {"en": ".", "de": ","}
OTHER = {"en": ",", "de": "."}


def test_shown_with_the_language_s_mark(browser, item, language):
    form = browser.open("/records/item/1").form
    assert form["price"].value == "1234" + MARK[language] + "500"
    assert form["ratio"].value == "0" + MARK[language] + "25"
    assert form["pieces"].value == "1000"
    assert form["rate"].value == "0" + MARK[language] + "5"
    assert form["prices"].value == "{1.5,2}"
    assert ("1234" + MARK[language] + "500"
            in browser.open("/records/item").text)
    assert '"price":1234.500' in browser.json("/records/item/1").text


def test_untouched(browser, item):
    before = item("SELECT version, xmin::text FROM item")
    browser.submit(browser.open("/records/item/1").form)
    assert item("SELECT version, xmin::text FROM item") == before


@pytest.mark.parametrize("typed,stored", [
    ("1,5", "1.500"), ("1.5", "1.500"), ("-0,25", "-0.250"),
    ("1.234,5", "1234.500"), ("1,234.5", "1234.500"),
    ("1.234.567", "1234567.000"), ("1,234,567", "1234567.000"),
    ("1234.567", "1234.567"), ("0,125", "0.125"), ("0.125", "0.125"),
    ("12", "12.000"), ("1e3", "1000.000"), ("NaN", "NaN"), ("", None)])
def test_taken(browser, item, typed, stored):
    form = browser.open("/records/item/1").form
    form.fill("price", typed)
    browser.submit(form)
    assert item()[0] == stored


def test_the_language_s_own_mark_is_decimal(browser, item, language):
    form = browser.open("/records/item/1").form
    form.fill("price", "1" + MARK[language] + "234")
    form.fill("ratio", "2" + MARK[language] + "125")
    browser.submit(form)
    assert item()[:2] == ("1.234", "2.125")


ASKED = {"en": "This number can be read in two ways. Please write %s or %s.",
         "de": "Diese Zahl lässt sich auf zwei Arten lesen. "
               "Bitte schreiben Sie %s oder %s."}


@pytest.mark.parametrize("name,stored", [
    ("price", "1234.500"), ("ratio", "0.25"), ("pieces", "1000"),
    ("cash", "$1,234.50")])
def test_asked_back(browser, item, language, name, stored):
    typed = "1%s234" % OTHER[language]
    form = browser.open("/records/item/1").form
    form.fill(name, typed)
    form.fill("name", "typed too")
    for _ in range(2):  # it is asked as often as it is not answered
        got = browser.send(form)
        assert got.status == 422
        page = plain(Page(got.text))
        form = page.form
        assert form[name].value == typed
        assert form["name"].value == "typed too"
        assert "autofocus" in form[name].attrs
        assert form[name].attrs["aria-invalid"] == "true"
        whole, broken = "1234", "1%s234" % MARK[language]
        assert beside(page, form[name])["error"] == (
            ASKED[language] % (whole, broken))
        assert dict(zip(("price", "ratio", "pieces", "cash"), item()))[
            name] == stored
    form.fill(name, whole)
    browser.submit(form)
    assert item("SELECT %s::numeric = 1234, name FROM item" % name) == (
        True, "typed too")


def test_each_number_in_doubt_is_asked_back(browser, item, language):
    form = browser.open("/records/item/1").form
    form.fill("price", "1%s000" % OTHER[language])
    form.fill("pieces", "2%s000" % OTHER[language])
    page = Page(browser.send(form).text)
    for name in ("price", "pieces"):
        assert "error" in beside(page, page.form[name])
    assert len([c for c in page.form.controls
                if "autofocus" in c.attrs]) == 1


def test_money(browser, item, language):
    form = browser.open("/records/item/1").form
    assert form["cash"].value == "$1,234.50"
    form.fill("cash", "2.345,75")
    browser.submit(form)
    assert item()[3] == "$2,345.75"


def test_new(browser, item, language):
    form = browser.open("/records/item?new").form
    form.fill("id", "2")
    form.fill("price", "7%s5" % MARK[language])
    browser.submit(form)
    assert item("SELECT price::text, rate::text FROM item WHERE id = 2") == (
        "7.500", "0.5")


def test_a_choice_of_numbers(browser, cluster, database, language):
    """The key of another row is not read as what somebody typed."""
    before = cluster.query(database, "SELECT version FROM rating")
    form = browser.open("/records/rating/1").form
    browser.submit(form)
    assert cluster.query(database, "SELECT version FROM rating") == before
    for label, stored in (("1234", "1234"), ("1%s234" % MARK[language],
                                             "1.234")):
        form = browser.open("/records/rating/1").form
        form.fill("rate", label)
        browser.submit(form)
        assert cluster.query(database, "SELECT rate::text FROM rating"
                             ) == [(stored,)]
