"""Firefox without a window, driven through Marionette, its own protocol of
WebDriver's commands."""
import json
import os
import shutil
import socket
import subprocess

from .process import end, free_port, make_folder, wait_until, write_file
from .webdriver import ELEMENT

# Nothing is asked of anybody but the site.
PREFS = {"marionette.port": None,  "app.update.enabled": False,
         "browser.shell.checkDefaultBrowser": False,
         "browser.startup.homepage_override.mstone": "ignore",
         "datareporting.policy.dataSubmissionEnabled": False,
         "dom.security.https_first": False, "extensions.update.enabled": False,
         "network.captive-portal-service.enabled": False,
         "network.connectivity-service.enabled": False,
         "network.dns.disablePrefetch": True,
         "services.settings.server": "data:,#remote-settings-dummy/v1",
         "toolkit.telemetry.enabled": False}


class Firefox:
    """One browser with a profile of its own, until close(). The same methods
    as webdriver.Chromium."""

    def __init__(self):
        self.folder = make_folder("ifmatch-firefox-")
        self.port = free_port()
        self.socket, self.number = None, 0
        write_file(os.path.join(self.folder, "user.js"), "".join(
            "user_pref(%s, %s);\n" % (json.dumps(name), json.dumps(
                self.port if value is None else value))
            for name, value in PREFS.items()), 0o600)
        self.process = subprocess.Popen(
            ["firefox-esr", "--headless", "--marionette", "--no-remote",
             "--profile", self.folder],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={"PATH": os.environ["PATH"], "HOME": self.folder})
        try:
            wait_until(self._connected, 60, "Firefox")
            self._read()
            self.ask("NewSession", {"capabilities": {"alwaysMatch": {
                "pageLoadStrategy": "normal"}}})
        except BaseException:
            self._end()
            raise

    def _connected(self):
        assert self.process.poll() is None, "Firefox has ended"
        try:
            self.socket = socket.create_connection(
                ("127.0.0.1", self.port), timeout=120)
        except ConnectionRefusedError:
            return False
        return True

    def _read(self):
        size = b""
        while not size.endswith(b":"):
            size += self.socket.recv(1)
        left, message = int(size[:-1]), b""
        while left > len(message):
            message += self.socket.recv(left - len(message))
        return json.loads(message)

    def ask(self, command, params=None):
        """A command of WebDriver's: ask("Navigate", {"url": ...})."""
        self.number += 1
        text = json.dumps([0, self.number, "WebDriver:" + command,
                           params or {}]).encode()
        self.socket.sendall(b"%d:%s" % (len(text), text))
        kind, number, error, value = self._read()
        assert (kind, number, error) == (1, self.number, None), error
        return value.get("value") if isinstance(value, dict) else value

    def open(self, url):
        self.ask("Navigate", {"url": url})

    def back(self):
        self.ask("Back")

    def run(self, script, *args):
        return self.ask("ExecuteScript", {"script": script,
                                          "args": list(args)})

    def find(self, selector):
        found = self.ask("FindElements", {"using": "css selector",
                                          "value": selector})
        return [each[ELEMENT] for each in found]

    def text(self, selector):
        element, = self.find(selector)
        return self.ask("GetElementText", {"id": element})

    def click(self, selector):
        element, = self.find(selector)
        self.ask("ElementClick", {"id": element})

    def type(self, selector, text):
        element, = self.find(selector)
        self.ask("ElementSendKeys", {"id": element, "text": text})

    def close(self):
        self._end()

    def _end(self):
        if self.socket:
            self.socket.close()
        end(self.process)
        shutil.rmtree(self.folder, ignore_errors=True)
