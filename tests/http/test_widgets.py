"""Which control each type and rule gets, and what it says of itself."""
import re

import pytest

from harness.browser import Browser
from pages import OPEN, beside, plain

MAKE = """CREATE TYPE mood AS ENUM ('sad', 'fine');
CREATE DOMAIN zip AS text CHECK (VALUE ~ '^[0-9]{5}$');
CREATE DOMAIN percent AS int NOT NULL CHECK (VALUE BETWEEN 0 AND 100);
CREATE TYPE size AS (w int, h int);
CREATE TABLE thing (
    id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name varchar(40) NOT NULL, zip zip, share percent DEFAULT 50,
    price numeric(8,2), ratio numeric(4,1), pieces numeric(6), n int,
    twice int GENERATED ALWAYS AS (n * 2) STORED,
    born date CHECK (born >= '1900-01-01'), at timestamptz, local timestamp,
    clock time, zoned timetz, span interval, yes boolean NOT NULL,
    perhaps boolean, mood mood, state text DEFAULT 'new'
        CHECK (state IN ('new', 'done')), level int
        CHECK (level IN (1, 2, 3)), code text CHECK (length(code) <= 6),
    plate varchar(9) CHECK (plate ~ '^[A-Z]{1,3}-[0-9]{1,4}$'),
    low numeric(5,1) CHECK (low > 0.5 AND low <= 10.5), id2 uuid, doc jsonb,
    raw json, tags text[], span2 int4range, spans int4multirange, host inet,
    net cidr, mac macaddr, bits bit(3), size size, markup xml, cash money,
    word text DEFAULT 'empty');
INSERT INTO thing (name, price, yes, at, local, clock) VALUES
    ('a', 1.5, true, '2026-06-01 12:00:00.123456+00',
     '2026-06-01 12:00:00.123456', '12:00');
SELECT ifmatch.protect('thing');
"""
INI = OPEN + "time_zone = Europe/Berlin\n[table thing]\n"
EDIT = "/records/thing/1"


@pytest.fixture(scope="module")
def database(module_database):
    return module_database(MAKE)


@pytest.fixture(scope="module")
def browser(module_site, database):
    browser = Browser(module_site(database, INI, workers=2))
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def form(browser):
    return plain(browser.open(EDIT)).form


def help_of(browser, name, language="en"):
    page = Browser(browser.site, {"Accept-Language": language}).open(EDIT)
    return beside(page, page.form[name]).get("help", "")


@pytest.mark.parametrize("name,attributes", [
    ("name", {"type": "text", "maxlength": "80",
              "pattern": "[^]{0,40} *", "title": "At most 40 characters.", "dir": "auto"}),
    ("zip", {"type": "text", "pattern": "[0-9]{5}"}),
    ("share", {"inputmode": "numeric", "required": ""}),
    ("price", {"inputmode": "decimal"}),
    ("n", {"inputmode": "numeric"}),
    ("born", {"type": "date", "min": "1900-01-01"}),
    ("at", {"type": "text", "value": "2026-06-01 14:00:00.123456+02"}),
    ("local", {"type": "text", "value": "2026-06-01 12:00:00.123456"}),
    ("clock", {"type": "time", "step": "1", "value": "12:00:00"}),
    ("code", {"maxlength": "12", "pattern": "[^]{0,6} *"}),
    ("plate", {"pattern": "[A-Z]{1,3}-[0-9]{1,4}", "maxlength": "18"}),
    ("id2", {"pattern": r"\{?[0-9A-Fa-f]{4}(-?[0-9A-Fa-f]{4}){7}\}?"}),
])
def test_attributes(form, name, attributes):
    found = form[name].attrs
    assert attributes == {n: found.get(n) for n in attributes}


@pytest.mark.parametrize("name,options", [
    ("yes", ["t", "f"]), ("perhaps", ["", "t", "f"]),
    ("mood", ["", "sad", "fine"]), ("state", ["", "new", "done"]),
    ("level", ["", "1", "2", "3"])])
def test_choices(form, name, options):
    assert form[name].tag == "select"
    assert form[name].options == options


@pytest.mark.parametrize("name", ["doc", "raw", "tags", "size", "markup"])
def test_several_lines(form, name):
    assert form[name].tag == "textarea"


def test_what_the_database_makes_is_shown_alone(form):
    for name in ("id", "twice"):
        assert name not in form


@pytest.mark.parametrize("name,english,german", [
    ("price", "At most 2 decimal places.", "Höchstens 2 Nachkommastellen."),
    ("ratio", "At most 1 decimal place.", "Höchstens 1 Nachkommastelle."),
    ("pieces", "A whole number.", "Eine ganze Zahl."),
    ("share", "From 0 to 100.", "Von 0 bis 100."),
    ("low", "At most 1 decimal place. More than 0.5. At most 10.5.",
     "Höchstens 1 Nachkommastelle. Mehr als 0,5. Höchstens 10,5."),
    ("born", "From 1900-01-01 on.", "Ab dem 1900-01-01."),
    ("at", "Date and time in Europe/Berlin, for example",
     "Datum und Zeit in Europe/Berlin, zum Beispiel"),
    ("tags", "Several values: {one,two,&quot;three, four&quot;}.",
     "Mehrere Werte"),
    ("span2", "[1,5) without the last", "[1,5) ohne das letzte"),
    ("spans", "{[1,5),[7,9)}", "{[1,5),[7,9)}"),
    ("size", "in this order", "in dieser Reihenfolge"),
    ("host", "192.0.2.1", "192.0.2.1"), ("net", "192.0.2.0/24", "Ein Netz"),
    ("mac", "08:00:2b", "08:00:2b"),
    ("bits", "3 digits, each", "3 Ziffern, jede"),
    ("zoned", "14:00:00+02", "14:00:00+02"),
    ("span", "1 day 02:30:00", "1 day 02:30:00"), ("raw", "JSON", "JSON"),
    ("markup", "XML", "XML"), ("name", "", ""), ("yes", "", "")])
def test_hints(browser, name, english, german):
    assert english in help_of(browser, name)
    assert german in help_of(browser, name, "de")
    if not english:
        assert not help_of(browser, name)


def test_a_choice_left_open_takes_the_default(browser):
    form = browser.open("/records/thing?new").form
    form.fill("name", "new one")
    form.fill("yes", "t")
    where = browser.submit(form)
    shown = browser.json(where).text
    assert '"state":"new"' in shown and '"share":50' in shown


def test_no_value_of_a_choice(browser, cluster, database):
    form = browser.open(EDIT).form
    assert form["state"].value == "new"
    for value, want in (("done", "done"), ("", None), ("new", "new")):
        form.fill("state", value)
        form = browser.open(browser.submit(form)).form
        assert cluster.query(database, "SELECT state FROM thing WHERE id = 1"
                             ) == [(want,)]


def test_an_empty_text_is_none_that_is_missing(browser, cluster, database):
    """Also where a default would fill in what is missing."""
    cluster.query(database, "UPDATE thing SET word = NULL WHERE id = 1")
    form = browser.open(EDIT).form
    form.fill("_null.word", False)
    browser.submit(form)
    assert cluster.query(database, "SELECT word FROM thing WHERE id = 1"
                         ) == [("",)]


def test_a_text_that_is_typed_is_a_value(browser, cluster, database, chromium):
    """The box that says that there is none follows."""
    cluster.query(database, "UPDATE thing SET word = NULL WHERE id = 1")
    chromium.open(browser.site.origin + EDIT)
    ticked = "return document.querySelector('[name=\"_null.word\"]').checked"
    assert chromium.run(ticked)
    chromium.type("[name=word]", "a")
    assert not chromium.run(ticked)
    chromium.press("Backspace")
    assert chromium.run(ticked)


@pytest.mark.parametrize("typed,stored", [("1.50", "1.50"), ("1.5000", "1.50"),
                                          ("-0.1", "-0.10"), ("15e-1", "1.50")])
def test_a_number_that_fits_its_places(browser, cluster, database, typed, stored):
    cluster.query(database, "UPDATE thing SET price = 7 WHERE id = 1")
    form = browser.open(EDIT).form
    form.fill("price", typed)
    browser.submit(form)
    assert cluster.query(database, "SELECT price::text FROM thing WHERE id = 1"
                         ) == [(stored,)]


def test_a_stored_value_outside_the_list_stays(browser, cluster, database):
    cluster.psql(database, """ALTER TABLE thing
        DROP CONSTRAINT thing_level_check;
        UPDATE thing SET level = 9 WHERE id = 1;
        ALTER TABLE thing ADD CONSTRAINT thing_level_check
        CHECK (level IN (1, 2, 3)) NOT VALID;""", user="owner")
    form = browser.open(EDIT).form
    assert form["level"].value == "9"
    assert form["level"].options == ["", "1", "2", "3", "9"]
    form.fill("level", "2")
    form = browser.open(browser.submit(form)).form
    assert form["level"].value == "2"


@pytest.mark.parametrize("name,typed,stored", [
    ("id2", "{1F0C2A526BD14B3C9D6E3D1C6A1B2C3D}",
     "1f0c2a52-6bd1-4b3c-9d6e-3d1c6a1b2c3d"),
    ("at", "2026-06-01 14:00", "2026-06-01 12:00:00+00"),
    ("local", "2026-06-01 14:00", "2026-06-01 14:00:00"),
    ("span2", "[1,5]", "[1,6)"), ("tags", '{a,"b c"}', '{a,"b c"}'),
    ("size", "(1,2)", "(1,2)"), ("raw", '{"a": 1.0}', '{"a": 1.0}'),
    ("clock", "14:30", "14:30:00"), ("cash", "12.5", "$12.50"),
    ("born", "", None)])
def test_typed(browser, cluster, database, name, typed, stored):
    form = browser.open(EDIT).form
    form.fill(name, typed)
    browser.submit(form)
    assert cluster.query(database, "SELECT %s::text FROM thing WHERE id = 1"
                         % name) == [(stored,)]


@pytest.mark.parametrize("text,fits", [
    ("\U0001f600" * 40, True), ("x" * 41, False), ("\u2028" * 40, True),
    ("x" * 40 + "  ", True)], ids=["emoji", "long", "lines", "spaces"])
def test_a_browser_counts_as_the_database_does(browser, cluster, database,
                                               chromium, text, fits):
    """Nothing that the database takes is cut off or held back; what is too
    long is said before it is sent."""
    chromium.open(browser.site.origin + EDIT)
    chromium.run("document.querySelector('[name=name]').select()")
    chromium.devtools("Input.insertText", text=text)
    assert chromium.run("""const field = document.querySelector("[name=name]");
        return [field.value, field.checkValidity()]""") == [text, fits]
    if fits:
        form = browser.open(EDIT).form
        form.fill("name", text)
        browser.submit(form)
        assert cluster.query(database, "SELECT name FROM thing WHERE id = 1") == [
            (text[:40],)]


def test_pattern_is_never_stricter_than_the_database(form, cluster, database):
    for name, texts in (
            ("zip", ["12345"]), ("plate", ["A-1", "ABC-1234"]),
            ("id2", ["1F0C2A526BD14B3C9D6E3D1C6A1B2C3D",
                     "{1f0c2a52-6bd1-4b3c-9d6e-3d1c6a1b2c3d}",
                     "1f0c-2a52-6bd1-4b3c-9d6e-3d1c-6a1b-2c3d"])):
        for text in texts:
            assert re.fullmatch(form[name].attrs["pattern"], text), text
            cluster.query(database, "UPDATE thing SET %s = %%s" % name,
                          (text,))
