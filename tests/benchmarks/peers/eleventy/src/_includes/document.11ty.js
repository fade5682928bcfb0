import { article } from "../../article.js";
import { DOCUMENTS } from "../../kinds.js";

// The layout of Markdown documents: kits, press, lessons, pages.
export const render = ({ page, content, campaign, ...record }) => {
  const kind = page.filePathStem.split("/")[2];
  const { section, plural } = DOCUMENTS[kind] ?? { section: "", plural: "Pages" };
  return article({ url: page.url, section, plural, record, html: content, groups: campaign.groups(kind, page.fileSlug) });
};
