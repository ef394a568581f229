"""The objects of guards.sql: how each is configured, which guard the design
gives it, and where its rows are."""
import itertools
import os
import re

HERE = os.path.dirname(os.path.abspath(__file__))

STATES = {
    "version": r"v(m?\d+|n|[0-9a-f]{32})",
    "version+xmin": r"v(m?\d+|n|[0-9a-f]{32})x\d+",
    "xmin": r"x\d+",
}


class Case:
    """An object of the database. under: the table where its rows are;
    name: the column that tests change; regions: partitioned by such a column,
    "key" where that is part of the key; bump: how another program counts a
    foreign table's version up, which no xmin covers."""

    def __init__(self, table, guard, ini="", under=None, name="name",
                 region=None, bump=""):
        self.table = table
        self.guard = guard
        self.ini = ini
        self.under = under or table
        self.name = name
        self.region = region
        self.bump = bump

    def __repr__(self):
        return self.table

    def key(self, n):
        return "%d,north" % n if self.region == "key" else str(n)

    def insert(self, n, name="old"):
        if self.region:
            return ("INSERT INTO %s (id, region, name) VALUES (%d, 'north', "
                    "'%s')" % (self.under, n, name))
        return "INSERT INTO %s (id, name) VALUES (%d, '%s')" % (
            self.under, n, name)

    def update(self, n, name):
        return "UPDATE %s SET name = '%s'%s WHERE id = %d" % (
            self.under, name, self.bump, n)


def case(table, guard, *lines, **more):
    return Case(table, guard, "".join(line + "\n" for line in lines), **more)


VERSION = "version_column = version"
KEY = "key = id"

WRITABLE = [
    case("kept", "version"),
    case("bare", "xmin"),
    case("railed", "version+xmin"),
    case("optlocked", "version+xmin"),
    case("said_none", "xmin", "version_column = none"),
    case("said_version", "version+xmin", VERSION),
    case("never_counted", "version+xmin", VERSION),
    case("small_version", "version+xmin", VERSION),
    case("negative", "version+xmin", VERSION),
    case("stamped_0", "version+xmin", "version_column = changed"),
    case("stamped_3", "version+xmin", "version_column = changed"),
    case("stamped_6", "version+xmin", "version_column = changed"),
    case("identified", "version+xmin", "version_column = rev"),
    case("counted", "version+xmin", VERSION, "bump = trigger"),
    case("documents", "version"),
    case("generated", "version"),
    case("parted", "version", region="key"),
    case("moving", "version", KEY, region="yes"),
    case("moving_bare", "xmin", KEY, region="yes"),
    case("moving_railed", "version+xmin", KEY, region="yes"),
    case("parent", "version"),
    case("parent_bare", "xmin"),
    case("shown", "version", under="below"),
    case("shown_renamed", "version", under="below", name="label"),
    case("over_shown", "version", under="below"),
    case("foreign_railed", "version", KEY, under="far_railed",
         bump=", lock_version = lock_version + 1"),
    case("elsewhere_railed", "version",
         bump=", lock_version = lock_version + 1"),
    case("touched_kept", "version"),
    case("touched_bare", "xmin"),
    case("touched_railed", "version+xmin"),
    case("logged_kept", "version"),
    case("logged_bare", "xmin"),
    case("swallowed_kept", "version"),
    case("swallowed_bare", "xmin"),
    case("deferred", "version"),
    case("deferred_bare", "xmin"),
    case("judged_late", "version"),
    case("walled_kept", "version"),
    case("walled_bare", "xmin"),
]

READ_ONLY = [
    case("candidate", "read-only"),
    case("unshown", "read-only", under="below"),
    case("misnamed", "read-only", KEY, under="below"),
    case("misled", "read-only", KEY, under="below"),
    case("computed", "read-only", KEY, under="below"),
    case("shown_bare", "read-only", under="below_bare"),
    case("joined", "read-only", KEY, under="below"),
    case("instead", "read-only", KEY, under="below"),
    case("over_instead", "read-only", KEY, under="below"),
    case("by_rule", "read-only", KEY, under="below"),
    case("foreign_bare", "read-only", KEY, under="far_bare"),
    case("half_foreign", "read-only", KEY, region="yes"),
    case("elsewhere", "read-only"),
    case("mixed", "read-only", KEY, region="yes"),
    case("disabled", "read-only"),
    case("no_xmin", "read-only"),
    case("no_version", "read-only"),
    case("no_lock", "read-only"),
    case("keyless", "read-only"),
]

# Their guard is fine, but a rule takes an UPDATE elsewhere.
RULED = [
    case("ruled", "xmin"),
    case("over_ruled", "version", under="below_ruled"),
]

ALL = {c.table: c for c in WRITABLE + READ_ONLY + RULED}


def ini():
    return "anonymous = write\n" + "".join(
        "[table %s]\n%s" % (c.table, c.ini) for c in ALL.values())


def load(cluster):
    name = cluster.createdb("guards")
    cluster.load_ifmatch(name)
    cluster.psql(name, file=os.path.join(HERE, "guards.sql"))
    return name


def state(tag):
    """The state within a tag of ours; asserts that it is one."""
    found = re.fullmatch(r'"([a-z0-9]+)-([a-z0-9]+)"', tag or "")
    assert found, tag
    return found.group(1)


class Rows:
    """Makes and reads rows of one database, beside the program."""

    def __init__(self, cluster, database):
        self.cluster = cluster
        self.database = database
        self.db = cluster.connect(database)
        self.ids = itertools.count(1000)

    def run(self, sql):
        with self.db.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall() if cursor.description else None

    def make(self, c, name="old"):
        """A new row; its number and its path."""
        n = next(self.ids)
        self.run(c.insert(n, name))
        return n, "/%s/%s" % (c.table, c.key(n))

    def fingerprint(self):
        """What every row of every table is, and which transaction made it."""
        tables = [r[0] for r in self.run(
            "SELECT oid::regclass::text FROM pg_class WHERE relkind = 'r'"
            " AND relnamespace = 'public'::regnamespace ORDER BY 1")]
        return self.run(" UNION ALL ".join(
            "SELECT '%s', md5(string_agg(t::text || t.xmin, ';'"
            " ORDER BY t::text)) FROM ONLY %s AS t" % (t, t)
            for t in tables) + " ORDER BY 1")

    def waiting(self):
        return self.run(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type ="
            " 'Lock' AND datname = current_database()")[0][0]

    def close(self):
        self.db.close()
