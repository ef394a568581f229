"""Each setting of the samples is there for something: without it an item
fails."""
import functools
import os
import re

import pytest

import conftest
import fronts
import items
import test_bodies
import test_conditions
import test_identity
import test_messages
import test_paths
from harness.process import ROOT, read_text

APACHE = [("AllowEncodedSlashes NoDecode", "P1_slash"),
          ("CGIPassAuth On", "I1_authorization"),
          ("SetEnv no-gzip 1", "G1_tag_compressed"),
          ("SetEnv no-brotli 1", "G1_tag_compressed")]
LENGTH = ("SetEnv ap_trust_cgilike_cl 1", "B17_stale")
# Where all of it is in one file that no host need believe.
HTACCESS = APACHE[1:] + [("Require all denied", "I3_configuration_hidden")]
NGINX = [("gzip off;", "G1_tag_compressed"),
         ('fastcgi_param REMOTE_USER "";', "S2_remote_user"),
         ("fastcgi_next_upstream off;", "S3_hanging")]
LIGHTTPD = [("deflate.mimetypes = ()", "G1_tag_compressed")]
# mode: sample, (setting, what fails without it)
SETTINGS = {
    "cgid": ("apache-cgi.conf", APACHE + [LENGTH]),
    "fcgid": ("apache-fcgid.conf",
              APACHE + [("FcgidMaxRequestLen 1048576", "W1_put_200k")]),
    "proxy": ("apache-proxy-fcgi.conf", APACHE + [LENGTH]),
    "ht-fcgid": ("htaccess.sample", HTACCESS),
    "ht-cgi": ("htaccess.sample", HTACCESS + [LENGTH]),
    "nginx": ("nginx.conf", NGINX),
    "wrap": ("nginx-fcgiwrap.conf", NGINX),
    "lt-fcgi": ("lighttpd-fastcgi.conf", LIGHTTPD),
    "lt-cgi": ("lighttpd-cgi.conf", LIGHTTPD),
    "caddy": ("Caddyfile.sample", [("header_down -Status",
                                    "D6_status_field")]),
    "h2o": ("h2o.sample", [("compress: OFF", "G1_tag_compressed")]),
}
# Beginnings of what the program is not reached without, or the server does
# not start; and one that is good for CGI alone.
FRAME = re.compile(r"""
    [<})(] | location | \$HTTP | include | fastcgi_split_path_info |
    fastcgi_pass | fastcgi_param\ SCRIPT_FILENAME | Alias | ScriptAlias |
    SetHandler | Options | Require\ all\ granted | server\.modules |
    fastcgi\.server | "socket" | "bin-path" | "check-local" | alias\.url |
    cgi\.assign | @ | encode | reverse_proxy | transport | split | "/records" |
    fastcgi\.connect | port | type""", re.X)
CASES = [(mode, setting, item) for mode, (_, settings) in SETTINGS.items()
         for setting, item in settings]
HASTE = "fastcgi_read_timeout 1s;"
OF_THE_PROBE = ("I1_authorization", "S3_hanging")


def check_hanging(desk, probe):
    """A PUT whose program takes too long is not sent to another one."""
    reply = probe.put("/?hang", data=b"x")
    assert reply.status_code == 504
    assert probe.executions() == 1


def check_of(item):
    for module in (test_bodies, test_conditions, test_identity, test_messages,
                   test_paths):
        if hasattr(module, "test_" + item):
            return getattr(module, "test_" + item)
    return check_hanging


@pytest.fixture
def check(notes, probe_binary):
    """check(mode, item, changes) -> a function that does the item behind this
    server, which runs."""
    made = []

    def start(mode, item, changes=()):
        kind = ({"program": probe_binary} if item in OF_THE_PROBE
                else {"conninfo": notes.conninfo})
        front = fronts.Front(mode, changes=changes, **kind,
                             more=HASTE if item == "S3_hanging" else "")
        made.append(front)
        desk = conftest.Desk(item, front, notes)
        return functools.partial(check_of(item), *(
            [desk, front] if item in OF_THE_PROBE else [desk]))
    yield start
    for front in made:
        front.stop()
        front.remove()


@pytest.mark.parametrize("mode, setting, item", CASES)
def test_without(check, mode, setting, item):
    do = check(mode, item, [(setting + "\n", "\n")])
    with pytest.raises((AssertionError, LookupError, ValueError)):
        do()


@pytest.mark.parametrize("mode", ["nginx", "wrap"])
def test_a_program_that_takes_too_long(check, mode):
    check(mode, "S3_hanging")()


@pytest.mark.parametrize("mode", SETTINGS)
def test_no_setting_has_no_test(mode):
    sample, settings = SETTINGS[mode]
    lines = [line.strip() for line in read_text(
        os.path.join(ROOT, "cgi-bin", sample)).splitlines()]
    found = {line for line in lines
             if line and line[0] != "#" and not FRAME.match(line)}
    extra = {LENGTH[0]} if mode == "ht-fcgid" else set()
    assert found == {setting for setting, _ in settings} | extra


def test_each_mode_is_looked_at():
    assert set(SETTINGS) == set(fronts.MODES)
    assert {item for _, _, item in CASES} <= set(items.ITEMS) | {"S3_hanging"}
