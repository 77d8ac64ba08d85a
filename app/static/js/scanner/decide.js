// What a scan comes to without network: hashes of the list, its states, and who has come. The server has the last word.

/** SHA-256 of salt and text, 128 bits in hex: the name of a badge or a code in the list. */
export async function salted(salt, text) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`${salt}|${text}`));
  return [...new Uint8Array(digest)].slice(0, 16).map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A typed code as it was printed: capitals, without spaces and hyphens. */
export const tidy = (text) => text.toUpperCase().replace(/[^A-Z0-9]/g, "");

/** What was read: a badge, or a code somebody typed. */
export function reading(text) {
  const plain = text.trim();
  return /^[A-Z0-9]{28,60}$/.test(plain) ? { token: plain } : { code: tidy(plain).slice(0, 12) };
}

/** The line of the list that was read, by the hash of the badge or of the code. */
export async function lineOf(list, read) {
  if (!list) return null;
  if (read.ref) return list.entries.find((line) => line.t === read.ref) ?? null;
  const [text, part] = read.token ? [read.token, "t"] : [read.code, "c"];
  const hash = await salted(list.salt, text);
  return list.entries.find((line) => line[part] === hash) ?? null;
}

/** The result, as 07-protocols names it. `first` is the arrival this phone knows of. */
export function decide(list, line, first) {
  if (!line) return "unknown";
  if (line.status !== "ok") return line.status;
  if (list.workshop && line.workshop && line.workshop !== list.workshop) return "wrong_workshop";
  return first ? "already" : "ok";
}

/** Letters for searching by name: one for every spelling. */
export function fold(text) {
  return text.normalize("NFKD").replace(/[\u064b-\u065f\u0670\u0640\u0300-\u036f]/g, "").toLowerCase()
    .replace(/[أإآٱ]/g, "ا").replace(/ى/g, "ي").replace(/ة/g, "ه").replace(/ؤ/g, "و").replace(/ئ/g, "ي").replace(/ء/g, "")
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660)).replace(/[-'’]/g, " ");
}

/** A UUIDv7 (RFC 9562). */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let stamp = Date.now();
  for (let at = 5; at >= 0; at -= 1) {
    bytes[at] = stamp % 256;
    stamp = Math.floor(stamp / 256);
  }
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
