"""Many processes, few connections: mod_fcgid's and plain CGI ones at once."""
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

import fronts
from harness.cgi import Reply, environment
from harness.process import as_user
from harness.site import USER

EACH = 60
ROLE = "CREATE ROLE few LOGIN CONNECTION LIMIT 5 IN ROLE ifmatch"
PROCESSES = "FcgidMaxProcesses 100\nFcgidMaxProcessesPerClass 100\n"


@pytest.fixture(name="front")
def front_fixture(cluster, notes):
    cluster.psql("postgres", ROLE)
    front = fronts.Front(
        "fcgid", conninfo=cluster.conninfo(notes.database, "few"),
        ini="connections = 4\nfolder = /var/tmp/ifmatch-few-%d\n"
        % cluster.port, changes=[("FcgidMaxRequestLen", PROCESSES +
                                  "FcgidMaxRequestLen")])
    yield front
    front.stop()
    front.remove()
    subprocess.run(["rm", "-r", "/var/tmp/ifmatch-few-%d" % cluster.port],
                   check=True)
    cluster.psql("postgres", "DROP ROLE few")


def as_cgi(front):
    done = subprocess.run(
        [front.binary], stdin=subprocess.DEVNULL, capture_output=True,
        cwd="/", env=environment(front.ini, "GET", "/records/note?limit=3", {},
                                 b"", {}), check=False, **as_user(USER))
    return Reply(done.stdout, done.stderr.decode(), done.returncode).status


def through_apache(front):
    return requests.get(front.url + "/note?limit=3", timeout=30).status_code


def test_two_times_sixty_requests_share_four_connections(front, notes,
                                                         cluster):
    for _ in range(3):
        notes.add()
    mark = cluster.log_mark()
    with ThreadPoolExecutor(2 * EACH) as threads:
        done = [threads.submit(ask, front) for _ in range(EACH)
                for ask in (as_cgi, through_apache)]
        statuses = [d.result() for d in done]
    assert set(statuses) <= {200, 503}, statuses
    assert statuses.count(200) >= EACH
    assert "too many connections" not in cluster.log_since(mark)
    print(statuses.count(200), "of", 2 * EACH, "were answered, the others 503")
