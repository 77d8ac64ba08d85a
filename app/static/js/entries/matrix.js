// The matrix by the keyboard: arrows go from mark to mark, Home and End to the ends of a row.
import "./app.js";

const table = document.querySelector("[data-matrix]");
const rtl = document.documentElement.dir === "rtl";

/** The mark of a row at a column or the nearest one after it in this direction. */
function mark(row, at, step) {
  for (let index = at; index >= 0 && index < row.cells.length; index += step) {
    const link = row.cells[index].querySelector("a");
    if (link && index > 0) return link;
  }
  return null;
}

/** The next row with marks, above or below. */
function beside(row, step, at) {
  const rows = [...table.querySelectorAll("tbody tr:not(.grp)")];
  for (let index = rows.indexOf(row) + step; index >= 0 && index < rows.length; index += step) {
    const link = rows[index].cells[at]?.querySelector("a");
    if (link) return link;
  }
  return null;
}

table?.addEventListener("keydown", (event) => {
  const cell = event.target.closest("td.cell");
  if (!cell || event.altKey || event.ctrlKey || event.metaKey) return;
  const row = cell.parentElement;
  const forward = rtl ? "ArrowLeft" : "ArrowRight";
  const back = rtl ? "ArrowRight" : "ArrowLeft";
  const moves = {
    [forward]: () => mark(row, cell.cellIndex + 1, 1),
    [back]: () => mark(row, cell.cellIndex - 1, -1),
    ArrowDown: () => beside(row, 1, cell.cellIndex),
    ArrowUp: () => beside(row, -1, cell.cellIndex),
    Home: () => mark(row, 1, 1),
    End: () => mark(row, row.cells.length - 2, -1),
  };
  const target = moves[event.key]?.();
  if (!target) return;
  event.preventDefault();
  target.focus();
  target.scrollIntoView({ block: "nearest", inline: "nearest" });
});
