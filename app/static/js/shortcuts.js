// Keys of the working pages. Each has a visible control (data-key names its act); letters go with Alt by their place on
// the keyboard, so that an Arabic layout works too; a person switches all of them off (WCAG 2.1.4) in their account or
// with data-shortcuts-switch.
const STORE = "liqaa.shortcuts";
const KEYS = { "Ctrl+KeyK": "search", "Alt+KeyK": "search", "Alt+ArrowDown": "next", "Alt+ArrowUp": "previous", "Alt+KeyN": "new" };

export const enabled = () => localStorage.getItem(STORE) !== "off" && document.body.dataset.shortcuts !== "off";

function name(event) {
  return [event.ctrlKey || event.metaKey ? "Ctrl+" : "", event.altKey ? "Alt+" : "", event.shiftKey ? "Shift+" : "", event.code].join("");
}

export function shortcuts() {
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.defaultPrevented || !enabled()) return;
    const act = KEYS[name(event)];
    const control = act && document.querySelector(`[data-key="${act}"]`);
    if (!control) return;
    event.preventDefault();
    control.focus();
    if (!control.matches("input, textarea, select")) control.click();
  });
  for (const box of document.querySelectorAll("[data-shortcuts-switch]")) {
    box.checked = enabled();
    box.addEventListener("change", () => localStorage.setItem(STORE, box.checked ? "on" : "off"));
  }
}
