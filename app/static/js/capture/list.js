// The list of the workshop: one row a recommendation, in its order, changed row by row so that nothing jumps.
import { shown } from "./record.js";
import { unsent } from "./store.js";

const GONE = new Set(["withdrawn", "merged_into"]);

export const text = (record) => shown(record, `body.${shown(record, "authentic") || record.authentic}`);

export class List {
  constructor(root, { words, page, letter, labels }) {
    Object.assign(this, { root, words, page, letter, labels });
    this.list = root.querySelector("[data-list]");
    this.template = root.querySelector("template[data-row]");
    this.rows = new Map(Array.from(this.list.children, (row) => [row.dataset.id, row]));
    this.find = "";
  }

  /** The recommendations that stand in the list, in its order. */
  order(records) {
    return [...records.values()]
      .filter((one) => !GONE.has(one.state) && (one.known || unsent(one)))
      .sort((a, b) => a.position - b.position || a.made - b.made);
  }

  draw(records, current) {
    const wanted = this.order(records);
    const seen = new Set(wanted.map(({ id }) => id));
    for (const [id, row] of this.rows) {
      if (seen.has(id)) continue;
      row.remove();
      this.rows.delete(id);
    }
    wanted.forEach((record, at) => {
      const row = this.rows.get(record.id) ?? this.make(record.id);
      this.fill(row, record, record.id === current);
      if (this.list.children[at] !== row) this.list.insertBefore(row, this.list.children[at] ?? null);
    });
    this.root.querySelector("[data-count]").textContent = wanted.length;
    this.root.querySelector("[data-none]").hidden = wanted.length > 0;
  }

  make(id) {
    const row = this.template.content.firstElementChild.cloneNode(true);
    row.dataset.id = id;
    row.querySelector("a").href = `${this.page}?r=${id}`;
    this.rows.set(id, row);
    return row;
  }

  fill(row, record, current) {
    const put = (selector, value) => {
      const node = row.querySelector(selector);
      if (node.textContent !== value) node.textContent = value;
    };
    row.classList.toggle("cur", current);
    if (current) row.querySelector("a").setAttribute("aria-current", "true");
    else row.querySelector("a").removeAttribute("aria-current");
    put(".code", record.code || `${this.letter}-…`);
    put(".cap-text", text(record));
    row.hidden = Boolean(this.find) && !text(record).toLowerCase().includes(this.find);
    put(".cap-whom bdi", this.labels(record)[0]?.label ?? this.words["capture.addressee.none"]);
    const [kind, word] = where(record, this.words);
    const place = row.querySelector(".cap-where");
    if (place.dataset.kind !== kind) {
      place.dataset.kind = kind;
      place.replaceChildren(status(kind, word));
    }
  }
}

/** Where the text of a recommendation is, as a kind of status and its word. */
export function where(record, words) {
  if (record.refused.length) return ["refused", words["capture.refused"]];
  if (record.variants.length) return ["blocked", words["capture.two_texts"]];
  if (unsent(record)) return ["progress", words["capture.on_device"]];
  return ["verified", words["capture.received_short"]];
}

const DRAWN = { blocked: "blocked", progress: "progress", verified: "verified", refused: "refused", none: "none" };

/** A word with its shape and colour, as the component `status` makes it. */
export function status(kind, word) {
  const span = document.createElement("span");
  span.className = `st st-${kind}`;
  span.append(glyph(kind), word);
  return span;
}

/** The shape of a kind, from the sprite that the page already uses. */
export function glyph(kind) {
  const sprite = document.querySelector("svg.g use, svg.i use").getAttribute("href").split("#")[0];
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", `g g-${DRAWN[kind]}`);
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${sprite}#g-${DRAWN[kind]}`);
  svg.append(use);
  return svg;
}
