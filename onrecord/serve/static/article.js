/* Conveniences of the evidence: words and record light up together, layers switch at once, citations are copied. */
"use strict";
(() => {
  const evidence = document.getElementById("evidence");
  const one = (id) => (id ? document.getElementById(id) : null);
  let at = null; // the card that is lit

  function light(card, from) {
    for (const lit of document.querySelectorAll(".now")) lit.classList.remove("now");
    at = card;
    evidence.classList.toggle("peek", !!card && from === "words"); // where records are not beside the text, this one comes to it
    if (!card) return;
    const words = [...document.querySelectorAll("article [data-r]")].filter((a) => a.dataset.r.split(" ").includes(card.id));
    card.classList.add("now");
    for (const a of words) a.classList.add("now");
    if (from === "words") reveal(card, words);
    else if (from === "record") words[0]?.scrollIntoView({ block: "center" });
  }

  /* Scrolls the records alone, so that the words stay where they are; those that a record would cover come up. */
  function reveal(card, words) {
    const panel = card.closest("aside"), c = card.getBoundingClientRect(), p = panel.getBoundingClientRect();
    if (getComputedStyle(card).position === "fixed" && words[0]?.getBoundingClientRect().bottom > c.top) words[0].scrollIntoView({ block: "center" });
    if (panel.scrollHeight <= panel.clientHeight) return;
    if (c.top < p.top) panel.scrollTop += c.top - p.top - 8;
    else if (c.bottom > Math.min(p.bottom, innerHeight)) panel.scrollTop += c.bottom - Math.min(p.bottom, innerHeight) + 8;
  }

  /* #p… are words, #r… is their record. Words that are in another piece of a long article are gone to. */
  function follow() {
    const name = location.hash.slice(1);
    const card = /^[pr][0-9a-f]{16}$/.test(name) ? one("r" + name.slice(1)) : null;
    if (card) {
      sessionStorage.removeItem(name);
      light(card, name[0] === "p" ? "words" : "record");
      if (name[0] === "p") one(name)?.scrollIntoView({ block: "center" });
    } else if (/^p[0-9a-f]{16}$/.test(name) && !one(name) && document.querySelector(".pieces") && !sessionStorage.getItem(name)) {
      sessionStorage.setItem(name, "gone");
      location.replace("/part/" + name.slice(1));
    }
  }

  document.addEventListener("click", (event) => {
    const words = event.target.closest("article [data-r]");
    if (words && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      const records = words.dataset.r.split(" ").filter((id) => one(id)?.offsetParent);
      event.preventDefault();
      if (!records.length) return;
      const next = records[(records.indexOf(at?.id) + 1) % records.length];
      history.replaceState(null, "", "#p" + next.slice(1));
      light(one(next), "words");
    }
    else if (at && !event.target.closest("aside,form")) light(null);
    const copy = event.target.closest("[data-copy]");
    if (copy) navigator.clipboard.writeText(copy.parentElement.querySelector("pre").textContent).then(
      () => { copy.nextElementSibling.textContent = "Copied."; },
      () => { copy.nextElementSibling.textContent = "Not allowed here: select the text instead."; });
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && at) light(null); });
  document.addEventListener("focusin", (event) => {
    const card = event.target.closest?.(".card[data-item]");
    if (card && card !== at) light(card, event.target === card && card.matches(":focus-visible") ? "record" : "");
  });
  document.addEventListener("change", (event) => {
    const layer = event.target.dataset.layer;
    if (!layer) return;
    evidence.classList.toggle("hide-" + layer, !event.target.checked);
    const query = new URLSearchParams(new FormData(event.target.form));
    if (!event.target.form.querySelector("[data-layer]:not(:checked)")) query.delete("layers");
    history.replaceState(null, "", location.pathname + (query.size ? "?" + query : "") + location.hash);
  });
  function ready() {
    for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;
    for (const button of document.querySelectorAll("[data-unscripted]")) button.hidden = true;
  }
  document.addEventListener("htmx:afterSettle", () => { ready(); document.getElementById("citation")?.scrollIntoView({ block: "nearest" }); });
  addEventListener("hashchange", follow);
  ready();
  if (evidence) follow();
})();
