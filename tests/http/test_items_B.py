"""Entity tags; B12 and B13 are in test_lists.py as well, B8 and B15 in
test_guards.py and test_guard_effects.py, B17 in test_expectations.py."""
import re

import pytest

from conditions import OPEN, TABLES, check_write, headers_of, tag_of, write
from guard_cases import state
from harness.browser import multipart
from harness.fastcgi import (PARAMS, STDIN, Connection, begin, pairs, record)

READS = pytest.mark.parametrize("method", ["GET", "HEAD"])
CODINGS = ["gzip", "br", "zstd", "deflate"]


def writes(*cases):
    """The test runs for each (fields, status), each method and each guard."""
    def mark(test):
        for name, values in (("method", ["PUT", "PATCH", "DELETE"]),
                             ("table", ["kept", "bare", "railed"])):
            test = pytest.mark.parametrize(name, values)(test)
        return pytest.mark.parametrize("names, status", cases, ids=repr)(test)
    return mark


def reads(*cases):
    return lambda test: READS(pytest.mark.parametrize(
        "names, status", cases, ids=repr)(test))


def check_read(web, path, method, names, status):
    reply = web.request(method, path, headers=headers_of(names, web, path))
    assert reply.status_code == status


@writes(({"IM": "W/TAG"}, 412), ({"IM": "W/TAG, TAG"}, 204),
        ({"IM": "TAG, W/TAG"}, 204), ({"IM": 'W/"STATE"'}, 412),
        ({"IM": "W/*"}, 400))
def test_B1_a_weak_tag_satisfies_no_if_match(web, data, table, method, names,
                                             status):
    check_write(web, data, table, method, names, status)


@reads(({"INM": "W/TAG"}, 304), ({"INM": 'W/"x", W/TAG'}, 304),
       ({"INM": 'W/"x"'}, 200), ({"INM": 'W/"STATE-zz"'}, 200))
def test_B2_a_weak_tag_is_known_to_if_none_match(web, data, method, names,
                                                 status):
    check_read(web, data.row("kept")[1], method, names, status)


@writes(({"INM": "W/TAG", "IM": "TAG"}, 412), ({"INM": "W/TAG"}, 412),
        ({"INM": 'W/"x"', "IM": "TAG"}, 204))
def test_B2_a_weak_tag_refuses_a_write(web, data, table, method, names,
                                       status):
    check_write(web, data, table, method, names, status)


LISTS = ['"x", TAG', 'TAG,"x"', ", ,TAG,", '"x"\t,\tTAG', '"a,b", TAG',
         'TAG , "a,,b"', '"\xe9\xff",TAG', '"",TAG', '"x-,-y",TAG', "TAG,TAG",
         '"a\\",TAG']


@writes(*(({"IM": text}, 204) for text in LISTS),
        ({"IM": '"x", "y"'}, 412), ({"IM": '"x,STATE,y"'}, 412),
        ({"INM": '"x", TAG', "IM": "TAG"}, 412),
        ({"INM": '"a,b"', "IM": "TAG"}, 204))
def test_B3_a_list_of_tags_guards(web, data, table, method, names, status):
    check_write(web, data, table, method, names, status)


@reads(*(({"INM": text}, 304) for text in LISTS), ({"INM": '"x", "y"'}, 200))
def test_B3_a_list_of_tags_is_known(web, data, method, names, status):
    check_read(web, data.row("kept")[1], method, names, status)


@writes(({"IM": "*"}, 204), ({"IM": '"*"'}, 412), ({"IM": "*, TAG"}, 400),
        ({"IM": "TAG, *"}, 400), ({"IM": "*, *"}, 400), ({"IM": "*,"}, 400),
        ({"INM": "*, *", "IM": "TAG"}, 400),
        ({"INM": '"*"', "IM": "TAG"}, 204))
def test_B4_an_asterisk_stands_alone(web, data, table, method, names, status):
    check_write(web, data, table, method, names, status)


@reads(({"INM": "*"}, 304), ({"INM": '"*"'}, 200), ({"INM": "*, TAG"}, 400))
def test_B4_an_asterisk_when_reading(web, data, method, names, status):
    check_read(web, data.row("kept")[1], method, names, status)


@writes(({"IM": "STATE"}, 400), ({"IM": '"STATE'}, 400), ({"IM": '"'}, 400),
        ({"IM": "TAG x"}, 400), ({"IM": "w/TAG"}, 400), ({"IM": "W/ TAG"}, 400),
        ({"IM": "TAG TAG"}, 400), ({"IM": "TAG;TAG"}, 400),
        ({"IM": "'STATE'"}, 400), ({"IM": '"a b"'}, 400),
        ({"INM": "x", "IM": "TAG"}, 400), ({"INM": '"', "IM": "TAG"}, 400))
def test_B5_a_malformed_tag_is_400(web, data, table, method, names, status):
    check_write(web, data, table, method, names, status)


@reads(({"IM": "STATE"}, 400), ({"INM": "STATE"}, 400), ({"INM": ","}, 400),
       ({"IM": '"'}, 400))
def test_B5_a_malformed_tag_when_reading(web, data, method, names, status):
    check_read(web, data.row("kept")[1], method, names, status)


def ask(web, method, path, fields):
    """One request past the web server, with fields that come twice."""
    variables = {"REQUEST_METHOD": method, "SCRIPT_NAME": web.base,
                 "REQUEST_URI": web.base + path, "CONTENT_LENGTH": "14",
                 "CONTENT_TYPE": "application/json"}
    connection = Connection(web.socket)
    connection.send(
        begin() + record(PARAMS, pairs(variables) + b"".join(
            pairs({"HTTP_" + name: value}) for name, value in fields))
        + record(PARAMS) + record(STDIN, b'{"name":"new"}') + record(STDIN))
    reply = connection.reply()
    connection.close()
    return reply


@pytest.mark.parametrize("fields, status", [
    ([("IF_MATCH", '"x"'), ("IF_MATCH", "TAG")], 204),
    ([("IF_MATCH", "TAG"), ("IF_MATCH", '"x"')], 204),
    ([("IF_MATCH", '"x"'), ("IF_MATCH", '"y"')], 412),
    ([("IF_MATCH", "*"), ("IF_MATCH", "TAG")], 400),
    ([("IF_MATCH", "TAG"), ("IF_MATCH", "x")], 400),
    ([("IF_MATCH", "TAG"), ("IF_NONE_MATCH", '"x"'),
      ("IF_NONE_MATCH", "TAG")], 412),
    ([("IF_UNMODIFIED_SINCE", "DATE"), ("IF_UNMODIFIED_SINCE", "DATE")], 428),
    ([("IF_UNMODIFIED_SINCE", "DATE")], 204)], ids=repr)
def test_B6_fields_that_come_twice_are_one_list(web, data, fields, status):
    n, path = data.row("kept")
    now = web.get(path).headers
    reply = ask(web, "PATCH", path, [
        (name, value.replace("TAG", now["ETag"])
         .replace("DATE", now["Last-Modified"])) for name, value in fields])
    assert reply.status == status
    assert data.name("kept", n) == ("new" if status == 204 else "old")


@pytest.mark.parametrize("table, change", [
    ("kept", "name = '\"\\, x'"), ("bare", "name = '\"'"),
    ("railed", "lock_version = -7"), ("railed", "lock_version = NULL"),
    ("counted", "version = -2147483648"), ("stamped", "at = '-infinity'"),
    ("stamped", "at = '0044-03-15 BC'"), ("stamped", "at = NULL")])
def test_B7_the_alphabet_of_a_tag(web, data, table, change):
    n, path = data.row(table)
    data.run("UPDATE %s SET %s WHERE id = %d" % (table, change, n))
    for where in (path, path + "/name", "/" + table):
        assert re.fullmatch('"[0-9A-Za-z.-]+"', tag_of(web, where))


def test_B8_no_two_representations_share_a_tag(webs, data):
    _, path = data.row("kept")
    table, _, n = path.rpartition("/")
    whole, hiding = webs(), webs(OPEN + "time_zone = Europe/Berlin\n")
    wheres = [path, path + "/name", path + "/qty", table + "?limit=1",
              table + "?limit=1&_etag", table + "?limit=1&_after=%d"
              % (int(n) - 1)]
    tags = [tag_of(site, where) for site in (whole, hiding)
            for where in wheres]
    assert len(set(tags)) == len(tags)
    for where in (path, table):
        page = whole.get(where, headers={"Accept": "text/html"})
        assert page.status_code == 200 and "ETag" not in page.headers


def test_B8_another_shape_is_another_representation(module_site, data):
    _, path = data.row("kept")
    tags = set()
    for hidden in ("", "[table kept]\nhidden = doc\n",
                   "[table kept]\nhidden = qty\n"):
        site = module_site(data.database, OPEN + TABLES + hidden, workers=1)
        tags.add(tag_of(site, path))
    assert len(tags) == 3
    assert len({state(tag) for tag in tags}) == 1


def test_B8_form_of_a_row_that_was_made_again(person, data):
    n, path = data.row("kept")
    form = person.form(path)
    form.fill("name", "mine")
    data.run("DELETE FROM kept WHERE id = %d; INSERT INTO kept (id, name)"
             "VALUES (%d, 'old')" % (n, n))
    assert person.send(form).status == 412
    assert data.name("kept", n) == "old"


def tags_of_all_kinds(web, person, table, n):
    """What a client can have in hand of one row."""
    path = "/%s/%d" % (table, n)
    tag = tag_of(web, path)
    item, = [row for row in web.get("/%s?_etag&limit=1000000" % table).json()
             if row["id"] == n]
    yield "row", tag
    yield "value", tag_of(web, path + "/name")
    yield "item", '"%s"' % item["_etag"]
    yield "page", '"%s"' % person.form(path)["_etag"].value
    yield "compressed", tag[:-1] + '-gzip"'
    yield "unknown variant", '"%s-zz"' % state(tag)


@pytest.mark.parametrize("table", ["kept", "bare", "railed"])
def test_B9_a_tag_of_any_representation_guards_the_row(web, person, data,
                                                       table):
    n, path = data.row(table)
    stale = dict(tags_of_all_kinds(web, person, table, n))
    data.run("UPDATE %s SET name = 'theirs' WHERE id = %d" % (table, n))
    for kind in stale:
        for method, where, arguments in (
                ("PATCH", path, {"json": {"name": kind}}),
                ("PUT", path, {"json": {"name": kind + "!"}}),
                ("PUT", path + "/name", {"data": kind + "?"})):
            fresh = dict(tags_of_all_kinds(web, person, table, n))
            for tag, status in ((stale[kind], 412), (fresh[kind], 204)):
                reply = web.request(method, where, headers={"If-Match": tag},
                                    **arguments)
                assert reply.status_code == status
        fresh = dict(tags_of_all_kinds(web, person, table, n))
        for tag, status in ((stale[kind], 412), (fresh[kind], 204)):
            assert web.patch(path + "?_etag=" + tag.strip('"'), json={
                "name": kind + "."}).status_code == (
                    status if "-" not in tag else 400)
    data.run("UPDATE %s SET name = 'again' WHERE id = %d" % (table, n))
    for tag, status in ((stale["value"], 412), (tag_of(web, path), 204)):
        assert web.delete(path, headers={"If-Match": tag}
                          ).status_code == status


@pytest.mark.parametrize("kind", ["row", "value", "item", "page",
                                  "unknown variant"])
def test_B9_form_with_a_tag_of_any_representation(web, person, data, kind):
    n, path = data.row("kept")
    stale = dict(tags_of_all_kinds(web, person, "kept", n))
    data.run("UPDATE kept SET name = 'theirs' WHERE id = %d" % n)
    fresh = dict(tags_of_all_kinds(web, person, "kept", n))
    for tag, status in ((stale[kind], 412), (fresh[kind], 303)):
        body, media = multipart([("_etag", tag), ("_was.name", "theirs"),
                                 ("name", "mine")])
        reply = web.post(path, data=body, headers={
            "Content-Type": media, "Sec-Fetch-Site": "same-origin"})
        assert reply.status_code == status
    assert data.name("kept", n) == "mine"


@READS
def test_B10_what_is_known_is_one_representation(web, data, method):
    _, path = data.row("kept")
    wheres = [path, path + "/name", path + "/qty", "/kept", "/kept?_etag"]
    tags = [tag_of(web, where) for where in wheres]
    for i, where in enumerate(wheres):
        for j, tag in enumerate(tags):
            reply = web.request(method, where, headers={"If-None-Match": tag})
            assert reply.status_code == (304 if i == j else 200)
        for tag in ('"%s"' % state(tags[0]), '"%s-zz"' % state(tags[0])):
            assert web.request(method, where, headers={"If-None-Match": tag}
                               ).status_code == 200
    # a page has no tag that anybody could know
    for tag in tags + ['"%s"' % state(tags[0])]:
        assert web.get(path, headers={
            "If-None-Match": tag, "Accept": "text/html"}).status_code == 200


@writes(({"INM": '"STATE-zz"', "IM": "TAG"}, 204),
        ({"INM": '"STATE"', "IM": "TAG"}, 204))
def test_B10_a_write_is_refused_for_what_get_would_send(
        web, data, table, method, names, status):
    check_write(web, data, table, method, names, status)


def test_B10_one_value_is_refused_for_its_own_tag(web, data):
    n, path = data.row("kept")
    tag = tag_of(web, path + "/name")
    for none, status in ((tag, 412), (tag_of(web, path), 204)):
        reply = web.put(path + "/name", data="new", headers={
            "If-Match": tag, "If-None-Match": none})
        assert reply.status_code == status


@writes(({"IM": '"STATE"'}, 204), ({"IM": '"STATE-zz"'}, 204),
        *(({"IM": '"STATE-VARIANT-%s"' % coding}, 204) for coding in CODINGS),
        ({"IM": '"STATE-VARIANT-more"'}, 412),
        ({"IM": 'W/"STATE-VARIANT-gzip"'}, 412))
def test_B11_a_coding_s_suffix_is_known_to_if_match(web, data, table, method,
                                                    names, status):
    check_write(web, data, table, method, names, status)


@reads(*(({"INM": '"STATE-VARIANT-%s"' % coding}, 304) for coding in CODINGS),
       ({"INM": 'W/"STATE-VARIANT-gzip"'}, 304),
       ({"INM": '"STATE-zz-gzip"'}, 200),
       ({"INM": '"STATE-VARIANT-more"'}, 200))
def test_B11_a_coding_s_suffix_is_known_to_if_none_match(web, data, method,
                                                         names, status):
    check_read(web, data.row("kept")[1], method, names, status)


@pytest.mark.parametrize("table", ["bare", "railed"])
def test_B12_a_list_s_tag_under_other_guards(web, data, table):
    n, _ = data.row(table)
    seen = [tag_of(web, "/" + table)]
    for change in ("UPDATE {t} SET name = 'other' WHERE id = {n}",
                   "INSERT INTO {t} (id, name) VALUES (-{n}, 'old')",
                   "DELETE FROM {t} WHERE id = -{n}"):
        assert web.get("/" + table, headers={"If-None-Match": seen[-1]}
                       ).status_code == 304
        data.run(change.format(t=table, n=n))
        seen.append(tag_of(web, "/" + table))
    # the row that came is gone again: that list was there before
    assert len(set(seen)) == 3 and seen[1] == seen[3]


def test_B12_a_list_s_tag_notices_what_somebody_may_see(web, data):
    for name in ("one", "two"):
        data.row("walled", name)
    tag = tag_of(web, "/walled")
    data.run("ALTER POLICY see ON walled USING (name !~ '^(hidden|two)')")
    reply = web.get("/walled", headers={"If-None-Match": tag})
    data.run("ALTER POLICY see ON walled USING (name !~ '^hidden')")
    assert reply.status_code == 200 and reply.headers["ETag"] != tag
    assert "two" not in reply.text


def test_B14_what_is_shown_of_another_row_is_never_stale(web, person, data):
    n, _ = data.row("kept", "Anna")
    m, path = data.row("friend", "Ben")
    data.run("UPDATE friend SET of = %d WHERE id = %d" % (n, m))
    page = web.get(path, headers={"Accept": "text/html"})
    assert not {"ETag", "Last-Modified"} & set(page.headers)
    row = web.get(path)
    assert row.json()["of"] == n and "Anna" not in row.text
    data.run("UPDATE kept SET name = 'Berta' WHERE id = %d" % n)
    for known in (row.headers["ETag"], '"%s"' % state(row.headers["ETag"])):
        again = web.get(path, headers={"Accept": "text/html",
                                       "If-None-Match": known})
        assert again.status_code == 200 and "Anna" not in again.text
        assert ("Berta" in again.text) == ("Anna" in page.text)


@pytest.mark.parametrize("sent, stored", [
    ({"name": "tidy", "price": 1.25}, True),
    ({"name": " untidy ", "price": 1.25}, False),
    ({"name": "tidy", "price": 1.555}, False),
    ({"name": "tidy", "price": None, "made": "there"}, True)])
def test_B16_put_tells_a_tag_only_of_what_was_sent(web, data, sent, stored):
    path = "/tidied/%d" % next(data.ids)
    for headers, status in (({"If-None-Match": "*"}, 201),
                            ({"If-Match": "*"}, 204)):
        # the second is to write something
        data.run("UPDATE tidied SET made = 'elsewhere' WHERE id = %s"
                 % path[8:])
        reply = web.put(path, json=sent, headers=headers)
        assert reply.status_code == status
        assert "Last-Modified" not in reply.headers
        assert (reply.headers.get("ETag") == tag_of(web, path)) is stored
        assert stored or "ETag" not in reply.headers
    whole = web.put(path, json=sent, headers={
        "If-Match": "*", "Prefer": "return=representation"})
    assert whole.headers["ETag"] == tag_of(web, path)
    assert whole.json() == web.get(path).json()
    assert whole.headers["Content-Location"] == web.base + path


def test_B16_one_value_tells_a_tag_only_of_what_was_sent(web, data):
    n, path = data.row("tidied")
    for sent, stored in (("tidy", True), (" untidy ", False)):
        reply = web.put(path + "/name", data=sent, headers={"If-Match": "*"})
        assert reply.status_code == 204
        assert ("ETag" in reply.headers) is stored
    assert web.get(path + "/name").text == "untidy"


@pytest.mark.parametrize("table", ["kept", "bare", "railed"])
def test_B17_refusals_tell_the_current_tag(web, data, table):
    n, path = data.row(table)
    stale = tag_of(web, path)
    data.run("UPDATE %s SET name = 'theirs' WHERE id = %d" % (table, n))
    for method in ("GET", "PUT", "PATCH", "DELETE"):
        reply = write(web, method, path, {"If-Match": stale}) if (
            method != "GET") else web.get(path, headers={"If-Match": stale})
        assert reply.status_code == 412
        assert reply.headers["ETag"] == tag_of(web, path)
        assert reply.json()["etag"] == tag_of(web, path)
    reply = web.put(path + "/name", data="new", headers={"If-Match": stale})
    assert reply.status_code == 412
    assert reply.headers["ETag"] == tag_of(web, path + "/name")
    assert reply.json()["current"]["name"] == "theirs"


def test_B17_form_that_comes_back_is_of_the_current_state(web, person, data):
    n, path = data.row("kept")
    form = person.form(path)
    form.fill("name", "mine")
    data.run("UPDATE kept SET name = 'theirs' WHERE id = %d" % n)
    page = person.submit(form, 412)
    assert page.form["_etag"].value.strip('"').startswith(
        state(tag_of(web, path)))
    page.form.choose("_choice.name", "mine")
    assert person.submit(page.form) == web.base + path
    assert data.name("kept", n) == "mine"


def test_B13_a_stale_item_of_a_list_is_refused(web, data):
    n, path = data.row("bare")
    rows = web.get("/bare?_etag&limit=100000").json()
    item, = [row for row in rows if row["id"] == n]
    assert item["_etag"] == state(tag_of(web, path))
    data.run("UPDATE bare SET name = 'theirs' WHERE id = %d" % n)
    assert web.put(path, json={**item, "name": "mine"}).status_code == 412
    assert web.put(path, json={
        **web.get("/bare?_etag&limit=1&_after=%d" % (n - 1)).json()[0],
        "name": "mine"}).status_code == 204
