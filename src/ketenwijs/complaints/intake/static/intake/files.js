// Files of whoever tells something: pictures are drawn anew, so that place and camera stay behind.

const LARGEST = 20 * 1024 * 1024;
const WIDEST = 1600;
const KINDS = [
  [0, [0xff, 0xd8, 0xff], "image/jpeg", "jpg"], [0, [0x89, 0x50, 0x4e, 0x47], "image/png", "png"],
  [0, "%PDF-", "application/pdf", "pdf"], [0, "OggS", "audio/ogg", "ogg"], [0, "#!AMR", "audio/amr", "amr"],
  [0, [0x1a, 0x45, 0xdf, 0xa3], "audio/webm", "webm"], [0, "ID3", "audio/mpeg", "mp3"], [0, [0xff, 0xfb], "audio/mpeg", "mp3"],
  [0, [0xff, 0xf3], "audio/mpeg", "mp3"], [0, [0xff, 0xf1], "audio/aac", "aac"], [8, "WAVE", "audio/wav", "wav"],
  [4, "ftypM4A", "audio/mp4", "m4a"], [4, "ftyp3gp", "audio/3gpp", "3gp"], [4, "ftypisom", "audio/mp4", "m4a"],
  [4, "ftypmp42", "audio/mp4", "m4a"],
];

export class BadFile extends Error {}

const starts = (content, place, start) =>
  Array.from(start, (one) => (typeof one === "string" ? one.charCodeAt(0) : one)).every((one, at) => content[place + at] === one);

async function drawnAnew(file) {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, WIDEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
  return new Uint8Array(await blob.arrayBuffer());
}

// Numbered instead of named: a name can tell who somebody is.
export async function taken(files, keepPlace) {
  const found = [];
  for (const file of files) {
    if (file.size > LARGEST) throw new BadFile("too_large");
    let content = new Uint8Array(await file.arrayBuffer());
    const kind = KINDS.find(([place, start]) => starts(content, place, start));
    if (!kind) throw new BadFile("bad_file");
    let [, , type, ending] = kind;
    if (type.startsWith("image/") && !keepPlace) {
      try {
        content = await drawnAnew(file);
      } catch (_error) {
        throw new BadFile("bad_file");
      }
      [type, ending] = ["image/jpeg", "jpg"];
    }
    found.push({ content, type, name: `${found.length + 1}.${ending}`, source: file });
  }
  return found;
}
