// Making and testing a member's key.

import { fromBase64, toBase64 } from "../sealing/bytes.js";
import { newIdentity, recipientOf, seal, sealWithPassphrase, unseal } from "../sealing/envelopes.js";
import { newSigningKey, sign } from "../sealing/signatures.js";
import { byId, get, onSubmit, post, settings, tell, Told, unlocked, word } from "./page.js";
import { newPaperKey, paperIdentity } from "./paper.js";

const TEST_LABEL = "ketenwijs-complaints-key-test-1\n";
let made = null;
let paper = "";

onSubmit(byId("make"), async (fields) => {
  if (fields.new.value !== fields.again.value) throw new Told(word("differ"));
  const { identity, recipient } = await newIdentity();
  const signing = await newSigningKey();
  const file = `# signing ${toBase64(signing.pkcs8)}\n${identity}\n`;
  paper = newPaperKey();
  made = {
    recipient,
    signing: signing.public,
    by_passphrase: toBase64(await sealWithPassphrase(file, fields.new.value, Number(settings().factor))),
    by_paper: toBase64(await seal(file, [await recipientOf(await paperIdentity(paper))])),
  };
  byId("paper_key").textContent = paper;
  byId("paper").hidden = false;
  byId("last").focus();
});

onSubmit(byId("confirm"), async (fields) => {
  if (fields.last.value.trim().toUpperCase() !== paper.slice(-4)) throw new Told(word("wrong_last"));
  await post(settings().page, made);
  location.reload();
});

if (byId("test")) {
  onSubmit(byId("test"), async (fields) => {
    const key = await unlocked(await get(settings().wrapped), fields);
    const { challenge } = await post(settings().challenge, {});
    const answer = await unseal(fromBase64(challenge), key.identity);
    const signature = await sign(key.signingKey, TEST_LABEL, answer);
    await post(settings().answer, { answer: toBase64(answer), signature });
    fields.passphrase.value = "";
    byId("state").hidden = true; // it still says what was true before the test
    tell(word("tested"), "success");
  });
}
