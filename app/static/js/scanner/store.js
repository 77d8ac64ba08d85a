// What the phone keeps: its token, the list, who came, and the scans that have not reached the server.
import { openDB } from "idb";

const STORES = ["settings", "lists", "arrived"];

export async function openStore(slug) {
  const db = await openDB(`liqaa-door-${slug}`, 1, {
    upgrade(made) {
      for (const name of STORES) made.createObjectStore(name);
      made.createObjectStore("outbox", { keyPath: "seq", autoIncrement: true });
    },
  });
  return {
    get: (name) => db.get("settings", name),
    set: (name, value) => db.put("settings", value, name),
    list: (key) => db.get("lists", key),
    keepList: (key, list) => db.put("lists", list, key),
    arrival: (key, ref) => db.get("arrived", `${key}|${ref}`),
    arrive: (key, ref, first) => db.put("arrived", first, `${key}|${ref}`),
    unarrive: (key, ref) => db.delete("arrived", `${key}|${ref}`),
    queue: (item) => db.add("outbox", item),
    waiting: () => db.count("outbox"),
    oldest: (most) => db.getAll("outbox", null, most),
    drop: async (items) => {
      const act = db.transaction("outbox", "readwrite");
      await Promise.all([...items.map((item) => act.store.delete(item.seq)), act.done]);
    },
    /** Takes an unsent scan back; whether there was one. */
    async unqueue(scanId) {
      const found = (await db.getAll("outbox")).find((item) => item.scan?.scan_id === scanId);
      if (found) await db.delete("outbox", found.seq);
      return Boolean(found);
    },
    /** Forgets everybody; scans that have not been handed in stay, for they are facts. */
    async wipe() {
      await Promise.all(["lists", "arrived"].map((name) => db.clear(name)));
      await db.delete("settings", "token");
    },
  };
}
