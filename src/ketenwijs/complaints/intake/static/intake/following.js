// Following with script: the number is typed here and stays here; messages are opened and sealed on the telephone.

import { askSum, problem, sendFiles, sumOf } from "./asking.js";
import { handoverPart } from "./handover.js";
import { canTakeBack, transferDetails, transferred } from "./transfer.js";
import { BadFile, taken } from "./files.js";
import { day } from "../sealing/days.js";
import { Answer, keysOf, openCase, openFile, random, receipts, Refusal, sendWords, site, toHex } from "./sealing.js";

const QUESTIONS = ["consent", "remedy", "transfer"];
const SENTENCES = ["not_genuine", "out_of_place"];

function element(name, words, attributes = {}) {
  const made = document.createElement(name);
  if (words) made.textContent = words;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

export async function begin(_sealing, opened = null, note = "") {
  if (opened) {
    show(opened, note || "sent");
    return;
  }
  const form = document.querySelector("form");
  if (/^#\d{20}$/.test(location.hash)) {
    // The heard party's own address: the number goes into the form and out of the address.
    form.elements.number.value = location.hash.slice(1);
    history.replaceState(null, "", location.pathname);
  }
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    try {
      const keys = await keysOf(receipts.normalised(form.elements.number.value));
      show(await openCase(keys, sumOf(form)));
    } catch (error) {
      if (error instanceof Answer && error.status === 429) askSum(form, error.data);
      problem(error instanceof Answer ? error.phrase : "follow_unknown", form, error.data);
    } finally {
      button.disabled = false;
    }
  });
}

function show(opened, note = "") {
  const w = site.words;
  const main = document.querySelector("main");
  const review = [...main.querySelectorAll(":scope > .note")];
  main.replaceChildren(...review, element("h1", note === "sent" ? w.sent_title : w.case_title, { tabindex: "-1" }));
  if (note === "sent") main.append(element("p", w.sent_sealed), element("p", w.sealed_browser), element("p", w.sent_next));
  else if (note) main.append(element("p", w[note], { class: "problem", role: "alert" }));
  if (opened.refusal) main.append(element("p", w.list_changed, { class: "problem", role: "alert" }));
  const standing = element("p", `${w.state}: `);
  standing.append(element("strong", w[`state_${opened.data.state}`]));
  main.append(standing);
  if (opened.data.due_on) main.append(element("p", `${w.due} ${day(opened.data.due_on)}`));
  const messages = element("h2", w.messages);
  main.append(messages);
  handoverPart(opened, element, acted).then((parts) => messages.before(...parts));
  const list = element("ol", "", { class: "messages" });
  for (const [name, thread] of Object.entries(opened.threads)) {
    const answered = new Set(thread.messages.filter((one) => isOwnAnswer(one, opened)).map((one) => one.payload.body.about));
    const shown = thread.messages.filter(({ payload }) => !payload || payload.kind !== "key");
    for (const one of shown) list.append(row(opened, name, one, answered));
  }
  main.append(list);
  if (!opened.refusal) main.append(replyForm(opened));
  const leave = element("button", w.leave, { class: "quiet", type: "button" });
  leave.addEventListener("click", () => location.replace(document.querySelector(".exit").href));
  main.append(element("p"), leave);
  main.querySelector("h1").focus();
}

const isOwnAnswer = ({ payload }, opened) => payload && payload.author === opened.data.role && QUESTIONS.includes(payload.kind);

function row(opened, name, { sequence, payload, refusal }, answered) {
  const w = site.words;
  const item = element("li");
  if (!payload) {
    item.append(element("p", w[SENTENCES.includes(refusal) ? refusal : "damaged"], { class: "problem" }));
    return item;
  }
  const fromCommittee = payload.author.startsWith("member:");
  const head = element("p", "", { class: "small" });
  head.append(element("strong", fromCommittee ? w.from_committee : w.from_you), ` ${day(payload.sent_at)}`);
  item.append(head);
  const own = payload.body.text || "";
  const said = !fromCommittee && [...QUESTIONS, "handover"].includes(payload.kind) ? w[`${payload.kind}_${own}`] || own : own;
  if (said) item.append(element("p", said, { class: "said" }));
  if (fromCommittee && payload.kind === "transferred") item.append(element("p", transferred(site.words, payload.body), { class: "said" }));
  if (fromCommittee && payload.kind === "transfer") {
    item.append(...transferDetails(element, w, payload.body));
    if (!opened.refusal && canTakeBack(opened, name, sequence)) item.append(answerForm(opened, "transfer", sequence, [["no", w.transfer_back]]));
  }
  if (payload.kind === "file") item.append(fileButton(opened, name, payload));
  if (fromCommittee && QUESTIONS.includes(payload.kind)) {
    // What was asked stays with its answer.
    if (!answered.has(sequence) && !opened.refusal) item.append(questionForm(opened, payload.kind, sequence));
    else if (answered.has(sequence) && w[`${payload.kind}_question`]) item.append(element("p", w[`${payload.kind}_question`]));
  }
  return item;
}

function fileButton(opened, name, payload) {
  const button = element("button", `${site.words.file}: ${site.words.download}`, { class: "quiet", type: "button" });
  button.addEventListener("click", async () => {
    try {
      const content = await openFile(opened, name, payload);
      const address = URL.createObjectURL(new Blob([content], { type: "application/octet-stream" }));
      Object.assign(document.createElement("a"), { href: address, download: payload.body.name }).click();
      URL.revokeObjectURL(address);
    } catch (error) {
      button.after(element("p", site.words[error instanceof Refusal ? "damaged" : "busy"], { class: "problem", role: "alert" }));
    }
  });
  return button;
}

function questionForm(opened, kind, about) {
  const form = answerForm(opened, kind, about, ["yes", "no"].map((say) => [say, site.words[`${kind}_${say}`]]));
  if (kind !== "transfer") form.prepend(element("p", site.words[`${kind}_question`]));
  return form;
}

function answerForm(opened, kind, about, choices) {
  const form = element("form", "", { class: "question" });
  for (const [say, words] of choices) form.append(element("button", words, { value: say }), " ");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    acted(form, opened, () => sendWords(opened, kind, { text: event.submitter.value, about }, toHex(random(8)), sumOf(form)));
  });
  return form;
}

function replyForm(opened) {
  const w = site.words;
  const form = element("form", "", { autocomplete: "off" });
  const part = (label, field) => {
    const box = element("p");
    box.append(element("label", label, { for: field.id }), field);
    return box;
  };
  const files = element("input", "", { type: "file", id: "files", name: "files", multiple: "", accept: "image/jpeg,image/png,audio/*,application/pdf" });
  const keep = element("p", "", { class: "tick" });
  keep.append(element("input", "", { type: "checkbox", id: "keep_place", name: "keep_place" }), element("label", w.keep_place, { for: "keep_place" }));
  const send = element("p");
  send.append(element("button", w.send));
  const words = element("textarea", "", { id: "text", name: "text", rows: "6", maxlength: "20000", "aria-labelledby": "reply" });
  form.append(element("h2", w.reply, { id: "reply" }), words);
  form.append(part(w.write_files, files), keep, element("p", w.sealed_browser, { class: "risk" }), send);
  const nonce = toHex(random(8));
  let said = "";
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    acted(form, opened, async () => {
      const text = form.elements.text.value.trim();
      const found = await taken(form.elements.files.files, form.elements.keep_place.checked);
      if (!text && !found.length) throw new BadFile("write_empty");
      if (text && text !== said) await sendWords(opened, "text", { text }, nonce, sumOf(form));
      said = text;
      await sendFiles(opened, found, form);
    });
  });
  return form;
}

async function acted(form, opened, act) {
  const buttons = form.querySelectorAll("button");
  buttons.forEach((one) => (one.disabled = true));
  try {
    await act();
    show(await openCase(opened.keys));
  } catch (error) {
    if (error instanceof Answer && error.status === 429) askSum(form, error.data);
    problem(error instanceof BadFile ? error.message : (error instanceof Answer && error.phrase) || "busy", form, error.data);
  } finally {
    buttons.forEach((one) => (one.disabled = false));
  }
}

