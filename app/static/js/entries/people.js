// The organiser's list: the person chosen is marked, arrow keys and the panel's two buttons go to the neighbours, a
// click with Shift picks a range, the box in the heading picks the page.

const list = () => document.querySelector("[data-people]");
const links = () => [...document.querySelectorAll("[data-people] tbody th a")];
let last = null;

function mark(link) {
  for (const row of document.querySelectorAll("[data-people] tr[aria-selected]")) row.removeAttribute("aria-selected");
  link.closest("tr").setAttribute("aria-selected", "true");
}

/** Opens the person before or after the one that is open. */
function step(by) {
  const all = links();
  const at = all.findIndex((link) => link.closest("tr").hasAttribute("aria-selected"));
  const next = all[Math.min(Math.max(at + by, 0), all.length - 1)];
  if (!next) return;
  next.focus();
  next.click();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-people] tbody th a");
  if (link) mark(link);
  const button = event.target.closest("[data-step]");
  if (button) step(Number(button.dataset.step));
  const box = event.target.closest("[data-people] input[name=id]");
  if (box) {
    const boxes = [...list().querySelectorAll("input[name=id]")];
    if (event.shiftKey && last && boxes.includes(last)) {
      const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
      for (const each of boxes.slice(from, to + 1)) each.checked = box.checked;
    }
    last = box;
  }
});

document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-all]")) return;
  for (const box of list().querySelectorAll("input[name=id]")) box.checked = event.target.checked;
});

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || !event.target.closest("[data-people], #side")) return;
  if (event.target.matches("input, select, textarea")) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    step(event.key === "ArrowDown" ? 1 : -1);
  }
});
