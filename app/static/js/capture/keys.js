// The rapporteur's keys (04-screens D): by place on the keyboard, with Alt, so that they work on AZERTY and in Arabic.
// Each has a button too, and all of them can be switched off.
const OFF = "liqaa-keys-off";
const LETTERS = { KeyA: "addressee", KeyD: "horizon", KeyM: "merge", KeyF: "flag", KeyN: "note", KeyK: "help", ArrowUp: "previous", ArrowDown: "next" };

export class Keys {
  constructor(acts, { body, help, axes }) {
    Object.assign(this, { acts, body, help, axes });
    this.box = help.querySelector("[data-keys-on]");
    this.box.checked = localStorage.getItem(OFF) === null;
    this.box.addEventListener("change", () => (this.box.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1")));
    help.addEventListener("click", ({ target }) => {
      const act = target.closest("[data-act]")?.dataset.act;
      if (!act) return;
      help.close();
      this.acts[act]?.();
    });
    document.addEventListener("keydown", (event) => this.pressed(event));
  }

  pressed(event) {
    if (event.isComposing || event.defaultPrevented) return;
    const act = this.act(event);
    if (!act) return;
    event.preventDefault();
    act();
  }

  act(event) {
    const { code, altKey, shiftKey, ctrlKey, metaKey, target } = event;
    const command = ctrlKey || metaKey;
    // What everybody expects works with the keys switched off too.
    if (command && !altKey && code === "KeyS") return this.acts.send;
    if (target === this.body && code === "Enter" && !shiftKey && !command && !altKey) return this.acts.new;
    if (event.key === "F1") return this.acts.help;
    if (!this.box.checked) return null;
    if (command && !altKey && code === "KeyK") return this.acts.help;
    if (altKey && !command) return this.withAlt(code, shiftKey);
    const typing = target.closest("input, textarea, select, [contenteditable]");
    if (typing || command || altKey || this.help.open) return null;
    if (event.key === "?") return this.acts.help;
    return event.key === "/" ? this.acts.search : null;
  }

  withAlt(code, shiftKey) {
    const digit = code.match(/^(?:Digit|Numpad)([1-9])$/)?.[1];
    if (digit && !shiftKey) return this.axes >= Number(digit) ? () => this.acts.axis(digit) : null;
    if (shiftKey) return { ArrowUp: this.acts.up, ArrowDown: this.acts.down }[code] ?? null;
    return this.acts[LETTERS[code]] ?? null;
  }
}
