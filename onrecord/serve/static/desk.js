/* Conveniences over pages that work without: times by the reader's clock, keys, and news as it comes. */
"use strict";
(() => {
  let minute;

  function times(root) {
    minute ??= new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
    for (const time of root.querySelectorAll("time[datetime]:not([data-local])")) {
      const at = time.getAttribute("datetime");
      time.dataset.local = "";
      if (at.length <= 10 || Number.isNaN(Date.parse(at))) continue;
      if (!time.dataset.source) time.title = time.textContent;
      time.textContent = minute.format(new Date(at));
    }
  }

  const items = () => [...document.querySelectorAll("[data-item]")];
  function move(step) {
    const all = items();
    if (!all.length) return;
    const now = all.indexOf(document.activeElement?.closest("[data-item]"));
    const next = all[now < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, now + step))];
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }
  function press(role) {
    const item = document.activeElement?.closest("[data-item]");
    item?.querySelector(`[data-key="${role}"]`)?.click();
  }

  /* Keys of one letter can be switched off (WCAG 2.1.4); the browser remembers it. */
  const help = document.getElementById("help");
  const switched = document.getElementById("keys-on");
  const off = () => { try { return localStorage.getItem("keys") === "off"; } catch { return false; } };
  if (switched) {
    switched.checked = !off();
    switched.addEventListener("change", () => { try { localStorage.setItem("keys", switched.checked ? "on" : "off"); } catch { /* not remembered */ } });
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || off()) return;
    if (event.target.closest("input,select,textarea,[contenteditable]")) return;
    if (event.key === "j") move(1);
    else if (event.key === "k") move(-1);
    else if (event.key === "?" && help) help.open ? help.close() : help.showModal();
    else if (event.key === "/") {
      const box = document.querySelector("input[type=search]");
      if (box) box.focus();
      else location.assign("/search");
    } else if (event.key.length === 1 && document.querySelector(`[data-item] [data-key="${CSS.escape(event.key)}"]`)) press(event.key);
    else return;
    event.preventDefault();
  });
  for (const button of document.querySelectorAll("[data-help]")) {
    button.hidden = false;
    button.addEventListener("click", () => help.showModal());
  }

  /* A mark shows at once; the record's answer follows. */
  const toggled = (element) => element.closest('[data-key="s"]')?.closest("[data-item]")?.classList.toggle("is-seen");
  document.addEventListener("click", (event) => toggled(event.target));

  /* What htmx asked for and did not get is said at the top, and a mark that was not kept is taken back. */
  function trouble(event) {
    toggled(event.target);
    const answer = new DOMParser().parseFromString(event.detail.xhr.responseText || "", "text/html");
    let line = document.getElementById("trouble");
    if (!line) {
      line = document.createElement("p");
      Object.assign(line, { id: "trouble", className: "wrong" });
      line.setAttribute("role", "alert");
      document.getElementById("main").prepend(line);
    }
    line.textContent = answer.querySelector(".wrong, h1 + p")?.textContent || "The desk does not answer; nothing was changed. Is it still running?";
  }
  document.addEventListener("htmx:sendError", trouble);
  document.addEventListener("htmx:responseError", trouble);

  /* What carries data-live is asked for again when the record has news of that kind; htmx does the asking. */
  if (document.querySelector("[data-live]")) {
    let known = null;
    const news = new EventSource("/live");
    news.addEventListener("record", (event) => {
      const told = JSON.parse(event.data);
      if (known && JSON.stringify(known) !== JSON.stringify(told)) document.body.dispatchEvent(new Event("record"));
      known = told;
    });
    addEventListener("pagehide", () => news.close());
  }

  /* Addresses that htmx asks for and shows hold no empty values. */
  document.addEventListener("htmx:configRequest", ({ detail }) => {
    if (detail.verb !== "get") return;
    for (const [name, value] of Object.entries(detail.parameters)) if (value === "") delete detail.parameters[name];
  });

  /* A fresh copy of a list keeps the place of who was reading it. */
  let place = null;
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    place = document.activeElement?.closest("[data-item]")?.id || null;
    const { target, requestConfig: { elt } } = detail;
    /* htmx would take leave of each old element by two events, most of the time of a swap */
    if (detail.shouldSwap && (elt === target || !target.contains(elt))) target.replaceChildren();
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    document.getElementById("trouble")?.remove();
    times(event.target.parentElement || document);
    if (place) document.getElementById(place)?.focus({ preventScroll: true });
  });
  requestAnimationFrame(() => setTimeout(() => times(document))); // after the first paint, as a browser takes long to begin with dates
})();
