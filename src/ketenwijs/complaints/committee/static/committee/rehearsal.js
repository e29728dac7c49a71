// The yearly try of recovery: two members open a package and what was sealed to the recovery key for this try alone.

import { bytes, fromBase64, Refusal, sha256, text, toBase64, toHex } from "../sealing/bytes.js";
import { recipientOf, unseal } from "../sealing/envelopes.js";
import { checked } from "../sealing/keylists.js";
import { sign } from "../sealing/signatures.js";
import { byId, get, onSubmit, post, settings, tell, Told, unlocked } from "./page.js";

const LAYER = "age-encryption.org/";
const HALF_LABEL = "ketenwijs-complaints-rehearsal-half-1\n";
const DONE_LABEL = "ketenwijs-complaints-rehearsal-1\n";
const startsLikeLayer = (data) => String.fromCharCode(...data.subarray(0, LAYER.length)) === LAYER;

function readPackage(typed) {
  try {
    const content = fromBase64(typed.replace(/\s/g, ""));
    if (startsLikeLayer(content)) return { layer: content };
    const { inner, key, day, signature } = JSON.parse(text(content));
    return { layer: fromBase64(inner), half: { key, day, signature } };
  } catch (_error) {
    throw new Told(settings().no_package);
  }
}

async function showHalf(inner, key, list) {
  const day = new Date().toISOString().slice(0, 10);
  const digest = toHex(await sha256(inner));
  const signature = await sign(key.signingKey, HALF_LABEL, bytes(`${list.recovery} ${digest} ${day}`));
  byId("half_text").value = toBase64(bytes(JSON.stringify({ inner: toBase64(inner), key: key.identifier, day, signature })));
  byId("half").hidden = false;
  tell(settings().hand, "success");
}

async function finish(layer, half, key, list) {
  const recovery = text(await unseal(layer, key.identity)).trim();
  if ((await recipientOf(recovery)) !== list.recovery) throw new Told(settings().other_key);
  const { challenge } = await post(settings().challenge, {});
  const answer = await unseal(fromBase64(challenge), recovery);
  const signature = await sign(key.signingKey, DONE_LABEL, answer);
  const inner = toHex(await sha256(layer));
  await post(settings().page, { answer: toBase64(answer), signature, half: { ...half, inner } });
  location.reload();
}

if (byId("rehearse")) {
  onSubmit(byId("rehearse"), async (fields) => {
    const { layer, half } = readPackage(fields.package.value);
    const { document, signature } = await get(settings().list);
    const list = await checked(document, signature);
    const key = await unlocked(await get(settings().wrapped), fields);
    if (half) {
      await finish(layer, half, key, list);
      return;
    }
    const inner = await unseal(layer, key.identity);
    // Handed over on the page of real recovery: without the first member's signature it proves no second person.
    if (!startsLikeLayer(inner)) throw new Refusal("damaged");
    await showHalf(inner, key, list);
  });
}
