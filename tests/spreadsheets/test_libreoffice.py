"""Files that a spreadsheet has opened and saved: what it changed by itself is
shown as a change, and never slipped in."""
import csv
import io
import os
import subprocess

import pytest

# separator, quote, UTF-8, first line, columns: as the dialog has them
FILTERS = {"comma": "44,34,76,1,,0,false,true,false",
           "semicolon": "59,34,76,1,,0,false,true,false",
           "windows": "59,34,1,1,,0,false,true,false"}
READ = {"comma": "44,34,76,1,,%d,false,%s", "semicolon": "59,34,76,1,,%d,false,%s",
        "windows": "59,34,76,1,,%d,false,%s"}
ENGLISH, GERMAN = 1033, 1031


@pytest.fixture(scope="module", name="web")
def web_fixture(cluster, module_site):
    name = cluster.makedb("""
        CREATE TABLE item (id int PRIMARY KEY, code text, name text,
            long numeric, price numeric(9,2), born date, at timestamp,
            ok boolean, note text);
        SELECT ifmatch.protect('item');
        INSERT INTO item (id, code, name, long, price, born, at, ok, note)
        VALUES
            (1, '007', 'Jürgen', 12345678901234567890, 1.50, '2026-02-01',
             '2026-02-01 10:20:30', true, 'plain'),
            (2, '1E5', 'Zoë', 42, 1234.00, '1999-12-31', NULL, false, ''),
            (3, '=1+1', 'a "b", c; d', NULL, NULL, NULL, NULL, NULL, NULL),
            (4, '3/4', E'two\\nlines', 0.1, -7.25, '0001-01-01', NULL, NULL,
             ' blanks ');
        GRANT SELECT, INSERT, UPDATE, DELETE ON item TO ifmatch;""")
    return module_site(name, "anonymous = write\n[table item]\n"), name


def through(folder, content, dialect, language, detect):
    """The file as LibreOffice saves it again. detect: it may take texts for
    numbers and days, as it does where people say so or double-click."""
    source = os.path.join(folder, "list.csv")
    out = os.path.join(folder, "out")
    with open(source, "wb") as file:
        file.write(content)
    subprocess.run(
        ["soffice", "--headless", "--norestore",
         "-env:UserInstallation=file://" + os.path.join(folder, "profile"),
         "--infilter=CSV:" + READ[dialect] % (
             language, "true" if detect else "false"),
         "--convert-to", "csv:Text - txt - csv (StarCalc):"
         + FILTERS[dialect], "--outdir", out, source],
        check=True, timeout=180, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env={"PATH": os.environ["PATH"], "HOME": folder})
    with open(os.path.join(out, "list.csv"), "rb") as file:
        return file.read()


def rehearse(site, content):
    reply = site.put("/item?dry_run", data=content,
                     headers={"Content-Type": "text/csv"})
    assert reply.status_code == 200, (reply.text, content)
    return reply.json()


def export(site, dialect):
    return site.get("/item?_etag=&_dialect=" + (
        "comma" if dialect == "comma" else "semicolon"),
        headers={"Accept": "text/csv"}).content


def state(cluster, name):
    return cluster.query(name, "SELECT * FROM item ORDER BY id")


@pytest.mark.parametrize("dialect,language", [
    ("comma", ENGLISH), ("semicolon", GERMAN), ("windows", GERMAN)])
def test_opened_and_saved(cluster, web, tmp_path, dialect, language):
    """Whatever it did to a value is in the report as from and to; what is not
    there was not changed; nothing is written by looking."""
    site, name = web
    before = state(cluster, name)
    saved = through(str(tmp_path), export(site, dialect), dialect, language,
                    True)
    found = rehearse(site, saved)
    print(found["lines"])
    assert found["separator"] == ("," if dialect == "comma" else ";")
    assert found["encoding"] == (
        "windows-1252" if dialect == "windows" else "utf-8")
    assert state(cluster, name) == before
    said = {(line["key"], column) for line in found["lines"]
            for column in line.get("changes", {})}
    said |= {(line["key"], line["column"]) for line in found["lines"]
             if line["result"] == "refused"}
    # the leading zeros, and a number of more digits than it has
    assert {("1", "code"), ("1", "long")} <= said
    changes = {line["key"]: line.get("changes", {}) for line in found["lines"]}
    assert changes["1"]["code"] == {"from": "007", "to": "7"}
    assert changes["1"]["long"]["from"] == "12345678901234567890"
    # what it did not touch is no change: texts, days, amounts, formulas
    assert not said & {("1", "name"), ("1", "born"), ("1", "price"),
                       ("1", "ok"), ("2", "name"), ("2", "price"),
                       ("2", "note"), ("3", "code"), ("3", "name")}
    # saved all the same, the rows hold what was announced
    reply = site.put("/item", data=saved, headers={
        "Content-Type": "text/csv", "Prefer": "continue-on-error"})
    assert reply.json()["lines"] == found["lines"]
    now = {row["id"]: row for row in site.get("/item").json()}
    for line in found["lines"]:
        for column, change in line.get("changes", {}).items():
            value = now[int(line["key"])][column]
            assert (str(value) if value is not None else None
                    ) == change["to"] or column in ("long", "price", "ok",
                                                    "at"), line
    cluster.query(name, "DELETE FROM item")
    for row in before:
        cluster.query(name, "INSERT INTO item (id, code, name, long, price, "
                      "born, at, ok, note) VALUES (%s)" % ", ".join(
                          ["%s"] * 9), row[:9])


def test_opened_as_text_and_saved(web, tmp_path):
    """Without its guesses nothing is lost, and one change is one change."""
    site, _ = web
    rows = list(csv.DictReader(io.StringIO(export(site, "comma").decode())))
    rows[1]["name"] = "Zoé"
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    saved = through(str(tmp_path), out.getvalue().encode(), "comma", ENGLISH,
                    False)
    found = rehearse(site, saved)
    assert [(line["key"], line["result"]) for line in found["lines"]
            if "name" in line.get("changes", {})] == [("2", "changed")]
    assert not [line for line in found["lines"]
                if line["result"] in ("new", "stale")]
