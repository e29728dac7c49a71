// Telling with script: the number is made here, the three pages become one, so that the number stays in memory only.

import { askSum, problem, sendFiles, sumOf } from "./asking.js";
import { BadFile, taken } from "./files.js";
import { Answer, keysOf, openCase, post, random, receipts, sealCase, sendWords, site, toHex } from "./sealing.js";

const byId = (name) => document.getElementById(name);

async function pageOf(address) {
  const response = await fetch(address);
  return new DOMParser().parseFromString(await response.text(), "text/html").querySelector("main");
}

function swap(main) {
  document.querySelector("main").replaceWith(main);
  const head = main.querySelector("h1");
  head.tabIndex = -1;
  head.focus();
  window.scrollTo(0, 0);
}

export function begin(_sealing, number) {
  const receipt = receipts.newReceipt();
  const form = document.querySelector("form");
  byId("receipt").textContent = receipts.grouped(receipt);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (receipts.digitsIn(form.elements.last.value) !== receipt.slice(-4)) {
      problem("number_wrong", form);
      return;
    }
    // The server's own number is only confirmed to get the next page; it is never used.
    const fields = new URLSearchParams({ key: form.elements.key.value, last: number.replace(/ /g, "").slice(-4) });
    await fetch(location.pathname, { method: "POST", body: fields });
    swap(await pageOf(location.pathname.replace("number", "write")));
    beginWriting(receipt);
  });
}

function beginWriting(receipt) {
  const form = document.querySelector("form");
  const work = { nonce: toHex(random(8)), sent: null, text: null, keys: null };
  byId("sealing").textContent = site.words.sealed_browser;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    try {
      await send(form, receipt, work);
    } catch (error) {
      if (error instanceof BadFile) problem(error.message, form);
      else if (error instanceof Answer && error.status === 429) (askSum(form, error.data), problem(error.phrase, form, error.data));
      else problem(error instanceof Answer ? error.phrase : "busy", form);
    } finally {
      button.disabled = false;
    }
  });
}

async function send(form, receipt, work) {
  const fields = form.elements;
  const files = await taken(fields.files.files, fields.keep_place.checked);
  const text = fields.text.value.trim();
  if (!text && !files.length) throw new BadFile("write_empty");
  work.keys = work.keys || (await keysOf(receipt));
  const told = {
    text,
    for_other: fields.for_other.checked,
    without_chair: fields.without_chair.checked,
    place_kept: fields.keep_place.checked,
  };
  if (!work.opened || work.said !== text) await sendStory(form, text, told, work);
  await arrived(work.opened, files, form);
}

async function sendStory(form, text, told, work) {
  if (!work.sent || work.text !== text) work.sent = await sealCase(work.keys, told, work.nonce);
  work.text = text;
  const { kept } = await (await post("/sealed/case/", { ...work.sent, ...sumOf(form) })).json();
  work.opened = await openCase(work.keys);
  if (!kept) await sendWords(work.opened, "text", { text }, work.nonce);
  work.said = text;
}

// A lost line and a sum leave the form as it is: the same button goes on. What is refused for good is said on the case.
async function arrived(opened, files, form) {
  let note = "";
  try {
    await sendFiles(opened, files, form);
  } catch (error) {
    if (error instanceof Answer && (!error.status || error.status === 429)) throw error;
    note = error instanceof Answer && error.phrase === "no_room" ? "no_room" : "files_missing";
  }
  const { begin: follow } = await import("./following.js");
  await follow(null, files.length ? await openCase(opened.keys) : opened, note);
}
