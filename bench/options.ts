/**
 * What the command line of `npm run bench` asks for: sizes, repeats, and where TLC is.
 *
 * Throws PMC104 on what it cannot understand, before anything is built or run.
 */
import { resolve, sep } from "node:path";
import { parseArgs } from "node:util";

import { PmucheckError } from "../src/spec/errors.js";
import { QUICK, SIZES, type Size } from "./model/sizes.js";
import { whyTlcCannotRun, type Tlc } from "./peers/tlc.js";

export interface Options {
  readonly scenarios: boolean;
  /** Commands, from the shell to their answer. */
  readonly shell: boolean;
  readonly json: boolean;
  readonly sizes: readonly Size[];
  readonly repeats: number;
  /** Undefined if it was not given; then its rows are left out. */
  readonly tlc: Tlc | undefined;
}

const REPEATS = 3;

/** `environment`: JAVA and TLA2TOOLS are taken where the options are not given. */
export function benchOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Options {
  const { quick, json, scenarios, shell, size, repeats: times, java, tla2tools } = parse(args);
  const repeats = Number(times ?? (quick ? 1 : REPEATS));
  if (!Number.isInteger(repeats) || repeats < 1) throw usage("--repeats takes a whole number above 0");
  return {
    scenarios,
    shell,
    json,
    sizes: chosenSizes(size, quick),
    repeats,
    tlc: whereTlcIs({ java, tla2tools }, environment),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        quick: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
        scenarios: { type: "boolean", default: false },
        shell: { type: "boolean", default: false },
        size: { type: "string", multiple: true, default: [] },
        repeats: { type: "string" },
        java: { type: "string" },
        tla2tools: { type: "string" },
      },
    }).values;
  } catch (error) {
    throw usage(error instanceof Error ? error.message : String(error));
  }
}

function chosenSizes(names: readonly string[], quick: boolean): readonly Size[] {
  const unknown = names.find((name) => SIZES.every((size) => size.name !== name));
  if (unknown !== undefined) {
    throw usage(`unknown size ${unknown}; known: ${SIZES.map(({ name }) => name).join(", ")}`);
  }
  if (names.length > 0) return SIZES.filter(({ name }) => names.includes(name));
  return quick ? SIZES.slice(0, SIZES.findIndex(({ name }) => name === QUICK) + 1) : SIZES;
}

/** Without a path to a Java, the `java` of the search path. */
function whereTlcIs(
  given: { readonly java: string | undefined; readonly tla2tools: string | undefined },
  environment: Readonly<Record<string, string | undefined>>,
): Tlc | undefined {
  const tla2tools = given.tla2tools ?? environment["TLA2TOOLS"];
  if (tla2tools === undefined || tla2tools === "") {
    // JAVA alone may be set for something else.
    if (given.java === undefined) return undefined;
    throw usage("--java is for TLC and needs --tla2tools, the path of a tla2tools.jar");
  }
  const java = given.java ?? environment["JAVA"] ?? "";
  // TLC is started in another folder.
  const tlc = { java: java.includes(sep) ? resolve(java) : java || "java", tla2tools: resolve(tla2tools) };
  const reason = whyTlcCannotRun(tlc);
  if (reason !== undefined) throw usage(`TLC cannot be run: ${reason}`);
  return tlc;
}

function usage(message: string): PmucheckError {
  return new PmucheckError("PMC104", message);
}
