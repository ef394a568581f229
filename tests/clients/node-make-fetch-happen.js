/* A fetch with a cache by RFC 9111: it asks again each time, and keeps the page
 * and the JSON of one URL apart. */
const fs = require("fs");
const os = require("os");
const path = require("path");

async function main(url, folder) {
	const cached = require("make-fetch-happen").defaults({ cachePath: folder });
	const json = { headers: { Accept: "application/json" } };
	const first = await cached(url, json);
	const text = await first.text();
	const again = await cached(url, json);
	const same = await again.text() === text;
	/* past the cache */
	const saved = await fetch(url, {
		method: "PATCH",
		headers: {
			"If-Match": again.headers.get("etag"),
			"Content-Type": "application/merge-patch+json",
		},
		body: JSON.stringify({ body: "happen" }),
	});
	const fresh = await (await cached(url, json)).json();
	const page = await cached(url, { headers: { Accept: "text/html" } });
	console.log(first.status, same,
		again.headers.get("x-local-cache-status"), saved.status,
		fresh.body, page.headers.get("content-type"));
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "happen-"));
main(process.argv[2], folder).finally(
	() => fs.rmSync(folder, { recursive: true }));
