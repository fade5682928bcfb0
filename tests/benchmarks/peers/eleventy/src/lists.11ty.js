import { listPage } from "../lists.js";

export const data = {
  pagination: { data: "campaign.lists", size: 1, alias: "list", addAllPagesToCollections: true },
  permalink: ({ list }) => `${list.url}index.html`,
};

export const render = ({ list, campaign }) => listPage(list, campaign.press);
