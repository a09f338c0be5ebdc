// Downloads that fail loudly. Pyodide only logs a file that is not there or is damaged, and
// then waits for ever. What comes is counted.

import type { Count } from "./weight";

/** The bytes at `url`. */
export async function download(url: string): Promise<Uint8Array> {
  const response = await fetch(url);
  return new Uint8Array(await response.arrayBuffer());
}

interface Watch {
  /** Puts the browser's own functions back. */
  instances: { restore(): void };
  /** Rejects as soon as a download fails or is no WebAssembly. */
  failure: Promise<never>;
}

/** From now on every failed download rejects `failure`, and `count` counts each, and `whole` is called
 *  when all of one is there. Where it is tried `again`, what the browser has kept may be what is
 *  damaged: everything comes from the network. */
export function watchDownloads(again: boolean, count: Count, whole: () => void): Watch {
  const fetched = self.fetch;
  const streamed = WebAssembly.instantiateStreaming;
  let fail: (error: Error) => void = () => {};
  const failure = new Promise<never>((_, reject) => (fail = reject));
  failure.catch(() => {}); // it may come when nobody waits any more

  self.fetch = async (input, init) => {
    const name = fileName(input);
    try {
      const response = await fetched(input, again ? { ...init, cache: "reload" } : init);
      if (!response.ok) throw new Error(`the server answered ${response.status}`);
      // A copy is counted: only from the response itself can a browser take compiled code it has kept.
      void counted(response.clone(), count).then(whole);
      return response;
    } catch (error) {
      const failed = new Error(`${name} could not be loaded: ${reason(error)}`);
      fail(failed);
      throw failed;
    }
  };

  WebAssembly.instantiateStreaming = async (source, imports) => {
    const response = await source;
    try {
      const type = response.headers.get("content-type") ?? "";
      if (type.startsWith("application/wasm")) return await streamed(response, imports);
      // A server that does not know the type still sent the file.
      return await WebAssembly.instantiate(await response.arrayBuffer(), imports);
    } catch (error) {
      const failed = new Error(`${fileName(response.url)} is damaged: ${reason(error)}`);
      fail(failed);
      throw failed;
    }
  };

  const restore = (): void => {
    self.fetch = fetched;
    WebAssembly.instantiateStreaming = streamed;
  };
  return { instances: { restore }, failure };
}

/** Counts a response while it comes. */
async function counted(response: Response, count: Count): Promise<void> {
  try {
    count.begin(response.url, response.headers);
    const reader = response.body?.getReader();
    for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read()) {
      count.add(response.url, part.value.length);
    }
    count.done(response.url);
  } catch {
    // Who wants the response itself is told.
  }
}

/** An error in words. */
export function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function fileName(input: RequestInfo | URL): string {
  const url = input instanceof Request ? input.url : String(input);
  return url.slice(url.lastIndexOf("/") + 1);
}
