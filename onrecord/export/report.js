(function () {
  "use strict";
  var cards = Array.prototype.slice.call(document.querySelectorAll(".card[id]"));
  var at = -1;
  function light(card) {
    document.querySelectorAll(".now").forEach(function (n) { n.classList.remove("now"); });
    if (!card) { return; }
    card.classList.add("now");
    var marks = document.querySelectorAll('article a[data-r~="' + card.id + '"]');
    marks.forEach(function (n) { n.classList.add("now"); });
    if (marks[0]) { marks[0].scrollIntoView({ block: "center" }); }
    card.scrollIntoView({ block: "nearest" });
    var link = card.querySelector("a.goto");
    if (link) { link.focus({ preventScroll: true }); }
  }
  function go(step) {
    if (!cards.length) { return; }
    at = at < 0 ? (step > 0 ? 0 : cards.length - 1) : (at + step + cards.length) % cards.length;
    light(cards[at]);
  }
  document.querySelectorAll(".bar").forEach(function (bar) { bar.hidden = false; });
  document.addEventListener("change", function (e) {
    var layer = e.target.getAttribute && e.target.getAttribute("data-layer");
    if (layer) { e.target.closest(".page").classList.toggle("hide-" + layer, !e.target.checked); }
  });
  document.addEventListener("click", function (e) {
    var mark = e.target.closest && e.target.closest("article a[data-r]");
    if (!mark) { return; }
    var card = document.getElementById(mark.getAttribute("data-r").split(" ")[0]);
    at = cards.indexOf(card);
    light(card);
  });
  document.addEventListener("keydown", function (e) {
    if (e.ctrlKey || e.metaKey || e.altKey || /INPUT|TEXTAREA|SELECT/.test(e.target.tagName)) { return; }
    var help = document.getElementById("help");
    if (e.key === "j") { go(1); } else if (e.key === "k") { go(-1); }
    else if (e.key === "?" && help.showModal) { help.showModal(); }
    else if (e.key === "Escape") { light(null); at = -1; }
  });
})();
