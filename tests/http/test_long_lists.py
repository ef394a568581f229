"""Lists that take long: to be made, to be read, or to be wanted."""
import http.client

import pytest

from harness.process import wait_until

# made while it is read, unlike one that stands behind FROM
ENDLESS = ("SELECT generate_series(1, 1000000000) AS id, "
           "repeat('x', 1000) AS body")
INI = "anonymous = write\nstatement_timeout = 1s\n[table %s]\n"


@pytest.fixture
def view(cluster, database, site):
    """view(name, query) -> a site with this view."""
    def make(name, query, **kwargs):
        cluster.psql(database, "CREATE VIEW %s AS %s" % (name, query),
                     user="owner")
        return site(database, INI % name, **kwargs)
    return make


@pytest.mark.parametrize("accept", ["text/csv", "application/json"])
def test_a_list_may_take_longer_than_one_statement(view, accept):
    site = view("slowly", "SELECT g AS id, pg_sleep(0.1)::text AS pause, "
                "repeat('x', 300000) AS body FROM generate_series(1, 30) g")
    reply = site.get("/slowly", headers={"Accept": accept})
    assert reply.status_code == 200
    assert len(reply.content) > 9000000
    assert "ERROR" not in reply.text[-100:]


def test_a_list_whose_first_row_does_not_come_is_given_up(view):
    site = view("never", "SELECT 1 AS id, pg_sleep(60)::text AS pause")
    reply = site.get("/never")
    assert reply.status_code == 503
    assert reply.elapsed.total_seconds() < 30
    assert site.get("/-/health").status_code == 200


def running(cluster, database):
    return cluster.query(
        "postgres", "SELECT count(*) FROM pg_stat_activity "
        "WHERE datname = %s AND usename = 'ifmatch' AND state = 'active'",
        (database,))[0][0]


def test_a_list_that_nobody_reads_on_is_stopped(view, cluster, database):
    site = view("endless", ENDLESS, workers=1)
    connection = http.client.HTTPConnection("127.0.0.1", site.port)
    connection.request("GET", "/records/endless", headers={
        "Accept": "text/csv"})
    reply = connection.getresponse()
    assert reply.read(10000)
    connection.close()
    wait_until(lambda: running(cluster, database) == 0, 60,
               "the end of the statement")
    assert site.get("/-/health").status_code == 200


def test_the_head_of_a_long_list_does_not_take_all_of_it(view, cluster,
                                                         database):
    site = view("endless", ENDLESS, workers=1)
    reply = site.head("/endless")
    assert reply.status_code == 200
    assert "Content-Length" not in reply.headers
    wait_until(lambda: running(cluster, database) == 0, 20,
               "the end of the statement")
    assert site.get("/endless?limit=1").json()[0]["id"] == 1
