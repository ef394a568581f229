"""Logging in: the pages, the cookie, what becomes of a form whose sender's login
has ended, and what bad input gets."""
import re
import urllib.parse

import pytest

from accounts import INI, PASSWORDS, SECRET, TABLES
from harness.browser import Page, multipart
from pages import plain, secure


@pytest.fixture(name="there", scope="module")
def there_fixture(account_site):
    there = account_site(INI + TABLES, workers=2)
    for who in PASSWORDS:
        there.add(who)
    there.set("anna", display_name="Anna Ärmel")
    there.set("bert", display_name="Bert")
    return there


@pytest.fixture(name="person")
def person_fixture(there, persons):
    there.forget_attempts()
    there.renew_notes()
    there.ask("DELETE FROM ifmatch.ifmatch_session")
    return persons


def test_whoever_is_not_known_gets_a_page_to_log_in(there, person):
    someone = person()
    got = someone.request("GET", "/records/note/1", Accept="text/html")
    assert got.status == 401
    secure(got.headers)
    assert got.headers["Cache-Control"] == "no-store"
    page = plain(Page(got.text))
    assert page.form.action == "/records/-/login"
    assert page.form["_next"].value == "/records/note/1"
    assert "some text" not in got.text


def test_after_the_login_one_is_where_one_wanted_to_be(there, person):
    someone = person()
    form = someone.page("/note/1", 401).form
    form.fill("_login", "anna")
    form.fill("_password", PASSWORDS["anna"])
    assert someone.submit(form) == "/records/note/1"
    page = plain(someone.page("/note/1"))
    assert "Anna Ärmel" in page.text
    assert page.form["title"].value == "first"
    form = page.form
    form.fill("title", "changed")
    someone.submit(form)
    assert there.row()[::3] == ("changed", "anna")


def test_the_cookie_is_out_of_reach(there, person):
    someone = person()
    form = someone.page("/-/login").form
    form.fill("_login", "anna")
    form.fill("_password", PASSWORDS["anna"])
    got = someone.send(form)
    flags = got.headers["Set-Cookie"].split("; ")
    assert flags[0].startswith("ifmatch_session=")
    assert set(flags[1:]) == {"Path=/records", "HttpOnly", "SameSite=Lax",
                              "Max-Age=2592000"}
    assert PASSWORDS["anna"] not in got.headers["Set-Cookie"]
    assert len(got.headers["Set-Cookie"]) < 600


def test_the_cookie_is_secure_where_the_connection_is(there, cgi):
    body, kind = multipart([("_login", "anna"),
                            ("_password", PASSWORDS["anna"])])
    for env in ({"HTTPS": "on"}, {"REQUEST_SCHEME": "https"},
                {"HTTP_X_FORWARDED_PROTO": "https"}):
        got = cgi(there.config, "POST", "/records/-/login",
                  {"Content-Type": kind, "Accept": "text/html",
                   "Sec-Fetch-Site": "same-origin"}, body,
                  {"HTTP_HOST": "example.org", **env})
        assert got.status == 303
        assert got.get("Set-Cookie").endswith("; Secure")


@pytest.mark.parametrize("name,password", [
    ("anna", "wrong password"), ("nobody", PASSWORDS["anna"]), ("", ""),
    ("anna", ""), ("Anna", PASSWORDS["anna"]), ("x" * 5000, "y" * 5000),
    ("anna'; --", "' OR true"), ("ann", PASSWORDS["anna"] + "x")])
def test_a_wrong_login_says_one_thing(there, person, name, password):
    someone = person()
    page = plain(someone.log_in(name, password, status=401))
    assert "Name or password is wrong." in page.text
    assert page.form["_login"].value == name
    assert page.form["_password"].value == ""
    assert not someone.session
    assert someone.request("GET", "/records/note", Accept="text/html"
                           ).status == 401


def test_a_wrong_name_takes_as_long_as_a_wrong_password(there, person):
    def computed(name):
        there.forget_attempts()
        someone = person()
        form = someone.page("/-/login").form
        form.fill("_login", name)
        form.fill("_password", "wrong password")
        before = there.site.computed()
        assert someone.send(form).status == 401
        return there.site.computed() - before
    times = {"anna": [], "nobody": []}
    for _ in range(6):
        for name, taken in times.items():
            taken.append(computed(name))
    known, unknown = (min(taken) for taken in times.values())
    assert unknown > known / 2 and known > unknown / 2, times


def test_whoever_is_disabled_or_has_no_password_is_told_the_same(
        there, person):
    there.ask("INSERT INTO ifmatch.ifmatch_account (name) VALUES ('carl')")
    try:
        page = person().log_in("carl", "", status=401)
        assert "Name or password is wrong." in page.text
        there.set("bert", disabled=True)
        page = person().log_in("bert", status=401)
        assert "Name or password is wrong." in page.text
    finally:
        there.set("bert", disabled=False)
        there.ask("DELETE FROM ifmatch.ifmatch_account WHERE name = 'carl'")


NEXT = {
    "/records/note/1": True, "/records/": True, "/records?x=y": True,
    "/records": True, "/records/note?title=eq.a%20b": True,
    "/records/a..b": True, "/records/..b": True,
    "//evil.example": False, "https://evil.example/": False,
    "/\\evil.example": False, "/records\\..\\x": False, "/other": False,
    "/recordsx": False, "/records/../other": False, "/records/..": False,
    "/records/%2e%2E/other": False, "/records/.%2e": False,
    "/records/./x": False, "javascript:alert(1)": False, "": False,
    "/records/\r\nSet-Cookie: a=b": False, "/records/ä": False,
    "records/note": False, "/records/x#y": False,
    "/records/..%2fother": False, "/records/x%2F..%2F..%2Fother": False,
    "/records/%2e.%5cother": False, "/records/..%5C": False,
    "/records/a%2fb": True, "/records/note?x=..%2f..": True,
    "/records/%2f%2fevil.example": True, "/records//evil.example": True,
    "\t//evil.example": False, " /records/": False,
    "/records/\x7f": False, "/Records/": False, "///evil.example": False,
    "/records:80@evil.example": False, "http:/records/": False,
    "//records/": False, "data:text/html,x": False,
}


@pytest.mark.parametrize("wish", NEXT)
def test_next_stays_within_the_site(there, person, wish):
    someone = person()
    form = someone.page("/-/login?next=" + urllib.parse.quote(
        wish, safe="")).form
    assert form["_next"].value == (wish if NEXT[wish] else "/records/")
    form["_next"].value = wish
    form.fill("_login", "anna")
    form.fill("_password", PASSWORDS["anna"])
    got = someone.send(form)
    assert got.status == 303
    assert got.headers["Location"] == (wish if NEXT[wish] else "/records/")


def test_a_login_leads_somewhere_however_long_its_way(there, person):
    """The head of a reply holds only so much beside the cookie."""
    for length in (1000, 2000, 3000, 6000):
        where = "/records/note?title=eq." + "a" * length
        someone = person()
        got = someone.log_in("anna", next_=where)
        assert got == (where if length <= 2000 else "/records/")
        someone.page("/note/1")


def test_logging_out_ends_the_session(there, person):
    someone = person("anna")
    old = dict(someone.cookies)
    home = someone.page("/")
    assert home.link("Log out") == "/records/-/logout"
    page = plain(someone.page("/-/logout"))
    assert "Anna Ärmel" in page.text
    assert someone.submit(page.form) == "/records/"
    assert not someone.session
    someone.cookies = old
    assert someone.request("GET", "/records/note/1", Accept="text/html"
                           ).status == 401


@pytest.mark.parametrize("spoil", [
    lambda c: c[:-1] + ("A" if c[-1] != "A" else "B"), lambda c: "",
    lambda c: "x", lambda c: c.split(".")[0], lambda c: "." + c,
    lambda c: c.upper(), lambda c: "Zm9v" + c, lambda c: c * 3,
    lambda c: re.sub(r"\.(\d+)\.", ".9999999999.", c)])
def test_a_forged_cookie_is_no_session(there, person, spoil):
    someone = person("anna")
    someone.cookies["ifmatch_session"] = spoil(someone.session)
    for url in ("/records/", "/records/note", "/records/note/1"):
        assert someone.request("GET", url, Accept="text/html").status == 401
        assert someone.request("GET", url).status == 401


def test_a_cookie_of_another_site_is_no_session(there, person, ini, cgi):
    someone = person("anna")
    other = ini(there.database, INI.replace(SECRET, SECRET[::-1]) + TABLES)
    same = ini(there.database, INI + TABLES)
    for config, status in ((other, 401), (same, 200)):
        got = cgi(config, "GET", "/records/note/1", {
            "Cookie": "a=b; ifmatch_session=x; ifmatch_session="
                      + someone.session})
        assert got.status == status


def test_the_cookie_s_lines_cannot_be_forged(there, person):
    """A display name is what its owner says."""
    with pytest.raises(Exception):
        there.set("bert", display_name="Bert\n\n1")


def expired(there, ini, idle, absolute="30d"):
    return ini(there.database, INI + "session_idle = %s\nsession_absolute = "
               "%s\n" % (idle, absolute) + TABLES)


def age(cookie, seconds, secret=SECRET):
    """The cookie as it would have been made that long ago."""
    import base64
    import hashlib
    import hmac
    text, _, _ = cookie.split(".")
    lines = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)
                                     ).decode().split("\n")
    issued = int(lines[6]) - seconds
    lines[6] = str(issued)
    text = base64.urlsafe_b64encode("\n".join(lines).encode()
                                    ).decode().rstrip("=")
    until = str(issued + 8 * 3600)
    mac = hmac.new(secret.encode(), ("%s\nsession\n%s" % (until, text)
                                     ).encode(), hashlib.sha512).digest()[:32]
    return "%s.%s.%s" % (text, until, base64.urlsafe_b64encode(mac).decode()
                         .rstrip("="))


def test_a_login_that_is_not_used_ends(there, person):
    someone = person("anna")
    someone.cookies["ifmatch_session"] = age(someone.session, 8 * 3600 + 5)
    page = someone.page("/note/1", 401)
    assert "Your login has ended." in plain(page).text
    someone.cookies["ifmatch_session"] = age(
        person("anna").session, 8 * 3600 - 100)
    someone.page("/note/1")


def test_a_login_that_is_used_stays(there, person):
    someone = person("anna")
    got = someone.request("GET", "/records/note/1", Accept="text/html")
    assert "Set-Cookie" not in got.headers
    someone.cookies["ifmatch_session"] = old = age(someone.session, 3600)
    someone.page("/note/1")
    assert someone.session != old
    someone.page("/note/1")


def test_a_login_ends_at_last(there, person):
    someone = person("anna")
    there.ask("UPDATE ifmatch.ifmatch_session SET expires_at = now()")
    someone.page("/note/1", 401)


def test_https_is_asked_for(there, cgi, ini):
    for host, status in (("example.org", 403), ("localhost", 200),
                         ("127.0.0.1:8080", 200), ("[::1]:80", 200),
                         ("club.localhost", 200), ("127.example.org", 403),
                         ("localhost.example.org", 403),
                         ("notlocalhost", 403), (None, 403)):
        got = cgi(there.config, "GET", "/records/-/login",
                  {"Accept": "text/html"}, env={"HTTP_HOST": host})
        assert got.status == status, host
        assert len(Page(got.text).forms) == (status == 200)
    got = cgi(there.config, "GET", "/records/note/1", {"Accept": "text/html"},
              env={"HTTP_HOST": "example.org"})
    assert got.status == 401 and not Page(got.text).forms
    plain(Page(got.text))
    body, kind = multipart([("_login", "anna"),
                            ("_password", PASSWORDS["anna"])])
    sent = {"Content-Type": kind, "Accept": "text/html",
            "Sec-Fetch-Site": "same-origin"}
    got = cgi(there.config, "POST", "/records/-/login", sent, body,
              {"HTTP_HOST": "example.org"})
    assert got.status == 403
    assert "session" not in got.get("Set-Cookie", "")
    insecure = ini(there.database, INI + "insecure_login = yes\n" + TABLES)
    got = cgi(insecure, "POST", "/records/-/login", sent, body,
              {"HTTP_HOST": "example.org"})
    assert got.status == 303 and "Secure" not in got.get("Set-Cookie")


@pytest.mark.parametrize("said,fine", [
    ({"Sec-Fetch-Site": "cross-site"}, False),
    ({"Sec-Fetch-Site": "same-site"}, False),
    ({"Sec-Fetch-Site": None, "Origin": "https://evil.example"}, False),
    ({"Sec-Fetch-Site": None, "Origin": "null"}, False),
    ({"Sec-Fetch-Site": None}, True),
    ({"Sec-Fetch-Site": "same-origin"}, True)])
def test_F13_another_site_cannot_log_one_in_or_out(there, person, said, fine):
    someone = person()
    form = someone.page("/-/login").form
    form.fill("_login", "anna")
    form.fill("_password", PASSWORDS["anna"])
    assert someone.send(form, **said).status == (303 if fine else 403)
    assert bool(someone.session) == fine
    someone = person("anna")
    form = someone.page("/-/logout").form
    assert someone.send(form, **said).status == (303 if fine else 403)
    assert bool(someone.session) != fine


def test_F13_a_login_s_token_is_of_one_browser(there, person):
    """Where a browser says nothing of where a form comes from."""
    mine, theirs = person(), person()
    form = mine.page("/-/login").form
    theirs.page("/-/login")
    form.fill("_login", "anna")
    form.fill("_password", PASSWORDS["anna"])
    silent = {"Sec-Fetch-Site": None}
    assert theirs.send(form, **silent).status == 403
    form["_login_token"].value = ""
    assert mine.send(form, **silent).status == 403
    mine.cookies.clear()
    assert mine.send(form, **silent).status == 403


def test_logging_in_again_ends_the_login_before(there, person):
    for ago in (0, 9 * 3600):
        someone = person("anna")
        before = dict(someone.cookies)
        someone.cookies["ifmatch_session"] = age(someone.session, ago)
        someone.log_in("bert")
        someone.page("/note/1")
        someone.cookies = before
        someone.page("/note/1", 401)
    assert there.ask("SELECT count(*) FROM ifmatch.ifmatch_session "
                     "WHERE account = 'anna'") == [(0,)]


# A form whose sender's login has ended.

def typed(someone, there, url="/note/1", **values):
    """A form with what was typed, and the login gone."""
    form = someone.page(url).form
    for name, value in values.items():
        form.fill(name, value)
    there.ask("DELETE FROM ifmatch.ifmatch_session")
    return form


TEXT = "typed\nin \"three\" lines\n & <more>"


def test_what_was_typed_goes_on_after_the_login(there, person):
    someone = person("anna")
    form = typed(someone, there, title="mine", body=TEXT)
    page = plain(someone.submit(form, 401))
    assert there.row()[0] == "first"
    assert "What you typed is still here." in page.text
    # nobody is logged in, and the page's head says so
    assert "Log out" not in page.text and "Anna" not in page.text
    again = page.form
    assert again.action == "/records/note/1"
    kept = dict(form.entries())
    for name, value in again.entries():
        if not name.startswith("_log") and name != "_password":
            assert kept.pop(name) == value, name
    assert not kept
    again.fill("_login", "anna")
    again.fill("_password", PASSWORDS["anna"])
    assert someone.submit(again) == "/records/note/1"
    assert there.row()[:2] == ("mine", TEXT)
    assert there.row()[3] == "anna"
    assert someone.session
    someone.page("/note/1")


def test_a_wrong_password_loses_nothing_either(there, person):
    someone = person("anna")
    page = someone.submit(typed(someone, there, title="mine"), 401)
    for password in ("wrong password", "", PASSWORDS["bert"]):
        form = page.form
        form.fill("_login", "anna")
        form.fill("_password", password)
        page = plain(someone.submit(form, 401))
        assert page.form["title"].value == "mine"
        assert page.form["_password"].value == ""
    page.form.fill("_password", PASSWORDS["anna"])
    someone.submit(page.form)
    assert there.row()[0] == "mine"


def test_too_many_wrong_passwords_lose_nothing_either(there, person):
    someone = person("anna")
    form = someone.submit(typed(someone, there, title="mine"), 401).form
    form.fill("_login", "anna")
    form.fill("_password", "wrong password")
    there.failed("account anna", 20)
    someone.submit(form, 401)
    there.stretch_waits()
    form.fill("_password", PASSWORDS["anna"])
    got = someone.send(form)
    assert got.status == 429 and int(got.headers["Retry-After"]) > 0
    page = plain(Page(got.text))
    assert "Too many attempts" in page.text
    assert page.form["title"].value == "mine"
    assert PASSWORDS["anna"] not in got.text
    there.forget_attempts()
    page.form.fill("_password", PASSWORDS["anna"])
    someone.submit(page.form)
    assert there.row()[0] == "mine"


def posting(page):
    """The form of a page that posts, of several."""
    return [f for f in page.forms if f.attrs.get("method") == "post"][0]


def edited_in_place(someone, value):
    form = posting(someone.page("/note?_edit=title"))
    field = [c for c in form.controls if c.value == "second"
             and c.type in ("text", "textarea")][0]
    field.value = value
    return form, field.name


def test_several_rows_at_once_are_kept_as_well(there, person):
    someone = person("anna")
    form, name = edited_in_place(someone, "mine")
    there.ask("DELETE FROM ifmatch.ifmatch_session")
    page = plain(someone.submit(form, 401))
    assert page.form[name].value == "mine"
    page.form.fill("_login", "anna")
    page.form.fill("_password", PASSWORDS["anna"])
    someone.submit(page.form)
    assert there.row(2)[::3] == ("mine", "anna")


def test_another_person_sees_several_rows_and_writes_none(there, person):
    someone = person("anna")
    form, name = edited_in_place(someone, "mine")
    there.ask("DELETE FROM ifmatch.ifmatch_session")
    page = someone.submit(form, 401)
    page.form.fill("_login", "bert")
    page.form.fill("_password", PASSWORDS["bert"])
    page = plain(someone.submit(page.form, 409))
    assert there.row(2)[0] == "second"
    assert "You are logged in as Bert" in page.text
    form = posting(page)
    field = [c for c in form.controls if c.value == "mine"][0]
    assert field.name.endswith(".title") and "_password" not in form
    someone.submit(form)
    assert there.row(2)[::3] == ("mine", "bert")


def test_another_person_is_asked_before_several_rows_go(there, person):
    someone = person("anna")
    got = someone.request("POST", "/records/note?_delete", *multipart(
        [("_select.0", "1"), ("_select.1", "2")])[:1], **{
            "Content-Type": multipart([])[1], "Accept": "text/html",
            "Sec-Fetch-Site": "same-origin"})
    page = Page(got.text)
    form = posting(page)
    there.ask("DELETE FROM ifmatch.ifmatch_session")
    page = someone.submit(form, 401)
    page.form.fill("_login", "bert")
    page.form.fill("_password", PASSWORDS["bert"])
    page = plain(someone.submit(page.form, 409))
    assert there.ask("SELECT count(*) FROM note") == [(2,)]
    assert "You are logged in as Bert" in page.text
    someone.submit(posting(page))
    assert there.ask("SELECT count(*) FROM note") == [(0,)]


def test_an_old_state_is_still_an_old_state(there, person):
    someone = person("anna")
    form = typed(someone, there, title="mine")
    there.ask("UPDATE note SET title = 'theirs' WHERE id = 1")
    page = someone.submit(form, 401)
    page.form.fill("_login", "anna")
    page.form.fill("_password", PASSWORDS["anna"])
    someone.submit(page.form, 412)
    assert there.row()[0] == "theirs"


def test_another_person_sees_the_form_and_writes_nothing(there, person):
    someone = person("anna")
    page = someone.submit(typed(someone, there, title="mine", body=TEXT), 401)
    page.form.fill("_login", "bert")
    page.form.fill("_password", PASSWORDS["bert"])
    page = plain(someone.submit(page.form, 409))
    assert there.row()[:2] == ("first", "some text")
    assert "You are logged in as Bert" in page.text
    form = page.form
    assert form["title"].value == "mine"
    assert form["body"].value == TEXT
    assert "_password" not in form
    someone.submit(form)
    assert there.row()[0] == "mine" and there.row()[3] == "bert"


def test_a_form_of_another_login_in_this_browser_is_shown_first(there, person):
    """Somebody else has logged in meanwhile, in another window."""
    someone = person("anna")
    form = someone.page("/note/1").form
    form.fill("title", "mine")
    new = someone.page("/note?new").form
    new.fill("id", "7")
    new.fill("title", "new")
    delete = someone.page("/note/2?delete").form
    several, name = edited_in_place(someone, "mine")
    someone.log_in("bert")
    page = plain(someone.submit(form, 409))
    assert "You are logged in as Bert" in page.text
    assert page.form["title"].value == "mine"
    created = plain(someone.submit(new, 409))
    assert created.form["title"].value == "new"
    assert someone.submit(delete) == "/records/note/2?delete="
    rows = posting(plain(someone.submit(several, 409)))
    assert "mine" in [c.value for c in rows.controls]
    assert there.ask("SELECT id, title, updated_by FROM note ORDER BY id") == [
        (1, "first", "postgres"), (2, "second", "postgres")]
    for one in (page.form, created.form, rows):
        someone.submit(one)
    assert there.ask("SELECT id, title, updated_by FROM note ORDER BY id") == [
        (1, "mine", "bert"), (2, "mine", "bert"), (7, "new", "bert")]


def test_another_site_s_form_is_not_shown_for_its_token(there, person):
    someone = person("anna")
    form = someone.page("/note/1").form
    form.fill("title", "theirs")
    someone.log_in("bert")
    for said in ("cross-site", "same-site"):
        got = someone.send(form, **{"Sec-Fetch-Site": said})
        assert got.status == 403 and "theirs" not in got.text


def test_a_new_entry_is_kept_as_well(there, person):
    for name, status in (("anna", 303), ("bert", 409)):
        someone = person("anna")
        page = someone.submit(typed(
            someone, there, "/note?new", id="7", title="new"), 401)
        page.form.fill("_login", name)
        page.form.fill("_password", PASSWORDS[name])
        got = someone.submit(page.form, status)
        there_now = there.ask("DELETE FROM note WHERE id = 7 RETURNING title")
        assert there_now == ([("new",)] if name == "anna" else [])
    assert got.form["title"].value == "new"


def test_deleting_goes_on_for_the_same_person_alone(there, person):
    for name, left in (("bert", 1), ("anna", 0)):
        someone = person("anna")
        page = someone.submit(typed(someone, there, "/note/2?delete"), 401)
        page.form.fill("_login", name)
        page.form.fill("_password", PASSWORDS[name])
        where = someone.submit(page.form)
        assert there.ask("SELECT count(*) FROM note WHERE id = 2") == [(left,)]
        if name == "bert":
            assert where == "/records/note/2?delete="
            someone.page("/note/2?delete=")


def test_a_file_has_to_be_chosen_again(there, person):
    someone = person("anna")
    form = typed(someone, there, title="mine")
    body, kind = multipart(form.entries())
    end = b"--" + kind.split("=")[1].encode() + b"--\r\n"
    body = body.replace(end, end[:-4] + b'\r\nContent-Disposition: form-data; '
                        b'name="picture"; filename="a.png"\r\n'
                        b'Content-Type: image/png\r\n\r\n\x89PNG\0\r\n' + end)
    got = someone.request("POST", form.action, body, **{
        "Content-Type": kind, "Accept": "text/html",
        "Sec-Fetch-Site": "same-origin"})
    assert got.status == 401
    page = plain(Page(got.text))
    assert "“a.png”" in page.text
    form = page.form
    form.fill("_login", "anna")
    form.fill("_password", "wrong password")
    form = someone.submit(form, 401).form
    form.fill("_password", PASSWORDS["anna"])
    page = plain(someone.submit(form, 409))
    assert there.row()[0] == "first"
    assert page.form["title"].value == "mine"
    someone.submit(page.form)
    assert there.row()[0] == "mine"


def test_F13_another_site_s_form_never_waits_for_a_login(there, person):
    someone = person("anna")
    form = typed(someone, there, title="theirs")
    for said in ({"Sec-Fetch-Site": "cross-site"},
                 {"Sec-Fetch-Site": None, "Origin": "http://evil.example"}):
        someone.cookies.clear()
        got = someone.send(form, **said)
        assert got.status == 403 and "theirs" not in got.text


def test_F13_a_form_that_was_not_made_here_is_not_carried_out(there, person):
    """Whoever sends one through somebody's login page gets it shown at most."""
    someone = person("anna")
    form = typed(someone, there, title="theirs")
    form["_token"].value = "9999999999.abc"
    page = someone.submit(form, 401)
    page.form.fill("_login", "anna")
    page.form.fill("_password", PASSWORDS["anna"])
    someone.submit(page.form, 409)
    assert there.row()[0] == "first"


def test_nothing_is_carried_out_in_nobody_s_name(there, person, ini, cgi):
    """Where whoever is not known may write as well."""
    someone = person("anna")
    form = typed(someone, there, title="mine")
    config = ini(there.database, INI + "anonymous = write\n" + TABLES)
    body, kind = multipart(form.entries())
    sent = {"Content-Type": kind, "Accept": "text/html",
            "Sec-Fetch-Site": "same-origin"}
    for cookie in ({}, {"Cookie": "ifmatch_session=" + someone.session}):
        got = cgi(config, "POST", form.action, {**sent, **cookie}, body)
        assert got.status == 401, got.output
        assert Page(got.text).form["title"].value == "mine"
    assert there.row()[0] == "first"
    got = cgi(config, "GET", "/records/note/1", {"Accept": "text/html"})
    form = Page(got.text).form
    form.fill("title", "anybody's")
    body, kind = multipart(form.entries())
    got = cgi(config, "POST", form.action, {**sent, "Content-Type": kind},
              body)
    assert got.status == 303
    assert there.row()[0] == "anybody's"


def test_the_password_goes_nowhere_else(there, person):
    someone = person("anna")
    page = someone.submit(typed(someone, there, title="mine"), 401)
    page.form.fill("_login", "anna")
    page.form.fill("_password", PASSWORDS["anna"])
    someone.submit(page.form)
    log = there.site.log() + there.site.server_log()
    for secret in [*PASSWORDS.values(), "wrong password", someone.session,
                   SECRET]:
        assert secret not in log
    assert "argon2" not in log
