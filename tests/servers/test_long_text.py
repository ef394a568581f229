"""A long text behind Apache's mod_fcgid as it is where nobody sets anything:
131,072 bytes are all that it lets through."""
import pytest

import fronts
from harness.browser import Browser, Page
from harness.process import wait_until

TEXT = "".join("\n" if i % 80 == 40 else chr(0x430 + i % 32)
               for i in range(40000))


@pytest.fixture(scope="module")
def front(notes):
    front = fronts.Front("ht-fcgid", conninfo=notes.conninfo)
    yield front
    front.stop()
    front.remove()


@pytest.fixture
def browser(front):
    browser = Browser(front)
    yield browser
    browser.close()


def row(notes, text):
    key = notes.add(body=text)
    return key, "%s/note/%s" % ("/records", key)


def test_forty_thousand_letters_are_edited(browser, notes):
    assert len(TEXT) == 40000 and len(TEXT.encode()) > 79000
    key, path = row(notes, TEXT)
    page = browser.open(path)
    assert "This takes 80 kB of the about 122 kB" in page.text
    page.form.fill("body", "\u0436" + page.form["body"].value[1:] + "\u0444")
    browser.submit(page.form)
    assert notes.body(key) == "\u0436" + TEXT[1:] + "\u0444"


def test_untouched(browser, notes):
    key, path = row(notes, TEXT)
    version = notes.query("SELECT version FROM note WHERE key = %s", key)
    browser.submit(browser.open(path).form)
    assert notes.query("SELECT version FROM note WHERE key = %s",
                       key) == version


def test_a_conflict_about_it_can_be_saved(browser, notes):
    """The page that comes back fits as well."""
    key, path = row(notes, TEXT)
    form = browser.open(path).form
    notes.query("UPDATE note SET n = 7 WHERE key = %s", key)
    form.fill("body", TEXT + "\u0444")
    got = browser.send(form)
    assert got.status == 412
    browser.submit(Page(got.text).form)
    assert notes.body(key) == TEXT + "\u0444"


def test_what_will_not_fit_is_said_before(front, browser, notes):
    key, path = row(notes, TEXT * 2)
    page = browser.open(path)
    assert "This is 160 kB and cannot be saved like that" in page.text
    assert "error" in {a.get("class") for _, a in page.tags}
    page.form.fill("n", "2")
    assert browser.send(page.form).status == 500  # Apache's own
    assert notes.body(key) == TEXT * 2
    assert "cannot be saved" not in browser.open(row(notes, "short")[1]).text


TYPE = """const area = document.querySelector('[name=body]');
area.value = arguments[0];
area.dispatchEvent(new Event('input', { bubbles: true }));"""
NOTE = """const note = document.querySelector('[id$=-room]');
return note && !note.hidden ? note.textContent : '';"""


def test_and_while_somebody_types(front, notes, chromium):
    _, path = row(notes, "line\nline")
    chromium.open(front.origin + path)
    assert chromium.run(NOTE) == ""
    for text, said in ((TEXT, "This takes 80 kB of the about 122 kB"),
                       (TEXT * 2, "This is 160 kB and cannot be saved"),
                       ("line\nline", "")):
        chromium.run(TYPE, text)
        wait_until(lambda: chromium.run(NOTE).startswith(said)
                   and bool(chromium.run(NOTE)) == bool(said), what=said)
    chromium.run(TYPE, TEXT)
    wait_until(lambda: chromium.run(NOTE), what="the sentence")
    chromium.click("main form .actions button")
    wait_until(lambda: chromium.run("return !document.querySelector("
                                    "'[id$=-room][role=status]')"))
    assert not [m for m in chromium.log() if "Content Security" in m]
