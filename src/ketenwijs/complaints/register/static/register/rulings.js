// Signing the public version of a ruling with the member's own key.

import { bytes } from "../sealing/bytes.js";
import { ordered } from "../sealing/payloads.js";
import { sign } from "../sealing/signatures.js";
import { byId, get, onSubmit, post, settings, unlocked } from "../committee/page.js";

const LABEL = "ketenwijs-complaints-ruling-1\n";

async function signed(fields, ruling) {
  const key = await unlocked(await get(settings().wrapped), fields);
  const signature = await sign(key.signingKey, LABEL, bytes(JSON.stringify(ordered(ruling))));
  await post(settings().page, { ...ruling, signature });
  location.reload();
}

if (byId("new")) {
  onSubmit(byId("new"), (fields) => signed(fields, {
    number: Number(fields.number.value),
    interim: fields.interim.checked,
    language: fields.language.value,
    title: fields.title.value.trim(),
    text: fields.text.value.trim().replace(/\r\n/g, "\n"),
  }));
}

for (const form of document.querySelectorAll("form.sign")) {
  onSubmit(form, (fields) => signed(fields, JSON.parse(form.dataset.ruling)));
}
