"""Rows selected in a list to be deleted: asked for once more, each under the
state that was shown."""
import pytest

from desk import Desk
from harness.browser import Page
from pages import OPEN, plain, row, said

SQL = """
CREATE TABLE item (id int PRIMARY KEY, name text, note text);
SELECT ifmatch.protect('item');
CREATE TABLE part (id int PRIMARY KEY, item_id int REFERENCES item);
CREATE TABLE seat (room text, at text, who text, PRIMARY KEY (room, at));
GRANT SELECT, INSERT, UPDATE, DELETE ON item, part, seat TO ifmatch;
"""
INI = OPEN + "[table item]\n[table seat]\nversion_column = none\n"


class Items(Desk):
    def left(self):
        return [n for n, in self.ask("SELECT id FROM item ORDER BY id")]

    def select(self, *keys, query="", path="/item"):
        """The page that asks, for these rows of a list's page."""
        page = self.browser.open(self.site.base + path + query)
        form, = [f for f in page.forms if f.attrs["method"] == "post"]
        for control in form.controls:
            if control.name.startswith("_select."):
                control.checked = control.value in [str(k) for k in keys]
        return self.browser.send(form)

    def asked(self, *keys, **more):
        got = self.select(*keys, **more)
        assert got.status == 200, got
        return plain(Page(got.text))


@pytest.fixture(scope="module")
def module_items(module_desk):
    return module_desk(SQL, INI, Items)


@pytest.fixture
def items(module_items):
    module_items.ask("""
        TRUNCATE item, part, seat;
        INSERT INTO item (id, name, note)
          SELECT g, 'Item ' || g, 'n' || g FROM generate_series(1, 5) AS g""")
    return module_items


def test_each_row_s_box_says_which_row(items):
    page = plain(items.browser.open(items.site.base + "/item"))
    labels = [a["aria-label"] for t, a in page.tags
              if a.get("name", "").startswith("_select.")]
    assert labels == ["Select Item %d" % n for n in range(1, 6)]


def test_the_page_that_asks_names_the_rows_and_deletes_nothing(items):
    page = items.asked(2, 3)
    assert "Delete these entries?" in page.titles
    assert "Item 2" in page.text and "Item 3" in page.text
    assert "Item 1" not in page.text
    assert items.left() == [1, 2, 3, 4, 5]


def test_what_was_asked_for_is_deleted_and_said(items):
    page = items.asked(2, 4, query="?limit=4&order=name")
    location = items.submit(page.form)
    assert items.left() == [1, 3, 5]
    assert "limit=4" in location and "_delete=" not in location
    assert items.told(location) == "Entries deleted: 2."


def test_a_row_that_is_unticked_stays(items):
    page = items.asked(2, 4)
    page.form.fill(row(page, "Item 4") + "_on", False)
    items.submit(page.form)
    assert items.left() == [1, 3, 4, 5]


def test_nothing_selected(items):
    got = items.select()
    assert got.status == 303
    assert items.told(got.headers["Location"]) == "No entry is selected."
    assert items.left() == [1, 2, 3, 4, 5]


def test_keys_of_any_text(items):
    items.ask("INSERT INTO seat VALUES ('a,b', 'c/d', 'x'), ('', '.', 'y'), "
              "('q', 'r', 'z')")
    page = items.asked("a%2Cb,c%2Fd", ",.", path="/seat")
    items.submit(page.form)
    assert items.ask("SELECT who FROM seat") == [("z",)]


def test_what_others_refer_to_stays(items):
    items.ask("INSERT INTO part VALUES (1, 3)")
    page = items.browser.open(items.site.base + "/item/3?delete=")
    page = items.submit(page.form, 409)
    assert "Other entries still refer to this one." in page.text
    assert "Back to the list" in page.text
    page = items.submit(items.asked(2, 3).form, 409)
    assert "Other entries still refer to this one." in page.text
    assert items.left() == [1, 2, 3, 4, 5]


# Somebody saved meanwhile

@pytest.mark.parametrize("mode", [None, "each"])
def test_a_row_changed_meanwhile_is_shown_and_asked_for_again(items, mode):
    page = items.asked(2, 3, 4)
    if mode:
        page.form.choose("_mode", mode)
    items.ask("UPDATE item SET note = 'theirs' WHERE id = 3")
    page = items.submit(page.form, 412)
    assert items.left() == ([1, 3, 5] if mode else [1, 2, 3, 4, 5])
    assert "theirs" in page.text and "Before: n3" in page.text
    assert "Look at it again before you delete it." in page.text
    assert ("Item 2" in page.text) == (not mode)
    assert page.form.chosen("_mode") == (mode or "all")
    # the changed one has to be asked for anew
    assert not page.form[row(page, "Item 3") + "_on"].checked
    page.form.fill(row(page, "Item 3") + "_on", True)
    items.submit(page.form)
    assert items.left() == [1, 5]


def test_a_third_writer_makes_a_second_page(items):
    page = items.asked(3)
    items.ask("UPDATE item SET note = 'theirs' WHERE id = 3")
    page = items.submit(page.form, 412)
    page.form.fill(row(page, "Item 3") + "_on", True)
    items.ask("UPDATE item SET note = 'third' WHERE id = 3")
    page = items.submit(page.form, 412)
    assert "third" in page.text and "Before: theirs" in page.text
    assert items.left() == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("mode", ["all", "each"])
def test_a_row_deleted_meanwhile_is_said(items, mode):
    page = items.asked(2, 3)
    page.form.choose("_mode", mode)
    items.ask("DELETE FROM item WHERE id = 3")
    page = items.submit(page.form, 412)
    assert "Somebody has deleted this entry." in page.text
    assert items.left() == ([1, 4, 5] if mode == "each" else [1, 2, 4, 5])
    if mode == "all":
        items.submit(page.form)
        assert items.left() == [1, 4, 5]


@pytest.mark.parametrize("mode", ["all", "each"])
def test_a_row_that_others_refer_to(items, mode):
    items.ask("INSERT INTO part VALUES (1, 3)")
    page = items.asked(2, 3)
    page.form.choose("_mode", mode)
    got = items.browser.send(page.form)
    assert got.status == 409
    page = plain(Page(got.text))
    assert items.left() == ([1, 3, 4, 5] if mode == "each" else
                            [1, 2, 3, 4, 5])
    assert "Entries that were refused: 1." in said(page)
    assert "Not deleted yet." in page.text


@pytest.mark.parametrize("mode", ["all", "each"])
def test_a_form_delivered_twice_is_carried_out_once(items, mode):
    page = items.asked(2, 3)
    page.form.choose("_mode", mode)
    first = items.submit(page.form)
    items.ask("INSERT INTO item (id, name) VALUES (2, 'new')")
    assert items.submit(page.form) == first
    assert items.left() == [1, 2, 4, 5]


def test_more_rows_than_their_values_travel_with(items):
    """A page of a thousand rows can be deleted at once."""
    items.ask("INSERT INTO item (id, name, note) SELECT g, 'Item ' || g, 'x' "
              "FROM generate_series(6, 1000) AS g")
    got = items.select(*range(1, 1001), query="?limit=1000")
    page = Page(got.text)
    assert got.status == 200 and len(page.form.controls) < 8192
    location = items.submit(page.form)
    assert items.told(location) == "Entries deleted: 1000."
    assert items.left() == []


def test_only_a_form_asks(items):
    assert items.site.get("/item?_delete").status_code == 405
    assert items.site.post("/item?_delete", json={}).status_code == 415
    got = items.site.post("/item?_delete", data={"_select.0": "1"})
    assert got.status_code == 403
    assert items.left() == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("key", ["x", "1,2", "%zz", ""])
def test_a_key_that_is_none(items, key):
    page = plain(items.browser.open(items.site.base + "/item"))
    form, = [f for f in page.forms if f.attrs["method"] == "post"]
    got = items.browser.send(form, list(form.entries()) + [("_select.0", key)])
    assert got.status in (303, 400, 422), got
    assert items.left() == [1, 2, 3, 4, 5]
