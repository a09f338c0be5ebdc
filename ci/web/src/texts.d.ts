declare module "*.py" {
  const text: string;
  export default text;
}

/** What Pyodide's list of packages says of Pyodide itself; put in by the build. */
declare const PYODIDE: { python: string; abi_version: string };

/** Pyodide's version and a digest of how it is started; put in by the build. */
declare const SNAPSHOT: string;
