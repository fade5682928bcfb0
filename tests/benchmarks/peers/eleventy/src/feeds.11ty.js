import { rss } from "../feeds.js";

export const data = {
  pagination: { data: "campaign.feeds", size: 1, alias: "feed" },
  permalink: ({ feed }) => feed.url,
  eleventyExcludeFromCollections: true,
};

export const render = ({ feed }) => rss(feed);
