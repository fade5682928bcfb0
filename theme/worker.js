// Keeps emergency pages readable without a network. The network comes first; a copy is shown only when it fails or
// takes too long, and then says of when it is. KEPT and VERSION stand above it.

const OURS = `urgence ${registration.scope} `;
const NAME = OURS + VERSION;
const bare = (url) => url.split(/[?#]/)[0];
const address = (path) => new URL(path, registration.scope).href;
const pages = new Set([...KEPT.first, ...KEPT.visited].map(address));
const refuge = address(KEPT.first[0]);

async function install() {
  const cache = await caches.open(NAME);
  const open = await clients.matchAll({ type: "window", includeUncontrolled: true });
  const seen = open.map((client) => bare(client.url)).filter((url) => pages.has(url));
  const wanted = new Set([...KEPT.first.map(address), ...seen]);
  const get = (urls, how) => cache.addAll(urls.map((url) => new Request(url, { cache: how })));
  await get([...wanted, ...KEPT.palettes.map(address)], "no-cache");
  await get(KEPT.assets.map(address), "force-cache");
  await skipWaiting();
}

async function tidy() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(OURS) && name !== NAME).map((name) => caches.delete(name)));
}

async function visit(event, url) {
  const cache = await caches.open(NAME);
  const copy = await cache.match(url);
  const answer = fetch(event.request).then((response) => {
    if (response.ok && !response.redirected && pages.has(url)) event.waitUntil(cache.put(url, response.clone()));
    return response;
  });
  event.waitUntil(answer.catch(() => {}));
  const late = new Promise((resolve) => copy && setTimeout(resolve, 4000));
  const response = await Promise.race([answer, late]).catch(() => {});
  if (response) return response;
  if (copy) return dated(copy);
  return (await cache.match(refuge)) ? Response.redirect(refuge) : Response.error();
}

async function dated(copy) {
  const html = await copy.text();
  const language = html.match(/<html lang="([^"]+)/)[1];
  const moment = new Date(copy.headers.get("date") ?? Date.now());
  const time = moment.toLocaleString(`${language}-u-nu-latn`, { dateStyle: "long", timeStyle: "short" });
  const headers = new Headers(copy.headers);
  for (const name of ["content-encoding", "content-length"]) headers.delete(name);
  const told = html.replace(" data-offline hidden>", ">").replace("<time></time>", `<time>${time}</time>`);
  return new Response(told, { headers });
}

async function asset(request) {
  return (await caches.match(request, { cacheName: NAME })) ?? fetch(request);
}

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(tidy()));
addEventListener("fetch", (event) => {
  const url = bare(event.request.url);
  if (event.request.mode === "navigate" && event.request.method === "GET") event.respondWith(visit(event, url));
  else if (url.startsWith(address("assets/"))) event.respondWith(asset(event.request));
});
