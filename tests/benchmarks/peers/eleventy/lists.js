// The pages of lists: the whole of each kind and each of its parts, fifty at a time, with the ways to narrow them.
import { words, themes, config, escape, month, day } from "./words.js";
import { contact } from "./boxes.js";
import { cards } from "./cards.js";
import { breadcrumbs, frame } from "./frame.js";

const SIZE = 50;

const TITLES = {
  quartier: (id, { neighbourhoods }) => neighbourhoods[id].title,
  theme: (id) => themes[id],
  etat: (id) => words.states[id].title,
  diplome: (id) => words.diplomas[id],
  niveau: (id) => words.filters.niveau.choices[id],
  moment: (id) => words.filters.moment.choices[id],
};
const ORDERS = {
  quartier: ({ neighbourhoods }) => [...neighbourhoods.keys()],
  theme: () => Object.keys(themes),
  etat: () => Object.keys(words.states),
  diplome: () => Object.keys(words.diplomas),
  niveau: () => Object.keys(words.filters.niveau.choices),
  moment: () => Object.keys(words.filters.moment.choices),
};

export function lists(kind, entries, all, records) {
  const { section, title, lead, filters = [] } = words.kinds[kind];
  const shares = {};
  for (const entry of entries) for (const part of entry.parts) (shares[part] ??= []).push(entry);
  const narrowed = filters.map((filter) => ({
    filter,
    choices: ORDERS[filter](all)
      .filter((id) => shares[`${filter}-${id}`])
      .map((id) => ({ part: `${filter}-${id}`, title: TITLES[filter](id, records), entries: shares[`${filter}-${id}`] })),
  }));
  const whole = kind === "events" ? entries.filter(({ state }) => state !== "past") : entries;
  const page = (part, title, entries, short) =>
    cut({ kind, section, part, title, short, summary: lead, sectionTitle: words.kinds[kind].title, filters: drawn(section, narrowed, part), narrowing: part ? "" : drawn(section, narrowed, part, true) }, entries);
  return [
    ...page("", title, whole),
    ...narrowed.flatMap(({ choices }) => choices.flatMap((each) => page(each.part, `${title} : ${each.title}`, each.entries, each.title))),
  ];
}

// Of many choices, only the first page of the whole list has them all.
const MANY = 20;
const drawn = (section, narrowed, part, all = false) =>
  narrowed.length
    ? `<div class="filters">
<h2 class="filters__title">Affiner la liste</h2>
${narrowed.map(({ filter, choices }) => `<details${part.startsWith(`${filter}-`) ? " open" : ""}>
<summary>${words.filters[filter].title}</summary>
<ul id="par-${filter}">
<li><a href="/${section}/"${part ? "" : ' aria-current="true"'}>${words.filters[filter].all}</a></li>
${choices.filter((each) => all || choices.length <= MANY || each.part === part).map((each) => `<li><a href="/${section}/${each.part}/"${each.part === part ? ' aria-current="true"' : ""}>${escape(each.title)} <span class="filters__count">(${each.entries.length})</span></a></li>`).join("\n")}
${all || choices.length <= MANY ? "" : `<li><a href="/${section}/#par-${filter}">${words.filters[filter].choose}</a></li>\n`}</ul>
</details>`).join("\n")}
</div>
`
    : "";

function cut(list, entries) {
  const top = `/${list.section}/${list.part ? `${list.part}/` : ""}`;
  const total = Math.max(1, Math.ceil(entries.length / SIZE));
  const url = (number) => (number === 1 ? top : `${top}page-${number}/`);
  return Array.from({ length: total }, (_, rank) => ({
    ...list,
    filters: (rank === 0 && list.narrowing) || list.filters,
    url: url(rank + 1),
    title: rank ? `${list.title}, page ${rank + 1}` : list.title,
    short: rank ? `${list.short ?? "Page"} ${rank + 1}` : list.short,
    entries: entries.slice(SIZE * rank, SIZE * (rank + 1)),
    number: rank + 1,
    pager: total > 1 ? pager(rank + 1, total, url) : "",
    total,
  }));
}

const pager = (number, total, url) => {
  const shown = Array.from({ length: total }, (_, rank) => rank + 1)
    .filter((each) => each === 1 || each === total || each % 10 === 0 || Math.abs(each - number) <= 2);
  const link = (each) => `<li><a href="${url(each)}"${each === number ? ' aria-current="page"' : ""}><span class="visually-hidden">Page </span>${each}</a></li>`;
  return `<nav class="pagination" aria-label="Pages de la liste">
${number > 1 ? `<a rel="prev" href="${url(number - 1)}">Page précédente</a>` : ""}<ul>
${shown.map(link).join("\n")}
</ul>
${number < total ? `<a rel="next" href="${url(number + 1)}">Page suivante</a>` : ""}</nav>
`;
};

const heading = ({ kind, record, heading }) => (kind === "events" ? month(record.start) : heading);

const body = ({ kind, entries, number, total }) => {
  if (!["events", "organisations", "kits"].includes(kind))
    return `<section aria-labelledby="p-list">
<h2 class="visually-hidden" id="p-list">La liste${total > 1 ? `, page ${number} sur ${total}` : ""}</h2>
${cards(entries)}
</section>
`;
  return [...grouped(entries)].map(([title, members]) => {
    const anchor = title.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replaceAll(" ", "-");
    return `<section class="group group--${anchor}" aria-labelledby="g-${anchor}" data-pagefind-ignore>
<h2 id="g-${anchor}">${title}</h2>
${cards(members)}
</section>
`;
  }).join("");
};

const grouped = (entries) => {
  const groups = new Map();
  for (const entry of entries) {
    const title = heading(entry);
    (groups.get(title) ?? groups.set(title, []).get(title)).push(entry);
  }
  return groups;
};

const factor = ({ title, summary, owner, evidence, status }) => `<section class="box">
<h3>${escape(title)}</h3>
<p>${escape(summary)}</p>
<dl class="facts">
<div><dt>Qui s’en charge</dt><dd>${escape(owner)}</dd></div>
<div><dt>Comment le vérifier</dt><dd>${escape(evidence)}</dd></div>
<div><dt>Où nous en sommes</dt><dd>${words.factors[status]}</dd></div>
</dl>
</section>`;

const figures = (indicators, kits) => `<section class="group" aria-labelledby="chiffres">
<h2 id="chiffres">Des chiffres à citer</h2>
<ul class="figures">
${config.figures.map(({ value, text, source }) => `<li><p><strong>${value}</strong> ${text}</p><p class="figures__source">Source&nbsp;: ${source}</p></li>`).join("\n")}
</ul>
<ul class="measures">
${indicators.map(({ title, unit, before, after, source }) => `<li><strong>${escape(title)}</strong>, ${unit} : ${before.value} (le ${day(before.date)}), puis <strong>${after.value}</strong> (le ${day(after.date)}). <span class="figures__source">Source : ${escape(source)}</span></li>`).join("\n")}
</ul>
</section>
<section class="group group--kits" aria-labelledby="g-kits" data-pagefind-ignore>
<h2 id="g-kits">Les opérations et leurs images</h2>
${cards(kits)}
</section>
`;

const charter = `<p class="md-typeset"><a href="/immeubles/charte/">La charte du label</a> dit ce qui est demandé. Une plaque, un diplôme&nbsp;? La page de l’immeuble dit si le label compte encore. <a href="/distinctions/">Les diplômes</a> ont le même registre.</p>\n`;

export const listPage = (list, { factors, indicators, kits }) => frame(list, `<div class="page page--list">
${breadcrumbs(list)}

<header class="page__head">
<div class="page__title">
<h1>${escape(list.title)}</h1>
<p class="lead">${list.summary}</p>
</div>
</header>
${list.kind === "buildings" ? charter : ""}${list.kind === "press" ? contact("Contact presse", config.press_contact) : ""}${list.filters}${body(list)}${list.kind === "steps" ? `<section class="group" aria-labelledby="p-factors">
<h2 id="p-factors">Ce qui fait réussir</h2>
<div class="boxes">
${factors.map(factor).join("\n")}
</div>
</section>
` : ""}${list.kind === "press" && list.number === 1 ? figures(indicators, kits) : ""}${words.feeds[list.section] ? `<p class="follow no-print" data-pagefind-ignore><a class="more" href="/flux/#${list.section}">Être prévenu de ce qui paraît ici</a></p>\n` : ""}${list.pager}</div>`);
