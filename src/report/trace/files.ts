/**
 * C files as a reader is told of them: by the end of their path, as long as it takes to tell them apart.
 */
import type { TraceDocument, TraceStep } from "../../trace/document.js";

/** The short names of files: `arm_pmuv3.c`, and `events/core.c` beside `sched/core.c`. */
export function shortNames(files: readonly string[]): ReadonlyMap<string, string> {
  const all = [...new Set(files)];
  return new Map(
    all.map((file) => {
      const parts = file.split("/");
      const lengths = parts.map((_, i) => parts.slice(parts.length - 1 - i).join("/"));
      const isClear = (end: string) =>
        all.every((other) => other === file || !`/${other}`.endsWith(`/${end}`));
      return [file, lengths.find(isClear) ?? file];
    }),
  );
}

/** Where the functions of a trace are. */
export class FunctionFiles {
  readonly #files: Readonly<Record<string, string>>;
  readonly #short: ReadonlyMap<string, string>;

  constructor({ files = {} }: Pick<TraceDocument, "files">) {
    this.#files = files;
    this.#short = shortNames(Object.values(files));
  }

  /** Undefined for a function of no C file, and in a trace of an older pmucheck. */
  of(name: string): string | undefined {
    const file = Object.hasOwn(this.#files, name) ? this.#files[name] : undefined;
    return file === undefined ? undefined : this.#short.get(file);
  }

  /** The file of a step's access, and its line where the function is the C of a kernel tree: `arm_pmuv3.c:724`. */
  ofStep({ events }: TraceStep, within: string): string | undefined {
    const at = events.find((event) => event.kind === "access" && !event.local && event.at !== undefined);
    const line = at?.kind === "access" ? at.at : undefined;
    if (line === undefined) return this.of(within);
    return `${this.#short.get(line.file) ?? line.file}:${line.line}`;
  }
}
