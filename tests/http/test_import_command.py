"""ifmatch import: files of rows from a terminal."""
import getpass

import pytest

INI = "anonymous = none\n[table item]\nhidden = secret\n"


@pytest.fixture(name="database")
def database_fixture(cluster):
    name = cluster.makedb("""
        CREATE TABLE item (id int PRIMARY KEY, name text NOT NULL,
            n int CHECK (n >= 0), secret text);
        SELECT ifmatch.protect('item');
        INSERT INTO item (id, name, n) VALUES (1, 'a', 1), (2, 'b', 2);
        GRANT SELECT, INSERT, UPDATE, DELETE ON item TO ifmatch;""")
    yield name
    cluster.dropdb(name)


@pytest.fixture(name="run")
def run_fixture(cgi, ini, database, tmp_path):
    config = ini(database, INI)

    def run(text, *args, data=None):
        path = tmp_path / "list.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return cgi.command("import", "item", data or str(path), *args,
                           config=config, text=text if data else None)
    return run


def rows(cluster, database):
    return cluster.query(
        database, "SELECT id, name, n FROM item ORDER BY id")


def file_of(cluster, database, *changes):
    states = dict(cluster.query(
        database, "SELECT id, 'v' || version FROM item"))
    return "id,name,n,_etag\n" + "".join(
        "%d,%s,%s,%s\n" % (*change, states.get(change[0], ""))
        for change in changes)


def test_all_lines(cluster, database, run):
    text = file_of(cluster, database, (1, "a", 10), (2, "b", 2), (3, "c", 3))
    done = run(text, "--dry-run")
    assert done.returncode == 0, done
    assert done.stdout == (
        '2: changed, n "1" -> "10"\n4: new\n'
        "1 new, 1 changed, 1 unchanged, 0 stale, 0 refused; "
        "nothing was saved\n")
    assert rows(cluster, database) == [(1, "a", 1), (2, "b", 2)]
    done = run(text, data="-")
    assert done.returncode == 0 and done.stdout.endswith("; saved\n"), done
    assert rows(cluster, database) == [
        (1, "a", 10), (2, "b", 2), (3, "c", 3)]
    assert cluster.query(database, "SELECT updated_by FROM item WHERE id = 3"
                         ) == [(getpass.getuser(),)]


def test_the_good_ones(cluster, database, run):
    text = file_of(cluster, database, (1, "x", 10), (2, "y", -2), (3, "z", 3))
    cluster.query(database, "UPDATE item SET name = 'theirs' WHERE id = 1")
    done = run(text)
    assert done.returncode == 1 and "nothing was saved" in done.stdout, done
    assert len(rows(cluster, database)) == 2
    done = run(text, "--good")
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert lines[0].startswith("2: stale: ")
    assert lines[1].startswith("3: refused, n: ")
    assert lines[-1] == ("1 new, 0 changed, 0 unchanged, 1 stale, 1 refused; "
                         "saved")
    assert rows(cluster, database) == [
        (1, "theirs", 1), (2, "b", 2), (3, "z", 3)]


def test_what_is_said_of_the_file(run):
    done = run("id;name;secret;other\n9;Jürgen;s;o\n".encode("cp1252"),
               "--dry-run")
    assert done.returncode == 0
    assert done.stdout.splitlines()[:3] == [
        "read as windows-1252", 'column passed over: "secret"',
        'column passed over: "other"']


@pytest.mark.parametrize("args", [(), ("item",), ("item", "f", "--other"),
                                  ("item", "f", "--good", "--dry-run")])
def test_usage(cgi, ini, database, args):
    done = cgi.command("import", *args, config=ini(database, INI))
    assert done.returncode == 2 and "usage: " in done.stderr


def test_no_such_file_or_table(cgi, ini, database, tmp_path):
    config = ini(database, INI)
    done = cgi.command("import", "item", str(tmp_path / "none.csv"),
                       config=config)
    assert done.returncode == 1 and "none.csv: No such file" in done.stderr
    path = tmp_path / "a.csv"
    path.write_text("id\n1\n")
    done = cgi.command("import", "other", str(path), config=config)
    assert done.returncode == 1 and "other" in done.stderr
    path.write_text("a\n1\n")
    done = cgi.command("import", "item", str(path), config=config)
    assert done.returncode == 1 and "None of the names" in done.stderr
