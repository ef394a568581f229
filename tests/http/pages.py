"""What the tests of pages share."""
import html
import re

OPEN = "anonymous = write\nsecret = 0123456789abcdef0123456789abcdef\n"
# No page says these to people.
FORBIDDEN = re.compile(
    r"\b(e-?tags?|preconditions?|4\d\d|5\d\d|sql|postgres\w*|constraints?|null|"
    r"xmin|ifmatch|if-match|http)\b", re.I)
SECURITY = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


def plain(page):
    """The page speaks to people, and carries neither style nor script of its
    own: both are files of the site."""
    # who saved a row may be one of the harness's roles
    text = re.sub(r"\w+ saved( (this|such an) entry| it|$)|\d by \w+", "",
                  page.text, flags=re.M)
    found = FORBIDDEN.search(text)
    assert not found, (found, page.text)
    for tag, attrs in page.tags:
        assert tag not in ("style", "iframe", "object", "base"), tag
        if tag == "script":
            assert set(attrs) == {"src", "defer"}, attrs
            assert re.match(r"/[^/].*/-/\w+\.js$|/-/\w+\.js$", attrs["src"])
        assert not [a for a in attrs if a == "style" or a.startswith("on")], (
            tag, attrs)
        assert not attrs.get("href", "").startswith(("javascript:", "http"))
    assert len([t for t, _ in page.tags if t == "h1"]) == 1
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids)), ids
    for _, attrs in page.tags:
        for name in ("for", "aria-describedby"):
            assert set(attrs.get(name, "").split()) <= set(ids), attrs
    return page


def secure(headers):
    """The security headers that every reply has."""
    for name, value in SECURITY.items():
        assert headers[name] == value, (name, headers.items())
    policy = dict((p.strip().split(" ", 1) + [""])[:2] for p in
                  headers["Content-Security-Policy"].split(";") if p.strip())
    assert policy["default-src"] == "'none'"
    assert policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert policy["base-uri"] == "'none'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Cache-Control"]


def part(page, ident):
    """The text of the element with this id, which holds none of its own
    kind."""
    found = re.search(r'<(\w+)[^>]* id="%s"[^>]*>(.*?)</\1>' % ident,
                      page.source, re.S)
    return html.unescape(re.sub("<[^>]+>", "", found.group(2)))


def row(page, label):
    """What the names of the controls begin with that are of the row of this
    label, in a form of several rows."""
    numbers = {c.name.split(".")[1] for c in page.form.controls
               if re.match(r"_row\.\d+\._label$", c.name or "")
               and c.value == label}
    assert len(numbers) == 1, (label, page.text)
    return "_row.%s." % numbers.pop()


def said(page):
    """What the page says of what has become of several rows."""
    found = re.search('<div class="notice" role="alert">(.*?)</div>',
                      page.source, re.S)
    return re.sub(r"<[^>]+>", "", found.group(1)) if found else ""


def offered(page, name):
    """What is saved now, as the choice of a disputed field shows it."""
    return part(page, page.form[name].attrs["id"] + "-theirs")


def disputed(page):
    """The names of the fields that are to be chosen."""
    return [c.name[len("_held."):] for c in page.form.controls
            if c.name.startswith("_held.")] + [
        c.name[len("_mine."):] for c in page.form.controls
        if c.name.startswith("_mine.")]


def beside(page, control):
    """What stands beside a control, by what its describedby refers to:
    {"error": text, "theirs": text, "help": text}"""
    texts = {}
    for part in control.attrs.get("aria-describedby", "").split():
        found = re.search('<p class="(\\w+)" id="%s"[^>]*>(.*?)</p>' % part,
                          page.source, re.S)
        if found is None:
            found = re.search(
                '<p class="(\\w+)"[^>]* id="%s"[^>]*>(.*?)</p>' % part,
                page.source, re.S)
        texts[found.group(1)] = re.sub("<[^>]+>", "", found.group(2))
    return texts
