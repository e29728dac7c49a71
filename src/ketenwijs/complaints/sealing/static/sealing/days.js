// Days, moments and names of languages as the reader of the page writes them; what is none stays as it came.

function readers() {
  const { lang } = document.documentElement;
  return !lang || lang === "en" ? "en-GB" : lang;
}

const written = (found, how, text) => (Number.isNaN(found.getTime()) ? text : new Intl.DateTimeFormat(readers(), how).format(found));

// "2026-11-23", also with a moment behind it: the day as it stands, whatever the clock of the reader.
export const day = (text) => written(new Date(`${String(text).slice(0, 10)}T00:00Z`), { dateStyle: "long", timeZone: "UTC" }, text);

// "2026-11-23T20:15" in universal time, with or without a zone behind it: on the reader's own clock.
export const moment = (text) => written(new Date(`${String(text).slice(0, 16)}Z`), { dateStyle: "long", timeStyle: "short" }, text);

export function language(code) {
  try {
    return new Intl.DisplayNames(readers(), { type: "language" }).of(code);
  } catch (_error) {
    return String(code);
  }
}
