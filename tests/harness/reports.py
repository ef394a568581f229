"""What the sanitizers wrote, wherever the program ran."""
import glob
import os
import re

FOLDER = os.environ.get("IFMATCH_REPORTS")
PATTERN = re.compile(r"Sanitizer|runtime error:")


def in_text(text):
    """The first report within a text, or None."""
    found = PATTERN.search(text)
    return text[max(found.start() - 200, 0):][:4000] if found else None


def take():
    """The reports written since the last call, as one text."""
    texts = []
    for path in sorted(glob.glob(os.path.join(FOLDER, "report*"))
                       if FOLDER else []):
        with open(path, errors="replace") as f:
            texts.append(f.read())
        os.rename(path, os.path.join(FOLDER, "seen-"
                                     + os.path.basename(path)))
    return "\n".join(texts)
