"""The manual: sound, and as the program has it."""
import os
import re
import shutil
import subprocess

import pytest

from harness.process import BINARY, ROOT, read_text

FOLDER = os.path.join(ROOT, "cgi-bin")
PAGES = ["ifmatch.1", "ifmatch.ini.5"]


def page(name):
    return read_text(os.path.join(FOLDER, name))


@pytest.mark.parametrize("name", PAGES)
def test_mandoc_finds_nothing(name):
    done = subprocess.run(["mandoc", "-T", "lint", "-W", "style",
                           os.path.join(FOLDER, name)], text=True,
                          capture_output=True, check=False)
    # the other pages need not be installed
    assert [line for line in (done.stdout + done.stderr).splitlines()
            if "referenced manual not found" not in line
            and "mandoc.db" not in line] == []


def test_the_settings_are_the_programs(cgi):
    """Where it fails: make manual."""
    said = cgi.command("settings")
    assert said.returncode == 0 and said.stdout.count("\n.It ") > 40
    assert "\n" + said.stdout in page("ifmatch.ini.5")


def test_every_setting_of_the_sample_is_told(cgi):
    sample = cgi.command("sample").stdout
    keys = set(re.findall(r"(?m)^;?([a-z_]+)(?:\.\w+)? = ", sample))
    told = set(re.findall(r"(?m)^\.It Ic ([a-z_]+)(?:\.NAME)?$",
                          page("ifmatch.ini.5")))
    assert keys == told and len(keys) > 40


def test_every_verb_is_told(cgi):
    verbs = re.findall(r"(?m)^  ifmatch (\S+)", cgi.command("--help").stdout)
    text = page("ifmatch.1")
    for verb in verbs:
        macro = "Fl -" + verb[2:] if verb.startswith("--") else "Cm " + verb
        assert "\n." + macro in text and ".It " + macro in text, verb


def test_the_page_is_made_anew(tmp_path):
    copy = shutil.copy(os.path.join(FOLDER, PAGES[1]), tmp_path)
    text = read_text(copy)
    with open(copy, "w") as out:
        out.write(text.replace("The picture beside the title.", "Old words."))
    subprocess.run([os.path.join(FOLDER, "dist", "manual.sh"), BINARY, copy],
                   check=True)
    assert read_text(copy) == text
    assert os.listdir(tmp_path) == [PAGES[1]]
