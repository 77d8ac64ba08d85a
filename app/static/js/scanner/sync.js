// Hands in scans and fetches the list. One phone, one line: a batch at a time, the oldest first, again until it is in.
const BATCH = 50;
const TIMEOUT = 10000;

export class Refused extends Error {
  constructor(status, body) {
    super(body?.error ?? String(status));
    this.status = status;
    this.body = body;
  }
}

export function connect({ config, store, on }) {
  let online = navigator.onLine;
  let running = false;
  let again = false;
  let pause = 0;

  async function ask(path, { method = "GET", body, headers = {} } = {}) {
    const token = await store.get("token");
    const all = { Accept: "application/json", ...headers };
    if (token) all.Authorization = `Bearer ${token}`;
    else if (method !== "GET") all["X-CSRFToken"] = document.querySelector("meta[name=csrf-token]").content;
    if (body !== undefined) all["Content-Type"] = "application/json";
    const url = `${config.api}${path}${path.includes("?") ? "&" : "?"}lang=${config.lang}`;
    let answer;
    try {
      answer = await fetch(url, { method, headers: all, body: body === undefined ? undefined : JSON.stringify(body), signal: AbortSignal.timeout(TIMEOUT), credentials: token ? "omit" : "same-origin" });
    } catch (fault) {
      seen(false);
      throw fault;
    }
    seen(true);
    if (answer.status === 304) return null;
    const told = await answer.json().catch(() => null);
    if (!answer.ok) {
      if (answer.status === 401 || (answer.status === 400 && told?.error === "form_expired")) await on.shutOut(Boolean(token));
      throw new Refused(answer.status, told);
    }
    return { told, etag: answer.headers.get("ETag") };
  }

  function seen(now) {
    online = now;
    on.online(now);
  }

  /** Sends what waits, scans in batches and what was taken back one by one; what is in is dropped. */
  async function handIn() {
    for (;;) {
      const items = await store.oldest(BATCH);
      if (!items.length) return;
      const first = items.findIndex((item) => item.undo);
      const scans = (first < 0 ? items : items.slice(0, first)).filter((item) => item.scan);
      if (scans.length) await batch(scans);
      else await takeBack(items[0]);
      on.waiting(await store.waiting());
    }
  }

  async function batch(items) {
    try {
      const { told } = await ask("checkins", { method: "POST", body: items.map((item) => item.scan) });
      await store.drop(items);
      for (const [at, item] of items.entries()) await on.answered(item, told[at]);
    } catch (fault) {
      const bad = fault instanceof Refused && fault.body?.error === "scan_malformed";
      if (!bad) throw fault;
      // One scan that no repeat can cure must not keep the others from the server.
      if (items.length === 1) await store.drop(items);
      else for (const item of items) await batch([item]);
    }
  }

  async function takeBack(item) {
    try {
      await ask(`checkins/${item.undo}/undo`, { method: "POST", body: {} });
    } catch (fault) {
      if (!(fault instanceof Refused) || fault.status !== 404) throw fault;
    }
    await store.drop([item]);
  }

  async function flush() {
    if (running) {
      again = true;
      return;
    }
    running = true;
    try {
      await (navigator.locks ? navigator.locks.request(`door-${config.slug}`, handIn) : handIn());
      pause = 0;
    } catch {
      pause = Math.min(15000, (pause || 800) * 2) * (0.7 + 0.6 * Math.random());
      setTimeout(flush, pause);
    } finally {
      running = false;
      on.waiting(await store.waiting());
      if (again) {
        again = false;
        flush();
      }
    }
  }

  async function fetchList(key) {
    const kept = await store.list(key);
    const answer = await ask(`door-list?list=${encodeURIComponent(key)}`, { headers: kept?.etag ? { "If-None-Match": kept.etag } : {} });
    const list = { ...(answer ? answer.told : kept), etag: answer ? answer.etag : kept.etag, fetched: Date.now() };
    await store.keepList(key, list);
    return list;
  }

  return { ask, flush, fetchList, isOnline: () => online };
}
