"""Pictures of every kind of page, at three widths, light and dark, and those
that README shows: screenshots.py FOLDER [NAME ...]"""
import base64
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from harness.cluster import Cluster  # noqa: E402
from harness.gallery import Exhibition, Gallery, sample  # noqa: E402
from harness.process import ROOT  # noqa: E402
from harness.site import Site  # noqa: E402
from harness.webdriver import Chromium  # noqa: E402

WIDTHS = {360: 640, 768: 1024, 1280: 800}
LONGEST = 6000
# README's: which page, and the size of the window.
PICTURES = {"list": ("list", 1000, 560), "grid": ("grid", 1000, 560),
            "edit": ("form", 720, 560),
            "conflict": ("conflict", 720, 1000), "phone": ("form", 360, 640),
            "phone-list": ("list", 360, 640)}


class Camera:
    def __init__(self):
        self.chromium = Chromium()
        self.chromium.devtools("Emulation.setScrollbarsHidden", hidden=True)

    def take(self, url, path, width, height, dark=False, whole=False):
        """whole: the page from top to bottom, else what is seen of it."""
        self.chromium.device(width, height, dark)
        self.chromium.open(url)
        if whole:
            length = self.chromium.run(
                "return document.documentElement.scrollHeight")
            self.chromium.device(width, min(max(length, height), LONGEST),
                                 dark)
        picture = self.chromium.devtools(
            "Page.captureScreenshot", format="png")["data"]
        with open(path + ".png", "wb") as out:
            out.write(base64.b64decode(picture))

    def close(self):
        self.chromium.close()


def take_all(gallery, camera, folder, names):
    exhibition = Exhibition(gallery)
    try:
        if gallery.language == "en" and not names:
            for name, (page, *size) in PICTURES.items():
                camera.take(exhibition.url + page,
                            os.path.join(ROOT, "tests/pictures", name), *size)
        for name in sorted(names or gallery.pages):
            for width in WIDTHS:
                for dark in (False, True):
                    picture = "%s-%s-%d-%s" % (
                        name, gallery.language, width,
                        "dark" if dark else "light")
                    camera.take(exhibition.url + name,
                                os.path.join(folder, picture), width,
                                WIDTHS[width], dark, whole=True)
    finally:
        exhibition.close()


def main(folder, *names):
    cluster = Cluster()
    cluster.make_roles()
    sites = []

    def make_site(ini):
        sites.append(Site(cluster.conninfo(dbname), ini))
        return sites[-1]
    os.makedirs(folder, exist_ok=True)
    camera = None
    try:
        camera = Camera()
        for language in ("en", "de"):
            dbname = sample(cluster)
            gallery = Gallery(cluster, dbname, make_site, language)
            take_all(gallery, camera, folder, names)
            gallery.close()
    finally:
        if camera is not None:
            camera.close()
        for site in sites:
            site.stop()
            site.remove()
        cluster.stop("fast")
        cluster.remove()
    print("%d pictures in %s" % (len(os.listdir(folder)), folder))


if __name__ == "__main__":
    main(*sys.argv[1:])
