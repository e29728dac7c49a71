// The question whether another body may go on with the case, and the word that it does; checked before it is shown.

import { bytes, sha256, toHex } from "../sealing/bytes.js";
import { day } from "../sealing/days.js";
import { proven } from "../succession/statement.js";
import { sumOf } from "./asking.js";
import { sendHandover, site } from "./sealing.js";

const filled = (phrase, { name, since }) => site.words[phrase].replace("%(name)s", () => name).replace("%(day)s", () => day(since));

// Nothing when two members did not sign exactly this: then the server alone wants it.
export async function handoverPart(opened, element, acted) {
  const notice = (opened.data.notices || []).find((one) => one.kind === "handover");
  if (!notice || opened.refusal) return [];
  let body;
  try {
    body = await proven(notice, site.list);
  } catch (_error) {
    return [element("p", site.words.list_changed, { class: "problem", role: "alert" })];
  }
  const w = site.words;
  const box = element("section", "", { class: "question" });
  const link = element("p");
  link.append(element("a", body.address, { href: body.address, rel: "noreferrer" }));
  const post = body.post.split("\n").map((line) => element("p", line));
  box.append(element("h2", w.handover_title), element("p", filled(notice.stage === "done" ? "handover_done" : "handover_ask", body)), link, ...post);
  if (notice.stage === "done") return [box];
  box.append(element("p", w.handover_what, { class: "risk" }), element("p", `${w.handover_stays} ${w.handover_change}`));
  if (notice.said) box.append(element("p", `${w.handover_now} ${w[`handover_${notice.said}`]}`));
  const form = element("form");
  const buttons = element("p");
  for (const say of ["yes", "no"]) buttons.append(element("button", w[`handover_${say}`], { value: say }), " ");
  form.append(buttons);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const says = event.submitter.value;
    acted(form, opened, async () => sendHandover(opened, says, toHex(await sha256(bytes(notice.statement))), sumOf(form)));
  });
  box.append(form);
  return [box];
}
