import sys

import httpx

url = sys.argv[1]
with httpx.Client(trust_env=False) as client:
    first = client.get(url)
    tag = first.headers["ETag"]
    again = client.get(url, headers={"If-None-Match": tag})
    headers = {"If-Match": tag, "Content-Type": "application/merge-patch+json"}
    saved = client.patch(url, content='{"body":"httpx"}', headers=headers)
    stale = client.patch(url, content='{"body":"lost"}', headers=headers)
print(*(r.status_code for r in (first, again, saved, stale)))
