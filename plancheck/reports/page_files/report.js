"use strict";
// Sorting, searching and filtering of the tables; without scripts the page shows everything in the plan's order.
(function () {
  function value(row, at) {
    var cell = row.cells[at], key = cell.getAttribute("data-sort");
    return key === null ? cell.textContent.trim() : key;
  }
  function compare(one, other) {
    if (one === "" || other === "") { return (one === "") - (other === ""); }
    var a = Number(one), b = Number(other);
    return isNaN(a) || isNaN(b) ? one.localeCompare(other, document.documentElement.lang) : a - b;
  }
  function sort(table, head) {
    var rising = head.getAttribute("aria-sort") !== "ascending";
    var at = Array.prototype.indexOf.call(head.parentNode.cells, head), body = table.tBodies[0];
    Array.prototype.forEach.call(head.parentNode.cells, function (cell) { cell.removeAttribute("aria-sort"); });
    head.setAttribute("aria-sort", rising ? "ascending" : "descending");
    Array.prototype.slice.call(body.rows).sort(function (one, other) {
      var a = value(one, at), b = value(other, at);
      return a === "" || b === "" || rising ? compare(a, b) : compare(b, a);
    }).forEach(function (row) { body.appendChild(row); });
  }
  document.querySelectorAll("table.sortable").forEach(function (table) {
    table.querySelectorAll("thead button").forEach(function (button) {
      button.addEventListener("click", function () { sort(table, button.closest("th")); });
    });
  });
  document.querySelectorAll(".tools").forEach(function (tools) {
    var listed = document.getElementById(tools.getAttribute("data-for"));
    var rows = listed.querySelectorAll("[data-kind]"), count = tools.querySelector("output");
    function filter() {
      var words = tools.querySelector("input").value.trim().toLowerCase().split(/\s+/);
      var kind = tools.querySelector("select").value, shown = 0;
      rows.forEach(function (row) {
        var text = row.textContent.toLowerCase();
        var fits = (kind === "" || row.getAttribute("data-kind") === kind) &&
          words.every(function (word) { return text.indexOf(word) >= 0; });
        row.hidden = !fits;
        shown += fits ? 1 : 0;
      });
      count.textContent = shown + " / " + rows.length;
    }
    tools.addEventListener("input", filter);
    filter();
  });
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details").forEach(function (each) { each.open = true; });
  });
}());
