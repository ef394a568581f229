"""INSTALL's table: each fault is made behind Apache with suexec, is seen as the
table says, and ends by what it says to do."""
import base64
import hashlib
import os

import pytest

import hosts
from harness.process import BINARY, ROOT, read_text
from owner import PASSWORD, Owner

INSTALL = read_text(os.path.join(ROOT, "cgi-bin", "INSTALL"))
EXECUTABLE = ("htdocs/records", "htdocs/try.cgi")
HANDLERS = ("fcgid-script", "cgi-script")


def rows():
    """(what one sees, why, what to do) of each row of the table."""
    table = INSTALL.split("-+-")[-1].split("\n", 1)[1].split("\n\n")[0]
    see, found = "", []
    for line in table.splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        assert len(cells) == 3, line
        if cells[0] and (not found or cells[1][0].isupper()):
            see = cells[0]
        elif cells[0]:
            see += " " + cells[0]
        if cells[1][:1].isupper() and (not found
                                       or found[-1][1].endswith(".")):
            found.append([see, cells[1], cells[2]])
        else:
            found[-1][0] = see
            found[-1][1] = (found[-1][1] + " " + cells[1]).strip()
            found[-1][2] = (found[-1][2] + " " + cells[2]).strip()
    return found


def is_500(reply):
    return reply.status_code == 500 and "Internal Server Error" in reply.text


def is_403(reply):
    return reply.status_code == 403


def is_404(reply):
    return reply.status_code == 404


def is_download(reply):
    """A browser offers to keep what has no type and is no text."""
    return (reply.status_code == 200 and "Content-Type" not in reply.headers
            and reply.content.startswith(b"\x7fELF"))


def is_text(reply):
    return reply.status_code == 200 and reply.text.startswith("#!/bin/sh")


def is_blank(reply):
    return reply.status_code == 200 and reply.content == b""


SEEN = {"500, a server error": is_500, "403, forbidden": is_403,
        "404, not found": is_404, "a download": is_download,
        "the program's text": is_text, "a blank page": is_blank}


class Fault:
    """see and why are INSTALL's; make brings it about, mend is what INSTALL
    says; host has what the server's configuration is changed by, allow what it
    lets .htaccess say. page is where one looks, auth what one types into the
    host's dialog."""

    def __init__(self, see, why, make, mend, page="/records/", auth=None,
                 allow=None, change=()):
        self.see, self.why = see, why
        self.make, self.mend = make, mend
        self.page, self.auth = page, auth
        self.how = {"allow": allow or hosts.USUAL, "change": change}


def rights(mode, *paths):
    def do(host):
        for path in paths or EXECUTABLE:
            os.chmod(os.path.join(host.home, path), mode)
    return do


def upload(host, change=lambda content: content):
    for path, name in zip(EXECUTABLE, ("ifmatch", "try.cgi")):
        with open(os.path.join(hosts.DIST, name), "rb") as f:
            host.upload(path, change(f.read()), 0o755)


def upload_as_text(host):
    upload(host, lambda content: content.replace(b"\n", b"\r\n"))


def link(host):
    path = os.path.join(host.home, "htdocs/records")
    os.rename(path, os.path.join(host.home, "records"))
    os.symlink("../records", path)
    os.lchown(path, hosts.NUMBER, hosts.NUMBER)


def give_away(host):
    os.chown(os.path.join(host.home, "htdocs/records"), 0, 0)


def without(*starts):
    """.htaccess without the lines that begin so."""
    def do(host):
        text = host.htaccess()
        kept = [line for line in text.splitlines(True)
                if not line.strip().startswith(starts)]
        assert len(kept) < len(text.splitlines())
        host.upload("htdocs/.htaccess", "".join(kept))
    return do


def no_htaccess(host):
    host.remove_file("htdocs/.htaccess")


def with_htaccess(host):
    host.upload("htdocs/.htaccess", host.htaccess())


def foreign_program(host):
    """The one that a distribution would have, where libpq is installed."""
    with open(BINARY, "rb") as f:
        host.upload("htdocs/records", f.read(), 0o755)


def nothing(_host):
    pass


def empty_without(host):
    no_htaccess(host)
    host.upload("htdocs/records", b"", 0o755)


def full_again(host):
    upload(host)
    with_htaccess(host)


def cgi_script(host):
    host.upload("htdocs/.htaccess", host.htaccess("cgi-script"))


def ask_for_password(host, path):
    """The host's own dialog, for anna with the password "sea"."""
    secret = base64.b64encode(hashlib.sha1(b"sea").digest()).decode()
    host.upload(".htpasswd", "anna:{SHA}%s\n" % secret)
    host.upload("htdocs/.htaccess", host.htaccess() + DIALOG % path)


DIALOG = """AuthType Basic
AuthName "Members only"
AuthUserFile %s
Require valid-user
"""
RUNS = [("Options Indexes", "Options ExecCGI Indexes")]
NO_FCGID = [("LoadModule fcgid_module {modules}/mod_fcgid.so\n", ""),
            ("FcgidIPCDir {folder}/fcgid\n", ""),
            ("FcgidProcessTableFile {folder}/fcgid.shm\n", "")]
NO_CGI = [("AddHandler cgi-script .cgi\n", "")]
FAULTS = {
    "no right to run": Fault(
        "500", "The upload lost the right to run.", rights(0o644),
        rights(0o755)),
    "a writable program": Fault(
        "500", "Others may write to the program.", rights(0o775),
        rights(0o755)),
    "a writable folder": Fault(
        "500", "Others may write to the folder.", rights(0o775, "htdocs"),
        rights(0o755, "htdocs")),
    "uploaded as text": Fault(
        "500", "It was uploaded as text", upload_as_text, upload),
    "uploaded as text, try.cgi": Fault(
        "500", "It was uploaded as text", upload_as_text, upload, "/try.cgi"),
    "cut off": Fault(
        "500", "The upload broke off.",
        lambda host: upload(host, lambda content: content[:100000]), upload),
    "Options": Fault(
        "500", "The host forbids Options in .htaccess.", nothing,
        without("Options"), allow="FileInfo AuthConfig Limit Indexes",
        change=RUNS),
    "AuthConfig": Fault(
        "500", "The host forbids AuthConfig there.", nothing,
        without("CGIPassAuth", "Require"),
        allow="FileInfo Limit Indexes Options"),
    "AuthUserFile": Fault(
        "500", "The AuthUserFile of .htaccess is not found",
        lambda host: ask_for_password(host, ".htpasswd"), with_htaccess,
        auth=("anna", "sea")),
    "a link": Fault(
        "500", "The program is a link.", link,
        lambda host: (os.remove(host.home + "/htdocs/records"),
                      upload(host))),
    "somebody else's": Fault(
        "500", "The program is somebody else's.", give_away, upload),
    "no libpq": Fault(
        "500", "The program is not the one of the archive", foreign_program,
        upload),
    "no ExecCGI": Fault(
        "403", "Programs may not run in this folder.", without("Options"),
        with_htaccess),
    "no ExecCGI, try.cgi": Fault(
        "403", "Programs may not run in this folder.", without("Options"),
        with_htaccess, "/try.cgi"),
    "a private .htaccess": Fault(
        "403", "The server cannot read .htaccess.",
        rights(0o600, "htdocs/.htaccess"), rights(0o644, "htdocs/.htaccess")),
    "a private folder": Fault(
        "403", "The server cannot enter a folder.", rights(0o700, "htdocs"),
        rights(0o755, "htdocs")),
    "no .htaccess, seen below": Fault(
        "404", "The server takes the program for a file.", no_htaccess,
        with_htaccess),
    "no .htaccess": Fault(
        "a download", "There is no .htaccess beside it", no_htaccess,
        with_htaccess, "/records"),
    "another name": Fault(
        "a download", "The .htaccess names another program.",
        lambda host: host.upload("htdocs/members", ("file", "ifmatch"), 0o755),
        lambda host: (host.upload("htdocs/.htaccess", host.htaccess().replace(
            '<Files "records">', '<Files "members">')),
                      answers(host, "/members/"), with_htaccess(host)),
        "/members"),
    "an ignored .htaccess": Fault(
        "a download", "There is no .htaccess beside it", nothing, None,
        "/records", allow="None"),
    "no mod_fcgid": Fault(
        "a download", "The host has no mod_fcgid.", nothing, cgi_script,
        "/records", change=NO_FCGID),
    "no CGI": Fault(
        "the program's text", "The host runs no programs here.", nothing, None,
        "/try.cgi", allow="None", change=NO_CGI),
    "empty": Fault(
        "a blank page", "The file is empty", empty_without, full_again,
        "/records"),
}
# These need more than one look, below.
LOGIN = "a login without end"
ELSEWHERE = {LOGIN, "not set up yet", "the database cannot be reached"}


@pytest.fixture(name="host")
def host_fixture(hosted, request):
    host = hosted()
    host.handler = getattr(request, "param", HANDLERS[0])
    return host


def furnish(host, **how):
    host.apache(**how)
    with_htaccess(host)
    upload(host)


def answers(host, path):
    reply = host.get(path)
    assert reply.status_code == 503, (reply.status_code, host.log())
    assert reply.text == "This site is not set up yet."


def works(host):
    host.wait()
    answers(host, "/records/")
    reply = host.get("/try.cgi")
    assert reply.status_code == 200, host.log()
    assert reply.text.startswith("ifmatch try: programs run here.\n")
    return True


@pytest.mark.parametrize("host", HANDLERS, indirect=True)
def test_without_a_fault_it_works(host):
    furnish(host)
    assert works(host)


# What mod_fcgid alone does is tried with it alone.
CASES = [(name, handler) for name, fault in FAULTS.items()
         for handler in HANDLERS
         if handler == "fcgid-script" or "mod_fcgid" not in fault.why]


@pytest.mark.parametrize("name, host", CASES, indirect=["host"])
def test_a_fault_is_seen_and_mended_as_told(host, name):
    fault = FAULTS[name]
    row, = [r for r in rows() if r[0].startswith(fault.see)
            and r[1].startswith(fault.why)]
    furnish(host, **fault.how)
    fault.make(host)
    reply = host.get(fault.page, auth=fault.auth)
    assert SEEN[row[0]](reply), (reply.status_code, reply.headers,
                                 reply.text[:300], host.log())
    if fault.mend:
        fault.mend(host)
        assert works(host)


def test_each_row_is_tried():
    told = {tuple(row[:2]) for row in rows()}
    assert len(told) > 20 and all(do for _, _, do in rows())
    tried = {pair for pair in told for fault in FAULTS.values()
             if pair[0].startswith(fault.see)
             and pair[1].startswith(fault.why)}
    assert {see for see, _ in told - tried} == ELSEWHERE


@pytest.fixture(name="owner")
def owner_fixture(hosted, bought):
    owner = Owner(hosted(), bought())
    owner.host.apache()
    return owner


def assert_told(see, why, do):
    """INSTALL says it with these words."""
    found, = [r for r in rows() if r[0] == see and r[1].startswith(why)]
    assert do in found[2], found


def filled(form):
    form.fill("_login", "anna")
    form.fill("_password", PASSWORD)
    return form


def log_in(browser):
    """Where it leads."""
    return browser.submit(filled(browser.open("/records/-/login").form))


def test_a_browser_without_cookies_logs_in_without_end(owner):
    assert_told(LOGIN, "The browser, or something on the way, loses cookies",
                "Allow cookies")
    owner.set_up()
    browser = owner.browser
    for _ in range(3):
        browser.cookies.clear()
        leads = log_in(browser)
        browser.cookies.clear()
        assert "_login" in browser.open(leads, 401).form
    assert "_login" not in {c.name for form in browser.open(
        log_in(browser)).forms for c in form.controls}


def test_two_dialogs_ask_without_end(owner):
    assert_told(LOGIN, "The host asks for a password by .htaccess",
                "Take AuthType and what follows out of .htaccess, or say "
                "accounts = off and remote_user = on.")
    owner.set_up()
    host = owner.host
    ask_for_password(host, host.home + "/.htpasswd")
    # the dialog's password goes with every request, and is not the account's
    browser = owner.browser
    browser.headers["Authorization"] = "Basic " + base64.b64encode(
        b"anna:sea").decode()
    for _ in range(3):
        assert "_login" in browser.open("/records/", 401).form
        assert browser.submit(filled(browser.open("/records/-/login").form)
                              ) == "/records/"
    del browser.headers["Authorization"]
    with_htaccess(host)
    assert log_in(owner.browser) == "/records/"
    ask_for_password(host, host.home + "/.htpasswd")
    owner.ini = owner.ini.replace("accounts = on", "accounts = off\n"
                                  "remote_user = on")
    owner.configure()
    assert host.get("/records/", auth=("anna", "sea")).status_code == 200


def test_a_programs_password_that_does_not_arrive(owner):
    assert_told(LOGIN, "A program's password does not arrive",
                'SetEnvIf Authorization "(.+)" HTTP_AUTHORIZATION=$1')
    owner.set_up()
    host = owner.host

    def status():
        return host.get("/records/member",
                        auth=("anna", PASSWORD)).status_code
    assert status() == 200
    without("CGIPassAuth")(host)
    assert status() == 401
    host.upload("htdocs/.htaccess", read_text(host.www + "/.htaccess")
                + 'SetEnvIf Authorization "(.+)" HTTP_AUTHORIZATION=$1\n')
    assert status() == 200
    with_htaccess(host)
    assert status() == 200


NOT_YET = [(None, 0o600, "a text file called records.ini"),
           ("database = x\ntitel = y\n", 0o600, "line 2 of it"),
           ("database = password=x\n", 0o644, "others than its owner")]


@pytest.mark.parametrize("text, mode, said", NOT_YET)
def test_not_set_up_yet(owner, text, mode, said):
    assert_told("not set up yet", "The file records.ini is not found",
                "Do what the page says.")
    with_htaccess(owner.host)
    owner.first_run()
    if text:
        owner.host.upload("records.ini", text, mode)
    page = owner.browser.open("/records/", 503)
    assert page.titles[-1] == "This site is not set up yet."
    assert said in page.text
    owner.configure()
    owner.load()
    # the same process does not go on with what it has not found
    owner.first_account()


@pytest.mark.parametrize("old, new", [
    ("password='sea side'", "password=wrong"), ("user=club", "user=nobody"),
    ("dbname=club", "dbname=none"), ("host=127.0.0.1", "host=127.0.0.9")])
def test_the_database_cannot_be_reached(owner, old, new):
    assert_told("the database cannot be reached",
                "Its name, user, password or host", "Compare the line database")
    host = owner.host
    with_htaccess(host)
    owner.first_run()
    right = owner.ini
    assert old in right
    owner.ini = right.replace(old, new)
    owner.configure()
    owner.load()
    page = owner.browser.open("/records/", 503)
    assert "The database cannot be reached at the moment" in page.text
    assert not {"sea side", "wrong", "127.0.0"} & set(page.text.split())
    owner.ini = right
    owner.configure()
    owner.first_account()
