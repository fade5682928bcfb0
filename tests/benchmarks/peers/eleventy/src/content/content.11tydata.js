const SECTIONS = { kits: "kits/", press: "presse/", lessons: "enseignements/", pages: "" };

export default {
  layout: "document.11ty.js",
  permalink: ({ page }) => `/${SECTIONS[page.filePathStem.split("/")[2]]}${page.fileSlug}/index.html`,
};
