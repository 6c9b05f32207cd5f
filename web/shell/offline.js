// Service worker: what was loaded once opens again without a network. The network comes first, so that nobody is kept on an old version.
'use strict';

const version = '@VERSION@';
const files = [...@FILES@, ...new URL(location).searchParams.getAll('with')];   // the first view; the rest is kept when it is asked for

self.addEventListener('install', (event) => {
  const loaded = files.map((path) => new Request(path, {cache: 'force-cache'}));   // the page has just got them: nothing is asked of the network again
  event.waitUntil(caches.open(version).then((cache) => cache.addAll(loaded)).then(() => self.skipWaiting()));
});
self.addEventListener('activate', (event) => {
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter((name) => name !== version).map((name) => caches.delete(name)))).then(() => self.clients.claim()));
});
self.addEventListener('fetch', (event) => {
  if (event.request.method !== 'GET' || new URL(event.request.url).origin !== location.origin) return;
  event.respondWith((async () => {
    const cache = await caches.open(version);
    try {
      const answer = await fetch(event.request);
      if (answer.ok) cache.put(event.request, answer.clone());
      return answer;
    } catch (error) {
      const kept = await cache.match(event.request, {ignoreSearch: true});
      if (kept) return kept;
      throw error;
    }
  })());
});
