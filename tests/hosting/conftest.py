"""A host for each test, and a database as its customers get one."""
import contextlib
import os
import sys
import time

import pytest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import hosts  # noqa: E402
from adminer import Adminer  # noqa: E402

TIMES = {}


@pytest.fixture
def hosted():
    """hosted() -> a Host, ended and removed behind the test."""
    made = []

    def make():
        made.append(hosts.Host())
        return made[-1]
    yield make
    for host in made:
        host.stop()
        host.remove()


@pytest.fixture
def bought(cluster):
    """What a customer is told of a database: its name, a user who owns it and
    nothing else, a password, and where it is."""
    made = []

    def make(user="club"):
        cluster.query("postgres", "CREATE ROLE %s LOGIN PASSWORD 'sea side'"
                      % user)
        name = cluster.createdb(user, owner=user)
        made.append((name, user))
        return {"dbname": name, "user": user, "password": "sea side",
                "host": "127.0.0.1", "port": cluster.port}
    yield make
    for name, user in reversed(made):
        cluster.dropdb(name)
        cluster.query("postgres", "DROP ROLE " + user)


@pytest.fixture
def adminer():
    """adminer(database) -> the Adminer of the host, logged in there."""
    made = []

    def make(database):
        made.append(Adminer(database))
        return made[-1]
    yield make
    for one in made:
        one.stop()


@pytest.fixture
def step(request):
    """with step("what"): one step of a walk, which is timed."""
    taken = TIMES.setdefault(request.node.name, [])

    @contextlib.contextmanager
    def step(name):
        begin = time.monotonic()
        yield
        taken.append((name, time.monotonic() - begin))
    return step


def pytest_terminal_summary(terminalreporter):
    for name, taken in TIMES.items():
        if not taken:
            continue
        terminalreporter.write_line("")
        terminalreporter.write_line(name)
        for what, seconds in taken + [("in all", sum(t for _, t in taken))]:
            terminalreporter.write_line("  %-52s %6.2f s" % (what, seconds))
