/**
 * Checkpoints on the command line: when a check is to stop, where it leaves its checkpoint, and what one says there is
 * to check.
 */
import { accessSync, constants } from "node:fs";
import { basename, dirname, parse } from "node:path";

import { PmucheckError } from "../../../spec/errors.js";
import type { Scenario } from "../../../spec/scenario.js";
import { configure } from "../../../spec/parameter.js";
import { openCheckpoint, type Checkpoint } from "../../../check/checkpoint/file.js";
import { fingerprint } from "../../../check/fingerprint.js";
import { subjectOf, textsOf, type Target } from "../../../check/target.js";
import { scenarioNamed } from "../../arguments/catalogue.js";
import { driverFor, propertyFor } from "../../arguments/choices.js";
import { driverWithFixes } from "../../arguments/fixes.js";
import { settingsOf } from "../../arguments/parameter-settings.js";
import { mustBeTrusted } from "../../arguments/trust.js";
import { version } from "../../version.js";
import { isWorkload } from "../../workload/workload.js";

/** What was said of the subject beside --resume; undefined where nothing was. */
export interface Restated {
  readonly scenario: readonly string[];
  readonly driver: string | undefined;
  readonly fix: string | undefined;
  readonly property: string | undefined;
  readonly irq: string | undefined;
  readonly set: readonly string[];
}

/** The hash is in the name, so that a check overwrites no checkpoint but its own. */
export function defaultCheckpoint(target: Target): string {
  return `pmucheck-${fileNameOf(target.scenario)}-${hashOf(target)}.checkpoint`;
}

/** What of the scenario's name is fit for a file's. */
function fileNameOf({ name, text }: Scenario): string {
  if (isWorkload(name)) return "workload";
  const { base, ext } = parse(name);
  return text === undefined ? base : basename(base, ext);
}

export function hashOf(target: Target): string {
  return fingerprint(subjectOf(target), textsOf(target));
}

/** Throws PMC154 if no file can be made beside `file`: better now than when there is something to lose. */
export function mustBeWritable(file: string): void {
  try {
    accessSync(dirname(file), constants.W_OK);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new PmucheckError("PMC154", `cannot write ${file}: ${reason}`);
  }
}

/**
 * Opens the checkpoint in a file and finds what it is of.
 * Throws what openCheckpoint does, PMC104 for options that contradict it, PMC116 for a file of code that nobody trusts, PMC153
 * if it is of another model.
 */
export async function resumed(
  file: string,
  restated: Restated,
  trust: boolean,
): Promise<{ readonly checkpoint: Checkpoint; readonly target: Target }> {
  const checkpoint = openCheckpoint(file);
  try {
    mustAgree(checkpoint, file, restated);
    const { scenario, fix, property } = restated;
    mustBeTrusted(file, checkpoint.subject, { trust, named: [...scenario, fix, property] });
    if (checkpoint.pmucheck !== version) {
      throw foreign(file, `pmucheck ${checkpoint.pmucheck} made it, and this is ${version}`);
    }
    const target = await targetOf(checkpoint, file);
    const hash = hashOf(target);
    if (checkpoint.hash === hash) return { checkpoint, target };
    throw foreign(
      file,
      `its models have the hash ${checkpoint.hash}, and those here ${hash}: they were changed`,
    );
  } catch (error) {
    checkpoint.close();
    throw error;
  }
}

async function targetOf({ subject }: Checkpoint, file: string): Promise<Target> {
  try {
    const scenario = await scenarioNamed(subject.scenario);
    const settings = Object.entries(subject.config).map(([name, value]): [string, string] => [
      name,
      String(value),
    ]);
    return {
      scenario,
      driver: await driverWithFixes(driverFor(scenario, subject.driver), subject.fix),
      property: await propertyFor(scenario, subject.property),
      configuration: configure(scenario.parameters, Object.fromEntries(settings)),
    };
  } catch (error) {
    // The user named none of them.
    if (error instanceof PmucheckError) throw foreign(file, error.message);
    throw error;
  }
}

function foreign(file: string, why: string): PmucheckError {
  return new PmucheckError("PMC153", `${file} belongs to another model or version: ${why}`);
}

/** Said again is fine; said otherwise is another check. */
function mustAgree({ subject }: Checkpoint, file: string, restated: Restated): void {
  const { scenario, driver, fix, property } = restated;
  const said: (readonly [string, string | undefined, string | undefined])[] = [
    ...scenario.map((name) => ["SCENARIO", name, subject.scenario] as const),
    ["--driver", driver, subject.driver],
    ["--fix", fix, subject.fix],
    ["--property", property, subject.property],
    ...Object.entries(settingsOf(restated)).map(
      ([name, value]) => [`--set ${name}`, value, String(subject.config[name] ?? "not there")] as const,
    ),
  ];
  for (const [option, here, there] of said) {
    if (here === undefined || here === there) continue;
    throw new PmucheckError(
      "PMC104",
      `${option} ${here} contradicts ${file}, in which it is ${there ?? "not given"}: leave it out`,
    );
  }
}
