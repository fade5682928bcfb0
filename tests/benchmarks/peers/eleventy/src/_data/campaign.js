// The campaign: its records, who is linked with whom, every card drawn once, and the pages that come of all that.
import { readdirSync, readFileSync } from "node:fs";
import yaml from "js-yaml";
import markdownIt from "markdown-it";
import { draw } from "../../cards.js";
import { feeds } from "../../feeds.js";
import { link } from "../../linked.js";
import { lists } from "../../lists.js";
import { ranked } from "../../ranked.js";
import { load, words } from "../../words.js";

const ORDERED = ["steps", "events", "press", "lessons"];
const DOCUMENTS = ["kits", "press", "lessons"];
const markdown = markdownIt();

const read = (folder, ending, open) =>
  Object.fromEntries(
    readdirSync(folder).filter((name) => name.endsWith(ending)).sort()
      .map((name) => [name.slice(0, -ending.length), open(`${folder}/${name}`)]),
  );
const document = (file) => {
  const [, front, body] = readFileSync(file, "utf8").split(/^---$/m, 3);
  return { ...yaml.load(front, { schema: yaml.CORE_SCHEMA }), body };
};

// An instance of a class, because Eleventy copies plain objects deeply for every template.
class Campaign {
  constructor(parts) {
    Object.assign(this, parts);
  }
}

export default function () {
  const method = load("data/method.yml");
  const records = {};
  for (const kind of Object.keys(words.kinds))
    records[kind] = DOCUMENTS.includes(kind)
      ? read(`src/content/${kind}`, ".md", document)
      : kind === "steps" ? Object.fromEntries(method.steps.map((step) => [step.id, step])) : read(`data/${kind}`, ".yml", load);
  const indicators = Object.values(read("data/indicators", ".yml", load));

  const entries = {};
  for (const kind of Object.keys(words.kinds)) {
    const list = ranked(kind, records[kind]);
    list.forEach((entry, rank) => {
      entry.rank = rank;
      draw(entry, records.neighbourhoods);
      if (ORDERED.includes(kind)) Object.assign(entry, { before: list[rank - 1], after: list[rank + 1] });
    });
    entries[kind] = new Map(list.map((entry) => [entry.id, entry]));
  }
  link(entries);
  for (const indicator of indicators) (entries.pilot_sites.get(indicator.pilot_site).measured ??= []).push(indicator);

  const all = Object.values(entries).flatMap((list) => [...list.values()]);
  for (const entry of all) {
    const text = entry.record[words.kinds[entry.kind].text ?? "body"];
    if (text) entry.html = markdown.render(text);
  }
  return new Campaign({
    records,
    entries,
    pages: all.filter(({ kind }) => !DOCUMENTS.includes(kind)),
    lists: Object.keys(words.kinds).flatMap((kind) => lists(kind, [...entries[kind].values()], entries, records)),
    feeds: feeds(all, entries.neighbourhoods),
    press: { factors: method.factors, indicators, kits: [...entries.kits.values()] },
  });
}
