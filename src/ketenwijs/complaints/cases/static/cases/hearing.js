// Before a party is heard: the text that the person agreed to, and the party's own address.

// The words of the newest question for consent, once the person signed a yes to exactly that one; empty without.
export function agreedText(opened) {
  const said = opened.threads.intake.messages.map(({ payload }) => payload).filter((one) => one && one.kind === "consent");
  const asked = said.filter((one) => one.author.startsWith("member:")).pop();
  const answers = said.filter((one) => asked && one.author === "complainant" && one.body.about === asked.sequence);
  return answers.length && answers[answers.length - 1].body.text === "yes" ? asked.body.text : "";
}

// What stands behind # is never sent to a server; the page takes it out of the address at once.
export const addressFor = (number, page) => `${new URL(page, location.origin)}#${number.replace(/ /g, "")}`;
