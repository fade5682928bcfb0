import { article } from "../article.js";

export const data = {
  pagination: { data: "campaign.pages", size: 1, alias: "item" },
  permalink: ({ item }) => `${item.url}index.html`,
};

export const render = ({ item }) => article(item);
