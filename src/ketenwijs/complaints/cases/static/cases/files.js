// Files of a case: pictures as drawn pixels, sound played from memory, everything else only to be saved.

const WIDEST = 1600;

async function draw(content, place) {
  const picture = await createImageBitmap(new Blob([content]));
  const scale = Math.min(1, WIDEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  canvas.style.maxWidth = "100%";
  place.after(canvas);
}

async function play(content) {
  const sound = new AudioContext();
  const source = sound.createBufferSource();
  source.buffer = await sound.decodeAudioData(content.slice().buffer);
  source.connect(sound.destination);
  source.start();
}

export function save(content, name) {
  const address = URL.createObjectURL(new Blob([content], { type: "application/octet-stream" }));
  Object.assign(document.createElement("a"), { href: address, download: String(name || "file").replace(/[^\w.-]/g, "_") }).click();
  URL.revokeObjectURL(address);
}

export function files(said, body, open) {
  const parts = [Object.assign(document.createElement("p"), { textContent: `${said.file}: ${body.name} (${Math.ceil(body.size / 1024)} kB)` })];
  const act = (words, deed) => {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: words });
    button.className = "utrecht-button utrecht-button--secondary-action";
    button.addEventListener("click", async () => {
      try {
        await deed(await open(), button);
      } catch (_error) {
        const problem = Object.assign(document.createElement("p"), { textContent: document.getElementById("words").dataset.damaged });
        problem.className = "kw-message kw-message--error";
        button.after(problem);
      }
    });
    parts.push(button);
  };
  if (String(body.type).startsWith("image/")) act(said.show, draw);
  if (String(body.type).startsWith("audio/")) act(said.play, play);
  act(said.save, (content) => save(content, body.name));
  return parts;
}
