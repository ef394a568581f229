"""What comes later: a new program, a backup, a move to another host under
another name."""
import contextlib
import os
import re
import subprocess
import threading

import psycopg2
import pytest

import hosts
from harness.process import ROOT, read_text, wait_until
from owner import Owner

HANDLERS = ("fcgid-script", "cgi-script")


@pytest.fixture(name="owner")
def owner_fixture(hosted, bought):
    owner = Owner(hosted(), bought())
    owner.host.apache()
    return owner


class Visitors:
    """People who read all the time; what they were answered."""

    def __init__(self, host, n=4):
        self.host = host
        self.answers = []
        self._end = threading.Event()
        self._threads = [threading.Thread(target=self._read)
                         for _ in range(n)]

    def _read(self):
        while not self._end.is_set():
            self.answers.append(self.host.get("/records/-/health"
                                              ).status_code)

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._end.set()
        for thread in self._threads:
            thread.join()


def replaced(host):
    """Whether every program that runs is the new one."""
    running = [os.readlink("/proc/%d/exe" % pid) for pid in host.left()]
    return running and not [p for p in running if p.endswith("(deleted)")]


def test_a_new_program_takes_over(owner):
    """Uploaded under another name and renamed; no request is lost, nobody has
    to log in again, and the SQL may be run once more."""
    owner.set_up()
    host = owner.host
    url = owner.add(last_name="Neumann", first_name="Nora")
    form = owner.form(url)
    with Visitors(host) as visitors:
        wait_until(lambda: len(visitors.answers) > 50)
        follow(host, UPDATE.replace("mv ", "chown %d:%d \"$WEB/records.new\"\n"
                                    "mv " % ((hosts.NUMBER,) * 2)),
               database=owner.database)
        wait_until(lambda: replaced(host), 30, "the new program")
        before = len(visitors.answers)
        wait_until(lambda: len(visitors.answers) > before + 50)
    assert set(visitors.answers) == {200}
    form.fill("phone", "030 33")
    owner.browser.submit(form)
    assert owner.form(url)["phone"].value == "030 33"


def test_a_program_is_never_written_over(owner):
    """INSTALL says so: it fails while the program runs."""
    owner.set_up()
    with pytest.raises(OSError, match="Text file busy"):
        with open(owner.host.www + "/records", "r+b"):
            pass


def test_a_new_configuration_counts_at_once(owner):
    owner.set_up()
    with Visitors(owner.host) as visitors:
        wait_until(lambda: len(visitors.answers) > 20)
        for title in ("Sailing club", "Rowing club"):
            owner.ini = owner.ini.replace("title = Records",
                                          "title = Sailing club").replace(
                "Sailing club", title)
            owner.configure()
            assert title in owner.browser.open("/records/").titles[0]
    assert set(visitors.answers) == {200}
    # one that is wrong meanwhile ends nothing
    owner.host.upload("records.ini", owner.ini + "titel = x\n", 0o600)
    assert "Rowing club" in owner.browser.open("/records/").titles[0]


README = read_text(os.path.join(ROOT, "README.md"))
UPDATE, BACKUP, MOVE = re.findall(
    "(?s)```sh\n(.*?)```", README.split("### Update, backup, move")[1])[:3]


def follow(host, commands, **databases):
    """README's commands, in the folder of the unpacked archive."""
    variables = {name.upper(): " ".join(
        "%s='%s'" % item for item in told.items())
        for name, told in databases.items()}
    subprocess.run(["sh", "-e", "-c", commands], check=True, cwd=hosts.DIST,
                   stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
                   env={"PATH": os.environ["PATH"], "HOME": host.home,
                        "WEB": host.www, **variables})


def ask(database, sql):
    with contextlib.closing(psycopg2.connect(**database)) as db:
        db.autocommit = True
        with db.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()


def by_shell(owner, moved, _adminer):
    follow(owner.host, MOVE, new_database=moved.database)


def by_panel(owner, moved, adminer):
    panel = adminer(moved.database)
    with open(owner.host.home + "/backup.sql", encoding="utf-8") as lines:
        panel.paste("".join(l for l in lines if not l.startswith("\\")))
    panel.paste("SELECT ifmatch.restored()")


@pytest.mark.parametrize("handler, backup, restore", [
    (HANDLERS[0], BACKUP, by_shell),
    (HANDLERS[1], BACKUP.replace("pg_dump", "pg_dump --inserts"), by_panel)])
def test_a_move_to_another_host(owner, hosted, bought, adminer, handler, backup,
                                restore):
    owner.set_up()
    url = owner.add(last_name="Neumann", first_name="Nora", phone="1")
    follow(owner.host, backup, database=owner.database)
    # after the backup, a version that the new site has never heard of
    for number in "23":
        form = owner.form(url)
        form.fill("phone", number)
        owner.browser.submit(form)
    old = owner.form(url)
    old.fill("town", "Harbour")
    lost = ask(owner.database, "SELECT max(version) FROM member")[0][0]

    moved = Owner(hosted(), bought("guild"))
    moved.host.handler = handler
    moved.host.apache()
    moved.host.upload("htdocs/.htaccess", moved.host.htaccess())
    moved.first_run()
    moved.ini = owner.ini.replace(str(owner.database["dbname"]),
                                  str(moved.database["dbname"])).replace(
        "user=club", "user=guild")
    moved.configure()
    restore(owner, moved, adminer)
    assert "behind" not in moved.host.check().stdout
    reached, = ask(moved.database, "SELECT last_value FROM "
                   "ifmatch.ifmatch_version")[0]
    assert reached > lost

    # the accounts came along, and whoever was logged in is
    moved.browser.cookies = dict(owner.browser.cookies)
    # a form of the old site: what it saw is not there
    page = moved.browser.submit(old, 412)
    assert "Nothing of either is lost" in page.text
    assert page.form["town"].value == "Harbour"
    moved.browser.submit(page.form)
    assert moved.form(url)["town"].value == "Harbour"
    # new edits work, and no version returns
    form = moved.form(url)
    form.fill("phone", "4")
    moved.browser.submit(form)
    assert ask(moved.database, "SELECT phone, version > %d FROM member WHERE "
               "last_name = 'Neumann'" % lost) == [("4", True)]
    # of the tables' new owner, who may upgrade
    moved.load("ifmatch", "accounts")


def test_what_adminer_exports_is_no_backup(owner, bought, adminer):
    """INSTALL and README say so."""
    owner.load()
    text = adminer(owner.database).export()
    assert "Lindqvist" in text
    empty = adminer(bought("guild"))
    empty.paste(owner.host.ours("sql/ifmatch.sql"))
    with pytest.raises(AssertionError, match="Error in query"):
        empty.paste(text)


def test_an_old_backup_without_restored_is_noticed(owner):
    """Where a dump does not carry the sequence's number along."""
    owner.set_up()
    # each protect takes versions of a second to come; a backup is older
    wait_until(lambda: ask(owner.database, """SELECT last_value < extract(epoch
        FROM clock_timestamp()) * 1000000 FROM ifmatch.ifmatch_version""")[0][0])
    ask(owner.database, "SELECT setval('ifmatch.ifmatch_version', 1)")
    said = owner.host.check(1).stdout
    assert "SELECT ifmatch.restored();" in said
    ask(owner.database, "SELECT ifmatch.restored()")
    assert "restored" not in owner.host.check().stdout
