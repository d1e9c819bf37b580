/**
 * `npm run real-kernel`: pmucheck's predictions beside what Debian's own arm64 kernels do in an emulated machine.
 *
 *   npm run real-kernel                                   both kernels of Debian, all scenarios, five or six fixes
 *   npm run real-kernel -- --kernel 6.1 --scenario one-cpu --fix none --fix task-work
 *   npm run real-kernel -- --kernel 6.1-nmi               a kernel with pseudo-NMIs, which is built before
 *   npm run real-kernel -- --seed 7                       other gaps between what happens to the task
 *   npm run real-kernel -- --folder PATH                  where packages are kept; ~/.cache/pmucheck/real-kernel
 *   npm run real-kernel -- --kernel 6.1 --scenario one-cpu --record LOG   what an unmodified kernel does, for `conform`
 *   npm run real-kernel -- --probe                        what `pmucheck probe` counts, beside what the ring buffer lost
 *
 * Nothing is installed and nothing of the host is changed; docs/use/real-kernel.md says what is needed and what it shows.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { EXIT } from "../../src/cli/exit-status.js";
import { PROBE_SCRIPT } from "../../src/probe/script.js";
import { PmucheckError } from "../../src/spec/errors.js";
import { boot, type GuestArguments } from "./boot.js";
import { buildGuest } from "./build.js";
import { judgement, type Cell } from "./cells.js";
import { measured } from "./flaws.js";
import { isReady, prepare } from "./kernels.js";
import { whyNotHere } from "./machine.js";
import { realKernelOptions, type Options } from "./options.js";
import { Apt, type Unpacked } from "./packages.js";
import { predicted } from "./prediction.js";
import { probeRowsOf, probeTable, type ProbeRow } from "./probe.js";
import { RECORDING_CPUS, recordedLog, recordingOf } from "./recording.js";
import { realKernelTable } from "./report.js";
import { runsOf } from "./results.js";
import { batchesFor, type Batch, type Kernel } from "./subjects.js";

function main(): void {
  const options = realKernelOptions(process.argv.slice(2));
  const builds = options.kernels.some((one) => one.image === undefined && !isReady(one, options.folder));
  const reason = whyNotHere(builds);
  if (reason !== undefined) {
    say(`real-kernel: cannot be run here: ${reason}`);
    process.exitCode = EXIT.usage;
    return;
  }
  mkdirSync(options.folder, { recursive: true });
  const apt = new Apt(options.folder);
  if (options.record !== undefined) return record(apt, options, options.record);
  if (options.probe) {
    const rows = options.kernels.flatMap((kernel) => probeRows(apt, kernel, options));
    process.stdout.write(`${probeTable(rows)}\n`);
    return;
  }
  const cells = options.kernels.flatMap((kernel) => cellsOf(apt, kernel, options));
  process.stdout.write(`${realKernelTable(cells)}\n`);
  process.exitCode = cells.some((cell) => judgement(cell) === "DIFFERS") ? EXIT.violated : EXIT.holds;
}

function cellsOf(apt: Apt, kernel: Kernel, options: Options): readonly Cell[] {
  const unpacked = prepare(apt, kernel, options.folder, say);
  say(`real-kernel: building the guest of ${unpacked.upstream} (Debian ${unpacked.release})`);
  const archive = buildGuest(unpacked, options.folder, []);
  return batchesFor(kernel).flatMap((batch) => {
    const wanted = batch.scenarios.filter((name) => options.scenarios.includes(name));
    if (wanted.length === 0) return [];
    const fixes = options.fixes ?? batch.fixes;
    const under = fixes.length === 1 ? fixes.join("") : `${fixes.length} fixes`;
    say(`real-kernel: booting ${titleOf(unpacked)}: ${wanted.join(", ")} under ${under}`);
    const console = boot(unpacked, archive, argumentsOf(batch, wanted, fixes, options.seed));
    say(`real-kernel: predicting the same by pmucheck, ${kernel.driver}, ${kernel.interrupts}, lag=0`);
    return runsOf(console).map((run) => ({
      kernel: titleOf(unpacked),
      scenario: run.scenario,
      fix: run.fix,
      predicted: predicted(kernel, { ...run, excludesKernel: batch.excludesKernel }),
      measured: measured(run),
    }));
  });
}

/** The script of `pmucheck probe` in a guest whose module only counts. */
function probeRows(apt: Apt, kernel: Kernel, options: Options): readonly ProbeRow[] {
  const unpacked = prepare(apt, kernel, options.folder, say);
  const script = join(options.folder, "probe.sh");
  if (!existsSync(script) || readFileSync(script, "utf8") !== PROBE_SCRIPT)
    writeFileSync(script, PROBE_SCRIPT);
  const archive = buildGuest(unpacked, options.folder, [script]);
  return batchesFor(kernel).flatMap((batch) => {
    const wanted = batch.scenarios.filter((name) => options.scenarios.includes(name));
    if (wanted.length === 0) return [];
    say(`real-kernel: probing ${titleOf(unpacked)}: ${wanted.join(", ")}`);
    const given = argumentsOf(batch, wanted, ["none"], options.seed);
    return probeRowsOf(titleOf(unpacked), boot(unpacked, archive, { ...given, script: "/probe.sh" }));
  });
}

function argumentsOf(
  { period, milliseconds, excludesKernel }: Batch,
  scenarios: readonly string[],
  fixes: readonly string[],
  seed: number,
): GuestArguments {
  return {
    fixes: fixes.join(","),
    scenarios: scenarios.join(","),
    period,
    ms: milliseconds,
    exclude_kernel: excludesKernel ? 1 : 0,
    seed,
  };
}

/** As the table names a kernel. */
function titleOf({ kernel, upstream }: Unpacked): string {
  if (kernel.image !== undefined) return upstream;
  return `${upstream} own, ${kernel.interrupts}`;
}

/** A log of the kernel as it was shipped, without the module. */
function record(apt: Apt, options: Options, file: string): void {
  for (const kernel of options.kernels) {
    const unpacked = prepare(apt, kernel, options.folder, say);
    const archive = buildGuest(unpacked, options.folder, []);
    const [scenario = ""] = options.scenarios;
    say(`real-kernel: recording ${scenario} on ${unpacked.upstream}`);
    const console = boot(unpacked, archive, recordingOf(scenario, options.seed), RECORDING_CPUS);
    writeFileSync(file, recordedLog(console, { scenario, ...unpacked }));
  }
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

try {
  main();
} catch (error) {
  if (error instanceof PmucheckError) {
    say(`real-kernel: ${error.code}: ${error.message}`);
    process.exitCode = EXIT.usage;
  } else if (error instanceof Error) {
    say(`real-kernel: ${error.message}`);
    process.exitCode = EXIT.error;
  } else throw error;
}
