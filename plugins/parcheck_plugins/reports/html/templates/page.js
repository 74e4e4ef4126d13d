// SPDX-License-Identifier: Apache-2.0
// What makes the page handier: nothing on it needs this.
(function () {
  "use strict";
  var root = document.documentElement;
  var KEY = "parcheck-language";

  function all(selector, within) {
    return Array.prototype.slice.call((within || document).querySelectorAll(selector));
  }
  function language() {
    return root.getAttribute("data-lang");
  }
  function keep(value) {
    try {
      if (value) { window.localStorage.setItem(KEY, value); }
      return window.localStorage.getItem(KEY);
    } catch (refused) {
      return null;
    }
  }
  // Search without tone marks and capitals, as people type.
  function fold(text) {
    return text.toLowerCase().replace(/đ/g, "d").normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/\s+/g, " ");
  }

  var listeners = [];
  function speak(chosen) {
    root.lang = chosen;
    root.setAttribute("data-lang", chosen);
    document.title = root.getAttribute("data-title-" + chosen);
    all("option[data-vi]").forEach(function (option) { option.textContent = option.getAttribute("data-" + chosen); });
    all("input[name=language]").forEach(function (input) { input.checked = input.value === chosen; });
    listeners.forEach(function (tell) { tell(); });
  }

  function say(place, shown, total) {
    place.textContent = place.getAttribute("data-" + language()).replace("{shown}", shown).replace("{total}", total);
  }

  function boxes(tools, name) {
    return all("input[name=" + name + "]", tools);
  }
  function chosen(tools, name) {
    return boxes(tools, name).filter(function (box) { return box.checked; }).map(function (box) { return box.value; });
  }
  function folded(element) {
    if (element.foldedText === undefined) { element.foldedText = fold(element.textContent); }
    return element.foldedText;
  }

  function unit(section) {
    var tools = section.querySelector(".tools");
    if (!tools) { return; }
    var find = tools.querySelector("input[type=search]");
    var order = tools.querySelector("select");
    var criteria = all(".criterion", section);
    var fields = all(".field", section);
    var homes = criteria.map(function (criterion) { return criterion.parentNode; });
    var sorted = section.querySelector(".sorted");
    var rows = all(".register tbody tr", section);

    function apply() {
      var outcomes = chosen(tools, "outcome");
      var levels = chosen(tools, "severity");
      var every = levels.length === boxes(tools, "severity").length;
      var wanted = fold(find.value.trim());
      var shown = 0;
      criteria.forEach(function (criterion) {
        var findings = all(".finding", criterion);
        var left = 0;
        findings.forEach(function (finding) {
          finding.hidden = levels.indexOf(finding.getAttribute("data-severity")) < 0;
          left += finding.hidden ? 0 : 1;
        });
        criterion.hidden = outcomes.indexOf(criterion.getAttribute("data-outcome")) < 0 ||
          (!every && !left) || folded(criterion).indexOf(wanted) < 0;
        shown += criterion.hidden ? 0 : 1;
      });
      fields.forEach(function (field) {
        field.hidden = !all(".criterion", field).some(function (criterion) { return !criterion.hidden; });
      });
      rows.forEach(function (row) { row.hidden = folded(row).indexOf(wanted) < 0; });
      say(tools.querySelector(".shown"), shown, criteria.length);
    }

    function arrange() {
      var by = order.value;
      if (by === "set") {
        criteria.forEach(function (criterion, i) { homes[i].appendChild(criterion); });
      } else {
        var names = boxes(tools, "outcome").map(function (box) { return box.value; });
        criteria.map(function (criterion, i) {
          var rank = by === "stake" ? -Number(criterion.getAttribute("data-stake"))
            : names.indexOf(criterion.getAttribute("data-outcome"));
          return [rank, i, criterion];
        }).sort(function (a, b) { return a[0] - b[0] || a[1] - b[1]; })
          .forEach(function (entry) { sorted.appendChild(entry[2]); });
      }
      apply();
    }

    tools.hidden = false;
    tools.addEventListener("change", function (event) {
      if (event.target === order) { arrange(); } else { apply(); }
    });
    find.addEventListener("input", apply);
    all("[data-fold]", tools).forEach(function (button) {
      button.addEventListener("click", function () {
        criteria.forEach(function (criterion) { criterion.open = button.getAttribute("data-fold") === "open"; });
      });
    });
    tools.querySelector("[data-reset]").addEventListener("click", function () {
      all("input[type=checkbox]", tools).forEach(function (box) { box.checked = true; });
      find.value = "";
      order.value = "set";
      arrange();
    });
    all("a[data-only]", section).forEach(function (link) {
      link.addEventListener("click", function () {
        boxes(tools, "outcome").forEach(function (box) { box.checked = box.value === link.getAttribute("data-only"); });
        apply();
      });
    });
    listeners.push(apply);
  }

  function index(section) {
    var tools = section.querySelector(".tools");
    var find = tools.querySelector("input[type=search]");
    var rows = all("table.units tbody tr", section);
    function apply() {
      var states = chosen(tools, "state");
      var wanted = fold(find.value.trim());
      var shown = 0;
      rows.forEach(function (row) {
        row.hidden = states.indexOf(row.getAttribute("data-state")) < 0 ||
          fold(row.querySelector("th").textContent).indexOf(wanted) < 0;
        shown += row.hidden ? 0 : 1;
      });
      say(tools.querySelector(".shown"), shown, rows.length);
    }
    tools.hidden = false;
    tools.addEventListener("change", apply);
    find.addEventListener("input", apply);
    listeners.push(apply);
  }

  function sortable(table) {
    var body = table.querySelector("tbody");
    all("thead th", table).forEach(function (head, column) {
      var kind = head.getAttribute("data-sort");
      if (!kind) { return; }
      var button = document.createElement("button");
      button.type = "button";
      while (head.firstChild) { button.appendChild(head.firstChild); }
      head.appendChild(button);
      button.addEventListener("click", function () {
        var down = head.getAttribute("aria-sort") === "ascending";
        all("thead th", table).forEach(function (other) { other.removeAttribute("aria-sort"); });
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        all("tr", body).map(function (row, i) {
          var cell = row.children[column];
          var key = cell.getAttribute("data-key");
          key = key === null ? cell.textContent.trim() : key;
          return [kind === "number" ? (key === "" ? -Infinity : Number(key)) : key, i, row];
        }).sort(function (a, b) {
          var order = kind === "number" ? (a[0] === b[0] ? 0 : a[0] < b[0] ? -1 : 1)
            : a[0].localeCompare(b[0], "vi", { numeric: true });
          return (down ? -order : order) || a[1] - b[1];
        }).forEach(function (entry) { body.appendChild(entry[2]); });
      });
    });
  }

  // A link into something folded unfolds it.
  function reveal() {
    var target = null;
    try {
      target = document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
    } catch (badly) {
      return;
    }
    for (var at = target; at; at = at.parentElement) {
      if (at.tagName === "DETAILS") { at.open = true; }
      if (at.hidden) { at.hidden = false; }
    }
    if (target) { target.scrollIntoView(); }
  }

  var unfolded = [];
  window.addEventListener("beforeprint", function () {
    unfolded = all("details.criterion:not([open]), details.others:not([open])");
    unfolded.forEach(function (each) { each.open = true; });
  });
  window.addEventListener("afterprint", function () {
    unfolded.forEach(function (each) { each.open = false; });
  });
  window.addEventListener("hashchange", reveal);

  root.classList.add("js");
  all(".unit").forEach(unit);
  all(".index").forEach(index);
  all("table").forEach(sortable);
  all("input[name=language]").forEach(function (input) {
    input.addEventListener("change", function () { keep(input.value); speak(input.value); });
  });
  var before = keep();
  speak(before === "vi" || before === "en" ? before : language());
  if (window.location.hash.length > 1) { reveal(); }
}());
