"""Where a write, its row and what may be seen of it part ways."""
import pytest

SQL = """
CREATE TABLE task (id int PRIMARY KEY, archived bool NOT NULL DEFAULT false,
    t text);
CREATE TABLE audit (what text);
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
    $$ BEGIN INSERT INTO audit VALUES (TG_OP); RETURN NULL; END $$;
CREATE TRIGGER note AFTER INSERT OR UPDATE ON task FOR EACH ROW
    EXECUTE FUNCTION note();
SELECT ifmatch.protect('task');
CREATE VIEW live AS SELECT * FROM task WHERE NOT archived;
CREATE TABLE queue (id int PRIMARY KEY, job text);
CREATE FUNCTION work() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
    $$ BEGIN INSERT INTO audit VALUES (NEW.job);
       DELETE FROM queue WHERE id = NEW.id; RETURN NULL; END $$;
CREATE TRIGGER work AFTER INSERT ON queue FOR EACH ROW
    EXECUTE FUNCTION work();
CREATE TABLE nokey (name text, v text);
CREATE TABLE pair (id int PRIMARY KEY, a text, b text);
SELECT ifmatch.protect('pair');
CREATE TABLE stubborn (id int PRIMARY KEY, a text, b text);
CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RETURN NULL; END $$;
CREATE TRIGGER no BEFORE UPDATE ON stubborn FOR EACH ROW
    EXECUTE FUNCTION no();
CREATE TABLE readonly (id int PRIMARY KEY, doc jsonb, updated_at timestamptz);
CREATE TABLE sec (id int PRIMARY KEY, name text, pin int,
    UNIQUE (name, pin));
SELECT ifmatch.protect('sec');
CREATE TABLE hush (id int REFERENCES sec);
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public
    TO ifmatch;
"""
TABLES = ["task", "live", "queue", "pair", "stubborn", "readonly"]
INI = ("anonymous = write\n" + "".join(f"[table {t}]\n" for t in TABLES) +
       "[table nokey]\nkey = name\n"
       "[table sec]\nhidden = pin, updated_at, updated_by\n")


@pytest.fixture(scope="module")
def web(module_desk):
    desk = module_desk(SQL, INI)
    return desk.site, desk.ask


def guard(site, path):
    return {"If-Match": site.get(path).headers["ETag"]}


def test_a_row_that_leaves_its_view_was_saved_all_the_same(web):
    site, ask = web
    ask("DELETE FROM task")
    ask("INSERT INTO task VALUES (1, false, 'x')")
    reply = site.patch("/live/1", json={"archived": True},
                       headers=guard(site, "/live/1"))
    assert reply.status_code == 204 and "ETag" not in reply.headers
    assert ask("SELECT archived FROM task") == [(True,)]
    assert site.get("/live/1").status_code == 404


def test_a_row_that_its_trigger_takes_away_was_created(web):
    site, ask = web
    ask("DELETE FROM audit")
    reply = site.post("/queue", json={"id": 7, "job": "print"})
    assert reply.status_code == 201 and "ETag" not in reply.headers
    assert ask("SELECT what FROM audit") == [("print",)]


@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
def test_a_configured_key_of_two_rows_changes_neither(web, method):
    site, ask = web
    ask("DELETE FROM nokey")
    ask("INSERT INTO nokey VALUES ('a', '1'), ('a', '2')")
    state = site.get("/nokey?_etag").json()[0]["_etag"]
    reply = site.request(method, "/nokey/a", json={"v": "boom"},
                         headers={"If-Match": f'"{state}"'})
    assert reply.status_code == 409
    assert ask("SELECT * FROM nokey ORDER BY v") == [("a", "1"), ("a", "2")]


def test_a_put_is_not_done_while_a_column_it_leaves_out_stays(web):
    site, ask = web
    ask("DELETE FROM stubborn")
    ask("INSERT INTO stubborn VALUES (1, 'x', 'keep')")
    reply = site.put("/stubborn/1", json={"a": "x"},
                     headers=guard(site, "/stubborn/1"))
    assert reply.status_code == 409
    assert ask("SELECT b FROM stubborn") == [("keep",)]


def test_a_put_of_nothing_over_nothing_is_done(web):
    site, ask = web
    ask("DELETE FROM pair")
    ask("INSERT INTO pair VALUES (1)")
    reply = site.put("/pair/1", json={}, headers=guard(site, "/pair/1"))
    assert reply.status_code == 204


def test_a_stale_put_is_equal_only_with_what_it_leaves_out(web):
    site, ask = web
    ask("DELETE FROM pair")
    ask("INSERT INTO pair VALUES (1, 'x', 'keep')")
    old = guard(site, "/pair/1")
    assert site.patch("/pair/1", json={"a": "new"},
                      headers=old).status_code == 204
    reply = site.put("/pair/1", json={"a": "new"}, headers=old)
    assert reply.status_code == 412
    assert reply.json()["already_equal"] is False


@pytest.mark.parametrize("headers", [{}, {"If-Match": '"v1-j"'},
                                     {"If-Match": "*"}])
def test_a_merge_into_a_table_that_is_only_read(web, headers):
    site, ask = web
    ask("DELETE FROM readonly")
    ask("INSERT INTO readonly VALUES (1, '{}')")
    reply = site.patch(
        "/readonly/1", data=b'{"doc":{"a":1}}', headers={
            "Content-Type": "application/merge-patch+json", **headers})
    assert reply.status_code == 403


def test_D8_refusals_do_not_tell_what_is_hidden(web):
    site, ask = web
    ask("DELETE FROM hush")
    ask("DELETE FROM sec")
    ask("INSERT INTO sec VALUES (1, 'anna', 4711), (2, 'x', 4711)")
    ask("INSERT INTO hush VALUES (1)")
    replies = [
        site.patch("/sec/2", json={"name": "anna"},
                   headers=guard(site, "/sec/2")),
        site.delete("/sec/1", headers=guard(site, "/sec/1"))]
    for reply in replies:
        assert reply.status_code == 409
        assert "4711" not in reply.text and "hush" not in reply.text


def test_D8_hidden_columns_of_the_last_change_stay_hidden(web):
    site, ask = web
    ask("DELETE FROM hush")
    ask("DELETE FROM sec")
    ask("INSERT INTO sec VALUES (1, 'anna', 4711)")
    reply = site.get("/sec/1")
    assert sorted(reply.json()) == ["id", "name", "version"]
    assert "Last-Modified" not in reply.headers
    stale = site.patch("/sec/1", json={"name": "b"},
                       headers={"If-Match": '"v1-j"'})
    assert stale.status_code == 412
    assert stale.json()["changed_by"] is stale.json()["changed_at"] is None
    page = site.get("/sec/1", headers={"Accept": "text/html"}).text
    assert "Last changed" not in page


def test_a_tag_that_is_no_state_is_only_stale(web):
    site, ask = web
    ask("DELETE FROM pair")
    ask("INSERT INTO pair VALUES (1)")
    for tag in (b'"v\xff"', b'"v{}"', b'"a,b"'):
        reply = site.patch("/pair/1", json={"a": "b"},
                           headers={"If-Match": tag})
        assert reply.status_code == 412
