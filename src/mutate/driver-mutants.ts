/**
 * Mutants of the driver: one access or call of one kernel function is dropped, repeated, or swapped with the next one.
 *
 * * drop: the function goes on without the access. Only where no recorded run depends on the result, so that no result
 *   has to be invented.
 * * repeat: the access is made twice; the function gets the second result.
 * * swap: the access is made after the next shared access or call. Only where its result is not used.
 *
 * An access that only reads is not dropped, because it has no effect but its result. It is not repeated either: the second
 * read gives the same value, or a value that the unchanged system reads in another execution. Private operations are not
 * mutated: they load what cannot change, or tell the properties something.
 */
import type { Kernel, Request } from "../spec/kernel-function.js";
import { keyOf } from "../spec/value.js";
import type { Mutant, MutantKind } from "./mutant.js";
import type { Recorder, Transcript } from "./recording.js";
import { withBodies, type Body } from "./rewrite.js";
import { isSameRequest, isShared, requestName, showRequest, showSite, type Site } from "./site.js";

/** The mutants of these functions at the sites that the recorded cells reach, in the order of the functions. */
export function driverMutants(
  recorder: Recorder,
  bodies: ReadonlyMap<string, Body>,
  functions: readonly string[],
): Mutant[] {
  return functions.flatMap((name) => {
    const body = bodies.get(name);
    const transcripts = [...(recorder.transcripts.get(name)?.values() ?? [])];
    if (body === undefined) return [];
    return sitesOf(name, transcripts).flatMap((site) => mutantsAt(recorder, body, transcripts, site));
  });
}

/** The place of a site in a transcript. */
interface Visit {
  readonly transcript: Transcript;
  readonly at: number;
}

function mutantsAt(recorder: Recorder, body: Body, transcripts: readonly Transcript[], site: Site): Mutant[] {
  const visits = transcripts.flatMap((transcript) => visitOf(transcript, site));
  const exchange = visits[0]?.transcript.exchanges[visits[0].at];
  if (exchange === undefined || recorder.onlyReads(exchange.request)) return [];
  const unused = visits.every((visit) => isUnused(body, visit));
  const overtakers = unused ? [...new Set(visits.flatMap(overtakerOf))] : [];
  const example = showRequest(exchange.request, exchange.result);
  const cells =
    recorder.reached.get(site.function)?.get(`${site.name} #${site.occurrence}`) ?? new Set<string>();
  const mutant = (kind: MutantKind, text: string): Mutant => ({
    name: `${kind} ${showSite(site)}`,
    kind,
    of: "driver",
    place: site.function,
    text: `${text}, e.g. ${example}`,
    cells,
    apply: (system) =>
      withBodies(system, (name, original) =>
        name === site.function ? (args) => MISTAKES[kind](original(args), site) : undefined,
      ),
  });
  return [
    ...(unused ? [mutant("drop", "left out")] : []),
    mutant("repeat", "done twice"),
    ...(overtakers.length > 0 ? [mutant("swap", `done after ${overtakers.join(" or ")}`)] : []),
  ];
}

/** The sites of the shared requests of all runs, in the order of their first visit. */
function sitesOf(name: string, transcripts: readonly Transcript[]): Site[] {
  const sites = new Map<string, Site>();
  for (const { exchanges } of transcripts) {
    const times = new Map<string, number>();
    for (const { request } of exchanges) {
      const what = requestName(request);
      const site = { function: name, name: what, occurrence: (times.get(what) ?? 0) + 1 };
      times.set(what, site.occurrence);
      if (isShared(request)) sites.set(showSite(site), site);
    }
  }
  return [...sites.values()];
}

function visitOf(transcript: Transcript, { name, occurrence }: Site): Visit[] {
  let times = 0;
  const at = transcript.exchanges.findIndex(
    ({ request }) => requestName(request) === name && ++times === occurrence,
  );
  return at < 0 ? [] : [{ transcript, at }];
}

/** Does the function do the same without the result of the visit? Runs it again to find out. */
function isUnused(body: Body, { transcript, at }: Visit): boolean {
  const { exchanges, end } = transcript;
  if (exchanges[at]?.result === undefined) return true;
  try {
    const run = body(transcript.arguments);
    let next = run.next();
    for (const [i, { request, result }] of exchanges.entries()) {
      if (next.done === true || !isSameRequest(next.value, request)) return false;
      next = run.next(i === at ? undefined : result);
    }
    if (next.done !== true) return "kind" in end && isSameRequest(next.value, end);
    return "value" in end && keyOf(next.value) === keyOf(end.value);
  } catch {
    // The function throws without the result, so it uses the result.
    return false;
  }
}

/** The name of the request that a swap makes first, if that is another request. */
function overtakerOf({ transcript: { exchanges }, at }: Visit): string[] {
  const held = exchanges[at]?.request;
  const next = exchanges.slice(at + 1).find(({ request }) => isShared(request))?.request;
  return held === undefined || next === undefined || isSameRequest(held, next) ? [] : [requestName(next)];
}

/** By kind of mutant: the body of a function with the mistake at a site. */
const MISTAKES: Readonly<Record<MutantKind, (body: Kernel<unknown>, site: Site) => Kernel<unknown>>> = {
  *drop(body, site) {
    const isHere = matcher(site);
    let next = body.next();
    while (next.done !== true) next = body.next(isHere(next.value) ? undefined : yield next.value);
    return next.value;
  },

  *repeat(body, site) {
    const isHere = matcher(site);
    let next = body.next();
    while (next.done !== true) {
      const request = next.value;
      if (isHere(request)) yield request;
      next = body.next(yield request);
    }
    return next.value;
  },

  *swap(body, site) {
    const isHere = matcher(site);
    let held: Request | undefined;
    let next = body.next();
    while (next.done !== true) {
      const request = next.value;
      if (isHere(request)) {
        held = request;
        next = body.next(undefined);
        continue;
      }
      if (held !== undefined && request.kind === "become") {
        yield held;
        held = undefined;
      }
      const result = yield request;
      if (held !== undefined && isShared(request)) {
        yield held;
        held = undefined;
      }
      next = body.next(result);
    }
    if (held !== undefined) yield held;
    return next.value;
  },
};

/** A test for the request of a site. It counts, so it must see every request of one run, in order. */
function matcher({ name, occurrence }: Site): (request: Request) => boolean {
  let times = 0;
  return (request) => requestName(request) === name && ++times === occurrence;
}
