// Keeps the scanner's page and what it is made of, so that it opens without network. It keeps nobody's data.
const NAME = "door";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

/** The page: from the network when it answers soon, else as it was kept. */
async function page(request) {
  const kept = await caches.match(request, { ignoreSearch: true, cacheName: NAME });
  const fresh = fetch(request).then(async (answer) => {
    if (answer.ok) await (await caches.open(NAME)).put(request, answer.clone());
    return answer;
  });
  if (!kept) return fresh;
  const late = new Promise((resolve) => setTimeout(() => resolve(kept.clone()), 2500));
  return Promise.race([fresh.catch(() => kept.clone()), late]);
}

/** A part of the page: its name carries the hash of its content, so what was kept is right for ever. */
async function part(request) {
  const kept = await caches.match(request, { cacheName: NAME });
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await (await caches.open(NAME)).put(request, answer.clone());
  return answer;
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate" && url.pathname.endsWith("/door/scanner")) event.respondWith(page(request));
  else if (url.pathname.startsWith("/static/")) event.respondWith(part(request));
});
