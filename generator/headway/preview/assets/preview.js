// In a page of the preview: asks whether it is still what there is, and keeps the reader's place when it is not.
"use strict";
(() => {
  const host = document.querySelector("headway-preview");
  const root = host && host.shadowRoot;
  if (!root) return;
  const PLACE = "headway-place", CLOSED = "headway-closed", LAST = "headway-last";
  const own = { page: host.dataset.page, panel: host.dataset.panel, assets: JSON.parse(host.dataset.assets || "null") };
  const address = host.dataset.address;

  // The reader's place: scrolling, what is unfolded, what has the focus

  const details = () => [...document.querySelectorAll("details")];
  const words = (element) => (element.querySelector("summary") || element).textContent.trim().slice(0, 80);

  function pathTo(element) {
    const steps = [];
    for (let at = element; at && at !== document.documentElement; at = at.parentElement) {
      if (at.id) return [`#${CSS.escape(at.id)}`, ...steps].join(">");
      steps.unshift(`${at.localName}:nth-of-type(${1 + [...at.parentElement.children].filter((e) => e.localName === at.localName).indexOf(at)})`);
    }
    return ["html", ...steps].join(">");
  }

  function keepPlace() {
    const focus = document.activeElement;
    const place = {
      address, x: scrollX, y: scrollY,
      open: details().map((one) => [words(one), one.open]),
      focus: focus && focus !== document.body && focus !== host ? pathTo(focus) : null,
      typed: focus && "value" in focus && focus.type !== "password" ? focus.value : null,
    };
    sessionStorage.setItem(PLACE, JSON.stringify(place));
  }

  function takePlace() {
    const kept = sessionStorage.getItem(PLACE);
    sessionStorage.removeItem(PLACE);
    const place = kept && JSON.parse(kept);
    if (!place || place.address !== address) return;
    const open = new Map(place.open.map(([said, isOpen]) => [said, isOpen]));
    details().forEach((one, number) => {
      const same = place.open[number];
      const known = same && same[0] === words(one) ? same[1] : open.get(words(one));
      if (known !== undefined) one.open = known;
    });
    const focus = place.focus && document.querySelector(place.focus);
    if (focus) {
      focus.focus({ preventScroll: true });
      if (place.typed !== null && "value" in focus) focus.value = place.typed;
    }
    const scroll = () => scrollTo({ left: place.x, top: place.y, behavior: "instant" });
    scroll();
    // Pictures and fonts that come late move what stands below them.
    addEventListener("load", () => { if (Math.abs(scrollY - place.y) < innerHeight) scroll(); }, { once: true });
  }

  function reload(page) {
    if (sessionStorage.getItem(LAST) === address + page) return; // done once for this very state, and that is enough
    sessionStorage.setItem(LAST, address + page);
    keepPlace();
    history.scrollRestoration = "manual";
    location.reload();
  }

  // The strip and the problems

  function dress() {
    const overlay = root.querySelector(".overlay");
    if (overlay) {
      const close = () => {
        overlay.hidden = true;
        sessionStorage.setItem(CLOSED, overlay.dataset.errors);
      };
      overlay.hidden = sessionStorage.getItem(CLOSED) === overlay.dataset.errors;
      overlay.querySelector(".close").addEventListener("click", close);
      overlay.addEventListener("click", (event) => { if (event.target === overlay) close(); });
      root.querySelector(".reopen").addEventListener("click", () => {
        overlay.hidden = false;
        overlay.querySelector(".sheet").focus();
      });
    }
    const copy = root.querySelector("[data-copy]");
    if (copy) {
      copy.addEventListener("click", async () => {
        const label = copy.querySelector(".label");
        try {
          await navigator.clipboard.writeText(copy.dataset.copy);
          label.textContent = "Copied";
        } catch {
          getSelection().selectAllChildren(copy.querySelector("bdi"));
        }
        setTimeout(() => { label.textContent = "Edit"; }, 1500);
      });
    }
  }

  addEventListener("keydown", (event) => {
    const overlay = root.querySelector(".overlay");
    if (event.key === "Escape" && overlay && !overlay.hidden) root.querySelector(".close").click();
  });

  async function renewPanel() {
    const response = await fetch(`/_headway/panel?page=${encodeURIComponent(address)}`);
    if (!response.ok) return;
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html").querySelector(".panel");
    const before = root.querySelector(".panel"), unfolded = before.querySelector("details[open]");
    before.replaceWith(fresh);
    if (unfolded && fresh.querySelector("details")) fresh.querySelector("details").open = true;
    dress();
  }

  // Files that the page uses: styles and pictures are exchanged without a reload

  const pathOf = (url) => { try { return decodeURIComponent(new URL(url, location).pathname); } catch { return ""; } };

  function exchange(changed, page) {
    if (changed.some((path) => path.endsWith(".js"))) return reload(page + changed.join());
    const isOurs = (path) => changed.includes(path) || changed.some((other) => other.startsWith("/assets/"));
    for (const link of document.querySelectorAll("link[rel~=stylesheet]")) {
      if (!isOurs(pathOf(link.href))) continue;
      const fresh = link.cloneNode();
      fresh.href = `${link.href.split("?")[0]}?${Date.now()}`;
      fresh.addEventListener("load", () => link.remove(), { once: true });
      fresh.addEventListener("error", () => fresh.remove(), { once: true });
      link.after(fresh);
    }
    for (const image of document.querySelectorAll("img[src]")) {
      if (changed.includes(pathOf(image.src))) image.src = `${image.src.split("?")[0]}?${Date.now()}`;
    }
  }

  // News

  function take(state) {
    if (state.page !== own.page) return reload(state.page);
    sessionStorage.removeItem(LAST);
    if (state.panel !== own.panel) {
      own.panel = state.panel;
      renewPanel();
    }
    const before = own.assets;
    own.assets = state.assets;
    const changed = Object.keys(state.assets).filter((path) => path in before && before[path] !== state.assets[path]);
    if (changed.length) exchange(changed, state.page);
  }

  let news = null;
  // A browser opens six streams to one server at most: only pages that are looked at have one.
  function listen() {
    if (document.hidden) {
      if (news) news.close();
      news = null;
    } else if (!news) {
      news = new EventSource(`/_headway/events?page=${encodeURIComponent(address)}`);
      news.addEventListener("state", (event) => take(JSON.parse(event.data)));
    }
  }

  dress();
  takePlace();
  if (own.assets) {
    listen();
    document.addEventListener("visibilitychange", listen);
    addEventListener("pagehide", () => { if (news) news.close(); news = null; });
    addEventListener("pageshow", (event) => { if (event.persisted) listen(); });
  }
})();
