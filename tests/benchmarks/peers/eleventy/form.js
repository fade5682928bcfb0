// The form of a page to sign up on.
import { escape } from "./words.js";

const field = ({ id, type, autocomplete }, places) => {
  if (type === "choix") return `<select id="${id}" name="${id}" required><option value="">Choisissez</option>${places}</select>`;
  if (type === "texte-long") return `<textarea id="${id}" name="${id}" rows="5"></textarea>`;
  return `<input type="${type === "courriel" ? "email" : "text"}" id="${id}" name="${id}" required autocomplete="${autocomplete}">`;
};

export const form = ({ id, record }, { neighbourhoods }) => {
  const places = Object.entries(neighbourhoods).map(([key, { title }]) => `<option value="${key}">${escape(title)}</option>`).join("");
  const question = (each) => `<div class="form-field"><label class="form-label" for="${each.id}">${escape(each.label)}</label>${field(each, places)}</div>`;
  const section = ({ title, questions }) => `<section class="form-section"><h2>${escape(title)}</h2>\n${questions.map(question).join("\n")}\n</section>`;
  const { purpose, recipients } = record.privacy;
  return `<form class="form" id="formulaire" method="post" action="/forms/${id}" accept-charset="utf-8">
${record.sections.map(section).join("\n")}
<details class="form-privacy"><summary>Ce que la mairie fait de vos réponses, et vos droits</summary><dl><dt>Pourquoi</dt><dd>${escape(purpose)}</dd><dt>Qui lit vos réponses</dt><dd>${escape(recipients.join(", "))}</dd></dl></details>
<div class="form-actions"><button class="form-submit" type="submit">Envoyer</button></div></form>`;
};
