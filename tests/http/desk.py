"""A database, a site for it, and somebody at a browser before that."""
import re

from harness.browser import Browser
from pages import plain


class Desk:
    """make_site: one of the fixtures site and module_site. Paths are from the
    site's root on."""

    def __init__(self, cluster, name, make_site, ini_text):
        self.cluster, self.name = cluster, name
        self.site = make_site(name, ini_text)
        self.browser = Browser(self.site)
        self.db = cluster.connect(name)

    def close(self):
        self.browser.close()
        self.db.close()

    def ask(self, sql, *values):
        """A statement beside the program; its rows, if any."""
        with self.db.cursor() as cursor:
            cursor.execute(sql, values or None)
            return cursor.fetchall() if cursor.description else None

    def by(self, person, sql):
        """A write by another program that says who it is for."""
        self.cluster.query(
            self.name, "SELECT set_config('ifmatch.person', %s, false); " + sql,
            (person,))

    def page(self, path, status=200):
        return plain(self.browser.open(path, status))

    def submit(self, form, status=303):
        """The page that comes back, or where the form leads."""
        got = self.browser.submit(form, status)
        return got if status == 303 else plain(got)

    def told(self, location):
        """What the list that a form leads to says was done."""
        found = re.search('<p class="note" role="status">(.*?)</p>',
                          self.page(location).source)
        return found.group(1) if found else None
