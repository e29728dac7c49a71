// What an outside body gets: exactly the items that the person agreed to, sealed to its key or behind a passphrase.

import { bytes } from "../sealing/bytes.js";
import { ordered } from "../sealing/payloads.js";
import { seal, sealWithPassphrase } from "../sealing/envelopes.js";
import { grouped, newReceipt } from "../sealing/receipts.js";
import { openFile } from "./opened.js";
import { tar } from "./tar.js";

const WORK_FACTOR = 18;
const READ_ME = `A case that a complaints committee hands to you, with the consent of the person who told it.

case.txt     the messages that the person agreed to hand over, oldest first
case.json    the same, with the question that was asked and the answer
files/       files of the person, when agreed

Not in here: what the committee wrote among its members, and what a firm wrote.
`;

// The question, the person's last answer to it, and what that comes to. Only signed messages count.
export function consentOf(opened, asked) {
  const { messages } = opened.threads.intake;
  const at = messages.find(({ sequence }) => sequence === asked.question);
  const question = at && at.payload;
  if (!question || question.kind !== "transfer" || !question.author.startsWith("member:")) return { state: "unsigned" };
  if (messages.some(({ sequence, payload }) => sequence > asked.question && !payload)) return { state: "unsigned" };
  const answers = messages.filter(({ payload: p }) => p && p.author === "complainant" && p.kind === "transfer" && p.body.about === asked.question);
  if (!answers.length) return { state: "waiting" };
  const { sequence, payload: answer } = answers[answers.length - 1];
  if (answer.body.text !== "yes") return { state: answers.some(({ payload }) => payload.body.text === "yes") ? "withdrawn" : "refused" };
  const same = asked.body && JSON.stringify(ordered(question.body)) === JSON.stringify(ordered(agreedOn(asked.body)));
  return same ? { state: "agreed", sequence, question, answer } : { state: "differs" };
}

// What the question says and the yes holds for: the body, its key, and the items.
export const agreedOn = ({ name, address, telephone, recipient, items }) => ({ to: { name, address, telephone, recipient }, items });

function wanted(opened, items) {
  const [first, ...rest] = opened.threads.intake.messages.filter(({ payload }) => payload && payload.author !== "party");
  const messages = items.includes("told") ? [first] : [];
  if (items.includes("messages")) messages.push(...rest.filter(({ payload }) => ["text", "consent", "remedy"].includes(payload.kind)));
  const files = items.includes("files") ? rest.filter(({ payload }) => payload.kind === "file" && payload.author === "complainant") : [];
  return { messages: messages.map((one) => one.payload), files: files.map((one) => one.payload) };
}

const shown = ({ author, sent_at: at, kind, body }) => ({ from: author === "complainant" ? "person" : "committee", at, kind, text: body.text || "" });

// Gives the bytes of the package and its passphrase, empty when it is sealed to the body's own key.
export async function packageFor(opened, asked, consent) {
  const { messages, files } = wanted(opened, asked.body.items);
  const told = messages.map(shown);
  const about = { case: opened.data.case, messages: told, consent: { question: consent.question, answer: consent.answer } };
  const lines = told.map(({ from, at, kind, text }) => `${at} ${from}${kind === "text" ? "" : ` (${kind})`}\n${text}\n`);
  const parts = [
    ["read-me.txt", bytes(READ_ME)],
    ["case.txt", bytes(lines.join("\n"))],
    ["case.json", bytes(JSON.stringify(about, null, 1))],
  ];
  for (const [place, payload] of files.entries()) {
    const name = String(payload.body.name || "file").replace(/[^A-Za-z0-9.-]/g, "_").slice(-60);
    parts.push([`files/${place + 1}-${name}`, await openFile(opened, "intake", payload)]);
  }
  const content = tar(parts);
  if (asked.body.recipient) return { sealed: await seal(content, [asked.body.recipient]), passphrase: "" };
  const passphrase = grouped(newReceipt());
  return { sealed: await sealWithPassphrase(content, passphrase, WORK_FACTOR), passphrase };
}
