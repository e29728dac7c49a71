// A sealed file goes up in pieces of 256 kB: a lost connection costs one piece. The number of an upload, and what is up
// already, are known to this page only and gone with it.

import { random, sha256, toHex } from "../sealing/bytes.js";
import { sealFile } from "../sealing/envelopes.js";

const PIECE = 256 * 1024;
const WAITS = [1, 2, 4, 8, 16];
const begun = new Map();

const sleep = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));

// The same file again, to the same key, goes on where it stopped.
export async function workOn(content, recipient) {
  const hash = toHex(await sha256(content));
  const key = hash + recipient;
  if (!begun.has(key)) {
    const sealed = await sealFile(content, recipient);
    const count = sealed.length > PIECE ? Math.ceil(sealed.length / PIECE) : 0;
    const done = () => begun.delete(key);
    begun.set(key, { hash, sealed, count, done, upload: toHex(random(16)), identifier: toHex(random(16)), up: new Set() });
  }
  return begun.get(key);
}

// What the server refused is not asked again; a lost line and a busy server are, for half a minute.
export async function patiently(act) {
  for (const wait of WAITS) {
    try {
      return await act();
    } catch (error) {
      if (error.status < 500) throw error;
      await sleep(wait);
    }
  }
  return act();
}

export async function goUp({ sealed, count, up }, send, told) {
  for (let number = 0; number < count; number += 1) {
    told(number + 1, count);
    if (!up.has(number)) await patiently(() => send(number, sealed.subarray(number * PIECE, (number + 1) * PIECE)));
    up.add(number);
  }
}
