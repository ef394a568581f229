"""A session with a cache: it asks again each time, and keeps the page and the
JSON of one URL apart."""
import sys

import cachecontrol
import requests

url = sys.argv[1]
session = cachecontrol.CacheControl(requests.Session())
json = {"Accept": "application/json"}
first = session.get(url, headers=json)
again = session.get(url, headers=json)
# past the cache
saved = requests.patch(url, json={"body": "cachecontrol"}, headers={
    "If-Match": again.headers["ETag"],
    "Content-Type": "application/merge-patch+json"})
fresh = session.get(url, headers=json)
page = session.get(url, headers={"Accept": "text/html"})
print(first.status_code, again.text == first.text, again.from_cache,
      saved.status_code, fresh.json()["body"], page.headers["Content-Type"])
