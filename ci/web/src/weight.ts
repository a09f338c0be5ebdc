// What the files of a first Run weigh on their way to the reader.

/** How a host sends a file. */
type Coding = "plain" | "gzip" | "br";

/** The bytes of a file as it lies there, and compressed. */
export type Forms = Record<Coding, number>;

/** What is known before the files come: each one's forms, and how this host seems to send them. */
export interface Weights {
  files: [url: string, forms: Forms][];
  coding: Coding;
}

/** How the host sent a file that the page has loaded: the form nearest to what came. */
export function codingOf(came: { encodedBodySize: number; decodedBodySize: number }, forms: Forms): Coding {
  const { encodedBodySize: bytes, decodedBodySize: whole } = came;
  if (bytes === 0 || whole === 0) return "gzip"; // nothing came: this browser, or its cache, had it
  if (bytes >= whole) return "plain";
  return Math.abs(bytes - forms.br) < Math.abs(bytes - forms.gzip) ? "br" : "gzip";
}

/** What all of it weighs. */
export function total({ files, coding }: Weights): number {
  return files.reduce((sum, [, forms]) => sum + forms[coding], 0);
}

interface Coming {
  forms: Forms;
  /** What the whole file weighs as it is sent. */
  weight: number;
  /** How much of it has come, unpacked. */
  got: number;
}

/** Counts files while they come. A browser tells how much it has unpacked: the share of the whole
 *  is the share of what was sent. */
export class Count {
  readonly #files = new Map<string, Coming>();

  constructor({ files, coding }: Weights) {
    for (const [url, forms] of files) this.#files.set(url, { forms, weight: forms[coding], got: 0 });
  }

  /** A file begins to come, as its headers say. */
  begin(url: string, headers: Headers): void {
    const file = this.#files.get(url);
    if (file === undefined) return;
    const sent = headers.get("content-encoding") ?? "plain";
    const length = Number(headers.get("content-length") ?? 0);
    if (sent in file.forms) file.weight = length > 0 ? length : file.forms[sent as Coding];
  }

  /** So many more bytes of it are there. */
  add(url: string, bytes: number): void {
    const file = this.#files.get(url);
    if (file !== undefined) file.got = Math.min(file.got + bytes, file.forms.plain);
  }

  /** All of it is there. */
  done(url: string): void {
    this.add(url, Infinity);
  }

  /** What has come and what comes in all, as it is sent. */
  get bytes(): [came: number, of: number] {
    let came = 0;
    let all = 0;
    for (const { forms, weight, got } of this.#files.values()) {
      came += (weight * got) / forms.plain;
      all += weight;
    }
    return [Math.round(came), all];
  }
}
