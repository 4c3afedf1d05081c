// What pages do in the browser besides what they do without it: search while one
// types, and say so when a button is at work. Without this file all works, with
// one more click.
(function () {
  "use strict";
  document.documentElement.classList.add("js");

  var kept = new Map();
  // A button that was pressed says what is going on, and cannot be pressed twice.
  document.addEventListener("submit", function (event) {
    var button = event.submitter;
    if (!button || !button.dataset.busy) return;
    if (button.getAttribute("aria-disabled") === "true") { event.preventDefault(); return; }
    kept.set(button, Array.from(button.childNodes));
    button.setAttribute("aria-disabled", "true");
    button.replaceChildren(button.dataset.busy);
  });
  // Who comes back to a kept page finds the buttons as they were.
  window.addEventListener("pageshow", function () {
    kept.forEach(function (nodes, button) {
      button.replaceChildren.apply(button, nodes);
      button.removeAttribute("aria-disabled");
    });
    kept.clear();
  });

  var mend = document.getElementById("mend");
  if (mend) mend.focus();

  var form = document.querySelector("form[data-live]");
  if (!form) return;
  var fold = form.querySelector("[data-fold]");
  if (fold && window.matchMedia("(max-width: 50rem)").matches) fold.open = false;

  var timer = 0, asked = null;
  form.addEventListener("input", function (event) { wait(event.target.type === "search" ? 250 : 0); });
  form.addEventListener("submit", function (event) { event.preventDefault(); wait(0); });

  function wait(time) {
    window.clearTimeout(timer);
    timer = window.setTimeout(ask, time);
  }

  // ask fetches the parts of the page that the answer changes; a newer question ends an older one.
  function ask() {
    var query = new URLSearchParams(new FormData(form));
    var address = form.getAttribute("action") + "?" + query;
    if (asked) asked.abort();
    asked = new AbortController();
    var slow = window.setTimeout(busy, 200);
    query.set("part", "1");
    fetch(form.getAttribute("action") + "?" + query, { signal: asked.signal }).then(function (answer) {
      if (!answer.ok) throw new Error("status " + answer.status);
      return answer.text();
    }).then(function (text) {
      show(text);
      keepPlace(address);
    }).catch(function (error) {
      if (error.name !== "AbortError") window.location.assign(address); // the page itself says what is wrong
    }).finally(function () { window.clearTimeout(slow); });
  }

  // keepPlace writes the search into the address, and into the links that come back to it.
  function keepPlace(address) {
    window.history.replaceState(null, "", address);
    document.querySelectorAll(".languages a").forEach(function (a) { a.href = address + "&lang=" + a.lang; });
    document.querySelectorAll(".bar a[href^='/who']").forEach(function (a) { a.href = "/who?back=" + encodeURIComponent(address) + a.hash; });
  }

  function busy() {
    form.setAttribute("aria-busy", "true");
    document.getElementById("count").textContent = form.dataset.busy;
  }

  // show puts the parts in place, and the focus and what was unfolded back where they were.
  function show(text) {
    var found = new DOMParser().parseFromString(text, "text/html");
    var focused = document.activeElement && document.activeElement.id;
    var unfolded = Array.from(document.querySelectorAll("#facets details[open]"), function (d) { return d.id; });
    ["count", "filtered", "facets", "results"].forEach(function (id) {
      document.getElementById(id).replaceChildren.apply(document.getElementById(id), Array.from(found.getElementById(id).childNodes));
    });
    unfolded.concat(focused || []).forEach(function (id) {
      var element = document.getElementById(id);
      if (element && element.tagName === "DETAILS") element.open = true;
    });
    var back = focused && document.getElementById(focused);
    if (back && back !== document.activeElement) back.focus();
    form.removeAttribute("aria-busy");
  }
})();
