// The shell of pages that must open without a network: the capture page as it was last seen, and the files it needs. It
// stores no answer of the API, and every page comes from the network as long as there is one.
const CACHE = "liqaa-shell-1";
const PAGES = [/^\/\w{2,3}\/meetings\/[^/]+\/workshops\/[^/]+\/capture\/?$/, /^\/\w{2,3}\/meetings\/[^/]+\/scanner\/?$/];
const WAIT = 4000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => {
  const old = caches.keys().then((names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name))));
  event.waitUntil(Promise.all([old, self.clients.claim()]));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname.startsWith("/static/")) event.respondWith(fromCache(request));
  else if (request.mode === "navigate" && PAGES.some((page) => page.test(url.pathname))) event.respondWith(shell(request, url));
});

/** Files carry the hash of their content in their name: what is kept never changes. */
async function fromCache(request) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) cache.put(request, answer.clone());
  return answer;
}

/** The page from the network, else as it was last seen, whatever recommendation the address names. */
async function shell(request, url) {
  const cache = await caches.open(CACHE);
  const key = url.origin + url.pathname;
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(WAIT) });
    if (answer.status >= 500) throw new Error("server");
    if (answer.ok && !answer.redirected) await cache.put(key, answer.clone());
    return answer;
  } catch (fault) {
    const kept = await cache.match(key);
    if (kept) return kept;
    throw fault;
  }
}
