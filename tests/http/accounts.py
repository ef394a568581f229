"""What the tests of accounts share: a site with two people, and browsers that
keep cookies."""
import json
import os
import re

from harness.browser import CookieBrowser, Page, multipart
from harness.process import ROOT

SECRET = "0123456789abcdef0123456789abcdef"
INI = "accounts = on\nsecret = %s\nauthenticated = write\n" % SECRET
TABLES = "[table note]\n"
SQL = """
CREATE TABLE note (id int PRIMARY KEY, title text NOT NULL, body text,
	picture bytea);
SELECT ifmatch.protect('note');
INSERT INTO note VALUES (1, 'first', 'some text'), (2, 'second', NULL);
"""
PASSWORDS = {"anna": "anna's password", "bert": "bert's password"}


def load(cluster, name):
    """sql/accounts.sql for the program's role, and the table."""
    cluster.psql(name, file=os.path.join(ROOT, "sql", "accounts.sql"),
                 user="owner")
    cluster.psql(name, "SELECT ifmatch.accounts_for('ifmatch')", user="owner")
    cluster.psql(name, SQL, user="owner")


class People:
    """The accounts of a database."""

    def __init__(self, cluster, database, cgi, config):
        self.cluster, self.database = cluster, database
        self.cgi, self.config = cgi, config

    def ask(self, sql, args=None):
        return self.cluster.query(self.database, sql, args)

    def command(self, *args, text=None):
        return self.cgi.command("user", *args, config=self.config, text=text)

    def set(self, name, **columns):
        for column, value in columns.items():
            self.ask("UPDATE ifmatch.ifmatch_account SET %s = %%s "
                     "WHERE name = %%s" % column, (value, name))

    def forget_attempts(self):
        self.ask("DELETE FROM ifmatch.ifmatch_attempt")

    def failed(self, subject, times):
        """As if so many attempts had failed, long enough ago."""
        self.ask("INSERT INTO ifmatch.ifmatch_attempt VALUES (%s, %s, now(), "
                 "'-infinity')", (subject, times))

    def stretch_waits(self):
        """Waits that have begun outlast a test, however slow."""
        self.ask("UPDATE ifmatch.ifmatch_attempt SET until = now() + "
                 "interval '1 min' WHERE until > last_at")

    def row(self, key=1):
        return self.ask("SELECT title, body, version, updated_by FROM note "
                        "WHERE id = %s", (key,))[0]


class Person(CookieBrowser):
    """One who may log in."""

    def page(self, url, status=200):
        return self.open(self.site.base + url, status)

    def log_in(self, name, password=None, next_=None, status=303):
        """Where the login leads."""
        url = "/-/login" + ("?next=" + next_ if next_ else "")
        form = self.page(url).form
        form.fill("_login", name)
        form.fill("_password", PASSWORDS[name] if password is None
                  else password)
        return self.submit(form, status)

    @property
    def session(self):
        return self.cookies.get("ifmatch_session")


def problem(answer):
    assert answer.headers["Content-Type"] == "application/problem+json"
    return json.loads(answer.text)


__all__ = ["INI", "TABLES", "SECRET", "PASSWORDS", "People", "Person", "Page",
           "load", "multipart", "problem", "re"]
