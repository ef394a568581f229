"""Two people in one row, in a real browser without a script and without a
mouse."""
import contextlib

import pytest

from harness.webdriver import next_page
from test_conflict import MINE, THEIRS, PageDesk


@pytest.fixture(name="desk")
def desk_fixture(cluster, database, site):
    desk = PageDesk(cluster, database, site)
    yield desk
    desk.close()


def tab_to(keyboard, name, value=None):
    """Tabs on to the control of this name (or of this text, where it is a
    button), as somebody does who has no mouse."""
    for _ in range(80):
        keyboard.press("Tab")
        if keyboard.focused("name") == name and value in (
                None, keyboard.focused("value")):
            return
    raise AssertionError("%s cannot be reached" % name)


def replace(keyboard, name, *keys):
    """Types over what a control holds."""
    tab_to(keyboard, name)
    keyboard.hold("Control", "a")
    keyboard.press(*keys)


def choose(keyboard, name, presses):
    """Into a group of radio buttons, and down in it."""
    tab_to(keyboard, name)
    keyboard.press(" ", *["Down"] * presses)


def save(keyboard, stays=False):
    """Presses the next button; stays: the browser itself has a question."""
    for _ in range(80):
        keyboard.press("Tab")
        if keyboard.focused("type") == "submit":
            break
    else:
        raise AssertionError("there is no button")
    with contextlib.nullcontext() if stays else next_page(keyboard):
        keyboard.press("Enter")


def test_scripts_are_off(keyboard):
    keyboard.open("data:text/html,<p>off</p><script>document.querySelector("
                  "'p').textContent = 'on'</script>")
    assert keyboard.text("p") == "off"


def test_two_people_through_to_a_merged_save(keyboard, desk):
    keyboard.open(desk.browser.site.origin + "/records/page/1")
    replace(keyboard, "title", "My title")
    replace(keyboard, "body", MINE)
    desk.ask("SELECT set_config('ifmatch.person', 'Anna', false); UPDATE page "
             "SET title = 'Her title', body = %s, mood = 'blue'", THEIRS)
    save(keyboard)
    assert keyboard.text("h1") == (
        "This entry was changed while you were typing")
    assert "Anna saved this entry" in keyboard.text(".notice")
    assert "Mood" in keyboard.text(".settled")
    # the title as typed; of the text theirs, then both
    choose(keyboard, "_choice.title", 1)
    names = []
    for each in keyboard.find(".place input[value=theirs]"):
        names.append(keyboard.ask("GET", "/element/%s/attribute/name" % each))
    assert len(names) == 2
    choose(keyboard, names[0], 0)
    choose(keyboard, names[1], 2)
    save(keyboard)
    assert keyboard.text("h1") == "My title"
    assert desk.ask("SELECT title, body, mood::text FROM page") == [
        ("My title", "ONE theirs\ntwo\nTHREE\nfour\nfive theirs\nsix theirs\n"
         "five mine", "blue")]


def test_the_browser_itself_asks_for_a_choice(keyboard, desk):
    keyboard.open(desk.browser.site.origin + "/records/page/1")
    replace(keyboard, "title", "My title")
    desk.ask("UPDATE page SET title = 'Her title'")
    save(keyboard)
    save(keyboard, stays=True)
    assert keyboard.focused("name") == "_choice.title"
    assert desk.ask("SELECT title FROM page") == [("Her title",)]
