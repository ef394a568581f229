"""What must not get out: passwords, tokens, cookies, the site's secret and its
database's password, in any log, page or title of a process; and whether there
is an account of a name, by what an answer costs."""
import base64
import json
import os
import re
import subprocess

import pytest

from accounts import INI, PASSWORDS, SECRET, SQL, TABLES, People, Person
from harness.browser import Page, multipart
from harness.process import read_text

# what libsodium is asked for, taken down ahead of it
COUNT = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
int
crypto_pwhash_str_verify(const char *kept, const char *password,
    unsigned long long len)
{
	int (*next)(const char *, const char *, unsigned long long) =
	    (int (*)(const char *, const char *, unsigned long long))dlsym(
		RTLD_NEXT, "crypto_pwhash_str_verify");
	FILE *out = fopen(getenv("COUNT_TO"), "a");

	fprintf(out, "%.*s\\n", (int)(strrchr(kept, '$') - kept), kept);
	fclose(out);
	return next(kept, password, len);
}
"""
SETUP_CODE = "QSETUPCODE open sesame"
DATABASE_PASSWORD = "QDATABASEPASSWORD"


@pytest.fixture(name="there", scope="module")
def there_fixture(cluster, module_database, module_site):
    name = module_database(SQL, "secrets")
    cluster.load_accounts(name)
    for setting in ("log_statement = 'all'", "log_min_error_statement = 'info'",
                    "log_parameter_max_length_on_error = -1"):
        cluster.query("postgres", "ALTER DATABASE %s SET %s" % (name, setting))
    site = module_site(name, "database = %s password=%s\nsetup_code = %s\n"
                       % (cluster.conninfo(name), DATABASE_PASSWORD,
                          SETUP_CODE) + INI + TABLES, workers=2)
    return People(cluster, name, site.ini, site)


@pytest.fixture(name="people")
def people_fixture(there):
    """anna and bert; carl is disabled, dora has no password yet."""
    there.ask("DELETE FROM ifmatch.ifmatch_account")
    there.forget_attempts()
    for who in PASSWORDS:
        there.add(who)
    there.add("carl", password="carl's password")
    there.set("carl", disabled=True)
    there.ask("INSERT INTO ifmatch.ifmatch_account (name) VALUES ('dora')")
    return there


# What it costs

@pytest.fixture(name="counter", scope="module")
def counter_fixture(tmp_path_factory):
    folder = str(tmp_path_factory.mktemp("count"))
    source, shim = (os.path.join(folder, n) for n in ("count.c", "count.so"))
    with open(source, "w") as out:
        out.write(COUNT)
    subprocess.run(["cc", "-shared", "-fPIC", "-o", shim, source, "-ldl"],
                   check=True)
    return {"LD_PRELOAD": shim, "COUNT_TO": os.path.join(folder, "count"),
            "ASAN_OPTIONS": "verify_asan_link_order=0"}


def cost(people, counter, headers, body=b"", path="/-/login"):
    """The reply, what was hashed, and the statements that were run."""
    people.forget_attempts()
    if os.path.exists(counter["COUNT_TO"]):
        os.remove(counter["COUNT_TO"])
    mark = people.cluster.log_mark()
    got = people.call("POST", path, headers, body, counter)
    log = people.cluster.log_since(mark)
    ran = re.findall(r"ifmatch@%s .*LOG:  execute [^:]*: (.*)"
                     % people.database, log)
    assert ran, log
    return got, read_text(counter["COUNT_TO"]), ran


WRONG = [("nobody", "wrong password"), ("carl", "wrong password"),
         ("carl", "carl's password"), ("dora", "wrong password"),
         ("dora", ""), ("", ""), ("anna", ""), ("anna", "y" * 5000),
         ("nobody", "y" * 5000), ("x" * 5000, "wrong password")]


@pytest.mark.parametrize("door", ["login", "form", "Basic"])
def test_a_name_that_is_unknown_costs_what_a_wrong_password_does(
        people, counter, door):
    def ask(name, password):
        sent = {"Accept": "text/html", "Sec-Fetch-Site": "same-origin"}
        fields = [("_login", name), ("_password", password)]
        if door == "Basic":
            return cost(people, counter, {"Authorization": "Basic " + base64
                        .b64encode(("%s:%s" % (name, password)).encode()
                                   ).decode(), "Content-Type":
                        "application/json"}, b'{"id":1}', "/note")
        path = "/-/login" if door == "login" else "/note/1"
        body, sent["Content-Type"] = multipart(fields + [
            ("title", "x"), ("_etag", "v1")] * (door == "form"))
        return cost(people, counter, sent, body, path)

    def said(got, name):
        text = got.text.replace('value="%s"' % name, 'value="anna"')
        return got.status, re.sub('"_login_token" value="[^"]*"', "", text)
    known, hashed, ran = ask("anna", "wrong password")
    assert known.status == 401 and hashed.count("\n") == 1
    for name, password in WRONG:
        if door == "Basic" and not name:
            continue
        got, now_hashed, now_ran = ask(name, password)
        assert said(got, name) == said(known, "anna"), (name, password)
        # as much of it too: the parameters stand ahead of the salt
        assert [line.rsplit("$", 1)[0] for line in now_hashed.split()] == [
            line.rsplit("$", 1)[0] for line in hashed.split()]
        assert now_ran == ran


# Where it may be found

def basic(name, password):
    return {"Authorization": "Basic " + base64.b64encode(
        ("%s:%s" % (name, password)).encode()).decode()}


def titles(there):
    """Of the program's processes and of the database's."""
    there_are = subprocess.run(["ps", "-eww", "-o", "args="], check=True,
                               capture_output=True, text=True).stdout
    return "".join(line + "\n" for line in there_are.split("\n")
                   if there.site.folder in line or there.database in line)


def button(page, do):
    """The form whose button does this."""
    rest = iter(page.forms)
    for tag, attrs in page.tags:
        if tag == "form":
            form = next(rest)
        if tag == "button" and attrs.get("value") == do:
            return form
    raise AssertionError(do)


def press(someone, form, do, **fields):
    for name, value in fields.items():
        form.fill(name, value)
    return someone.send(form, list(form.entries()) + [("_do", do)])


def live(there):
    """Everything that a secret is used for; what was said, and the secrets."""
    said, secrets = [], set(PASSWORDS.values()) | {
        SECRET, SETUP_CODE, DATABASE_PASSWORD, "QNEWPASSWORD", "QWRONGPASSWORD",
        "QPAULSPASSWORD", "f" * 32 + "QTOKEN"}
    there.set("anna", admin=True)
    anna, someone = Person(there.site), Person(there.site)

    def ask(*args, **headers):
        said.append(someone.request(*args, **headers).text)
    for password in ("QWRONGPASSWORD", PASSWORDS["anna"]):
        said.append(getattr(anna.log_in(
            "anna", password, status=401 if password[0] == "Q" else 303),
            "source", ""))
    secrets.add(anna.session)
    # a login that has ended while somebody typed
    form = anna.page("/note/1").form
    form.fill("title", "typed")
    there.ask("DELETE FROM ifmatch.ifmatch_session")
    page = anna.submit(form, 401)
    for password in ("QWRONGPASSWORD", PASSWORDS["anna"]):
        page.form.fill("_login", "anna")
        page.form.fill("_password", password)
        got = anna.send(page.form)
        said.append(got.text)
        page = Page(got.text) if got.status == 401 else None
    secrets.add(anna.session)
    # a link, and what comes of it
    got = press(anna, button(anna.page("/-/accounts"), "add"), "add",
                name="paul")
    link = re.search("invitation=([0-9a-f]+)", got.text).group(1)
    secrets.add(link)
    paul = Person(there.site)
    form = paul.page("/-/login?invitation=" + link).form
    for again in ("QWRONGPASSWORD", "QPAULSPASSWORD"):
        form.fill("_password", "QPAULSPASSWORD")
        form.fill("_again", again)
        got = paul.send(form)
        said.append(got.text.replace(link, ""))  # the form goes on with it
    secrets.add(paul.session)
    # one's own account
    for current in ("QWRONGPASSWORD", PASSWORDS["anna"]):
        form = button(anna.page("/-/account"), "password")
        said.append(press(anna, form, "password", current=current, password=
                          "QNEWPASSWORD", again="QNEWPASSWORD").text)
    form = button(anna.page("/-/account"), "token")
    got = press(anna, form, "token", label="a program")
    token = re.search('value="([0-9a-f]{64})"', got.text).group(1)
    secrets.add(token)
    said.append(anna.request("GET", "/records/-/account",
                             Accept="text/html").text)
    # programs, right and wrong
    for headers in (basic("anna", "QNEWPASSWORD"), basic(
            "anna", "QWRONGPASSWORD"), {"Authorization": "Bearer " + token},
            {"Authorization": "Bearer " + "f" * 32 + "QTOKEN"}):
        secrets.add(headers["Authorization"].split()[1])
        for path in ("/records/note/1", "/records/note?id=eq.x",
                     "/records/nothing"):
            ask("GET", path, **headers)
        ask("PATCH", "/records/note/1", '{"title": null}', **{
            "Content-Type": "application/json", "If-Match": "*", **headers})
    body, kind = multipart([("_code", SETUP_CODE), ("_login", "eve"), (
        "_password", "QWRONGPASSWORD"), ("_again", "QWRONGPASSWORD")])
    ask("POST", "/records/-/login", body, **{
        "Content-Type": kind, "Accept": "text/html",
        "Sec-Fetch-Site": "same-origin"})
    for one in (anna, someone, paul):
        one.close()
    return said, secrets


def test_no_secret_is_in_any_log_page_or_title(people):
    mark = people.cluster.log_mark()
    said, secrets = live(people)
    done = people.command("passwd", "bert", text="QNEWPASSWORD\n")
    check = people.check()
    dump = subprocess.run(
        ["pg_dump", "-h", people.cluster.sockdir, "-p",
         str(people.cluster.port), "-U", "postgres", people.database],
        check=True, capture_output=True, text=True).stdout
    places = {
        "pages": "".join(said), "log": people.site.log(),
        # but for what the server itself says of a request's address
        "server's log": re.sub('request: "[^"]*"', "",
                               people.site.server_log()),
        "titles": titles(people),
        "commands": done.stdout + done.stderr + check.stdout + check.stderr,
        "database's log": people.cluster.log_since(mark), "database": dump,
    }
    assert "parameters: $1 = " in places["database's log"]
    assert "ifmatch serve" in places["titles"]
    assert "postgres: ifmatch " + people.database in places["titles"]
    assert "COPY ifmatch.ifmatch_token" in dump and "paul" in dump
    for secret in secrets:
        for place, text in places.items():
            assert secret not in text, (place, secret)


@pytest.mark.parametrize("database", [
    "host=127.0.0.1 port=%d dbname=none user=ifmatch password=QPASSWORD",
    "host=127.0.0.1 port=%d password=words of QPASSWORD",
    "password=a QPASSWORD=b port=%d", "password='QPASSWORD port=%d",
    "postgresql://ifmatch:QPASSWORD@127.0.0.1:%d/none",
    "postgresql://ifmatch:a@QPASSWORD@127.0.0.1:%d/none",
    "postgresql://ifmatch:a/QPASSWORD@127.0.0.1:%d/none",
    "postgresql://ifmatch:a%%zzQPASSWORD@127.0.0.1:%d/none"])
def test_no_complaint_repeats_the_database_s_password(
        cluster, tmp_path, cgi, database):
    path = str(tmp_path / "club.ini")
    with open(path, "w") as out:
        out.write("database = %s\nanonymous = read\n[table note]\n"
                  % (database % cluster.port))
    os.chmod(path, 0o600)
    done = cgi.command("check", config=path)
    assert done.returncode != 0
    assert "QPASSWORD" not in done.stdout + done.stderr
    assert "no connection to the database: " in done.stderr
    for accept in ("text/html", "application/json"):
        got = cgi(path, "GET", "/records/note", {"Accept": accept})
        assert got.status == 503
        assert "QPASSWORD" not in got.text + got.errors


# Who somebody says they are

CLAIMS = ["Remote-User", "Remote_User", "REMOTE_USER", "X-Remote-User",
          "X-Forwarded-User", "Auth-User", "Redirect-Remote-User"]


@pytest.mark.parametrize("remote_user", ["off", "on"])
def test_a_field_of_the_request_is_nobody(people, site, cgi, remote_user):
    """Whatever the configuration says: the web server's word alone counts."""
    there = site(people.database, "remote_user = %s\nauthenticated = write\n"
                 % remote_user + TABLES)
    for claim in CLAIMS:
        got = there.get("/note", headers={claim: "anna"})
        assert got.status_code == 403, claim
        got = cgi(there.ini, "GET", "/records/note", {claim: "anna"})
        assert got.status == 403, claim


def test_remote_user_is_off_by_default(people, ini, cgi):
    config = "authenticated = write\n" + TABLES
    for line, status in (("", 403), ("remote_user = off\n", 403),
                         ("remote_user = on\n", 200)):
        got = cgi(ini(people.database, line + config), "GET", "/records/note",
                  env={"REMOTE_USER": "anna"})
        assert got.status == status, line
    # and with accounts nobody is who the environment says
    got = cgi(people.config, "GET", "/records/note",
              env={"REMOTE_USER": "anna", "AUTH_TYPE": "Basic",
                   "REDIRECT_REMOTE_USER": "anna"})
    assert got.status == 401


# What a hostile page or name in front can do

def fields(**values):
    return [("_" + n[5:] if n.startswith("our__") else n, v)
            for n, v in values.items()]


POSTS = {
    "login": ("/-/login", fields(our__login="bert",
                                 our__password=PASSWORDS["bert"])),
    "logout": ("/-/logout", []),
    "save": ("/note/1", fields(our__etag="*", title="x")),
    "delete": ("/note/1", fields(our__etag="*", our__method="DELETE")),
    "create": ("/note", fields(id="9", title="x")),
    "in place": ("/note?_edit=title", [
        ("_rows", "1"), ("_row.0._key", "1"), ("_row.0._etag", "*"),
        ("_row.0.title", "x")]),
    "some deleted": ("/note?_delete", [
        ("_rows", "1"), ("_row.0._key", "1"), ("_row.0._etag", "*"),
        ("_row.0._on", "1")]),
    "file sent": ("/note?import=", fields(our__file="id,title\n9,x\n")),
    "file saved": ("/note?import=", fields(
        our__upload="f" * 32, our__save="good", our__saved="0")),
    "account added": ("/-/accounts", fields(our__do="add", name="eve")),
    "account saved": ("/-/accounts?account=bert", fields(
        our__do="save", our__etag="1", admin="1")),
    "link made": ("/-/accounts?account=bert", fields(our__do="invite")),
    "logged out by another": ("/-/accounts?account=bert", fields(
        our__do="end")),
    "password": ("/-/account", fields(
        our__do="password", current=PASSWORDS["anna"], password="x" * 12,
        again="x" * 12)),
    "token": ("/-/account", fields(our__do="token", label="x")),
    "logged out elsewhere": ("/-/account", fields(our__do="end")),
    "relogin": ("/note/1", fields(
        our__etag="*", title="x", our__login="bert",
        our__password=PASSWORDS["bert"])),
}
FROM = [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": None, "Origin": "https://evil.example"},
        {"Sec-Fetch-Site": None, "Origin": "null"}, {"Sec-Fetch-Site": None}]


def everything(there):
    return [there.ask("SELECT * FROM %s ORDER BY 1" % table) for table in (
        "note", "ifmatch.ifmatch_account", "ifmatch.ifmatch_session",
        "ifmatch.ifmatch_token", "ifmatch.ifmatch_invitation")]


@pytest.mark.parametrize("door", POSTS)
def test_F13_no_door_opens_to_another_site_s_page(people, persons, door):
    path, entries = POSTS[door]
    people.set("anna", admin=True)
    anna = persons("anna")
    before = everything(people)
    body, kind = multipart(entries)
    for said in FROM:
        for body_now, kind_now in ((body, kind), (
                json.dumps(dict(entries)), "text/plain")):
            got = anna.request("POST", "/records" + path, body_now, **{
                "Accept": "text/html", "Content-Type": kind_now, **said})
            # what is no form is refused as such where it says no more
            assert got.status == 403 or (
                kind_now == "text/plain" and got.status in (400, 415)), (
                    said, kind_now, got)
            assert everything(people) == before
            assert anna.session


GETS = ["/", "/note", "/note/1", "/note?new", "/note/1?delete",
        "/note?_edit=title", "/note?import=", "/note?_search=f",
        "/note/1/title",
        "/note?_format=csv", "/note?_choice=f", "/nothing", "/note/999",
        "/-/accounts", "/-/accounts?account=bert", "/-/account", "/-/login",
        "/-/logout", "/-/check", "/note?id=eq.x"]


@pytest.mark.parametrize("path", GETS)
def test_what_is_for_one_person_is_kept_for_nobody_else(
        people, persons, path):
    """By no cache, in no other site's frame, in no link to elsewhere."""
    people.set("anna", admin=True)
    both = persons("anna"), persons()
    for accept in ("text/html", "application/json"):
        for who in both:
            got = who.request("GET", "/records" + path, Accept=accept, **{
                "X-Forwarded-Host": "evil.example", "Forwarded":
                "host=evil.example", "X-Original-URL": "/evil.example",
                "X-Forwarded-Prefix": "/evil.example"})
            kept = got.headers["Cache-Control"]
            assert "no-store" in kept or "private" in kept, (kept, got)
            assert "public" not in kept and "max-age" not in kept
            assert got.headers["X-Frame-Options"] == "DENY"
            policy = got.headers["Content-Security-Policy"]
            assert "frame-ancestors 'none'" in policy
            assert "form-action 'self'" in policy or "sandbox" in policy
            assert got.headers["X-Content-Type-Options"] == "nosniff"
            assert "Access-Control-Allow-Origin" not in got.headers
            assert "evil.example" not in str(got.headers) + got.text


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80",
                                  "localhost\"><b>", "a b", ""])
def test_links_are_no_matter_of_the_host(people, cgi, host):
    for path in ("/note", "/note/1", "/-/login", "/nothing"):
        got = cgi(people.config, "GET", "/records" + path,
                  {"Accept": "text/html"}, env={"HTTP_HOST": host})
        assert "evil.example" not in got.output.decode()
        assert "<b>" not in got.text
        assert not re.search(r'(href|action|src)="(//|[a-z]+:)', got.text)


def test_a_session_is_never_one_that_was_there_before(people, persons):
    """Whoever plants a cookie in somebody's browser is not them then."""
    mallory, anna = persons("bert"), persons()
    planted = dict(mallory.cookies)
    anna.cookies = dict(planted)
    anna.log_in("anna")
    assert anna.session != planted["ifmatch_session"]
    mallory.cookies = planted
    assert mallory.request("GET", "/records/note/1").status == 401
    for cookies in (["ifmatch_session=x", "ifmatch_session=" + anna.session],
                    ["ifmatch_session=" + anna.session, "ifmatch_session=x"]):
        got = mallory.request("GET", "/records/note/1",
                              Cookie="; ".join(cookies))
        assert got.status == 200
