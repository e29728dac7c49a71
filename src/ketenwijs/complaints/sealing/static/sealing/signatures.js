// ECDSA P-256 with SHA-256, 64 plain bytes; the browser's own cryptography.

import { bytes, fromBase64, toBase64 } from "./bytes.js";

const CURVE = { name: "ECDSA", namedCurve: "P-256" };
const HOW = { name: "ECDSA", hash: "SHA-256" };

const joined = (label, content) => {
  const start = bytes(label);
  const all = new Uint8Array(start.length + content.length);
  all.set(start);
  all.set(content, start.length);
  return all;
};

export async function newSigningKey() {
  const pair = await crypto.subtle.generateKey(CURVE, true, ["sign", "verify"]);
  const [pkcs8, point] = await Promise.all([
    crypto.subtle.exportKey("pkcs8", pair.privateKey),
    crypto.subtle.exportKey("raw", pair.publicKey),
  ]);
  return { pkcs8: new Uint8Array(pkcs8), private: pair.privateKey, public: toBase64(new Uint8Array(point)) };
}

export function privateFrom(pkcs8) {
  return crypto.subtle.importKey("pkcs8", pkcs8, CURVE, true, ["sign"]);
}

export async function publicOf(key) {
  const { x, y } = await crypto.subtle.exportKey("jwk", key);
  const plain = (part) => fromBase64(part.replace(/-/g, "+").replace(/_/g, "/"));
  return toBase64(Uint8Array.from([4, ...plain(x), ...plain(y)]));
}

export async function sign(key, label, content) {
  return toBase64(new Uint8Array(await crypto.subtle.sign(HOW, key, joined(label, content))));
}

export async function isSigned(point, label, content, signature) {
  try {
    const key = await crypto.subtle.importKey("raw", fromBase64(point), CURVE, false, ["verify"]);
    return await crypto.subtle.verify(HOW, key, fromBase64(signature), joined(label, content));
  } catch (_error) {
    return false;
  }
}
