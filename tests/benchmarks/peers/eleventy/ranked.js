// Records in the order of their lists, each with the parts of the list where it stands.
import { words, NOW, TODAY } from "./words.js";

const ARTICLE = /^\W*(?:l['’]|(?:le|la|les|un|une|des) )?(?=\w)/;
const plain = (text) => text.replaceAll("'", "’").normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("œ", "oe");
const sortKey = (title) => plain(title).replace(ARTICLE, "").replace(/\d+/g, (digits) => digits.padStart(9, "0"));

const MOMENT = NOW.replace("T", " ");
const state = (kind, { label, start, end }) => {
  if (kind === "buildings") return label.granted ? (label.expires < TODAY ? "expire" : "en-cours") : "candidat";
  if (kind === "events") return end <= MOMENT ? "past" : start <= MOMENT ? "now" : "coming";
  return "";
};

const KEYS = {
  organisations: ({ record: { network, scope, title } }) => `${network === "non" ? 2 : scope === "national" ? 0 : 1} ${sortKey(title)}`,
  kits: ({ record: { season, title } }) => `${season ? Object.keys(words.seasons).indexOf(season) : 9} ${sortKey(title)}`,
  portraits: ({ record }) => record.date,
  awards: ({ record }) => record.date,
  press: ({ record }) => record.date,
  lessons: ({ record }) => record.date,
  events: ({ record }) => record.start,
  forms: ({ record }) => String(record.order).padStart(3, "0"),
  steps: ({ record }) => String(record.number),
  pilot_sites: ({ id }) => id,
};
const NEWEST_FIRST = new Set(["portraits", "awards", "press", "lessons"]);
const compare = (one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : one.id < other.id ? -1 : 1);

const parts = ({ kind, record, state }) => {
  if (state === "past") return ["moment-passes"];
  const { filters = [] } = words.kinds[kind];
  const found = [];
  if (filters.includes("quartier")) found.push(...[record.neighbourhood ?? record.neighbourhoods ?? []].flat().map((id) => `quartier-${id}`));
  if (filters.includes("theme")) found.push(...record.themes.map((id) => `theme-${id}`));
  if (kind === "buildings") found.push(`etat-${state}`, ...(state === "en-cours" ? [`niveau-${record.label.level}`] : []));
  if (kind === "awards") found.push(`diplome-${record.diploma}`);
  return found;
};

const HEADINGS = {
  organisations: ({ network, scope }) => (network === "non" ? "Organisations" : scope === "national" ? "Réseaux nationaux" : "Réseaux locaux"),
  kits: ({ emergency }) => (emergency ? "Pour une urgence" : "Pour une saison"),
};

export function ranked(kind, records) {
  const { section } = words.kinds[kind];
  const entries = Object.entries(records).map(([id, record]) => {
    const entry = { kind, id, record, section, url: `/${section}/${id}/`, state: state(kind, record) };
    entry.summary = record.summary ?? record.citation;
    entry.parts = parts(entry);
    entry.heading = HEADINGS[kind]?.(record);
    entry.key = KEYS[kind]?.(entry) ?? sortKey(record.title);
    return entry;
  });
  entries.sort(compare);
  if (NEWEST_FIRST.has(kind)) entries.reverse();
  if (kind !== "events") return entries;
  return [...entries.filter(({ state }) => state !== "past"), ...entries.filter(({ state }) => state === "past").reverse()];
}
