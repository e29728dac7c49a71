// A plain tar archive, so that whoever gets a package opens it with the programs every computer has.

import { bytes } from "../sealing/bytes.js";

const BLOCK = 512;
const FIELDS = [["0000600", 100], ["0000000", 108], ["0000000", 116], ["0", 156], ["ustar\u000000", 257]];

function header(name, size) {
  const block = new Uint8Array(BLOCK);
  const put = (words, place) => block.set(bytes(words), place);
  put(name, 0);
  for (const [words, place] of FIELDS) put(words, place);
  put(size.toString(8).padStart(11, "0"), 124);
  put("0".repeat(11), 136);
  put(" ".repeat(8), 148);
  const sum = block.reduce((total, one) => total + one, 0);
  put(`${sum.toString(8).padStart(6, "0")}\u0000 `, 148);
  return block;
}

// `files`: [name of at most 100 plain letters, Uint8Array].
export function tar(files) {
  const parts = files.flatMap(([name, content]) => [header(name, content.length), content, new Uint8Array((BLOCK - (content.length % BLOCK)) % BLOCK)]);
  parts.push(new Uint8Array(2 * BLOCK));
  const whole = new Uint8Array(parts.reduce((total, one) => total + one.length, 0));
  parts.reduce((place, one) => (whole.set(one, place), place + one.length), 0);
  return whole;
}
