// Comforts that pages do without where scripts are off: colours by choice, lists to sift and to sort, a word when
// nothing has been built for long, and today in the name of a new note.
"use strict";
(() => {
  const root = document.documentElement;
  const schemes = ["auto", "light", "dark"];
  const recall = () => {
    try { return localStorage.getItem("scheme"); } catch { return null; }
  };
  const show = (scheme) => {
    if (scheme === "light" || scheme === "dark") root.dataset.scheme = scheme;
    else delete root.dataset.scheme;
  };
  // Before anything is drawn, so that no page flashes.
  show(recall());

  const offerSchemes = (button) => {
    const name = () => {
      const said = button.dataset[root.dataset.scheme || "auto"];
      button.setAttribute("aria-label", said);
      button.title = said;
    };
    button.addEventListener("click", () => {
      const next = schemes[(schemes.indexOf(root.dataset.scheme || "auto") + 1) % schemes.length];
      show(next);
      try { localStorage.setItem("scheme", next); } catch { /* it holds for this page then */ }
      name();
    });
    name();
    button.hidden = false;
  };

  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();

  // Sifts the rows of every group below; what is chosen stands in the address, so that it can be shared.
  const offerSift = (form) => {
    const groups = [...document.querySelectorAll("section.group")].map((section) => ({
      section,
      momentum: section.id.slice(1),
      list: section.querySelector("ul"),
      label: section.querySelector(".momentum"),
      count: section.querySelector(".count"),
    }));
    const rows = groups.flatMap((group) => [...group.list.children].map((item) => {
      const title = item.querySelector("h3").textContent;
      const kept = /(\d+)(?:\D+(\d+))?/.exec(item.querySelector(".kept")?.textContent || "");
      const names = [...item.querySelectorAll(".who bdi")].map((name) => fold(name.textContent));
      return {
        item, title, group,
        people: names,
        name: fold(title),
        roles: (item.dataset.r || "").split(" "),
        cohort: item.dataset.c || "",
        share: kept ? kept[1] / Math.max(kept[2] || kept[1], 1) : -1,
      };
    }));
    const all = document.createElement("ul");
    all.className = "rows plain";
    all.hidden = true;
    groups[0].section.before(all);
    const compare = {
      name: (a, b) => a.title.localeCompare(b.title, root.lang),
      kept: (a, b) => a.share - b.share || compare.name(a, b),
      cohort: (a, b) => a.cohort.localeCompare(b.cohort, root.lang) || compare.name(a, b),
    };
    const fields = form.elements;

    const matches = (row, wanted) => {
      if (wanted.m && row.group.momentum !== wanted.m) return false;
      if (wanted.c && row.cohort !== wanted.c) return false;
      const has = (name) => name.includes(wanted.q);
      const isNamed = has(row.name) || row.people.some(has);
      if (wanted.r === "-") return isNamed && !row.roles.some((role) => role.endsWith("mentor"));
      // A name and a role together mean somebody of that name in that role.
      if (wanted.r) return row.roles.some((role, place) => role === wanted.r && has(row.people[place] || ""));
      return isNamed;
    };

    const sift = () => {
      const wanted = { q: fold(fields.q.value.trim()) };
      for (const key of ["c", "r", "m"]) wanted[key] = fields[key]?.value || "";
      const order = compare[fields.s.value];
      let found = 0;
      for (const row of rows) {
        row.item.hidden = !matches(row, wanted);
        found += !row.item.hidden;
      }
      all.hidden = !order;
      for (const group of groups) {
        const own = rows.filter((row) => row.group === group);
        group.count.textContent = own.filter((row) => !row.item.hidden).length;
        if (!order) group.list.append(...own.map((row) => row.item));
        group.section.hidden = !!order || own.every((row) => row.item.hidden);
      }
      for (const row of rows) {
        row.item.querySelector(":scope > .momentum")?.remove();
        if (order) row.item.append(row.group.label.cloneNode(true));
      }
      if (order) all.append(...[...rows].sort(order).map((row) => row.item));
      fields.found.value = form.dataset.found.replace("#", found).replace("#", rows.length);
    };

    const keep = () => {
      const chosen = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
      try { history.replaceState(null, "", chosen.size ? `?${chosen}` : location.pathname); } catch { /* file: */ }
    };
    for (const [key, value] of new URLSearchParams(location.search)) {
      if (fields[key] && "value" in fields[key]) fields[key].value = value;
    }
    let waiting = 0;
    form.addEventListener("input", () => {
      cancelAnimationFrame(waiting);
      waiting = requestAnimationFrame(() => { sift(); keep(); });
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => requestAnimationFrame(() => { sift(); keep(); }));
    form.hidden = false;
    sift();
  };

  const DAY = 86400000;
  const days = () => {
    const now = new Date();
    return Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) / DAY;
  };

  // The day of the build stands in today.css, which has been read when the page has been.
  const warnWhenStale = (note) => {
    const read = (name) => parseInt(getComputedStyle(root).getPropertyValue(name), 10);
    note.hidden = !(days() - read("--today") > read("--stale-after"));
  };

  const nameNoteOfToday = (link) => {
    const day = new Date(days() * DAY).toISOString().slice(0, 10);
    link.href = link.getAttribute("href").replace("YYYY-MM-DD", day);
  };

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll(".stale").forEach(warnWhenStale);
    document.querySelectorAll("a.log").forEach(nameNoteOfToday);
    document.querySelectorAll("button.scheme").forEach(offerSchemes);
    document.querySelectorAll("form.sift").forEach((form) => {
      if (document.querySelector("section.group")) offerSift(form);
    });
  });
})();
