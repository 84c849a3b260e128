// Search: "/" opens it, arrows move, Enter goes there, Escape closes. The list of chunks, one a partnership, is loaded
// when something is sought, and of the chunks those that can hold it, a few at a time. They are .js, so that they can be
// loaded from file://, or .json where a site is not for everybody (see headway/feeds/search.py).
"use strict";
(() => {
  const SHOWN = 60, AT_ONCE = 6, HELD = 12e6;
  const script = document.currentScript;
  if (!window.HTMLDialogElement) return;
  const list = new URL(script.dataset.list, location), root = new URL("..", list);

  // What no decomposition brings together: with it "soren" finds Søren and "strasse" Straße.
  const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ħ: "h", ı: "i", ς: "σ", ى: "ي", ی: "ي", ک: "ك", ة: "ه" };
  const letter = RegExp(`[${Object.keys(LETTERS).join("")}]`, "g");
  const fold = (text) => text.normalize("NFKD").replace(/[\p{M}\p{Cf}\u0640]/gu, "").toLowerCase().replace(letter, (found) => LETTERS[found]);

  // The runs of letters of a word, as numbers, and whether a chunk's sieve has them all (see headway/feeds/sieve.py).
  const count = (run) => run.reduce((number, one) => Math.imul(number ^ one.codePointAt(0), 16777619), 2166136261) >>> 0;
  const runs = (word) => /\p{Cn}/u.test(word) ? [] : [...word].flatMap((first, at, all) => {
    const length = first < "\u2e80" ? 4 : 2, run = all.slice(at, at + length);
    return run.length < length ? [] : [count(run)];
  });
  const holds = (bits, numbers) => !bits || numbers.every((number) => (number %= 8 * bits.length, bits.charCodeAt(number >> 3) >> (number & 7) & 1));

  const waiting = {};
  window.headwaySearch = (name, content) => waiting[name]?.(content);
  const load = (name, url) => /json$/.test(url.pathname)
    ? fetch(url).then((answer) => answer.json()).catch(() => null)
    : new Promise((done) => {
      waiting[name] = done;
      const tag = make("script", { src: url, onload: () => tag.remove(), onerror: () => done(null) });
      document.head.append(tag);
    });

  let kept = {}, size = 0;
  const chunk = (name) => kept[name] ??= load(name, new URL(name, root)).then((content) => {
    if (!content) delete kept[name];
    for (const entry of content ?? []) {
      entry.push(fold(`${entry[1]}\n${entry[4]}`));
      size += entry[4].length + entry[5].length + 300;
    }
    if (size > HELD) kept = {}, size = 0; // the browser's own cache has them
    return content;
  });

  const make = (name, properties, ...inside) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...inside);
    return element;
  };
  const input = make("input", { type: "search", placeholder: "Search", ariaLabel: "Search", autocomplete: "off", spellcheck: false });
  const said = make("p", { className: "search-said", role: "status" });
  const results = make("ul", { className: "search-found" });
  const box = make("div", { className: "search-box" }, input, make("button", { type: "button", textContent: "Close", onclick: () => dialog.close() }));
  const dialog = make("dialog", { className: "search", ariaLabel: "Search" }, box, said, results);

  // A line around its first match, all matches marked: each folded character knows where it comes from.
  const mark = (line, terms) => {
    const from = [], hits = [];
    let folded = "", at = 0;
    for (const character of line) {
      for (const part of fold(character)) folded += part, from.push(at);
      at += character.length;
    }
    for (const term of terms) {
      for (let start = -1; (start = folded.indexOf(term, start + 1)) >= 0;) {
        let end = start + term.length;
        while (from[end] === from[end - 1]) end++; // a letter is marked as a whole
        hits.push([from[start], from[end] ?? line.length]);
      }
    }
    hits.sort((one, other) => one[0] - other[0]);
    let done = Math.max(0, (hits[0]?.[0] ?? 0) - 60);
    if (done) done = line.indexOf(" ", done) + 1;
    const last = done + 180, nodes = [done ? "… " : ""];
    for (const [start, end] of hits) {
      if (start < done || start > last) continue;
      nodes.push(line.slice(done, start), make("mark", {}, line.slice(start, end)));
      done = end;
    }
    return [...nodes, line.slice(done, last), line.length > last ? " …" : ""];
  };

  const language = document.documentElement.lang;
  const say = (day) => new Date(day).toLocaleDateString(language === "en" ? "en-GB" : language, { dateStyle: "long", timeZone: "UTC" });
  const show = ([href, title, kind, day, text, folded], place, terms) => {
    const on = day && say(day), called = day === title ? on : title; // which may say where and when already
    const about = [!called.includes(place) && place, kind, !called.includes(on) && on].filter(Boolean).join(" · ");
    const name = called === title ? mark(title, terms) : [called];
    const [, ...lines] = folded.split("\n"), number = lines.findIndex((line) => terms.some((term) => line.includes(term)));
    const said = number < 0 ? [] : mark(text.split("\n")[number], terms);
    results.append(make("li", {}, make("a", { href: new URL(href, root) }, make("b", {}, ...name), make("small", {}, about), make("p", {}, ...said))));
  };

  let turn = 0, chunks;
  const search = async () => {
    const mine = ++turn, terms = fold(input.value).split(/\s+/).filter(Boolean), numbers = terms.flatMap(runs);
    results.replaceChildren();
    said.textContent = "";
    if (!terms.length) return;
    chunks ??= (await load("list", list))?.map(([name, title, sieve]) => [name, title, atob(sieve)]);
    const isHere = ([name]) => location.pathname.includes(`/partnerships/${name.split("/").pop().replace(/\.\w+$/, "")}/`);
    const all = (chunks ?? []).filter(([, , bits]) => holds(bits, numbers)).toSorted((one, other) => isHere(other) - isHere(one));
    let found = 0, lost = !chunks, coming = [];
    for (let next = 0; next < all.length && found < SHOWN && mine === turn; next++) {
      // The next few are on their way while this one is shown; those found stand in the order of the list.
      coming = all.slice(next, next + AT_ONCE).map(([name], ahead) => coming[ahead + 1] ?? chunk(name));
      const entries = await coming[0];
      if (mine !== turn) return;
      lost ||= !entries;
      for (const entry of entries ?? []) {
        if (found === SHOWN || !terms.every((term) => entry[5].includes(term))) continue;
        show(entry, all[next][1], terms);
        found++;
      }
      said.textContent = `${found} found, looking on …`;
    }
    if (mine !== turn) return;
    said.textContent = (found === SHOWN ? `The first ${SHOWN}; more words find less.` : found ? `${found} found.` : "Nothing found.") + (lost ? " Some of it could not be loaded." : "");
  };

  let pause;
  input.oninput = () => { clearTimeout(pause); pause = setTimeout(search, 120); };
  dialog.onclick = (event) => { if (event.target === dialog) dialog.close(); };
  dialog.onkeydown = (event) => {
    const stops = [input, ...results.querySelectorAll("a")], at = stops.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") dialog.close(); // a search field would only empty itself
    else if (event.key === "Enter" && at === 0) stops[1]?.click();
    else if (step && at >= 0) stops[at + step]?.focus();
    else return;
    event.preventDefault();
  };
  const open = () => {
    if (!dialog.isConnected) {
      document.head.append(make("link", { rel: "stylesheet", href: new URL("search.css", script.src) }));
      document.body.append(dialog);
    }
    dialog.showModal();
    input.select();
  };
  const lens = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20" viewBox="-10 -10 20 20" aria-hidden="true"><path d="M3 3 8 8M4.5-1.5a6 6 0 1 1-12 0a6 6 0 0 1 12 0z"/></svg>';
  const button = make("button", { className: "search-open", onclick: open, ariaKeyShortcuts: "/", ariaLabel: "Search" },
    new DOMParser().parseFromString(lens, "image/svg+xml").documentElement, make("span", {}, "Search"), make("kbd", { ariaHidden: "true" }, "/"));
  (document.querySelector("header .wide") ?? document.body).append(button);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || dialog.open || (event.target !== input && event.target.closest("input, textarea, select"))) return;
    event.preventDefault();
    open();
  });
})();
