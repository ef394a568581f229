"""Each operator against what SQL says, over JSON, CSV and the list page; names
and values that would like to be something else."""
import csv
import io
import re
from urllib.parse import quote

import pytest

NAMES = ["a b", "a,b", "a.b", "a(b)", 'a"b', "a'b", "a\\b", "a:b", "a::b",
         "a%b", "a&b=c", "a;b", "a*b", "$1", "ä€😀", "order", "limit", "select",
         "offset", "columns", "or", "and", "not", "_etag", "_format", "-- ",
         'x"; DROP TABLE victim; --', "x) OR (true", "t", "c0", "o0", "piece",
         "null", "__proto__", "A b C"]
VALUES = ["", " ", "null", "NULL", "'", "''", "';--", "\\", "\\'", '"', '""',
          'a"b', "a,b", "(a)", ")", "(", "a.b", "a:b", "%", "_", "\\%", "*",
          "a*b", "$1", "{a,b}", "{}", "[1]", "ä€😀", "e\u0301", "\t", "a\nb",
          "true", "0", "x' OR '1'='1", "1; DROP TABLE victim; --",
          "x\") OR true --", "=1+1", "\u202e", "-", "not.eq.x", "eq.x"]
TESTS = [
    ("n", "eq.3", "n = 3"), ("n", "neq.3", "n <> 3"), ("n", "gt.3", "n > 3"),
    ("n", "gte.3", "n >= 3"), ("n", "lt.3", "n < 3"),
    ("n", "lte.3", "n <= 3"), ("n", "in.(1,2,99)", "n IN (1, 2, 99)"),
    ("n", "is.null", "n IS NULL"), ("n", "not.eq.3", "NOT n = 3"),
    ("n", "not.in.(1,2)", "n NOT IN (1, 2)"),
    ("n", "not.is.null", "n IS NOT NULL"), ("n", "eq.-1", "n = -1"),
    ("n", "like.1*", "n::text LIKE '1%'"),
    ("x", "eq.1.50", "x = 1.50"), ("x", "lt.0", "x < 0"),
    ("x", "gte.1e3", "x >= 1000"), ("x", "eq.NaN", "x = 'NaN'"),
    ("word", "eq.b", "word = 'b'"), ("word", "gt.b", "word > 'b'"),
    ("word", "like.*b*", "word LIKE '%b%'"),
    ("word", "like.%b", "word LIKE '%b'"),
    ("word", "not.like.a*", "word NOT LIKE 'a%'"),
    ("word", "ilike.B*", "word ILIKE 'b%'"),
    ("word", "in.(a,b,\"c,d\")", "word IN ('a', 'b', 'c,d')"),
    ("day", "lt.2020-02-01", "day < '2020-02-01'"),
    ("day", "eq.2020-01-03", "day = '2020-01-03'"),
    ("day", "in.(2020-01-03,2020-01-05)",
     "day IN ('2020-01-03', '2020-01-05')"),
    ("at", "gte.2020-01-03T00:00:00Z", "at >= '2020-01-03T00:00:00Z'"),
    ("yes", "is.true", "yes IS TRUE"), ("yes", "is.false", "yes IS FALSE"),
    ("yes", "is.unknown", "yes IS UNKNOWN"),
    ("yes", "not.is.true", "yes IS NOT TRUE"),
    ("yes", "eq.t", "yes = 't'"), ("mood", "eq.sad", "mood = 'sad'"),
    ("mood", "gt.sad", "mood > 'sad'"),
    ("mood", "in.(sad,happy)", "mood IN ('sad', 'happy')"),
    ("mood", "like.s*", "mood::text LIKE 's%'"),
    ("tags", "eq.{a}", "tags = '{a}'"), ("tags", "cs.{a}", "tags @> '{a}'"),
    ("u", "eq.00000000-0000-0000-0000-000000000003",
     "u = '00000000-0000-0000-0000-000000000003'"),
    ("or", "(n.eq.1,word.eq.b)", "n = 1 OR word = 'b'"),
    ("and", "(n.gt.1,n.lt.5)", "n > 1 AND n < 5"),
    ("not.or", "(n.eq.1,n.is.null)", "NOT (n = 1 OR n IS NULL)"),
    ("or", "(n.eq.1,and(n.gt.5,or(word.eq.a,not.and(mood.eq.sad,yes.is.true)"
     "),x.gte.0))", "n = 1 OR (n > 5 AND (word = 'a' OR NOT (mood = 'sad' AND "
     "yes IS TRUE)) AND x >= 0)"),
    ("or", "(word.eq.\"c,d\",word.in.(\"a\",\"(b)\"),n.not.gt.-2)",
     "word = 'c,d' OR word IN ('a', '(b)') OR NOT n > -2"),
]


@pytest.fixture(scope="module")
def web(cluster, module_site):
    name = cluster.createdb()
    cluster.psql(name, """
        CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
        CREATE TABLE thing (id int PRIMARY KEY, n int, x numeric, word text,
            day date, at timestamptz, yes bool, mood mood, tags text[],
            u uuid);
        INSERT INTO thing SELECT g,
            CASE WHEN g % 6 > 0 THEN g % 12 - 2 END,
            (ARRAY['1.5', '-2', '1000', 'NaN', '0'])[g % 5 + 1]::numeric,
            (ARRAY['a', 'b', 'c,d', 'ab', NULL, '(b)', ''])[g % 7 + 1],
            date '2020-01-01' + g, timestamptz '2020-01-01 12:00Z' + g *
            interval '1 day', (ARRAY[true, false, NULL])[g % 3 + 1],
            (ARRAY['sad', 'ok', 'happy'])[g % 3 + 1]::mood,
            (ARRAY['{a}', '{a,b}', '{}', NULL])[g % 4 + 1]::text[],
            lpad(g::text, 32, '0')::uuid FROM generate_series(1, 60) g;
        CREATE TABLE victim (id int PRIMARY KEY);
        INSERT INTO victim VALUES (1);
        CREATE TABLE value (id int PRIMARY KEY, v text);""", user="owner")
    db = cluster.connect(name)
    cursor = db.cursor()
    names = ", ".join('"%s" int' % name.replace('"', '""') for name in NAMES)
    cursor.execute("CREATE TABLE odd (id int PRIMARY KEY, %s)" % names)
    for i, _ in enumerate(NAMES):
        marks = [str(int(k == i)) for k in range(len(NAMES))]
        cursor.execute("INSERT INTO odd VALUES (%d, %s)" % (
            i, ", ".join(marks)))
    for i, value in enumerate(VALUES):
        cursor.execute("INSERT INTO value VALUES (%s, %s)", (i, value))
    cluster.psql(name, "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES "
                 "IN SCHEMA public TO ifmatch")
    yield module_site(name, "anonymous = write\n[table thing]\n[table odd]\n"
                      "[table victim]\n[table value]\n"), cursor
    db.close()


def json_ids(site, url):
    reply = site.get(url + "&limit=1000")
    assert reply.status_code == 200, reply.text
    return [row["id"] for row in reply.json()]


def csv_ids(site, url):
    reply = site.get(url + "&limit=1000", headers={"Accept": "text/csv"})
    assert reply.status_code == 200, reply.text
    rows = list(csv.reader(io.StringIO(reply.text)))
    return [int(row[rows[0].index("id")]) for row in rows[1:]]


def page_ids(site, url):
    reply = site.get(url + "&limit=1000", headers={"Accept": "text/html"})
    assert reply.status_code == 200, reply.text
    found = re.findall(r'<a[^>]*href="[^"]*/thing/(\d+)[^"0-9]*["?]',
                       reply.text)
    return list(dict.fromkeys(int(i) for i in found))


@pytest.mark.parametrize("read", [json_ids, csv_ids, page_ids])
@pytest.mark.parametrize("name, text, sql", TESTS,
                         ids=["%s=%s" % test[:2] for test in TESTS])
def test_operator(web, name, text, sql, read):
    site, cursor = web
    cursor.execute("SELECT id FROM thing WHERE %s ORDER BY id"
                   % sql)
    want = [row[0] for row in cursor.fetchall()]
    assert 0 < len(want) < 60
    assert read(site, "/thing?%s=%s&order=id" % (name, quote(text))) == want


ORDERS = {
    "n": "n", "n.asc.nullsfirst": "n NULLS FIRST", "n.desc": "n DESC",
    "n.desc.nullslast": "n DESC NULLS LAST", "word.desc,n": "word DESC, n",
    "mood,day.desc": "mood, day DESC", "x.desc": "x DESC",
    "yes.nullsfirst,tags": "yes NULLS FIRST, tags"}


@pytest.mark.parametrize("read", [json_ids, csv_ids, page_ids])
@pytest.mark.parametrize("order", ORDERS)
def test_order(web, order, read):
    site, cursor = web
    cursor.execute("SELECT id FROM thing ORDER BY %s, id" % ORDERS[order])
    assert read(site, "/thing?order=" + order) == [
        row[0] for row in cursor.fetchall()]


@pytest.mark.parametrize("how", ["exact", "planned", "estimated"])
@pytest.mark.parametrize("accept", ["application/json", "text/csv"])
def test_count(web, how, accept):
    site, cursor = web
    cursor.execute("ANALYZE thing")
    reply = site.get("/thing?n=gt.3&limit=2", headers={
        "Prefer": "count=" + how, "Accept": accept})
    assert reply.status_code == 200
    count = re.fullmatch(r"items 0-1/(\d+)",
                         reply.headers["Content-Range"]).group(1)
    cursor.execute("SELECT count(*) FROM thing WHERE n > 3")
    want = cursor.fetchone()[0]
    if how == "planned":
        assert abs(int(count) - want) < 30
    else:
        assert int(count) == want


def quoted(name):
    return '"%s"' % name.replace("\\", "\\\\").replace('"', '\\"')


@pytest.mark.parametrize("i", range(len(NAMES)), ids=NAMES)
def test_a_column_of_any_name(web, i):
    site, _ = web
    name = NAMES[i]
    inner = quote(quoted(name), safe="")
    # and=() reaches also those that are words of the grammar
    reply = site.get("/odd?and=(%s.eq.1)&select=id,found:%s&order=%s"
                     % ((inner,) * 3))
    assert reply.status_code == 200, reply.text
    assert reply.json() == [{"id": i, "found": 1}]
    reply = site.get("/odd?select=%s&order=%s.desc,id&limit=2" % (
        inner, inner))
    assert [row[name] for row in reply.json()] == [1, 0]
    reply = site.get(reply.links["next"]["url"])
    assert reply.status_code == 200 and reply.json()[0][name] == 0
    if name not in ("order", "limit", "select", "offset", "or", "and",
                    "_format"):
        reply = site.get("/odd?%s=eq.1&select=id" % quote(name, safe=""))
        assert reply.json() == [{"id": i}], reply.text


@pytest.mark.parametrize("i", range(len(VALUES)), ids=map(repr, VALUES))
def test_a_value_is_only_a_value(web, i):
    site, cursor = web
    value = VALUES[i]
    plain, inner = quote(value, safe=""), quote(quoted(value), safe="")
    pattern = quote(re.sub(r"([\\%_])", r"\\\1", value), safe="")
    for query in ("v=eq." + plain, "v=in.(%s)" % inner,
                  "and=(v.eq.%s)" % inner, "v=not.neq." + plain,
                  "or=(v.in.(%s),id.eq.-1)" % inner):
        reply = site.get("/value?select=id&" + query)
        assert reply.json() == [{"id": i}], (query, reply.text)
    if "*" not in value:
        reply = site.get("/value?select=id&v=like." + pattern)
        assert reply.json() == [{"id": i}], reply.text
    reply = site.get("/value?v=eq.%s&limit=1000" % plain,
                     headers={"Accept": "text/html"})
    assert reply.status_code == 200
    cursor.execute("SELECT count(*) FROM victim")
    assert cursor.fetchone() == (1,)


def test_a_place_of_any_value(web):
    site, cursor = web
    url, seen = "/value?order=v&limit=1", []
    while url:
        reply = site.get(url)
        assert reply.status_code == 200, reply.text
        seen += [row["id"] for row in reply.json()]
        url = reply.links.get("next", {}).get("url")
    cursor.execute("SELECT id FROM value ORDER BY v, id")
    assert seen == [row[0] for row in cursor.fetchall()]


@pytest.mark.parametrize("query", [
    "id=eq.1)%20OR%20(true", "id=eq.1%3BDROP%20TABLE%20victim",
    "id=in.(1)%20OR%20true", "order=id;DROP%20TABLE%20victim",
    "order=(SELECT%201)", "order=id%20DESC", "select=id,(SELECT%201)",
    "select=count(*)", "select=id::int;DROP%20TABLE%20victim",
    "limit=1;DROP%20TABLE%20victim", "limit=1%20OFFSET%200", "offset=1--",
    "%22id%22%20=%201%20OR%20%22id%22=eq.1", "or=(id.eq.1,true)",
    "or=(id.eq.1)%20OR%20(true)", "id=is.null%20OR%20true",
    "id=not.not.eq.1", "xmin=eq.1", "ctid=eq.(0,1)", "tableoid=eq.1",
    "victim.id=eq.1", "id->>x=eq.1", "t.id=eq.1", "_after=1'",
    "_before=x%27", "id=eq.%00", "id=eq.%ff", "id=eq.\ud800".encode(
        "utf-8", "surrogatepass")])
def test_what_is_no_question_is_refused(web, query):
    site, cursor = web
    if isinstance(query, bytes):
        query = quote(query, safe="=.")
    for accept in ("application/json", "text/csv", "text/html"):
        reply = site.get("/thing?" + query, headers={"Accept": accept})
        assert reply.status_code == 400, (accept, reply.text[:300])
    cursor.execute("SELECT count(*) FROM victim")
    assert cursor.fetchone() == (1,)
