import { cards, escape } from "./card.js";
import { frame } from "./frame.js";
import { FACTS } from "./kinds.js";

const facts = (record) => {
  const lines = Object.entries(FACTS).filter(([field]) => record[field]).map(([field, label]) => `<dt>${label}</dt><dd>${escape(record[field])}</dd>`);
  const { contact } = record;
  if (contact) lines.push(`<dt>${escape(contact.role)}</dt><dd><a href="mailto:${contact.email}">${contact.email}</a></dd><dd>${contact.phone}</dd>`);
  return `<dl>\n${lines.join("\n")}\n</dl>`;
};

// The page of one record or document.
export const article = ({ url, section, plural, record, html, groups }) =>
  frame(record.title, record.summary, url, `<nav aria-label="Fil d'Ariane"><ol><li><a href="/">Accueil</a></li><li><a href="/${section}/">${plural}</a></li><li aria-current="page">${escape(record.title)}</li></ol></nav>
<article>
<h1>${escape(record.title)}</h1>
<p class="lead">${escape(record.summary)}</p>
${facts(record)}
${html}
</article>
${groups.map((group) => `<section>\n<h2>${group.title}</h2>\n${cards(group.cards)}\n</section>`).join("\n")}`);
