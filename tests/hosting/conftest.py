"""A host for each test, and a database as its customers get one."""
import os
import sys

import pytest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import hosts  # noqa: E402


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
