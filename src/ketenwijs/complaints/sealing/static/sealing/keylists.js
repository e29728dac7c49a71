// The committee's signed list of keys; nothing is sealed to a key that is not on it.

import { bytes, fromBase64, Refusal, sha256 } from "./bytes.js";
import { ordered } from "./payloads.js";
import { isSigned, sign } from "./signatures.js";

const SUITE = 1;
const LABEL = "ketenwijs-complaints-keylist-1\n";
const DIGITS = 24;

export async function fingerprint(root) {
  const hash = await sha256(fromBase64(root));
  const number = hash.reduce((sum, one) => (sum * 256n + BigInt(one)) % 10n ** BigInt(DIGITS), 0n);
  return String(number).padStart(DIGITS, "0").match(/.{4}/g).join(" ");
}

export async function checked(documentText, signature, { fingerprintWanted = "", leastSerial = 0 } = {}) {
  let list;
  try {
    list = JSON.parse(documentText);
  } catch (_error) {
    throw new Refusal("list_not_signed");
  }
  const shaped = list && list.suite === SUITE && Array.isArray(list.members) && typeof list.root === "string";
  if (!shaped || !(await isSigned(list.root, LABEL, bytes(documentText), signature))) throw new Refusal("list_not_signed");
  if (fingerprintWanted && (await fingerprint(list.root)) !== fingerprintWanted) throw new Refusal("list_other_root");
  if (list.serial < leastSerial) throw new Refusal("list_older");
  return list;
}

const HOLDER = /^(complainant|party(-[2-9])?)$/;

// Who may sign: members by the signed list alone; of the server's word only the holders of a case are taken.
export function signersOf(list, holders = {}) {
  const own = Object.fromEntries(Object.entries(holders).filter(([role]) => HOLDER.test(role)));
  return { ...own, ...Object.fromEntries(list.members.map((one) => [`member:${one.identifier}`, one.signing])) };
}

export async function signList({ serial, root, members, recovery }, key) {
  const documentText = JSON.stringify(ordered({ suite: SUITE, serial, root, members, recovery: recovery || "" }));
  return { document: documentText, signature: await sign(key, LABEL, bytes(documentText)) };
}

// The refusal code when a list is older than one seen with earlier messages, or of another root; empty when well.
export function refusalOf(messages, { root, serial }) {
  for (const { payload } of messages) {
    const seen = (payload && payload.key_list) || {};
    if (seen.root && seen.root !== root) return "list_other_root";
    if (seen.serial && seen.serial > serial) return "list_older";
  }
  return "";
}
