// The rapporteur's screen. Text is on this device within 300 ms of a key and on the server within 1.5 s of rest.
import { combos } from "../combo.js";
import { follow } from "../live.js";
import { start } from "../page.js";
import { Editor, clockOf, fill, text } from "../capture/editor.js";
import { Keys } from "../capture/keys.js";
import { List } from "../capture/list.js";
import { closed, heard, shown, typed } from "../capture/record.js";
import { Similar } from "../capture/similar.js";
import { Store, blank, newId, unsent } from "../capture/store.js";
import { Sync } from "../capture/sync.js";

const DISK = 150;
const QUIET = 8000;
const NOTICE = 15_000;
const root = document.querySelector("[data-capture]");
const data = JSON.parse(root.dataset.capture);
const { words, lang } = data;
const form = root.querySelector("[data-form]");
const help = document.querySelector("[data-help-dialog]");
const one = (name) => document.querySelector(`[data-${name}]`);
const store = new Store(data.api);
const records = new Map();
const dirty = new Map();
const clock = clockOf(data);
const rules = new Intl.PluralRules(lang);
let current = null;
let network = { on: true };
let lastReceived = null;
let full = false;
let notice = { text: "", until: 0 };
let asked = false;

const plural = (key, count) => fill(words[key][rules.select(count)] ?? words[key].other, { count });
const label = (name) => (typeof name === "string" ? name : name?.[lang] || name?.fr || name?.ar);

function labels(record) {
  const known = (value) => label(record.labels[value]) ?? (value === "target_communes" ? words["capture.group.target_communes"] : value);
  return shown(record, "addressees").split(" ").filter(Boolean).map((value) => ({ value, label: known(value.split(":")[0]) }));
}

const list = new List(root, { words, page: data.page, letter: data.letter, labels });
const editor = new Editor(form, {
  words, longest: data.longest, page: data.page, labels, plural, clock,
  typed: keep,
  left: (field) => current && change(current, (record) => closed(record, field)),
  named: (value, name) => (records.get(current).labels[value] = name),
});
const sync = new Sync(store, {
  api: data.api, me: data.me, csrf: document.querySelector("meta[name=csrf-token]").content,
  open: (id) => (id === current ? editor.open : null),
  changed: (record) => (record ? take(record) : draw()),
  told,
});
const similar = new Similar(root, { api: data.api, merge: mergeInto, apart: (id) => change(current, (record) => record.apart.push(id)) });

/** A key was pressed: what is shown is what is kept, on this device at once, on the server after a rest. */
function keep(field, value) {
  const record = records.get(current);
  const now = Date.now();
  typed(record, field, value, data.me, now);
  record.saved = false;
  if (!asked) {
    asked = true;
    navigator.storage?.persist?.();
  }
  const waiting = dirty.get(current) ?? {};
  waiting[field] = { value, now };
  if (!dirty.has(current)) setTimeout(write, DISK, current);
  dirty.set(current, waiting);
  sync.rest(current);
  header();
  later();
}

/** Puts what was typed on the disk; the record there is the truth, two windows may write in it. */
async function write(id) {
  const fields = dirty.get(id);
  if (!fields) return;
  dirty.delete(id);
  const local = records.get(id);
  try {
    const record = await store.update(id, (found) => {
      const base = found.known || unsent(found) ? found : { ...local, draft: {}, roots: {} };
      for (const [field, { value, now }] of Object.entries(fields)) {
        base.roots[field] ??= local.roots[field];
        typed(base, field, value, data.me, now);
      }
      Object.assign(base.labels, local.labels);
      if (!base.known) Object.assign(base, { behalf: local.behalf, after: local.after, position: local.position });
      base.saved = true;
      return base;
    });
    full = false;
    take(record);
  } catch {
    // The disk is full or closed to us: the words stay in the page, and the page says so.
    dirty.set(id, { ...fields, ...dirty.get(id) });
    full = true;
    setTimeout(write, 2000, id);
    later();
  }
}

async function change(id, act) {
  take(await store.update(id, (record) => void act(record)));
}

/** A record as the disk has it now; keys pressed since are put over it. */
function take(record) {
  for (const [field, { value, now }] of Object.entries(dirty.get(record.id) ?? {})) typed(record, field, value, data.me, now);
  if (dirty.has(record.id)) record.saved = false;
  const before = records.get(record.id);
  records.set(record.id, record);
  if (record.receivedAt) lastReceived = Math.max(lastReceived ?? 0, record.receivedAt);
  if (record.id === current && record.receivedAt !== before?.receivedAt) similar.look(record);
  later();
}

store.heard = async (id) => {
  const record = await store.record(id);
  if (record) take(record);
};

let drawing = 0;
function later() {
  cancelAnimationFrame(drawing);
  drawing = requestAnimationFrame(draw);
}

function draw() {
  list.draw(records, current);
  const record = records.get(current);
  if (record) editor.show({ ...record, sending: Boolean(record.sent) && network.on });
  header();
}

function header() {
  const waiting = [...records.values()].filter((record) => unsent(record) || dirty.has(record.id));
  const since = Math.min(...waiting.map((record) => record.since ?? record.savedAt ?? Date.now()));
  const net = one("net");
  net.classList.toggle("state-dev", !network.on);
  net.querySelector("b").textContent = words[network.on ? "capture.online" : "capture.offline_short"];
  say(one("unsent"), waiting.length ? plural("capture.unsent", waiting.length) : words["capture.all_received"]);
  const times = waiting.length ? ["capture.unsent_since", since] : ["capture.last_received", lastReceived];
  one("last").textContent = times[1] ? fill(words[times[0]], { time: clock(times[1]) }) : "";
  const trouble = !network.on && Date.now() - network.since > QUIET;
  const banner = full ? words["capture.storage_full"] : network.signIn ? words["capture.sign_in"] : trouble ? words["capture.offline"] : Date.now() < notice.until ? notice.text : "";
  one("banner").hidden = !banner;
  say(one("banner"), banner);
}

function say(node, sentence) {
  if (node.textContent !== sentence) node.textContent = sentence;
}

function told(what, value) {
  if (what === "network") network = value;
  if (what === "refused") notice = { text: value.message, until: Date.now() + NOTICE };
  if (what === "frozen") {
    one("frozen").hidden = !value;
    if (value) say(one("frozen"), fill(words["capture.frozen"], { version: value }));
  }
  if (what === "network") header();
}

function open(id, { focus = true, address = true } = {}) {
  const record = records.get(id);
  if (!record) return;
  current = id;
  root.dataset.view = "edit";
  editor.show(record);
  similar.look(record);
  if (address) history.replaceState(null, "", record.known || unsent(record) ? `${data.page}?r=${id}` : data.page);
  if (focus) editor.body.focus();
  later();
}

/** A new one below the one that is open; it is nothing anywhere until something is written in it. */
function create() {
  const here = records.get(current);
  if (here && !text(here).trim() && !here.known) return editor.body.focus();
  const record = blank(data.api, newId());
  if (here) Object.assign(record, { after: here.id, position: here.position + 0.5 });
  records.set(record.id, record);
  return open(record.id);
}

function step(by) {
  const order = list.order(records).map(({ id }) => id);
  const next = order[order.indexOf(current) + by];
  if (next) open(next);
}

async function move(by) {
  const order = list.order(records).filter(({ id }) => id !== current);
  const at = list.order(records).findIndex(({ id }) => id === current) + by;
  if (at < 0 || at > order.length || !records.get(current)) return;
  const after = order[at - 1] ?? null;
  const between = ((order[at - 1]?.position ?? 0) + (order[at]?.position ?? (order.at(-1)?.position ?? 0) + 2)) / 2;
  await change(current, (record) => (record.position = between));
  await operate("move", current, { after: after?.id ?? null });
}

async function operate(kind, id, more = {}) {
  const op_id = newId();
  const device = { device_id: await store.device(), device_seq: await store.nextNumber() };
  await store.addOperation({ op_id, body: { op_id, kind, recommendation: id, ...device, client_time: new Date().toISOString(), ...more } });
  sync.kick(true);
}

async function mergeInto(target) {
  const source = current;
  step(-1);
  if (current === source) open(target);
  await operate("merge", source, { into: target });
}

async function send() {
  for (const id of [...dirty.keys()]) await write(id);
  await sync.kick(true);
}

function wire() {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  for (const act of ["propose", "withdraw"]) {
    one(act).addEventListener("click", (event) => {
      event.preventDefault();
      if (records.get(current)?.known) leave(act);
    });
  }
  one("new").addEventListener("click", (event) => (event.preventDefault(), create()));
  one("back").addEventListener("click", (event) => {
    event.preventDefault();
    root.dataset.view = "list";
  });
  list.list.addEventListener("click", (event) => {
    const row = event.target.closest("li");
    if (!row || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    open(row.dataset.id);
  });
  one("search").querySelector("input").addEventListener("input", ({ target }) => {
    list.find = target.value.trim().toLowerCase();
    later();
  });
  one("refused-copy").addEventListener("click", () => navigator.clipboard?.writeText(one("refused-text").textContent));
  one("refused-close").addEventListener("click", () => change(current, (record) => record.refused.pop()));
  one("behalf").addEventListener("input", ({ target }) => (records.get(current).behalf = target.value));
  addEventListener("beforeunload", (event) => {
    if ([...records.values()].some(unsent) || dirty.size) event.preventDefault();
  });
  addEventListener("pagehide", () => dirty.forEach((_fields, id) => write(id)));
  for (const name of ["search", "help", "keys"]) one(name).hidden = false;
  one("help").addEventListener("click", () => help.showModal());
}

/** Propose and withdraw are steps of the server: everything typed goes first, then the form of the act. */
async function leave(act) {
  const id = current;
  await send();
  if (unsent(records.get(id))) return;
  const past = Object.assign(document.createElement("form"), { method: "post", action: `${data.page}/${id}/${act}` });
  for (const name of ["csrf_token", "_key"]) {
    const value = name === "_key" ? newId() : document.querySelector("meta[name=csrf-token]").content;
    past.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
  document.body.append(past);
  past.submit();
}

async function begin() {
  for (const record of await store.records().catch(() => [])) records.set(record.id, record);
  for (const news of data.recommendations) {
    const known = records.get(news.id);
    if (!known || (known.rev ?? -1) <= news.rev) {
      const record = await store.update(news.id, (found) => heard(found, news, null)).catch(() => null);
      if (record) records.set(news.id, record);
    }
  }
  wire();
  combos(form);
  const acts = {
    new: create, send, next: () => step(1), previous: () => step(-1), up: () => move(-1), down: () => move(1),
    merge: () => similar.first(), help: () => help.showModal(),
    addressee: () => form.querySelector("#addressee").focus(), horizon: () => form.querySelector("#horizon").focus(),
    axis: (digit) => form.querySelector(`[name=axis][value="${digit}"]`)?.click(),
    flag: () => form.querySelector("[name=flagged]").click(),
    note: () => ((one("more").open = true), form.querySelector("#note").focus()),
    search: () => one("search").querySelector("input").focus(),
  };
  new Keys(acts, { body: editor.body, help, axes: form.querySelectorAll("[name=axis]").length - 1 });
  const named = new URLSearchParams(location.search).get("r");
  const wide = matchMedia("(min-width: 1021px)").matches;
  if (records.has(named)) open(named, { focus: wide });
  else if (wide) create();
  draw();
  sync.start(data.seq);
  sync.pair();
  follow({ stream: `${data.live}/stream`, hints: `${data.live}/hints`, since: data.seq, hint: ({ kind }) => kind.startsWith("recommendation.") && soon(), reset: soon });
  setInterval(header, 1000);
  if ("serviceWorker" in navigator) navigator.serviceWorker.register("/sw.js").catch(() => {});
  root.dataset.ready = "";
}

let looking = 0;
function soon() {
  clearTimeout(looking);
  looking = setTimeout(() => sync.look(), 120);
}

start();
begin();
