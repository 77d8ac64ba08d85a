// The editor of one recommendation: fields to keystrokes, states to words. It never takes a key away from the hands.
import { shown } from "./record.js";
import { glyph, status, text } from "./list.js";
import { count } from "./words.js";

/** A moment of this device as an hour of the meeting: in its zone, and shifted where a demonstration shows another day. */
const clockOf = ({ zone, shift }) => (at) => new Date(at + shift).toLocaleTimeString("en-GB", { hour12: false, timeZone: zone });

export class Editor {
  constructor(form, { words, longest, page, typed, left, labels, named, plural, clock }) {
    Object.assign(this, { form, words, longest, page, typed, left, labels, named, plural, clock });
    this.id = null;
    this.composing = false;
    this.part = (name) => form.querySelector(`[data-${name}]`);
    this.body = form.querySelector("#body");
    form.addEventListener("compositionstart", () => (this.composing = true));
    form.addEventListener("compositionend", (event) => {
      this.composing = false;
      this.take(event.target);
    });
    form.addEventListener("input", (event) => !this.composing && this.take(event.target));
    form.addEventListener("focusout", (event) => event.target.dataset.field && this.left(this.name(event.target)));
    form.addEventListener("combo:chosen", ({ detail, target }) => this.address(detail.value, target.value));
    this.part("chips").addEventListener("change", () => this.addressed());
  }

  get language() {
    return this.part("authentic").value;
  }

  /** The field of a control; the text's own carries its language. */
  name(control) {
    return control.dataset.field === "body" ? `body.${this.language}` : control.dataset.field;
  }

  /** The field that somebody has under their hands now. */
  get open() {
    const control = document.activeElement;
    return document.hasFocus() && this.form.contains(control) && control.dataset.field ? this.name(control) : null;
  }

  take(control) {
    if (control.matches("[data-authentic]")) return this.turn(control.value);
    if (!control.dataset.field) return undefined;
    const value = read(control);
    if (control.id === "horizon") document.getElementById("horizon-error").hidden = value !== null;
    if (control.name === "axis") this.marks();
    if (value !== null) this.typed(this.name(control), value);
    if (control === this.body) this.counted();
    return undefined;
  }

  /** The text is in another language than was thought: it moves there whole. */
  turn(lang) {
    const before = lang === "ar" ? "fr" : "ar";
    this.typed("authentic", lang);
    this.typed(`body.${lang}`, this.body.value);
    this.typed(`body.${before}`, "");
  }

  address(value, label) {
    const input = this.form.querySelector("#addressee");
    input.value = "";
    const known = [...this.part("chips").querySelectorAll("input")].find((one) => one.value === value);
    if (known) known.checked = true;
    else this.chip(value, label, true);
    this.named(value, label);
    this.addressed();
    input.focus();
  }

  addressed() {
    const boxes = [...this.part("chips").querySelectorAll("input")];
    for (const box of boxes) box.closest("label").classList.toggle("filter-on", box.checked);
    this.typed("addressees", boxes.filter((box) => box.checked).map((box) => box.value).join(" "));
  }

  chip(value, label, on) {
    const row = document.createElement("label");
    row.className = on ? "filter filter-on" : "filter";
    const box = Object.assign(document.createElement("input"), { type: "checkbox", name: "addressees", value, checked: on, className: "sr" });
    const word = document.createElement("bdi");
    word.textContent = label;
    row.append(box, word);
    this.part("chips").append(row);
  }

  marks() {
    for (const radio of this.form.elements.axis) radio.closest("label").classList.toggle("filter-on", radio.checked);
  }

  /** Shows a recommendation; a control in use keeps what stands in it. */
  show(record) {
    const fresh = record.id !== this.id;
    this.id = record.id;
    this.part("authentic").value = shown(record, "authentic") || record.authentic;
    const open = fresh ? null : this.open;
    for (const control of this.form.querySelectorAll("[data-field]")) {
      const field = this.name(control);
      if (field !== open && !(this.composing && control === document.activeElement)) write(control, shown(record, field));
    }
    this.marks();
    this.chips(record);
    if (this.part("behalf")) this.part("behalf").closest(".field").hidden = record.known;
    this.counted();
    this.tell(record);
  }

  chips(record) {
    const place = this.part("chips");
    const chosen = shown(record, "addressees").split(" ").filter(Boolean);
    const group = "target_communes";
    const wanted = [group, ...chosen.filter((one) => one !== group)];
    const there = [...place.querySelectorAll("input")];
    const same = there.map((box) => `${box.value}${box.checked}`).join() === wanted.map((one) => `${one}${chosen.includes(one)}`).join();
    if (same) return;
    place.replaceChildren();
    const names = new Map(this.labels(record).map(({ value, label }) => [value, label]));
    for (const value of wanted) this.chip(value, names.get(value) ?? this.words["capture.group.target_communes"], chosen.includes(value));
  }

  counted() {
    const words = count(this.body.value);
    this.part("words").textContent = words > this.longest ? this.words["capture.too_long"] : this.plural("capture.words", words);
  }

  /** The honest words: on this device, sending, received; and what is missing, asked or in the way. */
  tell(record) {
    const now = (key, values) => fill(this.words[key], values);
    this.part("code").textContent = record.code || this.words["capture.new"];
    this.part("when").textContent = record.known ? this.words[`text.${record.state}`] ?? "" : "";
    const history = this.part("history");
    history.hidden = !record.known;
    history.href = `${this.page}/${record.id}/history`;
    const [kind, word] = record.saved === false ? ["blocked", now("capture.not_saved")]
      : record.sending ? ["progress", now("capture.sending")]
      : record.since ? ["progress", now("capture.device_at", { time: this.clock(record.savedAt ?? record.since) })]
      : record.receivedAt ? ["verified", now("capture.received_at", { time: this.clock(record.receivedAt), rev: record.rev ?? 0 })]
      : record.known ? ["verified", this.words["capture.received_short"]] : ["none", ""];
    const place = this.part("state");
    place.className = `st st-${kind}`;
    place.replaceChildren(...(word ? [glyph(kind), word] : []));
    this.part("back-reason").hidden = !record.review_reason;
    if (record.review_reason) this.part("back-reason").textContent = now("capture.sent_back", { reason: record.review_reason });
    const conflict = this.part("conflict");
    conflict.hidden = !record.variants.length;
    conflict.querySelector("a").href = `${this.page}/${record.id}/conflict`;
    this.refusals(record);
    this.advise(record.advice);
    for (const name of ["propose", "withdraw"]) this.part(name).hidden = !(record.known && record.state === "draft");
  }

  refusals(record) {
    const last = record.refused.at(-1);
    this.part("refused").hidden = !last;
    if (!last) return;
    this.part("refused-why").textContent = last.message;
    this.part("refused-text").textContent = Object.values(last.fields).filter((one) => typeof one === "string").join("\n");
  }

  advise(advice) {
    for (const row of this.part("smart").children) {
      const on = Boolean(advice?.[row.dataset.letter]);
      if (row.classList.contains("on") === on) continue;
      row.className = on ? "on" : "off";
      row.querySelector("svg").replaceWith(glyph(on ? "verified" : "none"));
    }
    const hints = (advice?.hints ?? []).map((hint) => this.words[`advice.${hint}`]).filter(Boolean);
    this.part("hints").textContent = hints.join(" ");
  }
}

/** The value of a control as it is kept; null while a date is half typed. */
function read(control) {
  if (control.type === "checkbox") return control.checked ? "1" : "";
  if (control.id !== "horizon") return control.value;
  const typed = western(control.value).trim();
  if (!typed) return "";
  const [, day, month, year] = typed.match(/^(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})$/) ?? [];
  const date = new Date(Date.UTC(+year, month - 1, +day));
  const real = date.getUTCFullYear() === +year && date.getUTCMonth() === month - 1 && date.getUTCDate() === +day;
  return real ? date.toISOString().slice(0, 10) : null;
}

function write(control, value) {
  if (control.type === "radio") control.checked = control.value === value;
  else if (control.type === "checkbox") control.checked = value === "1";
  else {
    const told = control.id === "horizon" ? value.split("-").reverse().join("/") : value;
    if (control.value !== told) control.value = told;
  }
}

const western = (typed) => typed.replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) % 16));

export const fill = (sentence, values = {}) => sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

export { clockOf, status, text };
