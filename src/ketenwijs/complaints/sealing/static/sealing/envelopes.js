// Envelopes: plain age files, padded to size steps, as envelopes.py makes them.

import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from "../vendor/age.js";
import { bytes, Refusal, sha256, text, toHex } from "./bytes.js";

const KIB = 1024;
const STEPS = [1 * KIB, 4 * KIB, 16 * KIB, 64 * KIB, 256 * KIB];

export function paddedSize(length) {
  const last = STEPS[STEPS.length - 1];
  return STEPS.find((step) => length <= step) || Math.ceil(length / last) * last;
}

export async function newIdentity() {
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}

export const recipientOf = (identity) => identityToRecipient(identity.trim());

export async function seal(content, recipients) {
  if (!recipients.length) throw new Error("nobody could open this");
  const encrypter = new Encrypter();
  for (const one of recipients) encrypter.addRecipient(one);
  return encrypter.encrypt(content);
}

export async function unseal(envelope, identity) {
  try {
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity.trim());
    return await decrypter.decrypt(envelope);
  } catch (_error) {
    throw new Refusal("damaged");
  }
}

export async function unsealText(envelope, identity) {
  return text(await unseal(envelope, identity)).trim();
}

export async function sealWithPassphrase(content, passphrase, workFactor) {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  encrypter.setScryptWorkFactor(workFactor);
  return encrypter.encrypt(content);
}

export async function unsealWithPassphrase(envelope, passphrase) {
  try {
    const decrypter = new Decrypter();
    decrypter.addPassphrase(passphrase);
    return await decrypter.decrypt(envelope);
  } catch (_error) {
    throw new Refusal("damaged");
  }
}

export async function sealFile(content, recipient) {
  const padded = new Uint8Array(paddedSize(content.length));
  padded.set(content);
  return seal(padded, [recipient]);
}

export async function unsealFile(envelope, identity, { size, sha256: wanted }) {
  const content = (await unseal(envelope, identity)).subarray(0, size);
  if (content.length !== size || toHex(await sha256(content)) !== wanted) throw new Refusal("damaged");
  return content;
}

export const digest = async (envelope) => toHex(await sha256(envelope));

export const padded = (words) => {
  const content = bytes(words);
  const room = new Uint8Array(paddedSize(content.length)).fill(32);
  room.set(content);
  return room;
};
