// Merging two wordings by words, as the server does (app/recommendations/merging.py): the browser needs it when somebody
// goes on typing while a colleague's edit of the same text comes back.
const TOKEN = /([\p{L}\p{N}_\p{M}\u0640]+|[^\p{L}\p{N}_\s])(\s*)/gu;

export const tokens = (text) => Array.from(text.matchAll(TOKEN), ([, word, space]) => ({ word, space }));

/** How many words a text has; signs are none. */
export const count = (text) => tokens(text).filter(({ word }) => /[\p{L}\p{N}]/u.test(word)).length;

/** A text as the server keeps it: no direction marks, single spaces, no space at the ends of lines. */
export function cleaned(text) {
  return text
    .normalize("NFC")
    .replace(/[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g, "")
    .split(/\r\n?|\n/)
    .map((line) => line.replace(/\s+/g, " ").trim())
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .replace(/^\n+|\n+$/g, "");
}

/** The edits that make `old` into `now`: [{start, end, tokens}], from a longest common subsequence of words. */
function edits(old, now) {
  const width = now.length + 1;
  const best = new Uint16Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = now.length - 1; j >= 0; j -= 1) {
      const at = i * width + j;
      best[at] = old[i].word === now[j].word ? best[at + width + 1] + 1 : Math.max(best[at + width], best[at + 1]);
    }
  }
  const found = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i].word === now[j].word) {
      i += 1;
      j += 1;
      continue;
    }
    const edit = { start: i, end: i, tokens: [] };
    while ((i < old.length || j < now.length) && !(i < old.length && j < now.length && old[i].word === now[j].word)) {
      const drop = i < old.length && (j >= now.length || best[(i + 1) * width + j] >= best[i * width + j + 1]);
      if (drop) i += 1;
      else edit.tokens.push(now[j++]);
    }
    edit.end = i;
    found.push(edit);
  }
  return found;
}

const alike = (one, other) =>
  one.start === other.start && one.end === other.end &&
  one.tokens.map(({ word }) => word).join(" ") === other.tokens.map(({ word }) => word).join(" ");

const overlap = (one, other) =>
  one.start === one.end && other.start === other.end
    ? one.start === other.start
    : one.start < other.end && other.start < one.end;

/** The text with both edits since `base`, or null when they overlap. */
export function merge(base, ours, theirs) {
  if (ours === theirs || theirs === base) return ours;
  if (ours === base) return theirs;
  const old = tokens(base);
  const first = edits(old, tokens(ours));
  const all = [...first];
  for (const edit of edits(old, tokens(theirs))) {
    if (first.some((mine) => alike(edit, mine))) continue;
    if (first.some((mine) => overlap(edit, mine))) return null;
    all.push(edit);
  }
  all.sort((one, other) => one.start - other.start || one.end - other.end);
  const out = [];
  let place = 0;
  for (const edit of [...all, { start: old.length, end: old.length, tokens: [] }]) {
    out.push(...old.slice(place, edit.start), ...edit.tokens);
    place = edit.end;
  }
  return out
    .map(({ word, space }, at) => {
      const next = out[at + 1]?.word;
      return word + (space || (next && /[\p{L}\p{N}_]$/u.test(word) && /^[\p{L}\p{N}_]/u.test(next) ? " " : ""));
    })
    .join("")
    .trim();
}
