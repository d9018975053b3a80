// The last edition, readable offline: the front page, its stories, and what they need to look as they do.
// The network always comes first, so that what was withheld is gone as soon as there is one; each edition replaces
// the one before it. Articles, searches and other hosts are never kept.

const EDITION = "edition";
const MOST_STORIES = 30;
const LONGEST = 4000;
const PAUSE = 600000;

self.addEventListener("install", event => event.waitUntil(keepEdition().then(() => self.skipWaiting())));
self.addEventListener("activate", event => event.waitUntil(self.clients.claim()));

let keptAt = 0;

async function keepEdition() {
  if (Date.now() - keptAt < PAUSE) return;
  keptAt = Date.now();
  const front = await fetch("/", { cache: "no-cache" });
  if (!front.ok) return;
  const words = await front.clone().text();
  const stories = [...new Set(words.match(/\/story\/[1-9]\d{0,17}(?=")/g) || [])].slice(0, MOST_STORIES);
  const files = [...new Set(words.match(/\/static\/[\w.-]+\?v=\w+/g) || [])];
  const modules = ["/static/own.js", "/static/keys.js", "/static/live.js", "/static/mine.js", "/static/tree.js", "/static/visits.js"];
  const wanted = ["/offline", "/mine", ...files, ...modules, ...stories];
  const cache = await caches.open(EDITION);
  await cache.put("/", front);
  const kept = new Set(["/", ...wanted].map(address => new URL(address, location.origin).href));
  await Promise.all(wanted.map(async address => {
    try {
      const answer = await fetch(address, { cache: "no-cache" });
      if (answer.ok) await cache.put(address, answer); else await cache.delete(address);
    } catch { /* what could not be fetched stays as it was */ }
  }));
  for (const request of await cache.keys()) if (!kept.has(request.url)) await cache.delete(request);
}

async function answer(request) {
  const url = new URL(request.url);
  const cache = await caches.open(EDITION);
  const cancel = new AbortController();
  const timer = setTimeout(() => cancel.abort(), LONGEST);
  try {
    const fresh = await fetch(request, { signal: cancel.signal });
    if (url.pathname === "/" && !url.search && fresh.ok) keepEdition().catch(() => {});
    return fresh;
  } catch {
    url.searchParams.delete("lang");
    const held = await cache.match(url.pathname.startsWith("/static/") ? request : url.href, { ignoreSearch: url.pathname.startsWith("/static/") });
    if (held) return held;
    if (request.mode === "navigate") return (await cache.match("/offline")) || Response.error();
    return Response.error();
  } finally { clearTimeout(timer); }
}

self.addEventListener("fetch", event => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin || url.pathname === "/events") return;
  event.respondWith(answer(event.request));
});
