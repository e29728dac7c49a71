// Measures of a ruling or an agreement, read from the signed messages; the server's rows are only compared with them.

import { day } from "../sealing/days.js";
import { toBase64 } from "../sealing/bytes.js";
import { byId, onSubmit, post, settings, Told } from "../committee/page.js";
import { button, element, labelled } from "./parts.js";
import { sealedNext } from "./opened.js";

const said = () => byId("measure_words").dataset;

// Each measure with what was recorded of it, in the order of the thread; only members can have signed either.
export function measuresOf(opened) {
  const genuine = opened.threads.committee.messages.map(({ payload }) => payload).filter((one) => one && one.author.startsWith("member:"));
  return genuine.filter((one) => one.kind === "measure").map((payload, place) => {
    const followed = genuine.filter((one) => one.kind === "measured" && one.body.about === payload.sequence);
    const last = followed[followed.length - 1];
    const due = (last && last.body.due) || payload.body.due;
    return { payload, followed, number: place + 1, due, ended: Boolean(last && last.body.ends) };
  });
}

const today = () => new Date().toISOString().slice(0, 10);

function field(name, id, attributes = {}) {
  const kind = name === "textarea" ? "textarea" : name === "select" ? "select" : "textbox";
  return element(name, "", { id, name: id.split("__")[0], class: `utrecht-${kind} utrecht-${kind}--html-${name}`, ...attributes });
}

async function send(opened, path, kind, body, extra) {
  const { sequence, sealed } = await sealedNext(opened, "committee", kind, body);
  await post(settings().base + path, { ...extra, sequence, sealed: toBase64(sealed) });
}

function newMeasure(opened, reload) {
  const form = element("form", "", { class: "kw-form", autocomplete: "off", id: "new_measure" });
  form.append(
    labelled(said().what, field("textarea", "what", { rows: "3", required: "" })),
    labelled(said().by, field("input", "owner", { required: "", maxlength: "200" })),
    labelled(said().day, field("input", "due", { type: "date", required: "", min: today() })),
    button(said().note, true),
  );
  onSubmit(form, async ({ what, owner, due }) => {
    const body = { text: what.value.trim(), owner: owner.value.trim(), due: due.value };
    if (!body.text || !body.owner || !body.due) throw new Told(said().new);
    await send(opened, "measure/", "measure", body, { due: due.value });
    await reload();
  });
  return folded(said().new, form);
}

function folded(title, form) {
  const box = element("details", "", { class: "kw-more" });
  const inner = element("div");
  inner.append(form);
  box.append(element("summary", title), inner);
  return box;
}

function following(opened, one, reload) {
  const { sequence } = one.payload;
  const form = element("form", "", { class: "kw-form follow", autocomplete: "off" });
  const result = field("select", `result__${sequence}`);
  for (const code of ["done", "not_done", "changed"]) result.append(element("option", said()[code], { value: code }));
  const tick = element("p");
  tick.append(element("input", "", { type: "checkbox", id: `ends__${sequence}`, name: "ends" }), " ", element("label", said().ends, { for: `ends__${sequence}` }));
  form.append(
    labelled(said().result, result),
    labelled(said().told_by, field("input", `told_by__${sequence}`, { required: "", maxlength: "200" })),
    labelled(said().words, field("textarea", `words__${sequence}`, { rows: "3" })),
    tick,
    labelled(said().again, field("input", `due__${sequence}`, { type: "date", min: today() })),
    button(said().seal, true),
  );
  onSubmit(form, async (fields) => {
    const ends = fields.ends.checked;
    if (!ends && !fields.due.value) throw new Told(said().again_needed);
    const body = { about: sequence, result: fields.result.value, told_by: fields.told_by.value.trim(), text: fields.words.value.trim(), ends };
    if (!ends) body.due = fields.due.value;
    await send(opened, `measure/${sequence}/`, "measured", body, ends ? { ends } : { ends, due: body.due });
    await reload();
  });
  return folded(`${said().record} ${one.number}`, form);
}

// The lines of one message about a measure, for this list and for the thread.
export function measureLines({ kind, body }) {
  if (kind === "measure") return [`${said().measure}: ${body.text}`, `${said().owner}: ${body.owner}`, `${said().due}: ${day(body.due)}`];
  const lines = [`${said()[body.result] || ""} · ${said().told_by}: ${body.told_by}`];
  if (body.text) lines.push(body.text);
  lines.push(body.ends ? said().over : `${said().again}: ${day(body.due)}`);
  return lines;
}

function item(opened, one, reload) {
  const row = (opened.data.measures || []).find(({ message }) => message === one.payload.sequence);
  const box = element("li");
  const state = one.ended ? said().over : one.due < today() ? said().late : said().open;
  const head = element("p");
  head.append(element("strong", `${said().measure} ${one.number}`), ` · ${state}`);
  box.append(head);
  for (const line of [one.payload, ...one.followed].flatMap(measureLines)) box.append(element("p", line));
  if (!row || Boolean(row.closed_week) !== one.ended) box.append(element("p", said().differs, { class: "kw-message kw-message--warning" }));
  if (row && !one.ended && opened.data.may_keep && opened.data.open && !opened.data.renew) box.append(following(opened, one, reload));
  return box;
}

export function showMeasures(opened, reload) {
  const found = measuresOf(opened);
  const box = byId("measures");
  box.hidden = !found.length && !opened.data.may_measure;
  const list = element("ol", "", { class: "kw-timeline" });
  for (const one of found) list.append(item(opened, one, reload));
  const parts = [element("h2", said().title, { class: "utrecht-heading-2" }), element("p", said().honest, { class: "kw-small" })];
  parts.push(found.length ? list : element("p", said().none));
  if (opened.data.may_measure && !opened.data.renew) parts.push(newMeasure(opened, reload));
  box.replaceChildren(...parts);
}
