// Feeds: the newest of the whole site, of each section, of each neighbourhood, with their whole text.
import { words, config, base, NOW, escape } from "./words.js";

const KINDS = new Set(["kits", "press", "portraits", "initiatives", "events", "lessons"]);
const SIXTY_DAYS = 60 * 24 * 3600 * 1000;

const published = ({ kind, record }) => {
  const date = new Date(String(record[words.kinds[kind].date]).replace(" ", "T"));
  return kind === "events" ? new Date(date - SIXTY_DAYS) : date;
};

export function feeds(all, neighbourhoods) {
  const news = all.filter(({ kind }) => KINDS.has(kind)).map((entry) => ({ entry, date: published(entry) }))
    .filter(({ date }) => date <= new Date(NOW)).sort((one, other) => other.date - one.date);
  const places = {};
  for (const item of news)
    for (const id of [item.entry.record.neighbourhood ?? item.entry.record.neighbourhoods ?? []].flat()) (places[id] ??= []).push(item);
  return [
    { url: "/index.xml", home: "/", title: "Toutes les nouveautés", about: "Tout ce qui paraît sur le site.", items: news.slice(0, 50) },
    ...Object.entries(words.feeds).map(([section, about]) => ({
      ...about, url: `/${section}/index.xml`, home: `/${section}/`, items: news.filter(({ entry }) => entry.section === section).slice(0, 50),
    })),
    ...[...neighbourhoods.values()].map(({ id, url, record: { title } }) => ({
      title, about: `Tout ce qui paraît sur le quartier : ${title}.`, url: `${url}index.xml`, home: url, items: (places[id] ?? []).slice(0, 20),
    })),
  ];
}

const item = ({ entry: { url, record, html, section }, date }) => `<item>
<title>${escape(record.title)}</title>
<link>${base}${url}</link>
<description>${escape(record.summary)}</description>
<content:encoded>${escape(html)}</content:encoded>
<guid isPermaLink="false">${url}</guid>
<category>${words.feeds[section].title}</category>
<pubDate>${date.toUTCString()}</pubDate>
<dc:creator>${config.town.name}</dc:creator>
</item>
`;

export const rss = ({ url, home, title, about, items }) => `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
<title>${escape(title)} · ${config.title}</title>
<link>${base}${home}</link>
<description>${escape(about)}</description>
<language>fr</language>
<atom:link href="${base}${url}" rel="self" type="application/rss+xml"/>
${items.map(item).join("")}</channel>
</rss>
`;
