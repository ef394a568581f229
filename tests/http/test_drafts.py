"""Unsaved text, in a browser: kept for the same person, offered again, never
put in by itself, gone when it is saved; and leaving it is asked about."""
import json

import pytest

from harness.process import wait_until
from harness.webdriver import Chromium
from meetings import SAVE, Meetings, type_title

OFFER = ".draft"
TAKE = ".draft button:nth-of-type(1)"
DISCARD = ".draft button:nth-of-type(2)"
DAY = 24 * 3600 * 1000


def drafts(chromium):
    """The texts in all drafts that the browser keeps."""
    kept = chromium.run("return Object.values(localStorage)")
    return [dict(json.loads(text[text.index("["):])) for text in kept]


def kept(chromium, title):
    """Waits until this title is in a draft."""
    wait_until(lambda: title in [d.get("title") for d in drafts(chromium)], 10,
               "the draft")


def value(chromium, name):
    return chromium.run("return document.querySelector('[name=%s]').value"
                        % name)


def typed(meetings, text="Mine", url=None):
    """A page with this title, not saved."""
    meetings.open(url)
    type_title(meetings.chromium, text)
    kept(meetings.chromium, text)


def title(meetings):
    return meetings.ask("SELECT title FROM meeting WHERE id = 1")[0][0]


def new_tab(chromium):
    """Opens another tab, behind this one; what is returned closes this one."""
    old = chromium.ask("GET", "/window")
    new = chromium.ask("POST", "/window/new", {"type": "tab"})["handle"]

    def close():
        chromium.ask("POST", "/window", {"handle": old})
        chromium.ask("DELETE", "/window")
        chromium.ask("POST", "/window", {"handle": new})
    return close


def test_of_a_tab_that_was_killed_it_is_offered(meetings, chromium):
    close = new_tab(chromium)
    typed(meetings)
    close()
    meetings.open()
    # offered, not put in
    text = chromium.text(OFFER)
    assert text.startswith("There is unsaved text of yours from ")
    assert value(chromium, "title") == "Board"
    meetings.submit(TAKE)
    assert value(chromium, "title") == "Mine"
    assert title(meetings) == "Board"
    assert not chromium.find(OFFER)
    meetings.submit()
    assert title(meetings) == "Mine"
    assert not chromium.find(OFFER) and drafts(chromium) == []


def test_of_a_tab_that_crashed(meetings, chromium):
    new_tab(chromium)
    typed(meetings)
    handles = chromium.ask("GET", "/window/handles")
    old = chromium.ask("GET", "/window")
    with pytest.raises(AssertionError):
        chromium.devtools("Page.crash")
    other, = set(handles) - {old}
    chromium.ask("POST", "/window", {"handle": other})
    meetings.open()
    meetings.submit(TAKE)
    assert value(chromium, "title") == "Mine"


def test_what_is_not_wanted_is_discarded(meetings, chromium):
    typed(meetings)
    typed(meetings, "Second")
    meetings.open()
    chromium.click(DISCARD)
    assert [d["title"] for d in drafts(chromium)] == ["Mine"]
    chromium.click(DISCARD)
    assert not chromium.find(OFFER) and drafts(chromium) == []
    meetings.open()
    assert not chromium.find(OFFER)


def test_another_person_never_sees_it(meetings, chromium):
    typed(meetings, "Secret")
    for other in ("anna", "", "be", "bens", "ben%0A/records/meeting/1"):
        meetings.sign_in(other)
        meetings.open()
        assert not chromium.find(OFFER)
        assert "Secret" not in chromium.run(
            "return document.documentElement.outerHTML")
    meetings.sign_in("ben")
    meetings.open()
    assert chromium.find(OFFER)
    # nor is it offered with another row
    meetings.ask("INSERT INTO meeting (title) VALUES ('Other')")
    meetings.open(meetings.site.url + "/meeting/2")
    assert not chromium.find(OFFER)


def test_it_is_gone_once_it_is_saved(meetings, chromium):
    typed(meetings)
    meetings.submit()
    assert title(meetings) == "Mine"
    assert drafts(chromium) == []
    meetings.open()
    assert not chromium.find(OFFER)


def test_a_refused_form_hands_it_on_until_it_is_saved(meetings, chromium):
    meetings.ask("ALTER TABLE meeting ADD CHECK (title <> 'Bad')")
    typed(meetings, "Bad")
    meetings.submit()
    assert "Not saved yet" in chromium.text("h1")
    assert [d["title"] for d in drafts(chromium)] == ["Bad"]
    # the refused page is left: it is still there
    meetings.open()
    meetings.submit(TAKE)
    assert value(chromium, "title") == "Bad"
    type_title(chromium, "Good")
    meetings.submit()
    assert title(meetings) == "Good" and drafts(chromium) == []


def test_taken_back_after_somebody_else_has_saved(meetings, chromium):
    typed(meetings)
    meetings.by("Anna", "UPDATE meeting SET title = 'Theirs'")
    meetings.open()
    meetings.submit(TAKE)
    assert "Anna saved this entry" in chromium.text("main")
    assert value(chromium, "title") == "Mine"
    chromium.click("input[type=radio][value=theirs]")
    # what was chosen is part of what is kept
    wait_until(lambda: any("theirs" in d.values() for d in drafts(chromium)),
               10, "the choice")
    meetings.open()
    meetings.submit(TAKE)
    assert chromium.run("return document.querySelector("
                        "'input[type=radio][value=theirs]').checked")
    assert title(meetings) == "Theirs"
    meetings.submit()
    assert title(meetings) == "Theirs" and drafts(chromium) == []


def test_after_a_login_that_had_ended(meetings, chromium):
    typed(meetings)
    chromium.run("document.cookie = 'who=; path=/'")
    meetings.submit()
    assert title(meetings) == "Board"
    assert not chromium.find("form")
    meetings.sign_in("ben")
    meetings.open()
    meetings.submit(TAKE)
    meetings.submit()
    assert title(meetings) == "Mine" and drafts(chromium) == []


def test_where_the_server_does_not_answer(meetings, chromium):
    """Nor is it lost where one comes back by another way than Back."""
    typed(meetings)
    meetings.site.terminate()
    meetings.site.program.wait(30)
    chromium.click(SAVE)
    wait_until(lambda: "502" in chromium.run(
        "return document.title"), 10, "the server's own page")
    assert [d["title"] for d in drafts(chromium)] == ["Mine"]


def test_of_a_new_entry(meetings, chromium):
    new = meetings.site.url + "/meeting?new="
    typed(meetings, "New", new)
    meetings.open(new)
    meetings.submit(TAKE)
    assert value(chromium, "title") == "New"
    meetings.submit()
    assert meetings.ask("SELECT title FROM meeting WHERE id = 2") == [("New",)]
    assert drafts(chromium) == []


def test_what_is_as_before_is_not_kept(meetings, chromium):
    typed(meetings)
    type_title(chromium, "Board")
    wait_until(lambda: drafts(chromium) == [], 10, "no draft")
    meetings.open()
    assert not chromium.find(OFFER)


def test_neither_passwords_nor_files_nor_tokens_are_kept(meetings, chromium):
    meetings.open()
    chromium.run("""
        document.querySelector("form").insertAdjacentHTML("afterbegin",
            "<input type=password name=pass value=hush><input type=file " +
            "name=scan>");
        const files = new DataTransfer();
        files.items.add(new File(["whisper"], "murmur.txt"));
        document.querySelector("[name=scan]").files = files.files;""")
    type_title(chromium, "Mine")
    kept(chromium, "Mine")
    draft, = drafts(chromium)
    assert draft["minutes"].replace("\r\n", "\n") == "one\ntwo\nthree\n"
    assert not {"pass", "scan", "_submission", "_token"} & set(draft)
    stored = str(chromium.run("return Object.entries(localStorage)"))
    for secret in ("hush", "whisper", "murmur"):
        assert secret not in stored


def test_old_ones_go(meetings, chromium):
    chromium.run("""
        for (const days of [1, 29, 31, 400])
            localStorage.setItem("draft\\nben\\n/other\\n" + days,
                (Date.now() - days * arguments[0]) + "[]");
        localStorage.setItem("another's", "1");""", DAY)
    meetings.open()
    keys = chromium.run("return Object.keys(localStorage)")
    assert sorted(key.split("\n")[-1] for key in keys) == [
        "1", "29", "another's"]


def test_they_stay_within_two_megabytes(meetings, chromium):
    chromium.run("""
        for (let i = 0; i < 3; i++)
            localStorage.setItem("draft\\nben\\n/other\\n" + i,
                (Date.now() - i * 1000) + "[" + " ".repeat(300000) + "]");""")
    meetings.open()
    chromium.run("document.querySelector('[name=minutes]').value = "
                 "'x'.repeat(200000)")
    type_title(chromium, "Mine")
    own = ("return Object.keys(localStorage).some(k => k.includes('/meeting/'"
           "))")
    wait_until(lambda: chromium.run(own), 10, "the draft")
    keys = chromium.run("return Object.keys(localStorage)")
    assert {k.split("\n")[-1] for k in keys if "/other" in k} == {"0", "1"}
    # one that is too large by itself takes no other's place
    chromium.run("document.querySelector('[name=minutes]').value = "
                 "'x'.repeat(1000001)")
    type_title(chromium, "Large")
    meetings.open(meetings.site.url + "/meeting")
    keys = chromium.run("return Object.keys(localStorage)")
    assert {k.split("\n")[-1] for k in keys if "/other" in k} == {"0", "1"}


def test_back_shows_it_and_keeps_it(meetings, chromium):
    typed(meetings)
    chromium.click("header a[href$='/meeting']")
    wait_until(lambda: not chromium.find("[name=title]"), 10, "the list")
    chromium.back()
    wait_until(lambda: chromium.find("[name=title]"), 10, "the form")
    assert value(chromium, "title") == "Mine"
    assert not chromium.find(OFFER)
    meetings.submit()
    assert title(meetings) == "Mine" and drafts(chromium) == []


class Asked:
    """The question whether to leave."""

    def __init__(self, chromium):
        self.chromium = chromium

    def open(self):
        return "error" not in self.chromium.http.request(
            "GET", "%s/session/%s/alert/text" % (
                self.chromium.url, self.chromium.session)).json()["value"]

    def answer(self, leaves):
        self.chromium.ask(
            "POST", "/alert/" + ("accept" if leaves else "dismiss"), {})


@pytest.fixture
def asking(cluster, site):
    chromium = Chromium(asks=True)
    meetings = Meetings(cluster, site, chromium)
    meetings.sign_in("ben")
    yield meetings
    chromium.close()


def test_leaving_is_asked_about_where_something_is_unsaved(asking):
    chromium = asking.chromium
    asked = Asked(chromium)
    away = "header a[href$='/meeting']"
    asking.open()
    # touched, not changed
    chromium.click("[name=title]")
    chromium.click(away)
    wait_until(lambda: not chromium.find("[name=title]"), 10, "the list")
    typed(asking)
    chromium.click(away)
    assert asked.open()
    asked.answer(False)
    assert value(chromium, "title") == "Mine"
    # changed back: nothing to ask
    type_title(chromium, "Board")
    chromium.click(away)
    wait_until(lambda: not chromium.find("[name=title]"), 10, "the list")
    # saving is no leaving
    typed(asking)
    asking.submit()
    assert title(asking) == "Mine"
    chromium.click(away)
    wait_until(lambda: not chromium.find("[name=title]"), 10, "the list")
    # what came back unsaved is
    typed(asking, "Mine too")
    asking.by("Anna", "UPDATE meeting SET title = 'Theirs'")
    asking.submit()
    chromium.click("input[type=radio][value=mine]")
    chromium.click(away)
    assert asked.open()
    asked.answer(True)
    wait_until(lambda: not chromium.find("[name=title]"), 10, "the list")
    # who leaves the others' values has said so
    asking.open()
    asking.submit(TAKE)
    chromium.click("input[type=radio][value=mine]")
    asking.submit(".actions a.button")
    assert chromium.find(OFFER)


GRID = "/meeting?_edit=title"
CELL = "[name='_row.0.title']"


def typed_in_list(meetings, text):
    meetings.open(meetings.site.url + GRID)
    meetings.chromium.run(
        "document.querySelector(arguments[0]).select()", CELL)
    meetings.chromium.type(CELL, text)
    wait_until(lambda: text in [d.get("_row.0.title")
                                for d in drafts(meetings.chromium)], 10,
               "the draft")


def test_of_a_list_edited_in_place(meetings, chromium):
    close = new_tab(chromium)
    typed_in_list(meetings, "Mine")
    close()
    meetings.open(meetings.site.url + GRID)
    assert chromium.find(OFFER) and title(meetings) == "Board"
    meetings.submit(TAKE)
    assert title(meetings) == "Board" and not chromium.find(OFFER)
    assert chromium.run("return document.querySelector(arguments[0]).value",
                        CELL) == "Mine"
    meetings.submit()
    assert title(meetings) == "Mine"
    # it is gone once it is saved
    assert drafts(chromium) == []
    meetings.open(meetings.site.url + GRID)
    assert not chromium.find(OFFER)


def test_leaving_a_list_edited_in_place_is_asked_about(asking):
    chromium = asking.chromium
    asked = Asked(chromium)
    typed_in_list(asking, "Mine")
    chromium.click(".actions a")
    assert asked.open()
    asked.answer(False)
    asking.submit()
    assert title(asking) == "Mine"
