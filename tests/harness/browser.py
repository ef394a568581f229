"""What a browser makes of a page, and sends back: HTML's rules for controls
and for multipart/form-data, over one kept connection."""
import html.parser
import http.client
import http.cookies
import re
import urllib.parse

BOUNDARY = "----formboundary7MA4YWxkTrZu0gW"
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta"}
# What browsers' own controls can hold; of anything else they make nothing.
DAY = r"\d{4,}-\d\d-\d\d"
TIME = r"\d\d:\d\d(:\d\d(\.\d{1,3})?)?"
NATIVE = {"date": re.compile(DAY + "$"), "time": re.compile(TIME + "$"),
          "datetime-local": re.compile(DAY + "[T ]" + TIME + "$")}


class Answer:
    def __init__(self, method, url, status, headers, body):
        self.method, self.url, self.status = method, url, status
        self.headers, self.body = headers, body

    @property
    def text(self):
        return self.body.decode()

    def __repr__(self):
        return "<%s %s: %d %s>" % (self.method, self.url, self.status,
                                   self.body[:1500].decode(errors="replace"))


class Control:
    def __init__(self, tag, attrs):
        self.tag, self.attrs = tag, attrs
        self.name = attrs.get("name")
        self.type = attrs.get("type", "text") if tag == "input" else tag
        self.checked = "checked" in attrs
        self.options = []
        self.value = attrs.get("value", "on" if self.type in (
            "checkbox", "radio") else "")
        if self.type == "text" or self.type in NATIVE:
            self.value = re.sub(r"[\r\n]", "", self.value)
        if self.type in NATIVE and not NATIVE[self.type].match(self.value):
            self.value = ""


class Form:
    def __init__(self, attrs):
        self.attrs = attrs
        # a fragment is not sent
        self.action = attrs.get("action", "").partition("#")[0]
        self.controls = []
        self.buttons = []
        self.named = {}  # {text of a button: what it sends}

    def __getitem__(self, name):
        found = [c for c in self.controls if c.name == name]
        assert len(found) == 1, "%d controls %s" % (len(found), name)
        return found[0]

    def __contains__(self, name):
        return any(c.name == name for c in self.controls)

    def fill(self, name, text):
        """Types a text, chooses an option, ticks (True) or unticks a box."""
        control = self[name]
        if control.type == "checkbox":
            control.checked = bool(text)
            return
        if control.options:
            assert text in control.options, (name, text, control.options)
        control.value = text

    def choose(self, name, value):
        """Presses the radio button of this value."""
        radios = [c for c in self.controls if (c.name, c.type) == (
            name, "radio")]
        assert value in [c.value for c in radios], (name, value, radios)
        for control in radios:
            control.checked = control.value == value

    def chosen(self, name):
        """The value of the radio button that is pressed, or None."""
        found = [c.value for c in self.controls
                 if (c.name, c.type) == (name, "radio") and c.checked]
        assert len(found) < 2, found
        return found[0] if found else None

    def entries(self):
        """The form's data set, line ends as browsers send them."""
        for c in self.controls:
            if not c.name or "disabled" in c.attrs or c.type == "file":
                continue
            if c.type in ("checkbox", "radio") and not c.checked:
                continue
            yield c.name, re.sub(r"\r\n|\r|\n", "\r\n", c.value)

    def press(self, text):
        """The data set with what the button of this text adds."""
        return [*self.entries(), self.named[text]]


class Page(html.parser.HTMLParser):
    """forms, links (href, text), and text outside of tags."""

    def __init__(self, source):
        super().__init__()
        self.source = source
        self.forms, self.links, self.tags = [], [], []
        self.heads = []  # where the links in heads of rows lead
        self.titles, self.text = [], ""
        self._open = []
        self._area = self._option = self._button = None
        self._link = self._select = self._heading = None
        self.feed(re.sub(r"\r\n?", "\n", source))
        self.close()
        assert not self._open, "not closed: %s" % self._open

    @property
    def form(self):
        assert len(self.forms) == 1, "%d forms: %s" % (len(self.forms),
                                                       self.text)
        return self.forms[0]

    def handle_starttag(self, tag, attributes):
        attrs = {n: v or "" for n, v in attributes}
        assert len(attrs) == len(attributes), "an attribute twice: %s" % tag
        self.tags.append((tag, attrs))
        if tag not in VOID:
            self._open.append(tag)
        if tag == "form":
            self.forms.append(Form(attrs))
        elif tag in ("input", "textarea", "select"):
            control = Control(tag, attrs)
            if self._open.count("form"):
                self.forms[-1].controls.append(control)
            if tag == "textarea":
                self._area = control
                control.value = ""
            elif tag == "select":
                self._select = control
        elif tag == "option":
            self._select.options.append(attrs["value"])
            if "selected" in attrs or len(self._select.options) == 1:
                self._select.value = attrs["value"]
        elif tag == "button":
            self._button = [attrs, ""]
        elif tag == "a":
            self._link = [attrs["href"], ""]
        elif tag in ("h1", "title"):
            self.titles.append("")
            self._heading = True

    def handle_data(self, data):
        if self._area is not None:
            self._area.value += data
            return
        self.text += data
        if self._link is not None:
            self._link[1] += data
        if self._button is not None:
            self._button[1] += data
        if self._heading:
            self.titles[-1] += data

    def handle_endtag(self, tag):
        assert self._open and self._open[-1] == tag, (
            "</%s> within %s" % (tag, self._open))
        self._open.pop()
        if tag == "textarea":
            value = self._area.value
            # a line end directly behind the tag is not part of the text
            self._area.value = value[1:] if value[:1] == "\n" else value
            self._area = None
        elif tag == "a":
            self.links.append(tuple(self._link))
            if "th" in self._open:
                self.heads.append(self._link[0])
            self._link = None
        elif tag == "button":
            if self._open.count("form"):
                attrs, text = self._button
                self.forms[-1].buttons.append(text)
                if "name" in attrs:
                    self.forms[-1].named[text.strip()] = (
                        attrs["name"], attrs.get("value", ""))
            self._button = None
        elif tag == "select":
            self._select = None
        elif tag in ("h1", "title"):
            self._heading = None

    def link(self, text):
        """Where the one link of this text leads."""
        found = {href for href, shown in self.links if shown.strip() == text}
        assert len(found) == 1, (text, self.links)
        return found.pop()


def multipart(entries):
    """(body, content type) as browsers encode them."""
    body = b""
    for name, value in entries:
        name = re.sub(r"\r\n|\r|\n", "%0D%0A", name).replace('"', "%22")
        body += ('--%s\r\nContent-Disposition: form-data; name="%s"\r\n\r\n'
                 % (BOUNDARY, name)).encode() + value.encode() + b"\r\n"
    body += ("--%s--\r\n" % BOUNDARY).encode()
    return body, "multipart/form-data; boundary=" + BOUNDARY


class Browser:
    """One person at one site; paths are from the site's root on."""

    def __init__(self, site, headers=()):
        self.site = site
        self.headers = dict(headers)
        self.host = "127.0.0.1:%d" % site.port
        self._connection = http.client.HTTPConnection(
            "127.0.0.1", site.port, timeout=60)

    def close(self):
        self._connection.close()

    def request(self, method, url, body=None, **headers):
        """headers: If_Match="..." and so on."""
        sent = dict(self.headers)
        sent.update({n.replace("_", "-"): v for n, v in headers.items()
                     if v is not None})
        if isinstance(body, str):
            body = body.encode()
        # a fragment stays in the browser
        self._connection.request(method, url.partition("#")[0], body, sent)
        got = self._connection.getresponse()
        return Answer(method, url, got.status, got.headers, got.read())

    def json(self, url, **headers):
        return self.request("GET", url, Accept="application/json", **headers)

    def open(self, url, status=200):
        """The page at an address."""
        got = self.request("GET", url, Accept="text/html")
        assert got.status == status, got
        return Page(got.text)

    def send(self, form, entries=None, **headers):
        """Submits a form, changed or not, and returns the Answer."""
        body, kind = multipart(form.entries() if entries is None else entries)
        return self.request("POST", form.action, body, **{
            "Accept": "text/html", "Content-Type": kind,
            "Sec-Fetch-Site": "same-origin", **headers})

    def submit(self, form, status=303):
        """Submits and returns the page that comes back, or where it leads
        (leads)."""
        got = self.send(form)
        assert got.status == status, got
        return leads(got) if status == 303 else Page(got.text)


def leads(answer):
    """Where a form leads, without what is said there of one saved entry."""
    return re.sub("[?&]_saved=$", "", answer.headers["Location"])


class CookieBrowser(Browser):
    """A browser that keeps its cookies."""

    def __init__(self, site, headers=()):
        super().__init__(site, headers)
        self.cookies = {}

    def request(self, method, url, body=None, **headers):
        if self.cookies:
            headers.setdefault("Cookie", "; ".join(
                "%s=%s" % item for item in self.cookies.items()))
        got = super().request(method, url, body, **headers)
        for line in got.headers.get_all("Set-Cookie") or ():
            for name, morsel in http.cookies.SimpleCookie(line).items():
                if morsel["max-age"] == "0":
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = morsel.value
        return got


def bare(href):
    """A link to a row without the place in the list that it begins at."""
    return re.sub(r"[?&]_list=[^&#]*", "", href)


def quoted_key(parts):
    """A key as a path carries it."""
    return ",".join(urllib.parse.quote(part, safe="") for part in parts)
