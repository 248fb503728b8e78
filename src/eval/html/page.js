
"use strict";
// Headings become buttons that sort: words from a, numbers from the greatest; again, and the other way round.
const value = (row, column) => row.cells[column].textContent.trim();
const number = (text) => {
  const found = parseFloat(text.replaceAll(",", ""));
  return Number.isNaN(found) ? -Infinity : found;
};
const compare = (a, b) => number(a) - number(b) || (a < b ? -1 : a > b ? 1 : 0);
for (const table of document.querySelectorAll("table.sortable")) {
  const headings = [...table.tHead.rows[0].cells];
  headings.forEach((heading, column) => {
    if (heading.classList.contains("fixed")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => {
      const first = heading.classList.contains("number") ? "descending" : "ascending";
      const other = first === "ascending" ? "descending" : "ascending";
      const way = heading.getAttribute("aria-sort") === first ? other : first;
      headings.forEach((each) => each.removeAttribute("aria-sort"));
      heading.setAttribute("aria-sort", way);
      const sign = way === "ascending" ? 1 : -1;
      const rows = [...table.tBodies[0].rows];
      rows.sort((a, b) => sign * compare(value(a, column), value(b, column)));
      table.tBodies[0].append(...rows);
    });
  });
}
// The matrix: lines and columns in one order.
for (const figure of document.querySelectorAll("figure.matrix")) {
  const rows = [...figure.querySelectorAll("tbody tr")];
  const lines = [figure.querySelector("thead tr"), ...rows].map((row) => ({ row, cells: [...row.cells].slice(1) }));
  const most = (key) => (a, b) => rows[b].dataset[key] - rows[a].dataset[key];
  const orders = {
    "most confused": most("confused"),
    "most rows": most("support"),
    name: (a, b) => (value(rows[a], 0) < value(rows[b], 0) ? -1 : 1),
    "label set": (a, b) => rows[a].dataset.set - rows[b].dataset.set,
  };
  const bar = document.createElement("div");
  bar.className = "order";
  bar.append("Order: ");
  for (const [name, order] of Object.entries(orders)) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = name;
    button.setAttribute("aria-pressed", name === "most confused");
    button.addEventListener("click", () => {
      for (const each of bar.querySelectorAll("button")) each.setAttribute("aria-pressed", each === button);
      const places = rows.map((_, at) => at).sort(order);
      for (const { row, cells } of lines) row.append(...places.map((at) => cells[at]));
      rows[0].parentNode.append(...places.map((at) => rows[at]));
    });
    bar.append(button);
  }
  figure.prepend(bar);
}
// What a link leads to is opened, and all around it.
const reveal = () => {
  const place = document.getElementById(location.hash.slice(1));
  for (let at = place; at; at = at.parentElement) if (at.localName === "details") at.open = true;
  place?.scrollIntoView();
};
addEventListener("hashchange", reveal);
reveal();
