// A page's own part of the head: title, description, share card, feeds, what it is about for machines.
import { words, config, base, day, escape } from "./words.js";

const ARTICLES = new Set(["press", "portraits", "lessons", "kits", "initiatives"]);
const town = { "@type": "GovernmentOrganization", name: config.town.name, url: config.url };

const THINGS = {
  portraits: ({ title, summary }) => ({
    "@type": "Person", name: title, description: `${summary} Personne inventée, donnée en exemple.`,
  }),
  events: ({ title, summary, start, end, place, address }) => ({
    "@type": "Event", name: title, description: summary,
    startDate: start.replace(" ", "T"), endDate: end.replace(" ", "T"),
    eventStatus: "https://schema.org/EventScheduled",
    eventAttendanceMode: "https://schema.org/OfflineEventAttendanceMode",
    isAccessibleForFree: true, location: { "@type": "Place", name: place, address }, organizer: town,
  }),
  press: ({ title, summary, date }) => ({
    "@type": "NewsArticle", headline: title, description: summary, datePublished: date, inLanguage: "fr",
    publisher: town, author: town,
  }),
};
THINGS.neighbourhoods = THINGS.buildings = ({ title, summary, location }) => ({
  "@type": "Place", name: title, description: summary,
  geo: { "@type": "GeoCoordinates", latitude: location.lat, longitude: location.lon },
});

const script = (block) =>
  `<script type="application/ld+json">${JSON.stringify({ "@context": "https://schema.org", ...block }).replaceAll("<", "\\u003c")}</script>\n`;

const trail = ({ url, section, sectionTitle, short, title }) => {
  const steps = [["Accueil", "/"]];
  if (sectionTitle && url !== `/${section}/`) steps.push([sectionTitle, `/${section}/`]);
  steps.push([short ?? title, url]);
  const itemListElement = steps.map(([name, path], rank) => ({ "@type": "ListItem", position: rank + 1, name, item: base + path }));
  return script({ "@type": "BreadcrumbList", itemListElement });
};

const feed = (title, url) => `<link rel="alternate" type="application/rss+xml" title="${escape(title)} (RSS)" href="${url}">\n`;

const feeds = ({ kind, record, section, url, title }) =>
  (kind === "neighbourhoods" && record ? feed(title, `${url}index.xml`) : "") +
  (words.feeds[section] ? feed(words.feeds[section].title, `/${section}/index.xml`) : "") +
  feed("Toutes les nouveautés", "/index.xml");

export const head = (page) => {
  const { url, kind, record, sectionTitle } = page;
  const title = escape(page.title);
  const long = kind === "events" && record ? `${title}, ${day(record.start)}` : title;
  const description = escape(page.summary || config.description);
  return `<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="theme-color" content="#b5452c">
<title>${long}${record && sectionTitle ? ` · ${sectionTitle}` : ""} · ${config.title}</title>
<meta name="description" content="${description}">
<link rel="canonical" href="${base}${url}">
<meta property="og:type" content="${record && ARTICLES.has(kind) ? "article" : "website"}">
<meta property="og:locale" content="fr_FR">
<meta property="og:site_name" content="${config.title}">
<meta property="og:title" content="${title}">
<meta property="og:description" content="${description}">
<meta property="og:url" content="${base}${url}">
${feeds(page)}${url === "/" ? "" : trail(page)}${record && THINGS[kind] ? script({ ...THINGS[kind](record), url: base + url }) : ""}`;
};
