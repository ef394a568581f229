"""Requests in PostgREST's grammar with the replies that are expected of them: a
set of our own, and PostgREST's specifications where they are at hand (a folder
data/postgrest with fixture.sql and cases.jsonl below $IFMATCH_SHARED, else
../shared)."""
import collections
import json
import os

import pytest

import compare
from deviations import DEVIATIONS
from harness.process import ROOT, read_text

HERE = os.path.dirname(os.path.abspath(__file__))
SHARED = os.path.join(os.environ.get("IFMATCH_SHARED") or os.path.join(
    os.path.dirname(ROOT), "shared"), "data", "postgrest")
INI = ("anonymous = write\nschema = test\nrequire_condition = no\n"
       "[table test.*]\nfiltered_writes = yes\n")
SETS = {"our own": HERE}
if os.path.exists(os.path.join(SHARED, "cases.jsonl")):
    SETS["PostgREST's"] = SHARED


def cases(folder):
    lines = read_text(os.path.join(folder, "cases.jsonl")).splitlines()
    return [case for case in map(json.loads, lines) if case["tier"] == "core"]


@pytest.fixture
def open_set(cluster, site):
    """open_set(folder) -> the site over the set's database, and a function
    that puts its rows back."""
    made = []

    def make(folder):
        name = cluster.createdb(owner="postgres")
        cluster.psql(name, file=os.path.join(folder, "fixture.sql"))
        cluster.psql(name, "GRANT USAGE ON SCHEMA test TO ifmatch; "
                     "GRANT ALL ON ALL TABLES IN SCHEMA test TO ifmatch; "
                     "GRANT ALL ON ALL SEQUENCES IN SCHEMA test TO ifmatch")
        cluster.psql(name, file=os.path.join(HERE, "restore.sql"))
        db = cluster.connect(name)
        made.append((db, name))
        return site(name, INI, workers=1), \
            lambda: db.cursor().execute("SELECT kept.restore()")
    yield make
    for db, name in made:
        db.close()


def judge(case, comparison):
    """What is wrong with a case, or None."""
    reason = DEVIATIONS.get(case["id"])
    if reason and not comparison.wrong:
        return "passes, though it stands among the deviations"
    if comparison.wrong and not reason:
        return "; ".join(comparison.wrong)
    return None


@pytest.mark.parametrize("name", list(SETS))
def test_requests(open_set, name):
    site, restore = open_set(SETS[name])
    failures, rules = [], collections.Counter()
    deviations = collections.Counter()
    run = cases(SETS[name])
    for case in run:
        comparison = compare.Comparison(case, compare.send(site, case))
        if case["method"] not in ("GET", "HEAD", "OPTIONS"):
            restore()
        wrong = judge(case, comparison)
        if wrong:
            failures.append("%s %s %s: %s" % (
                case["id"], case["method"], case["url"], wrong))
        elif case["id"] in DEVIATIONS:
            deviations[DEVIATIONS[case["id"]]] += 1
        else:
            rules.update(comparison.rules)
    print("%s requests: %d sent, %d as expected, %d deviations, %d failed" % (
        name, len(run), len(run) - sum(deviations.values()) - len(failures),
        sum(deviations.values()), len(failures)))
    if len(SETS) == 1:
        print("  PostgREST's own are not at hand: %s" % SHARED)
    for rule, n in sorted(rules.items()):
        print("  as expected %3d times but for: %s" % (n, compare.RULES[rule]))
    for reason, n in sorted(deviations.items()):
        print("  deviates    %3d times: %s" % (n, reason))
    assert run
    assert not failures, "\n".join(failures)
