"""A form field whose text is still what it was rendered with was not touched,
and is never written, whatever the row holds by now."""
import pytest

from guard_cases import ALL, state


@pytest.fixture(name="web", scope="module")
def web_fixture(guard_web):
    return guard_web


def save(web, path, tag, **fields):
    """Sends FIELD=(text, what it was) under the state of this tag."""
    parts = {"_etag": (None, state(tag))}
    for name, (text, was) in fields.items():
        parts[name] = (None, text)
        parts["_was." + name] = (None, was)
    return web.post(path, files=parts,
                    headers={"Sec-Fetch-Site": "same-origin"})


@pytest.mark.parametrize("text, was", [
    ("old", "old"), ("", ""), ("two\r\nlines", "two\r\nlines"),
    ("two\r\nlines", "two\nlines"), (" spaced ", " spaced ")])
def test_untouched_field_is_never_written(web, rows, text, was):
    n, path = rows.make(ALL["kept"], "theirs")
    tag = web.get(path).headers["ETag"]
    assert save(web, path, tag, name=(text, was)).status_code == 303
    assert rows.run("SELECT name FROM kept WHERE id = %d" % n) == [
        ("theirs",)]
    assert web.get(path).headers["ETag"] == tag


def test_touched_field_is_written_alone(web, rows):
    n, path = rows.make(ALL["documents"], "theirs")
    rows.run("UPDATE documents SET doc = '[1]' WHERE id = %d" % n)
    tag = web.get(path).headers["ETag"]
    assert save(web, path, tag, name=("old", "old"), doc=("[0]", "[0]"),
                more=("[2]", "")).status_code == 303
    assert rows.run("SELECT name, doc::text, more::text FROM documents "
                    "WHERE id = %d" % n) == [("theirs", "[1]", "[2]")]
