// Small on purpose: the page works without it. Where the browser can seal by itself, the rest is loaded, once.

const PATIENCE = 20000;
const stage = document.body.dataset.stage;

async function begin() {
  if (!window.isSecureContext || !crypto.subtle) return;
  const receipt = document.getElementById("receipt");
  const own = receipt && receipt.textContent;
  const button = document.querySelector("form button");
  if (receipt) {
    // The number of the server must not be written down and then change: it is shown again only when sealing fails.
    receipt.textContent = "…";
    button.disabled = true;
  }
  const late = new Promise((_done, fail) => setTimeout(() => fail(new Error("too slow")), PATIENCE));
  try {
    const sealing = await Promise.race([import("./sealing.js").then(async (one) => (await one.prepare()) && one), late]);
    await (stage === "number" ? (await import("./telling.js")).begin(sealing, own) : (await import("./following.js")).begin(sealing));
    document.body.dataset.sealing = "browser";
  } catch (_error) {
    if (receipt) receipt.textContent = own;
    document.body.dataset.sealing = "service";
  } finally {
    if (button) button.disabled = false;
  }
}

// What stood here is in no picture that the browser keeps of a page somebody left, and away means away from the history.
window.addEventListener("pagehide", () => document.body.replaceChildren());
window.addEventListener("pageshow", (event) => event.persisted && location.reload());
const exit = document.querySelector(".exit");
exit.addEventListener("click", (event) => {
  event.preventDefault();
  location.replace(exit.href);
});

if (stage === "number" || stage === "follow") begin();
