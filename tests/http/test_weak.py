"""B1: weak tags in If-Match, which a compressing server in front makes."""
import pytest

MAKE = """CREATE TABLE item (id int PRIMARY KEY, name text);
SELECT ifmatch.protect('item');
GRANT SELECT, INSERT, UPDATE, DELETE ON item TO ifmatch;
INSERT INTO item VALUES (1, 'old');"""
URLS = ["/item/1", "/item/1/name", "/item"]


@pytest.fixture(scope="module")
def sites(cluster, module_site):
    """By what accept_weak_if_match says."""
    name = cluster.makedb(MAKE)
    return {said: module_site(name, "anonymous = write\n"
                              "accept_weak_if_match = %s\n[table item]\n" % said,
                              workers=2)
            for said in ("yes", "no")}


@pytest.mark.parametrize("url", URLS)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("said, status", [("yes", 200), ("no", 412)])
def test_B1_weak_tags_and_reading(sites, method, url, said, status):
    web = sites[said]
    tag = web.get(url).headers["ETag"]
    for sent, expected in ((tag, 200), ("W/" + tag, status),
                           ('"x", W/' + tag, status), ('W/"v1-j"', 412)):
        got = web.request(method, url, headers={"If-Match": sent})
        assert got.status_code == expected, sent
    both = web.request(method, url, headers={
        "If-Match": "W/" + tag, "If-None-Match": "W/" + tag})
    assert both.status_code == (304 if said == "yes" else 412)


@pytest.mark.parametrize("url", URLS[:2])
@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_B1_a_weak_tag_is_explained(sites, method, url):
    web = sites["no"]
    tag = web.get(url).headers["ETag"]
    reply = web.request(method, url, headers={"If-Match": "W/" + tag},
                        json={"name": "new"} if method == "PUT" else None)
    told = reply.json()
    assert (reply.status_code, told["part"]) == (412, "header If-Match")
    for words in ("weak", "compress", "gzip off", "accept_weak_if_match"):
        assert words in told["detail"]
    # a tag that fits neither way is stale, whatever it is
    other = web.request(method, url, headers={"If-Match": 'W/"v1-j"'},
                        json={"name": "new"} if method == "PUT" else None)
    assert "accept_weak_if_match" not in other.json()["detail"]
    assert web.get("/item/1").json()["name"] == "old"


def test_a_412_claims_nothing_of_what_changed(sites):
    told = sites["no"].patch("/item/1", json={"name": "new"},
                             headers={"If-Match": '"v1-j"'}).json()
    assert told["changed"] is None
    assert told["changed_by"] and told["changed_at"]
