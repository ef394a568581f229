const url = process.argv[2];
const first = await fetch(url);
const tag = first.headers.get("etag");
await first.json();
const again = await fetch(url, { headers: { "If-None-Match": tag } });
const save = (body) => fetch(url, {
	method: "PATCH",
	headers: { "If-Match": tag, "Content-Type": "application/merge-patch+json" },
	body: JSON.stringify({ body }),
});
const saved = await save("node");
const stale = await save("lost");
console.log(first.status, again.status, saved.status, stale.status);
