"use strict";

/* Comfort alone: every page works without this. A section for each subject. */

/* What refers to one of many entries: the control that holds the key steps back
 * behind a box that searches as one types (the combobox pattern of ARIA). */
(function () {
	const WAIT = 150;

	function element(name, attributes) {
		const made = document.createElement(name);

		for (const each in attributes)
			made.setAttribute(each, attributes[each]);
		return made;
	}

	function combobox(search) {
		const words = search.dataset;
		const id = words.for;
		const key = document.getElementById(id);
		const box = search.querySelector("input");
		const refers = document.getElementById(id + "-refers");
		const list = element("ul", { id: id + "-list", role: "listbox" });
		const status = element("p", { class: "found", role: "status" });
		let chosen = { value: key.value, label: words.label };
		let shown = [];
		let active = -1;
		let timer, asked;

		function change_places() {
			const focused = document.activeElement === key;

			for (const name of ["aria-describedby", "aria-invalid",
				"required"])
				if (key.hasAttribute(name)) {
					box.setAttribute(name, key.getAttribute(name));
					key.removeAttribute(name);
				}
			list.setAttribute("aria-label",
				document.querySelector("label[for='" + id + "']")
					.firstChild.textContent.trim());
			key.id = id + "-key";
			key.hidden = true;
			search.querySelector("label").hidden = true;
			search.querySelector("button").hidden = true;
			box.removeAttribute("name");
			box.type = "text";
			box.id = id;
			box.setAttribute("role", "combobox");
			box.setAttribute("aria-autocomplete", "list");
			box.setAttribute("aria-controls", list.id);
			search.append(list, status);
			search.classList.add("combobox");
			close();
			if (focused)
				box.focus();
		}

		function close() {
			clearTimeout(timer);
			if (asked)
				asked.abort();
			shown = [];
			active = -1;
			list.hidden = true;
			list.replaceChildren();
			box.setAttribute("aria-expanded", "false");
			box.removeAttribute("aria-activedescendant");
		}

		function move(to) {
			if (active >= 0)
				list.children[active].removeAttribute("aria-selected");
			active = (to + shown.length) % shown.length;
			list.children[active].setAttribute("aria-selected", "true");
			list.children[active].scrollIntoView({ block: "nearest" });
			box.setAttribute("aria-activedescendant",
				list.children[active].id);
		}

		function choose(option) {
			close();
			status.textContent = "";
			box.value = option.label;
			if (option.value === chosen.value)
				return;
			chosen = option;
			key.value = option.value;
			key.dispatchEvent(new Event("input", { bubbles: true }));
			key.dispatchEvent(new Event("change", { bubbles: true }));
		}

		function show(options) {
			close();
			shown = options;
			options.forEach(function (option, i) {
				const item = element("li", {
					id: list.id + i, role: "option", dir: "auto" });

				item.textContent = option.label;
				/* the box keeps the focus */
				item.addEventListener("mousedown",
					(event) => event.preventDefault());
				item.addEventListener("click", () => choose(option));
				list.append(item);
			});
			list.hidden = options.length === 0;
			box.setAttribute("aria-expanded", String(!list.hidden));
			status.textContent = (options.length === 0 ? words.none
				: options.length < words.most ? words.some
					: words.first
			).replace("%1", options.length);
		}

		async function ask(text) {
			const mine = new AbortController();

			asked = mine;
			const reply = await fetch(
				words.choice + encodeURIComponent(text), {
					headers: { Accept: "application/json" },
					signal: mine.signal,
				});
			if (!reply.ok)
				throw new Error(String(reply.status));
			return reply.json();
		}

		async function look() {
			try {
				show(await ask(box.value.trim()));
			} catch (error) {
				/* the key can still be typed */
				if (error.name !== "AbortError")
					key.hidden = false;
			}
		}

		/* The key was changed by somebody else: a page that the browser
		 * filled in again, a draft. */
		async function follow() {
			const value = key.value;
			let label = value;

			if (value === chosen.value)
				return;
			chosen = { value: value, label: label };
			box.value = label;
			if (value === "")
				return;
			try {
				for (const option of await ask(value))
					if (option.value === value)
						label = option.label;
			} catch (error) {
				return;
			}
			if (key.value === value) {
				chosen.label = label;
				box.value = label;
			}
		}

		function leave() {
			const text = box.value.trim();
			const same = shown.filter((option) =>
				option.label.toLowerCase() === text.toLowerCase());

			if (text === "" && chosen.value !== "")
				choose({ value: "", label: "" });
			else if (same.length === 1)
				choose(same[0]);
			close();
			status.textContent = "";
			box.value = chosen.label;
		}

		function press(event) {
			const open = shown.length > 0;

			if (event.key === "Escape" && (open || box.value !== chosen.label)) {
				box.value = chosen.label;
				close();
			} else if (event.key === "ArrowDown" && open) {
				move(active + 1);
			} else if (event.key === "ArrowUp" && open) {
				move(active < 0 ? -1 : active - 1);
			} else if (event.key === "ArrowDown" && box.value.trim() !== "") {
				look();
			} else if (event.key === "Enter" && open && active >= 0) {
				choose(shown[active]);
			} else if (event.key !== "Enter" || box.value === chosen.label ||
				box.value.trim() === "") {
				return;
			}
			event.preventDefault();
		}

		box.addEventListener("keydown", press);
		box.addEventListener("blur", leave);
		box.addEventListener("input", function () {
			close();
			status.textContent = "";
			if (box.value.trim() !== "")
				timer = setTimeout(look, WAIT);
		});
		key.addEventListener("change", function () {
			follow();
			if (refers)
				refers.hidden = key.value !== key.defaultValue;
		});
		change_places();
		box.value = chosen.label;
		/* what the browser filled in when the page was opened again */
		if (key.value !== key.defaultValue) {
			chosen.value = key.defaultValue;
			key.dispatchEvent(new Event("change", { bubbles: true }));
		}
	}

	document.querySelectorAll(".search[data-choice]").forEach(combobox);
})();

/* A text that is typed is a value, as long as it is there. */
document.addEventListener("input", function (event) {
	const box = document.getElementById(event.target.id + "-null");

	if (box && event.target.type !== "file")
		box.checked = box.defaultChecked && event.target.value === "";
});

/* How much of what can be sent at once the form takes, beside the field that
 * makes it much. */
(function () {
	const EACH = 150; /* bytes around one field */
	const encoder = new TextEncoder();

	function size_of(value) {
		if (typeof value !== "string")
			return value.size;
		return encoder.encode(value.replace(/\r\n|\r|\n/g, "\r\n")).length;
	}

	function readable(bytes) {
		return (bytes / 1000).toLocaleString(document.documentElement.lang,
			{ maximumFractionDigits: 0 }) + " kB";
	}

	function note_of(field) {
		const id = field.id + "-room";
		let note = document.getElementById(id);

		if (!note) {
			note = document.createElement("p");
			note.id = id;
			field.after(note);
			field.setAttribute("aria-describedby",
				((field.getAttribute("aria-describedby") || "") +
					" " + id).trim());
		}
		note.setAttribute("role", "status");
		return note;
	}

	function say(form, field) {
		const room = Number(form.dataset.room);
		const own = size_of(field.files ? field.files[0] || "" : field.value);
		let all = 0;

		for (const [name, value] of new FormData(form))
			all += EACH + encoder.encode(name).length + size_of(value);
		if (own <= room / 2 && all <= room &&
			!document.getElementById(field.id + "-room"))
			return;
		const note = note_of(field);
		const over = own > room || (all > room && own > room / 4);

		note.className = over ? "error" : "help";
		note.hidden = own <= room / 2 && !over;
		note.textContent = (over ? form.dataset.over : form.dataset.takes)
			.replace("%1", readable(over && own <= room ? all : own));
	}

	document.querySelectorAll("form[data-room]").forEach(function (form) {
		let waiting;

		form.addEventListener("input", function (event) {
			const field = event.target;

			if (field.type !== "textarea" && field.type !== "file")
				return;
			clearTimeout(waiting);
			waiting = setTimeout(say, 200, form, field);
		});
	});
})();

/* Who saves or deletes the entry while its form is open is told at once; what
 * was typed can be put together with it before it is saved. The form's
 * elements have any name at all, so that its properties are not to be trusted;
 * what is named here in two words is safe. */
(function () {
	const EVERY = 20000; /* milliseconds */
	const MOST = 300000; /* between two questions, where they fail */
	const news = document.querySelector(".news[data-variant]");
	const form = news && news.closest("form");
	const url = form && form.getAttribute("action").replace(/#.*/, "");
	let state = form && form.querySelector("[name=_etag]").value;
	let wait = EVERY;
	let timer, asking;

	function say(text, action) {
		const button = document.createElement("button");

		/* behind Save, which Enter presses */
		button.type = "submit";
		button.name = "_compare";
		button.value = "1";
		button.formNoValidate = true;
		button.className = "second";
		button.textContent = action;
		news.replaceChildren(text + " ", button);
	}

	async function changed() {
		const reply = await fetch(url, { headers: { Accept: "text/html" } });
		const page = new DOMParser().parseFromString(
			await reply.text(), "text/html");
		const last = page.querySelector(".changed");
		const said = last ? last.dataset : {};

		if (!reply.ok)
			throw new Error(String(reply.status));
		say(said.by ? news.dataset.by.replace(/%[12]/g,
			(arg) => arg === "%1" ? said.by : said.at)
			: said.at ? news.dataset.at.replace("%1", () => said.at)
				: news.dataset.somebody, news.dataset.see);
	}

	async function ask() {
		const tag = '"' + state + "-" + news.dataset.variant + '"';
		const reply = await fetch(url, { method: "HEAD", headers: {
			Accept: "application/json", "If-None-Match": tag } });
		const now = /^(?:W\/)?"(\w+)-/.exec(reply.headers.get("ETag"));

		if (reply.status === 404) {
			say(news.dataset.gone, news.dataset.keep);
			state = "";
		} else if (reply.status === 200 && now && now[1] !== state) {
			await changed();
			state = now[1];
		} else if (reply.status !== 304 && !now) {
			throw new Error(String(reply.status));
		}
	}

	async function look() {
		if (document.hidden || asking || state === "")
			return;
		clearTimeout(timer);
		asking = true;
		try {
			await ask();
			wait = EVERY;
		} catch (error) {
			wait = Math.min(2 * wait, MOST);
		}
		asking = false;
		timer = setTimeout(look, wait);
	}

	if (!form)
		return;
	document.addEventListener("visibilitychange", look);
	addEventListener("pageshow", (event) => event.persisted && look());
	timer = setTimeout(look, wait);
})();

/* What is typed is kept in this browser until it is saved, for the same person
 * to take back; leaving it unsaved is asked about. A draft is what the form
 * would have sent, without files, passwords and what is good for one page
 * only. The server makes a page of it. */
(function () {
	const WAIT = 300; /* milliseconds behind the last key */
	const MOST = 1000000; /* of two bytes each, all drafts together */
	const OLDEST = 30 * 24 * 3600 * 1000;
	const DRAFT = "draft\n";
	const LAST = "last form"; /* of this tab: its draft, if it was sent */
	const news = document.querySelector(".news[data-person]");
	const form = news && news.closest("form");
	const came = performance.getEntriesByType("navigation")[0] || {};
	let timer, mine, own, clean, unsaved, leaving, warns;

	/* A browser may be set to keep nothing. */
	function attempt(task) {
		try {
			return task();
		} catch (error) {
			return undefined;
		}
	}

	/* All drafts, the newest first. */
	function drafts() {
		return Object.keys(localStorage)
			.filter((key) => key.startsWith(DRAFT))
			.map((key) => ({ key: key, text: localStorage[key],
				at: parseInt(localStorage[key], 10) || 0 }))
			.sort((a, b) => b.at - a.at);
	}

	function entries_of(form) {
		const none = ["_token", "_submission", "_list"];

		form.querySelectorAll("[type=password]")
			.forEach((field) => none.push(field.name));
		return JSON.stringify([...new FormData(form)].filter((entry) =>
			typeof entry[1] === "string" && !none.includes(entry[0])));
	}

	/* As it came, whatever the browser has filled in since. */
	function pristine() {
		const copy = form.cloneNode(true);

		HTMLFormElement.prototype.reset.call(copy);
		return entries_of(copy);
	}

	function changed() {
		return unsaved || entries_of(form) !== clean ||
			[...form.querySelectorAll("[type=file]")]
				.some((file) => file.value !== "");
	}

	function store() {
		const now = entries_of(form);
		let room = MOST - now.length;

		if (now === clean && !unsaved)
			return localStorage.removeItem(own);
		if (room < 0)
			return undefined;
		for (const draft of drafts())
			if (draft.key !== own && (room -= draft.text.length) < 0)
				localStorage.removeItem(draft.key);
		localStorage.setItem(own, Date.now() + now);
	}

	function keep() {
		clearTimeout(timer);
		attempt(store);
	}

	function mark(key, sent) {
		attempt(() => sessionStorage.setItem(LAST,
			JSON.stringify({ key: key || "", sent: sent })));
	}

	function ask(event) {
		if (leaving || !changed())
			return;
		event.preventDefault();
		event.returnValue = true;
	}

	function warn() {
		if (!warns && changed())
			addEventListener("beforeunload", ask);
		warns = warns || changed();
	}

	/* Saved, or come back as a page of its own. */
	function settle(last) {
		const landed = form || document.querySelector(".note[role=status]");

		if (last.key === own || (came.type === "reload" && !unsaved))
			return;
		if (unsaved ? localStorage.getItem(own)
			: landed && last.sent && came.redirectCount > 0)
			localStorage.removeItem(last.key);
	}

	function take(draft) {
		const send = document.createElement("form");
		const along = form.querySelectorAll("[name=_token], [name=_list]");
		const entries = JSON.parse(draft.text.replace(/^\d+/, ""));

		entries.push(["_compare", "1"]);
		for (const field of along)
			entries.push([field.name, field.value]);
		send.method = "post";
		send.enctype = "multipart/form-data";
		send.hidden = true;
		send.setAttribute("action", form.getAttribute("action"));
		for (const [name, value] of entries) {
			const field = document.createElement("input");

			field.type = "hidden";
			field.name = name;
			field.value = value;
			send.appendChild(field);
		}
		keep();
		leaving = true;
		mark(draft.key, true);
		document.body.appendChild(send);
		HTMLFormElement.prototype.submit.call(send);
	}

	function plain(text) {
		return JSON.stringify(JSON.parse(text.replace(/^\d+/, ""))
			.filter((entry) => !/^_(etag|was)|\._etag$/.test(entry[0])));
	}

	function when(at) {
		const day = new Date(at).toDateString() === new Date().toDateString();

		return new Date(at).toLocaleString(document.documentElement.lang, {
			dateStyle: day ? undefined : "medium",
			timeStyle: "short", hourCycle: "h23" });
	}

	function offer() {
		const draft = drafts().find((each) => each.key !== own &&
			each.key.startsWith(mine));
		const box = document.createElement("div");
		const text = document.createElement("p");

		if (!draft)
			return undefined;
		if (plain(draft.text) === plain(clean)) {
			localStorage.removeItem(draft.key);
			return offer();
		}
		box.className = "note draft";
		box.setAttribute("role", "status");
		text.textContent = news.dataset.offer.replace("%1", when(draft.at));
		box.append(text);
		for (const [word, action] of [
			[news.dataset.take, () => take(draft)],
			[news.dataset.discard, function () {
				localStorage.removeItem(draft.key);
				box.replaceWith(offer() || "");
			}]]) {
			const button = document.createElement("button");

			button.type = "button";
			button.className = "second";
			button.textContent = word;
			button.addEventListener("click", action);
			box.append(button, " ");
		}
		form.parentNode.insertBefore(box, form);
		return box;
	}

	function begin() {
		const last = attempt(() => JSON.parse(sessionStorage.getItem(LAST)));
		const along = document.querySelector("[name=_submission]");

		/* a form that waits for its sender to log in again */
		if (!form && along && last && last.key.endsWith(along.value))
			return;
		if (form) {
			unsaved = "unsaved" in news.dataset;
			mine = DRAFT + news.dataset.person + "\n" +
				form.getAttribute("action").replace(/#.*/, "") + "\n";
			own = mine + form.querySelector("[name=_submission]").value;
			clean = pristine();
			if (changed())
				keep();
			warn();
		}
		if (last && came.type !== "back_forward")
			attempt(() => settle(last));
		mark(own, false);
		attempt(() => drafts().forEach((draft) =>
			draft.at < Date.now() - OLDEST &&
				localStorage.removeItem(draft.key)));
		if (form && !unsaved)
			attempt(offer);
		/* what a form's address has behind it (view/post) tells nobody
		 * anything */
		if (!unsaved && /^#[0-9a-f]{6}$/.test(location.hash))
			history.replaceState(history.state, "",
				location.pathname + location.search);
	}

	begin();
	if (!form)
		return;
	for (const type of ["input", "change"])
		form.addEventListener(type, function () {
			/* what was saved is not what stands here now */
			document.querySelectorAll(".saved").forEach(
				(note) => note.remove());
			leaving = false;
			clearTimeout(timer);
			timer = setTimeout(keep, WAIT);
			warn();
		});
	form.addEventListener("submit", function () {
		keep();
		leaving = true;
		mark(own, true);
	});
	/* what is said by a button needs no question */
	form.querySelectorAll(".actions a.button").forEach((link) =>
		link.addEventListener("click", () => { leaving = true; }));
	document.addEventListener("visibilitychange",
		() => document.hidden && !leaving && keep());
	addEventListener("pageshow", function (event) {
		leaving = false;
		if (event.persisted)
			mark(own, false);
		warn();
	});
})();

/* A file that is longer than what can be sent at once goes in parts. */
(function () {
	const TOKEN_BYTES = 16;

	function token() {
		const bytes = crypto.getRandomValues(new Uint8Array(TOKEN_BYTES));

		return Array.from(bytes, (byte) =>
			byte.toString(16).padStart(2, "0")).join("");
	}

	async function send(form, file, size) {
		const status = form.querySelector(".sending");
		const sealed = form.elements.namedItem("_token");
		const parts = Math.ceil(file.size / size);
		const name = token();

		for (let part = 0; part < parts; part++) {
			const data = new FormData();

			status.textContent = form.dataset.sending
				.replace("%1", part + 1).replace("%2", parts);
			if (sealed)
				data.append("_token", sealed.value);
			data.append("_upload", name);
			data.append("_part", part);
			data.append("_parts", parts);
			data.append("_name", file.name);
			data.append("_file",
				file.slice(part * size, (part + 1) * size), file.name);
			const reply = await fetch(form.getAttribute("action"), {
				method: "POST", body: data, redirect: "manual" });

			if (reply.type !== "opaqueredirect")
				throw new Error(String(reply.status));
		}
		location.assign(form.getAttribute("action") + "&_upload=" + name);
	}

	document.querySelectorAll("form.import").forEach(function (form) {
		form.addEventListener("submit", function (event) {
			const file = form.elements.namedItem("_file").files[0];
			const size = Number(form.dataset.part);

			if (!file || file.size <= size)
				return;
			event.preventDefault();
			send(form, file, size).catch(function () {
				form.querySelector(".sending").textContent =
					form.dataset.failed;
			});
		});
	});
})();
