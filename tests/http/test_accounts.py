"""Accounts: sessions that each statement asks for, programs that log in, what is
throttled, the first account, one-time links, and the command."""
import base64
import hashlib
import json
import os
import pty
import re
import subprocess
import threading
import time

import pytest

from accounts import INI, PASSWORDS, SECRET, TABLES, People, Person, problem
from harness.browser import Page, multipart
from harness.process import BINARY, readable
from harness.proxy import Proxy
from pages import plain


@pytest.fixture(name="there", scope="module")
def there_fixture(account_site):
    there = account_site(INI + "admin = anna\n" + TABLES, workers=1)
    for who in PASSWORDS:
        there.add(who)
    return there


@pytest.fixture(name="person")
def person_fixture(there, persons):
    there.forget_attempts()
    there.renew_notes()
    yield persons
    there.ask("UPDATE ifmatch.ifmatch_account SET disabled = false, "
              "admin = false, groups = '{}', display_name = NULL")


def doors(someone):
    """Every door of a table, by its name: each a status."""
    def ask(method, path, body=None, **headers):
        return someone.request(method, "/records" + path, body,
                               **headers).status
    form = {"Content-Type": "application/x-www-form-urlencoded",
            "Sec-Fetch-Site": "same-origin", "Accept": "text/html"}
    page = {"Accept": "text/html"}
    sent = {"Content-Type": "application/json", "If-Match": "*"}
    return {
        "home": ask("GET", "/"), "home page": ask("GET", "/",
                                                  Accept="text/html"),
        "list": ask("GET", "/note"), "row": ask("GET", "/note/1"),
        "value": ask("GET", "/note/1/title"),
        "page": ask("GET", "/note/1", Accept="text/html"),
        "new": ask("GET", "/note?new", Accept="text/html"),
        "absent table": ask("GET", "/nothing"),
        "absent row": ask("GET", "/note/999"),
        "OPTIONS": ask("OPTIONS", "/note/1"),
        "PATCH": ask("PATCH", "/note/1", '{"title": "x"}', **sent),
        "PUT": ask("PUT", "/note/1", '{"id": 1, "title": "x"}', **sent),
        "POST": ask("POST", "/note", '{"id": 77, "title": "x"}', **sent),
        "DELETE": ask("DELETE", "/note/2", **sent),
        "value PUT": ask("PUT", "/note/1/title", "x", **{
            "Content-Type": "text/plain", "If-Match": "*"}),
        "save": ask("POST", "/note/1", "title=x&_etag=v1", **form),
        "create": ask("POST", "/note", "id=78&title=x", **form),
        "grid": ask("GET", "/note?_edit=title", **page),
        "grid saved": ask("POST", "/note?_edit=title", "_rows=1&_row.0._key=1"
                          "&_row.0._etag=v1&_row.0.title=x", **form),
        "list page": ask("GET", "/note", **page),
        "file": ask("GET", "/note?_format=csv"),
        "picker": ask("GET", "/note?_choice=f"),
        "search": ask("GET", "/note?_search=f", **page),
        "asking to delete": ask("GET", "/note/1?delete", **page),
        "deleted": ask("POST", "/note/1", "_method=DELETE&_etag=v1", **form),
        "asking to delete some": ask("POST", "/note?_delete", "_select.0=1",
                                     **form),
        "some deleted": ask("POST", "/note?_delete", "_rows=1&_row.0._key=1"
                            "&_row.0._etag=v1&_row.0._on=1", **form),
        "many created": ask("POST", "/note", '[{"id": 79, "title": "x"}]',
                            **sent),
        "many changed": ask("PATCH", "/note", '[{"id": 1, "_etag": "v1", '
                            '"title": "x"}]', **sent),
        "filtered PATCH": ask("PATCH", "/note?id=eq.1", '{"title": "x"}',
                              **sent),
        "filtered DELETE": ask("DELETE", "/note?id=eq.1"),
        "tunnelled": ask("POST", "/note/1?_method=DELETE&_etag=v1", "", **sent),
        "import": ask("GET", "/note?import=", **page),
        "file sent": ask("POST", "/note?import=", "_upload=x&_save=good",
                         **form),
        "file put": ask("PUT", "/note", "id,title\n9,x\n", **{
            "Content-Type": "text/csv"}),
        "check": ask("GET", "/-/check", **page),
        "check judged": ask("POST", "/-/check", "{}", **sent),
        "accounts": ask("GET", "/-/accounts", **page),
        "account added": ask("POST", "/-/accounts", "_do=add&name=x", **form),
        "own account": ask("GET", "/-/account", **page),
        "own account changed": ask("POST", "/-/account", "_do=end", **form),
    }


ENDS = {
    "disabled": "UPDATE ifmatch.ifmatch_account SET disabled = true "
                "WHERE name = 'anna'",
    "ended": "DELETE FROM ifmatch.ifmatch_session WHERE account = 'anna'",
    "expired": "UPDATE ifmatch.ifmatch_session SET expires_at = now() "
               "WHERE account = 'anna'",
    "gone": "DELETE FROM ifmatch.ifmatch_account WHERE name = 'anna'",
}


@pytest.mark.parametrize("how", ENDS)
def test_a_session_that_has_ended_opens_no_door(there, person, how):
    someone = person("anna")
    assert someone.request("GET", "/records/note/1").status == 200
    rows = there.ask("SELECT * FROM note ORDER BY id")
    hash_ = there.ask("SELECT password FROM ifmatch.ifmatch_account "
                      "WHERE name = 'anna'")[0]
    there.ask(ENDS[how])
    try:
        seen = doors(someone)
        assert set(seen.values()) == {401}, seen
        assert there.ask("SELECT * FROM note ORDER BY id") == rows
    finally:
        there.ask("INSERT INTO ifmatch.ifmatch_account (name, password) "
                  "VALUES ('anna', %s) ON CONFLICT DO NOTHING", hash_)


def test_a_changed_account_is_read_anew(there, person):
    someone = person("anna")
    for change, seen in (({"display_name": "Anna B."}, "Anna B."),
                         ({"groups": ["board", "crew"]}, "Anna B."),
                         ({"display_name": "Anna C."}, "Anna C.")):
        cookie = someone.session
        there.set("anna", **change)
        got = someone.request("GET", "/records/", Accept="text/html")
        assert got.status == 200 and seen in got.text
        assert someone.session != cookie
    there.set("anna", groups=[])
    form = someone.page("/note/1").form
    there.set("anna", display_name="Anna D.")
    form.fill("title", "mine")
    assert someone.submit(form) == "/records/note/1"
    assert there.row()[::3] == ("mine", "anna")


def test_a_right_that_was_taken_is_gone_at_once(there, person, ini, cgi):
    config = ini(there.database, INI + "admin = nobody\n" + TABLES)
    there.set("anna", admin=True)
    someone = person("anna")
    cookie = {"Cookie": "ifmatch_session=" + someone.session,
              "Accept": "text/html"}
    assert cgi(config, "GET", "/records/-/check", cookie).status == 200
    there.set("anna", admin=False)
    got = cgi(config, "GET", "/records/-/check", cookie)
    assert got.status == 403


def test_the_database_sees_who_asks(there, person):
    there.ask("""CREATE VIEW asks AS SELECT 1 AS id,
        current_setting('ifmatch.person', true) AS person,
        current_setting('ifmatch.groups', true) AS groups;
        GRANT SELECT ON asks TO ifmatch""")
    try:
        there.set("anna", groups=["board", "crew"])
        site = there.site
        text = open(site.ini).read()
        assert "[table note]" in text
        someone = person("anna")
        site.write("records.ini", text + "[table asks]\nkey = id\n", 0o600)
        site.reload()
        from harness.process import wait_until
        wait_until(lambda: someone.request(
            "GET", "/records/asks").status == 200, 20, "the new table")
        assert json.loads(someone.request("GET", "/records/asks/1").text) == {
            "id": 1, "person": "anna", "groups": "board,crew"}
        assert json.loads(person("bert").request(
            "GET", "/records/asks/1").text) == {
                "id": 1, "person": "bert", "groups": ""}
    finally:
        there.ask("DROP VIEW asks")
        site.write("records.ini", text, 0o600)
        site.reload()


# Programs.

def basic(name, password):
    return {"Authorization": "Basic " + base64.b64encode(
        ("%s:%s" % (name, password)).encode()).decode()}


def test_a_program_logs_in_with_name_and_password(there, person):
    someone = person()
    auth = basic("anna", PASSWORDS["anna"])
    got = someone.request("GET", "/records/note/1", **auth)
    assert got.status == 200 and "Set-Cookie" not in got.headers
    got = someone.request("PATCH", "/records/note/1", '{"title": "basic"}', **{
        "Content-Type": "application/json", "If-Match": got.headers["ETag"],
        **auth})
    assert got.status in (200, 204)
    assert there.row()[::3] == ("basic", "anna")


def test_a_name_and_password_beyond_ASCII(there, person):
    there.add("jörg", password="größtes Geheimnis")
    try:
        got = person().request("GET", "/records/note/1",
                               **basic("jörg", "größtes Geheimnis"))
        assert got.status == 200
        assert person().log_in("jörg", "größtes Geheimnis") == "/records/"
    finally:
        there.ask("DELETE FROM ifmatch.ifmatch_account WHERE name = 'jörg'")


def test_the_longest_name_can_log_in(there, person):
    """It is of a hundred characters, however many bytes these have."""
    name = "Ж" * 100
    done = there.command("add", name, text="a long name\n")
    assert done.returncode == 0, done.stderr
    there.set(name, display_name="Ж" * 100, groups=[
        "group%02d%s" % (i, "x" * 12) for i in range(49)])
    try:
        someone = person()
        someone.log_in(name, "another", status=401)
        assert someone.log_in(name, "a long name") == "/records/"
        someone.page("/note/1")
        got = someone.request("GET", "/records/note/1",
                              **basic(name, "a long name"))
        assert got.status == 200
    finally:
        there.ask("DELETE FROM ifmatch.ifmatch_account WHERE name = %s",
                  (name,))


@pytest.mark.parametrize("field", [
    "Basic", "Basic ", "Basic !!!!", "Basic YW5uYQ==", "Basic YW5uYTp4",
    "Basic " + base64.b64encode(b"anna:\xff\xfe").decode(),
    "Basic " + base64.b64encode(b"anna:x\0y").decode(),
    "Basic YW5uYTp4=", "Basic YW5uYTp", "Bearer", "Bearer x", "Bearer a b",
    "bearer " + "x" * 3000, "Basic " + "QUFB" * 2000, "Bearer ä"])
def test_a_wrong_Authorization_is_refused(there, ini, cgi, field):
    """Even where whoever is not known may read, it is not overlooked."""
    there.forget_attempts()
    config = ini(there.database, INI + "anonymous = read\n" + TABLES)
    got = cgi(config, "GET", "/records/note/1", {"Authorization": field})
    assert got.status == 401, got.output
    assert got.json()["status"] == 401
    assert "some text" not in got.text


def test_the_challenge_names_both_to_programs_alone(there, person):
    someone = person()
    got = someone.request("GET", "/records/note/1")
    assert got.status == 401
    assert re.match(r'Basic realm="[^"]+", charset="UTF-8", Bearer realm=',
                    got.headers["WWW-Authenticate"])
    # a browser that saw Basic would ask in a window of its own
    for headers in ({"Accept": "text/html"}, {"Sec-Fetch-Site": "none"}):
        got = someone.request("GET", "/records/note/1", **headers)
        assert got.status == 401
        assert got.headers["WWW-Authenticate"].startswith("Bearer ")


def test_a_password_is_not_hashed_at_each_request(there, person):
    someone, auth = person(), basic("bert", PASSWORDS["bert"])
    assert someone.request("GET", "/records/note/1", **auth).status == 200
    attempts = "SELECT count(*) FROM ifmatch.ifmatch_attempt"
    there.forget_attempts()
    for _ in range(5):
        assert someone.request("GET", "/records/note/1", **auth).status == 200
    assert there.ask(attempts) == [(0,)]


def test_a_program_s_login_ends_at_once_too(there, person):
    someone, auth = person(), basic("bert", PASSWORDS["bert"])
    assert someone.request("GET", "/records/note/1", **auth).status == 200
    there.set("bert", disabled=True)
    for _ in range(2):
        assert someone.request("GET", "/records/note/1", **auth).status == 401
    there.set("bert", disabled=False)
    assert someone.request("GET", "/records/note/1", **auth).status == 200
    try:
        done = there.command("passwd", "bert", text="another password\n")
        assert done.returncode == 0
        assert someone.request("GET", "/records/note/1", **auth).status == 401
        assert someone.request("GET", "/records/note/1", **basic(
            "bert", "another password")).status == 200
    finally:
        there.command("passwd", "bert", text=PASSWORDS["bert"] + "\n")


@pytest.fixture(name="token")
def token_fixture(there):
    token = "ifm_" + "a1b2" * 16
    digest = hashlib.blake2b(token.encode(), digest_size=32).hexdigest()
    there.ask("INSERT INTO ifmatch.ifmatch_token (hash, account, label) "
              "VALUES (%s, 'anna', 'a script')", (digest,))
    yield token
    there.ask("DELETE FROM ifmatch.ifmatch_token")


def test_a_program_logs_in_with_a_token(there, person, token):
    someone, auth = person(), {"Authorization": "Bearer " + token}
    got = someone.request("GET", "/records/note/1", **auth)
    assert got.status == 200
    got = someone.request("PATCH", "/records/note/1", '{"title": "token"}', **{
        "Content-Type": "application/json", "If-Match": got.headers["ETag"],
        **auth})
    assert there.row()[::3] == ("token", "anna")
    assert someone.request("GET", "/records/note/1", Authorization="Bearer "
                           + token + "x").status == 401
    there.set("anna", display_name="Anna")
    assert someone.request("GET", "/records/note/1", **auth).status == 200


@pytest.mark.parametrize("how", [
    "DELETE FROM ifmatch.ifmatch_token",
    "UPDATE ifmatch.ifmatch_token SET expires_at = now()",
    "UPDATE ifmatch.ifmatch_account SET disabled = true"])
def test_a_token_s_use_ends_at_once(there, person, token, how):
    someone, auth = person(), {"Authorization": "Bearer " + token}
    assert someone.request("GET", "/records/note/1", **auth).status == 200
    there.ask(how)
    for _ in range(2):
        assert set(doors_of(someone, auth)) == {401}


def doors_of(someone, auth):
    for path in ("/", "/note", "/note/1", "/nothing"):
        yield someone.request("GET", "/records" + path, **auth).status


def test_F13_Authorization_is_no_way_around_the_origin(there, person):
    """A browser adds it by itself."""
    auth = basic("anna", PASSWORDS["anna"])
    for method, kind in (("POST", "text/plain"), ("PATCH", "application/json"),
                         ("POST", "application/x-www-form-urlencoded")):
        got = person().request(method, "/records/note/1", "title=x", **{
            **auth, "Sec-Fetch-Site": "cross-site", "Content-Type": kind,
            "If-Match": "*", "Accept": "text/html"})
        assert got.status == 403
    assert there.row()[0] == "first"


def test_off_means_off(there, ini, cgi):
    config = ini(there.database, "anonymous = read\nsecret = %s\n" % SECRET
                 + TABLES)
    for headers in (basic("anna", "wrong"), {"Cookie": "ifmatch_session=x"},
                    {"Authorization": "Bearer x"}):
        assert cgi(config, "GET", "/records/note/1", headers).status == 200
    for path in ("login", "logout"):
        got = cgi(config, "GET", "/records/-/" + path,
                  {"Accept": "text/html"})
        assert got.status == 404


# Throttling.

def test_guessing_has_to_wait(there, person):
    someone = person()
    for _ in range(9):
        someone.log_in("anna", "wrong password", status=401)
    someone.log_in("anna")  # a success begins anew
    for _ in range(10):
        someone.log_in("anna", "wrong password", status=401)
    there.stretch_waits()
    form = someone.page("/-/login").form
    for password in ("wrong password", PASSWORDS["anna"]):
        form.fill("_login", "anna")
        form.fill("_password", password)
        got = someone.send(form)
        assert got.status == 429
        assert 1 <= int(got.headers["Retry-After"]) <= 60
        assert "Too many attempts" in plain(Page(got.text)).text
    # not so a colleague, nor in the same way whoever asks as a program
    assert person().log_in("bert") == "/records/"
    got = person().request("GET", "/records/note/1",
                           **basic("anna", "another guess"))
    assert got.status == 429 and int(got.headers["Retry-After"]) >= 1
    assert problem(got)["status"] == 429


def test_the_wait_grows_and_ends(there, person):
    def wait(failures):
        there.ask("UPDATE ifmatch.ifmatch_attempt SET failures = %s, "
                  "until = now() WHERE subject = 'account anna'", (failures,))
        person().log_in("anna", "wrong password", status=401)
        return round(there.ask(
            "SELECT extract(epoch FROM until - last_at)::float FROM "
            "ifmatch.ifmatch_attempt WHERE subject = 'account anna'")[0][0])
    person().log_in("anna", "wrong password", status=401)
    assert [wait(n) for n in (9, 10, 11, 14, 15, 40)] == [1, 2, 4, 32, 60, 60]
    there.ask("UPDATE ifmatch.ifmatch_attempt SET last_at = now() - "
              "interval '61 min', until = now() - interval '1 hour'")
    person().log_in("anna", "wrong password", status=401)
    assert there.ask("SELECT failures FROM ifmatch.ifmatch_attempt WHERE "
                     "subject = 'account anna'") == [(1,)]


def test_an_address_has_to_wait_whatever_the_names(there, cgi):
    there.forget_attempts()
    for address in ("2001:db8:1:2::", "192.0.2.1"):
        there.failed("address " + address, 29)
    body, kind = multipart([("_login", "x"), ("_password", "y")])

    def guess(address):
        return cgi(there.config, "POST", "/records/-/login",
                   {"Content-Type": kind, "Accept": "text/html",
                    "Sec-Fetch-Site": "same-origin"}, body.replace(
                       b"\r\nx\r\n", ("\r\n%s\r\n" % os.urandom(4).hex()
                                      ).encode()),
                   {"REMOTE_ADDR": address}).status
    assert guess("192.0.2.1") == 401
    there.stretch_waits()
    assert guess("192.0.2.1") == guess("::ffff:192.0.2.1") == 429
    assert guess("192.0.2.2") == 401
    assert guess("2001:db8:1:2:aaaa::1") == 401
    there.stretch_waits()
    assert guess("2001:db8:1:2:bbbb::2") == 429
    assert guess("2001:db8:1:3::1") == 401
    there.forget_attempts()


def test_many_guesses_at_once_are_no_way_around(there, cgi):
    there.forget_attempts()
    there.failed("account anna", 15)  # the next one is to wait for a minute
    statuses = []

    def guess(i):
        statuses.append(cgi(there.config, "GET", "/records/note/1", basic(
            "anna", "guess %d" % i), env={
                "REMOTE_ADDR": "192.0.2.%d" % i}).status)
    threads = [threading.Thread(target=guess, args=(i,)) for i in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses.count(401) == 1 and statuses.count(429) == 23, statuses
    there.forget_attempts()


# The first account, and one-time links.

@pytest.fixture(name="empty")
def empty_fixture(cluster, account_database, ini):
    return People(cluster, account_database, ini(
        account_database, INI + "setup_code = open sesame\n" + TABLES))


def enter(there, **fields):
    body, kind = multipart([("_" + n, v) for n, v in fields.items()])
    return there.call("POST", "/-/login", {
        "Content-Type": kind, "Accept": "text/html",
        "Sec-Fetch-Site": "same-origin"}, body)


def look(there, path, status, **headers):
    got = there.call("GET", path, {"Accept": "text/html", **headers})
    assert got.status == status, got.output
    return Page(got.text)


FIRST = {"code": "open sesame", "login": "olga", "password": "olga's password",
         "again": "olga's password"}


def test_the_setup_code_makes_the_first_account(empty):
    page = plain(look(empty, "/note/1", 401))
    assert "_code" in page.form
    check = empty.check().stdout
    assert "no account yet" in check
    got = enter(empty, **FIRST)
    assert got.status == 303, got.output
    assert empty.ask("SELECT name, admin FROM ifmatch.ifmatch_account") == [
        ("olga", True)]
    cookie = got.get("Set-Cookie").split(";")[0]
    look(empty, "/note/1", 200, Cookie=cookie)
    look(empty, "/-/check", 200, Cookie=cookie)
    assert "_code" not in look(empty, "/-/login", 200).form
    check = empty.check().stdout
    assert re.search("setup_code.*remove it", check)
    assert "open sesame" not in check
    got = enter(empty, **{**FIRST, "login": "eve"})
    assert got.status == 422
    assert empty.ask("SELECT count(*) FROM ifmatch.ifmatch_account") == [(1,)]


def test_what_a_phone_puts_behind_a_name_is_no_part_of_it(empty):
    assert enter(empty, **{**FIRST, "login": " olga "}).status == 303
    assert empty.ask("SELECT name FROM ifmatch.ifmatch_account") == [
        ("olga",)]
    for name in ("olga ", "olga\t", " olga"):
        got = enter(empty, login=name, password=FIRST["password"])
        assert got.status == 303, name


@pytest.mark.parametrize("wrong", [
    {"code": "open sesam"}, {"code": ""}, {"password": "short", "again":
                                           "short"}, {"again": "other"},
    {"login": ""}, {"login": "a,b"}, {"login": "@a"}, {"login": "a:b"},
    {"login": " "}, {"login": "*"}, {"login": "anyone"},
    {"login": "x" * 101}])
def test_a_wrong_first_account_is_refused(empty, wrong):
    got = enter(empty, **{**FIRST, **wrong})
    assert got.status == 422, got.output
    plain(Page(got.text))
    assert Page(got.text).form["_login"].value == {**FIRST, **wrong}["login"]
    assert empty.ask("SELECT count(*) FROM ifmatch.ifmatch_account") == [(0,)]


def test_the_setup_code_cannot_be_guessed(empty):
    for _ in range(10):
        assert enter(empty, **{**FIRST, "code": "guess"}).status == 422
    empty.stretch_waits()
    assert enter(empty, **FIRST).status == 429
    assert empty.ask("SELECT count(*) FROM ifmatch.ifmatch_account") == [(0,)]


def test_two_at_once_make_one_first_account(empty):
    statuses = []

    def first(i):
        statuses.append(enter(empty, **{**FIRST, "login": "olga%d" % i}
                              ).status)
    threads = [threading.Thread(target=first, args=(i,)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert empty.ask("SELECT count(*) FROM ifmatch.ifmatch_account") == [(1,)]
    assert statuses.count(303) == 1


def test_without_a_setup_code_nobody_makes_an_account(empty, ini):
    empty.config = ini(empty.database, INI + TABLES)
    assert "_code" not in look(empty, "/-/login", 200).form
    assert enter(empty, **FIRST).status == 422
    assert empty.ask("SELECT count(*) FROM ifmatch.ifmatch_account") == [(0,)]
    assert "setup_code" in empty.check().stdout


def test_a_link_works_once(empty):
    token = "0123456789abcdef" * 2
    digest = hashlib.blake2b(token.encode(), digest_size=32).hexdigest()
    empty.ask("INSERT INTO ifmatch.ifmatch_account (name, display_name) "
              "VALUES ('paul', 'Paul P.')")
    empty.ask("INSERT INTO ifmatch.ifmatch_invitation VALUES (%s, 'paul', "
              "now(), now() + interval '1 day')", (digest,))
    got = empty.call("GET", "/-/login?invitation=" + token,
                     {"Accept": "text/html"})
    assert "/-/login" in got.errors and token not in got.errors
    page = plain(Page(got.text))
    assert "Paul P." in page.text and "_login" not in page.form
    assert page.form["_invitation"].value == token
    fields = {"invitation": token, "password": "paul's password"}
    assert enter(empty, again="other", **fields).status == 422
    got = enter(empty, again="paul's password", **fields)
    assert got.status == 303
    look(empty, "/note/1", 200, Cookie=got.get("Set-Cookie").split(";")[0])
    assert enter(empty, again="paul's password", **fields).status == 404
    look(empty, "/-/login?invitation=" + token, 404)
    assert enter(empty, login="paul", password="paul's password"
                 ).status == 303
    assert token not in got.errors


@pytest.mark.parametrize("spoil", [
    "UPDATE ifmatch.ifmatch_invitation SET expires_at = now()",
    "UPDATE ifmatch.ifmatch_account SET disabled = true"])
def test_a_link_that_is_too_old(empty, spoil):
    token = "0123456789abcdef" * 2
    digest = hashlib.blake2b(token.encode(), digest_size=32).hexdigest()
    empty.ask("INSERT INTO ifmatch.ifmatch_account (name) VALUES ('paul')")
    empty.ask("INSERT INTO ifmatch.ifmatch_invitation VALUES (%s, 'paul', "
              "now(), now() + interval '1 day')", (digest,))
    empty.ask(spoil)
    look(empty, "/-/login?invitation=" + token, 404)
    got = enter(empty, invitation=token, password="paul's password",
                again="paul's password")
    assert got.status == 404
    assert empty.ask("SELECT password FROM ifmatch.ifmatch_account") == [
        (None,)]


# The command.

def test_user_add_list_passwd_disable(empty):
    def run(*args, text=None, status=0):
        done = empty.command(*args, text=text)
        assert done.returncode == status, (args, done.stdout, done.stderr)
        return done.stdout + done.stderr
    assert run("add", "olga", "--admin", text="olga's password\n") == ""
    assert run("add", "paul", text="paul's password") == ""
    assert "already" in run("add", "paul", text="paul's password\n", status=1)
    assert "at least" in run("add", "eve", text="short\n", status=1)
    assert "no password" in run("add", "eve", status=1)
    assert "cannot be" in run("add", "@eve", text="eve's password", status=1)
    assert run("list") == ("olga\tenabled\tadmin\t-\t-\n"
                           "paul\tenabled\t-\t-\t-\n")
    assert enter(empty, login="paul", password="paul's password"
                 ).status == 303
    run("disable", "paul")
    assert empty.ask("SELECT count(*) FROM ifmatch.ifmatch_session") == [(0,)]
    assert "paul\tdisabled" in run("list")
    assert enter(empty, login="paul", password="paul's password"
                 ).status == 401
    run("enable", "paul")
    run("passwd", "paul", text="a new password\n")
    assert enter(empty, login="paul", password="paul's password"
                 ).status == 401
    assert enter(empty, login="paul", password="a new password").status == 303
    for verb in ("passwd", "disable", "enable"):
        assert "no such account" in run(verb, "eve", text="eve's password",
                                        status=1)
    for args in ((), ("add",), ("list", "x"), ("add", "a", "b"), ("frob",),
                 ("add", "a", "--admin", "b")):
        assert "usage: ifmatch user" in run(*args, status=2)
    hashes = empty.ask("SELECT password FROM ifmatch.ifmatch_account")
    assert all(h.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
               for h, in hashes)


def test_a_terminal_does_not_show_the_password(empty):
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [BINARY, "user", "add", "olga"], stdin=slave, stdout=slave,
        stderr=slave, start_new_session=True,
        env={"PATH": os.environ["PATH"], "IFMATCH_CONFIG": empty.config})
    os.close(slave)
    seen = b""

    def until(text):
        nonlocal seen
        end = time.monotonic() + 20
        while text not in seen:
            assert time.monotonic() < end, seen
            if readable(master, 1):
                seen += os.read(master, 1000)
    until(b"New password: ")
    os.write(master, b"olga's password\n")
    until(b"Once more: ")
    os.write(master, b"olga's password\n")
    assert process.wait(20) == 0
    os.close(master)
    assert b"olga's" not in seen
    assert empty.ask("SELECT name FROM ifmatch.ifmatch_account") == [
        ("olga",)]


# The database's side.

def test_without_its_tables_the_site_says_so(cluster, ini, cgi, database):
    cluster.psql(database, "CREATE TABLE note (id int PRIMARY KEY)",
                 user="owner")
    config = ini(database, INI + TABLES)
    got = cgi(config, "POST", "/records/-/login", {
        "Content-Type": "application/x-www-form-urlencoded",
        "Accept": "text/html", "Sec-Fetch-Site": "same-origin"},
        b"_login=a&_password=b")
    assert got.status == 500
    assert "sql/accounts.sql" in got.errors and "accounts" not in got.text
    assert "sql/accounts.sql" in cgi.command("check", config=config).stdout
    done = cgi.command("user", "list", config=config)
    assert done.returncode == 1 and "sql/accounts.sql" in done.stderr


def test_others_tables_are_no_accounts(cluster, ini, cgi, database, root):
    """Whoever may create tables in some schema makes nobody known."""
    cluster.psql(database, "CREATE SCHEMA theirs; GRANT ALL ON SCHEMA theirs "
                 "TO PUBLIC; CREATE TABLE note (id int PRIMARY KEY)",
                 user="owner")
    cluster.psql("postgres", "DO $$ BEGIN IF to_regrole('eve') IS NULL THEN "
                 "CREATE ROLE eve LOGIN; END IF; END $$")
    with open(os.path.join(root, "sql", "accounts.sql")) as f:
        sql = f.read().replace("'ifmatch'", "'theirs'")
    cluster.psql(database, "SET search_path = theirs;" + sql +
                 "; SELECT theirs.accounts_for('ifmatch')", user="eve")
    cluster.query(database, "INSERT INTO theirs.ifmatch_account (name) "
                  "VALUES ('eve')")
    config = ini(database, INI + TABLES)
    done = cgi.command("user", "list", config=config)
    assert done.returncode == 1 and "eve" not in done.stdout


def test_accounts_in_the_only_schema_there_is(cluster, ini, cgi, root):
    name = cluster.createdb("narrow")
    try:
        cluster.psql(name, "REVOKE CREATE ON DATABASE %s FROM owner; GRANT ALL"
                     " ON SCHEMA public TO ifmatch" % name)
        for _ in range(2):
            cluster.psql(name, file=os.path.join(root, "sql", "accounts.sql"),
                         user="ifmatch")
        config = ini(name, INI + "[table public.*]\n")
        done = cgi.command("user", "add", "olga", config=config,
                           text="olga's password")
        assert done.returncode == 0, done.stderr
        got = cgi(config, "GET", "/records/",
                  basic("olga", "olga's password"))
        assert got.status == 200 and got.json() == {"tables": []}
    finally:
        cluster.dropdb(name)


def test_accounts_are_nobody_else_s(there):
    for sql in ("SELECT * FROM ifmatch.ifmatch_account",
                "SELECT * FROM ifmatch.ifmatch_session",
                "SELECT ifmatch.ifmatch_attempt('a', 'b')",
                "INSERT INTO ifmatch.ifmatch_token (hash, account, label) "
                "VALUES ('x', 'anna', 'x')"):
        there.cluster.psql("postgres", "DO $$ BEGIN IF to_regrole('eve') IS "
                           "NULL THEN CREATE ROLE eve LOGIN; END IF; END $$")
        with pytest.raises(Exception, match="permission denied"):
            there.cluster.query(there.database, sql, user="eve")


def test_one_round_trip_for_whoever_is_known(cluster, there, module_site):
    proxy = Proxy(cluster, 0.01)
    site = module_site(there.database, "database = %s\n%s" % (
        proxy.conninfo(there.database), INI + TABLES), workers=1)
    try:
        someone = Person(site)
        someone.log_in("anna")
        auth = basic("anna", PASSWORDS["anna"])
        for headers in ({}, auth):
            cookies = dict(someone.cookies)
            if headers:
                someone.cookies.clear()
            for path in ("/note/1", "/note?limit=2", "/"):
                someone.request("GET", "/records" + path, **headers)
            for path in ("/note/1", "/note?limit=2", "/"):
                turns = proxy.turns
                got = someone.request("GET", "/records" + path, **headers)
                assert got.status == 200
                assert proxy.turns - turns == 1, path
            for title in ("one", "two"):
                tag = someone.request("GET", "/records/note/1",
                                      **headers).headers["ETag"]
                turns = proxy.turns
                got = someone.request(
                    "PATCH", "/records/note/1", '{"title": "%s"}' % title, **{
                        "Content-Type": "application/json", "If-Match": tag,
                        **headers})
                assert got.status in (200, 204)
            assert proxy.turns - turns == 1
            someone.cookies = cookies
        someone.close()
    finally:
        site.stop()
        proxy.close()


def test_nothing_leaks_from_one_to_the_next(there, person):
    """One connection, two people and nobody, errors in between."""
    anna, bert, nobody = person("anna"), person("bert"), person()
    for i in range(60):
        someone, name = ((anna, "anna"), (bert, "bert"))[i % 2]
        tag = someone.request("GET", "/records/note/1").headers["ETag"]
        got = someone.request("PATCH", "/records/note/1", json.dumps(
            {"title": "%s %d" % (name, i)}), **{
                "Content-Type": "application/json", "If-Match": tag})
        assert got.status in (200, 204)
        assert there.row()[::3] == ("%s %d" % (name, i), name)
        if i % 3 == 0:
            someone.request("PATCH", "/records/note/1", '{"title": null}', **{
                "Content-Type": "application/json", "If-Match": "*"})
        assert nobody.request("GET", "/records/note/1").status == 401
