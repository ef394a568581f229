"""A request in the form of PostgREST's own specifications, sent to the program,
and its reply compared with what is expected there.

A case is an object: id, method, url, headers (pairs), body ({"json": ..} or
{"text": ..} or null), expect {status, headers [{h, eq|contains|regex|absent}],
json or text}. Where the program follows RFC 9110 in place of PostgREST's habit,
a rule of RULES forgives just that difference."""
import json
import re
from urllib.parse import quote

RULES = {
    "unit": "Content-Range names its unit, items (RFC 9110 14.4)",
    "unasked": "Content-Range tells nothing where neither Range nor a count "
               "was asked for",
    "location": "Location is the path of the row, on every 201 of one row "
                "(RFC 9110 10.2.2)",
    "allow": "Allow is a list in any order (RFC 9110 10.2.1)",
    "options": "OPTIONS is answered with 204, as nothing follows "
               "(RFC 9110 15.3.5)",
    "error": "a refusal is application/problem+json (RFC 9457) with message "
             "and code",
    "line end": "the last line of CSV ends as the others do (RFC 4180)",
}


def encoded(url):
    return quote(url, safe="%-._~:/?#[]@!$&'()*+,;=")


def send(site, case):
    headers = {"Accept": "*/*", "User-Agent": None, "Accept-Encoding": None}
    for name, value in case["headers"]:
        before = headers.get(name)
        headers[name] = before + ", " + value \
            if before and name != "Accept" else value
    body = case["body"]
    data = None
    if body is not None:
        data = json.dumps(body["json"], ensure_ascii=False) \
            if "json" in body else body["text"]
        headers.setdefault("Content-Type", "application/json")
        data = data.encode()
    return site.request(case["method"], encoded(case["url"]), data=data,
                        headers=headers)


class Comparison:
    """wrong: how the reply differs; rules: what was forgiven."""

    def __init__(self, case, reply):
        self.case = case
        self.reply = reply
        self.wrong = []
        self.rules = set()
        expect = case["expect"]
        status = expect.get("status") or 200
        if case["method"] == "OPTIONS" and reply.status_code == 204:
            self.rules.add("options")
            status = 204
        if reply.status_code != status:
            self.wrong.append("status %d, not %d: %s" % (
                reply.status_code, status, reply.text[:200]))
        elif status >= 400:
            self._refusal()
        else:
            for field in expect["headers"]:
                self._field(field)
            self._body(expect)

    def _refusal(self):
        kind = self.reply.headers.get("Content-Type", "")
        if self.case["method"] == "HEAD":
            return
        if not kind.startswith("application/problem+json"):
            self.wrong.append("a refusal as " + kind)
        elif not {"message", "code", "details", "hint"} <= set(
                self.reply.json()):
            self.wrong.append("a refusal without message and code")
        self.rules.add("error")

    def _asked(self):
        names = {name.lower(): value for name, value in self.case["headers"]}
        return "range" in names or re.search(
            "count=(exact|planned|estimated)", names.get("prefer", ""))

    def _forgiven(self, name, want, value):
        """The rule that forgives a field which is not as expected."""
        if name == "content-range":
            if value and want and value == "items " + want:
                return "unit"
            if value is None and want and want.endswith("/*") \
                    and not self._asked():
                return "unasked"
        if name == "location" and value:
            table = self.case["url"].split("?")[0]
            if value.startswith("/records" + table + "/"):
                return "location"
        return None

    def _field(self, field):
        name = field["h"]
        value = self.reply.headers.get(name)
        want = field.get("eq")
        if name == "content-length":
            return
        if "absent" in field:
            fine = value is None
        elif "contains" in field:
            fine = value is not None and field["contains"] in value
        elif name == "allow":
            fine = set(re.findall(r"\w+", value or "")) == \
                set(re.findall(r"[A-Z]+", field.get("regex") or want))
            self.rules.add("allow")
        elif "regex" in field:
            fine = value is not None and re.search(field["regex"], value)
        elif name == "content-type":
            fine = bool(value) and value.split(";")[0] == want.split(";")[0]
        elif name == "preference-applied":
            fine = set((value or "").split(", ")) == set(want.split(", "))
        else:
            fine = value == want
        if fine:
            return
        rule = self._forgiven(name, want, value)
        if rule:
            self.rules.add(rule)
        else:
            self.wrong.append("%s: %s, not %s" % (
                name, value, {k: v for k, v in field.items() if k != "h"}))

    def _body(self, expect):
        text = self.reply.text
        if self.case["method"] == "HEAD":
            if text:
                self.wrong.append("HEAD with a body")
        elif "json" in expect:
            try:
                fine = json.loads(text) == expect["json"]
            except ValueError:
                fine = False
            if not fine:
                self.wrong.append("body %s, not %s" % (
                    text[:200], json.dumps(expect["json"])[:200]))
        elif "text" in expect and text != expect["text"]:
            if text == expect["text"] + "\n":
                self.rules.add("line end")
            elif not self._same_json(text, expect["text"]):
                self.wrong.append("body %r, not %r" % (
                    text[:200], expect["text"][:200]))

    @staticmethod
    def _same_json(one, other):
        try:
            return json.loads(one) == json.loads(other)
        except ValueError:
            return False
