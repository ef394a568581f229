"""Somebody who has a web space and a database."""
import contextlib
import re

import psycopg2

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
        self.host.upload(self.host.place + "/records", ("file", "ifmatch"),
                         0o755)
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
            "Members", "Fees", "Events", "Minutes", "Tasks", "Things",
            "Loans"}
        return self.browser.open(page.link("Members"))

    def add(self, **fields):
        form = self.browser.open("/records/member?new=").form
        for name, text in fields.items():
            form.fill(name, text)
        return re.sub("[?#].*", "", self.browser.submit(form))

    def form(self, url):
        return self.browser.open(url).form

    def load(self, *names):
        """The SQL without Adminer: each file as one query."""
        with contextlib.closing(psycopg2.connect(**self.database)) as db:
            db.autocommit = True
            for name in names or ("ifmatch", "accounts", "club"):
                with db.cursor() as cursor:
                    cursor.execute(self.host.ours("sql/%s.sql" % name))

    def set_up(self):
        """All of it at once, up to the first account."""
        self.host.upload("htdocs/.htaccess", self.host.htaccess())
        self.first_run()
        self.configure()
        self.load()
        self.first_account()
