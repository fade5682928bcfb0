export default function (config) {
  config.setQuietMode(true);
  config.setUseGitIgnore(false);
  config.setTemplateFormats(["11ty.js", "md"]);
  return { dir: { input: "src", output: "site" }, markdownTemplateEngine: false };
}
