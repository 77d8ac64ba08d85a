// The wall and the phones that follow it: asks for the stage's state and shows it; keeps the last text without a network.

const wall = document.querySelector("[data-wall]");
const slots = Object.fromEntries([...wall.querySelectorAll("[data-slot]")].map((node) => [node.dataset.slot, node]));
const EVERY = 500;
let state = JSON.parse(wall.dataset.state);
let ahead = 0;
let failures = 0;
let offset = new Date(state.now) - new Date();

function put(name, text) {
  if (slots[name] && slots[name].textContent !== text) slots[name].textContent = text;
}

function show(name, on) {
  if (slots[name]) slots[name].hidden = !on;
}

function pieces(name, list) {
  if (!slots[name]) return;
  const nodes = (list || []).flatMap((piece) => {
    if (piece.kind === "same") return [document.createTextNode(piece.text)];
    const node = document.createElement(piece.kind === "out" ? "del" : "ins");
    node.textContent = piece.text.trimEnd();
    return [node, document.createTextNode(" ")];
  });
  slots[name].replaceChildren(...nodes);
}

function draw(now) {
  wall.classList.toggle("wall-blank", state.blank && !ahead);
  show("number", Boolean(now));
  if (!now) return;
  put("code", now.code);
  put("where-ar", now.workshop.ar);
  put("where-fr", now.workshop.fr);
  pieces("ar", now.texts.ar);
  pieces("fr", now.texts.fr);
  show("fr-block", Boolean(now.texts.fr));
  show("decision", Boolean(now.outcome));
  show("adopted", ["adopted", "adopted_as_amended"].includes(now.outcome));
  put("decision-ar", now.words.ar || "");
  put("decision-fr", now.words.fr || "");
  put("count", wall.dataset.count.replace("{done}", state.done).replace("{total}", state.total));
}

async function ask() {
  try {
    const stop = AbortSignal.timeout(5000);
    const answer = await fetch(wall.dataset.api, { headers: { "If-None-Match": `W/"${state.rev}"` }, signal: stop, cache: "no-store" });
    if (answer.ok) {
      state = await answer.json();
      offset = new Date(state.now) - new Date();
      ahead = 0;
      draw(state.current);
    } else if (answer.status !== 304) throw new Error(String(answer.status));
    failures = 0;
    put("lost", "");
  } catch {
    failures += 1;
    if (failures > 3) put("lost", wall.dataset.lost);
  }
  setTimeout(ask, failures ? Math.min(EVERY * 2 ** failures, 8000) : EVERY);
}

function tick() {
  if (!slots.timer || !state.timer_ends) return show("timer", false);
  const left = Math.max(0, Math.round((new Date(state.timer_ends) - new Date() - offset) / 1000));
  show("timer", left > 0);
  put("timer", `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`);
}

// Without a network the texts that were loaded ahead can still be turned, by hand at the wall's own keyboard.
addEventListener("keydown", (event) => {
  if (failures <= 3 || !["ArrowLeft", "ArrowRight", "PageDown", "PageUp"].includes(event.key)) return;
  const forward = event.key === "PageDown" || event.key === (document.dir === "rtl" ? "ArrowLeft" : "ArrowRight");
  ahead = Math.max(0, Math.min(state.next.length, ahead + (forward ? 1 : -1)));
  draw(ahead ? state.next[ahead - 1] : state.current);
});

draw(state.current);
setTimeout(ask, EVERY);
setInterval(tick, 1000);
