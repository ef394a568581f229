"""The bytes behind the deviations: raw/dNUMBER-SERVER.request is sent to the
server with the probe, and .reply is what comes back, without Date."""
import glob
import os
import re

import pytest

import items

RAW = os.path.join(os.path.dirname(os.path.abspath(__file__)), "raw")
NAMES = sorted(os.path.basename(path)[:-len(".request")]
               for path in glob.glob(os.path.join(RAW, "*.request")))


def content(name):
    with open(os.path.join(RAW, name), "rb") as f:
        return f.read()


def without_date(reply):
    return re.sub(rb"(?mi)^Date: .*\r\n", b"", reply)


def test_each_new_deviation_has_its_bytes():
    wanted = {"d%d-%s" % (number, mode)
              for (_, mode), (number, _) in items.DEVIATIONS.items()
              if number >= items.FIRST_RAW}
    assert set(NAMES) == wanted


@pytest.mark.parametrize("name", NAMES)
def test_the_server_still_answers_so(name, probe_maker):
    mode = name.partition("-")[2]
    reply = probe_maker(mode).raw(content(name + ".request"))
    assert without_date(reply) == content(name + ".reply")
