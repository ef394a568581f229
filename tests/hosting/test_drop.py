"""The five minutes of somebody who has a web space and a database, as INSTALL
tells them, and what comes later: an update, and a move to another host."""
import re

import pytest

from harness.browser import CookieBrowser

PASSWORD = "a long first password"


class Owner:
    """What one person has and does."""

    def __init__(self, host, database):
        self.host, self.database = host, database
        self.browser = CookieBrowser(host)
        self.ini = ""

    def upload_try(self):
        self.host.upload("htdocs/.htaccess", self.host.htaccess())
        self.host.upload("htdocs/try.cgi", ("file", "try.cgi"), 0o755)
        reply = self.host.get("/try.cgi")
        assert reply.status_code == 200, self.host.log()
        assert reply.headers["Content-Type"].startswith("text/plain")
        lines = reply.text.splitlines()
        assert lines[0] == "ifmatch try: programs run here."
        assert lines[1] == "As user: club, group club"
        assert all(line.startswith(("Good: ", "Rights: "))
                   for line in lines[2:])
        # nothing of where it is
        assert "/" not in reply.text
        self.host.remove_file("htdocs/try.cgi")

    def first_run(self):
        """The page that shows the lines of a configuration."""
        self.host.upload("htdocs/records", ("file", "ifmatch"), 0o755)
        page = self.browser.open("/records/", 503)
        assert page.titles[-1] == "This site is not set up yet."
        assert self.host.folder not in page.source
        lines = re.search("(?s)<pre>(.*)</pre>", page.source).group(1)
        told = "host=%(host)s port=%(port)s dbname=%(dbname)s user=%(user)s " \
            "password='%(password)s'" % self.database
        self.ini, n = re.subn("(?m)^database = .*$", "database = " + told,
                              lines)
        assert n == 1

    def configure(self):
        self.host.upload("records.ini", self.ini, 0o600)

    def first_account(self):
        code = re.search("(?m)^setup_code = (.*)$", self.ini).group(1)
        form = self.browser.open("/records/-/login").form
        for name, text in (("_code", code), ("_login", "anna"),
                           ("_password", PASSWORD), ("_again", PASSWORD)):
            form.fill(name, text)
        assert self.browser.submit(form) == "/records/"
        self.ini = re.sub("(?m)^setup_code = .*\n", "", self.ini)
        self.configure()

    def look_around(self):
        """The check finds nothing wrong; the list shows what was pasted."""
        page = self.browser.open("/records/-/check")
        assert "<strong>wrong" not in page.source, page.text
        assert "setup_code" not in page.text or "remove it" in page.text
        page = self.browser.open("/records/")
        assert {text.strip() for _, text in page.links} >= {
            "Members", "Dues", "Minutes", "Tasks", "Things"}
        return self.browser.open(page.link("Members"))

    def add(self, **fields):
        form = self.browser.open("/records/member?new=").form
        for name, text in fields.items():
            form.fill(name, text)
        return re.sub("[?#].*", "", self.browser.submit(form))

    def form(self, url):
        return self.browser.open(url).form


def edit_and_meet(owner, url):
    """A save, and one that comes too late: nothing that was typed is lost."""
    early, late = owner.form(url), owner.form(url)
    early.fill("phone", "030 11")
    owner.browser.submit(early)
    late.fill("phone", "030 22")
    late.fill("town", "Harbour")
    page = owner.browser.submit(late, 412)
    assert "Nothing of yours is lost" in page.text
    assert "030 11" in page.text and "030 22" in page.source
    form = page.form
    form.choose("_choice.phone", "mine")
    owner.browser.submit(form)
    saved = owner.form(url)
    assert (saved["phone"].value, saved["town"].value) == (
        "030 22", "Harbour")


def delete(owner, url):
    page = owner.browser.open(url + "?delete=")
    owner.browser.submit(page.form)
    assert owner.browser.request("GET", url).status == 404


def set_up(owner, adminer, step):
    with step("try.cgi says that programs run, and as whom"):
        owner.upload_try()
    with step("the program says what to do next"):
        owner.first_run()
    with step("the configuration is uploaded"):
        owner.configure()
    with step("sql/ifmatch.sql, accounts.sql and club.sql are pasted"):
        panel = adminer(owner.database)
        for name in ("ifmatch", "accounts", "club"):
            panel.paste(owner.host.ours("sql/%s.sql" % name))
    with step("the setup code makes the first account"):
        owner.first_account()
    with step("the check, the tables, a list"):
        assert len(owner.look_around().heads) == 8
    return panel


def work(owner, step):
    with step("an entry is added"):
        url = owner.add(last_name="Neumann", first_name="Nora")
    with step("two save at once: a conflict, put together"):
        edit_and_meet(owner, url)
    with step("it is deleted"):
        delete(owner, url)


@pytest.fixture(name="owner")
def owner_fixture(hosted, bought):
    return Owner(hosted(), bought())


def test_five_minutes(owner, adminer, step):
    host = owner.host
    host.apache()
    set_up(owner, adminer, step)
    work(owner, step)
    with step("one line makes plain CGI of it"):
        host.upload("htdocs/.htaccess", host.htaccess("cgi-script"))
        assert ", as CGI." in host.check().stdout
    work(owner, step)
