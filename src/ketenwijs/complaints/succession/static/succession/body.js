// The committee's page of the body: propose, confirm, and seal the keys of cases to it.

import { Refusal, toBase64 } from "../sealing/bytes.js";
import { seal } from "../sealing/envelopes.js";
import { checked } from "../sealing/keylists.js";
import { byId, get, onSubmit, post, settings, tell, Told, unlocked } from "../committee/page.js";
import { openCase, sealedNext } from "../cases/opened.js";
import { compared, digestOf, keysFrom, proven, signStatement, written } from "./statement.js";

const said = byId("succession_words").dataset;
const told = (code) => new Told(said[code]);

// The page's own sentences for refusals that only this page knows.
async function orTold(act) {
  try {
    return await act();
  } catch (error) {
    throw error instanceof Refusal && said[error.code] ? told(error.code) : error;
  }
}

async function keysTyped(typed) {
  const text = typed.trim();
  if (/^age1[0-9a-z]+$/.test(text)) return { ...(await keysFrom(null, text)), list: null };
  try {
    const list = JSON.parse(text);
    return { ...(await keysFrom(list)), list };
  } catch (_error) {
    throw told("no_keys");
  }
}

if (byId("propose")) {
  onSubmit(byId("propose"), async (fields) => {
    const { list, ...keys } = await keysTyped(fields.keys.value);
    if (compared(fields.fingerprint.value) !== compared(keys.fingerprint)) throw told("wrong_number");
    const words = Object.fromEntries(["name", "address", "post"].map((one) => [one, fields[one].value.trim().replace(/\r\n/g, "\n")]));
    const key = await unlocked(await get(settings().wrapped), fields);
    const { serial } = await get(settings().data);
    const statement = written({ serial, ...words, since: fields.since.value, ...keys });
    const signature = await signStatement(statement, key.signingKey);
    const signedList = list ? { document: list.document, list_signature: list.signature } : {};
    await post(settings().page, { statement, signature, ...signedList });
    location.reload();
  });
}

// What was proposed is made anew from the body's own list; only the typed number says whether those are its keys.
async function checkedProposal(data, typed) {
  const body = JSON.parse(data.statement);
  const list = data.body_document ? { document: data.body_document, signature: data.body_signature } : null;
  const keys = await keysFrom(list, body.recipients[0]);
  if (written({ ...body, ...keys }) !== data.statement) throw told("changed");
  if (compared(typed) !== compared(keys.fingerprint)) throw told("wrong_number");
}

if (byId("confirm")) {
  onSubmit(byId("confirm"), async (fields) => {
    const data = await get(settings().data);
    await checkedProposal(data, fields.fingerprint.value);
    const key = await unlocked(await get(settings().wrapped), fields);
    const signature = await signStatement(data.statement, key.signingKey);
    await post(settings().confirm, { digest: data.digest, fingerprint: fields.fingerprint.value, signature });
    location.reload();
  });
}

// The complainant's own signed message says yes to exactly this statement; the server's word alone does not do.
function refuseWithoutConsent(opened, digest) {
  const answers = opened.threads.intake.messages.filter(
    ({ payload }) => payload && payload.author === "complainant" && payload.kind === "handover",
  );
  const last = answers.length ? answers[answers.length - 1].payload.body : {};
  if (last.text !== "yes" || last.body !== digest) throw told("no_consent");
}

async function handOver(key, base, body, digest) {
  settings().base = base;
  const opened = await openCase(key);
  refuseWithoutConsent(opened, digest);
  const address = `${base}handover/`;
  const { needed, moves } = await get(address);
  const keys = [];
  for (const { thread, epoch } of needed) {
    const identity = opened.threads[thread] && opened.threads[thread].identities[epoch];
    if (!identity) throw told("no_key");
    keys.push({ thread, epoch, sealed: toBase64(await seal(`${identity}\n`, body.recipients)) });
  }
  const data = { digest, keys };
  if (moves) {
    const made = await sealedNext(opened, "committee", "reasons", { text: `${said.reasons} ${body.name}`, body: digest });
    Object.assign(data, { sequence: made.sequence, sealed: toBase64(made.sealed) });
  }
  await post(address, data);
}

if (byId("hand")) {
  onSubmit(byId("hand"), async (fields) => {
    const data = await get(settings().data);
    const list = await checked(data.document, data.signature);
    const body = await orTold(() => proven(data, list));
    const digest = await digestOf(data.statement);
    const key = await unlocked(await get(settings().wrapped), fields);
    let done = 0;
    for (const one of document.querySelectorAll("#hand .case")) {
      try {
        await orTold(() => handOver(key, one.dataset.base, body, digest));
        done += 1;
        one.remove();
      } catch (error) {
        const sentence = error instanceof Told ? error.message : "";
        if (!sentence) throw error;
        throw new Told(`${said.stopped} ${one.dataset.number}: ${sentence}`);
      }
    }
    tell(`${said.done} ${done}`, "success");
    setTimeout(() => location.reload(), 1500);
  });
}
