// The paper key: 160 random bits as 32 letters and digits in groups of four; HKDF makes an age identity of it.

import { random } from "../sealing/bytes.js";
import { derived, identityText } from "../sealing/receipts.js";

const LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

export function newPaperKey() {
  // 32 letters, five bits each.
  return Array.from(random(32), (one) => LETTERS[one % 32]).join("").match(/.{4}/g).join(" ");
}

export async function paperIdentity(typed) {
  const letters = Array.from(typed.toUpperCase()).filter((one) => LETTERS.includes(one));
  return identityText(await derived(Uint8Array.from(letters, (one) => LETTERS.indexOf(one)), "paper key"));
}
