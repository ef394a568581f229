"""What the tests of accounts share: a site with two people, and browsers that
keep cookies."""
import json

from harness import cgi
from harness.browser import CookieBrowser

SECRET = "0123456789abcdef0123456789abcdef"
INI = "accounts = on\nsecret = %s\nauthenticated = write\n" % SECRET
TABLES = "[table note]\n"
NOTES = "INSERT INTO note VALUES (1, 'first', 'some text'), (2, 'second', NULL)"
SQL = """
CREATE TABLE note (id int PRIMARY KEY, title text NOT NULL, body text,
	picture bytea);
SELECT ifmatch.protect('note');
""" + NOTES
PASSWORDS = {"anna": "anna's password", "bert": "bert's password"}


class People:
    """The accounts of a database."""

    def __init__(self, cluster, database, config, site=None):
        self.cluster, self.database = cluster, database
        self.config, self.site = config, site

    def ask(self, sql, args=None):
        return self.cluster.query(self.database, sql, args)

    def command(self, *args, text=None):
        return cgi.command("user", *args, config=self.config, text=text)

    def check(self):
        """What the program says of its configuration."""
        return cgi.command("check", config=self.config)

    def call(self, method, path, headers=(), body=b"", env=()):
        """One request to the program as CGI; path is below the base."""
        return cgi.run(self.config, method, "/records" + path, headers, body,
                       env)

    def add(self, name, *options, password=None):
        done = self.command("add", name, *options,
                            text=(password or PASSWORDS[name]) + "\n")
        assert done.returncode == 0, done.stderr

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

    def renew_notes(self):
        self.ask("DELETE FROM note; " + NOTES)

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
