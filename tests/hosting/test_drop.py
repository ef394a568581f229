"""The five minutes of somebody who has a web space and a database, as INSTALL
tells them, and what comes later: an update, and a move to another host."""
import re

import pytest

from owner import Owner


def edit_and_meet(owner, url):
    """A save, and one that comes too late: nothing that was typed is lost."""
    early, late = owner.form(url), owner.form(url)
    early.fill("phone", "030 11")
    owner.browser.submit(early)
    late.fill("phone", "030 22")
    late.fill("town", "Harbour")
    page = owner.browser.submit(late, 412)
    assert "Nothing of either is lost" in page.text
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
        rows = [href for href in owner.look_around().heads
                if href.startswith("/records/member/")]
        assert len(rows) == 8
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
    with step("try.cgi says that programs run, and as whom"):
        owner.upload_try()
    set_up(owner, adminer, step)
    work(owner, step)
    with step("one line makes plain CGI of it"):
        host.upload("htdocs/.htaccess", host.htaccess("cgi-script"))
        assert ", as CGI." in host.check().stdout
    work(owner, step)


# What no line of a customer's can change.
SERVERS = {
    "lighttpd, CGI": (lambda host: host.lighttpd(), r"through lighttpd\S*, as CGI\."),
    "lighttpd, FastCGI": (
        lambda host: host.lighttpd("lighttpd-fastcgi.conf"),
        r"through lighttpd\S*, as FastCGI\."),
    "nginx, fcgiwrap": (lambda host: host.nginx(), r"through nginx\S*, as CGI\."),
}


@pytest.mark.parametrize("server", SERVERS)
def test_the_same_elsewhere(owner, adminer, step, server):
    start, said = SERVERS[server]
    start(owner.host)
    set_up(owner, adminer, step)
    work(owner, step)
    with step("check --url from the host's shell"):
        assert re.search(said, owner.host.check().stdout)
