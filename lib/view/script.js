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
