"""The way of somebody who owns a web space and has no shell: from no account at
all to a second person whose login ends, in a browser."""
import pytest

from accounts import SECRET
from harness.webdriver import Chromium, next_page

INI = """title = Sailing club
accounts = on
secret = %s
setup_code = open sesame, 4711
authenticated = none
[table note]
read = *
update = @crew
""" % SECRET
FIRST, SECOND = "a long first password", "bernd's own password"


class Window:
    """One person's browser."""

    def __init__(self, site, width):
        self.site, self.chromium = site, Chromium()
        self.chromium.device(width, 800)

    def open(self, path):
        self.chromium.open(path if path.startswith("http")
                           else self.site.url + path)

    def fill(self, **fields):
        for name, text in fields.items():
            box = "[name=%s]" % name
            self.chromium.run(
                "document.querySelector(arguments[0]).value = ''", box)
            self.chromium.type(box, text)

    def click(self, selector):
        """In the middle of the window: Save stays at its end."""
        self.chromium.run("document.querySelector(arguments[0])"
                          ".scrollIntoView({block: 'center'})", selector)
        self.chromium.click(selector)

    def press(self, selector):
        """Presses a button and waits for the page that it leads to."""
        with next_page(self.chromium):
            self.click(selector)

    @property
    def text(self):
        return self.chromium.text("body")

    def fits(self):
        """Nothing is wider than the window."""
        wide = self.chromium.run(
            "return document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, wide

    def close(self):
        log = [line for line in self.chromium.log()
               if "Uncaught" in line or "Refused" in line]
        self.chromium.close()
        assert log == []


@pytest.fixture(name="club")
def club_fixture(account_database, site):
    return site(account_database, INI), account_database


@pytest.fixture(name="windows")
def windows_fixture(club):
    windows = [Window(club[0], 1200), Window(club[0], 390)]
    yield windows
    for window in windows:
        window.close()


def do(what):
    return "button[name=_do][value=%s]" % what


def test_from_no_account_to_a_login_that_ends(cluster, club, windows):
    desk, phone = windows
    # nobody is there yet: the code makes the first
    desk.open("/-/login")
    assert "There is no account yet" in desk.text
    desk.fill(_code="open sesame, 4711", _login="anna", _password=FIRST,
              _again=FIRST)
    desk.press("form button")
    assert "Sailing club" in desk.text and "anna" in desk.text
    # the second one gets a link
    desk.press("a[href$='/-/accounts']")
    desk.fill(name="bernd", display="Bernd Boot")
    desk.click("[name=group][value=crew]")
    desk.press(do("add"))
    link = desk.chromium.run(
        "return document.querySelector('input[readonly]').value")
    desk.fits()
    assert "Copy this link" in desk.text
    phone.open(link)
    assert "Welcome, Bernd Boot" in phone.text
    assert phone.chromium.run(
        "return document.querySelector('[readonly]').value") == "bernd"
    phone.fits()
    phone.fill(_password=SECOND, _again=SECOND)
    phone.press("form button")
    assert "Bernd Boot" in phone.text
    # and changes something, which the first one sees
    phone.open("/note/1")
    phone.fits()
    phone.fill(title="by phone")
    phone.press("form > .actions > button:not(.second)")
    desk.open("/note/1")
    assert "by Bernd Boot" in desk.text and "by phone" in desk.text
    assert desk.chromium.find("[name=title]") == []
    # one's own page on a phone
    phone.open("/-/account")
    phone.fits()
    # until the first one ends it
    phone.open("/note/1")
    phone.fill(title="too late")
    desk.open("/-/accounts")
    desk.press("tbody a[href$='=bernd']")
    desk.click("[name=disabled]")
    desk.press(do("save"))
    assert "cannot log in" in desk.text
    phone.press("form > .actions > button:not(.second)")
    assert "Your login has ended" in phone.text
    phone.fill(_login="bernd", _password=SECOND)
    phone.press("form button")
    assert "Name or password is wrong." in phone.text
    assert cluster.query(club[1], "SELECT title, updated_by FROM note "
                         "WHERE id = 1") == [("by phone", "bernd")]
