// Signing the next list of keys with the committee's root key, which never reaches the server.

import { fromBase64, text, toBase64 } from "../sealing/bytes.js";
import { newIdentity, seal, sealWithPassphrase, unsealWithPassphrase } from "../sealing/envelopes.js";
import { checked, fingerprint, signList } from "../sealing/keylists.js";
import { newSigningKey, privateFrom, publicOf } from "../sealing/signatures.js";
import { byId, get, onSubmit, post, settings, Told, word } from "./page.js";

const today = () => new Date().toISOString().slice(0, 10);

async function rootFrom(fields, present) {
  if (!present) {
    const fresh = await newSigningKey();
    const wrapped = await sealWithPassphrase(toBase64(fresh.pkcs8), fields.passphrase.value, Number(settings().factor));
    return { key: fresh.private, public: fresh.public, shown: toBase64(wrapped) };
  }
  try {
    const pkcs8 = fromBase64(text(await unsealWithPassphrase(fromBase64(fields.root.value.replace(/\s/g, "")), fields.passphrase.value)));
    const key = await privateFrom(pkcs8);
    return { key, public: await publicOf(key), shown: "" };
  } catch (_error) {
    throw new Told(word("root_wrong"));
  }
}

// Earlier keys stay with the day they ended, so that old messages can still be checked.
function merged(present, keys) {
  const acting = new Map(keys.map((one) => [one.identifier, one]));
  const before = (present ? present.members : []).map((one) => {
    const now = acting.get(one.identifier);
    acting.delete(one.identifier);
    return now ? { ...one, name: now.name, function: now.function, until: "" } : { ...one, until: one.until || today() };
  });
  return [...before, ...acting.values()];
}

// For each two members one package that only both together can open: sealed to the second, then to the first.
async function recoveryFor(members) {
  const { identity, recipient } = await newIdentity();
  const packages = [];
  members.forEach((one, place) => members.slice(place + 1).forEach((other) => packages.push([one, other])));
  const made = await Promise.all(packages.map(async ([one, other]) => {
    const inner = await seal(identity, [other.recipient]);
    return { names: `${one.name} + ${other.name}`, text: toBase64(await seal(inner, [one.recipient])) };
  }));
  return { recipient, packages: made };
}

function showPackages(packages) {
  for (const { names, text: content } of packages) {
    const label = document.createElement("label");
    label.className = "utrecht-form-label";
    label.textContent = names;
    const area = document.createElement("textarea");
    Object.assign(area, { id: `package_${byId("packages").childElementCount}`, rows: 4, readOnly: true, value: content });
    area.className = "utrecht-textarea utrecht-textarea--html-textarea";
    label.htmlFor = area.id;
    const box = document.createElement("p");
    box.append(label, area);
    byId("packages").append(box);
  }
}

if (byId("sign")) {
  onSubmit(byId("sign"), async (fields) => {
    const data = await get(settings().data);
    const present = data.document ? await checked(data.document, data.signature) : null;
    const root = await rootFrom(fields, present);
    if (present && (await fingerprint(root.public)) !== (await fingerprint(present.root))) throw new Told(word("root_wrong"));
    const next = { serial: (present ? present.serial : 0) + 1, root: root.public, members: merged(present, data.keys) };
    const acting = next.members.filter((one) => !one.until);
    const fresh = fields.recovery.checked && acting.length > 1 ? await recoveryFor(acting) : null;
    const recovery = fresh ? fresh.recipient : (present && present.recovery) || "";
    await post(settings().page, await signList({ ...next, recovery }, root.key));
    if (!root.shown && !fresh) {
      location.reload();
      return;
    }
    byId("root_text").value = root.shown;
    byId("made_root").hidden = !root.shown;
    showPackages(fresh ? fresh.packages : []);
    byId("made_packages").hidden = !fresh;
    byId("made").hidden = false;
    byId("made").tabIndex = -1;
    byId("made").focus();
  });
}
