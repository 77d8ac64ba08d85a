// Recommendations that say nearly the same, shown quietly under the text; a person decides.
const WAIT = 400;

export class Similar {
  constructor(root, { api, merge, apart }) {
    Object.assign(this, { api, merge, apart });
    this.place = root.querySelector("[data-similar]");
    this.rows = root.querySelector("[data-similar-rows]");
    this.template = root.querySelector("template[data-similar-row]");
    this.target = null;
  }

  look(record) {
    clearTimeout(this.timer);
    this.request?.abort();
    if (record.id !== this.id) this.show([]);
    this.id = record.id;
    if (record.known && navigator.onLine) this.timer = setTimeout(() => this.ask(record), WAIT);
  }

  async ask(record) {
    this.request = new AbortController();
    try {
      const answer = await fetch(`${this.api}/recommendations/${record.id}/similar`, { signal: this.request.signal, cache: "no-store" });
      if (!answer.ok) return;
      const { similar } = await answer.json();
      this.show(similar.filter(({ id }) => !record.apart.includes(id)));
    } catch {
      // What is alike can wait until there is a network.
    }
  }

  show(found) {
    this.target = found.find(({ mergeable }) => mergeable) ?? null;
    this.place.hidden = !found.length;
    this.rows.replaceChildren(...found.map((one) => this.row(one)));
  }

  row({ id, code, pieces, mergeable }) {
    const row = this.template.content.firstElementChild.cloneNode(true);
    row.querySelector(".code").textContent = code;
    row.querySelector("p").append(...pieces.map(({ text, same }) => (same ? mark(text) : text)));
    const merge = row.querySelector("[data-merge]");
    merge.hidden = !mergeable;
    merge.addEventListener("click", () => this.merge(id));
    row.querySelector("[data-apart]").addEventListener("click", () => {
      this.apart(id);
      row.remove();
      this.place.hidden = !this.rows.children.length;
    });
    return row;
  }

  /** The key for merging: into the one most alike. */
  first() {
    if (this.target) this.merge(this.target.id);
  }
}

function mark(text) {
  const node = document.createElement("mark");
  node.textContent = text.trimEnd();
  const part = document.createDocumentFragment();
  part.append(node, text.slice(text.trimEnd().length));
  return part;
}
