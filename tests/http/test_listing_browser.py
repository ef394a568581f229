"""The page of a list in a browser: on a phone, and the way to an entry and back
to the same place."""
import re

import pytest

from harness.webdriver import Chromium, next_page

INI = "anonymous = write\n[table member]\nlabel = {first_name} {last_name}\n"


@pytest.fixture(name="club")
def club_fixture(site, demo_database):
    made = site(demo_database, INI)
    chromium = Chromium()
    yield made, chromium
    chromium.close()


def leave(chromium, selector):
    """Clicks, and waits for the next page."""
    chromium.run("document.querySelector(arguments[0]).scrollIntoView("
                 "{block: 'center'})", selector)
    with next_page(chromium):
        chromium.click(selector)


def test_a_phone_shows_cards_and_what_finds_them(club):
    site, chromium = club
    chromium.device(360, 640)
    found = "joined=gte.2000-01-01&town=ilike.*a*&_search=an"
    for query in ("", "?_tools=", "?" + found, "?_tools=&" + found,
                  "?joined=gte.abc"):
        chromium.open(site.url + "/member" + query)
        chromium.run("for (const d of document.querySelectorAll('details'))"
                     " d.open = true")
        assert chromium.run("return document.documentElement.scrollWidth "
                            "- innerWidth") <= 0
        small = chromium.run("""
            return [...document.querySelectorAll(`.finder summary, .finder .button, .chips a,
                .finder select, .finder button, .finder input:not(
                [type=checkbox], [type=hidden]), .links a, .pages a`)]
                .filter((e) => e.checkVisibility() &&
                    e.getBoundingClientRect().height < 43.5)
                .map((e) => e.outerHTML)""")
        assert small == []
        # heads that cannot be seen cannot be reached by the keyboard either
        assert chromium.run("""
            return [...document.querySelectorAll("thead a")].every((a) =>
                a.getClientRects().length === 0)""")


def test_an_entry_and_back_to_its_place(club):
    site, chromium = club
    chromium.device(1000, 700)
    place = "/member?order=last_name&limit=25&status=eq.active"
    chromium.open(site.url + place)
    leave(chromium, ".pages a:last-child")
    before = chromium.run("return location.href")
    leave(chromium, "tbody tr:nth-child(20) th a")
    chromium.run("document.querySelector('[name=phone]').value = ''")
    chromium.type("[name=phone]", "+49 30 4711")
    leave(chromium, "form > .actions button")
    after = chromium.run("return location.href")
    assert re.sub(r"&_saved=1&_row=\d+#row$", "", after) == before
    top, text = chromium.run("""
        const row = document.querySelector("tr.at");
        return [row.getBoundingClientRect().top, row.textContent]""")
    assert 0 <= top < 700 and "+49 30 4711" in text
    assert "Saved: " in chromium.text("p.note")
    assert [line for line in chromium.log() if "Uncaught" in line] == []
