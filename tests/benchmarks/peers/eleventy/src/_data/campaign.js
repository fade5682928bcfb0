// The campaign's records from data/, who is linked with whom both ways, and every card drawn once.
import { readdirSync, readFileSync } from "node:fs";
import yaml from "js-yaml";
import markdownIt from "markdown-it";
import { DOCUMENTS, KINDS, REFERENCES } from "../../kinds.js";
import { card } from "../../card.js";

const markdown = markdownIt();
const id = (file) => file.replace(/\.\w+$/, "");
const files = (folder) => readdirSync(folder).sort();
const frontMatter = (text) => yaml.load(text.split(/^---$/m, 2)[1], { schema: yaml.CORE_SCHEMA });

function read() {
  const records = {};
  for (const kind of Object.keys(KINDS)) {
    records[kind] = {};
    for (const file of files(`data/${kind}`).filter((name) => name.endsWith(".yml")))
      records[kind][id(file)] = yaml.load(readFileSync(`data/${kind}/${file}`, "utf8"), { schema: yaml.CORE_SCHEMA });
  }
  for (const kind of Object.keys(DOCUMENTS)) {
    records[kind] = {};
    for (const file of files(`src/content/${kind}`).filter((name) => name.endsWith(".md")))
      records[kind][id(file)] = frontMatter(readFileSync(`src/content/${kind}/${file}`, "utf8"));
  }
  return records;
}

function link(records) {
  const links = new Map();
  const add = (kind, name, other, target) => {
    const groups = links.get(`${kind}/${name}`) ?? links.set(`${kind}/${name}`, {}).get(`${kind}/${name}`);
    (groups[other] ??= []).push(target);
  };
  for (const [kind, fields] of Object.entries(REFERENCES))
    for (const [name, record] of Object.entries(records[kind]))
      for (const [field, other] of Object.entries(fields))
        for (const target of [record[field] ?? []].flat()) {
          add(kind, name, other, target);
          add(other, target, kind, name);
        }
  return links;
}

export default function () {
  const records = read();
  const links = link(records);
  const shown = { ...KINDS, ...DOCUMENTS };
  const cards = {};
  for (const [kind, { section, singular }] of Object.entries(shown))
    for (const [name, record] of Object.entries(records[kind]))
      cards[`${kind}/${name}`] = card(singular, `/${section}/${name}/`, record);
  const groups = (kind, name) =>
    Object.entries(links.get(`${kind}/${name}`) ?? {}).map(([other, names]) => ({
      title: shown[other].plural,
      cards: names.slice(0, 12).map((target) => cards[`${other}/${target}`]),
    }));
  const pages = [];
  for (const [kind, { section, text, plural }] of Object.entries(KINDS))
    for (const [name, record] of Object.entries(records[kind]))
      pages.push({ url: `/${section}/${name}/`, section, plural, record, html: markdown.render(record[text] ?? ""), groups: groups(kind, name) });
  for (const step of yaml.load(readFileSync("data/method.yml", "utf8")).steps)
    pages.push({ url: `/methode/${step.id}/`, section: "methode", plural: "Méthode", record: step, html: markdown.render(step.description), groups: [] });
  const lists = [];
  for (const [kind, { section, plural }] of Object.entries(shown)) {
    const names = Object.keys(records[kind]);
    const total = Math.ceil(names.length / 50);
    for (let number = 1; number <= total; number++)
      lists.push({
        url: number === 1 ? `/${section}/` : `/${section}/page/${number}/`,
        section, title: plural, total,
        cards: names.slice(50 * (number - 1), 50 * number).map((name) => cards[`${kind}/${name}`]),
      });
  }
  const home = ["kits", "initiatives", "portraits"].map((kind) => Object.keys(records[kind]).slice(0, 6).map((name) => cards[`${kind}/${name}`]));
  return { pages, lists, home, groups };
}
