"""A row of any type and any text, opened in a real browser and saved as it is,
is not written; with one field changed, that field alone is."""
import glob
import json
import os
import random
import re

import pytest

from harness.webdriver import Chromium, next_page
from pages import OPEN

# The server's zone is another one than the site's.
ZONES = {"en": "UTC", "de": "Europe/Berlin"}
SEED = 20261025

DATES = ["2024-02-29", "0001-01-01", "9999-12-31", "10000-01-01", "infinity",
         "-infinity", "0044-03-15 BC", "2026-10-25", "4713-01-01 BC"]
TIMES = ["00:00:00", "10:00:00", "10:00:01", "23:59:59.999", "10:00:00.1",
         "10:00:00.120000", "10:00:00.000001", "24:00:00", "02:30:00"]
# 02:30 twice in Berlin, 02:30 never, and what is near
MOMENTS = ["2026-10-25 00:30:00+00", "2026-10-25 01:30:00+00",
           "2026-10-25 00:59:59.999999+00", "2026-10-25 01:00:00+00",
           "2026-03-29 00:59:59.5+00", "2026-03-29 01:00:00+00", "infinity",
           "-infinity", "1883-11-18 12:00:00+00", "0044-03-15 12:00:00+00 BC",
           "20000-01-01 00:00:00+00", "1970-01-01 00:00:00+00"]
TEXTS = ["", " ", "a", " a ", "a\n", "\na", "\r\na\r\nb", "\ra", "a\tb", "\n",
         "\u2028", "e\u0301", "\U0010ffff", "<b>&amp;\"'", "x" * 3000,
         "\u0416" * 2000, "</textarea>", "1,5", "1.234", "NULL", "\u00a0",
         "#" + "a" * 64, "{}", "\u202eabc", "on", "a\x01b\x1f\x7f", "\ufeff"]


def span(values):
    return lambda r: r.choice(values)


def number(r):
    return r.choice(["0", "-0.5", "1.234", "1234", "1234567.891", "NaN",
                     "%d.%03d" % (r.randrange(-999, 999), r.randrange(1000)),
                     "1" * 40 + "." + "2" * 30, "100000000000000000000"])


def floating(r):
    return r.choice(["NaN", "Infinity", "-Infinity", "-0", "1e300", "1e-7",
                     repr(r.uniform(-1e6, 1e6)), repr(r.random() * 1e20)])


def text(r):
    return r.choice(TEXTS)


def whole(bits):
    return lambda r: str(r.choice([0, 1000, -2 ** bits, 2 ** bits - 1,
                                   r.randrange(-2 ** bits, 2 ** bits)]))


def arrays(r):
    return r.choice(["{}", '{1.5,NULL,"2"}', "{{1,2},{3,4}}", "[2:3]={1,2}"])


def some_bytes(r):
    return "\\x" + bytes(r.randrange(256) for _ in range(
        r.choice([0, 1, 500, 1500]))).hex()


# By type: what makes one of its values as text.
TYPES = {
    "text": text, "varchar(4000)": text,
    "char(9)": span(["", "a", "  a", "1.5"]),
    "name": span(["a", "", " b"]), "int2": whole(15), "int4": whole(31),
    "int8": whole(63), "numeric": number, "numeric(9,3)": span(
        ["0", "1.234", "1234.5", "-99.001", "NaN"]),
    "float4": span(["0.1", "1.234e10", "NaN", "-1.5"]), "float8": floating,
    "money": span(["1234.5", "-0.05", "0", "1234567.89"]),
    "boolean": span(["t", "f"]), "boolean NOT NULL": span(["t", "f"]),
    "date": span(DATES), "time": span(TIMES), "time(0)": span(["10:00:00"]),
    "timetz": lambda r: r.choice(TIMES) + r.choice(["+00", "+02", "-03:30"]),
    "timestamp": lambda r: r.choice(
        ["infinity"] + ["%s %s" % (d, t) for d in DATES[:3] + DATES[7:8]
                        for t in TIMES[:7]]),
    "timestamptz": span(MOMENTS), "interval": span(
        ["1 day", "-1 mons +3 days 04:05:06.7", "00:00:00", "1000 years"]),
    "uuid": lambda r: "%032x" % r.getrandbits(128),
    "json": span(['{"a" : 1.50,  "a":2}', '"x"', "null", "[]", " 1 ",
                  '"\\u0041\\n"', '{\n "b":\t1\n}']),
    "jsonb": span(['{"a": 1.50}', '"x"', "null", "[1, 2]"]),
    "xml": span(["<a/>", "<a>\n b &amp; c</a>", "", "x"]),
    "bytea": some_bytes, "inet": span(["10.1.2.3", "fe80::1/64"]),
    "cidr": span(["10.2.0.0/16"]), "macaddr": span(["08:00:2b:01:02:04"]),
    "macaddr8": span(["08:00:2b:01:02:03:04:05"]),
    "bit(3)": span(["010"]), "varbit": span(["", "10101"]),
    "point": span(["(1,2)", "(0.1,-1e20)"]), "box": span(["(2,2),(0,0)"]),
    "path": span(["[(0,0),(1,1)]"]), "circle": span(["<(1,2),3>"]),
    "tsvector": span(["'a' 'b':2A"]), "tsquery": span(["'a' & !'b'"]),
    "int4range": span(["empty", "[1,5)", "(,)"]), "numrange": span(
        ["[1.5,2.5]", "(,1.234)"]), "tstzrange": lambda r:
    '["%s",)' % r.choice(MOMENTS[:6]),
    "int4multirange": span(["{}", "{[1,2),[5,7)}"]),
    "numeric[]": arrays, "text[]": span(
        ['{a,"b c","",NULL,"NULL"}', '{"x\ny","\\"\\\\"}', "{}"]),
    "mood": span(["sad", "very, \"fine\""]), "mood[]": span(['{sad}']),
    "pair": span(['(1,"a b")', "(,)", '(,"")']), "pair[]": span(
        ['{"(1,a)","(,)"}']), "zip": span(["12345"]),
    "amount": span(["1.5", "1234.567"]), "oid": span(["1", "4294967295"]),
    "pg_lsn": span(["0/1"]), "jsonpath": span(['$."a"']),
    "text CHECK (%s IN ('a', 'b c'))": span(["a", "b c"]),
    "text NOT NULL CHECK (%s IN ('a', '')) ": span(["a", ""]),
    "int CHECK (%s IN (1, 1000))": span(["1", "1000"]),
}
MAKE = """CREATE TYPE mood AS ENUM ('sad', 'very, "fine"');
CREATE TYPE pair AS (a int, b text);
CREATE DOMAIN zip AS text CHECK (VALUE ~ '^[0-9]{5}$');
CREATE DOMAIN amount AS numeric CHECK (VALUE > 0);
CREATE TABLE other (k numeric PRIMARY KEY, name text);
INSERT INTO other VALUES (1.234, 'one'), (1000, '');
CREATE TABLE every (id int PRIMARY KEY, changes text,
    refers numeric REFERENCES other, %s);
SELECT ifmatch.protect('every');
CREATE TABLE strings (id int PRIMARY KEY, changes text, %s);
SELECT ifmatch.protect('strings');
"""
PER_ROW = 24  # strings


def hostile(shared):
    """The public lists of hostile strings, where there are any, and TEXTS."""
    found = list(TEXTS)
    if shared and os.path.exists(shared + "/judges/strings/blns.json"):
        with open(shared + "/judges/strings/blns.json") as f:
            found += json.load(f)
    for path in glob.glob("/usr/share/wfuzz/wordlist/Injections/*.txt"):
        with open(path, encoding="latin-1") as f:
            found += f.read().split("\n")
    return [s for s in dict.fromkeys(found) if "\0" not in s]


class Rows:
    """The rows of both tables, and their images."""

    def __init__(self, cluster, shared):
        self.cluster = cluster
        columns = ["c%d %s" % (i, t % ("c%d" % i) if "%" in t else t)
                   for i, t in enumerate(TYPES)]
        self.name = cluster.makedb(MAKE % (", ".join(columns), ", ".join(
            "s%d text" % i for i in range(PER_ROW))))
        self.texts = hostile(shared)
        self.db = cluster.connect(self.name)
        with self.db.cursor() as cursor:
            cursor.execute("SET TimeZone = 'UTC'; SET lc_monetary = 'C'")
        self.paths = list(self.fill_every(40)) + list(self.fill_strings())

    def ask(self, sql, args=None):
        with self.db.cursor() as cursor:
            cursor.execute(sql, args)
            return cursor.fetchall() if cursor.description else None

    def fill_every(self, n):
        r = random.Random(SEED)
        for i in range(n):
            values = [None if r.random() < .15 and "NOT NULL" not in t
                      else make(r) for t, make in TYPES.items()]
            self.ask("INSERT INTO every VALUES (%s, 'a', %s, " + ", ".join(
                ["%s"] * len(values)) + ")",
                [i, r.choice([None, "1.234", "1000"])] + values)
            yield "every/%d" % i

    def fill_strings(self):
        for i in range(0, len(self.texts), PER_ROW):
            part = self.texts[i:i + PER_ROW]
            part += [None] * (PER_ROW - len(part))
            self.ask("INSERT INTO strings VALUES (%s, 'a', " + ", ".join(
                ["%s"] * PER_ROW) + ")", [i] + part)
            yield "strings/%d" % i

    def row(self, path):
        """(what identifies the row as it is, the text of its other columns,
        the column "changes")"""
        table, key = path.split("/")
        columns = ["c%d" % i for i in range(len(TYPES))] + ["refers"]
        if table == "strings":
            columns = ["s%d" % i for i in range(PER_ROW)]
        return self.ask(
            "SELECT version || ' ' || xmin, ROW(%s)::text, changes FROM %s "
            "WHERE id = %s" % (", ".join(columns), table, key))[0]

    def texts_of(self, path):
        return list(self.ask("SELECT %s FROM strings WHERE id = %s" % (
            ", ".join("s%d" % i for i in range(PER_ROW)),
            path.split("/")[1]))[0])

    def close(self):
        self.db.close()
        self.cluster.dropdb(self.name)


@pytest.fixture(scope="module")
def rows(cluster, shared):
    rows = Rows(cluster, shared)
    yield rows
    rows.close()


@pytest.fixture(scope="module", params=["en", "de"])
def window(request, module_site, rows):
    site = module_site(rows.name, OPEN + "time_zone = %s\n[table every]\n"
                       "[table strings]\n[table other]\n"
                       % ZONES[request.param])
    window = Window(site, request.param)
    yield window
    window.chromium.close()


class Window:
    def __init__(self, site, language):
        self.site, self.language = site, language
        self.chromium = Chromium(language)

    def save(self, path, change=None, fields=()):
        """Opens a row's form, types a text into the field "changes", and those
        of fields into theirs, sends it as the button does."""
        self.chromium.open("%s/%s" % (self.site.url, path))
        lang, bad = self.chromium.run(
            """if (arguments[0] !== null)
                document.querySelector('[name=changes]').value = arguments[0];
            for (const [name, text] of Object.entries(arguments[1]))
                document.querySelector(`[name=${name}]`).value = text;
            return [document.documentElement.lang, Array.from(
                document.querySelectorAll('main form :invalid'),
                (e) => e.name + ': ' + e.validationMessage)];""",
            change, dict(fields))
        assert lang == self.language
        assert not bad, (path, bad)
        with next_page(self.chromium):
            self.chromium.run(
                "document.querySelector('main form .actions button').click()")
        assert self.chromium.run("return document.querySelector("
                                 "'[role=alert], .error') === null"), (
            path, self.chromium.text("main")[:2000])


def test_untouched(rows, window):
    assert len(rows.paths) > 40
    for path in rows.paths:
        before = rows.row(path)
        window.save(path)
        assert rows.row(path) == before, path


def test_one_field_alone(rows, window):
    for path in rows.paths[::3]:
        before = rows.row(path)
        new = "b" if before[2] == "a" else "a"
        window.save(path, new)
        after = rows.row(path)
        assert after[2] == new
        assert after[1] == before[1], path
        assert after[0] != before[0]


def typed(text):
    """(what somebody types, a text with one more character; what is then to be
    stored). A row keeps its own kind of line breaks."""
    lines = re.sub("\r\n|\r", "\n", text or "") + "\u20ac"
    return lines, (lines.replace("\n", "\r\n") if "\r\n" in (text or "")
                   else lines)


def test_any_text_is_stored_as_it_was_typed(rows, window):
    """Through the browser's own encoding of forms."""
    for path in rows.paths:
        if not path.startswith("strings/"):
            continue
        before = rows.texts_of(path)
        window.save(path, fields={
            "s%d" % i: typed(text)[0] for i, text in enumerate(before)})
        assert rows.texts_of(path) == [typed(t)[1] for t in before], path
        rows.ask("UPDATE strings SET (%s) = ROW(%s) WHERE id = %s" % (
            ", ".join("s%d" % i for i in range(PER_ROW)),
            ", ".join(["%s"] * PER_ROW), path.split("/")[1]), before)


def test_the_hour_that_comes_twice(rows, window):
    """One 02:30 is made the other, by its distance from UTC alone."""
    if window.language != "de":
        shown = ("2026-10-25 00:30:00+00", "2026-10-25 01:30:00+00")
    else:
        shown = ("2026-10-25 02:30:00+02", "2026-10-25 02:30:00+01")
    column = "c%d" % list(TYPES).index("timestamptz")
    rows.ask("UPDATE every SET %s = %%s WHERE id = 0" % column, [shown[0]])
    window.chromium.open(window.site.url + "/every/0")
    assert window.chromium.run("return document.querySelector("
                               "'[name=%s]').value" % column) == shown[0]
    with next_page(window.chromium):
        window.chromium.run(
            "document.querySelector('[name=%s]').value = arguments[0];"
            "document.querySelector('main form .actions button').click()"
            % column, shown[1])
    assert rows.ask("SELECT %s = %%s FROM every WHERE id = 0" % column,
                    [shown[1]]) == [(True,)]
