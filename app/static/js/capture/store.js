// What this browser keeps, in IndexedDB: each recommendation with what is not received yet, further operations, the
// device's name and its rights. Every change is one read-change-write transaction, so that two windows lose nothing.
import { openDB } from "idb";

const NAME = "liqaa-capture";
const opened = openDB(NAME, 1, {
  upgrade(database) {
    database.createObjectStore("records", { keyPath: ["place", "id"] });
    database.createObjectStore("operations", { keyPath: "op_id" });
    database.createObjectStore("meta");
  },
});
const channel = "BroadcastChannel" in self ? new BroadcastChannel(NAME) : null;

/** A UUIDv7: sorts by the time it was made. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const now = Date.now();
  for (let at = 0; at < 6; at += 1) bytes[at] = Math.floor(now / 256 ** (5 - at)) % 256;
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

export class Store {
  constructor(place) {
    this.place = place;
    this.heard = () => {};
    channel?.addEventListener("message", ({ data }) => data.place === place && this.heard(data.id));
  }

  /** Every recommendation of the workshop that this browser knows. */
  async records() {
    const all = await (await opened).getAll("records");
    return all.filter(({ place }) => place === this.place);
  }

  async record(id) {
    return (await opened).get("records", [this.place, id]);
  }

  /** Changes one record by `change(record)` (a new one when there is none); answers it as written. */
  async update(id, change) {
    const transaction = (await opened).transaction("records", "readwrite", { durability: "strict" });
    const found = (await transaction.store.get([this.place, id])) ?? blank(this.place, id);
    const record = change(found) ?? found;
    await transaction.store.put(record);
    await transaction.done;
    channel?.postMessage({ place: this.place, id });
    return record;
  }

  async operations() {
    const all = await (await opened).getAll("operations");
    return all.filter(({ place }) => place === this.place).sort((a, b) => a.at - b.at);
  }

  async addOperation(operation) {
    await (await opened).put("operations", { place: this.place, at: Date.now(), ...operation });
  }

  async removeOperation(id) {
    await (await opened).delete("operations", id);
  }

  async meta(key) {
    return (await opened).get("meta", key);
  }

  async setMeta(key, value) {
    await (await opened).put("meta", value, key);
  }

  /** The next number of this device's operations. */
  async nextNumber() {
    const transaction = (await opened).transaction("meta", "readwrite");
    const number = ((await transaction.store.get("device_seq")) ?? 0) + 1;
    await transaction.store.put(number, "device_seq");
    await transaction.done;
    return number;
  }

  /** The name of this browser among the devices; made once. */
  async device() {
    const known = await this.meta("device_id");
    if (known) return known;
    const id = newId();
    await this.setMeta("device_id", id);
    return id;
  }
}

/** A recommendation nobody has heard of yet. `draft` holds what is not received, `sent` the one operation under way. */
export function blank(place, id) {
  return {
    place, id, code: "", state: "draft", position: 1e9, authentic: "ar", fields: {}, draft: {}, roots: {}, sent: null,
    variants: [], own: {}, refused: [], advice: null, labels: {}, apart: [], known: false, author: null, made: Date.now(),
  };
}

/** Whether something of the record has not been received. */
export const unsent = (record) => Boolean(record.sent) || Object.keys(record.draft).length > 0;
