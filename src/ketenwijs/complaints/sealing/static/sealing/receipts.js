// The receipt and what it becomes: the same steps as receipts.py, held together by known answers.

import { bech32, identityToRecipient, scryptAsync } from "../vendor/age.js";
import { bytes, random, Refusal, sha256, toHex } from "./bytes.js";

const DIGITS = 20;
const COST = { N: 2 ** 16, r: 8, p: 1, dkLen: 32 };
const LABEL = "ketenwijs-complaints-1 ";
const BETWEEN = /[\s\p{Pd}.,_/·\u00ad\u200b-\u200f\ufeff]/u;
const DIGIT = /\p{Nd}/u;
const DAMM = [
  "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
  "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
];

function damm(digits) {
  let row = 0;
  for (const digit of digits) row = Number(DAMM[row][Number(digit)]);
  return row;
}

// Digits of every script stand in runs of ten that begin with zero.
function digitOf(letter) {
  const own = letter.codePointAt(0);
  let start = own;
  while (DIGIT.test(String.fromCodePoint(start - 1))) start -= 1;
  return (own - start) % 10;
}

export function digitsIn(typed) {
  return Array.from(typed).filter((letter) => DIGIT.test(letter)).map(digitOf).join("");
}

export function newReceipt() {
  let digits = "";
  while (digits.length < DIGITS - 1) {
    const [one] = random(1);
    if (one < 250) digits += String(one % 10);
  }
  return digits + damm(digits);
}

export function normalised(typed) {
  let digits = "";
  for (const letter of typed) {
    if (BETWEEN.test(letter)) continue;
    if (!DIGIT.test(letter)) throw new Refusal("receipt_mistyped");
    digits += digitOf(letter);
  }
  if (digits.length !== DIGITS || damm(digits) !== 0) throw new Refusal("receipt_mistyped");
  return digits;
}

export const grouped = (receipt) => receipt.match(/.{1,4}/g).join(" ");

export async function stretched(receipt, salt) {
  return scryptAsync(bytes(receipt), salt, COST);
}

export async function derived(secret, use, length = 32) {
  const key = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: bytes(LABEL + use) };
  return new Uint8Array(await crypto.subtle.deriveBits(how, key, length * 8));
}

export function identityText(secret) {
  return bech32.encode("age-secret-key-", bech32.toWords(secret), false).toUpperCase();
}

export async function keysFrom(secret) {
  const identity = identityText(await derived(secret, "identity"));
  return {
    locator: toHex(await derived(secret, "locator", 16)),
    proof: toHex(await derived(secret, "proof")),
    identity,
    recipient: await identityToRecipient(identity),
  };
}

export async function onceToken(secret, nonce, words) {
  const told = toHex(await sha256(bytes(words)));
  return toHex(await derived(secret, `once ${nonce} ${told}`, 16));
}
