/**
 * Results of jobs of a matrix, kept from one run to the next (docs/internals/result-store.md).
 *
 * A job is found by everything its verdicts depend on. For a driver with fixes there are two more ways: the result without the
 * fixes is theirs too if every kernel function that was asked in it answers the same with them; and so is the result of the fix
 * as it was before it was edited.
 */
import { createHash } from "node:crypto";

import type { Machine } from "../../runtime/machine.js";
import type { Driver } from "../../spec/scenario.js";
import { keyOf } from "../../spec/value.js";
import type { CheckDocument, TraceDocument } from "../../trace/document.js";
import type { ChecksRequest } from "../request.js";
import { fingerprint } from "../fingerprint.js";
import { subjectOf, textsOf, type Target } from "../target.js";
import { preambleOf } from "../verdict/preamble.js";
import { EntryFolder } from "./folder.js";
import { answersAsSaid, answersTheSame, askedOf, operationsOf, withAnswers, type Asked } from "./ran.js";

/** Of entries and keys: another one is another question. */
const FORMAT = 2;
const MAX_BYTES = 512 * 2 ** 20;

/** What the package ships, whose text is in the program's digest. */
export interface Shipped {
  readonly drivers: readonly object[];
  readonly scenarios: readonly object[];
  readonly properties: readonly object[];
  readonly witnesses: readonly object[];
}

export interface StoreOptions {
  /** Where the entries are. */
  readonly folder: string;
  /** What identifies the program that runs (program.ts). */
  readonly program: string;
  readonly shipped: Shipped;
}

interface Entry {
  readonly checks: readonly CheckDocument[];
  /** Undefined if that could not be kept. */
  readonly asked: readonly Asked[] | undefined;
}

/** An entry that says what was asked. */
type AskedEntry = Entry & { readonly asked: readonly Asked[] };

/** Decided for good: what a bound or a fault ended is not kept. */
const DECIDED: readonly string[] = ["violated", "holds", "vacuous"];

export class ResultStore {
  readonly #entries: EntryFolder;
  readonly #program: string;
  readonly #shipped: Shipped;

  constructor({ folder, program, shipped }: StoreOptions) {
    this.#entries = new EntryFolder(folder, MAX_BYTES);
    this.#program = program;
    this.#shipped = shipped;
  }

  /**
   * The verdicts that the request would come to, marked as stored; undefined if it has to be explored.
   * @param base the driver without its fixes
   */
  find(request: ChecksRequest, base: Driver): readonly CheckDocument[] | undefined {
    const key = this.#keyOf(request, base);
    if (key === undefined) return undefined;
    const found = this.#entry(key, request);
    if (found !== undefined) return found.checks.map((check) => stored(check, request));
    const checks = isOnlyChangedIn(request, base) ? this.#checksOfOther(request, base) : undefined;
    return checks?.map((check) => stored(check, request));
  }

  /** The verdicts of the driver, or of the fix as it was, if the fix answers the same. */
  #checksOfOther(request: ChecksRequest, base: Driver): readonly CheckDocument[] | undefined {
    const without = this.#askedOfBase(request, base);
    if (without === undefined) return undefined;
    const { functions: table, fix } = request.driver;
    const fixed = { table, anew: fix?.anew };
    if (answersTheSame(without.asked, base.functions, fixed)) return without.checks;
    const latest = this.#latestKeyOf(request, base);
    const before = latest === undefined ? undefined : this.#entry(latest, request);
    if (before?.asked === undefined) return undefined;
    const operations = operationsOf(without.asked, base.functions);
    const isTheSame = answersAsSaid(before.asked, { driver: base.functions, fixed, operations });
    return isTheSame ? before.checks : undefined;
  }

  /** What is known of the driver without its fixes. */
  #askedOfBase(request: ChecksRequest, base: Driver): AskedEntry | undefined {
    const key = this.#keyOf({ ...request, driver: base }, base);
    const known = key === undefined ? undefined : this.#entry(key, request);
    return known?.asked === undefined ? undefined : { ...known, asked: known.asked };
  }

  /** Keeps what a request came to. `machine` gives the one that was explored. */
  keep(request: ChecksRequest, base: Driver, checks: readonly CheckDocument[], machine: () => Machine): void {
    const key = this.#keyOf(request, base);
    if (key === undefined || !checks.every(({ verdict }) => DECIDED.includes(verdict))) return;
    const entry: Entry = { checks, asked: askedOf(machine().asked()) };
    this.#entries.write(key, entry);
    const latest = this.#latestKeyOf(request, base);
    const without = latest === undefined ? undefined : this.#askedOfBase(request, base);
    if (latest === undefined || without === undefined || entry.asked === undefined) return;
    const [driver, table] = [base.functions, request.driver.functions];
    const operations = operationsOf(without.asked, driver);
    const asked = withAnswers(entry.asked, { driver, table, operations });
    this.#entries.write(latest, { checks, asked } satisfies Entry);
  }

  /** Makes room: to be called once, at the end of a run. */
  trim(): void {
    this.#entries.trim();
  }

  /** An entry that was explored within the request's bound. */
  #entry(key: string, { maxStates }: ChecksRequest): Entry | undefined {
    // Its digest, which the key is part of, says that write() wrote it.
    const entry = this.#entries.read(key) as Entry | undefined;
    return entry?.checks.every(({ states }) => states < maxStates) === true ? entry : undefined;
  }

  /** Of a fix in a file, whatever its text: what it came to the last time. Undefined for any other. */
  #latestKeyOf(request: ChecksRequest, base: Driver): string | undefined {
    const { fix } = request.driver;
    if (fix?.anew === undefined || !isOnlyChangedIn(request, base)) return undefined;
    const latest = { ...fix, text: `the latest ${fix.name}` };
    return this.#keyOf({ ...request, driver: { ...request.driver, fix: latest } }, base);
  }

  /** Undefined for a request about something of which this store knows no text: a kernel tree, a driver of the user's. */
  #keyOf(request: ChecksRequest, base: Driver): string | undefined {
    const { scenario, driver, configuration, properties, witnesses, shortest, relevantOnly } = request;
    const { reduction, audit } = request;
    const shipped = this.#shipped;
    const isKnown =
      shipped.drivers.includes(base) &&
      driver.source === undefined &&
      (scenario.text !== undefined || shipped.scenarios.includes(scenario)) &&
      properties.every((property) => property.text !== undefined || shipped.properties.includes(property)) &&
      witnesses.every((witness) => shipped.witnesses.includes(witness));
    if (!isKnown) return undefined;
    const question = [
      FORMAT,
      this.#program,
      process.version,
      [scenario.name, scenario.text],
      base.name,
      driver.fix?.text,
      configuration,
      properties.map(({ name, text }) => [name, text]),
      witnesses.map(({ name }) => name),
      [shortest, relevantOnly, reduction, audit],
    ];
    return createHash("sha256").update(keyOf(question)).digest("hex");
  }
}

/**
 * Does the driver differ from its base in nothing but what its functions do? A fix may add state, and a scenario of the
 * user's may look at the functions while it builds the system.
 */
function isOnlyChangedIn({ driver, scenario }: ChecksRequest, base: Driver): boolean {
  const isSameState = (driver.state?.length ?? 0) === (base.state?.length ?? 0);
  return driver.fix !== undefined && isSameState && scenario.text === undefined;
}

/** The document as one of this request: it may have been made for a driver with another fix, or none. */
function stored(check: CheckDocument, request: ChecksRequest): CheckDocument {
  const { properties, ...rest } = request;
  const property = properties.find(({ name }) => name === check.property);
  if (property === undefined)
    throw new Error(`a stored verdict of ${check.property}, which was not asked for`);
  const target: Target = { ...rest, property };
  const { fix: _, trace, ...others } = check;
  return {
    ...others,
    ...preambleOf(target),
    ...(trace === undefined ? {} : { trace: tracedAs(target, trace) }),
    stored: true,
  };
}

function tracedAs(target: Target, trace: TraceDocument): TraceDocument {
  const { fix: _, ...others } = trace;
  const subject = subjectOf(target);
  return { ...others, ...subject, hash: fingerprint(subject, textsOf(target)) };
}
