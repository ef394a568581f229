"""Several rows at once in a real browser: every type untouched, and two people
without a script and without a mouse."""
import pytest

from harness.webdriver import next_page
from test_conflict_browser import choose, replace, save, tab_to
from test_grid import INI, SQL, Tasks
from test_untouched_browser import PER_ROW, TYPES, rows, window

__all__ = ["rows", "window"]  # fixtures of the same tables
COLUMNS = {"every": ["c%d" % i for i, t in enumerate(TYPES) if t != "bytea"]
           + ["refers", "changes"],
           "strings": ["s%d" % i for i in range(PER_ROW)] + ["changes"]}


def all_columns(window, path, change=None):
    """Opens all columns of a table in place, from the row of this path on,
    types a text into "changes" of the first one, and saves. Returns how many
    rows there were."""
    chromium = window.chromium
    table, key = path.split("/")
    chromium.open("%s/%s?limit=10&id=gte.%s&_edit=%s" % (
        window.site.url, table, key, ",".join(COLUMNS[table])))
    lang, bad, n = chromium.run(
        """if (arguments[0] !== null)
            document.querySelector('[name="_row.0.changes"]').value =
                arguments[0];
        return [document.documentElement.lang, Array.from(
            document.querySelectorAll('main form :invalid'),
            (e) => e.name + ': ' + e.validationMessage),
            document.querySelectorAll('tbody tr').length];""", change)
    assert lang == window.language and n > 0
    assert not bad, (path, bad)
    with next_page(chromium):
        chromium.run(
            "document.querySelector('main form .actions button').click()")
    assert chromium.run("return document.querySelector("
                        "'[role=alert], .error') === null"), (
        path, chromium.text("main")[:2000])
    return n


def of_table(rows, table):
    paths = [p for p in rows.paths if p.startswith(table + "/")]
    return paths


@pytest.mark.parametrize("table", sorted(COLUMNS))
def test_untouched(rows, window, table):
    paths = of_table(rows, table)
    before = {path: rows.row(path) for path in paths}
    at = 0
    while at < len(paths):
        at += all_columns(window, paths[at])
        assert not window.chromium.find(".note")
    assert {path: rows.row(path) for path in paths} == before


@pytest.mark.parametrize("table", sorted(COLUMNS))
def test_one_value_alone(rows, window, table):
    paths = of_table(rows, table)[:10]
    before = {path: rows.row(path) for path in paths}
    new = "b" if before[paths[0]][2] == "a" else "a"
    all_columns(window, paths[0], new)
    assert window.chromium.text(".note") in (
        "Entries saved: 1.", "Gespeicherte Eintr\u00e4ge: 1.")
    for path in paths:
        after = rows.row(path)
        assert after[1] == before[path][1], path
        if path == paths[0]:
            assert after[0] != before[path][0] and after[2] == new
        else:
            assert after == before[path]


@pytest.fixture(name="tasks", scope="module")
def tasks_fixture(module_desk):
    tasks = module_desk(SQL, INI, Tasks)
    tasks.ask("INSERT INTO task (id, title, note, hours) SELECT g, 'Task ' "
              "|| g, 'n' || g, g FROM generate_series(1, 3) AS g")
    return tasks


def enter(keyboard, selector):
    """Tabs on to it, and presses Enter."""
    for _ in range(60):
        keyboard.press("Tab")
        if keyboard.find(selector + ":focus"):
            keyboard.press("Enter")
            return
    raise AssertionError("%s cannot be reached" % selector)


def test_two_people_by_keyboard_without_scripts(keyboard, tasks):
    keyboard.open(tasks.site.url + "/task")
    with next_page(keyboard):
        enter(keyboard, ".finder > p a")
    enter(keyboard, "details:has([name^='_edit.']) > summary")
    tab_to(keyboard, "_edit.hours")
    keyboard.press(" ")  # not the hours, then
    save(keyboard)
    assert keyboard.text("h1") == "Edit: Task"
    assert not keyboard.find("[name='_row.0.hours']")
    for n in range(3):
        replace(keyboard, "_row.%d.note" % n, "mine %d" % n)
    tasks.ask("SELECT set_config('ifmatch.person', 'Anna', false); UPDATE task "
              "SET note = 'theirs' WHERE id = 2")
    save(keyboard)
    assert keyboard.text("h1") == "Not everything is saved yet"
    assert "Anna saved this entry" in keyboard.text("#r1 .fate")
    assert tasks.notes() == {1: "n1", 2: "theirs", 3: "n3"}
    # the browser itself asks for a choice
    save(keyboard, stays=True)
    assert keyboard.focused("name") == "_choice._row.1.note"
    keyboard.press("Tab")
    choose(keyboard, "_choice._row.1.note", 1)
    save(keyboard)
    assert keyboard.text(".note") == "Entries saved: 3."
    assert tasks.notes() == {1: "mine 0", 2: "mine 1", 3: "mine 2"}


def test_rows_are_deleted_by_keyboard_without_scripts(keyboard, tasks):
    keyboard.open(tasks.site.url + "/task")
    tab_to(keyboard, "_select.1", "2")
    keyboard.press(" ")
    save(keyboard)
    assert keyboard.text("h1") == "Delete these entries?"
    tasks.ask("UPDATE task SET note = 'theirs' WHERE id = 2")
    save(keyboard)
    assert "Look at it again" in keyboard.text("#r0 .fate")
    tab_to(keyboard, "_row.0._on")
    keyboard.press(" ")
    save(keyboard)
    assert keyboard.text(".note") == "Entries deleted: 1."
    assert sorted(tasks.notes()) == [1, 3]


@pytest.mark.parametrize("query", ["_edit=note,hours,done,crew_id", ""])
def test_on_a_phone_nothing_scrolls_sideways(window, tasks, query):
    window.chromium.device(360, 640)
    window.chromium.open(tasks.site.url + "/task?" + query)
    assert window.chromium.run(
        "return document.documentElement.scrollWidth") <= 360
    small = window.chromium.run(
        """return [...document.querySelectorAll('main form :is(input, select,'
            + 'textarea, button):not([type=hidden], .aloud)')].filter(
            (e) => e.getClientRects().length && !/checkbox|radio/.test(e.type)
            && e.getBoundingClientRect().height < 44).map((e) => e.name)""")
    assert not small
    window.chromium.device(1280, 800)
