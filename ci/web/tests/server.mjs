// A static host on this machine: the right types, gzip, and faults on demand.

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

const packed = new Map();

/** The file as it travels: compressed once. */
async function pack(file) {
  const { mtimeMs } = await fs.stat(file);
  const known = packed.get(file);
  if (known?.mtimeMs === mtimeMs) return known.bytes;
  const bytes = await gzip(await fs.readFile(file));
  packed.set(file, { mtimeMs, bytes });
  return bytes;
}

/**
 * Serves `root`. `faults` maps a part of a path to what happens to such requests:
 * `{ status }`, `{ cut: bytes }`, `{ type }`, `{ delay: ms }` or `{ hang: true }`.
 */
export async function serve(root) {
  const faults = new Map();
  const requests = [];
  const server = http.createServer(async (request, response) => {
    const name = decodeURIComponent(new URL(request.url, "http://here").pathname);
    const file = path.join(root, name.endsWith("/") ? `${name}index.html` : name);
    const fault = [...faults].find(([part]) => name.includes(part))?.[1] ?? {};
    requests.push({ name, bytes: 0 });
    const entry = requests.at(-1);
    if (fault.hang) return;
    if (fault.delay) await new Promise((done) => setTimeout(done, fault.delay));
    if (fault.status) return response.writeHead(fault.status).end();
    try {
      let bytes = await pack(file);
      const { mtimeMs, size } = await fs.stat(file);
      const tag = `"${mtimeMs}-${size}"`;
      const type = fault.type ?? TYPES[path.extname(file)] ?? "application/octet-stream";
      const headers = { "content-type": type, "cache-control": "max-age=600", etag: tag };
      if (request.headers["if-none-match"] === tag) return response.writeHead(304, headers).end();
      if (fault.cut) bytes = await gzip((await fs.readFile(file)).subarray(0, fault.cut));
      entry.bytes = bytes.length;
      response.writeHead(200, { ...headers, "content-encoding": "gzip", "content-length": bytes.length });
      response.end(bytes);
    } catch {
      response.writeHead(404).end();
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
