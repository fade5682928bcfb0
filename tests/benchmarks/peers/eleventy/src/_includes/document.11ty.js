import { article } from "../../article.js";

// The layout of Markdown documents: kits, press, lessons, pages.
export const render = ({ page, content, campaign, ...record }) => {
  const kind = page.filePathStem.split("/")[2];
  const entry = campaign.entries[kind]?.get(page.fileSlug) ?? { kind, record, section: "", url: page.url, summary: record.summary };
  return article(entry, content, campaign.records);
};
