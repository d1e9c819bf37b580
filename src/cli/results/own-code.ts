/**
 * The user's own code in what a page is to show: files of scenarios, fixes, edits and properties, quick workloads, and C of
 * kernel trees.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { packageRoot } from "../../check/fingerprint.js";
import type { Target } from "../../check/target.js";
import { ownCodeIn, ownScript, type ModuleText } from "../../explorer/file/own-script.js";
import { Models } from "../../explorer/own/models.js";
import type { OwnTree } from "../../explorer/own/own-code.js";
import type { ErrorCode } from "../../spec/errors.js";
import type { Driver } from "../../spec/scenario.js";
import { editOfFile } from "../../trace/edit-name.js";
import { isFile } from "../arguments/is-file.js";
import { isPatchFile } from "../arguments/kernel.js";
import { loadUserFile } from "../arguments/user-file.js";
import { workloadModule } from "../workload/scenario.js";
import { isWorkload } from "../workload/workload.js";

const STAND_INS = ["prelude.h", "perf_event.h"];

/** The script for the page, and the models that it makes possible there. The files of the targets were loaded already. */
export async function ownCodeOf(
  targets: readonly Target[],
): Promise<{ readonly script: string; readonly models: Models }> {
  const files: Record<string, readonly ModuleText[]> = {};
  for (const [file, code] of targets.flatMap(filesOf)) {
    files[file] = (await loadUserFile(file, code)).modules;
  }
  for (const { name } of targets.map(({ scenario }) => scenario)) {
    if (isWorkload(name)) files[name] = [moduleOfWorkload(name)];
  }
  const trees = new Map(targets.flatMap(({ driver }) => treesOf(driver)));
  const script = ownScript({ files, trees: [...trees.values()] });
  return { script, models: new Models(ownCodeIn(script)) };
}

/** With the code under which each was loaded. */
function filesOf({ scenario, driver, property }: Target): (readonly [string, ErrorCode])[] {
  const parts = (driver.fix?.name ?? "").split("+").filter((part) => part !== "" && !isPatchFile(part));
  const fixes = parts.map((part) => editOfFile(part)?.file ?? part);
  return [
    ...(scenario.text === undefined ? [] : [[scenario.name, "PMC137"] as const]),
    ...fixes.filter((part) => isFile(part)).map((part) => [part, "PMC133"] as const),
    ...(isFile(property.name) ? [[property.name, "PMC138"] as const] : []),
  ];
}

function moduleOfWorkload(name: string): ModuleText {
  return { text: workloadModule(name), needs: {}, given: ["exports", "require"] };
}

function treesOf({ name, base, source, fix }: Driver): (readonly [string, OwnTree])[] {
  if (source === undefined || base === null) return [];
  const patches = (fix?.name ?? "").split("+").filter((part) => isPatchFile(part));
  const texts = source.report().files.map((file) => [file, source.lines?.(file)?.join("\n") ?? ""] as const);
  const standIns = STAND_INS.map((file) => [file, textOfStandIn(file)] as const);
  const tree: OwnTree = {
    driver: name,
    patches,
    base,
    texts: Object.fromEntries(texts),
    standIns: Object.fromEntries(standIns),
  };
  return [[[name, ...patches].join("\0"), tree]];
}

function textOfStandIn(file: string): string {
  return readFileSync(join(packageRoot(), "models/linux/c", file), "utf8");
}
