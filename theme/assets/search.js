// The search page: asks Pagefind, which reads only the parts of its index that a query needs, and lists what it finds.

const PAGE = 10;
// So many letters tell whether an excerpt begins or ends as its page does.
const CLUE = 40;
const root = new URL("../", import.meta.url);
const field = document.getElementById("recherche");
const form = field.form;
const count = document.getElementById("search-count");
const section = document.getElementById("search-results");
const list = section.querySelector("ol");
const more = section.querySelector("button");
let found = [];
let sought = "";
let asked = 0;

const loading = import(new URL("pagefind/pagefind.js", root).href).then(async (pagefind) => {
  // A long kit about a heatwave says more of it than a short page that names it: length counts little.
  const ranking = { pageLength: 0.1, termFrequency: 0.5, termSaturation: 1.8 };
  await pagefind.options({ baseUrl: root.pathname, excerptLength: 28, ranking });
  return pagefind;
});

// Pagefind's excerpts are escaped text with <mark> around the words found: nothing else is taken from them.
function excerpt(data) {
  const parsed = new DOMParser().parseFromString(data.excerpt, "text/html").body;
  const paragraph = document.createElement("p");
  paragraph.dir = "auto";
  const text = parsed.textContent.trim();
  const whole = data.content.trim();
  if (!whole.startsWith(text.slice(0, CLUE))) paragraph.append("… ");
  for (const node of parsed.childNodes) {
    const marked = node.nodeName === "MARK";
    const part = marked ? document.createElement("mark") : document.createTextNode("");
    part.textContent = node.textContent;
    paragraph.append(part);
  }
  if (!whole.endsWith(text.slice(-CLUE))) paragraph.append(" …");
  return paragraph;
}

function entry(data) {
  const item = document.createElement("li");
  const title = document.createElement("h3");
  const link = document.createElement("a");
  link.href = data.url;
  link.textContent = data.meta.title;
  if (data.meta.langue) {
    item.lang = data.meta.langue;
    title.dir = "auto";
  }
  title.append(link);
  if (data.meta.rubrique) {
    const kicker = document.createElement("p");
    kicker.className = "kicker";
    kicker.textContent = data.meta.rubrique;
    kicker.lang = "fr";
    item.append(kicker);
  }
  item.append(title, excerpt(data));
  return item;
}

function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

// The index holds stems without accents: « repas » also finds « réparer ». Of the pages listed at once, those that
// hold the very words come first.
function exactFirst(pages) {
  const words = plain(sought).split(/\s+/);
  const says = (data) => words.every((word) => plain(data.content).includes(word));
  return [...pages.filter(says), ...pages.filter((data) => !says(data))];
}

async function showMore() {
  const first = list.children.length;
  const next = await Promise.all(found.slice(first, first + PAGE).map((result) => result.data()));
  list.append(...exactFirst(next).map(entry));
  more.hidden = list.children.length >= found.length;
  return list.children[first];
}

function say(query) {
  const total = found.length.toLocaleString("fr-FR");
  if (!found.length) return `Aucune page ne parle de «\u202f${query}\u202f». Essayez un autre mot.`;
  return found.length === 1 ? "1 page trouvée" : `${total} pages trouvées`;
}

async function search(query) {
  const turn = ++asked;
  if (!query) {
    count.textContent = "";
    section.hidden = true;
    return;
  }
  const pagefind = await loading;
  const answer = await pagefind.search(query);
  if (turn !== asked) return;
  found = answer.results;
  sought = query;
  list.replaceChildren();
  await showMore();
  section.hidden = !found.length;
  count.textContent = say(query);
}

function failed() {
  count.textContent = "La recherche n’est pas disponible pour le moment. Le plan du site mène à toutes les pages.";
}

function query() {
  return field.value.trim();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const address = new URL(location.href);
  address.searchParams.set("q", query());
  history.replaceState(null, "", address);
  search(query()).catch(failed);
});
let pause;
field.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(() => search(query()).catch(failed), 250);
});
more.addEventListener("click", async () => {
  const first = await showMore();
  first?.querySelector("a").focus();
});

field.value = new URLSearchParams(location.search).get("q") ?? "";
search(query()).catch(failed);
