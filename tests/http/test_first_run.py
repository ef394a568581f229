"""What a site says that has no configuration yet, or none that can be used."""
import os
import re

import pytest

from harness.process import write_file

HTML = {"Accept": "text/html,*/*;q=0.8"}
GOOD = "database = dbname=nowhere password=s3cret\n"


@pytest.fixture(name="path")
def path_fixture(tmp_path):
    return str(tmp_path / "club.ini")


def page(cgi, path, target="/records/", **headers):
    got = cgi(path, "GET", target, {**HTML, **headers})
    assert got.get("Content-Type").startswith("text/html")
    assert got.status == 503 and got.get("Retry-After")
    # nothing of where it is, who runs it, or what else is there
    for secret in (os.path.dirname(path), "s3cret", "/home", "root",
                   "nowhere", "PATH"):
        assert secret not in got.text, secret
    return got


def test_without_a_configuration_it_says_what_to_do(cgi, path):
    text = page(cgi, path).text
    assert "a text file called club.ini" in text
    assert "set its rights to 600" in text
    for name in ("ifmatch.sql", "accounts.sql", "club.sql"):
        assert "sql/" + name in text


def test_what_it_proposes_is_a_configuration(cgi, path):
    """And nobody else gets the same secrets."""
    samples = [re.search(r"(?s)<pre>(.*)</pre>", page(cgi, path).text).group(1)
               for _ in range(2)]
    for key in ("secret", "setup_code"):
        found = {re.search(r"(?m)^%s = (\w+)$" % key, s).group(1)
                 for s in samples}
        assert len(found) == 2 and all(len(f) >= 16 for f in found)
    write_file(path, samples[0], 0o600)
    done = cgi.command("check", config=path)
    # it is read; what it says of the database is not true yet
    assert "The database says: " in done.stdout
    assert path in done.stdout


def test_what_apache_lets_through_is_said(cgi, path):
    for server, said in (("Apache/2.4", True), ("nginx", False)):
        got = cgi(path, "GET", "/records/", HTML,
                  env={"SERVER_SOFTWARE": server})
        assert ("body_limit = 128K" in got.text) == said


def test_others_than_browsers_get_a_sentence(cgi, path):
    for accept in ("*/*", "application/json", None):
        got = cgi(path, "GET", "/records/",
                  {"Accept": accept} if accept else {})
        assert got.status == 503
        assert got.text == "This site is not set up yet."


def test_it_speaks_german(cgi, path):
    text = page(cgi, path, **{"Accept-Language": "de-AT,en;q=0.5"}).text
    assert '<html lang="de">' in text and "noch nicht eingerichtet" in text


def test_the_page_is_whole(cgi, path):
    for name, kind in (("style.css", "text/css"),
                       ("script.js", "text/javascript")):
        assert 'ords/-/' + name in page(cgi, path).text
        got = cgi(path, "GET", "/records/-/" + name)
        assert got.status == 200 and len(got.body) > 1000
        assert got.get("Content-Type").startswith(kind)
    assert cgi(path, "GET", "/records/-/check.js").status == 503


def test_a_line_that_is_wrong_is_counted(cgi, path):
    write_file(path, GOOD + "\ntitel = x\n", 0o600)
    got = page(cgi, path)
    assert "line 3 of it" in got.text and "titel" not in got.text
    assert "titel" in got.errors and "<pre>" not in got.text


def test_what_is_missing_in_it_has_no_line(cgi, path):
    write_file(path, "title = x\n", 0o600)
    assert "cannot be used" in page(cgi, path).text


@pytest.mark.parametrize("mode", [0o644, 0o660])
def test_a_configuration_for_everybody_is_refused(cgi, path, mode):
    write_file(path, GOOD, mode)
    text = page(cgi, path).text
    assert "others than its owner can read it" in text and "600" in text
    os.chmod(path, 0o600)
    got = cgi(path, "GET", "/records/", HTML)
    assert "not set up yet" not in got.text


@pytest.mark.parametrize("target", [
    "/records", "/records/member/1", "/records/-/login", "/records/-/check",
    "/records/%zz", "/records/<script>"])
def test_every_address_says_so(cgi, path, target):
    got = page(cgi, path, target)
    assert "not set up yet" in got.text and "<script>" not in got.text


def test_a_form_is_not_lost_silently(cgi, path):
    got = cgi(path, "POST", "/records/member", {
        **HTML, "Content-Type": "application/x-www-form-urlencoded"}, b"a=b")
    assert got.status == 503 and "not set up yet" in got.text
