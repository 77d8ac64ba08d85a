// Sends what this browser keeps: one operation in flight per recommendation, ten seconds for an answer, pauses that grow
// to fifteen, one sender per browser. It never throws anything away: an answer decides what becomes of a text.
import { newId, unsent } from "./store.js";
import { heard, operation, received, refused } from "./record.js";

const REST = 1000;
const TIMEOUT = 10_000;
const LONGEST = 15_000;
const TICK = 5_000;

export class Sync {
  constructor(store, { api, me, csrf, open, changed, told }) {
    Object.assign(this, { store, api, me, csrf, open, changed, told });
    this.keys = new Map();
    this.failures = 0;
    this.trouble = null;
    this.signIn = false;
    this.busy = false;
  }

  start(seq) {
    this.seq = seq;
    const now = () => this.kick();
    for (const event of ["online", "focus", "pageshow"]) addEventListener(event, now);
    addEventListener("offline", () => this.failed(null));
    document.addEventListener("visibilitychange", now);
    setInterval(now, TICK);
    this.kick();
  }

  /** A key was pressed in a recommendation: it is sent once the hands rest. */
  rest(id) {
    this.keys.set(id, performance.now());
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.kick(), REST + 20);
  }

  /** Sends everything that may be sent now and ends when it was tried; `all` does not wait for the hands to rest. */
  kick(all = false) {
    if (all) this.keys.clear();
    if (this.busy) {
      this.again = true;
      return this.running;
    }
    if (!all && this.early()) return Promise.resolve();
    this.busy = true;
    this.running = this.run();
    return this.running;
  }

  /** After a failure: whether its pause is not over yet. */
  early() {
    return this.failures > 0 && performance.now() < this.after;
  }

  async run() {
    const drain = () => this.drain();
    try {
      do {
        this.again = false;
        await (navigator.locks ? navigator.locks.request("liqaa-capture", drain) : drain());
      } while (this.again && !this.early());
    } finally {
      this.busy = false;
    }
  }

  async drain() {
    const waiting = (await this.store.records()).filter(unsent).sort((a, b) => (a.made ?? 0) - (b.made ?? 0));
    let some = false;
    for (const record of waiting) {
      const key = this.keys.get(record.id);
      if (!record.sent && key !== undefined && performance.now() - key < REST) continue;
      if (!(await this.sendOne(record.id))) return;
      some = true;
    }
    some = (await this.sendOperations()) || some;
    if (some || !this.seenAt || performance.now() - this.seenAt > TICK) await this.look();
  }

  /** Sends one recommendation; false when the network or the server is in trouble. */
  async sendOne(id) {
    const ids = { op_id: newId(), device_id: await this.store.device(), device_seq: await this.store.nextNumber() };
    const record = await this.store.update(id, (one) => {
      one.sent ??= operation(one, ids);
    });
    if (!record.sent) return true;
    this.changed(record);
    const answer = await this.ask("PUT", `/recommendations/${id}`, record.sent.body, record.author);
    if (!answer) return false;
    const after = await this.store.update(id, (one) => {
      if (one.sent?.body.op_id !== record.sent.body.op_id) return;
      if (answer.status === 200) received(one, answer.body, Date.now(), this.open(id));
      else if (answer.status === 202) one.sent = null;
      else refused(one, answer.body, Date.now());
    });
    // The server keeps what it cannot apply yet; this browser reads the list anew and sends on what is there.
    if (answer.status === 202) this.seq = 0;
    this.changed(after);
    return true;
  }

  /** Moves, merges and decisions, in the order in which they were made. */
  async sendOperations() {
    const waiting = await this.store.operations();
    if (!waiting.length) return false;
    const answer = await this.ask("POST", "/operations", waiting.map(({ body }) => body), this.me);
    if (answer?.status !== 200) return false;
    for (const one of answer.body.operations) {
      await this.store.removeOperation(one.op_id);
      if (one.error) this.told("refused", one);
    }
    this.changed(null);
    return true;
  }

  /** Reads what happened since the last time; one reading after the other, for a late answer is an old one. */
  async look() {
    this.asked = true;
    this.reading ??= this.readAll().finally(() => (this.reading = null));
    return this.reading;
  }

  async readAll() {
    while (this.asked) {
      this.asked = false;
      await this.read();
    }
  }

  async read() {
    const answer = await this.ask("GET", `/changes?since=${this.seq}`, null, this.me);
    if (answer?.status !== 200) {
      this.seenAt = 0; // The next try reads again, whatever else there is to send.
      return;
    }
    this.seenAt = performance.now();
    this.seq = answer.body.seq;
    for (const news of answer.body.recommendations) {
      const record = await this.store.update(news.id, (one) => heard(one, news, this.open(news.id)));
      this.changed(record);
    }
    this.told("frozen", answer.body.frozen);
  }

  /** One request: {status, body}, or null when it has to be made again later. */
  async ask(method, path, body, author) {
    const token = await this.store.meta(`token|${this.store.place}|${author ?? this.me}`);
    const headers = { Accept: "application/json" };
    if (body) headers["Content-Type"] = "application/json";
    if (token) headers.Authorization = `Bearer ${token.token}`;
    else if (body) headers["X-CSRFToken"] = this.csrf;
    try {
      const signal = AbortSignal.timeout(TIMEOUT);
      const answer = await fetch(this.api + path, { method, headers, signal, body: body && JSON.stringify(body), cache: "no-store" });
      if (answer.status === 401 && token) {
        // The device's right is over: the session may still speak for its own person.
        await this.store.setMeta(`token|${this.store.place}|${author ?? this.me}`, null);
        if (!author || author === this.me) return this.ask(method, path, body, author);
      }
      if ([400, 401, 404].includes(answer.status)) return this.failed("sign_in");
      if (answer.status >= 500 || answer.status === 429 || answer.status === 409) return this.failed(null);
      const result = { status: answer.status, body: await answer.json() };
      this.fine();
      return result;
    } catch {
      return this.failed(null);
    }
  }

  fine() {
    Object.assign(this, { failures: 0, trouble: null, signIn: false });
    this.told("network", { on: true });
  }

  failed(why) {
    this.failures += 1;
    this.trouble ??= Date.now();
    this.signIn = why === "sign_in";
    const pause = Math.min(LONGEST, 1000 * 2 ** Math.min(this.failures, 5)) * (0.5 + Math.random() / 2);
    this.after = performance.now() + pause;
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.kick(), pause + 10);
    this.told("network", { on: false, since: this.trouble, signIn: this.signIn });
    return null;
  }

  /** A right of 72 hours for this browser, so that an expired sign-in costs no text. */
  async pair(hours = 24) {
    const key = `token|${this.store.place}|${this.me}`;
    const known = await this.store.meta(key);
    if (known && new Date(known.expires_at) - Date.now() > hours * 3_600_000) return;
    try {
      const headers = { "X-CSRFToken": this.csrf, Accept: "application/json" };
      const answer = await fetch(`${this.api}/devices`, { method: "POST", headers, signal: AbortSignal.timeout(TIMEOUT) });
      if (answer.ok) await this.store.setMeta(key, await answer.json());
    } catch {
      // Without a network the session speaks; the next start asks again.
    }
  }
}
