/**
 * Places: the line of the sources where a generator is suspended, and where a function begins.
 *
 * V8 knows both, and tells its debugger: `[[GeneratorLocation]]` and `[[FunctionLocation]]`. The programs are bundles, so
 * source maps lead from there to the files.
 */
import { readFileSync } from "node:fs";
import { Session, type Runtime } from "node:inspector";
import { SourceMap } from "node:module";

import type { SourceLine } from "../../spec/kernel-function.js";

interface Script {
  readonly url: string;
  readonly sourceMapURL: string;
}

/** As V8 says it: lines and columns are numbered from 0. */
interface Location {
  readonly scriptId: string;
  readonly lineNumber: number;
  readonly columnNumber: number;
}

/** How the object that is asked about is handed to the debugger. */
const HAND = Symbol.for("pmucheck.place");

const GROUP = "places";

export class Places {
  readonly #session = new Session();
  readonly #scripts = new Map<string, Script>();
  readonly #maps = new Map<string, SourceMap | undefined>();

  constructor() {
    this.#session.connect();
    this.#session.on("Debugger.scriptParsed", ({ params: { scriptId, url, sourceMapURL = "" } }) =>
      this.#scripts.set(scriptId, { url, sourceMapURL }),
    );
    this.#session.post("Debugger.enable");
  }

  /** Of a generator that is suspended, or of a function; the file as the source map names it. Undefined if nobody knows. */
  of(object: object): SourceLine | undefined {
    Object.defineProperty(globalThis, HAND, { value: object, configurable: true });
    try {
      const location = this.#locationOf(`globalThis[Symbol.for(${JSON.stringify(HAND.description)})]`);
      return location && this.#original(location);
    } finally {
      Reflect.deleteProperty(globalThis, HAND);
    }
  }

  close(): void {
    this.#session.disconnect();
  }

  /** The session is with this thread, so it answers before `post` returns. */
  #locationOf(expression: string): Location | undefined {
    let found: Runtime.InternalPropertyDescriptor[] = [];
    this.#session.post("Runtime.evaluate", { expression, objectGroup: GROUP }, (_, evaluated) => {
      const { objectId } = evaluated.result;
      if (objectId === undefined) return;
      this.#session.post("Runtime.getProperties", { objectId, ownProperties: true }, (__, properties) => {
        found = properties.internalProperties ?? [];
      });
    });
    // With the object come its scopes, and all variables of a bundle are in one of them.
    this.#session.post("Runtime.releaseObjectGroup", { objectGroup: GROUP });
    const named = (name: string) => found.find((property) => property.name === name)?.value;
    const location = named("[[GeneratorLocation]]") ?? named("[[FunctionLocation]]");
    // The debugger protocol says that this is the value of both.
    return location?.value as Location | undefined;
  }

  #original({ scriptId, lineNumber, columnNumber }: Location): SourceLine | undefined {
    const script = this.#scripts.get(scriptId);
    if (script === undefined) return undefined;
    if (!this.#maps.has(scriptId)) this.#maps.set(scriptId, mapOf(script));
    const entry = this.#maps.get(scriptId)?.findEntry(lineNumber, columnNumber);
    return entry === undefined || !("originalLine" in entry)
      ? undefined
      : { file: entry.originalSource, line: entry.originalLine + 1 };
  }
}

const INLINE = /^data:application\/json[^,]*;base64,(.*)$/s;

/** Undefined for a script without a map that can be read: a package may come without. */
function mapOf({ url, sourceMapURL }: Script): SourceMap | undefined {
  const [, inline] = INLINE.exec(sourceMapURL) ?? [];
  if (sourceMapURL === "") return undefined;
  try {
    const text =
      inline === undefined
        ? readFileSync(new URL(sourceMapURL, url.startsWith("file:") ? url : `file://${url}`), "utf8")
        : Buffer.from(inline, "base64").toString();
    // A source map is what the build has written, or Vite.
    return new SourceMap(JSON.parse(text) as ConstructorParameters<typeof SourceMap>[0]);
  } catch {
    return undefined;
  }
}
