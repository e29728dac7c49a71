// What members sign about a body that goes on with cases; the same bytes as rules.py. Also checked on a telephone.

import { bytes, Refusal, sha256, toHex } from "../sealing/bytes.js";
import { checked, fingerprint } from "../sealing/keylists.js";
import { ordered } from "../sealing/payloads.js";
import { isSigned, sign } from "../sealing/signatures.js";

const SUITE = 1;
const LABEL = "ketenwijs-complaints-successor-1\n";
const NEEDED = 2;

const END = 24;
// Letters and digits only, so that groups and capitals do not matter.
export const compared = (typed) => typed.toLowerCase().replace(/[^\p{L}\p{Nd}]/gu, "");
export const digestOf = async (statement) => toHex(await sha256(bytes(statement)));
export const signStatement = (statement, key) => sign(key, LABEL, bytes(statement));

// Keys and check number from a signed list ({document, signature}) or from one recipient.
export async function keysFrom(list, recipient) {
  if (!list) return { root: "", recipients: [recipient], fingerprint: recipient.slice(-END).match(/.{1,4}/g).join(" ") };
  const found = await checked(list.document, list.signature);
  const acting = found.members.filter((one) => !one.until).map((one) => one.recipient);
  const all = new Set(found.recovery ? [...acting, found.recovery] : acting);
  return { root: found.root, recipients: [...all].sort(), fingerprint: await fingerprint(found.root) };
}

export const written = (body) => JSON.stringify(ordered({ suite: SUITE, ...body }));

// A statement that two listed members in different functions signed; refuses anything else.
export async function proven({ statement, signatures }, list) {
  const good = new Map();
  for (const { key, signature } of signatures) {
    const member = list.members.find((one) => one.identifier === key);
    if (member && (await isSigned(member.signing, LABEL, bytes(statement), signature))) good.set(key, member.function);
  }
  if (good.size < NEEDED || new Set(good.values()).size < good.size) throw new Refusal("changed");
  return JSON.parse(statement);
}
