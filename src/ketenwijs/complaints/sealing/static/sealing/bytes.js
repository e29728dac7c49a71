// Bytes as text and back.

export class Refusal extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

export const text = (bytes) => new TextDecoder("utf-8", { fatal: true }).decode(bytes);
export const bytes = (words) => new TextEncoder().encode(words);

export const toHex = (data) => Array.from(data, (one) => one.toString(16).padStart(2, "0")).join("");
export const fromHex = (words) => Uint8Array.from(words.match(/../g) || [], (pair) => parseInt(pair, 16));

export function toBase64(data) {
  let words = "";
  for (let place = 0; place < data.length; place += 8192) {
    words += String.fromCharCode(...data.subarray(place, place + 8192));
  }
  return btoa(words);
}

export function fromBase64(words) {
  return Uint8Array.from(atob(words), (letter) => letter.charCodeAt(0));
}

export async function sha256(data) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", data));
}

export function random(length) {
  return crypto.getRandomValues(new Uint8Array(length));
}
