// Compresses files for hosts that send a compressed file in place of the plain one:
//
//   node compress.mjs FOLDER < a JSON list of files
//
// Each content is compressed once, into FOLDER under its digest. Prints, in the order of the
// list, each file's digest and the bytes of its forms as JSON.

import { createHash } from "node:crypto";
import fs from "node:fs/promises";
import path from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

/** What no build has used for so long goes. */
const UNUSED = 30 * 24 * 3600 * 1000;

/** Above it, Brotli takes ten times as long for a twentieth less. */
const QUALITY = 9;

const forms = {
  gz: (bytes) => promisify(gzip)(bytes, { level: 9 }),
  br: (bytes) => {
    const { BROTLI_PARAM_LGWIN, BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT } = constants;
    const params = { [BROTLI_PARAM_QUALITY]: QUALITY, [BROTLI_PARAM_LGWIN]: 24, [BROTLI_PARAM_SIZE_HINT]: bytes.length };
    return promisify(brotliCompress)(bytes, { params });
  },
};

const folder = process.argv[2];
await fs.mkdir(folder, { recursive: true });

/** The bytes of one form of a content; made unless it is there. */
async function made(form, digest, bytes) {
  const file = path.join(folder, `${digest}.${form}`);
  try {
    const now = new Date();
    await fs.utimes(file, now, now);
    return (await fs.stat(file)).size;
  } catch {
    const packed = await forms[form](bytes);
    // Two builds may make the same one at once.
    const part = `${file}.${process.pid}`;
    await fs.writeFile(part, packed);
    await fs.rename(part, file);
    return packed.length;
  }
}

const known = new Map();

async function compressed(file) {
  const bytes = await fs.readFile(file);
  const digest = createHash("sha256").update(bytes).digest("hex");
  if (!known.has(digest)) known.set(digest, Promise.all([made("gz", digest, bytes), made("br", digest, bytes)]));
  const [gzip, br] = await known.get(digest);
  return { digest, plain: bytes.length, gzip, br };
}

const files = JSON.parse(await text(process.stdin));
console.log(JSON.stringify(await Promise.all(files.map(compressed))));

for (const name of await fs.readdir(folder)) {
  const file = path.join(folder, name);
  const { mtimeMs } = await fs.stat(file).catch(() => ({ mtimeMs: Infinity }));
  if (mtimeMs < Date.now() - UNUSED) await fs.rm(file, { force: true });
}
