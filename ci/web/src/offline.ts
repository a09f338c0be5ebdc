// The service worker: what was loaded once is there without a network.
//
// Pages come from the network while there is one. Files whose names change with their content
// come from the browser: they are never out of date.

const worker = self as unknown as ServiceWorkerGlobalScope;

/** Of this copy of the book: one origin may have several. */
const CACHE = `course-offline ${worker.registration.scope}`;

/** What carries a digest or a version in its name. */
const LASTING = /\/live\/(pyodide-[\d.]+\/|[\w.]+-[0-9A-Za-z]{8}\.)|-[0-9a-f]{8}\.\w+$/;

worker.addEventListener("install", () => void worker.skipWaiting());

worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));

/** What a page tells: what it loaded before this worker was there, and what is live now. */
interface Told {
  loaded: string[];
  live: string[];
}

worker.addEventListener("message", (event) => {
  const { loaded, live } = event.data as Told;
  const missing = loaded.filter(ours).map(async (url) => (await kept(url)) ?? fresh(new Request(url)));
  event.waitUntil(Promise.allSettled([...missing, dropOlder(live)]));
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !ours(request.url)) return;
  if (request.headers.get("accept") === "text/event-stream") return;
  event.respondWith(LASTING.test(new URL(request.url).pathname) ? lasting(request) : fleeting(request));
});

const ours = (url: string): boolean => url.startsWith(worker.registration.scope);

async function kept(request: Request | string): Promise<Response | undefined> {
  return caches.match(request, { cacheName: CACHE, ignoreSearch: true });
}

async function lasting(request: Request): Promise<Response> {
  // Whoever asks for the network has found what is kept wanting.
  const found = request.cache === "reload" ? undefined : await kept(request);
  return found ?? fresh(request);
}

async function fleeting(request: Request): Promise<Response> {
  try {
    return await fresh(request);
  } catch (error) {
    const found = await kept(request);
    if (found === undefined) throw error;
    return found;
  }
}

/** From the network, and kept if it came whole. */
async function fresh(request: Request): Promise<Response> {
  const response = await fetch(request);
  if (response.status === 200) {
    const copy = response.clone();
    void keep(request.url, copy).catch(() => {}); // no room is no reason to fail
  }
  return response;
}

async function keep(url: string, response: Response): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.put(url, response);
}

/** Drops the live files of an earlier build. */
async function dropOlder(live: string[]): Promise<void> {
  const cache = await caches.open(CACHE);
  const current = (url: string): boolean => live.some((known) => url.startsWith(known));
  for (const { url } of await cache.keys()) {
    if (LASTING.test(new URL(url).pathname) && url.includes("/live/") && !current(url)) {
      await cache.delete(url);
    }
  }
}
