"""Whole databases: a row sent back with one value changed changes exactly
that column of exactly that row, or is refused and changes nothing."""
import itertools
import json

from harness.browser import quoted_key
from values import VALUES
from whole import spread

ROWS = 3
COLUMNS = """SELECT attname, quote_ident(attname), base.typname,
    ARRAY(SELECT to_json(enumlabel)::text FROM pg_enum
          WHERE enumtypid = base.oid),
    attgenerated <> '', attidentity = 'a'
    FROM pg_attribute JOIN pg_type AS t ON t.oid = atttypid
    JOIN pg_type AS base ON base.oid = CASE t.typtype WHEN 'd'
        THEN t.typbasetype ELSE t.oid END
    WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped
    ORDER BY attnum LIMIT 60"""
# What our trigger, the program or a trigger of the database keeps.
KEPT = {
    "demo": {"version", "updated_at", "updated_by", "lock_version"},
    "pagila": {"last_update", "fulltext"},
    "oddities": set(),
}
# Columns for which no value here is good.
REFUSED = {
    "demo": {"book.isbn", "member.email"},
    "pagila": {"store.manager_staff_id"},
    "oddities": {"f_child.a", "f_child.b"},  # both together or neither
}
# By table: a column that the database makes from others, or counts up.
FOLLOWS = {"boat": "footprint", "types": "gen", "v_trigger": "version"}


class Table:
    def __init__(self, whole, table):
        self.whole, self.table = whole, table
        self.name = table["name"]
        self.columns = whole.ask(COLUMNS, whole.ident(self.name))
        self.names = [c[0] for c in self.columns]
        self.key = [c[1] for k in table["key"] for c in self.columns
                    if c[0] == k]
        self.values = ", ".join("to_json(it.%s)::text" % c[1]
                                for c in self.columns)

    def rows(self, most=100000):
        """key texts -> the columns' JSON texts"""
        return {tuple(k): list(v) for k, v in self.whole.ask(
            "SELECT ARRAY[%s], ARRAY[%s] FROM %s AS it LIMIT %d" % (
                ", ".join("it.%s::text" % k for k in self.key), self.values,
                self.whole.ident(self.name), most))}

    def url(self, key):
        path = all(p not in ("", ".", "..") and not set(p) & set("/\\")
                   for p in key)
        return self.table["url"] + ("/" if path else "?_key=") + quoted_key(
            key)

    def changeable(self):
        for i, (name, _, base, labels, generated, always) in enumerate(
                self.columns):
            if (name in self.table["key"] or generated or always
                    or name in KEPT[self.whole.source]
                    or name == FOLLOWS.get(self.name)):
                continue
            yield i, name, labels[:2] if labels else list(VALUES[base])

    def body(self, row, i, value):
        members = row[:i] + [value] + row[i + 1:]
        return "{%s}" % ",".join(
            json.dumps(n) + ":" + ("null" if v is None else v)
            for n, v in zip(self.names, members))


def put_changed(table, key, row, i, value):
    """PUTs a row with one value changed; (reply, row behind it)."""
    browser = table.whole.browser
    read = browser.json(table.url(key))
    assert read.status == 200, read
    reply = browser.request(
        "PUT", read.url, table.body(row, i, value),
        Content_Type="application/json", If_Match=read.headers["ETag"])
    sql = "SELECT ARRAY[%s] FROM %s AS it WHERE ARRAY[%s] = " % (
        table.values, table.whole.ident(table.name),
        ", ".join("it.%s::text" % k for k in table.key))
    now = table.whole.ask(sql.replace("%", "%%") + "%s", list(key))
    assert len(now) == 1
    return reply, list(now[0][0])


def differing(table, before, after):
    return {n for n, a, b in zip(table.names, before, after) if a != b}


def change_all(table, rows, model):
    """Each column of some rows; returns those that could not be changed."""
    changed = set()
    tried = set()
    kept = KEPT[table.whole.source] | {FOLLOWS.get(table.name)}
    for key, (i, name, values) in itertools.product(rows, table.changeable()):
        tried.add(name)
        for value in values + list({r[i] for r in model.values()} - {None})[:9]:
            row = model[key]
            if json.loads(row[i] or "null") == json.loads(value):
                continue
            reply, now = put_changed(table, key, row, i, value)
            different = differing(table, row, now)
            if reply.status == 204:
                assert name in different, (reply, value)
                assert different - kept == {name}, (reply, value)
                changed.add(name)
                model[key] = now
                break
            assert reply.status in (409, 422), (reply, value)
            problem = json.loads(reply.body)
            assert "column" in problem or "constraint" in problem, reply
            assert not different, (reply, value)
    return {table.name + "." + name for name in tried - changed}


def test_one_changed_value_changes_that_column_alone(whole):
    refused = set()
    for described in whole.tables:
        if "update" not in described["rights"] or described["name"] in (
                "many", "big", "animal", "telephone_list"):
            continue
        table = Table(whole, described)
        model = table.rows()
        rows = spread(list(model), ROWS)
        refused |= change_all(table, rows, model)
        assert table.rows() == model, table.name
    assert refused == REFUSED[whole.source]
