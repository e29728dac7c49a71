// The page of one case: unlock, read, write, move.

import { day, language, moment } from "../sealing/days.js";
import { fingerprint } from "../sealing/keylists.js";
import { byId, get, onSubmit, settings, tell, Told, unlocked, word } from "../committee/page.js";
import { files } from "./files.js";
import { handing } from "./handing.js";
import { agreedText, changeOf, hearingParts, isParty, partyName, standingOf } from "./hearing.js";
import { measureLines, showMeasures } from "./measures.js";
import * as cases from "./opened.js";
import { button, element, labelled } from "./parts.js";
import { lookedAt } from "./recognising.js";

const said = byId("case_words").dataset;
let key = null;
let opened = null;

async function reload() {
  opened = await cases.openCase(key);
  await show();
}

onSubmit(document.querySelector("#unlock form"), async (fields) => {
  key = await unlocked(await get(settings().wrapped), fields);
  fields.passphrase.value = "";
  fields.paper.value = "";
  await reload();
  await cases.noteRead(opened);
  byId("unlock").hidden = true;
  byId("told").hidden = true;
  byId("case").hidden = false;
});

const fresh = async () => (opened = await cases.openCase(key));

async function showHanding() {
  const parts = await handing(opened, fresh, reload);
  byId("handing").replaceChildren(...parts);
  byId("handing").hidden = !parts.length;
}

// Done only when every part stands on the newest messages: whoever reads "Kept" may press the next button at once.
async function show() {
  showMeasures(opened, reload);
  byId("threads").replaceChildren(...order().flatMap((name) => [thread(name), ...(isParty(name) ? changeOf(opened, name, reload) : [])]));
  byId("keys").replaceChildren(...keys());
  fingerprint(opened.list.root).then((digits) => byId("keys").append(element("p", `${said.list} ${digits}`, { class: "kw-small" })));
  await showHanding().catch(() => tell(word("failed")));
}

const order = () => ["intake", "committee", ...Object.keys(opened.threads).filter(isParty).sort()];

function nameOf(author) {
  if (author === "complainant") return said.complainant;
  if (isParty(author)) return partyName(opened, author);
  const member = opened.list.members.find((one) => `member:${one.identifier}` === author);
  return member ? member.name : said.member;
}

function thread(name) {
  const box = element("section", "", { class: "kw-card", id: `thread_${name}` });
  box.append(element("h2", isParty(name) ? partyName(opened, name, said.party) : said[name], { class: "utrecht-heading-2" }));
  if (isParty(name)) box.append(...standingOf(opened, name));
  const list = element("ol", "", { class: "kw-timeline" });
  const shown = opened.threads[name].messages.filter(({ payload }) => !payload || payload.kind !== "key");
  for (const one of shown) list.append(row(name, one));
  box.append(list);
  if (opened.threads[name].unproven) box.append(element("p", word("key_not_signed"), { class: "kw-message kw-message--error" }));
  const isOver = opened.data.parties.some((one) => one.name === name && one.closed_week);
  if (opened.threads[name].recipient && !opened.data.renew && !isOver) box.append(writing(name));
  return box;
}

function row(name, { payload, refusal }) {
  const item = element("li");
  if (!payload) {
    item.append(element("p", word(refusal), { class: "kw-message kw-message--error" }));
    return item;
  }
  const { body, kind } = payload;
  const head = element("p", "", { class: "kw-small" });
  head.append(element("strong", nameOf(payload.author)), ` ${moment(payload.sent_at)} `);
  const marks = [body.sealed_by && said[`by_${body.sealed_by}`], body.for_other && said.for_other, body.place_kept && said.place_kept, body.language && language(body.language)];
  head.append(marks.filter(Boolean).join(", "));
  item.append(head);
  if (body.without_chair) item.append(element("p", said.without_chair, { class: "kw-message kw-message--warning" }));
  if (["consent", "remedy"].includes(kind)) {
    const fromMember = payload.author.startsWith("member:");
    item.append(element("p", fromMember ? said[kind] : said[`says_${body.text}`] || ""));
    if (fromMember && body.text) item.append(element("blockquote", body.text));
  } else if (kind === "handover") {
    item.append(element("p", said[`hand_${body.text}`] || ""));
  } else if (["transfer", "transferred"].includes(kind)) {
    item.append(element("p", said[`${kind}_${body.text || "asked"}`] || ""));
    if (body.to || body.name) item.append(element("blockquote", body.name ? `${body.name}, ${day(body.day)}` : body.to.name));
  } else if (kind === "heard") {
    item.append(element("p", `${said.hear_opened} ${partyName(opened, String(body.party))}`));
  } else if (["measure", "measured"].includes(kind)) {
    for (const line of measureLines(payload)) item.append(element("p", line));
  } else if (kind === "file") {
    item.append(...files(said, body, () => cases.openFile(opened, name, payload)));
  } else if (body.text) {
    for (const line of String(body.text).split("\n")) item.append(element("p", line));
  }
  return item;
}

// What somebody wrote, in their own words.
const toldBy = (author) =>
  opened.threads.intake.messages.map(({ payload }) => payload).filter((one) => one && one.author === author && one.kind === "text").map((one) => String(one.body.text || ""));

function writing(name) {
  const form = element("form", "", { class: "kw-form", autocomplete: "off" });
  const area = element("textarea", "", { id: `text_${name}`, name: "text", rows: "4", class: "utrecht-textarea utrecht-textarea--html-textarea" });
  const file = element("input", "", { type: "file", id: `file_${name}`, name: "file", class: "kw-file" });
  form.append(element("p", said[`${isParty(name) ? "party" : name}_warning`], { class: "kw-small" }));
  if (name === "intake") {
    const kind = element("select", "", { id: "kind_of_message", name: "kind", class: "utrecht-select utrecht-select--html-select" });
    for (const one of ["text", "consent", "remedy"]) kind.append(element("option", said[one], { value: one }));
    form.append(labelled(said.kind, kind));
  }
  form.append(labelled(said.write, area), labelled(said.add_file, file));
  if (isParty(name)) {
    // Nothing was written to the party yet: it begins with exactly the words that the person agreed to.
    if (!opened.threads[name].messages.some(({ payload }) => payload && payload.kind === "text")) area.value = agreedText(opened, name);
    const tick = element("p");
    const id = name.replace("party", "checked");
    tick.append(element("input", "", { type: "checkbox", id, name: "checked", required: "" }), " ", element("label", said.checked, { for: id }));
    form.append(tick);
  }
  form.append(button(said.send, true));
  onSubmit(form, async (fields) => {
    const text = fields.text.value.trim();
    const kind = fields.kind ? fields.kind.value : "text";
    const toParty = kind === "consent" || (isParty(name) && text !== agreedText(opened, name));
    if (toParty) lookedAt(form, text, toldBy("complainant"));
    if (text || kind !== "text") await cases.write(opened, name, kind, text);
    if (fields.file.files[0]) {
      opened = await cases.openCase(key);
      await cases.addFile(opened, name, fields.file.files[0]);
    }
    await reload();
    tell(word("kept"), "success");
  });
  return form;
}

function act(words, deed, primary) {
  const form = element("form");
  form.append(button(words, primary));
  onSubmit(form, deed);
  return form;
}

const isChairLeftOut = () =>
  opened.threads.intake.messages.some(({ payload }) => payload && payload.author === "complainant" && payload.body.without_chair);

function keys() {
  const parts = [];
  if (!opened.data.may_keep) return parts;
  if (opened.data.renew) {
    parts.push(element("p", said.renew_why, { class: "kw-message kw-message--warning" }));
    parts.push(act(said.renew, async () => (await cases.renew(opened), reload()), true));
  }
  for (const one of opened.data.waiting) {
    const member = opened.list.members.find((found) => found.identifier === one);
    if (member && !(isChairLeftOut() && member.function === "chair")) parts.push(act(`${said.give} ${member.name}`, async () => (await cases.give(opened, one), reload())));
  }
  parts.push(...hearingParts(opened, reload, tell));
  return parts;
}

if (byId("move")) {
  onSubmit(byId("move"), async (fields) => {
    const reasons = fields.reasons.value.trim();
    if (!opened || (fields.step.selectedOptions[0].dataset.sealed && !reasons)) throw new Told(byId("reasons").labels[0].textContent);
    await cases.move(opened, fields.step.value, reasons, Boolean(fields.without_follow_up && fields.without_follow_up.checked));
    location.reload();
  });
}

if (byId("clock")) {
  onSubmit(byId("clock"), async (fields, event) => {
    if (fields.why && !fields.why.value.trim()) throw new Told(byId("why").labels[0].textContent);
    const days = fields.days ? Number(fields.days.value) : 0;
    await cases.clock(opened, event.submitter.value, days, fields.why ? fields.why.value.trim() : "");
    location.reload();
  });
}
