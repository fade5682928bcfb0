// The preview's side of the page: reloads it where it was read, or shows what is wrong above the last good version.

const source = new EventSource("/__apercu/evenements");
const memory = `apercu ${location.pathname}`;

const kept = sessionStorage.getItem(memory);
if (kept) {
  sessionStorage.removeItem(memory);
  scrollTo(0, Number(kept));
}

function reload() {
  sessionStorage.setItem(memory, String(scrollY));
  location.reload();
}

function line(problem) {
  const item = document.createElement("li");
  const place = document.createElement("strong");
  place.textContent = problem.line ? `${problem.path}, ligne ${problem.line}` : problem.path;
  item.append(place, ` : ${problem.message} ${problem.hint}`);
  return item;
}

function show(problems) {
  document.getElementById("apercu")?.remove();
  if (!problems.length) return;
  const panel = document.createElement("section");
  panel.id = "apercu";
  panel.setAttribute("role", "alert");
  const title = document.createElement("h2");
  title.textContent = "Cette page n'est pas à jour : il y a des erreurs";
  const list = document.createElement("ul");
  list.append(...problems.map(line));
  panel.append(title, list);
  document.body.prepend(panel);
}

source.addEventListener("site", reload);
source.addEventListener("problems", (event) => show(JSON.parse(event.data)));
addEventListener("pagehide", () => source.close());
