import { cards } from "../card.js";
import { frame } from "../frame.js";

export const data = {
  pagination: { data: "campaign.lists", size: 1, alias: "list" },
  permalink: ({ list }) => `${list.url}index.html`,
};

const pager = ({ section, total }) =>
  Array.from({ length: total }, (_, n) => `<a href="/${section}/${n ? `page/${n + 1}/` : ""}">${n + 1}</a>`).join(" ");

export const render = ({ list }) =>
  frame(list.title, "", list.url, `<h1>${list.title}</h1>\n${cards(list.cards)}\n<nav aria-label="Pages">${pager(list)}</nav>`);
