"""People are shown by the names that they go by; tables and programs keep the
names of their accounts."""
import re

import pytest

from accounts import INI, PASSWORDS, TABLES


@pytest.fixture(name="there", scope="module")
def there_fixture(account_site):
    there = account_site(INI + TABLES, workers=2)
    for who in PASSWORDS:
        there.add(who)
    return there


@pytest.fixture(name="people")
def people_fixture(there, persons):
    there.forget_attempts()
    there.renew_notes()
    for name in PASSWORDS:
        there.set(name, display_name=None)
    return [persons(name) for name in PASSWORDS]


def save(there, someone, title):
    form = someone.page("/note/1").form
    form.fill("title", title)
    someone.submit(form)
    assert there.row()[::3] == (title, "anna" if title == "hers" else "bert")


def test_pages_say_who_it_was_as_people_know_them(there, people):
    anna, bert = people
    there.set("anna", display_name="Änne <b>")
    old = bert.page("/note/1").form
    save(there, anna, "hers")
    page = bert.page("/note/1")
    assert re.search(r"Last changed [-0-9: ]+ by Änne <b>", page.text)
    # every time anew: no process says an old name
    for name in ("Anna Berg", "Anna Tal", "Anna Hof"):
        there.set("anna", display_name=name)
        for _ in range(4):
            text = bert.page("/note/1").text
            assert "by " + name in text and text.count("by Anna") == 1
    old.fill("title", "his")
    got = bert.send(old)
    assert got.status == 412 and "Anna Hof" in got.text
    assert "anna" not in re.sub(r"<[^>]*>", "", got.text)
    there.set("anna", display_name=None)
    assert "by anna" in bert.page("/note/1").text


def test_programs_get_the_account_s_name(there, people):
    anna, bert = people
    there.set("anna", display_name="Anna Berg")
    save(there, anna, "hers")
    got = bert.request("GET", "/records/note/1")
    assert '"updated_by":"anna"' in got.text and "Berg" not in got.text
    got = bert.request("PATCH", "/records/note/1", '{"title": "x"}', **{
        "Content-Type": "application/json", "If-Match": '"v1"'})
    assert got.status == 412 and '"changed_by":"anna"' in got.text
