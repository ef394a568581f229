"""Whole databases behind a site: what their tables hold, seen past the
program, and the addresses of their rows, as the program's lists give them."""
import json
import os

from harness.browser import Browser, Page, bare
from harness.process import ROOT

PINS = """SET DateStyle = 'ISO, MDY'; SET IntervalStyle = 'postgres';
SET TimeZone = 'UTC'; SET extra_float_digits = 1; SET bytea_output = 'hex';
SET lc_monetary = 'C'; SET ROLE ifmatch"""
OPEN = "anonymous = write\nsecret = 0123456789abcdef0123456789abcdef\n"
# schema, configuration, and how many rows of a table are looked at, at most
SOURCES = {
    "demo": ("public", OPEN + """
        [table public.*]
        [table book]
        version_column = version
        [table outing_crew]
        version_column = none
        [table payment]
        version_column = none
        """, 10000, 10000),
    "pagila": ("public", OPEN + """
        [table public.*]
        version_column = none
        """, 200, 40),
    "oddities": ("odd", OPEN + """schema = odd
        [table odd.*]
        version_column = none
        """, 200, 200),
}


def sources():
    """The databases that are at hand: the sample, and others beside it."""
    folder = os.environ.get("IFMATCH_SHARED",
                            os.path.join(os.path.dirname(ROOT), "shared"))
    return ["demo"] + [n for n in ("pagila", "oddities") if os.path.isfile(
        os.path.join(folder, "data", n + ".sql"))]


def unindented(text):
    return "\n".join(line.strip() for line in text.splitlines()) + "\n"


def make_database(cluster, source, shared, demo_template):
    if source == "demo":
        return cluster.createdb(template=demo_template)
    name = cluster.createdb()
    cluster.psql(name, file=os.path.join(shared, "data", source + ".sql"),
                 user="postgres")
    if source == "pagila":
        cluster.query(name, "REFRESH MATERIALIZED VIEW rental_by_category")
    cluster.grant(name, user="postgres", schema=SOURCES[source][0])
    return name


class Whole:
    def __init__(self, source, database, cluster, site):
        self.source, self.database = source, database
        self.schema, _, self.most, self.most_forms = SOURCES[source]
        self.browser = Browser(site)
        self.db = cluster.connect(database)
        self.ask(PINS)
        self._hrefs = {}
        got = self.browser.json(site.base + "/")
        assert got.status == 200, got
        self.tables = json.loads(got.body)["tables"]

    def close(self):
        self.browser.close()
        self.db.close()

    def ask(self, sql, *args):
        with self.db.cursor() as cursor:
            cursor.execute(sql, args or None)
            return cursor.fetchall() if cursor.description else None

    def ident(self, name):
        return self.ask("SELECT format('%%I.%%I', %s, %s)", self.schema,
                        name)[0][0]

    def images(self, name):
        """Every row of a table, with what shows that it was written."""
        ident = self.ident(name)
        kind = self.ask("SELECT relkind FROM pg_class WHERE oid = %s::regclass",
                        ident)[0][0]
        if kind not in ("r", "p"):
            return []
        return self.ask("SELECT t.tableoid, t.ctid::text, t.xmin::text, "
                        "md5(t::text) FROM %s AS t ORDER BY 1, 2" % ident)

    def hrefs(self, name, url):
        """The links to the rows, from the list's pages one after another."""
        if name in self._hrefs:
            return self._hrefs[name]
        found = []
        while url and len(found) < self.most:
            page = self.browser.open(url)
            rows = [bare(h) for h in page.heads
                    if row_of(h, self.base(name))]
            found += rows
            following = [h for h, text in page.links if text == "Next"]
            url = following[0] if following else None
        self._hrefs[name] = found[:self.most]
        return self._hrefs[name]

    def base(self, name):
        return [t["url"] for t in self.tables if t["name"] == name][0]

    def page(self, href):
        got = self.browser.request("GET", href, Accept="text/html")
        assert got.status == 200, got
        return Page(got.text)


def row_of(href, base):
    return href.startswith(base + "/") or href.startswith(base + "?_key=")


def spread(items, most):
    """At most so many of them, from everywhere."""
    step = max(1, -(-len(items) // most))
    return items[::step]
