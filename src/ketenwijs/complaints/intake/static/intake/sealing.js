// Sealing in the browser of whoever tells something: nothing readable and no number leaves the telephone.

import { fromBase64, fromHex, random, Refusal, sha256, toBase64, toHex } from "../sealing/bytes.js";
import * as envelopes from "../sealing/envelopes.js";
import { checked, refusalOf, signersOf } from "../sealing/keylists.js";
import { goUp, patiently, workOn } from "./pieces.js";
import { isProven, nextPlace, readThread, sealMessage } from "../sealing/payloads.js";
import * as receipts from "../sealing/receipts.js";
import { newSigningKey, privateFrom } from "../sealing/signatures.js";

export const site = { words: {}, list: null, salt: null, language: document.documentElement.lang };

export class Answer extends Error {
  constructor(status, data) {
    super(String(status));
    this.status = status;
    this.data = data;
    this.phrase = data.phrase || "busy";
  }
}

async function answered(response) {
  if (response.ok) return response;
  throw new Answer(response.status, await response.json().catch(() => ({})));
}

export async function post(address, data) {
  const headers = { "Content-Type": "application/json" };
  return answered(await fetch(address, { method: "POST", headers, body: JSON.stringify(data), credentials: "omit" }));
}

// Keys checked, a trial sealed: only then this browser takes over.
export async function prepare() {
  const [keys, words] = await Promise.all([
    fetch("/sealed/keys/", { credentials: "omit" }).then(answered).then((one) => one.json()),
    fetch(`${location.pathname.split("/").slice(0, 2).join("/")}/words/`, { credentials: "omit" }).then((one) => one.json()),
  ]);
  site.list = await checked(keys.document, keys.signature);
  site.salt = fromHex(keys.salt);
  site.keys = keys;
  site.words = words;
  const { identity, recipient } = await envelopes.newIdentity();
  return (await envelopes.unsealText(await envelopes.seal("trial", [recipient]), identity)) === "trial";
}

const seen = () => ({ serial: site.list.serial, root: site.list.root });

function readersFor(withoutChair) {
  const wanted = withoutChair ? site.keys.readers_without_chair : site.keys.readers;
  return site.list.members.filter((one) => !one.until && wanted.includes(one.identifier));
}

async function newThread(readers, holder) {
  const { identity, recipient } = await envelopes.newIdentity();
  const wraps = {};
  for (const one of readers) wraps[one.identifier] = toBase64(await envelopes.seal(`${identity}\n`, [one.recipient]));
  const thread = { recipient, wraps };
  if (holder) thread.for_holder = toBase64(await envelopes.seal(`${identity}\n`, [holder]));
  if (site.list.recovery) thread.for_recovery = toBase64(await envelopes.seal(`${identity}\n`, [site.list.recovery]));
  return { thread, identity };
}

export async function keysOf(receipt) {
  const secret = await receipts.stretched(receipt, site.salt);
  return { secret, ...(await receipts.keysFrom(secret)) };
}

// A case as it is sent: kept, so that sending again after a lost connection sends the very same.
export async function sealCase(keys, told, nonce) {
  const readers = readersFor(told.without_chair);
  const identifier = toHex(random(16));
  const signing = await newSigningKey();
  const intake = await newThread(readers, keys.recipient);
  const internal = await newThread(readers, "");
  const made = { holder: keys.recipient, committee: internal.thread.recipient };
  const body = { ...told, signing: signing.public, keys: made, sealed_by: "browser", language: site.language };
  const place = { case: identifier, thread: "intake", epoch: 1, sequence: 1, previous: "" };
  const message = { place, author: "complainant", kind: "text", body, keyList: seen() };
  return {
    identifier,
    holder: {
      locator: keys.locator,
      proof: keys.proof,
      recipient: keys.recipient,
      signing: signing.public,
      signing_sealed: toBase64(await envelopes.seal(signing.pkcs8, [keys.recipient])),
    },
    intake: intake.thread,
    internal: internal.thread,
    first: toBase64(await sealMessage(message, signing.private, intake.thread.recipient)),
    once: await receipts.onceToken(keys.secret, nonce, told.text),
    without_chair: Boolean(told.without_chair),
  };
}

export async function openCase(keys, sum = {}) {
  const shown = { locator: keys.locator, proof: keys.proof };
  const data = await (await post("/sealed/threads/", { ...shown, ...sum })).json();
  const opened = { keys, shown, data, threads: {}, key: null };
  opened.key = await privateFrom(await envelopes.unseal(fromBase64(data.signing), keys.identity));
  const signers = signersOf(site.list, data.signers);
  for (const [name, one] of Object.entries(data.threads)) {
    const identities = {};
    for (const [epoch, wrap] of Object.entries(one.wraps)) {
      identities[epoch] = await envelopes.unsealText(fromBase64(wrap), keys.identity);
    }
    const stored = one.envelopes.map((row) => ({ ...row, sealed: fromBase64(row.sealed) }));
    const messages = await readThread(stored, { caseId: data.case, thread: name, identities, signers });
    // What is sealed next goes to the key we opened ourselves, never to one that only the server names.
    const recipient = await envelopes.recipientOf(identities[one.epoch]);
    opened.threads[name] = { epoch: one.epoch, identities, stored, messages, recipient };
  }
  const all = Object.values(opened.threads).flatMap((one) => one.messages);
  const own = opened.threads[ownThread(opened)];
  const proven = isProven(own.messages, own.epoch, own.epoch === 1 ? "complainant" : "");
  opened.refusal = refusalOf(all, site.list) || (proven ? "" : "key_not_signed");
  return opened;
}

export const ownThread = (opened) => (opened.data.role === "complainant" ? "intake" : opened.data.role);

async function next(opened, kind, body) {
  const name = ownThread(opened);
  const thread = opened.threads[name];
  const place = await nextPlace(thread.stored, opened.data.case, name, thread.epoch);
  const message = { place, author: opened.data.role, kind, body, keyList: seen() };
  return { place, thread, sealed: await sealMessage(message, opened.key, thread.recipient) };
}

const grown = ({ thread, place, sealed }) => thread.stored.push({ sequence: place.sequence, epoch: place.epoch, sealed });

export async function sendWords(opened, kind, body, nonce, sum = {}) {
  const made = await next(opened, kind, { ...body, sealed_by: "browser" });
  const once = await receipts.onceToken(opened.keys.secret, nonce, `${kind} ${body.about || 0} ${body.text}`);
  const data = { ...opened.shown, sequence: made.place.sequence, sealed: toBase64(made.sealed), once, ...sum };
  await post("/sealed/message/", data);
  grown(made);
}

// Yes or no to another body: the signed message, and the same for the server, which must refuse without it.
export async function sendHandover(opened, says, body, sum = {}) {
  const made = await next(opened, "handover", { text: says, body, sealed_by: "browser" });
  const once = await receipts.onceToken(opened.keys.secret, toHex(random(8)), `handover ${body} ${says}`);
  const sealed = toBase64(made.sealed);
  await post("/sealed/handover/", { ...opened.shown, sequence: made.place.sequence, sealed, once, body, says, ...sum });
  grown(made);
}

async function sendParts(address, fields, parts) {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.append(field, value);
  for (const [field, content] of Object.entries(parts)) form.append(field, new Blob([content]), "f");
  const signal = AbortSignal.timeout && AbortSignal.timeout(120000);
  await answered(await fetch(address, { method: "POST", body: form, credentials: "omit", signal }));
}

// `told` hears which piece of how many goes up. Again once when a piece went missing or a message came in between.
export async function sendFile(opened, file, sum = {}, told = () => {}, again = true) {
  const { content, name, type } = file;
  const work = await workOn(content, opened.threads[ownThread(opened)].recipient);
  const { upload, identifier, count } = work;
  try {
    await goUp(work, (number, piece) => sendParts("/sealed/piece/", { ...opened.shown, ...sum, upload, number }, { piece }), told);
    // Kept, so that sending again sends the very same message.
    work.made = work.made || (await next(opened, "file", { file: identifier, name, type, size: content.length, sha256: work.hash }));
    const { place, sealed: message } = work.made;
    const fields = { ...opened.shown, ...(count ? { upload, pieces: count } : sum), identifier, sequence: place.sequence };
    await patiently(() => sendParts("/sealed/file/", fields, count ? { message } : { file: work.sealed, message }));
  } catch (error) {
    if (!(error instanceof Answer) || error.status >= 500) throw new Answer(0, { phrase: "file_interrupted" });
    const { missing, stale } = error.data;
    if (!again || !(missing || stale)) throw error;
    (missing || []).forEach((number) => work.up.delete(number));
    if (stale) {
      work.made = null;
      Object.assign(opened, await openCase(opened.keys));
    }
    await sendFile(opened, file, sum, told, false);
    return;
  }
  grown(work.made);
  work.done();
}

export async function openFile(opened, name, payload) {
  const response = await post("/sealed/file/get/", { ...opened.shown, identifier: payload.body.file });
  const sealed = new Uint8Array(await response.arrayBuffer());
  return envelopes.unsealFile(sealed, opened.threads[name].identities[payload.epoch], payload.body);
}

export { receipts, Refusal, toHex, random };
