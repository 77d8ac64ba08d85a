// A long list searched by typing (pattern: combobox with a list box). The server folds Arabic and French spellings;
// here only the choosing is done. What was typed is always sent; the choice goes in a hidden field beside it.
const WAIT = 180;

export function combos(root) {
  for (const box of root.querySelectorAll("[data-combo]:not([data-wired])")) {
    box.setAttribute("data-wired", "");
    new Combo(box);
  }
}

class Combo {
  constructor(box) {
    this.box = box;
    this.input = box.querySelector("input:not([type=hidden]):not([type=radio])");
    this.input.removeAttribute("list");
    this.list = Object.assign(document.createElement("ul"), { className: "combo-list", id: `${this.input.id}-options`, hidden: true });
    this.list.setAttribute("role", "listbox");
    this.voice = Object.assign(document.createElement("p"), { className: "sr" });
    this.voice.setAttribute("role", "status");
    box.append(this.list, this.voice);
    const { input } = this;
    for (const [name, value] of [["role", "combobox"], ["aria-expanded", "false"], ["aria-autocomplete", "list"], ["aria-controls", this.list.id]]) {
      input.setAttribute(name, value);
    }
    input.addEventListener("input", () => this.typed());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    this.list.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      const option = event.target.closest("[role=option]");
      if (option) this.choose(option);
    });
  }

  /** The hidden field of the choice; made when first needed. */
  pick() {
    const name = this.box.dataset.pick;
    let field = this.box.querySelector(`input[type=hidden][name="${name}"]`);
    if (!field) {
      field = Object.assign(document.createElement("input"), { type: "hidden", name });
      this.box.append(field);
    }
    return field;
  }

  typed() {
    this.pick().value = "";
    this.box.querySelector(".choices")?.remove();
    clearTimeout(this.timer);
    const words = this.input.value.trim();
    if (words.length < 2) return this.close();
    this.timer = setTimeout(() => this.ask(words), WAIT);
  }

  async ask(words) {
    this.request?.abort();
    this.request = new AbortController();
    const url = new URL(this.box.dataset.searchUrl, location.href);
    url.searchParams.set("q", words);
    try {
      const answer = await fetch(url, { signal: this.request.signal, headers: { Accept: "application/json" } });
      if (answer.ok) this.show(await answer.json());
    } catch (fault) {
      // Without a network the typed words are sent and the server asks again.
      if (fault.name !== "AbortError") this.close();
    }
  }

  show(options) {
    this.list.replaceChildren(...options.map((option, index) => this.row(option, index)));
    if (!options.length) {
      this.list.append(Object.assign(document.createElement("li"), { className: "combo-none", textContent: this.box.dataset.none }));
    }
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.voice.textContent = options.length ? this.box.dataset.found : this.box.dataset.none;
    this.mark(null);
  }

  row({ value, label, detail }, index) {
    const item = Object.assign(document.createElement("li"), { id: `${this.list.id}-${index}` });
    item.setAttribute("role", "option");
    item.dataset.value = value;
    item.dataset.label = label;
    item.append(Object.assign(document.createElement("bdi"), { textContent: label }));
    if (detail) item.append(Object.assign(document.createElement("span"), { textContent: detail }));
    return item;
  }

  mark(item) {
    this.list.querySelector("[aria-selected]")?.removeAttribute("aria-selected");
    this.current = item;
    if (!item) return this.input.removeAttribute("aria-activedescendant");
    item.setAttribute("aria-selected", "true");
    item.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", item.id);
  }

  key(event) {
    if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      return this.close();
    }
    if (this.list.hidden) return;
    const items = [...this.list.querySelectorAll("[role=option]")];
    const at = items.indexOf(this.current);
    if (event.key === "ArrowDown" && items.length) this.mark(items[(at + 1) % items.length]);
    else if (event.key === "ArrowUp" && items.length) this.mark(items[(at - 1 + items.length) % items.length]);
    else if (event.key === "Enter" && this.current) this.choose(this.current);
    else return;
    event.preventDefault();
  }

  choose(item) {
    this.input.value = item.dataset.label;
    this.pick().value = item.dataset.value;
    this.close();
    this.input.dispatchEvent(new CustomEvent("combo:chosen", { bubbles: true, detail: { value: item.dataset.value } }));
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.mark(null);
  }
}
