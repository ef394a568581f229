"""Lists as JSON: their tags, their items' states; Prefer, tunnelled methods, and
what a problem's type explains."""
import pytest

OPEN = "anonymous = write\n[table item]\n[table wide]\n"


@pytest.fixture(scope="module")
def web(module_desk):
    desk = module_desk("""
        CREATE TABLE item (id int PRIMARY KEY, name text, hidden text);
        CREATE TABLE wide (id int PRIMARY KEY, t text);
        SELECT ifmatch.protect('item');
        GRANT SELECT, INSERT, UPDATE, DELETE ON item, wide TO ifmatch;
        INSERT INTO wide SELECT g, repeat('x', 1000)
          FROM generate_series(1, 3000) AS g;""", OPEN.replace("[table item]\n", "[table item]\nhidden = hidden\n"))
    return desk.site, desk.ask


@pytest.fixture
def items(web):
    site, run = web
    run("DELETE FROM item")
    run("INSERT INTO item SELECT g, 'n' || g FROM generate_series(1, 5) AS g")
    return site, run


@pytest.mark.parametrize("change", [
    "INSERT INTO item VALUES (6, 'new')", "DELETE FROM item WHERE id = 5",
    "UPDATE item SET name = 'other' WHERE id = 3",
    "UPDATE item SET hidden = 'other' WHERE id = 3"])
def test_B12_a_list_s_tag_notices_every_change(items, change):
    site, run = items
    before = site.get("/item").headers["ETag"]
    same = site.get("/item", headers={"If-None-Match": before})
    assert same.status_code == 304 and not same.content
    assert same.headers["ETag"] == before
    run(change)
    after = site.get("/item", headers={"If-None-Match": before})
    assert after.status_code == 200 and after.headers["ETag"] != before


def test_B12_no_two_pages_share_a_tag(items):
    site, _ = items
    tags = [site.get("/item" + query).headers["ETag"] for query in
            ("", "?limit=5", "?limit=2", "?_after=2", "?_etag", "?limit=0")]
    assert len(set(tags)) == len(tags)


def test_B13_items_carry_their_states(items):
    site, _ = items
    listed = site.get("/item?_etag").json()
    assert [sorted(i) for i in listed] == [sorted(
        ["id", "name", "version", "updated_at", "updated_by", "_etag"])] * 5
    state = listed[2]["_etag"]
    saved = site.patch(f"/item/3?_etag={state}", json={"name": "a"})
    assert saved.status_code == 204
    assert site.patch("/item/3", json={"name": "b", "_etag": state}
                      ).status_code == 412
    assert site.get("/item/3").json()["name"] == "a"


def test_a_long_list_is_whole_and_without_a_tag(web):
    site, _ = web
    reply = site.get("/wide")
    assert reply.status_code == 200 and "ETag" not in reply.headers
    assert [row["id"] for row in reply.json()] == list(range(1, 3001))
    assert site.get("/wide", headers={"If-Match": '"x"'}).status_code == 412


def test_E17_prefer(items):
    site, _ = items
    reply = site.patch("/item/1", json={"name": "a"}, headers={
        "If-Match": "*", "Prefer": "return=representation, nonsense"})
    assert reply.status_code == 200 and reply.json()["name"] == "a"
    assert reply.headers["Preference-Applied"] == "return=representation"
    assert reply.headers["Content-Location"].endswith("/item/1")
    assert "Prefer" in reply.headers["Vary"]
    assert reply.headers["ETag"] == site.get("/item/1").headers["ETag"]
    reply = site.patch("/item/1", json={"name": "b"}, headers={
        "If-Match": "*",
        "Prefer": "return=minimal, return=representation"})
    assert reply.status_code == 204
    assert reply.headers["Preference-Applied"] == "return=minimal"
    reply = site.patch("/item/1", json={"name": "c"}, headers={
        "If-Match": "*", "Prefer": "handling=strict, nonsense"})
    assert reply.status_code == 400 and "nonsense" in reply.json()["detail"]
    assert "Preference-Applied" not in reply.headers
    assert site.get("/item/1").json()["name"] == "b"


@pytest.mark.parametrize("by", ["query", "header"])
def test_F11_methods_through_post(items, by):
    site, _ = items

    def send(method, **arguments):
        headers = {"Content-Type": "application/json",
                   **arguments.pop("headers", {})}
        url = "/item/1?_etag=" + arguments.pop("etag")
        if by == "query":
            url += "&_method=" + method
        else:
            headers["X-HTTP-Method-Override"] = method
        return site.post(url, headers=headers, **arguments)

    state = site.get("/item?_etag").json()[0]["_etag"]
    assert send("PATCH", etag=state, json={"name": "a"}).status_code == 204
    assert send("PATCH", etag=state, json={"name": "b"}).status_code == 412
    assert site.get("/item/1").json()["name"] == "a"
    assert send("DELETE", etag=state, data=b"").status_code == 412
    state = site.get("/item?_etag").json()[0]["_etag"]
    assert send("DELETE", etag=state, data=b"").status_code == 204
    assert site.get("/item/1").status_code == 404


@pytest.mark.parametrize("by", ["query", "header"])
def test_F11_a_delete_needs_no_type_for_no_body(items, by):
    """No page can send If-Match or X-HTTP-Method-Override unasked."""
    site, _ = items
    tag = site.get("/item/1").headers["ETag"]
    headers = {"If-Match": tag}
    if by == "header":
        headers = {"X-HTTP-Method-Override": "DELETE"}
    url = "/item/1" + ("?_method=DELETE" if by == "query" else
                       "?_etag=" + tag.strip('"').split("-")[0])
    assert site.post(url, headers={
        **headers, "Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert site.post(url, headers=headers).status_code == 204
    assert site.get("/item/1").status_code == 404


def test_F11_only_these_methods_and_only_through_post(items):
    site, _ = items
    reply = site.post("/item/1?_method=OPTIONS", json={},
                      headers={"If-Match": "*"})
    assert reply.status_code == 400
    reply = site.get("/item/1?_method=DELETE&_etag=v1")
    assert reply.status_code == 200
    assert site.get("/item/1").status_code == 200


def test_F11_a_form_of_another_site_cannot_tunnel(items):
    site, _ = items
    state = site.get("/item?_etag").json()[0]["_etag"]
    for headers in ({"Content-Type": "text/plain"},
                    {"Content-Type": "application/x-www-form-urlencoded"},
                    {"Content-Type": "application/json",
                     "Origin": "https://evil.example"}):
        reply = site.post(f"/item/1?_method=DELETE&_etag={state}", data=b"",
                          headers=headers)
        assert reply.status_code == 403
    assert site.get("/item/1").status_code == 200


def test_B1_a_weakened_tag_is_explained(items):
    site, _ = items
    tag = site.get("/item/1").headers["ETag"]
    reply = site.patch("/item/1", json={"name": "a"},
                       headers={"If-Match": "W/" + tag})
    assert reply.status_code == 412
    assert "weak" in reply.json()["detail"]
    assert reply.json()["etag"] == tag == reply.headers["ETag"]


@pytest.mark.parametrize("status, method, path, arguments", [
    (412, "PATCH", "/item/1", {"json": {}, "headers": {"If-Match": '"v1-j"'}}),
    (428, "PATCH", "/item/1", {"json": {"name": "a"}}),
    (404, "GET", "/item/99", {}), (405, "PUT", "/", {}),
    (400, "GET", "/item?nonsense=1", {}),
    (415, "PATCH", "/item/1", {"data": b"x", "headers": {
        "Content-Type": "image/png"}}),
    (422, "POST", "/item", {"json": {"nonsense": 1}}),
    (409, "POST", "/item", {"json": {"id": 1}})])
def test_D7_every_problem_s_type_explains_itself(items, status, method, path,
                                                 arguments):
    site, _ = items
    reply = site.request(method, path, **arguments)
    assert reply.status_code == status == reply.json()["status"]
    kind = reply.json()["type"]
    base = site.url[site.url.index("/", len("http://")):].rstrip("/")
    assert kind.startswith(base + "/-/problems/")
    explained = site.get(kind[len(base):])
    assert explained.status_code == 200 and len(explained.text) > 20
    assert explained.headers["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize("count", ["exact", "planned", "estimated"])
@pytest.mark.parametrize("column", ["nosuch", "hidden"])
def test_a_count_of_a_column_that_there_is_not(items, column, count):
    site, _ = items
    reply = site.get("/item?%s=eq.1" % column,
                     headers={"Prefer": "count=" + count})
    assert reply.status_code == 400
    assert column in reply.json()["detail"]


@pytest.mark.parametrize("query, found", [
    ("order=id&_after=!,3", []), ("order=id.desc&_before=!,3", []),
    ("order=id.desc&_after=!,3", [5, 4, 3, 2, 1]),
    ("order=id&_before=!,3", [1, 2, 3, 4, 5])])
def test_a_place_that_no_row_can_have(items, query, found):
    site, _ = items
    reply = site.get("/item?" + query)
    assert reply.status_code == 200, reply.text
    assert [row["id"] for row in reply.json()] == found


MOST = 2 ** 63 - 1


@pytest.mark.parametrize("query, headers, status, n", [
    ("?limit=%d" % MOST, {}, 200, 5),
    ("?limit=5&offset=%d" % MOST, {"Range": "items=5-6"}, 416, None),
    ("", {"Range": "items=0-%d" % MOST}, 200, 5),
    ("", {"Range": "items=%d-" % MOST}, 200, 0)])
def test_the_greatest_numbers(items, query, headers, status, n):
    site, _ = items
    reply = site.get("/item" + query, headers=headers)
    assert reply.status_code == status, reply.text
    assert n is None or len(reply.json()) == n


def test_D9_a_part_of_a_list_that_may_be_another_is_not_sent(items):
    site, _ = items
    tag = site.get("/item").headers["ETag"]
    for validator in (tag, '"other"', "Sat, 01 Jan 2000 00:00:00 GMT"):
        reply = site.get("/item", headers={"Range": "items=0-1",
                                           "If-Range": validator})
        assert reply.status_code == 200
        assert len(reply.json()) == 5
        assert "Content-Range" not in reply.headers


@pytest.mark.parametrize("path", ["/wide", "/item?_format=html"])
def test_A9_conditions_on_a_list_without_a_tag(items, path):
    site, _ = items
    for headers, status in [
            ({"If-Match": '"v1-j"'}, 412), ({"If-Match": "*"}, 200),
            ({"If-None-Match": "*"}, 304), ({"If-None-Match": '"v1-j"'}, 200),
            ({"If-Match": '"v1-j"', "If-None-Match": "*"}, 412)]:
        for method in ("GET", "HEAD"):
            reply = site.request(method, path, headers=headers)
            assert reply.status_code == status, headers
            assert not reply.content or status != 304


def test_quoted_values_cost_what_they_are_long(items, cgi):
    site, _ = items
    values = ",".join(['"a"'] * 30000)
    reply = cgi(site.ini, "GET", '/records/item?id=eq.1&name=in.(%s,"n1")'
                % values)
    assert reply.status == 200
    assert [row["id"] for row in reply.json()] == [1]


def test_long_requests_are_answered_behind_a_server(items):
    site, _ = items
    for length in (1500, 3000, 3500):
        reply = site.get("/item?limit=1&name=eq." + "x" * length)
        assert reply.status_code == 200, reply.text
        assert reply.json() == []
    tags = ", ".join('"v%d-jabc"' % i for i in range(300))
    reply = site.delete("/item/1", headers={"If-Match": tags})
    assert reply.status_code == 412, reply.text
    assert reply.json()["current"]["id"] == 1


@pytest.mark.parametrize("query", ["name=cs.x", "id=adj.1", "name=sl.x"])
def test_an_operator_that_the_type_has_not(items, query):
    site, _ = items
    for headers in ({}, {"Prefer": "count=exact"}):
        reply = site.get("/item?" + query, headers=headers)
        assert reply.status_code == 400, reply.text


@pytest.mark.parametrize("path", ["/", "/?_format=html"])
def test_A9_conditions_on_the_list_of_tables(items, path):
    site, _ = items
    for headers, status in [({"If-Match": '"v1-j"'}, 412),
                            ({"If-Match": "*"}, 200),
                            ({"If-None-Match": "*"}, 304)]:
        assert site.get(path, headers=headers).status_code == status
