// Who is linked with whom, both ways, as groups of cards.
import { words } from "./words.js";

const SHOWN = 12;

// Gives every entry its groups. Groups are filled kind by kind in the order of the lists, so none needs sorting.
export function link(entries) {
  const links = new Map();
  const add = (from, to) => (links.get(from) ?? links.set(from, new Set()).get(from)).add(to);
  const refer = (entry, field, other, names) => {
    for (const name of [names ?? []].flat()) {
      const target = entries[other].get(name);
      add(target, entry);
      if (!words.alone.includes(field)) add(entry, target);
    }
  };
  for (const [kind, list] of Object.entries(entries))
    for (const entry of list.values()) {
      for (const [field, other] of Object.entries(words.references[kind] ?? {})) refer(entry, field, other, entry.record[field]);
      for (const graft of entry.record.grafts ?? [])
        for (const [field, other] of Object.entries(words.references.grafts)) refer(entry, field, other, graft[field]);
    }
  for (const [entry, others] of links) entry.groups = groups(entry, others);
}

function groups(entry, others) {
  const byKind = {};
  for (const other of others) (byKind[other.kind] ??= []).push(other);
  return words.groups
    .filter(({ kind }) => kind !== entry.kind && byKind[kind])
    .map(({ kind, title, all }) => {
      const found = byKind[kind].sort((one, other) => one.rank - other.rank);
      const { section, filters = [] } = words.kinds[kind];
      const part = entry.kind === "neighbourhoods" && filters.includes("quartier") ? `quartier-${entry.id}/` : "";
      return {
        section,
        title: words.titles[entry.kind]?.[kind] ?? title,
        entries: found.slice(0, SHOWN),
        more: found.length > SHOWN && `/${section}/${part}`,
        moreText: part ? `${all} du quartier` : all,
      };
    });
}
