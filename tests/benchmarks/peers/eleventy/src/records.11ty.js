import { article } from "../article.js";

export const data = {
  pagination: { data: "campaign.pages", size: 1, alias: "item", addAllPagesToCollections: true },
  permalink: ({ item }) => `${item.url}index.html`,
};

export const render = ({ item, campaign }) => article(item, item.html, campaign.records);
