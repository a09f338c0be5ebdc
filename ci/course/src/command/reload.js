// Loads the page again as soon as the book has been built again.

const news = new EventSource("/.reload/event-stream");
news.addEventListener("reload", () => location.reload());
// The server has ended. Once it is there again the book may be another.
news.addEventListener("error", () => news.addEventListener("init", () => location.reload()), { once: true });
addEventListener("pagehide", () => news.close());
