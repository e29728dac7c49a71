// A case opened in memory with the member's key, and everything that is sealed for it.

import { fromBase64, fromHex, random, sha256, toBase64, toHex } from "../sealing/bytes.js";
import * as envelopes from "../sealing/envelopes.js";
import { checked, refusalOf, signersOf } from "../sealing/keylists.js";
import { isProven, nextPlace, readThread, sealMessage } from "../sealing/payloads.js";
import * as receipts from "../sealing/receipts.js";
import { newSigningKey } from "../sealing/signatures.js";
import { Refusal } from "../sealing/bytes.js";
import { get, post, settings } from "../committee/page.js";

const address = (part) => settings().base + part;

export async function openCase(key) {
  const data = await get(address("data/"));
  const list = await checked(data.document, data.signature);
  const signers = signersOf(list, Object.fromEntries(data.holders.map((one) => [one.role, one.signing])));
  const opened = { key, data, list, threads: {} };
  for (const [name, one] of Object.entries(data.threads)) {
    const identities = {};
    for (const [epoch, wrap] of Object.entries(one.wraps)) {
      identities[epoch] = await envelopes.unsealText(fromBase64(wrap), key.identity);
    }
    const stored = one.envelopes.map((row) => ({ ...row, sealed: fromBase64(row.sealed) }));
    const messages = await readThread(stored, { caseId: data.case, thread: name, identities, signers });
    const own = identities[one.epoch];
    // Sealed only to a key that we opened ourselves: a recipient that the server alone names is not used.
    opened.threads[name] = { epoch: one.epoch, identities, stored, messages, recipient: own ? await envelopes.recipientOf(own) : "" };
  }
  for (const [name, one] of Object.entries(opened.threads)) {
    if (!isOurs(opened, name, one)) Object.assign(one, { recipient: "", unproven: Boolean(one.recipient) });
  }
  const refusal = refusalOf(Object.values(opened.threads).flatMap((one) => one.messages), list);
  if (refusal) throw new Refusal(refusal);
  return opened;
}

// The first message of the complainant names, signed, its own key and the one the committee's thread began with.
const toldKeys = ({ threads }) => {
  const [first] = threads.intake ? threads.intake.messages : [];
  return first && first.payload && first.payload.author === "complainant" ? first.payload.body.keys : undefined;
};

function isOurs(opened, name, { epoch, messages, recipient }) {
  if (isProven(messages, epoch, epoch === 1 ? "complainant" : "")) return true;
  const keys = toldKeys(opened);
  return epoch === 1 && name === "committee" && Boolean(keys) && keys.committee === recipient;
}

// To whom a new key may be sealed outside the committee: only the key that a signed message named.
function holderOf(opened, name) {
  const role = name === "intake" ? "complainant" : name;
  const holder = opened.data.holders.find((one) => one.role === role);
  if (!holder) return "";
  const named = opened.threads[name].messages.find(({ payload }) => payload && payload.kind === "key" && payload.body.holder);
  const keys = name === "intake" ? toldKeys(opened) : named && named.payload.body;
  if (!keys || keys.holder !== holder.recipient) throw new Refusal("key_not_signed");
  return holder.recipient;
}

export async function sealedNext(opened, name, kind, body) {
  if (!opened.threads[name].recipient) throw new Refusal("key_not_signed");
  const thread = opened.threads[name];
  const place = await nextPlace(thread.stored, opened.data.case, name, thread.epoch);
  const keyList = { serial: opened.list.serial, root: opened.list.root };
  const message = { place, author: `member:${opened.key.identifier}`, kind, body, keyList };
  return { sequence: place.sequence, sealed: await sealMessage(message, opened.key.signingKey, thread.recipient) };
}

export async function write(opened, name, kind, text) {
  const { sequence, sealed } = await sealedNext(opened, name, kind, { text });
  await post(address("message/"), { name, sequence, sealed: toBase64(sealed) });
}

export async function move(opened, step, reasons, withoutFollowUp) {
  const data = { move: step, seen: settings().state, without_follow_up: withoutFollowUp };
  if (reasons) {
    const made = await sealedNext(opened, "committee", "reasons", { text: reasons, move: step });
    Object.assign(data, { sequence: made.sequence, sealed: toBase64(made.sealed) });
  }
  await post(address("move/"), data);
}

export async function clock(opened, act, days, reason) {
  const data = { act, days };
  if (reason) {
    const made = await sealedNext(opened, "committee", "reasons", { text: reason, clock: act });
    Object.assign(data, { sequence: made.sequence, sealed: toBase64(made.sealed) });
  }
  await post(address("clock/"), data);
}

// Another day for one party, or the end of its hearing; the reason is sealed within the committee.
export async function changeHearing(opened, name, act, due, reason) {
  const made = await sealedNext(opened, "committee", "reasons", { text: reason, party: name, hearing: act });
  const data = { name, act, sequence: made.sequence, sealed: toBase64(made.sealed) };
  await post(address("hearing/"), act === "extend" ? { ...data, due } : data);
}

export async function addFile(opened, name, file) {
  const content = new Uint8Array(await file.arrayBuffer());
  const identifier = toHex(random(16));
  const told = { file: identifier, name: file.name, type: file.type, size: content.length, sha256: toHex(await sha256(content)) };
  const made = await sealedNext(opened, name, "file", told);
  const form = new FormData();
  for (const [field, value] of Object.entries({ name, identifier, sequence: made.sequence })) form.append(field, value);
  form.append("file", new Blob([await envelopes.sealFile(content, opened.threads[name].recipient)]), "f");
  form.append("message", new Blob([made.sealed]), "m");
  await post(address("file/"), form);
}

export async function openFile(opened, name, payload) {
  const response = await fetch(address(`file/${encodeURIComponent(payload.body.file)}/`));
  const sealed = new Uint8Array(await response.arrayBuffer());
  return envelopes.unsealFile(sealed, opened.threads[name].identities[payload.epoch], payload.body);
}

const listed = (opened, identifier) => opened.list.members.find((one) => one.identifier === identifier && !one.until);

// Every identity of every thread, sealed to a member whose key stands on the signed list.
export async function give(opened, identifier) {
  const { recipient } = listed(opened, identifier);
  const granted = [];
  for (const [thread, one] of Object.entries(opened.threads)) {
    for (const [epoch, identity] of Object.entries(one.identities)) {
      granted.push({ thread, epoch: Number(epoch), key: identifier, sealed: toBase64(await envelopes.seal(`${identity}\n`, [recipient])) });
    }
  }
  await post(address("grant/"), { granted });
}

async function newThread(opened, name, holder) {
  const { identity, recipient } = await envelopes.newIdentity();
  const thread = { recipient, wraps: {} };
  for (const one of opened.data.readers) {
    thread.wraps[one] = toBase64(await envelopes.seal(`${identity}\n`, [listed(opened, one).recipient]));
  }
  if (holder) thread.for_holder = toBase64(await envelopes.seal(`${identity}\n`, [holder]));
  if (opened.list.recovery) thread.for_recovery = toBase64(await envelopes.seal(`${identity}\n`, [opened.list.recovery]));
  const { stored = [], epoch = 0 } = opened.threads[name] || {};
  const place = await nextPlace(stored, opened.data.case, name, epoch + 1);
  const keyList = { serial: opened.list.serial, root: opened.list.root };
  const message = { place, author: `member:${opened.key.identifier}`, kind: "key", body: { holder }, keyList };
  const first = toBase64(await sealMessage(message, opened.key.signingKey, recipient));
  return Object.assign(thread, { first, sequence: place.sequence });
}

export async function renew(opened) {
  const threads = {};
  for (const name of Object.keys(opened.threads)) threads[name] = await newThread(opened, name, holderOf(opened, name));
  await post(address("renew/"), { threads });
}

// The heard party gets a number of its own, made here; the server never sees it.
// `label` and the number of the consent go to the committee's own thread only.
export async function hear(opened, label, consent) {
  const receipt = receipts.newReceipt();
  const keys = await receipts.keysFrom(await receipts.stretched(receipt, fromHex(opened.data.salt)));
  const signing = await newSigningKey();
  const party = {
    locator: keys.locator,
    proof: keys.proof,
    recipient: keys.recipient,
    signing: signing.public,
    signing_sealed: toBase64(await envelopes.seal(signing.pkcs8, [keys.recipient])),
  };
  const name = opened.data.next_party;
  const note = await sealedNext(opened, "committee", "heard", { party: name, text: label, consent });
  const thread = await newThread(opened, name, keys.recipient);
  await post(address("hear/"), { name, party, thread, sequence: note.sequence, sealed: toBase64(note.sealed) });
  return receipts.grouped(receipt);
}

export async function noteRead(opened) {
  const { messages } = opened.threads.intake;
  if (messages.length) await post(address("read/"), { sequence: messages[messages.length - 1].sequence });
}
