// The scanner at the door: decides without network, hands in when there is one, and always says where it stands.
import { camera, typedScanner } from "../scanner/camera.js";
import { decide, fold, lineOf, newId, reading } from "../scanner/decide.js";
import { screen } from "../scanner/screen.js";
import { sense, wake } from "../scanner/senses.js";
import { openStore } from "../scanner/store.js";
import { connect } from "../scanner/sync.js";

const config = JSON.parse(document.getElementById("main").dataset.config);
const $ = (id) => document.getElementById(id);
const view = screen(config);
const LIFE = 72 * 3600 * 1000;
let store;
let link;
let list = null;
let gate = "";
let clock = 0;
let lastOk = null;
let counted = null;

const key = () => $("list").value;
const now = () => new Date(Date.now() + clock).toISOString();

/** Takes one scan: decided here and now, kept, shown, handed in. */
async function scan(read, { forced = false } = {}) {
  wake();
  const line = await lineOf(list, read);
  const ref = line?.t ?? "";
  const first = ref ? await store.arrival(key(), ref) : null;
  let result = decide(list, line, first);
  const admitted = result === "ok" || (forced && result !== "already" && result !== "unknown");
  if (forced && admitted) result = "ok";
  const seq = ((await store.get("seq")) ?? 0) + 1;
  await store.set("seq", seq);
  const item = { scan_id: newId(), device_id: await store.get("device"), device_seq: seq, list: key(), scanned_at: now(), type: "entry", forced, gate, ...read };
  await store.queue({ scan: item, ref });
  if (admitted) {
    await store.arrive(key(), ref, { at: item.scanned_at, gate, scan: item.scan_id });
    lastOk = { id: item.scan_id, ref, list: key() };
    if (counted && !first) view.count((counted = { ...counted, present: counted.present + 1 }));
  }
  const person = line && { name: line.name, detail: [line.category, line.body].filter(Boolean).join(" · "), workshop: line.workshop, room: line.room };
  show({ id: item.scan_id, result, person, first: result === "already" ? first : null, code: read.code ?? "", read, at: item.scanned_at });
  view.waiting(await store.waiting());
  link.flush();
}

function show(shown) {
  view.result(shown);
  sense(config.looks[shown.result]);
}

/** The server's answer: where it differs from what this phone said, it is said again. */
async function answered(item, told) {
  if (!told) return;
  const { scan: sent, ref } = item;
  if (told.first && ref) await store.arrive(sent.list, ref, { ...told.first, scan: told.result === "ok" ? sent.scan_id : "" });
  if (ref && ["cancelled", "not_confirmed", "wrong_workshop", "unknown"].includes(told.result)) await store.unarrive(sent.list, ref);
  const { token, code } = sent;
  if (view.correct(sent.scan_id, { ...told, id: sent.scan_id, code: code ?? "", read: token ? { token } : code ? { code } : { ref } })) sense(config.looks[told.result]);
}

async function undo() {
  const done = lastOk;
  if (!done) return;
  lastOk = null;
  if (!(await store.unqueue(done.id))) await store.queue({ undo: done.id });
  await store.unarrive(done.list, done.ref);
  view.undone(done.id);
  view.waiting(await store.waiting());
  link.flush();
}

async function loadList() {
  list = (await store.list(key())) ?? null;
  view.listAge(list?.fetched);
  try {
    list = await link.fetchList(key());
  } catch {
    // Without network the kept list goes on; its age is shown.
  }
  view.listAge(list?.fetched);
  if (!list) view.notice(config.words["attendance.no_list"]);
}

/** A sign of life: who came at the other gates, how many, and whether this phone is to leave. */
async function pulse() {
  try {
    const asked = key();
    const { told } = await link.ask("door-pulse", { method: "POST", body: { list: asked, since: await store.get(`since|${asked}`), waiting: await store.waiting() } });
    clock = Date.parse(told.now) - Date.now();
    await store.set("clock", clock);
    await store.set(`since|${asked}`, told.since);
    for (const [ref, at, where] of told.arrivals) await merge(asked, ref, { at, gate: where });
    counted = told;
    view.count(told);
    if (told.leave) await leave();
  } catch {
    view.count(counted);
  }
}

/** Two phones, one badge: the server's first stands, and both say so. */
async function merge(asked, ref, first) {
  const mine = await store.arrival(asked, ref);
  await store.arrive(asked, ref, { ...mine, ...first });
  if (mine?.scan && mine.gate !== first.gate) {
    const line = list?.entries.find((one) => one.t === ref);
    view.notice(config.words["attendance.both"].replace("{name}", line?.name ?? "").replace("{gate}", first.gate || config.words["nav.desk"]));
  }
}

async function leave() {
  await link.flush();
  if (await store.waiting()) return;
  await link.ask("door-leave", { method: "POST", body: {} });
  await store.wipe();
  list = null;
  eyes.close();
  view.closed(config.words["attendance.left_now"]);
}

/** The token is void: everybody is forgotten at once, the scans stay until the phone is lent again. */
async function shutOut() {
  await store.wipe();
  list = null;
  view.listAge(null);
  view.closed(config.words["attendance.paired_over"]);
}

async function pairIfLent() {
  const token = decodeURIComponent(location.hash.slice(1));
  if (!token) return;
  history.replaceState(null, "", location.pathname);
  await store.wipe();
  await store.set("token", token);
  try {
    const { told } = await link.ask("door-pair", { method: "POST", body: {} });
    await store.set("token", told.token);
    await store.set("device", told.device);
    await store.set("gate", told.gate);
    await store.set("until", Date.parse(told.expires_at));
  } catch (fault) {
    await store.set("token", "");
    view.closed(fault.message === "code_spent" ? config.words["attendance.code_spent"] : config.words["attendance.paired_over"]);
  }
}

async function startCamera() {
  if (!navigator.mediaDevices?.getUserMedia) return view.noCamera();
  try {
    await eyes.open();
    view.camera(eyes.hasTorch());
  } catch {
    view.noCamera();
  }
}

const eyes = camera({ video: $("video"), wasm: config.wasm, read: (text) => scan(reading(text)) });

function byName() {
  const words = fold($("name-words").value).split(/\s+/).filter(Boolean);
  const found = words.length && list ? list.entries.filter((line) => words.every((word) => fold(`${line.name} ${line.body}`).includes(word))).slice(0, 12) : [];
  view.found(found, words.length > 0, (line) => {
    $("search").close();
    scan({ ref: line.t });
  });
}

async function walkIn(event) {
  event.preventDefault();
  const form = event.target;
  const values = Object.fromEntries(new FormData(form));
  try {
    const { told } = await link.ask("walk-ins", { method: "POST", body: { ...values, scan_id: form.dataset.scan, list: key(), scanned_at: now() } });
    form.reset();
    $("walk-in").close();
    show({ id: told.scan_id, result: told.result, person: told.person, first: told.first, code: "", read: {}, at: now() });
    loadList();
  } catch (fault) {
    $("walk-in-said").textContent = fault.body?.message ?? config.words[link.isOnline() ? "attendance.walk_in_failed" : "attendance.walk_in_offline"];
  }
}

function wire() {
  for (const id of ["undo", "result-undo"]) $(id).addEventListener("click", undo);
  $("list").addEventListener("change", () => { loadList(); pulse(); });
  $("next").addEventListener("click", () => view.hide());
  $("force").addEventListener("click", () => { const shown = view.shown(); if (shown) scan(shown.read, { forced: true }); });
  $("torch").addEventListener("click", async () => $("torch").setAttribute("aria-pressed", String(await eyes.torch())));
  $("flip").addEventListener("click", () => eyes.flip().catch(() => view.noCamera()));
  $("photo").addEventListener("change", async () => {
    const [file] = $("photo").files;
    const text = file ? await eyes.photo(file).catch(() => "") : "";
    $("photo").value = "";
    if (text) scan(reading(text));
    else view.notice(config.words["scan.unknown"]);
  });
  for (const button of document.querySelectorAll("[data-open]")) {
    button.addEventListener("click", () => {
      wake();
      const dialog = $(button.dataset.open);
      if (dialog.id === "walk-in") $("walk-in-form").dataset.scan = newId();
      dialog.showModal();
    });
  }
  for (const button of document.querySelectorAll("[data-close]")) button.addEventListener("click", () => button.closest("dialog").close());
  $("code-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const text = $("code").value;
    $("code").value = "";
    $("typed").close();
    if (text.trim()) scan(reading(text));
  });
  $("name-words").addEventListener("input", byName);
  $("search-form").addEventListener("submit", (event) => event.preventDefault());
  $("walk-in-form").addEventListener("submit", walkIn);
  document.addEventListener("pointerdown", wake, { once: true });
  typedScanner((text) => scan(reading(text)));
  for (const event of ["online", "focus"]) addEventListener(event, () => link.flush());
  addEventListener("offline", () => view.online(false));
  document.addEventListener("visibilitychange", () => !document.hidden && link.flush());
}

async function keepPage() {
  if (!navigator.serviceWorker) return;
  await navigator.serviceWorker.register(config.worker, { scope: config.scope });
  await navigator.serviceWorker.ready;
  const cache = await caches.open("door");
  await cache.addAll([location.pathname, ...config.keep]);
  await eyes.prepare();
  document.documentElement.dataset.kept = "yes";
}

async function start() {
  store = await openStore(config.slug);
  navigator.storage?.persist?.();
  link = connect({ config, store, on: { online: view.online, waiting: view.waiting, answered, shutOut } });
  if (((await store.get("until")) ?? Infinity) < Date.now()) await store.wipe();
  if (!(await store.get("device"))) await store.set("device", newId());
  clock = (await store.get("clock")) ?? Date.parse(config.now) - Date.now();
  wire();
  await pairIfLent();
  gate = (await store.get("gate")) || config.words["nav.desk"];
  view.gate(gate);
  view.waiting(await store.waiting());
  await loadList();
  pulse();
  link.flush();
  setInterval(pulse, 10000);
  setInterval(loadList, 60000);
  setInterval(() => view.listAge(list?.fetched), 15000);
  if (!(await store.get("until"))) await store.set("until", Date.now() + LIFE);
  keepPage().catch(() => {});
  await startCamera();
  document.documentElement.dataset.ready = "yes";
}

start();
