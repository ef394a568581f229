import sys

import requests

url = sys.argv[1]
session = requests.Session()
first = session.get(url)
tag = first.headers["ETag"]
again = session.get(url, headers={"If-None-Match": tag})
headers = {"If-Match": tag, "Content-Type": "application/merge-patch+json"}
saved = session.patch(url, json={"body": "requests"}, headers=headers)
stale = session.patch(url, json={"body": "lost"}, headers=headers)
print(*(r.status_code for r in (first, again, saved, stale)))
