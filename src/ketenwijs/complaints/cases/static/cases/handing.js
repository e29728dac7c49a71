// Handing a case to an outside body: ask, look at the signed answer, move the case, save the package.

import { toBase64 } from "../sealing/bytes.js";
import { day } from "../sealing/days.js";
import { byId, get, onSubmit, post, settings, tell, Told } from "../committee/page.js";
import { save } from "./files.js";
import { sealedNext } from "./opened.js";
import { agreedOn, consentOf, packageFor } from "./package.js";

const address = (part = "") => `${settings().base}transfer/${part}`;
const words = () => byId("handing_words").dataset;

function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  for (const [one, value] of Object.entries(attributes)) made.setAttribute(one, value);
  return made;
}

const button = (text) => element("button", text, { class: "utrecht-button utrecht-button--secondary-action" });

async function letter(opened, thread, kind, body) {
  const { sequence, sealed } = await sealedNext(opened, thread, kind, body);
  return { sequence, sealed: toBase64(sealed) };
}

function details(body) {
  const w = words();
  const list = element("ul");
  for (const code of body.items) list.append(element("li", w[code]));
  const named = element("p");
  named.append(element("strong", [body.name, body.address, body.telephone].filter(Boolean).join(" · ")));
  const how = body.recipient ? [element("p", w.sealed_to), element("p", body.recipient, { class: "kw-small kw-breaks" })] : [element("p", w.by_passphrase)];
  return [named, element("p", w.gets), list, ...how];
}

function asking(standing, fresh, reload) {
  const w = words();
  return standing.bodies.map((body) => {
    const form = element("form", "", { class: "kw-form" });
    form.append(...details(body), button(standing.asked ? w.ask_again : w.ask));
    onSubmit(form, async () => {
      // The question follows the newest message, not the one that was newest when this form was drawn.
      await post(address("ask/"), { body: body.code, question: await letter(await fresh(), "intake", "transfer", agreedOn(body)) });
      await reload();
      tell(w.waiting, "success");
    });
    return form;
  });
}

// Opened again before anything goes out: the person may have taken the yes back since.
async function agreed(fresh) {
  const opened = await fresh();
  const { asked } = await get(address());
  const consent = asked ? consentOf(opened, asked) : { state: "waiting" };
  if (consent.state !== "agreed") throw new Told(words()[consent.state]);
  return { opened, asked, consent };
}

function handOut({ sealed, passphrase }, number) {
  save(sealed, `${number}.tar.age`);
  tell(passphrase ? `${words().passphrase} ${passphrase}` : words().saved, "success");
}

function giving(fresh, reload) {
  const w = words();
  const form = element("form", "", { class: "kw-form" });
  const box = element("p");
  const area = element("textarea", "", { id: "why_transfer", name: "why", rows: "3", class: "utrecht-textarea utrecht-textarea--html-textarea" });
  box.append(element("label", w.reasons, { for: "why_transfer", class: "utrecht-form-label" }), area);
  form.append(box, button(w.give));
  onSubmit(form, async (fields) => {
    const why = fields.why.value.trim();
    if (!why) throw new Told(w.reasons);
    const { opened, asked, consent } = await agreed(fresh);
    const made = await packageFor(opened, asked, consent);
    const told = { name: asked.body.name, address: asked.body.address, day: new Date().toISOString().slice(0, 10), about: asked.question };
    await post(address("give/"), {
      question: asked.question,
      answer: consent.sequence,
      agreed: true,
      seen: settings().state,
      reasons: await letter(opened, "committee", "reasons", { text: why, move: "transfer" }),
      told: await letter(opened, "intake", "transferred", told),
    });
    settings().state = "transferred";
    if (byId("move")) byId("move").remove();
    await reload();
    handOut(made, settings().number);
  });
  return form;
}

function repeating(fresh) {
  const form = element("form");
  form.append(button(words().again));
  onSubmit(form, async () => {
    const { opened, asked, consent } = await agreed(fresh);
    const made = await packageFor(opened, asked, consent);
    await post(address("again/"), {});
    handOut(made, settings().number);
  });
  return form;
}

// The parts of the section; none where no outside body is in force and nothing was asked.
export async function handing(opened, fresh, reload) {
  const w = words();
  const standing = await get(address());
  const { asked } = standing;
  if (!asked && !(standing.may_ask && standing.bodies.length)) return [];
  const parts = [element("h2", w.title, { class: "utrecht-heading-2" }), element("p", w.honest, { class: "kw-small" })];
  const closed = opened.data.renew || !opened.threads.intake.recipient;
  const { state } = asked ? consentOf(opened, asked) : { state: "" };
  if (asked && asked.given_on) parts.push(element("p", `${w.given} ${day(asked.given_on)}`), ...(standing.may_repeat ? [repeating(fresh)] : []));
  else if (asked) parts.push(element("p", w[state], { class: `kw-message kw-message--${state === "agreed" ? "success" : "warning"}` }));
  if (state === "agreed" && !asked.given_on && standing.may_give && !closed) parts.push(...details(asked.body), giving(fresh, reload));
  else if (standing.may_ask && !closed) parts.push(...asking(standing, fresh, reload));
  return parts;
}
