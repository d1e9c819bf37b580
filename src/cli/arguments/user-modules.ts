/**
 * The compiled modules of a file of the user's, loaded as often as one likes.
 *
 * Each time they begin anew: their variables are those of one loading. So a function that keeps something in a variable
 * outside of itself can be told from one that does not, by running it as it was just loaded (src/runtime/resume.ts). What
 * could keep something elsewhere, or differ by itself, is hidden from them: clocks, random numbers, the process, the
 * global object, and modules other than pmucheck and files beside the file.
 * Not seen: what is kept on the built-in prototypes, or found by `Function("...")`. This is no prison.
 */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { compileFunction } from "node:vm";

import type { ModuleText } from "../../explorer/file/own-script.js";
import { PmucheckError, type ErrorCode } from "../../spec/errors.js";
import { nearest } from "../../spec/nearest.js";
import { MODULE_BY_NAME } from "./is-file.js";

/** What a file may import by name. */
export type Packages = Readonly<Record<string, object>>;

const CLOCKS_AND_WORLD = [
  "Date",
  "performance",
  "process",
  "globalThis",
  "global",
  "crypto",
  "fetch",
  "setTimeout",
  "setInterval",
  "setImmediate",
  "queueMicrotask",
] as const;

/** The names of what a module's body is given, in their order. */
const GIVEN = ["exports", "require", "module", "Math", ...CLOCKS_AND_WORLD];

/** @param file one with import and export by its name */
export function notLoaded(file: string): string {
  const kind = file.slice(file.lastIndexOf("."));
  const other = kind.replace("m", "");
  return `${file}: ${kind} files are not loaded; name it ${other}, where import and export mean the same`;
}

type Body = (...given: readonly unknown[]) => void;

/** A module's compiled text, and by the name that it requires each by, the paths of the modules that it needs. */
interface Source {
  readonly text: string;
  readonly needs: Map<string, string>;
}

/** The modules that a file needs, from their texts on disk; `file` is what the user calls it. */
export class UserModules {
  readonly #file: string;
  readonly #main: string;
  /** The code for a file that is not what it should be. */
  readonly #wrong: ErrorCode;
  readonly #packages: ReadonlyMap<string, object>;
  readonly #bodies = new Map<string, Body>();
  readonly #sources = new Map<string, Source>();
  readonly #hidden: readonly unknown[];

  /** Reads nothing yet; {@link load} reads every module once. */
  constructor(main: string, { file, wrong }: { file: string; wrong: ErrorCode }, packages: Packages) {
    this.#main = main;
    this.#file = file;
    this.#wrong = wrong;
    this.#packages = new Map(
      Object.entries(packages).map(([name, exported]) => [name, this.#exportsOf(name, exported)]),
    );
    this.#hidden = [this.#mathWithoutChance(), ...CLOCKS_AND_WORLD.map((name) => this.#hiddenThing(name))];
  }

  /** What the main module exports, of modules that have just been loaded. Throws what they throw. */
  load(): object {
    const loaded = new Map<string, { exports: object }>();
    const load = (path: string): object => {
      const known = loaded.get(path);
      if (known !== undefined) return known.exports;
      const module = { exports: {} };
      loaded.set(path, module);
      const body = this.#bodyOf(path);
      const require = (name: string): object =>
        this.#packages.get(name) ?? load(this.#needed(path, name, this.#beside(path, name)));
      body(module.exports, require, module, ...this.#hidden);
      return module.exports;
    };
    return load(this.#main);
  }

  /** The modules that were loaded, the main one first: what another program needs to load them. */
  get texts(): readonly ModuleText[] {
    const paths = [...this.#sources.keys()];
    return [...this.#sources.values()].map(({ text, needs }) => ({
      text,
      needs: Object.fromEntries([...needs].map(([name, path]) => [name, paths.indexOf(path)])),
      given: GIVEN,
    }));
  }

  #bodyOf(path: string): Body {
    let body = this.#bodies.get(path);
    if (body === undefined) {
      const text = readFileSync(path, "utf8");
      // What compileFunction gives is declared as any Function.
      body = compileFunction(text, GIVEN, { filename: path }) as Body;
      this.#bodies.set(path, body);
      this.#sources.set(path, { text, needs: new Map() });
    }
    return body;
  }

  #needed(from: string, name: string, path: string): string {
    this.#sources.get(from)?.needs.set(name, path);
    return path;
  }

  #beside(path: string, name: string): string {
    if (MODULE_BY_NAME.test(name))
      throw new PmucheckError(this.#wrong, `${this.#file} imports ${notLoaded(name)}`);
    if (name.startsWith(".")) return join(dirname(path), name);
    const may = [...this.#packages.keys()].join(", ");
    throw new PmucheckError(
      this.#wrong,
      `${this.#file} imports '${name}': it may import ${may} and files beside it`,
    );
  }

  /** The exports of a package, of which what is missing is an error and not undefined. */
  #exportsOf(name: string, exported: object): object {
    const file = this.#file;
    return new Proxy(exported, {
      get(of, key): unknown {
        if (key === "__esModule") return true;
        if (typeof key === "symbol" || key in of) return Reflect.get(of, key);
        const near = nearest(key, Object.keys(of));
        // The list of all exports is too long for an error.
        const hint = near.startsWith("; known") ? "" : near;
        throw new PmucheckError("PMC131", `${file}: ${name} has no '${key}'${hint}`);
      },
    });
  }

  #mathWithoutChance(): object {
    return Object.create(Math, { random: { get: () => this.#refuse("Math.random") } }) as object;
  }

  #hiddenThing(name: string): object {
    const refuse = () => this.#refuse(name);
    return new Proxy(Object, { get: refuse, apply: refuse, construct: refuse, set: refuse });
  }

  #refuse(name: string): never {
    throw new PmucheckError(
      "PMC201",
      `${this.#file} uses ${name}: a model may depend on nothing but its arguments and what it observed`,
    );
  }
}
