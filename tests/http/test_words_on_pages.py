"""What pages say, kind by kind, in both languages: words for people, labels
where the database has some, nothing in the other language."""
import os
import re

import pytest

from harness.browser import Page
from harness.gallery import Gallery, prepare
from harness.process import ROOT, read_text

FORBIDDEN = re.compile(
    r"\b(e-?tags?|preconditions?|412|p?sql(?:state)?|postgres\w*|constraints?|"
    r"null|xmin|ifmatch|if-match|if-none-match)\b", re.I)
# Where a name or a text of the page can be seen or heard.
SPOKEN = ("alt", "aria-label", "aria-description", "content", "data-label",
          "label", "placeholder", "title")
WORD = re.compile(r'^WORD\((\w+),\s*"((?:[^"\\]|\\.)*)",'
                  r'\s*"((?:[^"\\]|\\.)*)"\)$', re.M)


@pytest.fixture(scope="module", params=["en", "de"])
def gallery(request, cluster, demo_template, module_site):
    name = cluster.createdb(template=demo_template)
    prepare(cluster, name)
    gallery = Gallery(cluster, name, lambda ini: module_site(name, ini),
                      request.param)
    yield gallery
    gallery.close()


def said(answer):
    """All that a page says, by texts and by attributes that are shown or read
    aloud; but for what stands in controls: the data speak for themselves."""
    page = Page(answer.text)
    texts = [page.text]
    texts += [attrs[name] for _, attrs in page.tags for name in SPOKEN
              if name in attrs]
    return "\n".join(texts)


def words():
    """[(English, German)] of all texts, as C has them."""
    found = WORD.findall(read_text(os.path.join(ROOT, "lib/base/words.def")))
    assert len(found) > 100
    return [tuple(t.replace('\\"', '"') for t in pair)
            for _, *pair in found]


def test_pages_speak_to_people(gallery):
    for name, answer in gallery.pages.items():
        # these speak to whoever runs the site
        if name in ("check", "first-table-made"):
            continue
        found = FORBIDDEN.search(said(answer))
        assert not found, (name, found)


def test_a_comment_that_is_a_label_stands_for_the_name(gallery):
    names = ["guest_name", "arrives_on", "Guest name", "Arrives on"]
    seen = ""
    for name, answer in gallery.pages.items():
        text = said(answer)
        seen += text
        for each in names:
            assert not re.search(r"\b%s\b" % each, text), (name, each)
    for each in ("Guests", "People who stay for a night or two.",
                 "Name of the guest", "Day of arrival", "Not on Mondays."):
        assert each in seen, each


def test_names_without_a_label_are_made_readable(gallery):
    """No name of a column or table with a '_' in it is shown as it is."""
    names = {n for n, in gallery.cluster.query(gallery.dbname, """
        SELECT attname FROM pg_attribute JOIN pg_class ON oid = attrelid
        WHERE relnamespace = 'public'::regnamespace AND attnum > 0
            AND strpos(attname, '_') > 0
        UNION SELECT relname FROM pg_class
        WHERE relnamespace = 'public'::regnamespace
            AND strpos(relname, '_') > 0""")}
    # what boats have with them is an object with names of its own
    names -= {"life_jackets"}
    assert {"boat_id", "invited_by", "outing_crew"} <= names
    for name, answer in gallery.pages.items():
        if name in ("read-only", "list-of-statistics"):
            continue
        shown = set(re.findall(r"\w+", said(answer)))
        assert not shown & names, (name, shown & names)


def test_nothing_is_said_in_the_other_language(gallery):
    mine = 0 if gallery.language == "en" else 1
    # what the sample itself says is said in English
    sample = "\n".join(text for text, in gallery.cluster.query(
        gallery.dbname, "SELECT description FROM pg_description"))
    foreign = [pair[1 - mine] for pair in words()
               if pair[0] != pair[1] and "%" not in pair[1 - mine]
               and len(pair[1 - mine]) > 9 and pair[1 - mine] not in sample]
    assert len(foreign) > 100
    for name, answer in gallery.pages.items():
        text = said(answer)
        found = [each for each in foreign
                 if re.search(r"(?<!\w)%s(?!\w)" % re.escape(each), text)]
        assert not found, (name, found)
        assert '<html lang="%s">' % gallery.language in answer.text
        assert "Accept-Language" in answer.headers["Vary"]


def test_every_page_says_where_one_is(gallery):
    """A title of its own, the site's, and one heading that says the same."""
    for name, answer in gallery.pages.items():
        page = Page(answer.text)
        title, heading = page.titles
        assert title.startswith(heading) and heading.strip(), name
        site = "Records" if name == "nothing-on-offer" else (
            "The club by the millpond")
        assert title == "%s \u2013 %s" % (heading, site), name
