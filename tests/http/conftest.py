"""Databases that several modules look at, behind a web server."""
import json

import pytest

import accounts
import conditions
import desk
import guard_cases
import meetings
import whole


@pytest.fixture(scope="module")
def rows(cluster):
    """The rows of guards.sql."""
    rows = guard_cases.Rows(cluster, guard_cases.load(cluster))
    yield rows
    rows.close()
    cluster.dropdb(rows.database)


@pytest.fixture(scope="module")
def guard_web(module_site, rows):
    return module_site(rows.database, guard_cases.ini())


@pytest.fixture(scope="module")
def data(cluster):
    """The tables of conditions.py."""
    name = cluster.makedb(conditions.SQL, "conditions")
    data = conditions.Data(cluster, name)
    yield data
    data.close()
    cluster.dropdb(name)


@pytest.fixture(scope="module")
def webs(module_site, data):
    """webs(lines) -> a site with these lines, one for the whole module."""
    made = {}

    def get(lines=conditions.OPEN):
        if lines not in made:
            made[lines] = module_site(
                data.database, lines + conditions.TABLES, workers=2)
        return made[lines]
    return get


@pytest.fixture
def web(webs):
    return webs()


@pytest.fixture
def person(web):
    person = conditions.Person(web)
    yield person
    person.close()


@pytest.fixture(scope="module")
def module_desk(cluster, module_database, module_site):
    """module_desk(sql, ini_text, kind=): a desk.Desk for a whole module, at a
    database that this SQL makes."""
    made = []

    def make(sql, ini_text, kind=desk.Desk):
        made.append(kind(cluster, module_database(sql), module_site, ini_text))
        return made[-1]
    yield make
    for one in made:
        one.close()


@pytest.fixture(name="meetings")
def meetings_fixture(cluster, site, chromium):
    """The site of meetings.py, in the browser of somebody who is known."""
    made = meetings.Meetings(cluster, site, chromium)
    made.sign_in("ben")
    yield made
    chromium.open(made.site.url + "/-/style.css")
    chromium.run("localStorage.clear()")


@pytest.fixture(scope="module")
def account_site(cluster, module_database, module_site):
    """account_site(ini_text, workers=) -> accounts.People, nobody yet."""
    def make(ini_text, **more):
        name = module_database(accounts.SQL, "accounts")
        cluster.load_accounts(name)
        site = module_site(name, ini_text, **more)
        return accounts.People(cluster, name, site.ini, site)
    return make


@pytest.fixture
def account_database(cluster):
    """The tables of accounts.py for one test."""
    name = cluster.makedb(accounts.SQL, "accounts")
    cluster.load_accounts(name)
    yield name
    cluster.dropdb(name)


@pytest.fixture
def persons(there):
    """persons(name=None, password=None, **headers) -> an accounts.Person, who
    has logged in as name."""
    made = []

    def make(name=None, password=None, **headers):
        made.append(accounts.Person(there.site, headers))
        if name:
            made[-1].log_in(name, password)
        return made[-1]
    yield make
    for one in made:
        one.close()


@pytest.fixture(name="whole", scope="module", params=whole.sources())
def whole_fixture(request, cluster, shared, demo_template, module_site):
    """Each database of whole.py."""
    source = request.param
    name = whole.make_database(cluster, source, shared, demo_template)
    site = module_site(name, whole.unindented(whole.SOURCES[source][1]))
    made = whole.Whole(source, name, cluster, site)
    yield made
    made.close()


@pytest.fixture
def people(cgi, ini, data):
    """people(who, method, path, body, tag, **headers): a request of somebody
    whom the web server knows."""
    config = ini(data.database, "anonymous = write\nauthenticated = write\n"
                 "remote_user = on\n" + conditions.TABLES)

    def call(who, method, path, body=None, tag=None, **headers):
        if tag:
            headers["If-Match"] = tag
        if body is not None:
            headers["Content-Type"] = "application/json"
        return cgi(config, method, "/records" + path, headers,
                   json.dumps(body) if body is not None else b"",
                   {"REMOTE_USER": who})
    return call
