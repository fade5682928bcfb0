// Headings of documents bear an id, as their tables of contents and links need.
const slug = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");

function anchored(markdown) {
  markdown.core.ruler.push("anchors", ({ tokens }) => {
    for (const [rank, token] of tokens.entries())
      if (token.type === "heading_open") token.attrSet("id", slug(tokens[rank + 1].content));
  });
}

export default function (config) {
  config.setQuietMode(true);
  config.setUseGitIgnore(false);
  config.setTemplateFormats(["11ty.js", "md"]);
  config.amendLibrary("md", anchored);
  return { dir: { input: "src", output: "site" }, markdownTemplateEngine: false };
}
