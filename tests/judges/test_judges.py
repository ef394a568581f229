"""Tools that nobody here wrote judge the pages: see a11y.mjs, engines.mjs."""
import os
import subprocess

import pytest

from harness.gallery import INI, Exhibition, Gallery, prepare

HERE = os.path.dirname(os.path.abspath(__file__))


def judge(name, *args):
    done = subprocess.run(["node", os.path.join(HERE, name), *args],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, check=False)
    print(done.stdout)
    assert done.returncode == 0, done.stdout[-8000:]


@pytest.fixture(params=["en", "de"])
def exhibition(request, cluster, demo_database, site):
    prepare(cluster, demo_database)
    gallery = Gallery(cluster, demo_database,
                      lambda ini: site(demo_database, ini), request.param)
    exhibition = Exhibition(gallery)
    yield exhibition
    exhibition.close()
    gallery.close()


def test_every_kind_of_page_without_a_finding(exhibition):
    gallery = exhibition.gallery
    # those of all tables differ by the data, which have one language
    names = [n for n in gallery.pages
             if gallery.language == "en" or "-of-" not in n]
    judge("a11y.mjs", *(exhibition.url + name for name in names))


def test_engines_edit_an_entry(demo_database, site):
    here = site(demo_database, INI % "write")
    judge("engines.mjs", here.url + "/boat/1", "length")
