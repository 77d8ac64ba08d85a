// One recommendation between its editor and the server: what is shown, what is sent, what an answer means.
//
// `fields` is the server's text and revision of each field. `draft` is what was typed and is not received. `roots` says,
// for a field that was typed in, from which text the typing started: its words and the revision they belong to. A
// colleague's edit that came meanwhile is merged into what is sent, never into an open editor.
import { cleaned, merge } from "./words.js";

const PROSE = /^(body|title|rationale)\.|^(note|indicator|addressees)$/;

/** What the editor shows for a field. */
export const shown = (record, field) => record.draft[field] ?? record.fields[field]?.text ?? "";

/** Somebody typed: keep it, and remember what it was typed on. */
export function typed(record, field, value, author, now) {
  const here = record.fields[field] ?? { rev: 0, text: "" };
  // What stood there already was not typed, although the server may meanwhile have more.
  if (!(field in record.draft) && value === (record.roots[field] ?? here).text) return;
  record.roots[field] ??= { rev: here.rev, text: here.text };
  record.draft[field] = value;
  record.author = author;
  record.since ??= now;
  record.savedAt = now;
  // Back to what the server has, with nothing under way: there is nothing to send.
  if (!record.sent && record.known && record.roots[field].rev === here.rev && cleaned(value) === cleaned(here.text)) {
    delete record.draft[field];
    delete record.roots[field];
    if (!Object.keys(record.draft).length) record.since = null;
  }
}

/** The operation that sends what was typed; null when there is nothing to send. It is sent unchanged until answered. */
export function operation(record, { op_id, device_id, device_seq }) {
  const fields = {};
  const base_rev = {};
  const variant_of = {};
  for (const [field, value] of Object.entries(record.draft)) {
    const here = record.fields[field] ?? { rev: 0, text: "" };
    const root = record.roots[field] ?? here;
    const merged = root.rev !== here.rev && PROSE.test(field) && !record.own[field] ? merge(root.text, value, here.text) : null;
    fields[field] = merged ?? value;
    base_rev[field] = merged === null ? root.rev : here.rev;
    if (record.own[field]) variant_of[field] = record.own[field];
  }
  if (!Object.keys(fields).length) return null;
  if (!record.known && !record.fields.authentic) fields.authentic = record.authentic;
  const body = { op_id, device_id, device_seq, client_time: new Date().toISOString(), base_rev, fields };
  if (Object.keys(variant_of).length) body.variant_of = variant_of;
  if (!record.known && record.after) body.after = record.after;
  if (!record.known && record.behalf) Object.assign(body, { on_behalf_of: record.behalf, origin: "paper" });
  return { body, typed: { ...record.draft } };
}

/** The server has the operation: what was sent and not typed over since is received. `open`: the field in an editor. */
export function received(record, answer, now, open) {
  const { body, typed: sent } = record.sent;
  record.sent = null;
  record.known = true;
  for (const [field, here] of Object.entries(answer.fields)) {
    const own = answer.variants.findLast((one) => one.field === field && alike(one.text, body.fields[field]));
    const aside = own && !alike(body.fields[field], here.text);
    if (aside) record.own[field] = own.id;
    else delete record.own[field];
    record.fields[field] = here;
    if (!(field in sent)) continue;
    if (record.draft[field] === sent[field]) delete record.draft[field];
    // What goes on being shown or typed starts from the text that was sent, which may lack what the server merged in.
    if (field in record.draft || field === open || aside) {
      record.roots[field] = { rev: alike(sent[field], here.text) ? here.rev : body.base_rev[field], text: sent[field] };
    } else delete record.roots[field];
  }
  const { code, state, position, advice, rev, variants } = answer;
  Object.assign(record, { code, state, position, advice, rev, variants, receivedAt: now });
  for (const { value, label } of answer.addressees) record.labels[value] = label;
  record.since = Object.keys(record.draft).length ? now : null;
}

const alike = (one, other) => cleaned(String(one)) === cleaned(String(other));

/** The server will not take the operation: the text stays, readable, beside the editor. */
export function refused(record, answer, now) {
  const { body, typed: sent } = record.sent;
  record.sent = null;
  record.refused.push({ at: now, code: answer.error, message: answer.message, fields: body.fields });
  for (const [field, value] of Object.entries(sent)) {
    if (record.draft[field] !== value) continue;
    delete record.draft[field];
    delete record.roots[field];
  }
  if (!Object.keys(record.draft).length) record.since = null;
}

/** News from the server; a field that is open in an editor keeps its text, and its root. */
export function heard(record, news, open) {
  for (const [field, here] of Object.entries(news.fields)) {
    const before = record.fields[field] ?? { rev: 0, text: "" };
    if (field === open && before.rev !== here.rev) record.roots[field] ??= { ...before };
    record.fields[field] = here;
  }
  for (const [field, id] of Object.entries(record.own)) {
    if (!news.variants.some((one) => one.id === id)) {
      delete record.own[field];
      if (!(field in record.draft)) delete record.roots[field];
    }
  }
  const { code, state, position, rev, authentic, advice, variants, review_reason, merged_into } = news;
  Object.assign(record, { code, state, position, rev, authentic, advice, variants, review_reason, merged_into, known: true });
  for (const { value, label } of news.addressees) record.labels[value] = label;
  if (!record.made) record.made = Date.now();
}

/** The editor of a field is closed: it may show the server's text again. */
export function closed(record, field) {
  if (!(field in record.draft) && !record.own[field]) delete record.roots[field];
}
