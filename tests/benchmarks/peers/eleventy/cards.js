// A record as other pages show it.
import { words, TODAY, capital, day, escape, span } from "./words.js";


const KICKERS = {
  neighbourhoods: () => "Quartier",
  organisations: ({ type }) => words.types[type],
  schemes: ({ owner }) => owner,
  initiatives: () => "Toute la ville",
  steps: (record) => `Étape ${record.number}`,
  kits: ({ season, emergency }) => (season ? words.seasons[season] : `Urgence : ${words.emergencies[emergency].toLowerCase()}`),
};

const STALE = `${TODAY.slice(0, 4) - 1}${TODAY.slice(4)}`;
const TAGS = {
  initiatives: ({ record: { status, verified } }) => [
    ...(status === "active" ? [] : [words.statuses[status]]),
    ...(status !== "terminee" && verified < STALE ? [{ title: "Fiche à vérifier", tone: "warn" }] : []),
  ],
  buildings: ({ state, record }) => [
    ...(state === "en-cours" ? [{ title: `Niveau ${capital(record.label.level)}`, tone: "theme" }] : []),
    words.states[state],
  ],
  events: ({ state }) =>
    ({ past: [{ title: "Passé", tone: "neutral" }], now: [{ title: "En ce moment", tone: "good" }] })[state] ?? [],
  pilot_sites: () => [{ title: "Essai en cours", tone: "neutral" }],
};

export const tags = (entry) => {
  const shown = TAGS[entry.kind]?.(entry) ?? [];
  return shown.length
    ? `<ul class="tags">${shown.map(({ title, tone }) => `<li class="tag tag--${tone}">${title}</li>`).join("")}</ul>\n`
    : "";
};

const when = ({ kind, record }) => {
  if (kind === "events") return `<p class="card__when"><time datetime="${record.start.replace(" ", "T")}">${span(record)}</time></p>\n`;
  if (kind === "awards" || kind === "press" || kind === "lessons")
    return `<p class="card__when"><time datetime="${record.date}">${day(record.date)}</time></p>\n`;
  return "";
};

// Gives an entry its small line above the title, its states, its card: each drawn once, shown on many pages.
export const draw = (entry, neighbourhoods) => {
  const { kind, record, url } = entry;
  const place = record.neighbourhood && neighbourhoods[record.neighbourhood].title;
  entry.kicker = escape(place ?? KICKERS[kind]?.(record) ?? "");
  entry.tags = tags(entry);
  entry.card = `<article class="card card--${words.kinds[kind].name} card--plain">
<div class="card__text">
${entry.kicker ? `<p class="card__kicker">${entry.kicker}</p>\n` : ""}<h3 class="card__title"><a href="${url}">${escape(record.title)}</a></h3>
${when(entry)}<p class="card__summary">${escape(entry.summary)}</p>
${entry.tags}</div>
</article>`;
};

export const cards = (entries) => `<ul class="cards">${entries.map(({ card }) => `<li>${card}</li>`).join("")}</ul>`;
