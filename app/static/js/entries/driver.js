// The secretary's keys: 1 to 4 decide, N and P turn, B blanks, Z undoes. Letters by their place on the keyboard, so that
// an Arabic layout has them too; never while something is being typed.

const PLACES = { Digit1: "1", Digit2: "2", Digit3: "3", Digit4: "4", KeyN: "N", KeyP: "P", KeyB: "B", KeyZ: "Z" };

addEventListener("keydown", (event) => {
  const place = PLACES[event.code];
  if (!place || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.target.closest("input, textarea, select")) return;
  const button = document.querySelector(`[data-key="${place}"]`);
  if (!button) return;
  event.preventDefault();
  button.click();
});

// What is being read stays in sight in its list; the page itself does not move.
const order = document.querySelector("[data-order]");
const read = order?.querySelector("[aria-current]");
if (read) order.scrollTop = read.offsetTop - order.clientHeight / 3;

const clock = document.querySelector("[data-timer]");
if (clock) {
  const offset = new Date(clock.dataset.now) - new Date();
  const label = clock.querySelector("bdi");
  const ends = clock.dataset.timer && new Date(clock.dataset.timer);
  setInterval(() => {
    const now = new Date(Date.now() + offset);
    const left = ends ? Math.max(0, Math.round((ends - now) / 1000)) : 0;
    if (ends) label.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  }, 1000);
}
