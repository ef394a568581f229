"""While a form is open: who saves the row meanwhile is told, in a browser, and
nothing that was typed is lost on the way to the page of the conflict."""
import pytest

from harness.browser import Browser, Page
from harness.process import wait_until
from harness.webdriver import KEYS, next_page
from meetings import Meetings, hide, type_title

NEWS = ".news"
# What the page was sent, and a clock that stands until tick() is called.
CLOCK = """
    window.sent = [];
    const real = window.fetch;
    window.fetch = function (url, options) {
        window.sent.push((options.method || "GET") + " " + url);
        return window.broken ? Promise.reject(new TypeError("no way"))
            : real.call(window, url, options)
                .then((reply) => { window.sent.push(reply.status);
                    return reply; });
    };
    window.waits = [];
    window.setTimeout = function (task, wait) {
        window.waits.push([wait, task]);
        return window.waits.length;
    };
    window.clearTimeout = function (number) {
        if (number) window.waits[number - 1] = [0, null];
    };
    window.tick = function (wait) {
        const due = window.waits.filter((each) => each[0] === wait);
        window.waits = window.waits.filter((each) => each[0] !== wait);
        due.forEach((each) => each[1]());
        return due.length;
    };"""


@pytest.fixture
def clock(chromium):
    """The pages' clock stands."""
    number = chromium.devtools("Page.addScriptToEvaluateOnNewDocument",
                               source=CLOCK)["identifier"]
    yield lambda wait: chromium.run("return window.tick(arguments[0])", wait)
    chromium.devtools("Page.removeScriptToEvaluateOnNewDocument",
                      identifier=number)


def sent(chromium):
    return chromium.run("return window.sent.splice(0)")


def answered(chromium, n):
    """The next n questions and their answers."""
    wait_until(lambda: chromium.run("return window.sent.length") >= 2 * n, 10,
               "an answer")
    return sent(chromium)


def news(chromium, begin):
    """Waits for what the page says."""
    wait_until(lambda: chromium.text(NEWS).startswith(begin), 10, begin)
    return chromium.text(NEWS)


def test_it_is_told_and_leads_to_what_changed(meetings, chromium):
    meetings.open()
    assert chromium.text(NEWS) == ""
    assert chromium.find(NEWS + "[role=status]")
    type_title(chromium, "Mine")
    before = meetings.ask("SELECT version FROM meeting")
    hide(chromium, True)
    meetings.by("Anna", "UPDATE meeting SET title = 'Theirs', "
                "action = 'vote' WHERE id = 1")
    assert chromium.text(NEWS) == ""
    hide(chromium, False)
    said = news(chromium, "Anna saved this entry ")
    assert "Nothing of yours is lost." in said
    assert "See what changed" in said
    version = meetings.ask("SELECT version FROM meeting")
    assert version != before
    meetings.submit(NEWS + " button")
    # the page of the conflict, and nothing is written
    assert meetings.ask("SELECT version, title FROM meeting") == [
        (version[0][0], "Theirs")]
    text = chromium.text("main")
    assert "Anna saved this entry" in text and "Theirs" in text
    assert chromium.run("return document.querySelector('[name=title]')"
                        ".value") == "Mine"
    chromium.click("input[type=radio][value=mine]")
    meetings.submit()
    assert meetings.ask("SELECT title, action FROM meeting") == [
        ("Mine", "vote")]


def test_it_is_asked_every_20_seconds_by_a_condition(
        meetings, chromium, clock):
    meetings.open()
    for _ in range(3):
        assert clock(20000) == 1
        assert answered(chromium, 1) == ["HEAD /records/meeting/1", 304]
    meetings.by("Anna", "UPDATE meeting SET title = 'Theirs'")
    assert clock(20000) == 1
    news(chromium, "Anna")
    assert answered(chromium, 2) == [
        "HEAD /records/meeting/1", 200, "GET /records/meeting/1", 200]
    # and again from there
    wait_until(lambda: clock(20000) == 1, 10, "the next question")
    assert answered(chromium, 1) == ["HEAD /records/meeting/1", 304]
    meetings.by("Cleo", "UPDATE meeting SET title = 'Hers'")
    wait_until(lambda: clock(20000) == 1, 10, "the next question")
    news(chromium, "Cleo")


def test_nothing_is_asked_while_nobody_looks(meetings, chromium, clock):
    meetings.open()
    hide(chromium, True)
    assert clock(20000) == 1
    assert sent(chromium) == [] and clock(20000) == 0
    hide(chromium, False)
    assert answered(chromium, 1) == ["HEAD /records/meeting/1", 304]
    wait_until(lambda: clock(20000) == 1, 10, "the next question")


def test_it_is_asked_ever_more_rarely_where_nothing_answers(
        meetings, chromium, clock):
    meetings.open()
    chromium.run("window.broken = true")
    for wait in (20000, 40000, 80000, 160000, 300000, 300000):
        wait_until(lambda: clock(wait) == 1, 10, "%d" % wait)
    chromium.run("window.broken = false")
    wait_until(lambda: clock(300000) == 1, 10, "the last")
    wait_until(lambda: clock(20000) == 1, 10, "all is well again")
    assert chromium.text(NEWS) == ""


def test_one_that_was_deleted(meetings, chromium):
    meetings.open()
    type_title(chromium, "Mine")
    meetings.ask("DELETE FROM meeting")
    hide(chromium, False)
    news(chromium, "This entry was deleted meanwhile.")
    meetings.submit(NEWS + " button")
    assert "You can create the entry again" in chromium.text("main")
    meetings.submit()
    assert meetings.ask("SELECT id, title, minutes FROM meeting") == [
        (1, "Mine", "one\ntwo\nthree\n")]


def test_without_knowing_who(meetings, chromium):
    meetings.open(meetings.site.url + "/plain/1")
    meetings.ask("UPDATE plain SET title = 'b'")
    hide(chromium, False)
    news(chromium, "Somebody saved this entry while you were typing.")


def test_what_the_row_is_shown_with_may_change(meetings, chromium, clock):
    """A change of the table changes the representation, not the row."""
    meetings.open()
    meetings.ask("COMMENT ON COLUMN meeting.title IS 'Name'")
    meetings.ask("ALTER TABLE meeting ADD note text")
    assert clock(20000) == 1
    assert answered(chromium, 1)[0] == "HEAD /records/meeting/1"
    wait_until(lambda: clock(20000) == 1, 10, "the next question")
    assert chromium.text(NEWS) == ""


def test_enter_saves_all_the_same(meetings, chromium):
    meetings.open()
    meetings.by("Anna", "UPDATE meeting SET action = 'vote'")
    hide(chromium, False)
    news(chromium, "Anna")
    type_title(chromium, "Mine")
    with next_page(chromium):
        chromium.type("[name=title]", KEYS["Enter"])
    # 412, not the 200 of somebody who only looks
    assert chromium.run("return performance.getEntriesByType('navigation')[0]"
                        ".responseStatus") == 412


def test_the_page_of_a_conflict_is_told_of_a_third(meetings, chromium):
    meetings.open()
    type_title(chromium, "Mine")
    meetings.by("Anna", "UPDATE meeting SET title = 'Theirs'")
    meetings.submit()
    chromium.click("input[type=radio][value=mine]")
    meetings.by("Cleo", "UPDATE meeting SET action = 'vote'")
    hide(chromium, False)
    news(chromium, "Cleo")
    meetings.submit(NEWS + " button")
    assert "Cleo saved this entry" in chromium.text("main")
    assert chromium.run("return document.querySelector("
                        "'input[type=radio][value=mine]').checked")
    meetings.submit()
    assert meetings.ask("SELECT title, action FROM meeting") == [
        ("Mine", "vote")]


def test_german(cluster, site, chromium):
    meetings = Meetings(cluster, site, chromium, "de")
    meetings.sign_in("ben")
    meetings.open()
    meetings.by("Anna", "UPDATE meeting SET title = 'Theirs'")
    hide(chromium, False)
    assert "Zeigen, was anders ist" in news(
        chromium, "Anna hat diesen Eintrag ")


def test_looking_writes_nothing_and_keeps_all(meetings):
    """What the button sends, without a browser."""
    browser = Browser(meetings.site, {"Cookie": "who=ben"})
    form = browser.open("/records/meeting/1").form
    form.fill("title", "Mine")
    form.fill("minutes", "one\nTWO\nthree\n")
    before = meetings.ask("SELECT xmin::text, version FROM meeting")
    got = browser.send(form, list(form.entries()) + [("_compare", "1")])
    page = Page(got.text)
    assert got.status == 200
    assert got.headers["Cache-Control"] == "private, no-cache"
    assert page.form["title"].value == "Mine"
    assert page.form["_was.title"].value == "Board"
    assert page.form["minutes"].value == "one\nTWO\nthree\n"
    assert meetings.ask("SELECT xmin::text, version FROM meeting") == before
    # a stale one is the page of the conflict
    meetings.by("Anna", "UPDATE meeting SET minutes = E'one\\nzwei\\nthree\\n'")
    got = browser.send(page.form,
                       list(page.form.entries()) + [("_compare", "1")])
    assert got.status == 200
    assert Page(got.text).form["_conflict"].value == "1"
    assert "zwei" in got.text and "TWO" in got.text
    assert meetings.ask("SELECT title FROM meeting") == [("Board",)]
    # a new row's form comes back
    form = browser.open("/records/meeting?new=").form
    form.fill("title", "Mine")
    got = browser.send(form, list(form.entries()) + [("_compare", "1")])
    assert got.status == 200 and Page(got.text).form["title"].value == "Mine"
    assert meetings.ask("SELECT count(*) FROM meeting") == [(1,)]
    # another site may not make anybody do so
    got = browser.send(form, list(form.entries()) + [("_compare", "1")],
                       **{"Sec-Fetch-Site": "cross-site"})
    assert got.status == 403
