"""Lists as CSV: what spreadsheets get, and that a broken export says so."""
import csv
import io

import pytest

INI = "anonymous = write\n[table item]\n[table big]\n[table trap]\n"


@pytest.fixture(scope="module")
def web(cluster, module_site):
    name = cluster.makedb("""
        CREATE TABLE item (id int PRIMARY KEY, name text, price numeric(9,2),
            ok boolean, tags text[]);
        INSERT INTO item VALUES (1, 'Anna, "A"', 1234.50, true, '{a,"b c"}'),
            (2, '', -1, false, NULL), (3, NULL, NULL, NULL, '{}'),
            (4, '=1+1', 0.00, NULL, NULL), (5, E'a\\nb', 5, NULL, NULL),
            (6, '-5', NULL, NULL, NULL), (7, '''x', NULL, NULL, NULL);
        SELECT ifmatch.protect('item');
        CREATE TABLE big (id int PRIMARY KEY, t text, n int);
        INSERT INTO big SELECT g, repeat('x', 1000), 1
          FROM generate_series(1, 20000) g;
        CREATE VIEW trap AS SELECT id, t, 1 / (id - 15000) AS n FROM big
          ORDER BY id;
        GRANT SELECT, INSERT, UPDATE, DELETE ON item, big, trap TO ifmatch;""")
    yield module_site(name, INI), name


def get(site, path, **headers):
    reply = site.get(path, headers={"Accept": "text/csv", **headers})
    assert reply.status_code == 200, reply.text
    assert reply.headers["Content-Type"] == "text/csv; charset=utf-8"
    return reply


def test_null_and_empty_are_told_apart(web):
    site, _ = web
    reply = get(site, "/item?select=id,name,price,ok,tags&id=lt.4")
    assert reply.text == ('id,name,price,ok,tags\n'
                          '1,"Anna, ""A""",1234.50,true,"{a,""b c""}"\n'
                          '2,"",-1.00,false,\n'
                          '3,,,,{}\n')
    assert int(reply.headers["Content-Length"]) == len(reply.content)


def test_formulas_are_made_harmless(web):
    site, _ = web
    lines = get(site, "/item?select=name&id=gte.4").text
    assert lines == 'name\n"\'=1+1"\n"a\nb"\n"\'-5"\n\'x\n'


def test_the_dialect_of_other_spreadsheets(web):
    site, _ = web
    reply = get(site, "/item?select=id,name,price&id=lt.3&_dialect=semicolon")
    assert reply.content.decode("utf-8") == (
        '\ufeffid;name;price\n1;"Anna, ""A""";1234,50\n2;"";-1,00\n')
    assert site.get("/item?_dialect=tab").status_code == 400


def test_states_travel_along(web):
    site, _ = web
    rows = list(csv.DictReader(io.StringIO(
        get(site, "/item?_etag=&select=id").text)))
    tags = {row["id"]: row["_etag"] for row in site.get("/item?_etag=").json()}
    assert {int(row["id"]): row["_etag"] for row in rows} == tags
    assert all(tag[0].isalpha() and tag.isalnum() for tag in tags.values())


def test_B8_csv_has_a_tag_of_its_own(web):
    site, _ = web
    tag = get(site, "/item").headers["ETag"]
    assert tag != site.get("/item").headers["ETag"]
    reply = site.get("/item", headers={"Accept": "text/csv",
                                       "If-None-Match": tag})
    assert reply.status_code == 304 and reply.headers["ETag"] == tag


def test_format_by_the_query(web):
    site, _ = web
    reply = site.get("/item?_format=csv&select=id&id=eq.1")
    assert reply.text == "id\n1\n"
    reply = site.get("/item?_format=csv&nosuch=eq.1")
    assert reply.status_code == 400
    assert reply.headers["Content-Type"].startswith("application/problem+json")


def test_a_long_list_streams_whole(web):
    site, _ = web
    reply = get(site, "/big?select=id,t")
    assert "ETag" not in reply.headers
    assert reply.text.count("\n") == 20001


def test_a_failure_in_mid_stream_says_so(web):
    site, _ = web
    reply = get(site, "/trap")
    assert reply.text.endswith("\nERROR: export incomplete\n")
    assert reply.text.count("\n") > 10000
