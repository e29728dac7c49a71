// Messages: one line of JSON, one line of signature, spaces up to the size step; see payloads.py.

import { bytes, Refusal, text } from "./bytes.js";
import { digest, padded, seal, unseal } from "./envelopes.js";
import { isSigned, sign } from "./signatures.js";

const SUITE = 1;
const LABEL = "ketenwijs-complaints-message-1\n";
const PLACE = ["case", "thread", "epoch", "sequence", "previous"];

export function ordered(value) {
  if (Array.isArray(value)) return value.map(ordered);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.keys(value).sort().map((name) => [name, ordered(value[name])]));
}

export async function sealMessage({ place, author, kind, body, keyList }, key, recipient) {
  const data = { suite: SUITE, ...place, author, kind, body, key_list: keyList || {} };
  data.sent_at = new Date().toISOString().slice(0, 16);
  const line = JSON.stringify(ordered(data));
  const signature = await sign(key, LABEL, bytes(line));
  return seal(padded(`${line}\n${signature}\n`), [recipient]);
}

function read(line) {
  try {
    return JSON.parse(text(line));
  } catch (_error) {
    throw new Refusal("damaged");
  }
}

export async function openMessage(envelope, identity, place, signers) {
  const content = await unseal(envelope, identity);
  const end = content.indexOf(10);
  if (end < 0) throw new Refusal("damaged");
  const line = content.subarray(0, end);
  const data = read(line);
  if (data === null || typeof data !== "object" || typeof data.body !== "object") throw new Refusal("damaged");
  if (data.suite !== SUITE) throw new Refusal("unknown_suite");
  const point = Object.prototype.hasOwnProperty.call(signers, data.author) ? signers[data.author] : "";
  const signature = text(content.subarray(end + 1)).trim();
  if (!point || !(await isSigned(point, LABEL, line, signature))) throw new Refusal("not_genuine");
  if (PLACE.some((name) => data[name] !== place[name])) throw new Refusal("out_of_place");
  return data;
}

// `envelopes`: [{sequence, epoch, sealed: Uint8Array}] in stored order. One bad message never hides the others.
export async function readThread(envelopes, { caseId, thread, identities, signers }) {
  const found = [];
  let expected = 1;
  let previous = "";
  for (const one of envelopes) {
    const place = { case: caseId, thread, epoch: one.epoch, sequence: expected, previous };
    try {
      if (!identities[one.epoch]) throw new Refusal("damaged");
      if (one.sequence !== expected) throw new Refusal("out_of_place");
      found.push({ sequence: one.sequence, payload: await openMessage(one.sealed, identities[one.epoch], place, signers) });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      found.push({ sequence: one.sequence, payload: null, refusal: error.code });
    }
    expected = one.sequence + 1;
    previous = await digest(one.sealed);
  }
  return found;
}

// Whether a thread's key of an epoch was made by a member or by `maker`: a message in that epoch is signed by one of
// them. Sealing is anonymous: a key that was only sealed to somebody could be the host's.
export const isProven = (messages, epoch, maker = "") =>
  messages.some(({ payload }) => payload && payload.epoch === epoch && (payload.author === maker || payload.author.startsWith("member:")));

export async function nextPlace(envelopes, caseId, thread, epoch) {
  const last = envelopes[envelopes.length - 1];
  return {
    case: caseId,
    thread,
    epoch,
    sequence: last ? last.sequence + 1 : 1,
    previous: last ? await digest(last.sealed) : "",
  };
}
