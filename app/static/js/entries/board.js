// The board: a card is carried to a column by keys or by the pointer; the menu on the card does the same without both.
import { say } from "../page.js";

const page = document.getElementById("board-page");
let carried = null;
let target = -1;

const columns = () => [...page.querySelectorAll(".board .col[data-code]")];
const cardIn = (event) => event.target.closest?.(".card[data-id]");
const nameOf = (card) => card.querySelector("b").textContent.trim();

/** What the keys do is said to the ear, one sentence after the other; the eye sees the columns. */
function tell(sentence) {
  document.getElementById("board-said").textContent = sentence;
}

function mark(index) {
  columns().forEach((column, at) => column.classList.toggle("col-over", at === index));
}

function pick(card) {
  carried = card;
  card.classList.add("card-carried");
  target = columns().findIndex((column) => column.dataset.code === card.dataset.code);
  mark(target);
  tell(page.dataset.pick.replace("{name}", nameOf(card)));
}

function let_go(sentence) {
  carried?.classList.remove("card-carried");
  carried = null;
  mark(-1);
  if (sentence) tell(sentence);
}

/** Sends the move and shows the board as the server then has it; the focus stays on the card. */
async function move(card, code) {
  const id = card.id;
  const search = new URLSearchParams(location.search);
  const values = { participant: card.dataset.id, slot: card.dataset.slot, workshop: code, q: search.get("q") ?? "", whole: search.get("whole") ?? "" };
  await window.htmx.ajax("POST", page.dataset.move, { target: page, swap: "innerHTML", values });
  document.getElementById(id)?.focus();
  const done = page.querySelector("#done b, .note-need p");
  if (done) say(done.textContent);
}

function drop() {
  const card = carried;
  const code = columns()[target]?.dataset.code;
  const moves = code !== undefined && code !== card.dataset.code;
  let_go(moves ? "" : page.dataset.left);
  if (moves) move(card, code);
}

/** Arrows follow the eye: in Arabic the next column stands to the left. */
function step(key) {
  const onward = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  const last = columns().length - 1;
  target = Math.max(0, Math.min(last, target + (key === onward || key === "ArrowDown" ? 1 : -1)));
  mark(target);
  tell(columns()[target].dataset.name);
  columns()[target].scrollIntoView({ block: "nearest" });
}

page.addEventListener("keydown", (event) => {
  const card = cardIn(event);
  if (!card || event.target !== card) return;
  if (event.key === " ") {
    event.preventDefault();
    if (carried === card) drop();
    else {
      if (carried) let_go();
      pick(card);
    }
  } else if (carried && event.key === "Escape") {
    let_go(page.dataset.left);
  } else if (carried && event.key.startsWith("Arrow")) {
    event.preventDefault();
    step(event.key);
  }
});
page.addEventListener("focusout", (event) => {
  if (carried && event.target === carried && event.relatedTarget) let_go();
});

page.addEventListener("dragstart", (event) => {
  const card = cardIn(event);
  if (!card) return;
  event.dataTransfer.setData("text/plain", card.dataset.id);
  event.dataTransfer.effectAllowed = "move";
  carried = card;
  card.classList.add("card-carried");
});
page.addEventListener("dragover", (event) => {
  const column = event.target.closest(".board .col[data-code]");
  if (!carried || !column) return;
  event.preventDefault();
  target = columns().indexOf(column);
  mark(target);
});
page.addEventListener("drop", (event) => {
  if (!carried) return;
  event.preventDefault();
  drop();
});
page.addEventListener("dragend", () => carried && let_go());

/** Menus of cards: a move or a fixing stays on the page; "why" opens beside the card. */
page.addEventListener("submit", async (event) => {
  const card = cardIn(event);
  const form = event.target;
  if (!card || event.defaultPrevented) return;
  event.preventDefault();
  form.removeAttribute("data-busy");
  await window.htmx.ajax("POST", form.getAttribute("action"), { target: page, swap: "innerHTML", values: Object.fromEntries(new FormData(form)) });
  document.getElementById(card.id)?.focus();
  const done = page.querySelector("#done b, .note-need p");
  if (done) say(done.textContent);
});
page.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-why]");
  const why = document.getElementById("why");
  if (!link || !why.showPopover) return;
  event.preventDefault();
  await window.htmx.ajax("GET", link.href, { target: why, swap: "innerHTML" });
  for (const open of page.querySelectorAll(".card-open")) open.classList.remove("card-open");
  document.getElementById(link.dataset.why)?.classList.add("card-open");
  link.closest("details").open = false;
  why.showPopover();
  why.focus();
});
