"""Files of rows sent by programs: every line under its own guard."""
import csv
import io
import time

import pytest

INI = ("anonymous = write\n[table item]\nhidden = secret\nread_only = fixed\n"
       "[table serial]\n[table pair]\n[table plain]\n[table locked]\n"
       "[table child]\n[table typed]\n[table counted]\ncounter = yes\n")


@pytest.fixture(scope="module")
def web(module_desk):
    desk = module_desk("""
        CREATE TABLE item (id int PRIMARY KEY, name text NOT NULL, note text,
            n int CHECK (n >= 0), price numeric(9,2), born date,
            code text UNIQUE, secret text, fixed text DEFAULT 'f',
            made int GENERATED ALWAYS AS (id * 2) STORED);
        COMMENT ON COLUMN item.note IS 'Remarks\n\nAnything.';
        SELECT ifmatch.protect('item');
        CREATE TABLE serial (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            name text NOT NULL, made date DEFAULT '2020-01-01');
        SELECT ifmatch.protect('serial');
        CREATE TABLE pair (a int, b text, n int, PRIMARY KEY (a, b));
        CREATE TABLE plain (id int PRIMARY KEY, n int);
        CREATE TABLE counted (id int PRIMARY KEY, n int);
        CREATE TABLE locked (id int PRIMARY KEY, n int, owner text);
        ALTER TABLE locked ENABLE ROW LEVEL SECURITY;
        CREATE POLICY seen ON locked FOR SELECT USING (true);
        CREATE POLICY own ON locked FOR UPDATE USING (owner = 'me');
        CREATE TABLE child (id int PRIMARY KEY, up int REFERENCES child
            DEFERRABLE INITIALLY DEFERRED);
        CREATE TABLE typed (id int PRIMARY KEY, ok boolean, j json, t time,
            at timestamp, d date, a text[], m numeric, b bytea);
        GRANT SELECT, INSERT, UPDATE, DELETE ON item, serial, pair, plain,
            locked, child, typed, counted TO ifmatch;""", INI)
    return desk.site, desk.db.cursor()


@pytest.fixture
def items(web):
    site, cursor = web
    cursor.execute("""
        TRUNCATE item, serial, pair, plain, locked, child, typed, counted;
        INSERT INTO counted VALUES (1, 5);
        INSERT INTO item (id, name, n, price, born, note)
        SELECT g, 'n' || g, g, g + 0.5, '2000-01-01', '' FROM
            generate_series(1, 5) g;
        INSERT INTO serial (name) VALUES ('a'), ('b');
        INSERT INTO pair VALUES (1, 'x,y', 1);
        INSERT INTO plain VALUES (1, 1), (2, 2);
        INSERT INTO locked VALUES (1, 1, 'me'), (2, 2, 'you');""")
    return site, cursor


def export(site, table="item", dialect="comma", query=""):
    reply = site.get(f"/{table}?_etag=&_dialect={dialect}{query}",
                     headers={"Accept": "text/csv"})
    assert reply.status_code == 200, reply.text
    return reply.content.decode("utf-8-sig")


def parsed(text, separator=","):
    return list(csv.DictReader(io.StringIO(text), delimiter=separator))


def written(rows, separator=","):
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter=separator,
                            lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def put(site, text, table="item", query="", **headers):
    body = text if isinstance(text, bytes) else text.encode()
    return site.put(f"/{table}{query}", data=body,
                    headers={"Content-Type": "text/csv", **headers})


def report(site, text, table="item", query="?dry_run"):
    reply = put(site, text, table, query)
    assert reply.status_code == 200, reply.text
    return reply.json()


def counts(found):
    return {kind: found[kind] for kind in (
        "new", "changed", "unchanged", "stale", "refused") if found[kind]}


def one(cursor, question):
    cursor.execute(question)
    return cursor.fetchone()[0]


def state(cursor, table="item"):
    cursor.execute(f"SELECT * FROM {table} ORDER BY 1")
    return cursor.fetchall()


@pytest.mark.parametrize("dialect", ["comma", "semicolon"])
def test_a_file_that_nobody_touched_changes_nothing(items, dialect):
    site, cursor = items
    before = state(cursor)
    text = export(site, dialect=dialect)
    found = report(site, text)
    assert counts(found) == {"unchanged": 5} and found["lines"] == []
    assert put(site, text).status_code == 204
    assert state(cursor) == before


def test_each_line_is_said(items):
    site, cursor = items
    rows = parsed(export(site))
    rows[0].update(name="other", price="7")
    rows[1]["n"] = "22"
    cursor.execute("UPDATE item SET note = 'theirs' WHERE id = 2; "
                   "DELETE FROM item WHERE id = 3")
    rows[3]["n"] = "-1"
    rows.append({**dict.fromkeys(rows[0], ""), "id": "9", "name": "new"})
    before = state(cursor)
    found = report(site, written(rows))
    assert counts(found) == {"new": 1, "changed": 1, "unchanged": 1,
                             "stale": 2, "refused": 1}
    lines = {line["line"]: line for line in found["lines"]}
    assert lines[2]["changes"] == {
        "name": {"from": "n1", "to": "other"},
        "price": {"from": "1.50", "to": "7.00"}}
    assert [lines[n]["result"] for n in (3, 4, 5, 7)] == [
        "stale", "stale", "refused", "new"]
    assert lines[5]["column"] == "n" and not found["saved"]
    assert state(cursor) == before


def test_all_or_nothing(items):
    site, cursor = items
    rows = parsed(export(site))
    rows[0]["name"] = "other"
    rows[1]["n"] = "22"
    good = written(rows)
    cursor.execute("UPDATE item SET note = 'theirs' WHERE id = 2")
    before = state(cursor)
    reply = put(site, good)
    assert reply.status_code == 412
    problem = reply.json()
    assert problem["part"] == "line 3"
    assert [(i["item"], i["status"]) for i in problem["items"]] == [(1, 412)]
    assert state(cursor) == before
    rows[1] = parsed(export(site))[1]
    assert put(site, written(rows)).status_code == 204
    assert one(cursor, "SELECT name FROM item WHERE id = 1") == "other"


def test_the_good_ones_alone(items):
    site, cursor = items
    rows = parsed(export(site))
    for row in rows:
        row["n"] = str(int(row["n"]) * 10)
    cursor.execute("UPDATE item SET n = 99 WHERE id = 2")
    rows[3]["born"] = "2000-02-31"
    reply = put(site, written(rows), Prefer="continue-on-error")
    assert reply.status_code == 200, reply.text
    assert reply.headers["Preference-Applied"] == "continue-on-error"
    found = reply.json()
    assert found["saved"] and counts(found) == {
        "changed": 3, "stale": 1, "refused": 1}
    assert [line["column"] for line in found["lines"]
            if line["result"] == "refused"] == ["born"]
    cursor.execute("SELECT id, n FROM item ORDER BY id")
    assert dict(cursor.fetchall()) == {1: 10, 2: 99, 3: 30, 4: 4, 5: 50}


def test_rows_that_the_file_does_not_have_stay(items):
    site, cursor = items
    rows = parsed(export(site))[:1]
    assert put(site, written(rows)).status_code == 204
    assert one(cursor, "SELECT count(*) FROM item") == 5


def test_a_line_without_a_version(items):
    """New where there is no such row, unchanged where it is the same, stale
    where it is not."""
    site, _ = items
    text = "id,name\n1,n1\n2,other\n8,new\n"
    found = report(site, text)
    assert counts(found) == {"new": 1, "unchanged": 1, "stale": 1}
    assert put(site, text).status_code == 412


def test_a_line_that_has_a_version_but_no_key(items):
    site, _ = items
    rows = parsed(export(site))
    rows[0]["id"] = ""
    found = report(site, written(rows))
    assert counts(found) == {"unchanged": 4, "refused": 1}


def test_a_second_line_about_the_same_row(items):
    site, _ = items
    rows = parsed(export(site))
    found = report(site, written(rows + rows[:1]))
    assert [(x["line"], x["result"]) for x in found["lines"]] == [
        (7, "refused")]


def test_keys_that_the_database_gives(items):
    site, cursor = items
    text = "id,name,made,_etag\n,c,,\n,d,2021-05-05,\n"
    assert counts(report(site, text, "serial")) == {"new": 2}
    assert put(site, text, "serial").status_code == 204
    cursor.execute("SELECT name, made::text FROM serial ORDER BY id")
    assert cursor.fetchall()[2:] == [("c", "2020-01-01"), ("d", "2021-05-05")]
    found = report(site, "id,name\n99,e\n", "serial")
    assert counts(found) == {"refused": 1}


def test_composite_keys(items):
    site, cursor = items
    rows = parsed(export(site, "pair"))
    rows[0]["n"] = "5"
    rows.append({"a": "1", "b": "z", "n": "6", "_etag": ""})
    assert put(site, written(rows), "pair").status_code == 204
    assert state(cursor, "pair") == [(1, "x,y", 5), (1, "z", 6)]


def test_columns_by_name_or_label(items):
    site, cursor = items
    rows = parsed(export(site))
    for row in rows:
        row["REMARKS"] = row.pop("note") + "!"
    assert put(site, written(rows)).status_code == 204
    assert one(cursor, "SELECT note FROM item WHERE id = 1") == "!"


def test_columns_that_are_none(items):
    """Said by the dry run, and refused rather than lost without a word."""
    site, _ = items
    for name in ("unheard", "secret"):
        reply = put(site, f"id,{name}\n1,x\n")
        assert reply.status_code == 422 and name in reply.json()["detail"]
    assert put(site, "a,b\n1,2\n").status_code == 422
    assert put(site, "id,id\n1,2\n").status_code == 422


def test_columns_that_cannot_be_written(items):
    site, _ = items
    rows = parsed(export(site))
    rows[0]["fixed"] = "other"
    rows[1]["made"] = "7"
    found = report(site, written(rows))
    assert [(x["line"], x["column"]) for x in found["lines"]] == [
        (2, "fixed"), (3, "made")]


def test_row_security(items):
    site, cursor = items
    rows = parsed(export(site, "locked"))
    for row in rows:
        row["n"] = "9"
    reply = put(site, written(rows), "locked", Prefer="continue-on-error")
    assert counts(reply.json()) == {"changed": 1, "refused": 1}
    assert one(cursor, "SELECT n FROM locked WHERE id = 2") == 2


def test_what_is_refused_behind_others(items):
    """Every refused line is found, not only the first; lines may build on
    those before them."""
    site, cursor = items
    text = "id,up\n1,\n2,1\n3,77\n4,88\n5,4\n"
    found = report(site, text, "child")
    assert counts(found) == {"new": 2, "refused": 3}
    assert put(site, text, "child").status_code == 409
    assert state(cursor, "child") == []
    put(site, text, "child", Prefer="continue-on-error")
    assert state(cursor, "child") == [(1, None), (2, 1)]


def test_a_unique_value(items):
    site, _ = items
    rows = parsed(export(site))
    rows[0]["code"] = rows[1]["code"] = "same"
    found = report(site, written(rows))
    assert counts(found) == {"changed": 1, "unchanged": 3, "refused": 1}
    assert found["lines"][1]["column"] == "code"


@pytest.mark.parametrize("text,column,value", [
    ("id;m\n1;1,5\n", "m", "1.5"),
    ("id;m\n1;1.5\n", "m", "1.5"),
    ("id;m\n1;1.234,50\n", "m", "1234.50"),
    ("id\tm\n1\t2.25\n", "m", "2.25"),
    ('id,m\n1,"2,25"\n', "m", "2.25"),
    ("id;d\n1;31.12.1999\n", "d", "1999-12-31"),
    ("id,d\n1,12/31/1999\n", "d", "1999-12-31"),
    ("id,d\n1,31/12/99\n", "d", "1999-12-31"),
    ("id,at\n1,3.4.2020 10:20\n", "at", "2020-04-03 10:20:00"),
    ("id;ok\n1;WAHR\n", "ok", "true"),
    ("id;ok\n1;FALSE\n", "ok", "false"),
    ('id,j\n1,"{""a"": 1}"\n', "j", '{"a": 1}'),
    ('id,a\n1,"{a,""b c""}"\n', "a", '{a,"b c"}'),
    ("id,t\n1,9:30\n", "t", "09:30:00"),
    ("id,b\n1,\\x0aff\n", "b", "\\x0aff"),
])
def test_values_as_spreadsheets_write_them(items, text, column, value):
    site, cursor = items
    reply = put(site, text, "typed")
    assert reply.status_code == 204, reply.text
    assert one(cursor, f"SELECT {column}::text FROM typed") == value


@pytest.mark.parametrize("text,column", [
    ("id;m\n1;1.234\n", "m"), ('id,m\n1,"1,234"\n', "m"),
    ("id,d\n1,2/3/2020\n", "d"), ("id,d\n1,2020-02-31\n", "d"),
    ("id,j\n1,{\n", "j"), ("id;m\n1;x\n", "m"),
])
def test_values_that_cannot_be_told(items, text, column):
    site, cursor = items
    found = report(site, text, "typed")
    assert [x["column"] for x in found["lines"]] == [column]
    assert put(site, text, "typed").status_code == 422
    assert state(cursor, "typed") == []


def test_null_and_empty_are_told_apart(items):
    site, cursor = items
    text = export(site)
    assert ',"",' in text
    rows = parsed(text)
    rows[0]["note"] = "x"
    # a spreadsheet writes both as nothing: what was empty stays so
    assert '""' not in written(rows)
    assert put(site, written(rows)).status_code == 204
    assert state(cursor)[1][2] == "" and state(cursor)[0][2] == "x"
    # a file that tells them apart means it
    lines = export(site).splitlines()
    lines[2] = lines[2].replace(',"",', ",,")
    assert '""' in lines[3]
    assert put(site, "\n".join(lines)).status_code == 204
    assert state(cursor)[1][2] is None and state(cursor)[2][2] == ""


def test_formulas_come_back_as_they_were(items):
    site, cursor = items
    cursor.execute("UPDATE item SET note = '=1+1' WHERE id = 1; "
                   "UPDATE item SET note = '''=x' WHERE id = 2")
    assert counts(report(site, export(site))) == {"unchanged": 5}


@pytest.mark.parametrize("data,encoding", [
    ("id,name\n9,Jürgen\n".encode(), "utf-8"),
    ("id,name\n9,Jürgen\n".encode("utf-8-sig"), "utf-8"),
    ("id;name\n9;Jürgen\n".encode("cp1252"), "windows-1252"),
])
def test_encodings(items, data, encoding):
    site, cursor = items
    assert report(site, data)["encoding"] == encoding
    assert put(site, data).status_code == 204
    assert one(cursor, "SELECT name FROM item WHERE id = 9") == "Jürgen"


@pytest.mark.parametrize("data,status,word", [
    ("id,name\n9,x\n".encode("utf-16"), 400, "UTF-16"),
    (b"\n", 422, "nothing"),
    (b'id,name\n9,"x\n', 400, "line 2"),
    (b"id,name\n9,x\nERROR: export incomplete\n", 400, "line 3"),
    (b"id,name\n9,a\0b\n", 400, "line 2"),
])
def test_files_that_are_none(items, data, status, word):
    site, cursor = items
    before = state(cursor)
    reply = put(site, data)
    assert reply.status_code == status, reply.text
    assert word.lower() in reply.json()["detail"].lower()
    assert state(cursor) == before


def test_ragged_lines(items):
    site, _ = items
    found = report(site, "id,name\n8,x\n9\n10,y,z\n")
    assert counts(found) == {"new": 1, "refused": 2}
    assert [x["line"] for x in found["lines"]] == [2, 3, 4]


def test_other_types_and_conditions(items):
    site, _ = items
    reply = site.put("/item", json={})
    assert reply.status_code == 415
    assert put(site, "id\n1\n", **{"If-Match": '"v1-c"'}).status_code == 412
    reply = put(site, "id\n1\n", Origin="https://other.example.org")
    assert reply.status_code == 403


def test_ten_thousand_rows_take_seconds(items):
    site, cursor = items
    cursor.execute("INSERT INTO plain SELECT g, g FROM "
                   "generate_series(3, 10000) g")
    rows = parsed(export(site, "plain"))
    for row in rows:
        row["n"] = str(int(row["n"]) + 1)
    text = written(rows)
    begin = time.monotonic()
    assert counts(report(site, text, "plain")) == {"changed": 10000}
    tried = time.monotonic()
    assert put(site, text, "plain").status_code == 204
    saved = time.monotonic()
    cursor.execute("UPDATE plain SET n = 0 WHERE id % 2 = 0")
    again = report(site, text, "plain")
    done = time.monotonic()
    assert counts(again) == {"unchanged": 5000, "stale": 5000}
    print("10,000 rows: dry run %.1f s, saved %.1f s, half stale %.1f s" % (
        tried - begin, saved - tried, done - saved))
    assert done - begin < 60
    assert one(cursor, "SELECT sum(n) FROM plain WHERE id % 2 = 1") == sum(
        n + 1 for n in range(1, 10000, 2))


@pytest.mark.parametrize("query", ["dryrun", "dry_run=no", "id=eq.1",
                                   "limit=1", "_after=1", "_dry_run"])
def test_what_is_not_understood_saves_nothing(items, query):
    site, _ = items
    text = export(site).replace("n1", "changed")
    reply = site.put("/item?" + query, data=text.encode(), headers={
        "Content-Type": "text/csv"})
    assert reply.status_code == 400, reply.text
    assert "changed" not in export(site)


@pytest.mark.parametrize("table, twice", [("plain", {"unchanged": 1}),
                                          ("counted", {"stale": 1})])
def test_two_who_count_the_same(items, table, twice):
    """Where an equal row is no proof of having been first, it is none here."""
    site, _ = items
    rows = parsed(export(site, table))[:1]
    rows[0]["n"] = "6"
    text = written(rows)
    assert put(site, text, table).status_code == 204
    assert counts(report(site, text, table)) == twice
