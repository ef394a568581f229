"""Chromium without a window, driven through WebDriver (W3C)."""
import contextlib
import os
import shutil
import subprocess

import requests

from .process import end, free_port, make_folder, wait_until

KEYS = {"Enter": "\ue007", "Tab": "\ue004", "Escape": "\ue00c",
        "Down": "\ue015", "Up": "\ue013", "Backspace": "\ue003",
        "Shift": "\ue008", "Control": "\ue009", "Null": "\ue000"}
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
ARGS = ["--headless", "--no-sandbox", "--disable-gpu",
        "--disable-dev-shm-usage", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--no-first-run"]


@contextlib.contextmanager
def next_page(window, states=("complete",)):
    """What is done here leads to another page, which is waited for. window: a
    Chromium or a Firefox; states: how far the page has to be."""
    before = window.find("html")
    yield
    wait_until(lambda: window.find("html") not in ([], before) and window.run(
        "return document.readyState") in states, 20, "the next page")


class Chromium:
    """One browser with a profile of its own, until close(). asks: whether the
    question whether to leave a page stays open until the test answers it; else
    pages are left."""

    def __init__(self, language="en", scripts=True, asks=False):
        self.folder = make_folder("ifmatch-chromium-")
        port = free_port()
        self.url = "http://127.0.0.1:%d" % port
        self.http = requests.Session()
        self.http.trust_env = False
        self.process = subprocess.Popen(
            ["chromedriver", "--port=%d" % port, "--log-level=WARNING"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            env={"PATH": os.environ["PATH"], "HOME": self.folder})
        try:
            wait_until(self._ready, 30, "chromedriver")
            args = ARGS + ["--lang=" + language, "--user-data-dir="
                           + os.path.join(self.folder, "profile")]
            options = {"args": args, "prefs": {
                "intl.accept_languages": language}}
            if not scripts:
                options["prefs"]["profile.managed_default_content_settings"
                                 ".javascript"] = 2
            wanted = {"goog:chromeOptions": options,
                      "goog:loggingPrefs": {"browser": "ALL"}}
            if asks:
                wanted.update(webSocketUrl=True, unhandledPromptBehavior={
                    "beforeUnload": "ignore"})
            self.session = self._ask("POST", "/session", {
                "capabilities": {"alwaysMatch": wanted}})["sessionId"]
        except BaseException:
            self._end()
            raise

    def _ready(self):
        try:
            return self._ask("GET", "/status")["ready"]
        except requests.ConnectionError:
            return False

    def _ask(self, method, path, body=None):
        reply = self.http.request(method, self.url + path, json=body,
                                  timeout=120)
        value = reply.json()["value"]
        assert reply.ok, value
        return value

    def ask(self, method, path, body=None):
        """A command of the session's: ask("POST", "/url", {"url": ...})."""
        return self._ask(method, "/session/%s%s" % (self.session, path), body)

    def devtools(self, command, **params):
        """A command of Chromium's own protocol."""
        return self.ask("POST", "/goog/cdp/execute", {
            "cmd": command, "params": params})

    def device(self, width, height, dark=False):
        """A window of this size in CSS pixels; a narrow one is a phone."""
        self.devtools("Emulation.setDeviceMetricsOverride", width=width,
                      height=height, deviceScaleFactor=1, mobile=width < 500)
        self.devtools("Emulation.setEmulatedMedia", features=[{
            "name": "prefers-color-scheme",
            "value": "dark" if dark else "light"}])

    def open(self, url):
        self.ask("POST", "/url", {"url": url})

    def back(self):
        self.ask("POST", "/back", {})

    def run(self, script, *args):
        """What a script returns."""
        return self.ask("POST", "/execute/sync",
                        {"script": script, "args": list(args)})

    def find(self, selector):
        """All elements of a CSS selector."""
        found = self.ask("POST", "/elements", {"using": "css selector",
                                               "value": selector})
        return [each[ELEMENT] for each in found]

    def text(self, selector):
        """What is shown of the one element of a CSS selector."""
        element, = self.find(selector)
        return self.ask("GET", "/element/%s/text" % element)

    def click(self, selector):
        element, = self.find(selector)
        self.ask("POST", "/element/%s/click" % element, {})

    def type(self, selector, text):
        """Types into the one element of a CSS selector; keys that write
        nothing are in KEYS."""
        element, = self.find(selector)
        self.ask("POST", "/element/%s/value" % element, {"text": text})

    def press(self, *keys):
        """Presses keys one after another where the focus is: names of KEYS,
        or texts to be typed."""
        strokes = []
        for key in keys:
            for stroke in KEYS.get(key) or key:
                strokes += [{"type": "keyDown", "value": stroke},
                            {"type": "keyUp", "value": stroke}]
        self.ask("POST", "/actions", {"actions": [
            {"type": "key", "id": "keyboard", "actions": strokes}]})

    def hold(self, key, text):
        """Types while a key of KEYS is held down."""
        strokes = [{"type": "keyDown", "value": KEYS[key]}]
        for stroke in text:
            strokes += [{"type": "keyDown", "value": stroke},
                        {"type": "keyUp", "value": stroke}]
        strokes.append({"type": "keyUp", "value": KEYS[key]})
        self.ask("POST", "/actions", {"actions": [
            {"type": "key", "id": "keyboard", "actions": strokes}]})

    def focused(self, name):
        """An attribute of the element that has the focus."""
        element = self.ask("GET", "/element/active")[ELEMENT]
        return self.ask("GET", "/element/%s/attribute/%s" % (element, name))

    def log(self):
        """What the console has said since it was last asked."""
        return [entry["message"] for entry in self.ask(
            "POST", "/se/log", {"type": "browser"})]

    def close(self):
        try:
            self._ask("DELETE", "/session/" + self.session)
        finally:
            self._end()

    def _end(self):
        self.http.close()
        end(self.process)
        shutil.rmtree(self.folder, ignore_errors=True)
