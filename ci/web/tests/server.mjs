// A static host on this machine: the right types, the compressed files that stand beside the
// plain ones, and faults on demand.

import fs from "node:fs/promises";
import http from "node:http";
import path from "node:path";
import { promisify } from "node:util";
import zlib from "node:zlib";

const gzip = promisify(zlib.gzip);

const TYPES = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".mjs": "text/javascript",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
};

/** The file as it travels: as it was compressed by the build, where it was. */
async function form(file, accepted) {
  for (const [coding, suffix] of [["br", ".br"], ["gzip", ".gz"]]) {
    if (!accepted.includes(coding)) continue;
    const bytes = await fs.readFile(file + suffix).catch(() => undefined);
    if (bytes !== undefined) return { bytes, headers: { "content-encoding": coding } };
  }
  return { bytes: await fs.readFile(file), headers: {} };
}

/**
 * Serves `root` below the path `below`, `plain` without what is compressed, and its 404.html for
 * what is not there. `faults` maps a part of a path to what happens to such requests: `{ status }`,
 * `{ cut: bytes }`, `{ type }`, `{ hang: true }`, or `{ rate: bytes }` a tenth of a second.
 */
export async function serve(root, { plain = false, below = "" } = {}) {
  const faults = new Map();
  const requests = [];
  const server = http.createServer(async (request, response) => {
    const asked = decodeURIComponent(new URL(request.url, "http://here").pathname);
    const inside = asked.startsWith(`${below}/`);
    const name = inside ? asked.slice(below.length) : asked;
    const file = path.join(root, name.endsWith("/") ? `${name}index.html` : name);
    const fault = [...faults].find(([part]) => name.includes(part))?.[1] ?? {};
    const entry = { name, bytes: 0 };
    requests.push(entry);
    if (fault.hang) return;
    if (fault.status) return response.writeHead(fault.status).end();
    try {
      if (!inside) throw new Error("another site's");
      const { mtimeMs, size } = await fs.stat(file);
      const tag = `"${mtimeMs}-${size}"`;
      const type = fault.type ?? TYPES[path.extname(file)] ?? "application/octet-stream";
      const headers = { "content-type": type, "cache-control": "max-age=600", etag: tag, vary: "accept-encoding" };
      if (request.headers["if-none-match"] === tag) return response.writeHead(304, headers).end();
      const sent = await form(file, plain ? "" : request.headers["accept-encoding"] ?? "");
      if (fault.cut) {
        sent.bytes = await gzip((await fs.readFile(file)).subarray(0, fault.cut));
        sent.headers = { "content-encoding": "gzip" };
      }
      entry.bytes = sent.bytes.length;
      response.writeHead(200, { ...headers, ...sent.headers, "content-length": sent.bytes.length });
      for (let at = 0; fault.rate && at < sent.bytes.length && !response.destroyed; at += fault.rate) {
        response.write(sent.bytes.subarray(at, at + fault.rate));
        await new Promise((done) => setTimeout(done, 100));
      }
      response.end(fault.rate ? undefined : sent.bytes);
    } catch {
      const page = inside ? await fs.readFile(path.join(root, "404.html")).catch(() => "") : "";
      response.writeHead(404, { "content-type": TYPES[".html"] }).end(page);
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  const close = async () => {
    server.closeAllConnections();
    if (server.listening) await new Promise((done) => server.close(done));
  };
  return { origin: `http://127.0.0.1:${port}`, faults, requests, close };
}
