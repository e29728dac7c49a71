// What the committee's pages share: words of the page, telling, posting, unlocking the own key in memory.

import { fromBase64, Refusal } from "../sealing/bytes.js";
import { unsealText, unsealWithPassphrase } from "../sealing/envelopes.js";
import { paperIdentity } from "./paper.js";
import { privateFrom } from "../sealing/signatures.js";
import { text } from "../sealing/bytes.js";

export const byId = (name) => document.getElementById(name);
export const word = (code) => byId("words").dataset[code] || byId("words").dataset.failed;
export const settings = () => byId("work").dataset;

export function tell(sentence, kind = "error") {
  const box = byId("told");
  box.className = `kw-message kw-message--${kind}`;
  box.setAttribute("role", kind === "error" ? "alert" : "status");
  box.textContent = sentence;
  box.hidden = false;
  box.tabIndex = -1;
  box.focus();
}

export class Told extends Error {}

async function answered(response) {
  if (response.ok) return response;
  const { sentence } = await response.json().catch(() => ({}));
  throw new Told(sentence || word("failed"));
}

export async function get(address) {
  return (await answered(await fetch(address, { headers: { Accept: "application/json" } }))).json();
}

export async function post(address, data) {
  const headers = { Accept: "application/json", "X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]").value };
  const body = data instanceof FormData ? data : JSON.stringify(data);
  if (!(data instanceof FormData)) headers["Content-Type"] = "application/json";
  return (await answered(await fetch(address, { method: "POST", headers, body }))).json();
}

// Deeds of one page run one after another: what is pressed while the page still reads again, builds on what it read.
let running = Promise.resolve();

function inTurn(deed) {
  const turn = running.then(deed);
  running = turn.catch(() => undefined);
  return turn;
}

// Runs what a form asks for; a refusal becomes its sentence, what was typed stays. The buttons stand disabled in the
// page until here: a form that the browser sent by itself would carry a passphrase to the server.
export function onSubmit(form, act) {
  form.querySelectorAll("button").forEach((one) => (one.disabled = false));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const buttons = form.querySelectorAll("button");
    buttons.forEach((one) => (one.disabled = true));
    try {
      await inTurn(() => act(form.elements, event));
    } catch (error) {
      if (error instanceof Told) tell(error.message);
      else if (error instanceof Refusal) tell(word(error.code));
      else tell(word("failed"));
    } finally {
      buttons.forEach((one) => (one.disabled = false));
    }
  });
}

// The key file is an ordinary age identity file; its comment carries the signing key.
export async function keysIn(file) {
  const lines = file.trim().split("\n");
  const signing = lines.find((one) => one.startsWith("# signing ")).slice(10);
  const identity = lines.find((one) => one.startsWith("AGE-SECRET-KEY-"));
  return { identity, signingKey: await privateFrom(fromBase64(signing)) };
}

export async function unlocked(wrapped, { passphrase, paper }) {
  try {
    const file = paper.value.trim()
      ? await unsealText(fromBase64(wrapped.by_paper), await paperIdentity(paper.value))
      : text(await unsealWithPassphrase(fromBase64(wrapped.by_passphrase), passphrase.value));
    return { ...(await keysIn(file)), identifier: wrapped.identifier, signing: wrapped.signing };
  } catch (_error) {
    throw new Told(word("locked"));
  }
}
