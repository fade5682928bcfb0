// The preview's side of the page: reloads it where it was read, follows a record that changed its address, or shows
// what is wrong above the last good version.

const { version } = document.querySelector("script[data-version]").dataset;
const source = new EventSource(`/__apercu/evenements?${new URLSearchParams({ page: location.pathname, version })}`);

const kept = sessionStorage.getItem("apercu");
if (kept) {
  sessionStorage.removeItem("apercu");
  scrollTo(0, Number(kept));
}

function keepScroll() {
  sessionStorage.setItem("apercu", String(scrollY));
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

source.addEventListener("site", () => {
  keepScroll();
  location.reload();
});
source.addEventListener("moved", (event) => {
  keepScroll();
  location.replace(event.data + location.search + location.hash);
});
source.addEventListener("problems", (event) => show(JSON.parse(event.data)));
addEventListener("pagehide", () => source.close());
