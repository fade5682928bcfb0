// Reads feeds with feedsmith and prints, for each file named, what a person would be shown.
import { readFileSync } from "node:fs";
import { parseFeed } from "feedsmith";

const link = (links, rel) => links?.find((each) => (each.rel ?? "alternate") === rel);

const shown = {
  rss: (item) => ({
    id: item.guid.value,
    url: item.link,
    title: item.title,
    date: item.pubDate,
    html: item.content.encoded,
    image: item.enclosures?.[0]?.url,
    alt: item.media?.contents?.[0]?.description?.value,
  }),
  atom: (entry) => ({
    id: entry.id,
    url: link(entry.links, "alternate").href,
    title: entry.title,
    date: entry.published,
    html: entry.content?.value ?? entry.content,
    image: link(entry.links, "enclosure")?.href,
    alt: entry.media?.contents?.[0]?.description?.value,
  }),
  json: (item) => ({
    id: item.id,
    url: item.url,
    title: item.title,
    date: item.date_published,
    html: item.content_html,
    image: item.image,
    alt: item.attachments?.[0]?.title,
  }),
};

const feeds = process.argv.slice(2).map((file) => {
  const { format, feed } = parseFeed(readFileSync(file, "utf8"));
  return (feed.items ?? feed.entries ?? []).map((item) => shown[format](item));
});
console.log(JSON.stringify(feeds));
