// The page of one record or document.
import { words, escape } from "./words.js";
import { AFTER, LEADS, contact, items } from "./boxes.js";
import { cards } from "./cards.js";
import { FACTS } from "./facts.js";
import { form } from "./form.js";
import { breadcrumbs, frame } from "./frame.js";

const contents = (html) =>
  `<nav aria-label="Sur cette page" data-pagefind-ignore>
<details class="contents">
<summary>Sur cette page</summary>
<ul>${[...html.matchAll(/<h2 id="([^"]*)">(.*?)<\/h2>/g)].map(([, id, title]) => `<li><a href="#${id}">${title}</a></li>`).join("")}</ul>
</details>
</nav>
`;

const TEXTS = {
  forms: (entry, html, records) => form(entry, records),
  pilot_sites: ({ record }, html) => `<section class="box box--offer">
<h2>Ce que l’essai cherche à vérifier</h2>
<p>${escape(record.hypothesis)}</p>
</section>
<h2>Le protocole</h2>
<div class="md-typeset">${html}</div>
${items("Ce qui n’a pas marché", record.failed, "need")}`,
  initiatives: ({ record }, html) => `<div class="md-typeset">${html}</div>
<div class="boxes">
${items("Ce qui est proposé", record.offers, "offer")}${items("Ce qui est recherché", record.needs, "need")}${contact("Pour s’y joindre", record.contact)}</div>
`,
  kits: (entry, html) => `${contents(html)}<div class="md-typeset">${html}</div>`,
};
TEXTS.pages = TEXTS.kits;

const group = ({ section, title, entries, more, moreText }) => `<section class="group group--${section}" aria-labelledby="g-${section}" data-pagefind-ignore>
<h2 id="g-${section}">${title}</h2>
${cards(entries)}
${more ? `<p class="group__more"><a class="more" href="${more}">${moreText}</a></p>\n` : ""}</section>
`;

const neighbours = ({ before, after }) =>
  before || after
    ? `<nav class="neighbours" aria-label="Pages voisines" data-pagefind-ignore>
${before ? `<a class="neighbours__previous" rel="prev" href="${before.url}"><span>Précédent</span> ${escape(before.record.title)}</a>` : ""}${after ? `<a class="neighbours__following" rel="next" href="${after.url}"><span>Suivant</span> ${escape(after.record.title)}</a>` : ""}</nav>
`
    : "";

export const article = (entry, html, records) => {
  const { kind, record, url } = entry;
  const about = words.kinds[kind];
  const page = { ...entry, title: record.title, sectionTitle: about?.title };
  const facts = FACTS[kind]?.(entry, records);
  const text = TEXTS[kind]?.(entry, html, records) ?? (html ? `<div class="md-typeset">${html}</div>` : "");
  const lead = kind === "awards" ? "" : `<p class="lead">${escape(record.summary)}</p>\n`;
  return frame(page, `<article class="page page--${about?.name ?? "page"}" data-pagefind-body${about ? ` data-pagefind-meta="rubrique:${about.title}"` : ""}>
${breadcrumbs(page)}

<header class="page__head">
<div class="page__title">
${entry.kicker ? `<p class="kicker" data-pagefind-ignore>${entry.kicker}</p>\n` : ""}<h1>${escape(record.title)}</h1>
${kind === "buildings" ? LEADS.buildings(entry) : ""}${lead}${kind === "buildings" ? "" : (LEADS[kind]?.(entry) ?? "")}${entry.tags ?? ""}${kind === "kits" ? '<p class="actions no-print" data-pagefind-ignore><button class="button button--plain" type="button" data-print hidden>Imprimer ce kit</button></p>\n' : ""}</div>
</header>
<div class="page__body">
${facts ? `<aside class="page__aside" aria-labelledby="p-facts">
<h2 id="p-facts" data-pagefind-ignore>En bref</h2>
<dl class="facts">
${facts}</dl>
</aside>
` : ""}<div class="page__text">
${text}
</div>
</div>
${AFTER[kind]?.(entry) ?? ""}${entry.groups?.map(group).join("") ?? ""}${neighbours(entry)}</article>`);
};
