// What a form says back: that something is wrong, or the sum that the server asks while many send.

import { receipts, sendFile, site } from "./sealing.js";

const filled = (phrase, { a, b }) => phrase.replace("%(a)s", a).replace("%(b)s", b);

// `gaps`: the numbers of a sum that is asked now.
export function problem(phrase, form, gaps = {}) {
  document.querySelectorAll("main > .problem.told").forEach((one) => one.remove());
  const box = document.createElement("div");
  box.className = "problem told";
  box.setAttribute("role", "alert");
  box.tabIndex = -1;
  box.textContent = filled(site.words[phrase] || site.words.busy, gaps);
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
  label.textContent = filled(site.words.question, { a, b });
  const field = Object.assign(document.createElement("input"), { id: "answer", name: "answer", inputMode: "numeric" });
  box.append(label, field);
  const button = form.querySelector("button");
  (button.closest("p") || button).before(box);
  form.dataset.sum = sum;
}

export const sumOf = (form) => (form.dataset.sum ? { sum: form.dataset.sum, answer: receipts.digitsIn(form.elements.answer.value) } : {});

const sent = new WeakSet();

// All files of a form, each once however often the button is pressed; which part goes up stands in the form.
export async function sendFiles(opened, files, form) {
  const line = Object.assign(document.createElement("p"), { className: "small" });
  line.setAttribute("role", "status");
  form.append(line);
  try {
    for (const file of files.filter((one) => !sent.has(one.source))) {
      await sendFile(opened, file, sumOf(form), (a, b) => (line.textContent = filled(site.words.file_part, { a, b })));
      sent.add(file.source);
    }
  } finally {
    line.remove();
  }
}
