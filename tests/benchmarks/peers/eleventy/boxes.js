// What pages show besides facts, text and cards.
import { words, base, charter, config, capital, day, escape } from "./words.js";

export const contact = (title, { role, name, phone, email }) => `<section class="box box--contact">
<h2>${title}</h2>
<p><strong>${escape(role)}</strong>${name ? `<br>${escape(name)}` : ""}</p>
<ul>
<li class="by-phone"><a href="tel:${phone.replaceAll(" ", "")}">${phone}</a></li><li class="by-mail"><a href="mailto:${email}">${email}</a></li></ul>
</section>
`;

export const items = (title, list, tone = "plain") =>
  list?.length
    ? `<section class="box box--${tone}">\n<h2>${title}</h2>\n<ul>${list.map((item) => `<li>${escape(item)}</li>`).join("")}</ul>\n</section>\n`
    : "";

const standing = (tone, title, text, serial) =>
  `<div class="standing standing--${tone}"><p class="standing__title">${title}</p><p>${text}${serial ? ` Numéro <span class="serial">${serial}</span>.` : ""}</p></div>\n`;

const STANDINGS = {
  candidat: ({ applied }) =>
    standing("neutral", "Candidat, pas encore labellisé", `Candidature déposée le ${day(applied)}. Le jury n’a pas encore décidé.`),
  expire: ({ level, expires, serial }) =>
    standing("bad", "Ce label n’est plus valable", `Label de niveau ${capital(level)}, valable jusqu’au ${day(expires)}, et non renouvelé depuis.`, serial),
  "en-cours": ({ level, expires, serial }) =>
    standing("good", "Ce label est valable", `Label de niveau ${capital(level)}, valable jusqu’au ${day(expires)} inclus.`, serial),
};

// What stands below the title: whether it counts today, what it quotes.
export const LEADS = {
  awards: ({ record: { diploma, date, serial, citation } }) =>
    standing("good", "Ce diplôme est valable", `Diplôme ${words.diplomas[diploma]}, remis le ${day(date)}.`, serial) +
    `<blockquote class="quote quote--award"><p>${escape(citation)}</p></blockquote>\n`,
  buildings: ({ state, record }) => STANDINGS[state](record.label),
  portraits: ({ record }) => `<blockquote class="quote"><p>«&#8239;${escape(record.quote)}&#8239;»</p></blockquote>
<p class="note">Portrait d’exemple&nbsp;: cette personne est inventée et son visage est un dessin.</p>\n`,
};

const proof = (url) => `<section class="proof" aria-labelledby="p-proof" data-pagefind-ignore>
<h2 id="p-proof">Vérifier</h2>
<p>Cette page fait foi. Une plaque ou un papier qui mène ailleurs n’engage pas la ville. Son adresse&nbsp;: <span class="proof__address">${base}${url}</span></p>
</section>
`;

const FOUND = {
  shared_spaces: (value, least) => value.length >= least,
  guardian: (value) => value === "oui",
  know_each_other: (value) => value !== "moins-d-un-quart",
};

const assessment = (survey) => {
  const seen = Object.fromEntries(survey.evidence.map((each) => [each.criterion, each.seen]));
  const lines = charter.criteria.map(({ id, title, asks, about, finding, at_least }) => ({
    title, asks, about, seen: seen[id], met: finding ? FOUND[finding](survey[finding], at_least) : id in seen,
  }));
  const line = ({ met, title, asks, seen }) =>
    `<li class="criterion"><span class="tag tag--${met ? "good" : "neutral"}">${met ? "Rempli" : "Pas encore"}</span> <strong>${escape(title)}</strong><span class="criterion__asks">${escape(asks)}</span>${seen ? `<span class="criterion__seen">${escape(seen)}</span>` : ""}</li>`;
  const half = ([name, title]) =>
    `<h3>${title}</h3>\n<ul class="criteria">\n${lines.filter(({ about }) => about === name).map(line).join("\n")}\n</ul>`;
  return `<section class="assessment" aria-labelledby="p-criteria">
<h2 id="p-criteria">Au regard de la charte</h2>
<p>Relevé du ${day(survey.date)}&nbsp;: <strong>${lines.filter(({ met }) => met).length} critères remplis sur ${lines.length}</strong>. <a href="/immeubles/charte/">Lire la charte du label</a></p>
${Object.entries(words.halves).map(half).join("\n")}
</section>
`;
};

const indicator = ({ title, unit, before, after, definition, quotes, source }) => `<article class="indicator">
<h3>${escape(title)}</h3>
<p class="indicator__unit">${escape(unit)}</p>
<dl class="indicator__values">
<div><dt>Avant, ${day(before.date)}</dt> <dd><strong>${before.value}</strong> <span>Effectif&nbsp;: ${before.sample}</span></dd></div>
<div class="indicator__after"><dt>Après, ${day(after.date)}</dt> <dd><strong>${after.value}</strong> <span>Effectif&nbsp;: ${after.sample}</span></dd></div>
<div><dt>Évolution</dt> <dd><strong>${after.value > before.value ? "+" : ""}${after.value - before.value}</strong></dd></div>
</dl>
<p>${escape(definition)}</p>
${quotes.map((quote) => `<blockquote class="quote quote--small"><p>«&#8239;${escape(quote)}&#8239;»</p></blockquote>\n`).join("")}<p class="indicator__source">Source&nbsp;: ${escape(source)}</p>
</article>`;

const post = (title, summary, url) => `<details class="contents posts" id="relayer" data-pagefind-ignore>
<summary>Relayer sur les réseaux sociaux</summary>
<p>Prêt à publier, adresse comprise : copiez, collez.</p>
<div class="post">
<label for="post-1">Mastodon, Bluesky, X, Facebook, LinkedIn, Instagram</label>
<textarea id="post-1" rows="8" aria-describedby="post-1-length" readonly>
${escape(title)}

${escape(summary)}

${base}${url}</textarea>
<button class="button button--plain" type="button" data-copy="post-1" hidden>Copier <span class="visually-hidden">le texte pour Mastodon, Bluesky, X, Facebook, LinkedIn, Instagram</span></button>
</div>
</details>
`;

// What follows the text.
export const AFTER = {
  neighbourhoods: ({ id, record }) =>
    contact("Votre porteur de projet", record.lead) +
    `<p class="follow no-print" data-pagefind-ignore><a class="more" href="/flux/#quartier-${id}">Être prévenu de ce qui paraît ici</a></p>\n`,
  organisations: ({ record }) =>
    `<div class="boxes">\n${items("Ce qu’elle apporte", record.brings, "offer")}${contact("Contact", record.contact)}</div>\n`,
  schemes: ({ record }) => `<section class="group" aria-labelledby="p-grafts">
<h2 id="p-grafts">Ce que les voisins y ajoutent</h2>
<div class="boxes">
${record.grafts.map(({ title, description }) => `<section class="box box--offer">\n<h3>${escape(title)}</h3>\n<p>${escape(description)}</p>\n</section>`).join("\n")}
</div>
</section>
${contact("Le service à contacter", record.contact)}`,
  buildings: ({ url, record }) => (record.label.serial ? proof(url) : "") + assessment(record.survey),
  awards: ({ url }) => proof(url),
  pilot_sites: ({ measured }) =>
    measured ? `<section class="group" aria-labelledby="p-indicators">
<h2 id="p-indicators">Avant et après</h2>
<div class="indicators">
${measured.map(indicator).join("\n")}
</div>
</section>
` : "",
  steps: ({ record: { actions, deliverable } }) => `<div class="boxes">
${items("Ce que fait la mairie", actions)}<section class="box box--offer">
<h2>Le livrable</h2>
<p><a href="${deliverable.url}"><strong>${escape(deliverable.title)}</strong></a></p>
<p>${escape(deliverable.description)}</p>
</section>
</div>
`,
  kits: ({ record }) => items("Le matériel à réunir", record.material, "offer"),
  press: ({ record, url }) => contact("Contact presse", config.press_contact) + post(record.title, record.summary, url),
  lessons: ({ record }) => `<div class="boxes">
${items("Ce qui a marché", record.worked, "offer")}${items("Ce qui n’a pas marché", record.failed, "need")}${items("Nos conseils pour la suite", record.advice)}</div>
`,
};
