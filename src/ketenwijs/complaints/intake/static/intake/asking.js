// What a form says back: that something is wrong, or the sum that the server asks while many send.

import { receipts, site } from "./sealing.js";

export function problem(phrase, form) {
  document.querySelectorAll("main > .problem.told").forEach((one) => one.remove());
  const box = document.createElement("div");
  box.className = "problem told";
  box.setAttribute("role", "alert");
  box.tabIndex = -1;
  box.textContent = site.words[phrase] || site.words.busy;
  form.before(box);
  box.focus();
}

// While many send, the server asks a sum; it is put into the form and sent along.
export function askSum(form, { a, b, sum }) {
  form.querySelectorAll(".sum").forEach((one) => one.remove());
  const box = document.createElement("p");
  box.className = "sum";
  const label = document.createElement("label");
  label.htmlFor = "answer";
  label.textContent = site.words.question.replace("%(a)s", a).replace("%(b)s", b);
  const field = Object.assign(document.createElement("input"), { id: "answer", name: "answer", inputMode: "numeric" });
  box.append(label, field);
  form.querySelector("button").closest("p").before(box);
  form.dataset.sum = sum;
}

export const sumOf = (form) => (form.dataset.sum ? { sum: form.dataset.sum, answer: receipts.digitsIn(form.elements.answer.value) } : {});
