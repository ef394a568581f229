"""Every item of what HTTP asks of conditional requests has a test, whose name
begins with the item's, as test_A4_... or test_A1_A2_... does; and one with a
form, where the item is about forms too."""
import os
import re
import subprocess
import sys

ITEMS = ["%s%d" % (letter, n) for letter, numbers in (
    ("A", range(1, 13)), ("B", range(1, 18)), ("C", range(1, 7)),
    ("D", range(1, 11)), ("E", [*range(1, 6), *range(9, 14), *range(15, 18)]))
    for n in numbers]
FORMS = set("A1 A2 A4 A10 A11 A12 B8 B9 B17 D2 D3 D5 D7 D8 E1 E2 E3 E5 E9 "
            "E11 E15 E16".split())


def collected():
    """(items, whether it is about a form) of each test there is."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only",
         os.path.dirname(os.path.abspath(__file__))],
        capture_output=True, text=True, check=True, timeout=120,
        env={**os.environ, "PYTEST_ADDOPTS": ""})
    for line in done.stdout.splitlines():
        found = re.search(r"::test((?:_[A-Z]\d+)+)_(.*)", line)
        if found:
            yield (found.group(1).split("_")[1:],
                   bool(re.search(r"(?<![a-z])form", found.group(2))))


def test_every_item_has_a_test():
    tested, with_form = set(), set()
    for items, is_form in collected():
        tested.update(items)
        if is_form:
            with_form.update(items)
    assert not set(ITEMS) - tested
    assert not FORMS - with_form
