// The frame of every page: what changes with the page, around what does not.
import { words, config, base, escape } from "./words.js";
import { head } from "./head.js";

const links = (list) => list.map(({ title, section }) => `        <li><a href="/${section}/">${title}</a></li>`).join("\n");

const header = (section) => `<header class="md-header" data-md-component="header">
  <div class="md-header__inner md-grid">
    <a class="brand" href="/">
      <img class="brand__logo" src="/assets/logo.02f0ef07.svg" alt="" width="52" height="52">
      <span class="brand__name">${config.title}</span>
    </a>
    <button class="menu-button" type="button" aria-expanded="false" aria-controls="menu" hidden>Menu</button>
    <div class="menu" id="menu">
      <form class="search-box" role="search" action="/recherche/" method="get">
        <label class="visually-hidden" for="q">Rechercher sur le site</label>
        <input type="search" id="q" name="q" placeholder="Rechercher" autocomplete="off" enterkeyhint="search">
        <button type="submit"><span class="visually-hidden">Lancer la recherche</span></button>
      </form>
      <button class="theme-button" type="button" aria-pressed="false" hidden>Affichage sombre</button>
      <nav class="menu__nav" aria-label="Menu principal">
        <ul>
${words.menu.map((link) => `          <li><a href="/${link.section}/"${link.section === section ? ' aria-current="true"' : ""}>${link.title}</a></li>`).join("\n")}
        </ul>
      </nav>
    </div>
  </div>
</header>`;

const { town, contact } = config;
const footer = `<footer class="md-footer">
  <div class="md-footer__inner md-grid">
    <div class="md-footer__town">
      <p class="md-footer__title">${config.title}</p>
      <p>La campagne de solidarité entre voisins de la commune.</p>
      <address>
        ${town.address}<br>
        ${town.postcode} ${town.name}<br>
<a href="tel:${contact.phone.replaceAll(" ", "")}">${contact.phone}</a><br><a href="mailto:${contact.email}">${contact.email}</a>      </address>
    </div>
    <nav aria-label="Rubriques">
      <p class="md-footer__title" aria-hidden="true">Rubriques</p>
      <ul>
${links(words.menu)}
      </ul>
    </nav>
    <nav aria-label="Pour en savoir plus">
      <p class="md-footer__title" aria-hidden="true">Pour en savoir plus</p>
      <ul>
${links(words.more)}
      </ul>
    </nav>
  </div>
  <div class="md-footer-meta">
    <div class="md-grid">
      <p class="md-footer__example">${town.name} est une commune fictive. Les personnes, les lieux et les chiffres de ce site sont des exemples.</p>
      <ul>
        <li><a href="/mentions-legales/">Mentions légales</a></li>
        <li><a href="/vie-privee/">Vie privée</a></li>
        <li><a href="/accessibilite/">Accessibilité&nbsp;: non conforme</a></li>
        <li><a href="/plan-du-site/">Plan du site</a></li>
        <li><a href="/flux/">Suivre les nouveautés</a></li>
        <li><a href="/participer/#contact">Contact</a></li>
      </ul>
    </div>
  </div>
</footer>`;

const assets = `<link rel="preload" as="font" type="font/woff2" crossorigin href="/assets/atkinson-hyperlegible-next-latin-wght-normal.b1cef446.woff2">
<link rel="stylesheet" href="/assets/site.232d0d74.css">
<link rel="stylesheet" href="/assets/dark.482c0e90.css" media="screen and (prefers-color-scheme: dark)" id="dark">
<script src="/assets/early.161c9476.js"></script>
<script type="module" src="/assets/site.07c3e67d.js"></script>
<link rel="icon" type="image/png" sizes="32x32" href="/assets/favicon.93b97deb.png">
<link rel="icon" type="image/svg+xml" sizes="any" href="/assets/logo.02f0ef07.svg">
<link rel="apple-touch-icon" href="/assets/apple-touch-icon.b941d08d.png">`;

const between = (section) => `
${assets}
  </head>
    <body dir="ltr">
    <input class="md-toggle" data-md-toggle="drawer" type="checkbox" id="__drawer" autocomplete="off">
    <input class="md-toggle" data-md-toggle="search" type="checkbox" id="__search" autocomplete="off">
    <label class="md-overlay" for="__drawer"></label>
    <div data-md-component="skip">
        <a href="#contenu" class="md-skip">
          Aller au contenu
        </a>
    </div>
    <div data-md-component="announce">
    </div>
${header(section)}
    <div class="md-container" data-md-component="container">
      <main class="md-main" data-md-component="main">
        <div class="md-main__inner md-grid">
<div class="md-content" data-md-component="content" id="contenu" tabindex="-1">
`;

const end = `
</div>
        </div>
      </main>
${footer}
    </div>
    <div class="md-dialog" data-md-component="dialog">
      <div class="md-dialog__inner md-typeset"></div>
    </div>
  </body>
</html>
`;

const drawn = new Map();
const opening = (section) => drawn.get(section) ?? drawn.set(section, between(section)).get(section);

// A whole page; `short` is its name in the breadcrumbs, where that is not its title.
export const frame = (page, main) => `<!doctype html>
<html lang="fr" class="no-js">
  <head>
${head(page)}${opening(page.section)}${main}${end}`;

export const breadcrumbs = ({ url, section, sectionTitle, short, title }) => {
  const top = sectionTitle && url !== `/${section}/` ? `<li><a href="/${section}/">${sectionTitle}</a></li>` : "";
  return `<nav class="breadcrumbs" aria-label="Fil d’Ariane" data-pagefind-ignore><ol><li><a href="/">Accueil</a></li>${top}<li><span aria-current="page">${escape(short ?? title)}</span></li></ol></nav>`;
};
