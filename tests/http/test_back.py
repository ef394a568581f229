"""What was typed survives a save that never arrived: in each browser, with
scripts and without, Back shows it as it was, and it can be saved from there."""
import os
import signal

import pytest

from harness.marionette import Firefox
from harness.process import read_text, wait_until
from harness.webdriver import Chromium, next_page
from meetings import SAVE, Meetings

TEXT = "Typed for an hour"
# While the file "refuse" is there, what is posted is refused.
SWITCH = """
        set $posted $request_method;
        if (-f %s) { set $posted refuse-$request_method; }
        if ($posted = refuse-POST) { return 500; }
"""


@pytest.fixture(scope="module", params=["Chromium", "Firefox",
                                        "Chromium without scripts"])
def window(request):
    window = {"Chromium": Chromium, "Firefox": Firefox,
              "Chromium without scripts": lambda: Chromium(scripts=False)
              }[request.param]()
    yield window
    window.close()


class Front:
    """The web server, and what can happen to it."""

    def __init__(self, site):
        self.site = site
        conf = read_text(site.path("nginx.conf"))
        site.write("nginx.conf", conf.replace(
            "root ", SWITCH % site.path("refuse") + "root "))
        self.refuse()
        site.server.send_signal(signal.SIGHUP)
        wait_until(lambda: site.post("/-/health", headers={
            "Connection": "close"}).status_code == 500, 10, "the switch")
        self.accept()

    def refuse(self):
        self.site.write("refuse", "")

    def accept(self):
        os.remove(self.site.path("refuse"))

    def stop(self):
        self.site.server.send_signal(signal.SIGTERM)
        self.site.server.wait(30)
        self.site.processes.remove(self.site.server)

    def start(self):
        self.site.server = self.site.popen(
            ["nginx", "-e", "stderr", "-p", self.site.folder,
             "-c", self.site.path("nginx.conf")], "nginx.log")
        wait_until(self.site._answers, 30, "the server")


@pytest.fixture
def meetings(cluster, site, window):
    meetings = Meetings(cluster, site, window)
    meetings.front = Front(meetings.site)
    meetings.sign_in("ben")
    return meetings


def fill(meetings):
    window = meetings.chromium
    meetings.open()
    for name in ("title", "minutes"):
        window.run("document.querySelector('[name=%s]').select()" % name)
        window.type("[name=%s]" % name, TEXT)


def values(window):
    return [window.run("return document.querySelector('[name=%s]').value"
                       % name) for name in ("title", "minutes")]


def save(window):
    """Presses Save; whatever comes is another page."""
    # Firefox's own page, where nothing answers, never is complete
    with next_page(window, ("interactive", "complete")):
        try:
            window.click(SAVE)
        except AssertionError as error:  # so Firefox says that nothing answers
            assert "connectionFailure" in str(error), error


def back(window):
    window.back()
    wait_until(lambda: window.find("[name=minutes]"), 10, "the form")
    wait_until(lambda: values(window) == [TEXT, TEXT], 10, "the text")


def saved(meetings):
    return meetings.ask("SELECT title, minutes FROM meeting") == [(TEXT, TEXT)]


@pytest.mark.parametrize("down, up", [("refuse", "accept"),
                                      ("stop", "start")])
def test_back_shows_what_was_typed(meetings, window, down, up):
    fill(meetings)
    getattr(meetings.front, down)()
    save(window)
    assert not window.find("[name=minutes]")
    back(window)
    assert not saved(meetings)
    getattr(meetings.front, up)()
    save(window)
    wait_until(lambda: saved(meetings), 10, "the save")


def test_back_from_the_page_of_the_conflict(meetings, window):
    fill(meetings)
    meetings.by("Anna", "UPDATE meeting SET title = 'Theirs'")
    save(window)
    assert window.find("[name=_conflict]")
    window.back()
    wait_until(lambda: window.find("[name=minutes]"), 10, "the form")
    # there, or, where the browser has asked for the page anew, offered
    assert values(window) == [TEXT, TEXT] or window.find(".draft button")
    save(window)
    assert meetings.ask("SELECT title FROM meeting") == [("Theirs",)]


def test_back_after_a_save_is_no_way_to_overwrite(meetings, window):
    fill(meetings)
    save(window)
    wait_until(lambda: saved(meetings), 10, "the save")
    meetings.by("Anna", "UPDATE meeting SET title = 'Theirs'")
    window.back()
    wait_until(lambda: window.find("[name=minutes]"), 10, "the form")
    save(window)
    assert meetings.ask("SELECT title FROM meeting") == [("Theirs",)]
