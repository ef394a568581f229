"use strict";

/* Sends the requests that the page names, one after the other, and has the
 * program judge what came back. */
(function () {
	const front = document.getElementById("front");
	const site = document.getElementById("site");
	const button = document.getElementById("run");
	const KEPT = 8000;

	async function send(probe) {
		const headers = { ...probe.fields };
		let body;

		if (probe.size > 0) {
			headers["Content-Type"] = "application/octet-stream";
			body = new Uint8Array(probe.size);
		}
		try {
			const reply = await fetch(probe.path, {
				method: probe.method,
				headers: headers,
				body: body,
				cache: "no-store",
				redirect: "manual",
				credentials: probe.bare ? "omit" : "same-origin",
			});
			return {
				status: reply.status,
				tag: reply.headers.get("ETag"),
				coding: reply.headers.get("Content-Encoding"),
				body: (await reply.text()).trim().slice(0, KEPT),
			};
		} catch (error) {
			return { status: 0, body: String(error) };
		}
	}

	async function judge(replies) {
		const reply = await fetch(front.dataset.judge, {
			method: "POST",
			headers: {
				"Content-Type": "application/json",
				"Accept": "text/html",
			},
			body: JSON.stringify({
				origin: location.origin,
				replies: replies,
			}),
		});
		if (!reply.ok) {
			throw new Error(reply.status);
		}
		return reply.text();
	}

	async function run() {
		const probes = JSON.parse(front.dataset.probes);
		const replies = [];

		button.disabled = true;
		front.textContent = front.dataset.running;
		try {
			for (const probe of probes) {
				replies.push(await send(probe));
			}
			front.innerHTML = await judge(replies);
		} catch (error) {
			front.textContent = front.dataset.failed;
		}
		button.disabled = false;
	}

	/* Servers do not always tell their program the port. */
	site.textContent = location.origin + new URL(site.textContent).pathname;
	button.addEventListener("click", run);
	button.hidden = false;
})();
