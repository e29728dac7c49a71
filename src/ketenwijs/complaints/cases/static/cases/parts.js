// Small parts of which the scripts of a case page make what they show.

export function element(name, words, attributes = {}) {
  const made = document.createElement(name);
  if (words) made.textContent = words;
  for (const [one, value] of Object.entries(attributes)) made.setAttribute(one, value);
  return made;
}

export const button = (words, primary) =>
  element("button", words, { class: `utrecht-button utrecht-button--${primary ? "primary" : "secondary"}-action` });

export function labelled(label, field) {
  const box = element("p");
  box.append(element("label", label, { for: field.id, class: "utrecht-form-label" }), field);
  return box;
}
