// Hearing parties: the text that the person agreed to, each party's own address, day and state.

import { day } from "../sealing/days.js";
import { byId, onSubmit, Told } from "../committee/page.js";
import { button, element, labelled } from "./parts.js";
import * as cases from "./opened.js";

const said = () => byId("case_words").dataset;

export const isParty = (name) => name.startsWith("party");
const placeOf = (name) => Number(name.split("-")[1] || 1);

const genuine = (opened, name) =>
  opened.threads[name].messages.map(({ payload }) => payload).filter((one) => one && one.author.startsWith("member:"));

// What the committee noted when it opened the hearing: who it is, and on which consent it rests.
const noteOf = (opened, name) => genuine(opened, "committee").find((one) => one.kind === "heard" && one.body.party === name);

// "Heard party 2: the quarry", as far as it is known.
export function partyName(opened, name, words = said().firm) {
  const note = noteOf(opened, name);
  const title = placeOf(name) === 1 ? words : `${words} ${placeOf(name)}`;
  return note && note.body.text ? `${title}: ${note.body.text}` : title;
}

// Each question for consent that the person answered with a signed yes, oldest first.
function agreed(opened) {
  const found = opened.threads.intake.messages.map(({ payload }) => payload).filter((one) => one && one.kind === "consent");
  const asked = found.filter((one) => one.author.startsWith("member:"));
  return asked.filter((question) => {
    const answers = found.filter((one) => one.author === "complainant" && one.body.about === question.sequence);
    return answers.length && answers[answers.length - 1].body.text === "yes";
  });
}

// The newest question, once the person signed a yes to exactly that one, and no party was heard on it yet: what one
// party may read was not asked for another.
function fresh(opened) {
  const asked = genuine(opened, "intake").filter((one) => one.kind === "consent").pop();
  if (!asked || !agreed(opened).includes(asked)) return null;
  const parties = Object.keys(opened.threads).filter(isParty);
  const isUsed = parties.some((name) => {
    const note = noteOf(opened, name);
    const first = genuine(opened, name).find((one) => one.kind === "text");
    return (note && note.body.consent === asked.sequence) || (!note && first && first.body.text === asked.body.text);
  });
  return isUsed ? null : asked;
}

// The words with which the thread of a party begins: exactly those that the person agreed to for it.
export function agreedText(opened, name) {
  const note = noteOf(opened, name);
  const all = agreed(opened);
  const asked = note ? all.find((one) => one.sequence === note.body.consent) : all[all.length - 1];
  return asked ? asked.body.text : "";
}

// What stands behind # is never sent to a server; the page takes it out of the address at once.
const addressFor = (number, page) => `${new URL(page, location.origin)}#${number.replace(/ /g, "")}`;

// The form that opens a hearing, or the sentence that says what must come first.
export function hearingParts(opened, reload, tell) {
  if (!opened.data.next_party || opened.data.renew) return [];
  const question = fresh(opened);
  if (!question) return [element("p", opened.threads.party ? said().hear_again : said().hear_first, { class: "kw-small" })];
  const form = element("form", "", { class: "kw-form", autocomplete: "off", id: "hear" });
  const who = element("input", "", { id: "heard_who", name: "who", maxlength: "120", class: "utrecht-textbox utrecht-textbox--html-input" });
  form.append(labelled(said().hear_who, who), button(said().hear));
  onSubmit(form, async (fields) => {
    const number = await cases.hear(opened, fields.who.value.trim(), question.sequence);
    await reload();
    tell(`${said().hear_number} ${number} ${said().hear_address} ${addressFor(number, said().follow)}`, "success");
  });
  return [form];
}

// State and day of one hearing.
export function standingOf(opened, name) {
  const row = opened.data.parties.find((one) => one.name === name);
  if (!row) return [];
  const state = row.closed_week ? said().hearing_closed : row.answered_week ? said().hearing_answered : `${said().hearing_waits} ${day(row.due_on)}`;
  return [element("p", state, { class: "kw-small hearing-state" })];
}

// For those who keep the case: another day for one party, or the end of its hearing.
export function changeOf(opened, name, reload) {
  const row = opened.data.parties.find((one) => one.name === name);
  if (!row || row.closed_week || !opened.data.may_keep || !opened.data.open || opened.data.renew) return [];
  const form = element("form", "", { class: "kw-form", autocomplete: "off" });
  const kind = { class: "utrecht-textbox utrecht-textbox--html-input" };
  const due = element("input", "", { ...kind, type: "date", id: `due_${name}`, name: "due" });
  due.value = row.due_on;
  const why = element("input", "", { ...kind, id: `why_${name}`, name: "why", maxlength: "500" });
  const acts = element("div", "", { class: "kw-actions" });
  for (const act of ["extend", "close"]) {
    const one = button(said()[`hearing_${act}`]);
    one.value = act;
    acts.append(one);
  }
  form.append(labelled(said().hearing_why, why), labelled(said().hearing_due, due), acts);
  onSubmit(form, async (fields, event) => {
    if (!fields.why.value.trim()) throw new Told(said().hearing_why);
    await cases.changeHearing(opened, name, event.submitter.value, fields.due.value, fields.why.value.trim());
    await reload();
  });
  const box = element("details", "", { class: "kw-more", id: `hearing_${name}` });
  const inner = element("div");
  inner.append(form);
  box.append(element("summary", `${partyName(opened, name)}. ${said().hearing_change}`), inner);
  return [box];
}
