(function () {
  "use strict";
  var cards = Array.from(document.querySelectorAll(".card[id]"));
  var help = document.getElementById("help");
  var at = null;

  function named() {
    var id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch (e) { return ""; }
    return id;
  }

  function marksOf(card) {
    return Array.from(document.querySelectorAll("article [data-r]")).filter(function (n) {
      return n.dataset.r.split(" ").includes(card.id);
    });
  }

  // Scrolls the panel alone, so that the words stay where they are.
  function reveal(card, panel) {
    var c = card.getBoundingClientRect(), p = panel.getBoundingClientRect(), floor = Math.min(p.bottom, innerHeight);
    if (c.top < p.top) { panel.scrollTop += c.top - p.top - 8; }
    else if (c.bottom > floor) { panel.scrollTop += c.bottom - floor + 8; }
  }

  // The address says which record is lit: "#t-…" came from its card, "#…" from its words.
  function light() {
    var id = named(), inText = id.startsWith("t-");
    document.querySelectorAll(".now").forEach(function (n) { n.classList.remove("now"); });
    at = document.getElementById(inText ? id.slice(2) : id);
    if (!at || !at.classList.contains("card")) { at = null; return; }
    var marks = marksOf(at);
    at.classList.add("now");
    marks.forEach(function (n) { n.classList.add("now"); });
    if (inText && marks[0]) { marks[0].scrollIntoView({ block: "center" }); }
    reveal(at, at.closest("aside"));
  }

  function show(hash) {
    if (location.hash === hash) { light(); } else { location.replace(hash); }
  }

  function go(step) {
    if (!cards.length) { return; }
    var n = cards.indexOf(at);
    n = n < 0 ? (step > 0 ? 0 : cards.length - 1) : (n + step + cards.length) % cards.length;
    show("#t-" + cards[n].id);
  }

  document.querySelectorAll("[data-layer]").forEach(function (box) { box.hidden = false; });
  document.addEventListener("change", function (e) {
    var layer = e.target.dataset.layer;
    if (layer) { e.target.closest(".page").classList.toggle("hide-" + layer, !e.target.checked); }
  });
  document.addEventListener("click", function (e) {
    var mark = e.target.closest("article [data-r]");
    if (!mark || e.ctrlKey || e.metaKey || e.shiftKey) { return; }
    var records = mark.dataset.r.split(" ");
    e.preventDefault();
    show("#" + records[(records.indexOf(at ? at.id : "") + 1) % records.length]);
  });
  document.addEventListener("keydown", function (e) {
    if (e.ctrlKey || e.metaKey || e.altKey || help.open) { return; }
    if (e.key === "j") { go(1); }
    else if (e.key === "k") { go(-1); }
    else if (e.key === "?") { help.showModal(); }
    else if (e.key === "Escape") { location.replace("#none"); }
  });
  window.addEventListener("hashchange", light);
  light();
})();
