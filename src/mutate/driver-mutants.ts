/**
 * Mutants of the driver: one access or call of one kernel function dropped, repeated, or swapped with the next.
 *
 * * drop: the function goes on without it. Only where no recorded run depends on its result, so that none has to be
 *   invented.
 * * repeat: it is asked twice; the function gets the second result.
 * * swap: it happens after the next access or call that others can see. Again only where its result is not used.
 *
 * What only reads is neither dropped (its result is all it is) nor repeated (the same value, or one that the system
 * without the mistake could have read as well: that it comes later is already explored). Private operations are left
 * alone: they are loads of what cannot change, and notes to the properties.
 */
import type { Kernel, Request } from "../spec/kernel-function.js";
import { keyOf } from "../spec/value.js";
import type { Mutant, MutantKind } from "./mutant.js";
import type { Recorder, Transcript } from "./recording.js";
import { withBodies, type Body } from "./rewrite.js";
import { isSameRequest, isShared, requestName, showRequest, showSite, type Site } from "./site.js";

/** The mutants of these functions that the recorded cells can tell anything about, in the order they are asked. */
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

/** A site's place in a transcript. */
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

/** Every shared request of every run, in the order in which runs meet them first. */
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

/** Would the function have gone on in the same way without the result? It is run again to see. */
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
    // The function could not do without the result: that is the answer.
    return false;
  }
}

/** The name of what comes before it in a swap, if that is something else. */
function overtakerOf({ transcript: { exchanges }, at }: Visit): string[] {
  const held = exchanges[at]?.request;
  const next = exchanges.slice(at + 1).find(({ request }) => isShared(request))?.request;
  return held === undefined || next === undefined || isSameRequest(held, next) ? [] : [requestName(next)];
}

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

/** True for the request of the site, when it comes. */
function matcher({ name, occurrence }: Site): (request: Request) => boolean {
  let times = 0;
  return (request) => requestName(request) === name && ++times === occurrence;
}
