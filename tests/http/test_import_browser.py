"""An import in real browsers, behind a server that lets little through."""
import pytest

from harness.marionette import Firefox
from harness.process import wait_until
from harness.webdriver import Chromium
from pages import OPEN

LINES = 12000
NAME = "a line of some length so that the file has its two megabytes" * 3


@pytest.fixture(scope="module", params=["Chromium", "Firefox"])
def window(request):
    window = {"Chromium": Chromium, "Firefox": Firefox}[request.param]()
    yield window
    window.close()


@pytest.fixture(scope="module", name="narrow")
def narrow_fixture(cluster, module_site):
    name = cluster.makedb("""
        CREATE TABLE item (id int PRIMARY KEY, name text NOT NULL);
        SELECT ifmatch.protect('item');
        GRANT SELECT, INSERT, UPDATE, DELETE ON item TO ifmatch;""")
    return module_site(name, OPEN + "front_limit = 128K\n[table item]\n",
                       server="nginx-narrow"), cluster, name


def loaded(window, text):
    return lambda: window.run(
        "return document.readyState === 'complete' && "
        "document.body.innerText.includes(arguments[0])", text)


def test_two_megabytes(narrow, window, tmp_path):
    """The script sends parts; what is looked at is then saved, all of it."""
    site, cluster, name = narrow
    cluster.query(name, "TRUNCATE item")
    path = tmp_path / "big.csv"
    path.write_text("id,name\n" + "".join(
        "%d,%s\n" % (n, NAME) for n in range(LINES)))
    assert path.stat().st_size > 2 << 20
    window.open(site.url + "/item?import=")
    window.type("#file", str(path))
    window.click("form.import button")
    wait_until(loaded(window, "Save all %d" % LINES), 120, "the lines")
    assert "New: %d" % LINES in window.text("main")
    assert cluster.query(name, "SELECT count(*) FROM item") == [(0,)]
    window.click("button[name=_save]")
    wait_until(loaded(window, "Saved: %d" % LINES), 120, "what was saved")
    assert cluster.query(name, "SELECT count(*), min(length(name)) FROM item"
                         ) == [(LINES, len(NAME))]


def test_a_small_file_and_a_stale_line(narrow, window, tmp_path):
    site, cluster, name = narrow
    cluster.query(name, "TRUNCATE item")
    cluster.query(name, "INSERT INTO item (id, name) VALUES (1, 'a'), "
                  "(2, 'b')")
    text = site.get("/item?_etag=", headers={"Accept": "text/csv"}).text
    path = tmp_path / "small.csv"
    path.write_text(text.replace(",a,", ",mine,").replace(",b,", ",c,"))
    cluster.query(name, "UPDATE item SET name = 'theirs' WHERE id = 1")
    window.open(site.url + "/item?import=")
    window.type("#file", str(path))
    window.click("form.import button")
    wait_until(loaded(window, "Save only the 1"), 60, "the lines")
    window.click("button[name=_save]")
    wait_until(loaded(window, "Saved: 1"), 60, "what was saved")
    window.run("""Array.from(document.querySelectorAll('main a')).find(
        (a) => a.textContent === 'Compare and decide').click()""")
    wait_until(loaded(window, "Save what I typed"), 60, "both beside another")
    assert "theirs" in window.text("main")


def test_without_scripts_the_page_says_what_fits(narrow):
    site, _, _ = narrow
    chromium = Chromium(scripts=False)
    try:
        chromium.open(site.url + "/item?import=")
        assert "only about" in chromium.text("noscript")
    finally:
        chromium.close()
