"""JSON Merge Patch (RFC 7396) of rows: it goes into json and jsonb columns."""
import json

import pytest

from harness.browser import Browser

OPEN = "anonymous = write\nsecret = 0123456789abcdef0123456789abcdef\n"
MERGE, JSON = "application/merge-patch+json", "application/json"
# RFC 7396 appendix A: target, patch, result
VECTORS = [
    ('{"a":"b"}', '{"a":"c"}', '{"a":"c"}'),
    ('{"a":"b"}', '{"b":"c"}', '{"a":"b","b":"c"}'),
    ('{"a":"b"}', '{"a":null}', "{}"),
    ('{"a":"b","b":"c"}', '{"a":null}', '{"b":"c"}'),
    ('{"a":["b"]}', '{"a":"c"}', '{"a":"c"}'),
    ('{"a":"c"}', '{"a":["b"]}', '{"a":["b"]}'),
    ('{"a":{"b":"c"}}', '{"a":{"b":"d","c":null}}', '{"a":{"b":"d"}}'),
    ('{"a":[{"b":"c"}]}', '{"a":[1]}', '{"a":[1]}'),
    ('["a","b"]', '["c","d"]', '["c","d"]'),
    ('{"a":"b"}', '["c"]', '["c"]'),
    ('{"a":"foo"}', "null", "null"),
    ('{"a":"foo"}', '"bar"', '"bar"'),
    ('{"e":null}', '{"a":1}', '{"e":null,"a":1}'),
    ("[1,2]", '{"a":"b","c":null}', '{"a":"b"}'),
    ("{}", '{"a":{"bb":{"ccc":null}}}', '{"a":{"bb":{}}}'),
    # section 3
    ('{"title":"Goodbye!","author":{"givenName":"John","familyName":"Doe"},'
     '"tags":["example","sample"],"content":"This will be unchanged"}',
     '{"title":"Hello!","phoneNumber":"+01-123-456-7890","author":'
     '{"familyName":null},"tags":["example"]}',
     '{"title":"Hello!","author":{"givenName":"John"},"tags":["example"],'
     '"content":"This will be unchanged","phoneNumber":"+01-123-456-7890"}'),
    # more: no value yet, numbers kept to the digit, names escaped
    ("null", '{"a":{"b":null,"c":1}}', '{"a":{"c":1}}'),
    ("1", '{"a":1}', '{"a":1}'),
    ('{"n":1.50,"m":123456789012345678901234567890}', '{"x":1e2}',
     '{"n":1.50,"m":123456789012345678901234567890,"x":100}'),
    ('{"\\u0061":1,"b":{"c":2}}', '{"a":null,"b":{"d":[null]}}',
     '{"b":{"c":2,"d":[null]}}'),
    ('{"a":{"b":{"c":1,"d":2}}}', '{"a":{"b":{"c":null}}}',
     '{"a":{"b":{"d":2}}}'),
    ('{"a":1}', "{}", '{"a":1}'),
]


@pytest.fixture(scope="module", params=["plain", "protected"])
def rows(request, cluster, module_site):
    """(browser, ask): a table with a jsonb and a json column."""
    name = cluster.makedb("""
        CREATE DOMAIN config AS jsonb;
        CREATE TABLE doc (id int PRIMARY KEY, b jsonb, j json, d config,
            name text, list int[]);""")
    if request.param == "protected":
        cluster.psql(name, "SELECT ifmatch.protect('doc')", user="owner")
    browser = Browser(module_site(name, OPEN + "[table doc]\n"))
    db = cluster.connect(name)

    def ask(sql, *args):
        with db.cursor() as cursor:
            cursor.execute(sql, args or None)
            return cursor.fetchall() if cursor.description else None

    def make(b="{}", j="{}"):
        ask("DELETE FROM doc")
        ask("INSERT INTO doc VALUES (1, %s, %s, %s, 'n', '{1,2}')", b, j, b)
        return "/records/doc/1"
    yield browser, ask, make
    browser.close()
    db.close()


def patch(browser, url, body, kind=MERGE, status=204, **headers):
    if "If_Match" not in headers:
        headers["If_Match"] = browser.json(url).headers["ETag"]
    got = browser.request("PATCH", url, body, Content_Type=kind, **headers)
    assert got.status == status, got
    return got


def exact(text):
    return json.loads(text, parse_float=float, parse_int=int)


@pytest.mark.parametrize("target,change,result", VECTORS,
                         ids=[v[1][:30] for v in VECTORS])
@pytest.mark.parametrize("column", ["b", "j", "d"])
def test_E13_a_merge_patch_goes_into_a_column(rows, column, target, change,
                                          result):
    browser, ask, make = rows
    url = make(target, target)
    got = patch(browser, url, '{"%s":%s}' % (column, change))
    after = browser.json(url)
    assert exact(after.body)[column] == exact(result)
    assert got.headers["ETag"] == after.headers["ETag"]
    others = {"b", "j", "d"} - {column}
    assert all(exact(after.body)[c] == exact(target) for c in others)
    if change == "null":
        assert ask("SELECT %s IS NULL FROM doc" % column) == [(True,)]


@pytest.mark.parametrize("column", ["b", "j", "d"])
def test_E13_application_json_replaces_a_column(rows, column):
    browser, ask, make = rows
    for target, change, _ in VECTORS:
        url = make(target, target)
        patch(browser, url, '{"%s":%s}' % (column, change), JSON)
        assert exact(browser.json(url).body)[column] == exact(change)


def test_what_a_patch_does_not_name_keeps_its_characters(rows):
    browser, ask, make = rows
    url = make(j='{ "b" : 1.0,  "a":[ 1, 1e2 ], "z":"\\u0041" }')
    patch(browser, url, '{"j":{"n":{"x":1}}}')
    text = ask("SELECT j::text FROM doc")[0][0]
    for kept in ("1.0", "[ 1, 1e2 ]", '"\\u0041"'):
        assert kept in text


def test_E13_a_patch_of_several_columns_is_one_write(rows):
    browser, ask, make = rows
    url = make('{"a":1}', '{"a":1}')
    patch(browser, url, '{"b":{"x":1},"j":{"a":null},"name":null,'
          '"list":[3]}')
    assert ask("SELECT b, j, name, list FROM doc") == [
        ({"a": 1, "x": 1}, {}, None, [3])]


def test_a_merge_patch_is_guarded(rows):
    browser, ask, make = rows
    url = make('{"a":1}')
    tag = browser.json(url).headers["ETag"]
    ask("UPDATE doc SET b = '{\"a\":2}'")
    before = ask("SELECT *, xmin::text FROM doc")
    patch(browser, url, '{"b":{"x":1}}', status=412, If_Match=tag)
    patch(browser, url, '{"b":{"x":1}}', status=428, If_Match=None)
    assert ask("SELECT *, xmin::text FROM doc") == before
    patch(browser, url, '{"b":{"x":1}}', If_Match="*")
    assert ask("SELECT b FROM doc") == [({"a": 2, "x": 1},)]


def test_a_merge_patch_that_changes_nothing_writes_nothing(rows):
    browser, ask, make = rows
    url = make('{"a":{"b":1}}', '{"a":{"b":1}}')
    before = ask("SELECT *, xmin::text FROM doc")
    tag = browser.json(url).headers["ETag"]
    for body in ('{"b":{"a":{"b":1}}}', '{"j":{"a":{}}}', '{"b":{"q":null}}',
                 "{}"):
        assert patch(browser, url, body).headers["ETag"] == tag
    assert ask("SELECT *, xmin::text FROM doc") == before


def test_a_member_twice_cannot_be_merged(rows):
    browser, ask, make = rows
    url = make(j='{"a":1,"a":2}')
    before = ask("SELECT *, xmin::text FROM doc")
    got = patch(browser, url, '{"j":{"b":1}}', status=422)
    assert json.loads(got.body)["column"] == "j"
    got = patch(browser, url, '{"j":{"b":1,"b":2}}', status=422)
    assert json.loads(got.body)["column"] == "j"
    assert ask("SELECT *, xmin::text FROM doc") == before


def test_a_merge_patch_to_a_row_that_is_not_there(rows):
    browser, ask, make = rows
    make()
    patch(browser, "/records/doc/2", '{"b":{"a":1}}', status=404,
          If_Match='"x1"')


def test_nested_deeply(rows):
    browser, ask, make = rows
    url = make('{"a":' * 60 + "1" + "}" * 60)
    patch(browser, url, '{"b":' + '{"a":' * 60 + "2" + "}" * 61)
    assert exact(browser.json(url).body)["b"] == exact(
        '{"a":' * 60 + "2" + "}" * 60)
