// What every page does: focus on the list of errors, dialogs, menus that close, one sending a form, links copied.

/** Says a sentence in the page's status region, if it has one. */
export function say(sentence) {
  const region = document.getElementById("status");
  if (!region || !sentence) return;
  const line = document.createElement("p");
  line.textContent = sentence;
  region.append(line);
  setTimeout(() => line.remove(), 6000);
}

/** The control to focus for the address of an error: the field, or the first control of its group. */
function control(hash) {
  const target = hash.length > 1 && document.getElementById(decodeURIComponent(hash.slice(1)));
  if (!target) return null;
  return target.matches("input, select, textarea, button") ? target : target.querySelector("input:not([type=hidden]), select, textarea, button");
}

function errors(root) {
  const list = root.id === "errors" ? root : root.querySelector("#errors");
  if (!list) return;
  list.focus();
  list.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const field = link && control(link.hash);
    if (!field) return;
    event.preventDefault();
    field.closest(".field, .wishes, fieldset")?.scrollIntoView({ block: "start" });
    field.focus({ preventScroll: true });
  });
}

/** A second click or a second Enter sends nothing; coming back through the history frees the form again. */
function onceOnly() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method === "dialog" || form.method === "get" || form.hasAttribute("data-again")) return;
    if (form.hasAttribute("data-busy")) return event.preventDefault();
    form.setAttribute("data-busy", "");
  });
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-busy]")) form.removeAttribute("data-busy");
  });
}

function dialogs() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    const dialog = opener && document.getElementById(opener.dataset.dialog);
    if (dialog?.showModal) {
      event.preventDefault();
      dialog.showModal();
    }
    if (event.target.matches("dialog[open]") && !event.target.hasAttribute("data-firm")) event.target.close("");
  });
}

function menus() {
  const close = (except) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) if (menu !== except) menu.open = false;
  };
  document.addEventListener("click", (event) => close(event.target.closest("details.menu")));
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && document.querySelector("details.menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}

/** A link marked data-copy copies its address; data-copied holds the sentence said after. */
function copies() {
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("[data-copy]");
    if (!link || !navigator.clipboard) return;
    event.preventDefault();
    await navigator.clipboard.writeText(link.href || link.dataset.copy);
    say(link.dataset.copied);
  });
}

function prints() {
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) print();
  });
}

export function start() {
  errors(document);
  onceOnly();
  dialogs();
  menus();
  copies();
  prints();
}

export { errors };
