"""How pages look, measured in a browser: on a phone, on a wide screen, in
print, with what a site brings of its own; and how much they weigh."""
import gzip
import os
import re

import pytest

from harness.browser import Browser, Page
from harness.gallery import Exhibition, Gallery, prepare
from harness.process import wait_until, write_file
from harness.webdriver import next_page
from pages import OPEN, secure

LEAST = 44     # CSS pixels, of what is touched
LETTERS = 16   # of what is typed: a phone zooms into smaller ones
HEAVIEST = 30000  # bytes
# No first view: opened by a link, or where something is to be mended there.
WITH_PANELS = ("list-panels", "list-panels-references", "list-panels-found",
               "list-malformed", "list-search-for-a-reference", "error-400")
PHONE = (360, 640)
# What sticks out of the page, though it is not clipped by a box of its own.
SIDEWAYS = """
    return document.documentElement.scrollWidth > innerWidth
        ? document.documentElement.scrollWidth : 0"""
CONTROLS = """
    return [...document.querySelectorAll("input, select, textarea, button")]
        .filter(e => e.type !== "hidden" && e.getClientRects().length
            && !e.matches(".aloud"))
        .map(e => [e.name || e.textContent, e.type, e.offsetHeight,
            parseFloat(getComputedStyle(e).fontSize)])"""
# a link within a sentence has the size of its letters
LINKS = """
    return [...document.querySelectorAll("a")]
        .filter(e => e.getClientRects().length && !e.matches(".skip"))
        .map(e => [e.textContent, e.getBoundingClientRect().width,
            e.getBoundingClientRect().height])"""


@pytest.fixture(scope="module")
def gallery(cluster, demo_template, module_site):
    name = cluster.createdb(template=demo_template)
    prepare(cluster, name)
    gallery = Gallery(cluster, name, lambda ini: module_site(name, ini))
    yield gallery
    gallery.close()


@pytest.fixture(scope="module")
def exhibition(gallery):
    exhibition = Exhibition(gallery)
    yield exhibition
    exhibition.close()


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_no_page_scrolls_sideways(gallery, exhibition, chromium, width):
    chromium.device(width, 640)
    for name in gallery.pages:
        chromium.open(exhibition.url + name)
        assert chromium.run(SIDEWAYS) == 0, name


def test_no_list_scrolls_sideways_on_a_phone(gallery, exhibition, chromium):
    chromium.device(*PHONE)
    for name in gallery.pages:
        chromium.open(exhibition.url + name)
        assert not chromium.run("""
            return [...document.querySelectorAll(".scroll")]
                .some(e => e.scrollWidth > e.clientWidth)"""), name


def test_no_page_scrolls_sideways_at_four_times_its_size(
        gallery, exhibition, chromium):
    chromium.device(320, 256)
    for name in gallery.pages:
        chromium.open(exhibition.url + name)
        assert chromium.run(SIDEWAYS) == 0, name


def test_controls_on_a_phone_are_large_enough(gallery, exhibition, chromium):
    chromium.device(*PHONE)
    seen = set()
    for name in gallery.pages:
        chromium.open(exhibition.url + name)
        for label, kind, height, letters in chromium.run(CONTROLS):
            seen.add(kind)
            if kind not in ("checkbox", "radio"):
                assert letters >= LETTERS, (name, label, kind, letters)
                assert height >= LEAST, (name, label, kind, height)
            else:
                assert height >= 24, (name, label, kind, height)
    assert {"text", "date", "select-one", "textarea", "submit",
            "checkbox"} <= seen


def test_links_are_large_enough_to_touch(gallery, exhibition, chromium):
    chromium.device(*PHONE)
    for name in gallery.pages:
        chromium.open(exhibition.url + name)
        for text, width, height in chromium.run(LINKS):
            assert height >= 24 and width >= 24, (name, text, width, height)


@pytest.mark.parametrize("name, beginning", [
    ("form", "0"), ("new", "0"), ("invalid", "0"),
    # which says first what has happened
    ("conflict", "document.querySelector('form').offsetTop")])
def test_save_is_in_reach_at_once_and_to_the_end(
        exhibition, chromium, name, beginning):
    chromium.device(*PHONE)
    chromium.open(exhibition.url + name)
    for top in (beginning, "document.documentElement.scrollHeight / 2"):
        box = chromium.run("""
            scrollTo(0, %s)
            const save = document.querySelector("form > .actions button")
            const at = save.getBoundingClientRect()
            const shown = document.elementFromPoint(
                at.left + at.width / 2, at.top + at.height / 2)
            return [at.top, at.bottom, innerHeight, shown === save]""" % top)
        assert 0 <= box[0] < box[1] <= box[2] and box[3], (name, box)


def test_what_has_the_focus_is_not_below_save(exhibition, chromium):
    chromium.device(*PHONE)
    chromium.open(exhibition.url + "form")
    hidden = chromium.run("""
        const bar = document.querySelector("form > .actions")
        const hidden = []
        for (const each of document.querySelectorAll(
                "form :is(input, select, textarea)")) {
            if (each.type === "hidden" || !each.getClientRects().length)
                continue
            each.focus()
            if (each.getBoundingClientRect().top
                    > bar.getBoundingClientRect().top - 10)
                hidden.push(each.name)
        }
        return hidden""")
    assert hidden == []


def test_save_leaves_room_in_a_low_window(exhibition, chromium):
    chromium.device(640, 320)
    chromium.open(exhibition.url + "form")
    assert chromium.run("""return getComputedStyle(document.querySelector(
        "form > .actions")).position""") == "static"


def test_lists_are_cards_on_a_phone(exhibition, chromium):
    chromium.device(*PHONE)
    chromium.open(exhibition.url + "list")
    cells = chromium.run("""
        const heads = [...document.querySelectorAll("thead th")]
            .map(e => e.textContent)
        return [...document.querySelector("tbody tr").children].map((e, i) => [
            heads[i], e.dataset.label, getComputedStyle(e, "::before").content,
            e.getBoundingClientRect().left, e.getBoundingClientRect().top])""")
    assert len(cells) >= 8
    for head, label, shown, _, _ in cells:
        assert head == label and shown in ('"%s"' % label, "attr(data-label)")
    assert len({left for *_, left, _ in cells}) == 1
    tops = [top for *_, top in cells]
    assert tops == sorted(set(tops))
    chromium.device(1280, 800)
    assert chromium.run("""return getComputedStyle(
        document.querySelector("td"), "::before").content""") == "none"


def test_keyboards_of_phones_fit_the_column(gallery):
    form = Page(gallery.pages["form"].text).form
    boat = Page(gallery.pages["form-types"].text).form
    for control, keyboard in ((form["id"], "numeric"), (form["email"], "email"),
                              (form["phone"], "tel"), (form["notes"], None),
                              (form["first_name"], None),
                              (boat["length"], "decimal"),
                              (boat["seats"], "numeric")):
        assert control.attrs.get("inputmode") == keyboard, control.name


def test_no_control_makes_the_browser_forget_what_was_typed(gallery):
    """With autocomplete=off, Back brings an empty form; and no entry is about
    the person who types, so that no address of theirs fits in."""
    for name, answer in gallery.pages.items():
        for form in Page(answer.text).forms:
            assert form.attrs.get("autocomplete") is None
            for control in form.controls:
                kind = control.attrs.get("autocomplete")
                assert kind != "off" or (control.name or "").startswith(
                    "_query."), (name, control.name)
                if not re.match("account|log", name):
                    assert kind in (None, "off"), (name, control.name)


def test_the_back_button_brings_what_was_typed(gallery, chromium):
    """Behind a page that came back refused as well, which no browser keeps
    alive: it fills the form in again."""
    chromium.device(1280, 800)
    chromium.open(gallery.site.origin + "/records/member/9")
    with next_page(chromium):
        chromium.run("""
            document.querySelector("[name=postcode]").value = "1234x"
            document.querySelector("form > .actions button").click()""")
    assert chromium.run(
        "return document.querySelector('[name=postcode]').value") == "1234x"
    with next_page(chromium):
        chromium.run("""
            document.querySelector("[name=postcode]").value = "5678y"
            document.querySelector("[name=town]").value = "Typed"
            document.querySelector("form > .actions button").click()""")
    with next_page(chromium):
        chromium.back()
    wait_until(lambda: chromium.run("""return ["postcode", "town"].map(n =>
        document.querySelector("[name=" + n + "]").value)""") == [
            "5678y", "Typed"], 10, "what was typed")


def test_the_first_view_is_light(gallery):
    """All that a browser loads for its first page, though the server
    compresses nothing. The panels of a list, which hold a filter for each of
    its columns, are opened from a page that was there before."""
    files = {}
    for name, answer in gallery.pages.items():
        if name in WITH_PANELS:
            continue
        page = Page(answer.text)
        weight = len(answer.body)
        for tag, attrs in page.tags:
            url = attrs.get("src") or (
                attrs.get("href") if tag == "link" else None)
            if url is None:
                continue
            assert re.match("/records/-/[a-z]+[.](css|js)", url), (name, url)
            if url not in files:
                got = gallery.browser.request("GET", url,
                                              Accept_Encoding="gzip")
                assert got.status == 200, got
                files[url] = len(got.body)
            weight += files[url]
        assert weight < HEAVIEST, (name, weight, files)


def test_files_are_sent_as_the_browser_takes_them(gallery):
    for url in ("/records/-/style.css", "/records/-/script.js"):
        plain = gallery.browser.request("GET", url, Accept_Encoding="identity")
        packed = gallery.browser.request("GET", url, Accept_Encoding="br, gzip")
        assert "Content-Encoding" not in plain.headers
        assert packed.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.body) == plain.body
        for got in (plain, packed):
            assert "Accept-Encoding" in got.headers["Vary"]


def test_pages_ask_no_other_host(gallery, exhibition, chromium):
    for name in gallery.pages:
        chromium.open(exhibition.url + name)
        hosts = set(chromium.run("""
            return performance.getEntriesByType("resource")
                .map(e => new URL(e.name).origin)"""))
        assert len(hosts) == 1 and exhibition.url.startswith(hosts.pop()), name


def test_dark_and_light(exhibition, chromium):
    shades = []
    for dark in (False, True):
        chromium.device(1280, 800, dark)
        chromium.open(exhibition.url + "form")
        shades.append(chromium.run("""
            const all = getComputedStyle(document.body)
            return [all.backgroundColor, all.color].map(c =>
                c.match(/[0-9]+/g).slice(0, 3).reduce((a, b) => a + +b, 0))"""))
    chromium.device(1280, 800)
    (back, text), (dark_back, dark_text) = shades
    assert back > 600 > 200 > text and dark_back < 200 < 600 < dark_text


def test_print_shows_the_entry_alone(exhibition, chromium):
    chromium.open(exhibition.url + "form")
    chromium.devtools("Emulation.setEmulatedMedia", media="print")
    shown = chromium.run("""
        return [".skip", "nav", ".actions", ".delete", "h1", ".field"].map(s =>
            document.querySelector(s).getClientRects().length > 0)""")
    chromium.devtools("Emulation.setEmulatedMedia", media="")
    assert shown == [False] * 4 + [True] * 2


def test_written_from_right_to_left(exhibition, chromium):
    """Nothing of the style knows left from right."""
    chromium.device(1280, 800)
    chromium.open(exhibition.url + "conflict")
    chromium.run("document.documentElement.dir = 'rtl'")
    assert chromium.run(SIDEWAYS) == 0
    left, right = chromium.run("""
        const at = document.querySelector("h1").getBoundingClientRect()
        return [document.querySelector(".site").getBoundingClientRect().right,
            at.right]""")
    assert left == right
    css = exhibition.gallery.browser.request("GET", "/records/-/style.css").text
    assert not re.search(r"\b(margin|padding|border)-(left|right)|"
                         r"(?<![-a-z])(left|right):|(?<=: )(left|right);", css)


def test_what_a_site_brings_of_its_own(cluster, demo_database, site):
    here = site(demo_database, OPEN)
    write_file(os.path.join(here.folder, "top.html"),
               "<p>Our <b>own</b> head \u00e4</p>\n")
    write_file(os.path.join(here.folder, "bottom.html"),
               "<p><a href=\"/imprint\">Imprint</a></p>\n")
    own = site(demo_database, OPEN + """
logo = /club/logo.svg
stylesheet = /club/own.css?2
header = %s/top.html
footer = %s/bottom.html
[table member]
""" % (here.folder, here.folder))
    browser = Browser(own)
    for url, status in (("/records/", 200), ("/records/member/1", 200),
                        ("/records/nowhere", 404)):
        got = browser.request("GET", url, Accept="text/html")
        assert got.status == status
        page = Page(got.text)
        sheets = [a["href"] for t, a in page.tags if t == "link"]
        assert sheets[0].startswith("/records/-/style.css")
        assert sheets[1:] == ["/club/own.css?2"]
        assert [a["src"] for t, a in page.tags if t == "img"] == [
            "/club/logo.svg"]
        head, _, rest = got.text.partition("<main")
        assert "<p>Our <b>own</b> head \u00e4</p>" in head
        assert "Imprint" in rest.partition("</main>")[2]
        secure(got.headers)
        policy = got.headers["Content-Security-Policy"]
        for kind in ("style-src", "img-src", "font-src"):
            assert kind + " 'self';" in policy
    browser.close()
