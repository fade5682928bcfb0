import { KINDS } from "./kinds.js";
import { escape } from "./card.js";

const header = `<a class="skip" href="#contenu">Aller au contenu</a>
<header>
<a class="logo" href="/">Aubrenay solidaire</a>
<p>Ici, on peut compter sur ses voisins.</p>
<nav aria-label="Principale">
<ul>
${Object.values(KINDS).map(({ section, plural }) => `<li><a href="/${section}/">${plural}</a></li>`).join("\n")}
<li><a href="/kits/">Kits</a></li>
<li><a href="/presse/">Presse</a></li>
<li><a href="/enseignements/">Enseignements</a></li>
</ul>
</nav>
<form role="search" action="/recherche/"><label for="q">Rechercher</label><input id="q" name="q" type="search"><button>Chercher</button></form>
</header>`;

const footer = `<footer>
<p>Aubrenay est une commune fictive : ce site est un exemple.</p>
<ul>
<li><a href="/a-propos/">À propos</a></li>
<li><a href="/mentions-legales/">Mentions légales</a></li>
<li><a href="/vie-privee/">Vie privée</a></li>
<li><a href="/accessibilite/">Accessibilité : non conforme</a></li>
</ul>
</footer>`;

export const frame = (title, summary, url, main) => `<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)} – Aubrenay solidaire</title>
<meta name="description" content="${escape(summary)}">
<link rel="canonical" href="https://solidaire.aubrenay.example${url}">
<meta property="og:title" content="${escape(title)}">
<meta property="og:url" content="https://solidaire.aubrenay.example${url}">
<meta property="og:locale" content="fr_FR">
<meta property="og:site_name" content="Aubrenay solidaire">
<link rel="stylesheet" href="/assets/site.css">
</head>
<body>
${header}
<main id="contenu">
${main}
</main>
${footer}
</body>
</html>
`;
