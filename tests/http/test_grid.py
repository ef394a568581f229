"""Several rows at once: a list edited in place, each row under its own state."""
import re
import urllib.parse

import pytest

from desk import Desk
from harness.browser import Browser, Page
from pages import OPEN, plain, row, said

SQL = """
CREATE TABLE crew (id int PRIMARY KEY, name text NOT NULL);
INSERT INTO crew VALUES (1, 'Ann'), (2, 'Bert'), (3, 'Cleo');
CREATE TABLE place (id int PRIMARY KEY, name text);
INSERT INTO place SELECT g, 'Place ' || g FROM generate_series(1, 300) AS g;
CREATE TABLE task (id int PRIMARY KEY, title text NOT NULL, note text,
    hours numeric(6,2) CHECK (hours >= 0), done boolean NOT NULL DEFAULT false,
    crew_id int REFERENCES crew, place_id int REFERENCES place,
    code text UNIQUE, photo bytea);
SELECT ifmatch.protect('task');
CREATE TABLE step (task_id int, at text, what text,
    PRIMARY KEY (task_id, at));
CREATE TABLE merging (LIKE task INCLUDING ALL EXCLUDING INDEXES,
    PRIMARY KEY (id));
SELECT ifmatch.protect('merging');
CREATE TABLE tally (id int PRIMARY KEY, n int NOT NULL);
GRANT SELECT, INSERT, UPDATE, DELETE ON crew, place, task, step, tally, merging
   TO ifmatch;
"""
INI = (OPEN + "[table crew]\n[table place]\n[table task]\n"
       "label = {title}\ngrid = note, hours\n[table step]\nversion_column = none\n"
       "[table tally]\nversion_column = none\ncounter = yes\n"
       "[table merging]\nlabel = {title}\non_conflict = merge\n")


class Tasks(Desk):
    def notes(self):
        return dict(self.ask("SELECT id, note FROM task"))

    def states(self):
        return dict(self.ask("SELECT id, version FROM task"))

    def open(self, query="_edit=note,hours", path="/task"):
        return self.page(self.site.base + path + "?" + query)


@pytest.fixture(scope="module")
def module_tasks(module_desk):
    return module_desk(SQL, INI, Tasks)


@pytest.fixture
def tasks(module_tasks):
    module_tasks.ask("""
        TRUNCATE task, merging;
        INSERT INTO task (id, title, note, hours, code, crew_id)
          SELECT g, 'Task ' || g, 'n' || g, g, 'c' || g, g % 3 + 1
            FROM generate_series(1, 4) AS g;
        INSERT INTO merging (id, title, note, hours)
          SELECT id, title, note, hours FROM task""")
    return module_tasks


def part(kind, field):
    return "_%s.%s" % (kind, field)


# The list and the page

def test_the_list_offers_columns_and_proposes_those_of_the_configuration(
        tasks):
    page = plain(tasks.browser.open(
        tasks.site.base + "/task?_tools=&id=gt.1&order=title.desc&limit=2"))
    form, = [f for f in page.forms if "Edit these" in f.buttons]
    boxes = {c.name[6:]: c.checked for c in form.controls
             if c.name.startswith("_edit.")}
    assert boxes == {
        "id": False, "title": False, "note": True, "hours": True,
        "done": False, "crew_id": False, "place_id": False, "code": False}
    kept = [(c.name, c.value) for c in form.controls if c.type == "hidden"]
    assert kept == [("id", "gt.1"), ("order", "title.desc"), ("limit", "2")]


def test_a_bare_parameter_edits_what_is_proposed(tasks):
    for query in ("_edit", "_edit="):
        page = tasks.open(query)
        names = {c.name for c in page.form.controls}
        assert "_row.0.note" in names and "_row.0.hours" in names
        assert "_row.0.title" not in names


def test_columns_as_the_form_sends_them_or_as_a_list(tasks):
    for query in ("_edit.note=1&_edit.done=1", "_edit=note,done",
                  "_edit=note%2C%22done%22"):
        names = {c.name for c in tasks.open(query).form.controls}
        assert {"_row.0.note", "_row.0.done"} <= names
        assert "_row.0.hours" not in names


def test_paging_keeps_the_columns_and_the_order(tasks):
    page = tasks.open("_edit=note&limit=2&order=title.desc")
    assert [c.value for c in page.form.controls
            if c.name.endswith("._label")] == ["Task 4", "Task 3"]
    got = tasks.browser.send(page.form, page.form.press("Save and next page"))
    assert got.status == 303
    page = plain(tasks.browser.open(got.headers["Location"]))
    assert [c.value for c in page.form.controls
            if c.name.endswith("._label")] == ["Task 2", "Task 1"]
    page.form.fill(row(page, "Task 2") + "note", "new")
    location = tasks.submit(page.form)
    assert "_edit" not in location and "_after=" in location
    assert tasks.told(location) == "Entries saved: 1."
    shown = plain(tasks.browser.open(location))
    assert "Task 2" in shown.text and "Task 3" not in shown.text


def test_going_on_saves_what_was_typed(tasks):
    page = tasks.open("_edit=note&limit=2")
    assert not {"Next", "Previous", "First page"} & {t for _, t in page.links}
    page.form.fill(row(page, "Task 2") + "note", "new")
    got = tasks.browser.send(page.form, page.form.press("Save and next page"))
    assert got.status == 303 and tasks.notes()[2] == "new"
    page = plain(tasks.browser.open(got.headers["Location"]))
    assert "Entries saved: 1." in page.text
    # nothing typed: it only leads there
    got = tasks.browser.send(
        page.form, page.form.press("Save and previous page"))
    page = plain(tasks.browser.open(got.headers["Location"]))
    assert row(page, "Task 1") and "Entries saved" not in page.text
    # what cannot be saved stays
    page.form.fill(row(page, "Task 1") + "note", "mine")
    tasks.ask("UPDATE task SET note = 'theirs' WHERE id = 1")
    got = tasks.browser.send(page.form, page.form.press("Save and next page"))
    assert got.status == 412
    again = Page(got.text)
    assert again.form[row(again, "Task 1") + "note"].value == "mine"


@pytest.mark.parametrize("go", ["x\r\nSet-Cookie: a=b", "//example.org/ x",
                                "_after=1#there", "\u00e4"])
def test_it_goes_nowhere_but_to_the_list(tasks, go):
    page = tasks.open("_edit=note&limit=2")
    got = tasks.browser.send(page.form, [*page.form.entries(), ("_go", go)])
    assert got.status == 303
    assert got.headers["Location"] == "/records/task?limit=2"
    assert "Set-Cookie" not in got.headers


def test_a_draft_of_several_rows_is_taken_up_again(tasks):
    """Nothing is written, and what others did meanwhile is shown."""
    page = tasks.open("_edit=note&limit=3")
    form = page.form
    for label in ("Task 1", "Task 2", "Task 3"):
        form.fill(row(page, label) + "note", "mine")
    tasks.ask("UPDATE task SET note = 'theirs' WHERE id = 2; "
              "DELETE FROM task WHERE id = 3")
    got = tasks.browser.send(form, [*form.entries(), ("_compare", "1")])
    assert got.status == 200
    page = plain(Page(got.text))
    assert "mine" not in tasks.notes().values()
    assert page.form[row(page, "Task 1") + "note"].value == "mine"
    assert "What you typed, to be copied:" in page.text
    page.form.choose(row(page, "Task 2").join(("_choice.", "note")), "mine")
    tasks.submit(page.form)
    assert tasks.notes() == {1: "mine", 2: "mine", 4: "n4"}


@pytest.mark.parametrize("path, query, column", [
    ("/step", "limit=1", "what"), ("/step", "limit=1&order=what.desc", "what"),
    ("/crew", "limit=1", "name"), ("/crew", "limit=1&order=name", "name")])
def test_the_columns_form_keeps_the_place(tasks, path, query, column):
    """A form escapes what a link does not, and white space in another way."""
    tasks.ask("TRUNCATE step; INSERT INTO step VALUES "
              "(1, 'a,b +%20', 'x y'), (1, 'c/d', 'y'), (2, '', 'z')")
    page = plain(tasks.browser.open(
        "%s%s?_tools=&%s" % (tasks.site.base, path, query)))
    page = plain(tasks.browser.open(page.link("Next")))
    form, = [f for f in page.forms if "Edit these" in f.buttons]
    assert "_after" in form
    grid = plain(tasks.browser.open(form.action + "?" + urllib.parse.urlencode(
        list(form.entries()) + [("_edit." + column, "1")])))
    shown = re.findall(r'name="_select.0" value="(.*?)"', page.source)
    assert [c.value for c in grid.form.controls
            if c.name.endswith("._key")] == shown != []


def test_each_control_says_which_row_it_is_of(tasks):
    page = tasks.open("_edit=note,done,crew_id")
    labels = dict(re.findall(
        r'<label class="aloud" for="(\w+)">(.*?)</label>', page.source))
    controls = [c for c in page.form.controls
                if re.match(r"_row\.\d+\.\w+$", c.name)
                and not re.match(r"_row\.\d+\._", c.name)]
    assert len(controls) == 12
    assert {labels[c.attrs["id"]] for c in controls} == {
        "%s, Task %d" % (column, n)
        for column in ("Note", "Done", "Crew") for n in range(1, 5)}


@pytest.mark.parametrize("query, status", [
    ("_edit=nope", 400), ("_edit.nope=1", 400), ("_edit.id.x=1", 400), ("_edit=(", 400), ("_edit=version", 403),
    ("_edit=photo", 403)])
def test_columns_that_cannot_be_edited(tasks, query, status):
    page = tasks.browser.open(tasks.site.base + "/task?" + query, status)
    plain(page)


def test_who_may_only_read_gets_no_grid(cgi, ini, tasks):
    config = ini(tasks.name, "anonymous = read\n[table task]\n")
    got = cgi(config, "GET", "/records/task?_edit=note",
              {"Accept": "text/html"})
    assert got.status == 403
    for query in "", "?_tools=":
        got = cgi(config, "GET", "/records/task" + query,
                  {"Accept": "text/html"})
        assert got.status == 200 and "_edit" not in got.text
        assert "_select" not in got.text and "Edit in place" not in got.text


# Saving

def test_only_touched_values_of_touched_rows_are_written(tasks):
    before = tasks.states()
    page = tasks.open()
    page.form.fill(row(page, "Task 2") + "note", "two")
    page.form.fill(row(page, "Task 3") + "hours", "7.5")
    tasks.ask("UPDATE task SET title = 'Renamed' WHERE id = 4")
    location = tasks.submit(page.form)
    assert tasks.told(location) == "Entries saved: 2."
    after = tasks.states()
    assert after[1] == before[1] and after[2] != before[2]
    assert tasks.ask("SELECT id, title, note, hours FROM task ORDER BY id") == [
        (1, "Task 1", "n1", 1), (2, "Task 2", "two", 2),
        (3, "Task 3", "n3", 7.5), (4, "Renamed", "n4", 4)]


def test_nothing_touched_nothing_written(tasks):
    before = tasks.states()
    location = tasks.submit(tasks.open(
        "_edit=id,title,note,hours,done,crew_id,place_id,code").form)
    assert tasks.told(location) is None
    assert tasks.states() == before


def test_empty_and_missing_are_told_apart(tasks):
    tasks.ask("UPDATE task SET note = '' WHERE id = 1;"
              "UPDATE task SET note = NULL WHERE id = 2")
    page = tasks.open("_edit=note")
    assert page.form[part("null", row(page, "Task 2") + "note")].checked
    assert tasks.told(tasks.submit(page.form)) is None
    page.form.fill(part("null", row(page, "Task 1") + "note"), True)
    page.form.fill(part("null", row(page, "Task 2") + "note"), False)
    page.form["_submission"].value = "0" * 32
    tasks.submit(page.form)
    assert tasks.notes() == {1: None, 2: "", 3: "n3", 4: "n4"}


def test_keys_of_several_parts_and_any_text(tasks):
    tasks.ask("TRUNCATE step; INSERT INTO step VALUES "
              "(1, 'a,b', 'x'), (1, 'c/d', 'y'), (2, '', 'z')")
    page = tasks.open("_edit=what", "/step")
    for n in range(3):
        page.form.fill("_row.%d.what" % n, "w%d" % n)
    tasks.submit(page.form)
    assert tasks.ask("SELECT at, what FROM step ORDER BY task_id, at") == [
        ("a,b", "w0"), ("c/d", "w1"), ("", "w2")]


# Somebody saved meanwhile

def stale(tasks, mode, query="_edit=note,hours"):
    """Three rows typed in, one of which somebody else has changed, too."""
    page = tasks.open(query)
    for n in (1, 2, 3):
        page.form.fill(row(page, "Task %d" % n) + "note", "mine %d" % n)
    if mode:
        page.form.choose("_mode", mode)
    tasks.ask("UPDATE task SET note = 'theirs', hours = 9 WHERE id = 2")
    return tasks.submit(page.form, 412)


@pytest.mark.parametrize("mode", [None, "all"])
def test_all_or_nothing_is_the_default(tasks, mode):
    page = stale(tasks, mode)
    assert tasks.notes() == {1: "n1", 2: "theirs", 3: "n3", 4: "n4"}
    assert "Nothing has been saved yet." in said(page)
    assert "Entries that somebody has changed meanwhile: 1." in said(page)
    # all three are asked for again, with what was typed
    for n in (1, 2, 3):
        assert page.form[row(page, "Task %d" % n)
                         + "note"].value == "mine %d" % n
    assert "Task 4" not in page.text
    assert page.form.chosen("_mode") == "all"


def test_the_others_are_saved_where_one_chooses_so(tasks):
    page = stale(tasks, "each")
    assert tasks.notes() == {1: "mine 1", 2: "theirs", 3: "mine 3", 4: "n4"}
    assert "Entries saved: 2." in said(page)
    assert "Task 1" not in page.text and "Task 3" not in page.text
    assert page.form.chosen("_mode") == "each"


@pytest.mark.parametrize("mode", ["all", "each"])
@pytest.mark.parametrize("choice, wanted", [("mine", "mine 2"),
                                            ("theirs", "theirs")])
def test_a_dispute_is_decided(tasks, mode, choice, wanted):
    page = stale(tasks, mode)
    field = row(page, "Task 2") + "note"
    assert page.form.chosen(part("choice", field)) is None
    assert "Now saved: theirs" in page.text and "Before: n2" in page.text
    # what only they changed is taken over
    assert page.form[row(page, "Task 2") + "hours"].value == "9.00"
    page.form.choose(part("choice", field), choice)
    tasks.told(tasks.submit(page.form))
    assert tasks.ask("SELECT note, hours FROM task WHERE id = 2") == [
        (wanted, 9)]
    assert tasks.notes()[1] == "mine 1" and tasks.notes()[3] == "mine 3"


@pytest.mark.parametrize("mode", ["all", "each"])
def test_nothing_is_decided_by_silence(tasks, mode):
    page = stale(tasks, mode)
    again = tasks.submit(page.form, 412)
    assert tasks.notes()[2] == "theirs"
    field = row(again, "Task 2") + "note"
    assert again.form[field].value == "mine 2"
    assert "Please choose what counts." in again.text
    assert "Before: n2" in again.text
    again.form.choose(part("choice", field), "mine")
    tasks.submit(again.form)
    assert tasks.notes()[2] == "mine 2"


def test_theirs_chosen_and_mine_edited_is_asked_again(tasks):
    page = stale(tasks, "each")
    field = row(page, "Task 2") + "note"
    page.form.choose(part("choice", field), "theirs")
    page.form.fill(field, "mine, better")
    again = tasks.submit(page.form, 412)
    assert tasks.notes()[2] == "theirs"
    assert again.form[row(again, "Task 2") + "note"].value == "mine, better"


def test_a_third_writer_makes_a_second_page(tasks):
    page = stale(tasks, "all")
    page.form.choose(part("choice", row(page, "Task 2") + "note"), "mine")
    tasks.ask("UPDATE task SET note = 'third' WHERE id = 2;"
              "UPDATE task SET hours = 8 WHERE id = 3")
    page = tasks.submit(page.form, 412)
    assert tasks.notes() == {1: "n1", 2: "third", 3: "n3", 4: "n4"}
    assert "Entries that somebody has changed meanwhile: 2." in said(page)
    field = row(page, "Task 2") + "note"
    assert page.form[field].value == "mine 2"
    assert page.form.chosen(part("choice", field)) is None
    page.form.choose(part("choice", field), "mine")
    tasks.submit(page.form)
    assert tasks.ask("SELECT note, hours FROM task WHERE id < 4 ORDER BY id"
                     ) == [("mine 1", 1), ("mine 2", 9), ("mine 3", 8)]


def test_a_text_of_several_lines_is_decided_like_any_other(tasks):
    """What is not chosen yet is asked for there, what is chosen stays."""
    page = tasks.open("_edit=note,code")
    field = row(page, "Task 1")
    page.form.fill(field + "note", "my\nnote")
    page.form.fill(field + "code", "my\ncode")
    tasks.ask("UPDATE task SET note = E'their\nnote', code = E'their\ncode' "
              "WHERE id = 1")
    page = tasks.submit(page.form, 412)
    page.form.choose(part("choice", field + "note"), "mine")
    page = tasks.submit(page.form, 412)
    assert page.text.count("Please choose what counts.") == 1
    assert page.form.chosen(part("choice", field + "note")) == "mine"
    assert page.form.chosen(part("choice", field + "code")) is None
    page.form.choose(part("choice", field + "code"), "theirs")
    tasks.submit(page.form)
    assert tasks.ask("SELECT note, code FROM task WHERE id = 1") == [
        ("my\nnote", "their\ncode")]


def test_a_dispute_that_is_still_open_outlives_a_third_writer(tasks):
    """What a third one saves elsewhere in the row decides nothing."""
    page = stale(tasks, "each")
    tasks.ask("UPDATE task SET hours = 1.5 WHERE id = 2")
    again = tasks.submit(page.form, 412)
    field = row(again, "Task 2") + "note"
    assert again.form[row(again, "Task 2") + "hours"].value == "1.50"
    assert again.form.chosen(part("choice", field)) is None
    tasks.submit(again.form, 412)
    assert tasks.notes()[2] == "theirs"


def test_different_columns_of_one_row_are_put_together(tasks):
    page = tasks.open()
    page.form.fill(row(page, "Task 2") + "note", "mine")
    tasks.ask("UPDATE task SET hours = 9 WHERE id = 2")
    page = tasks.submit(page.form, 412)
    assert tasks.notes()[2] == "n2"
    assert page.form[row(page, "Task 2") + "hours"].value == "9.00"
    tasks.submit(page.form)
    assert tasks.ask("SELECT note, hours FROM task WHERE id = 2") == [
        ("mine", 9)]


def test_the_same_change_by_both_is_none_left(tasks):
    page = tasks.open()
    page.form.fill(row(page, "Task 2") + "note", "same")
    tasks.ask("UPDATE task SET note = 'same' WHERE id = 2")
    assert tasks.told(tasks.submit(page.form)) == "Entries saved: 1."
    assert tasks.notes()[2] == "same"


def test_where_people_count_the_same_change_by_both_is_two(tasks):
    tasks.ask("TRUNCATE tally; INSERT INTO tally VALUES (1, 5)")
    page = tasks.open("_edit=n", "/tally")
    page.form.fill("_row.0.n", "6")
    tasks.ask("UPDATE tally SET n = 6")
    page = tasks.submit(page.form, 412)
    assert page.form["_row.0.n"].value == "6"


@pytest.mark.parametrize("mode", ["all", "each"])
def test_a_deleted_row_s_text_is_kept_to_be_copied(tasks, mode):
    page = tasks.open()
    for n in (1, 2):
        page.form.fill(row(page, "Task %d" % n) + "note", "mine %d" % n)
    page.form.choose("_mode", mode)
    tasks.ask("DELETE FROM task WHERE id = 2")
    page = tasks.submit(page.form, 412)
    assert "Somebody has deleted this entry." in page.text
    assert "mine 2" in page.text and "Task 2" in page.text
    assert not [c for c in page.form.controls if c.value == "mine 2"]
    if mode == "all":
        assert tasks.notes()[1] == "n1"
        tasks.submit(page.form)
    else:
        assert not page.form.buttons
    assert tasks.notes() == {1: "mine 1", 3: "n3", 4: "n4"}


# Refused

@pytest.mark.parametrize("mode", ["all", "each"])
@pytest.mark.parametrize("column, text, why", [
    ("hours", "-1", "rule"), ("hours", "abc", "number"),
    ("code", "c1", "exists"), ("hours", "99999", "")])
def test_a_refusal_stands_beside_its_value(tasks, mode, column, text, why):
    page = tasks.open("_edit=note,hours,code")
    page.form.fill(row(page, "Task 2") + column, text)
    page.form.fill(row(page, "Task 3") + "note", "mine")
    page.form.choose("_mode", mode)
    got = tasks.browser.send(page.form)
    assert got.status in (409, 422), got
    page = plain(Page(got.text))
    control = page.form[row(page, "Task 2") + column]
    assert control.value == text
    assert control.attrs["aria-invalid"] == "true"
    assert "autofocus" in control.attrs
    assert control.attrs["id"] + "-error" in control.attrs["aria-describedby"]
    assert "Entries that were refused: 1." in said(page)
    assert tasks.notes()[3] == ("mine" if mode == "each" else "n3")
    page.form.fill(row(page, "Task 2") + column, "5")
    tasks.submit(page.form)
    assert tasks.notes()[3] == "mine"


def test_a_number_that_can_mean_two_things_is_asked_back(tasks):
    german = Browser(tasks.site, {"Accept-Language": "de"})
    page = german.open(tasks.site.base + "/task?_edit=hours")
    page.form.fill("_row.0.hours", "1.234")
    page = german.submit(page.form, 422)
    assert page.form["_row.0.hours"].value == "1.234"
    page.form.fill("_row.0.hours", "1,25")
    german.submit(page.form)
    german.close()
    assert tasks.ask("SELECT hours FROM task WHERE id = 1") == [(1.25,)]


def test_stale_and_refused_at_once(tasks):
    page = tasks.open()
    page.form.fill(row(page, "Task 1") + "hours", "-1")
    page.form.fill(row(page, "Task 2") + "note", "mine")
    page.form.choose("_mode", "each")
    tasks.ask("UPDATE task SET note = 'theirs' WHERE id = 2")
    page = tasks.submit(page.form, 412)
    assert "changed meanwhile: 1." in said(page)
    assert "refused: 1." in said(page)


# Delivered twice

@pytest.mark.parametrize("mode", ["all", "each"])
def test_a_form_delivered_twice_is_carried_out_once(tasks, mode):
    page = tasks.open()
    for n in (1, 2):
        page.form.fill(row(page, "Task %d" % n) + "note", "mine")
    page.form.choose("_mode", mode)
    first = tasks.submit(page.form)
    states = tasks.states()
    assert tasks.submit(page.form) == first
    # even where somebody has written since
    tasks.ask("UPDATE task SET note = 'later' WHERE id = 1")
    assert tasks.submit(page.form) == first
    assert tasks.notes()[1] == "later" and tasks.states()[2] == states[2]


@pytest.mark.parametrize("mode", ["all", "each"])
def test_the_same_form_with_other_content_is_not_the_same(tasks, mode):
    """Back, another change, Save: nothing is taken for saved that is not."""
    page = tasks.open()
    page.form.fill(row(page, "Task 1") + "note", "first")
    page.form.choose("_mode", mode)
    tasks.submit(page.form)
    page.form.fill(row(page, "Task 1") + "note", "second")
    got = tasks.browser.send(page.form)
    assert got.status >= 400 and "second" in got.text
    assert tasks.notes()[1] == "first"


# Other entries

def test_a_reference_is_chosen_and_searched_for(tasks):
    page = tasks.open("_edit=crew_id,place_id")
    page.form.fill(row(page, "Task 1") + "crew_id", "3")
    field = row(page, "Task 2") + "place_id"
    page.form.fill(part("query", field), "Place 25")
    page.form.fill(row(page, "Task 3") + "place_id", "7")
    entries = list(page.form.entries()) + [(part("search", field), "1")]
    got = tasks.browser.send(page.form, entries)
    page = plain(Page(got.text))
    assert got.status == 200 and tasks.ask(
        "SELECT count(*) FROM task WHERE place_id IS NOT NULL") == [(0,)]
    assert page.form[row(page, "Task 1") + "crew_id"].value == "3"
    assert page.form[row(page, "Task 3") + "place_id"].value == "7"
    control = page.form[row(page, "Task 2") + "place_id"]
    assert "250" in control.options
    page.form.fill(control.name, "250")
    assert tasks.told(tasks.submit(page.form)) == "Entries saved: 3."
    assert tasks.ask("SELECT crew_id, place_id FROM task WHERE id < 4 "
                     "ORDER BY id") == [(3, None), (3, 250), (1, 7)]


def test_a_search_decides_no_dispute(tasks):
    page = stale(tasks, "all", "_edit=note,place_id")
    field = row(page, "Task 1") + "place_id"
    page.form.fill(part("query", field), "Place 25")
    entries = list(page.form.entries()) + [(part("search", field), "1")]
    got = tasks.browser.send(page.form, entries)
    page = plain(Page(got.text))
    note = row(page, "Task 2") + "note"
    assert page.form.chosen(part("choice", note)) is None
    assert "Now saved: theirs" in page.text
    tasks.submit(page.form, 412)
    assert tasks.notes()[2] == "theirs"


# What else may come

def test_a_form_from_elsewhere_is_refused(tasks):
    page = tasks.open()
    page.form.fill(row(page, "Task 1") + "note", "mine")
    page.form["_token"].value = "x"
    got = tasks.browser.send(page.form, **{"Sec-Fetch-Site": "cross-site"})
    assert got.status == 403 and tasks.notes()[1] == "n1"


@pytest.mark.parametrize("name, value", [
    ("_rows", "x"), ("_rows", "-1"), ("_rows", "99999999"),
    ("_row.0._key", "1,2"), ("_row.0._key", "%zz"), ("_submission", "x")])
def test_a_form_that_is_none(tasks, name, value):
    page = tasks.open()
    page.form.fill(row(page, "Task 1") + "note", "mine")
    page.form[name].value = value
    assert tasks.browser.send(page.form).status == 400
    assert tasks.notes()[1] == "n1"


@pytest.mark.parametrize("mode", ["all", "each"])
@pytest.mark.parametrize("state", ["", "v1", "*", '"', "nonsense x"])
def test_a_row_without_its_state_is_not_written(tasks, mode, state):
    page = tasks.open()
    page.form.fill(row(page, "Task 1") + "note", "mine")
    page.form["_row.0._etag"].value = state
    page.form.choose("_mode", mode)
    tasks.submit(page.form, 412)
    assert tasks.notes()[1] == "n1"


def test_a_condition_that_no_page_sends(tasks):
    page = tasks.open()
    page.form.fill(row(page, "Task 1") + "note", "mine")
    assert tasks.browser.send(page.form, If_Match='"v1-j"').status == 412
    assert tasks.notes()[1] == "n1"


# Put together at once

def merging(tasks, query="_edit=note,hours&limit=3"):
    return tasks.open(query, "/merging")


@pytest.mark.parametrize("mode", ["all", "each"])
def test_what_fits_together_is_merged_at_once_and_told(tasks, mode):
    page = merging(tasks)
    form = page.form
    for label in ("Task 1", "Task 2"):
        form.fill(row(page, label) + "note", "mine " + label)
    form.choose("_mode", mode)
    tasks.ask("UPDATE merging SET hours = 9 WHERE id = 2")
    location = tasks.submit(form)
    assert tasks.told(location) == (
        "Entries saved: 2. Somebody else had changed some of them meanwhile, "
        "too (1); both are kept.")
    assert tasks.ask("SELECT id, note, hours::int FROM merging WHERE id < 4 "
                     "ORDER BY id") == [
        (1, "mine Task 1", 1), (2, "mine Task 2", 9), (3, "n3", 3)]


def test_a_dispute_beside_what_fits_together_is_asked_about(tasks):
    page = merging(tasks)
    form = page.form
    for label in ("Task 1", "Task 2"):
        form.fill(row(page, label) + "note", "mine " + label)
    tasks.ask("UPDATE merging SET hours = 9 WHERE id = 1; "
              "UPDATE merging SET note = 'theirs' WHERE id = 2")
    page = tasks.submit(form, 412)
    assert tasks.ask("SELECT count(*) FROM merging WHERE note ~ 'mine'") == [
        (0,)]
    page.form.choose(row(page, "Task 2").join(("_choice.", "note")), "mine")
    page.form.choose("_mode", "each")
    tasks.submit(page.form)
    assert tasks.ask("SELECT note, hours::int FROM merging WHERE id < 3 "
                     "ORDER BY id") == [("mine Task 1", 9), ("mine Task 2", 2)]


def test_each_by_itself_merges_what_fits_and_asks_about_the_rest(tasks):
    page = merging(tasks)
    form = page.form
    for label in ("Task 1", "Task 2"):
        form.fill(row(page, label) + "note", "mine " + label)
    form.choose("_mode", "each")
    tasks.ask("UPDATE merging SET hours = 9 WHERE id = 1; "
              "UPDATE merging SET note = 'theirs' WHERE id = 2")
    page = tasks.submit(form, 412)
    assert "Entries saved: 1." in said(page)
    assert tasks.ask("SELECT note, hours::int FROM merging WHERE id < 3 "
                     "ORDER BY id") == [("mine Task 1", 9), ("theirs", 2)]


def test_merged_at_once_and_refused_keeps_all_that_was_typed(tasks):
    page = merging(tasks)
    form = page.form
    form.fill(row(page, "Task 1") + "note", "mine")
    form.fill(row(page, "Task 2") + "hours", "-1")
    tasks.ask("UPDATE merging SET note = 'theirs' WHERE id = 2")
    page = tasks.submit(form, 422)
    assert tasks.ask("SELECT note, hours::int FROM merging WHERE id < 3 "
                     "ORDER BY id") == [("n1", 1), ("theirs", 2)]
    assert page.form[row(page, "Task 1") + "note"].value == "mine"
    assert page.form[row(page, "Task 2") + "note"].value == "theirs"
    assert page.form[row(page, "Task 2") + "hours"].value == "-1"
    # what came from the other side has become its base
    page.form.fill(row(page, "Task 2") + "hours", "5")
    tasks.submit(page.form)
    assert tasks.ask("SELECT note, hours::int FROM merging WHERE id < 3 "
                     "ORDER BY id") == [("mine", 1), ("theirs", 5)]
