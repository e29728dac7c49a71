// The question whether the case may go to an outside body, in the person's language, and the word that it went.

import { day as inWords } from "../sealing/days.js";

const ITEMS = ["told", "messages", "files"];

export function transferDetails(element, words, { to, items }) {
  const body = to && typeof to === "object" ? to : {};
  const list = element("ul");
  for (const code of ITEMS.filter((one) => Array.isArray(items) && items.includes(one))) list.append(element("li", words[`transfer_${code}`]));
  const named = element("p");
  named.append(element("strong", [body.name, body.address, body.telephone].filter(Boolean).join(" · ")));
  return [element("p", words.transfer_question), named, element("p", words.transfer_items), list];
}

export const transferred = (words, { name, day }) => words.transfer_done.replace("%(name)s", () => String(name)).replace("%(day)s", () => inWords(day));

// The last answer to this question is a yes, and the case did not go yet.
export function canTakeBack(opened, name, about) {
  const { messages } = opened.threads[name];
  if (messages.some(({ payload }) => payload && payload.kind === "transferred")) return false;
  const mine = messages.filter(({ payload: p }) => p && p.author === opened.data.role && p.kind === "transfer" && p.body.about === about);
  return mine.length > 0 && mine[mine.length - 1].payload.body.text === "yes";
}
