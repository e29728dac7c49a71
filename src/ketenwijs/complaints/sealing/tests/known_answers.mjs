// Runs the browser's modules in Node against the known answers and against files that Python made; prints JSON.

import { readFileSync } from "node:fs";
import { fromBase64, fromHex, sha256, toBase64, toHex } from "./static/sealing/bytes.js";
import * as envelopes from "./static/sealing/envelopes.js";
import * as keylists from "./static/sealing/keylists.js";
import * as payloads from "./static/sealing/payloads.js";
import * as receipts from "./static/sealing/receipts.js";
import * as signatures from "./static/sealing/signatures.js";

const given = JSON.parse(readFileSync("given.json", "utf8"));
const out = { receipts: [], age_files: [], threads: {}, refused: {} };

for (const one of given.answers.receipts) {
  const digits = receipts.normalised(one.typed);
  const keys = await receipts.keysFrom(await receipts.stretched(digits, fromHex(one.salt)));
  out.receipts.push({ digits, ...keys });
}
for (const one of given.answers.age_files) {
  out.age_files.push(toHex(await sha256(await envelopes.unseal(fromBase64(one.file), one.identity))));
}
out.once = await receipts.onceToken(fromHex(given.once.secret), given.once.nonce, given.once.text);
out.new_receipt = receipts.newReceipt();

for (const [name, stored] of Object.entries(given.threads)) {
  const rows = stored.map((one) => ({ ...one, sealed: fromBase64(one.sealed) }));
  const how = { caseId: given.case, thread: "intake", identities: { 1: given.identity }, signers: given.signers };
  out.threads[name] = (await payloads.readThread(rows, how)).map((one) => one.refusal || one.payload.body.text);
}
for (const [name, list] of Object.entries(given.lists)) {
  try {
    const found = await keylists.checked(list.document, list.signature, list.how);
    out.refused[name] = `accepted ${found.serial}`;
  } catch (error) {
    out.refused[name] = error.code;
  }
}
out.fingerprint = await keylists.fingerprint(given.root);

const key = await signatures.newSigningKey();
const again = await signatures.privateFrom(key.pkcs8);
const place = { case: "c", thread: "intake", epoch: 1, sequence: 1, previous: "" };
const message = { place, author: "complainant", kind: "text", body: { text: "ಕಲ್ಲು ✓", a: [1, { z: 1, b: null }] } };
out.made = {
  public: key.public,
  same_public: await signatures.publicOf(again),
  sealed: toBase64(await payloads.sealMessage(message, again, given.recipient)),
  file: toBase64(await envelopes.sealFile(new Uint8Array(70000).fill(7), given.recipient)),
};
const root = await signatures.newSigningKey();
out.made.list = await keylists.signList({ serial: 1, root: root.public, members: [], recovery: "" }, root.private);
out.made.wrapped = toBase64(await envelopes.sealWithPassphrase("secret", "open sesame", 10));
console.log(JSON.stringify(out));
