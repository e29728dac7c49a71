// What could tell a party who spoke: the person's own words in a row, names, numbers and days. Looked for in the member's
// browser, because only there all of it can be read. It points out; the member judges.

import { byId, Told } from "../committee/page.js";
import { element } from "./parts.js";

const RUN = 4; // so many words of the person in a row are copied words, fewer are how anybody speaks
const said = () => byId("case_words").dataset;

function wordsOf(text) {
  if (typeof Intl.Segmenter === "function") {
    return [...new Intl.Segmenter(undefined, { granularity: "word" }).segment(text)].filter((one) => one.isWordLike).map((one) => ({ word: one.segment, at: one.index }));
  }
  return [...text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)].map((one) => ({ word: one[0], at: one.index }));
}

const runOf = (words, at) => words.slice(at, at + RUN).map(({ word }) => word.toLowerCase()).join(" ");

// Pieces of `text` of four words and more that stand in one of `own` too, each once.
export function copied(text, own) {
  const known = new Set(own.map(wordsOf).flatMap((words) => words.map((_one, at) => (at + RUN <= words.length ? runOf(words, at) : ""))));
  const words = wordsOf(text);
  const found = [];
  for (let at = 0; at + RUN <= words.length; at += 1) {
    if (!known.has(runOf(words, at))) continue;
    let end = at;
    while (end + 1 + RUN <= words.length && known.has(runOf(words, end + 1))) end += 1;
    const last = words[end + RUN - 1];
    found.push(text.slice(words[at].at, last.at + last.word.length));
    at = end + RUN - 1;
  }
  return [...new Set(found)];
}

// Numbers (also days and amounts), and words with a capital that no sentence began with.
export function marks(text) {
  const numbers = text.match(/\p{N}(?:[\p{N}.,:/-]*\p{N})?/gu) || [];
  const names = [...text.matchAll(/(?<=[\p{L}\p{N},;)’'"-] )\p{Lu}[\p{L}\p{M}’'-]*/gu)].map((one) => one[0]);
  return [...new Set([...names, ...numbers])];
}

// The first sending of a text shows what stands out, with a tick below it; the next sending of the same text goes.
export function lookedAt(form, text, own) {
  const lines = [[said().recognise_copied, copied(text, own)], [said().recognise_marks, marks(text)]].filter(([, found]) => found.length);
  const before = form.querySelector(".kw-recognise");
  if (!lines.length || (before && before.dataset.of === text && before.querySelector("input").checked)) return;
  const box = element("div", "", { class: "kw-message kw-message--warning kw-recognise", tabindex: "-1" });
  box.dataset.of = text;
  for (const [words, found] of lines) box.append(element("p", `${words} ${found.map((one) => `“${one}”`).join(", ")}`));
  const id = `${form.querySelector("textarea").id}_recognise`;
  const tick = element("p");
  tick.append(element("input", "", { type: "checkbox", id, name: "recognise" }), " ", element("label", said().recognise_stays, { for: id }));
  box.append(tick);
  if (before) before.replaceWith(box);
  else form.querySelector("button").before(box);
  throw new Told(said().recognise_first);
}
