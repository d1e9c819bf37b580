/**
 * What `pmucheck verify` asks, and the matrices that answer it: the driver as it is, and with each fix.
 */
import { combinations, fixes } from "../../../../models/fixes/catalogue.js";
import { exploreFixes, type ExploredFixes, type NamedFix } from "../../../check/matrix/verify-fix.js";
import { PmucheckError } from "../../../spec/errors.js";
import type { Driver } from "../../../spec/scenario.js";
import { defaultDriver, driverNamed, scenarios, scenariosNamed } from "../../arguments/catalogue.js";
import { driverFor } from "../../arguments/choices.js";
import { fixedDriver, fixesNamed } from "../../arguments/fixes.js";
import { LARGE_SCENARIOS } from "../../arguments/large-scenarios.js";
import type { VerifyQuestion } from "../../matrix/part.js";
import type { MatrixChoice } from "../../matrix/plan.js";
import { runMatrices, withoutTraces } from "../../matrix/pool.js";
import type { AnswerTasks } from "../../matrix/processes.js";
import { CellProgress } from "../../matrix/progress.js";
import { jobsOfFixes, type Shard } from "../../matrix/shard.js";
import { interruptedText } from "../../matrix/run.js";
import { storeFolder } from "../../matrix/store.js";
import { Interrupted, type Interruption } from "../../thread/interruption.js";
import { seriesOf } from "./series.js";

/** What is verified, and in which cells. */
export interface VerifySubject {
  /** Undefined for all shipped fixes. */
  readonly fix: string | undefined;
  /** Empty for all. */
  readonly scenario: readonly string[];
  /** Undefined for the default, of a model its first. */
  readonly driver: string | undefined;
  readonly irq: string | undefined;
  readonly property: string | undefined;
  readonly maxStates: number;
  readonly quick: boolean;
  /** A series of patches is judged as one, not patch by patch. */
  readonly whole: boolean;
}

/** How that is explored. */
export interface VerifyRun {
  readonly answer: AnswerTasks;
  readonly interruption: Interruption;
  readonly cache: boolean;
  readonly progress: boolean;
  /** Undefined for all of it. */
  readonly shard: Shard | undefined;
}

/** Throws what the names do, and PMC104 if nothing is left to verify. */
export async function questionOf(asked: VerifySubject): Promise<VerifyQuestion> {
  const { fix, scenario, irq, property, maxStates, quick, whole } = asked;
  const { base, left } = await subjectOf(asked);
  const series = fix === undefined || whole ? [] : seriesOf(fix);
  const single = series.length === 0 && fix !== undefined ? [fix] : series.map((step) => step.fix);
  const names = fix === undefined ? ranked(irq) : single;
  return {
    command: "verify",
    all: fix === undefined,
    fixes: await Promise.all(names.map((name) => namedFix(base, name))),
    subjects: series.map(({ subject }) => subject),
    driver: base.name,
    scenario,
    left,
    irq,
    property,
    quick,
    maxStates,
  };
}

/** A fix that is booted in another mode than the one asked for is not among them. */
function ranked(irq: string | undefined): readonly string[] {
  return [...fixes.map(({ name }) => name), ...combinations].filter((name) => {
    const mode = fixes.find((fix) => fix.name === name)?.settings?.["irq"];
    return irq === undefined || mode === undefined || mode === irq;
  });
}

async function namedFix(driver: Driver, named: string): Promise<NamedFix> {
  const parts = await fixesNamed(named);
  const every = (words: "claims" | "assumes") => [...new Set(parts.flatMap(({ fix }) => fix[words]))];
  const booted = fixedDriver(driver, named, parts).fix?.settings["irq"];
  return { named, claims: every("claims"), assumes: every("assumes"), booted };
}

/** The driver that is fixed, of a model one of its own, and the scenarios that --quick leaves out. */
async function subjectOf({ fix, scenario, driver, quick }: VerifySubject) {
  const asked = scenariosAsked(scenario);
  const model = (await scenariosNamed(asked)).find(({ own }) => own !== undefined);
  if (model !== undefined && fix === undefined) {
    throw new PmucheckError(
      "PMC104",
      `--all ranks the fixes that pmucheck ships, which change Linux: name a fix of ${model.name}`,
    );
  }
  const left = quick ? asked.filter((name) => LARGE_SCENARIOS.includes(name)) : [];
  if (left.length === asked.length) {
    throw new PmucheckError("PMC104", `--quick leaves out ${left.join(", ")}, and nothing is left to verify`);
  }
  const base = model === undefined ? driverNamed(driver ?? defaultDriver.name) : driverFor(model, driver);
  return { base, left };
}

function scenariosAsked(scenario: readonly string[]): readonly string[] {
  return scenario.length === 0 ? scenarios.map(({ name }) => name) : scenario;
}

/**
 * Runs the matrices of the question, or the part of them that is asked for. Throws {@link Interrupted} if not all of it was
 * run: a fix is not judged by the cells that happen to be there.
 */
export function explored(question: VerifyQuestion, run: VerifyRun): Promise<ExploredFixes> {
  const { fixes: named, all, driver, property, scenario, left, maxStates } = question;
  const chosen = scenariosAsked(scenario).filter((name) => !left.includes(name));
  const choice = { scenario: chosen, driver, property, settings: {}, maxStates };
  const part = run.shard === undefined ? undefined : jobsOfFixes(run.shard, named.length);
  const request = { fixes: named, irq: question.irq, maxStates };
  return exploreFixes(request, async (wanted, limitOf) => {
    const isBase = wanted.every(({ fix }) => fix === undefined);
    const line = new CellProgress(run.progress);
    const made = await runMatrices(
      wanted.map((of): MatrixChoice => ({ ...choice, ...of })),
      {
        answer: run.answer,
        store: run.cache ? storeFolder() : undefined,
        takes: isBase ? part?.base : part?.fixed,
        // The traces of these are not shown.
        ...(all || isBase ? { keep: withoutTraces } : {}),
        ...(limitOf === undefined ? {} : { limitOf }),
        ...line.option,
      },
    );
    line.clear();
    const unanswered = made[0]?.left ?? 0;
    if (unanswered > 0) throw new Interrupted(interruptedText(unanswered, run.cache));
    // Nor by those without an internal error.
    const internal = made.flatMap((matrix) => matrix.internal);
    if (internal.length > 0) throw new Error(internal.join("\n"));
    return made;
  });
}
