"""The pages on which people are looked after: everybody's accounts, by those who
administrate, and one's own."""
import base64
import re

import pytest

from accounts import INI, PASSWORDS
from harness.browser import Page, multipart
from pages import plain, secure

RIGHTS = """[table note]
read = *
update = @board, anna
read.body = @board, @readers
"""


@pytest.fixture(name="there", scope="module")
def there_fixture(account_site):
    return account_site(INI + "group.crew = nobody\n" + RIGHTS)


@pytest.fixture(name="person")
def person_fixture(there, persons):
    """anna administrates, bert does not."""
    there.forget_attempts()
    there.ask("DELETE FROM ifmatch.ifmatch_account; DELETE FROM note; "
              "INSERT INTO note VALUES (1, 'first', 'some text')")
    there.add("anna", "--admin")
    there.add("bert")
    return persons


def account(there, name):
    return there.ask("SELECT display_name, admin, disabled, groups FROM "
                     "ifmatch.ifmatch_account WHERE name = %s", (name,))[0]


def forms(page):
    """The page's forms by what their buttons do."""
    found, rest = {}, iter(page.forms)
    for tag, attrs in page.tags:
        if tag == "form":
            form = next(rest)
        elif tag == "button" and attrs.get("name") == "_do":
            form.do = attrs["value"]
            found[form.do] = form
    return found


def press(someone, form):
    """Submits the form by its button."""
    return someone.send(form, list(form.entries()) + [("_do", form.do)],
                        Origin=someone.site.origin)


def send(someone, form, status=200):
    got = press(someone, form)
    assert got.status == status, (got.status, got.text)
    secure(got.headers)
    return plain(Page(got.text)) if status != 303 else got.headers["Location"]


def link_of(page, there):
    """The one-time link, below the site's base."""
    links = re.findall(r'value="(http[^"]*invitation=[^"]*)"', page.source)
    assert len(links) == 1
    assert links[0].startswith(there.site.url + "/-/login?invitation=")
    return links[0][len(there.site.url):]


def choose(someone, link, password):
    form = someone.page(link).form
    form.fill("_password", password)
    form.fill("_again", password)
    return someone.submit(form)


def tick(form, name, on=True, value=None):
    box, = [c for c in form.controls if c.name == name
            and (value is None or c.value == value)]
    box.checked = on


# Who may

@pytest.mark.parametrize("path,statuses", [
    ("/-/accounts", (401, 403, 200)),
    ("/-/accounts?account=bert", (401, 403, 200)),
    ("/-/accounts?account=nobody", (401, 403, 404)),
    ("/-/account", (401, 200, 200)),
])
def test_who_gets_which_page(there, person, path, statuses):
    for someone, status in zip((person(), person("bert"), person("anna")),
                               statuses):
        got = someone.request("GET", "/records" + path, Accept="text/html")
        assert got.status == status, got.text
        if status in (401, 403):
            assert "anna" not in re.sub("href=.*", "", got.text)


@pytest.mark.parametrize("do", ["save", "invite", "end", "add"])
def test_who_may_do_it(there, person, do):
    url = "/records/-/accounts" + ("?account=bert" if do != "add" else "")
    before = there.ask("SELECT * FROM ifmatch.ifmatch_account ORDER BY name")
    body, kind = multipart([("_do", do), ("name", "new"), ("admin", "1"),
                            ("_etag", str(before[1][6]))])
    bert = person("bert")
    disabled = person("anna")
    there.set("anna", disabled=True)
    for someone in (person(), bert, disabled):
        got = someone.request("POST", url, body, Accept="text/html",
                              **{"Content-Type": kind,
                                 "Sec-Fetch-Site": "same-origin"})
        assert got.status in (401, 403), got.text
    there.set("anna", disabled=False)
    anna = person("anna")
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {}):
        got = anna.request("POST", url, body, Accept="text/html",
                           **{"Content-Type": kind}, **headers)
        assert got.status == 403
    after = there.ask("SELECT * FROM ifmatch.ifmatch_account ORDER BY name")
    assert [r[:6] for r in after] == [r[:6] for r in before]
    assert there.ask("SELECT * FROM ifmatch.ifmatch_invitation") == []


def test_without_accounts_there_are_no_such_pages(there, ini, cgi):
    config = ini(there.database, "remote_user = on\nauthenticated = write\n"
                 "admin = anna\ngroup.board = anna\ngroup.readers = anna\n"
                 + RIGHTS)
    for path in ("/-/accounts", "/-/account"):
        got = cgi(config, "GET", "/records" + path, {"Accept": "text/html"},
                  env={"REMOTE_USER": "anna"})
        assert got.status == 404


def test_a_token_looks_after_nobody(there, person):
    anna = person("anna")
    form = forms(anna.page("/-/account"))["token"]
    form.fill("label", "for the web shop")
    page = send(anna, form)
    token, = re.findall(r'value="([0-9a-f]{64})"', page.source)
    program = {"Authorization": "Bearer " + token, "Accept": "text/html"}
    someone = person()
    for path in ("/-/accounts", "/-/account"):
        got = someone.request("GET", "/records" + path, **program)
        assert got.status == 403
    assert someone.request("GET", "/records/note/1", **program).status == 200
    assert token not in there.site.log() + there.site.server_log()
    page = anna.page("/-/account")
    assert "for the web shop" in page.text and token not in page.source
    send(anna, forms(page)["drop"])
    assert someone.request("GET", "/records/note/1", **program).status == 401


# Looking after others

def test_the_list_says_who_there_is(there, person):
    there.set("bert", display_name="Bert <b>Braun", groups=["crew", "zz"])
    there.ask("INSERT INTO ifmatch.ifmatch_account (name, disabled) "
              "VALUES ('a&b', true)")
    anna = person("anna")
    assert anna.page("/").link("Accounts") == "/records/-/accounts"
    page = plain(anna.page("/-/accounts"))
    assert "Bert <b>Braun" in page.text and "crew, zz" in page.text
    assert "cannot log in, no password yet" in page.text
    assert page.link("a&b") == "/records/-/accounts?account=a%26b"
    assert "Bert" in person("bert").page("/").text
    assert "/-/accounts" not in person("bert").page("/").source


def test_a_new_person_gets_a_link_that_works_once(there, person):
    anna = person("anna")
    form = forms(plain(anna.page("/-/accounts")))["add"]
    groups = [c.value for c in form.controls if c.name == "group"]
    assert groups == ["board", "crew", "readers"]
    form.fill("name", "clara k")
    form.fill("display", " Clara Kern ")
    tick(form, "group", value="board")
    form.fill("groups", "@extra, board,  two words ")
    page = send(anna, form)
    link = link_of(page, there)
    assert "Log out" in page.text
    assert account(there, "clara k") == (
        "Clara Kern", False, False, ["board", "extra", "two words"])
    clara = person()
    assert choose(clara, link, "clara's password") == "/records/"
    assert "Clara Kern" in clara.page("/").text
    assert clara.page("/note/1").form["body"].value == "some text"
    got = person().request("GET", "/records" + link, Accept="text/html")
    assert got.status == 404
    log = there.site.log() + there.site.server_log()
    assert "clara's password" not in log


def test_groups_decide_what_is_seen(there, person):
    bert = person("bert")
    assert "some text" not in bert.page("/note/1").source
    form = forms(person("anna").page("/-/accounts?account=bert"))["save"]
    tick(form, "group", value="readers")
    assert send(person("anna"), form, 303) == "/records/-/accounts"
    page = bert.page("/note/1")
    assert "some text" in page.text and len(page.forms) == 0
    assert account(there, "bert") == (None, False, False, ["readers"])


@pytest.mark.parametrize("fields,status,says", [
    ({"name": ""}, 400, None),
    ({"name": "@x"}, 422, "This cannot be a name"),
    ({"name": "a,b"}, 422, "This cannot be a name"),
    ({"name": "anyone"}, 422, "This cannot be a name"),
    ({"name": "x" * 101}, 422, "This cannot be a name"),
    ({"name": "bert"}, 409, "There is an account called bert already."),
    ({"name": "new", "display": "x" * 101}, 422, "at most 100 characters"),
    ({"name": "new", "display": "a\tb"}, 422, "at most 100 characters"),
    ({"name": "new", "groups": "x" * 2000}, 422, "cannot be saved"),
    ({"name": "<b>\"", "groups": "a"}, 422, "This cannot be a name"),
])
def test_what_cannot_be_an_account(there, person, fields, status, says):
    anna = person("anna")
    form = forms(anna.page("/-/accounts"))["add"]
    for name, value in fields.items():
        form.fill(name, value)
    got = press(anna, form)
    assert got.status == status, got.text
    assert len(there.ask("SELECT 1 FROM ifmatch.ifmatch_account")) == 2
    if says:
        page = plain(Page(got.text))
        assert says in page.text
        form = forms(page)["add"]
        assert form["name"].value == fields["name"]
        for name in ("display",):
            if name in fields:
                assert form[name].value == fields[name].strip()


def test_two_who_change_one_account(there, person):
    """What both changed is said; what one changed is kept; nothing is lost."""
    there.ask("UPDATE ifmatch.ifmatch_account SET admin = true")
    one, two = person("anna"), person("bert")
    there.ask("INSERT INTO ifmatch.ifmatch_account (name, display_name, groups)"
              " VALUES ('clara', 'Clara', '{crew}')")
    url = "/-/accounts?account=clara"
    first, second = (forms(p.page(url))["save"] for p in (one, two))
    first.fill("display", "Clara One")
    tick(first, "disabled")
    send(one, first, 303)
    second.fill("display", "Clara Two")
    tick(second, "group", value="board")
    page = send(two, second, 412)
    assert "Nothing of yours is lost" in page.text
    assert "Now saved: Clara One" in page.text
    assert page.text.count("Now saved") == 1
    assert account(there, "clara") == ("Clara One", False, True, ["crew"])
    form = forms(page)["save"]
    assert form["display"].value == "Clara Two"
    # a third one makes a second such page
    there.set("clara", display_name="Clara Three")
    page = send(two, form, 412)
    assert "Now saved: Clara Three" in page.text
    send(two, forms(page)["save"], 303)
    assert account(there, "clara") == (
        "Clara Two", False, True, ["board", "crew"])


def test_what_changed_beside_it_is_no_dispute(there, person):
    anna = person("anna")
    form = forms(anna.page("/-/accounts?account=bert"))["save"]
    there.command("passwd", "bert", text="another password\n")
    form.fill("display", "Bert B.")
    send(anna, form, 303)
    assert account(there, "bert")[0] == "Bert B."
    person("bert", "another password")


def test_somebody_administrates(there, person):
    anna = person("anna")
    for name in ("admin", "disabled"):
        form = forms(anna.page("/-/accounts?account=anna"))["save"]
        tick(form, name, name == "disabled")
        page = send(anna, form, 409)
        assert "there is nobody else" in page.text
    assert account(there, "anna")[1:3] == (True, False)
    there.set("bert", admin=True)
    form = forms(anna.page("/-/accounts?account=anna"))["save"]
    tick(form, "admin", False)
    send(anna, form, 303)
    assert account(there, "anna")[1] is False
    got = anna.request("GET", "/records/-/accounts", Accept="text/html")
    assert got.status == 403


def test_disabling_ends_sessions(there, person):
    bert = person("bert")
    form = bert.page("/note/1")
    assert form.text
    anna = person("anna")
    form = forms(anna.page("/-/accounts?account=bert"))["save"]
    tick(form, "disabled")
    send(anna, form, 303)
    got = bert.request("GET", "/records/note/1", Accept="text/html")
    assert got.status == 401 and "some text" not in got.text
    assert there.ask("SELECT 1 FROM ifmatch.ifmatch_session "
                     "WHERE account = 'bert'") == []
    person().log_in("bert", status=401)


def test_logging_somebody_out(there, person):
    bert = person("bert")
    page = send(person("anna"), forms(
        person("anna").page("/-/accounts?account=bert"))["end"])
    assert "It is logged out everywhere." in page.text
    got = bert.request("GET", "/records/note/1", Accept="text/html")
    assert got.status == 401
    person("bert")


def test_a_new_link_takes_the_place_of_the_old_one(there, person):
    anna, bert = person("anna"), person("bert")
    old = link_of(send(anna, forms(anna.page("/-/accounts?account=bert"))[
        "invite"]), there)
    new = link_of(send(anna, forms(anna.page("/-/accounts?account=bert"))[
        "invite"]), there)
    assert person().request("GET", "/records" + old,
                            Accept="text/html").status == 404
    choose(person(), new, "brand new password")
    got = bert.request("GET", "/records/note/1", Accept="text/html")
    assert got.status == 401
    person("bert", "brand new password")


def test_a_form_whose_sender_s_login_has_ended(there, person):
    """As the same person it goes on; as another nothing is done."""
    for who, status, shown in (("anna", 303, "Bert B."), ("bert", 403, None)):
        anna = person("anna")
        form = forms(anna.page("/-/accounts?account=bert"))["save"]
        form.fill("display", "Bert B.")
        there.ask("DELETE FROM ifmatch.ifmatch_session")
        there.set("bert", display_name=None)
        got = press(anna, form)
        assert got.status == 401
        again = Page(got.text).form
        again.fill("_login", who)
        again.fill("_password", PASSWORDS[who])
        got = anna.send(again)
        assert got.status == status, got.text
        assert account(there, "bert")[0] == shown


# One's own

def test_changing_one_s_own_password(there, person):
    here, elsewhere = person("bert"), person("bert")

    def change(current, new, again=None, status=422):
        form = forms(here.page("/-/account"))["password"]
        form.fill("current", current)
        form.fill("password", new)
        form.fill("again", new if again is None else again)
        return send(here, form, status)
    old = PASSWORDS["bert"]
    assert "is another one" in change("not it at all", "a new password").text
    assert "not the same" in change(old, "a new password", "a nwe one").text
    assert "too short" in change(old, "short").text
    for one in (here, elsewhere):
        assert one.request("GET", "/records/note/1").status == 200
    assert change(old, "a new password", None, 303) == (
        "/records/-/account?done=password")
    page = plain(here.page("/-/account?done=password"))
    assert "The password is changed." in page.text
    assert here.request("GET", "/records/note/1").status == 200
    assert elsewhere.request("GET", "/records/note/1").status == 401
    person("bert", "a new password")
    person().log_in("bert", old, status=401)
    log = there.site.log() + there.site.server_log()
    assert "a new password" not in log and old not in log


def test_guessing_the_password_of_an_open_session(there, person):
    """Whoever finds a browser open cannot try out as many as they like."""
    bert = person("bert")
    for i in range(11):
        form = forms(bert.page("/-/account"))["password"]
        form.fill("current", "guess %d" % i)
        form.fill("password", "a new password")
        form.fill("again", "a new password")
        assert press(bert, form).status == (422 if i < 10 else 429)
        there.stretch_waits()


def test_logging_out_everywhere_else(there, person):
    here, elsewhere = person("bert"), person("bert")
    page = plain(here.page("/-/account"))
    assert "counting this one: 2." in page.text
    page = send(here, forms(page)["end"])
    assert "counting this one: 1." in page.text
    assert here.request("GET", "/records/note/1").status == 200
    assert elsewhere.request("GET", "/records/note/1").status == 401


@pytest.mark.parametrize("label", ["", "x" * 101])
def test_a_token_is_for_something(there, person, label):
    bert = person("bert")
    form = forms(bert.page("/-/account"))["token"]
    form.fill("label", label)
    assert "what it is for" in send(bert, form, 422).text
    assert there.ask("SELECT 1 FROM ifmatch.ifmatch_token") == []


def test_nobody_drops_another_s_token(there, person):
    anna, bert = person("anna"), person("bert")
    form = forms(anna.page("/-/account"))["token"]
    form.fill("label", "anna's")
    send(anna, form)
    key, = there.ask("SELECT id FROM ifmatch.ifmatch_token")[0]
    form = forms(bert.page("/-/account"))["token"]
    form.fill("label", "bert's")
    drop = forms(send(bert, form))["drop"]
    for value, status in ((str(key), 200), ("x", 400), ("9" * 30, 400)):
        drop["token"].value = value
        assert press(bert, drop).status == status
    assert len(there.ask("SELECT 1 FROM ifmatch.ifmatch_token")) == 2


def test_with_the_password_itself(there, person):
    """A client that knows the password may look after its own account."""
    text = base64.b64encode(
        ("bert:" + PASSWORDS["bert"]).encode()).decode()
    got = person().request("GET", "/records/-/account", Accept="text/html",
                           Authorization="Basic " + text)
    assert got.status == 200 and "bert" in got.text


def test_in_german(there, person):
    anna = person("anna")
    for path in ("/-/accounts", "/-/accounts?account=bert", "/-/account"):
        got = anna.request("GET", "/records" + path, Accept="text/html",
                           **{"Accept-Language": "de"})
        page = Page(got.text)
        assert 'lang="de"' in got.text and "onto" in page.text
        assert not re.search(r"\b(the|password|account)\b", page.text)
