"""Columns whose collation takes different texts for the same."""
import pytest

from harness.browser import Browser
from pages import OPEN

MAKE = """
CREATE COLLATION ci (provider = icu, locale = 'und-u-ks-level2',
    deterministic = false);
CREATE TABLE person (id int PRIMARY KEY, name text COLLATE ci UNIQUE,
    town text);
SELECT ifmatch.protect('person');
INSERT INTO person VALUES (1, 'anna', 'Ulm'), (2, 'Bernd', 'Kiel');
GRANT SELECT, INSERT, UPDATE, DELETE ON person TO ifmatch;
"""


@pytest.fixture(name="site")
def site_fixture(cluster, database, site):
    cluster.psql(database, MAKE, user="owner")
    return site(database, OPEN + "[table person]\n")


def name_of(site, row=1):
    return site.get("/person/%d" % row).json()["name"]


def test_a_form_writes_what_only_differs_in_case(site):
    browser = Browser(site)
    form = browser.open("/records/person/1").form
    form.fill("name", "Anna")
    browser.submit(form)
    assert name_of(site) == "Anna"
    form = browser.open("/records/person/1").form
    form.fill("name", "Anna\r\nMaria")
    browser.submit(form)
    assert name_of(site) == "Anna\nMaria"


def test_a_program_writes_it(site):
    tag = site.get("/person/1").headers["ETag"]
    assert site.patch("/person/1", json={"name": "ANNA"}, headers={
        "If-Match": tag}).status_code == 204
    assert name_of(site) == "ANNA"


def test_a_file_writes_it(site):
    text = site.get("/person?_etag=", headers={"Accept": "text/csv"}).text
    kind = {"Content-Type": "text/csv"}
    report = site.put("/person?dry_run", data=text, headers=kind).json()
    assert report["unchanged"] == 2
    assert site.put("/person", data=text.replace("anna", "Anna"),
                    headers=kind).status_code == 204
    assert (name_of(site), name_of(site, 2)) == ("Anna", "Bernd")


@pytest.mark.parametrize("query", ["_search=NN", "name=like.*nn*",
                                   "name=ilike.*NN*", "name=match.nn",
                                   "name=eq.ANNA"])
def test_a_list_is_searched(site, query):
    reply = site.get("/person?select=id&" + query)
    assert (reply.status_code, reply.json()) == (200, [{"id": 1}])
