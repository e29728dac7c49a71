// Recovery by two: each of the pair opens one layer with the own key; the recovery key itself stays in memory.

import { fromBase64, text, toBase64 } from "../sealing/bytes.js";
import { recipientOf, seal, unseal, unsealText } from "../sealing/envelopes.js";
import { byId, get, onSubmit, post, settings, tell, unlocked } from "../committee/page.js";

const LAYER = "age-encryption.org/";

async function openCases(recovery, key) {
  const { wraps, recipient } = await get(settings().sealed);
  const own = await recipientOf(key.identity);
  if (own !== recipient) throw new Error("another key is listed");
  const found = [];
  for (const one of wraps) {
    try {
      const identity = await unsealText(fromBase64(one.sealed), recovery);
      found.push({ ...one, sealed: toBase64(await seal(`${identity}\n`, [own])) });
    } catch (_error) {
      // Sealed to an earlier recovery key: another package opens it.
    }
  }
  return (await post(settings().page, { found })).new;
}

onSubmit(byId("recover"), async (fields) => {
  const key = await unlocked(await get(settings().wrapped), fields);
  const inside = await unseal(fromBase64(fields.package.value.replace(/\s/g, "")), key.identity);
  if (text(inside.subarray(0, LAYER.length)) === LAYER) {
    byId("inner_text").value = toBase64(inside);
    byId("inner").hidden = false;
    tell(settings().hand, "success");
    return;
  }
  tell(`${settings().done} ${await openCases(text(inside), key)}`, "success");
});
