"""Fixtures that all tests share; the classes behind them are in harness/."""
import os
import sys

import pytest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from harness import cgi as cgi_module  # noqa: E402
from harness import reports  # noqa: E402
from harness.cluster import Cluster  # noqa: E402
from harness.pool import Pool  # noqa: E402
from harness.process import (ROOT, make_folder, wait_until,  # noqa: E402
                             write_file)
from harness.sessions import PsqlSession  # noqa: E402
from harness.site import Site  # noqa: E402
from harness.webdriver import Chromium  # noqa: E402


@pytest.fixture(scope="session")
def root():
    """The folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared():
    """The folder with other people's databases, or None."""
    for path in (os.environ.get("IFMATCH_SHARED"),
                 os.path.join(os.path.dirname(ROOT), "shared")):
        if path and os.path.isdir(os.path.join(path, "data")):
            return path
    return None


@pytest.fixture(scope="session")
def cluster(request):
    """A private PostgreSQL for this run (harness/cluster.py). Its roles: the
    superuser postgres, owner, who owns the databases, and ifmatch, which the
    program connects as; both ordinary."""
    cluster = Cluster()
    cluster.make_roles()
    yield cluster
    cluster.stop("fast")
    failed = request.session.testsfailed > 0
    cluster.remove(keep_log=failed)
    if failed:
        print("\nPostgreSQL's log is kept: " + cluster.log_path)


@pytest.fixture
def database(cluster):
    """A new empty database for one test, with sql/ifmatch.sql loaded."""
    name = cluster.createdb()
    cluster.load_ifmatch(name)
    yield name
    cluster.dropdb(name)


@pytest.fixture(scope="module")
def module_database(cluster):
    """module_database(sql, name="db"): cluster.makedb for a whole module. Ask
    for it ahead of module_site, so that the site ends first."""
    names = []

    def make(*args):
        names.append(cluster.makedb(*args))
        return names[-1]
    yield make
    for name in names:
        cluster.dropdb(name)


@pytest.fixture(scope="session")
def demo_template(cluster):
    """A database with sql/ifmatch.sql and sql/demo.sql, to be copied."""
    name = cluster.makedb(file=os.path.join(ROOT, "sql", "demo.sql"))
    cluster.grant(name)
    return name


@pytest.fixture
def demo_database(cluster, demo_template):
    """A copy of the sample database for one test."""
    name = cluster.createdb(template=demo_template)
    yield name
    cluster.dropdb(name)


def site_maker(cluster):
    sites = []

    def make(database, ini_text, *, user="ifmatch", server="nginx", workers=4):
        sites.append(Site(cluster.conninfo(database, user), ini_text, server,
                          workers))
        return sites[-1]
    yield make
    failures = []
    for site in sites:
        try:
            site.stop()
        except AssertionError as failure:
            failures.append(str(failure))
        finally:
            site.remove()
    assert not failures, "\n".join(failures)


@pytest.fixture
def site(cluster):
    """site(database, ini_text, user=, server=, workers=) -> harness Site. The
    ini text's first lines are for the whole site; "database" and "workers" are
    put before it where it has none. Ended behind the test."""
    yield from site_maker(cluster)


@pytest.fixture(scope="module")
def module_site(cluster):
    """The same for a whole module."""
    yield from site_maker(cluster)


@pytest.fixture
def pool():
    """The program alone on a socket, for clients that speak FastCGI."""
    pool = Pool()
    yield pool
    pool.stop()


@pytest.fixture(scope="session")
def cgi():
    """cgi(config, method, path, headers, body, env) -> Reply: one request to
    the program in CGI mode. cgi.command("check", config=...) runs a command."""
    def call(*args, **kwargs):
        return cgi_module.run(*args, **kwargs)
    call.command = cgi_module.command
    return call


@pytest.fixture
def ini(cluster):
    """ini(database, text, user=) -> the path of a configuration file."""
    folder = make_folder("ifmatch-ini-")
    paths = []

    def make(database, text, user="ifmatch"):
        paths.append(os.path.join(folder, "site%d.ini" % len(paths)))
        return write_file(paths[-1], "database = %s\n%s" % (
            cluster.conninfo(database, user), text), 0o600)
    yield make
    for path in paths:
        os.remove(path)
    os.rmdir(folder)


@pytest.fixture
def psql_session(cluster):
    """psql_session(database, user=) -> a psql that is held open."""
    sessions = []

    def make(database, user="postgres"):
        sessions.append(PsqlSession(cluster, database, user))
        return sessions[-1]
    yield make
    for session in sessions:
        session.close()


@pytest.fixture(scope="module")
def chromium():
    """A browser for a whole module."""
    chromium = Chromium()
    yield chromium
    chromium.close()


@pytest.fixture(scope="module")
def keyboard():
    """One without scripts, for somebody without a mouse."""
    chromium = Chromium(scripts=False)
    yield chromium
    chromium.close()


@pytest.fixture(scope="session", name="wait_until")
def wait_until_fixture():
    return wait_until


@pytest.fixture(autouse=True)
def no_reports():
    """A sanitizer's report fails the test behind which it turns up."""
    yield
    text = reports.take()
    assert not text, text


def pytest_sessionfinish(session):
    text = reports.take()
    if text:
        sys.stderr.write(text)
        session.exitstatus = 1
