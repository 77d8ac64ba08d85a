// A list put in order with two buttons a row: the rows move here at once; without this script the server moves them.

/** Wires every list marked data-ranked below root; a list is wired once. */
export function ranked(root) {
  for (const group of root.querySelectorAll("[data-ranked]:not([data-wired])")) {
    group.setAttribute("data-wired", "");
    const voice = document.createElement("p");
    voice.className = "sr";
    voice.setAttribute("role", "status");
    group.append(voice);
    group.addEventListener("click", (event) => move(event, group, voice));
  }
}

function move(event, group, voice) {
  const button = event.target.closest(".wish-move button");
  if (!button) return;
  event.preventDefault();
  const row = button.closest("li");
  const up = button === button.parentElement.firstElementChild;
  const other = up ? row.previousElementSibling : row.nextElementSibling;
  if (!other) return;
  const ranks = labels(group);
  if (up) other.before(row);
  else other.after(row);
  renumber(group, ranks);
  const focus = button.disabled ? button.parentElement.querySelector("button:not([disabled])") : button;
  focus?.focus();
  const place = [...row.parentElement.children].indexOf(row) + 1;
  voice.textContent = group.dataset.moved.replace("{name}", row.dataset.name).replace("{rank}", place);
}

const labels = (group) => [...group.querySelectorAll(".wish-rank")].map((rank) => rank.lastElementChild.textContent);

/** Ranks stay where they are on the page while the rows move; the first cannot go up, the last cannot go down. */
function renumber(group, ranks) {
  const rows = [...group.querySelectorAll(".wish")];
  rows.forEach((row, index) => {
    const rank = row.querySelector(".wish-rank");
    rank.lastElementChild.textContent = ranks[index];
    rank.firstElementChild.textContent = index + 1;
    const [up, down] = row.querySelectorAll(".wish-move button");
    up.disabled = index === 0;
    down.disabled = index === rows.length - 1;
  });
}
