"""Every kind of page of a site with the sample database, as they come back:
by GET where a page has an address of its own, by what two people do to one
entry where it comes behind a form. They can be looked at again, each at an
address of its own, for tools that only open addresses."""
import http.server
import os
import re
import threading
import urllib.parse

from . import cgi
from .browser import BOUNDARY, Browser, Page, multipart
from .process import ROOT

INI = """title = The club by the millpond
time_zone = Europe/Berlin
secret = 0123456789abcdef0123456789abcdef
anonymous = %s
[table public.*]
[table member]
label = {first_name} {last_name}
[table book]
version_column = version
[table guest]
[table payment]
read_only = method
"""
# Beside the sample: a comment that gives a label, a table without rows, one
# that can only be read, one that fails, one that takes too long.
MORE = """
CREATE TABLE guest (id int PRIMARY KEY, guest_name text NOT NULL,
    arrives_on date);
COMMENT ON TABLE guest IS E'Guests\\nPeople who stay for a night or two.';
COMMENT ON COLUMN guest.guest_name IS 'Name of the guest';
COMMENT ON COLUMN guest.arrives_on IS E'Day of arrival\\nNot on Mondays.';
CREATE VIEW statistics AS SELECT kind, count(*) AS boats, sum(seats) AS seats
    FROM boat GROUP BY kind;
CREATE TABLE key_box (id int PRIMARY KEY, hook text, revision int);
INSERT INTO key_box VALUES (1, 'Left of the door', 0);
CREATE FUNCTION fail(code text) RETURNS int LANGUAGE plpgsql STABLE AS
    $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = code; END $$;
CREATE VIEW broken AS SELECT fail('XX001') AS id;
CREATE VIEW slow AS SELECT fail('57014') AS id;
"""
MEMBER = "/records/member/2"
ACCOUNTS = """accounts = on
setup_code = open sesame
admin = Anna Berg
authenticated = write
[table member]
label = {first_name} {last_name}
[table guest]
"""
PASSWORD = "a password for the gallery"


def prepare(cluster, dbname):
    """Adds to a copy of the sample database what the gallery needs."""
    cluster.psql(dbname, MORE, user="owner")
    cluster.load_accounts(dbname)
    cluster.grant(dbname)


class Gallery:
    """pages: {name: Answer}. make_site(ini) makes a harness Site."""

    def __init__(self, cluster, dbname, make_site, language="en"):
        self.cluster, self.dbname = cluster, dbname
        self.site = make_site(INI % "write")
        self.reading = make_site(INI % "read")
        self.bare = make_site("anonymous = read\n")
        self.closed = make_site(INI.partition("anonymous")[0] + ACCOUNTS)
        self.browser = Browser(self.site, {"Accept-Language": language})
        self.language = language
        self.pages = {}
        for name in dir(self):
            if name.startswith("make_"):
                getattr(self, name)()

    def get(self, name, url, status=200, site=None):
        browser = self.browser if site is None else Browser(
            site, {"Accept-Language": self.language})
        self.keep(name, browser.request("GET", url, Accept="text/html"),
                  status)

    def keep(self, name, answer, status):
        assert status in (None, answer.status), (name, answer)
        self.pages[name] = answer

    def meanwhile(self, sql):
        """Somebody else, whom the site knows by name."""
        self.cluster.psql(self.dbname, """SET ifmatch.person = 'Anna Berg';
            %s""" % sql)

    def form(self, url):
        return self.browser.open(url).form

    def send(self, name, form, status):
        self.keep(name, self.browser.send(form), status)

    def make_addresses(self):
        for name, url in (("home", "/records/"), ("list", "/records/member"),
                          ("list-narrow", "/records/guest"),
                          ("list-references", "/records/loan"),
                          ("list-panels", "/records/member?_tools="),
                          ("list-panels-references", "/records/loan?_tools="),
                          ("form", MEMBER), ("form-types", "/records/boat/1"),
                          ("form-course", "/records/course/1"),
                          ("new", "/records/member?new"),
                          ("new-guest", "/records/guest?new"),
                          ("delete", MEMBER + "?delete"),
                          ("list-found", "/records/member?_search=anna"),
                          ("list-found-none", "/records/member?_search=qqq"),
                          ("read-only", "/records/statistics"),
                          ("not-set-up", "/records/key_box")):
            self.get(name, url)
        self.get("nothing-on-offer", "/records/", site=self.bare)
        self.get("form-of-a-reader", MEMBER, site=self.reading)

    def make_errors(self):
        self.get("error-404", "/records/member/999999", 404)
        self.get("error-404-table", "/records/nowhere", 404)
        self.get("error-403", "/records/member?new", 403, self.reading)
        self.get("error-400", "/records/member?nosuch=eq.1", 400)
        self.get("error-500", "/records/broken", 500)
        self.get("error-503", "/records/slow", 503)
        form = self.form("/records/member/3")
        form.fill("phone", "0")
        self.keep("error-428", self.browser.send(form, [
            e for e in form.entries() if e[0] != "_etag"]), 428)

    def make_invalid(self):
        form = self.form("/records/member/4")
        form.fill("postcode", "1234x")
        self.send("invalid", form, 422)
        form = self.form("/records/member/4")
        form.fill("joined", "1905-01-01")
        self.send("invalid-together", form, 422)

    def make_found(self):
        """Without a script: what refers to one of many entries."""
        form = self.form("/records/member/13")
        form.fill("_query.invited_by", "an")
        self.keep("form-found", self.browser.send(form, [
            *form.entries(), ("_search.invited_by", "1")]), 200)

    def make_conflict(self):
        form = self.form("/records/member/5")
        form.fill("phone", "+49 30 5550-999")
        form.fill("notes", "Rows on Tuesdays.\nHas a key to the boat house.")
        self.meanwhile("""UPDATE member SET phone = '+49 30 5550-111',
            town = 'Neustadt', notes = 'Rows on Mondays.' WHERE id = 5""")
        self.send("conflict", form, 412)

    def make_gone(self):
        self.meanwhile("""INSERT INTO guest VALUES (6, 'Eve', NULL)""")
        form = self.form("/records/guest/6")
        form.fill("guest_name", "Eve Stone")
        self.meanwhile("DELETE FROM guest WHERE id = 6")
        self.send("gone", form, None)

    def make_created(self):
        form = self.form("/records/guest?new")
        form.fill("id", "7")
        form.fill("guest_name", "Adam Stone")
        self.meanwhile("INSERT INTO guest VALUES (7, 'Adam', '2026-11-30')")
        self.send("created-meanwhile", form, None)

    def make_delete(self):
        form = self.form("/records/member/8?delete")
        self.meanwhile("UPDATE member SET town = 'Neustadt' WHERE id = 8")
        self.send("delete-conflict", form, 412)

    def make_lists(self):
        """Lists in which something was looked for."""
        member = "/records/member"
        for name, query in (
                ("list-found", "?_search=an&joined=gte.2000-01-01"
                 "&or=(town.like.*a*,town.is.null)&order=last_name,id.desc"),
                ("list-none-found", "?_search=nobody+is+called+so"),
                ("list-columns", "?select=last_name,email,town&limit=10"
                 "&order=town.desc&_saved=1&_row=3"),
                ("list-end", "?_after=999999")):
            self.get(name, member + query)
        self.get("list-panels-found", member + "?_tools=&_search=an"
                 "&joined=gte.2000-01-01&order=last_name,id.desc&limit=10")
        self.get("list-by-reference", "/records/loan?member_id=eq.2")
        self.get("list-malformed",
                 member + "?joined=gte.abc&nosuch=eq.1&_search=an", 400)
        self.get("list-search-for-a-reference",
                 "/records/loan?_query._text.member_id=an")

    def make_several(self):
        """A list edited in place, and entries to be deleted, each also after
        others were there first."""
        url = "/records/member?_edit=phone,notes,town&limit=6"
        self.get("grid", url)
        form = self.form(url)
        for n, text in enumerate(("+49 30 1", "+49 30 2", "+49 30 3", "0")):
            form.fill("_row.%d.phone" % n, text)
        self.meanwhile("""UPDATE member SET phone = '+49 30 5550-222',
            town = 'Neustadt' WHERE id = 2""")
        self.send("grid-conflict", form, 412)
        got = self.browser.send(self.selection(), [
            *self.selection().entries(), ("_select.8", "9"),
            ("_select.9", "10")])
        self.keep("delete-several", got, 200)
        form = Page(got.text).form
        self.meanwhile("UPDATE member SET town = 'Neustadt' WHERE id = 9")
        self.send("delete-several-conflict", form, 412)
        self.get("list-after-saving", "/records/member?_saved=3")

    def make_import(self):
        """A file of entries: the form, what would change, and one line beside
        what somebody else has saved."""
        url = "/records/guest?import="
        self.meanwhile("""INSERT INTO guest VALUES (11, 'Ada', '2026-10-01'),
            (12, 'Bo', NULL), (13, 'Cy', NULL)""")
        self.get("import", url)
        form = self.form(url)
        text = self.site.get("/guest?_etag=&id=gte.11&order=id", headers={
            "Accept": "text/csv"}).text
        text = text.replace(",Ada,", ",Ada Lovell,").replace(
            ",Bo,,", ",Bo Stone,,").replace("Cy,,", "Cy,31.2.2026,")
        self.meanwhile("UPDATE guest SET guest_name = 'Bob' WHERE id = 12")
        body, kind = multipart(form.entries())
        head = ('--%s\r\nContent-Disposition: form-data; name="_file"; '
                'filename="guests.csv"\r\n\r\n' % BOUNDARY)
        got = self.browser.request(
            "POST", form.action, (head + text + "14,Di,,\n\r\n").encode()
            + body, **{"Content-Type": kind, "Sec-Fetch-Site": "same-origin"})
        assert got.status == 303, got
        self.get("import-lines", got.headers["Location"])
        link, = [href for href, _ in Page(self.pages["import-lines"].text).links
                 if "_line=" in href]
        self.get("import-line", link)

    def make_first_table(self):
        """From lines of a spreadsheet to a table."""
        self.get("first-table", "/records/?import")
        form = self.form("/records/?import")
        form.fill("_table", "Tours")
        form.fill("_text", "Tour\tDay\tLength (km)\tversion\n"
                  "Round the lake\t2026-05-01\t12.5\t1\n")
        self.send("first-table-made", form, 200)

    def selection(self):
        form, = [f for f in self.browser.open("/records/member").forms
                 if f.attrs["method"] == "post"]
        return form

    def make_accounts(self):
        """Before anybody has an account, at the door, and behind it; each
        opened by who administrates."""
        login, accounts = "/records/-/login", "/records/-/accounts"
        self.get("login-first", login, site=self.closed)
        for args in (("add", "Anna Berg", "--admin"), ("add", "bernd")):
            done = cgi.command("user", *args, config=self.closed.ini,
                               text=PASSWORD + "\n")
            assert done.returncode == 0, done
        visitor = Browser(self.closed, {"Accept-Language": self.language})
        page = visitor.open(login)
        self.get("login", login, site=self.closed)
        self.get("login-in-between", MEMBER, 401, self.closed)
        page.form.fill("_login", "Anna Berg")
        page.form.fill("_password", "no")
        self.keep("login-wrong", visitor.send(page.form), None)
        page.form.fill("_password", PASSWORD)
        got = visitor.send(page.form)
        assert got.status == 303, got
        visitor.headers["Cookie"] = got.headers["Set-Cookie"].partition(";")[0]

        def see(name, url):
            self.keep(name, visitor.request("GET", url, Accept="text/html"),
                      200)
        for name, url in (("home-of-a-person", "/records/"),
                          ("accounts", accounts),
                          ("accounts-one", accounts + "?account=bernd"),
                          ("account-own", "/records/-/account"),
                          ("check", "/records/-/check"),
                          ("logout", login)):
            see(name, url)
        page = visitor.open(accounts + "?account=bernd")
        form = [f for f in page.forms if "Link" in "".join(f.buttons)
                or "link" in "".join(f.buttons)][0]
        self.keep("accounts-link", visitor.send(form, [
            *form.entries(), ("_do", "invite")]), 200)
        link = re.search(r'value="http://[^/]*(/[^"]*invitation=[^"]*)"',
                         self.pages["accounts-link"].text).group(1)
        self.get("login-invited", link, site=self.closed)
        form = visitor.open("/records/member/12").form
        form.fill("phone", "+49 30 12")
        del visitor.headers["Cookie"]
        self.keep("login-ended", visitor.send(form), 401)
        visitor.close()

    def make_forms_of_all(self):
        """The form of one entry of each table that the sample has."""
        for table in Page(self.pages["home"].text).links:
            url = table[0]
            if not url.startswith("/records/") or url in (
                    "/records/", "/records/?import", "/records/broken",
                    "/records/slow"):
                continue
            name = url.rpartition("/")[2]
            got = self.browser.request("GET", url, Accept="text/html")
            self.keep("list-of-" + name, got, 200)
            rows = [h for h, _ in Page(got.text).links
                    if h.startswith(url + "/")]
            if rows:
                self.get("form-of-" + name, rows[0])

    def close(self):
        self.browser.close()


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def do_GET(self):  # noqa: N802, the name is http.server's
        gallery, browsers = self.server.gallery, self.server.browsers
        path = urllib.parse.urlsplit(self.path).path
        name = path.rpartition("/")[2]
        if path == "/favicon.ico":
            self.send_response(204)
            self.end_headers()
            return
        if path.startswith("/gallery/") and name in gallery.pages:
            answer = gallery.pages[name]
        else:
            with browsers:
                answer = gallery.browser.request("GET", self.path, **{
                    "Accept": self.headers.get("Accept", "*/*")})
        # a page that came with an error is looked at as a page
        self.send_response(200 if path.startswith("/gallery/")
                           else answer.status)
        for field in ("Content-Type", "Content-Security-Policy"):
            if answer.headers.get(field):
                self.send_header(field, answer.headers[field])
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)


class Exhibition(http.server.ThreadingHTTPServer):
    """The gallery's pages at self.url + NAME; everything else of that host is
    the site's."""
    daemon_threads = True

    def __init__(self, gallery):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.gallery, self.browsers = gallery, threading.Lock()
        self.url = "http://127.0.0.1:%d/gallery/" % self.server_port
        self._thread = threading.Thread(target=self.serve_forever)
        self._thread.start()

    def close(self):
        self.shutdown()
        self._thread.join()
        self.server_close()


def sample(cluster):
    """A new database with the sample and what the gallery needs."""
    name = cluster.makedb(name="gallery",
                          file=os.path.join(ROOT, "sql", "demo.sql"))
    prepare(cluster, name)
    return name
