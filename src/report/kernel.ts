/** What was taken from a kernel tree, as text: part of every verdict about one. */
import type { SourceLine } from "../spec/kernel-function.js";
import type { DriverSource, KernelReport } from "../spec/scenario.js";
import type { CheckDocument } from "../trace/document.js";
import type { Entry, Part } from "./lists.js";

/** A head and its text, per line. */
export function kernelLines(report: KernelReport): readonly (readonly [head: string, text: string])[] {
  const { folder, version, base, digest, files, functions, kept, ownState, patches } = report;
  const linux = version === null ? "no version said" : `Linux ${version}`;
  return [
    [
      "Kernel:",
      `${folder} (${linux}), digest ${digest}; perf's core, scheduler and hardware are those of ${base}`,
    ],
    ["C:", `${functions.length} functions of ${files.filter((file) => file.endsWith(".c")).join(", ")}`],
    ["Kept from the model:", kept.length === 0 ? "nothing" : kept.join(", ")],
    ...(ownState.length === 0 ? [] : [["State of its own:", ownState.join(", ")] as const]),
    ...patches.map(({ name, digest: of }) => ["Patch:", `${name}, digest ${of}`] as const),
    ...notVerified(report),
  ];
}

/** What a patch changes and no check has looked at. */
export function notVerified(report: KernelReport): readonly (readonly [head: string, text: string])[] {
  const { notVerified: files, addedLines, neverRan, patches } = report;
  if (patches.length === 0) return [];
  return [
    ...(files.length === 0 ? [] : [["NOT VERIFIED:", `patched, but not read: ${files.join(", ")}`] as const]),
    [
      "Added lines:",
      addedLines === 0
        ? "none with code on it"
        : neverRan.length === 0
          ? `all ${addedLines} with code on them ran`
          : `${neverRan.length} of ${addedLines} with code on them NEVER RAN: ${neverRan.map(short).join(", ")}`,
    ],
  ];
}

/** All that there is to say of a tree before anything was checked. */
export function kernelEntry(summary: string, { contents, report }: DriverSource): Entry {
  const made = report();
  const { base, digest, files, folder, functions, kept, notVerified: unread, ownState, patches } = made;
  const { callbacks } = contents;
  const inFile = (file: string) => contents.functions.filter(({ at }) => at.file === file);
  return {
    name: folder,
    short: `${summary}; digest ${digest}`,
    parts: [
      { title: "Not of the tree", lines: [`perf's core, scheduler and hardware are those of ${base}`] },
      {
        title: "Files that are read; all other headers are stand-ins of pmucheck's own",
        lines: files.map((file) => [file, `functions: ${inFile(file).length}`] as const),
      },
      { title: "Functions of the driver that are kept from the model", lines: [kept.join(", ") || "none"] },
      ...partIfAny("State of its own", ownState),
      ...partIfAny(
        "Patches",
        patches.map(({ name, digest: of }) => `${name}, digest ${of}`),
      ),
      ...partIfAny("NOT VERIFIED: patched, but not read", unread),
      {
        title: "Callbacks, read off the init code, which is not run",
        lines: callbacks.map(({ member, function: to, at }) => [member, `${to}  ${placeOf(at)}`] as const),
      },
      {
        title: `${functions.length} functions are the tree's; (+) no kernel function of the model has this name`,
        lines: files.flatMap((file) =>
          inFile(file)
            .toSorted((a, b) => a.at.line - b.at.line)
            .map(({ name, at, isModelled }) => [placeOf(at), `${name}${isModelled ? "" : " (+)"}`] as const),
        ),
      },
    ],
    data: { kernel: { ...made, ...contents } },
  };
}

function partIfAny(title: string, lines: readonly string[]): readonly Part[] {
  return lines.length === 0 ? [] : [{ title, lines }];
}

function placeOf({ file, line }: SourceLine): string {
  return short(`${file}:${line}`);
}

function short(line: string): string {
  return line.split("/").at(-1) ?? line;
}

/** The report on several checks of one driver: a line ran if it did in any of them. */
export function togetherOf(checks: readonly Pick<CheckDocument, "kernel">[]): KernelReport | undefined {
  const reports = checks.flatMap(({ kernel }) => kernel ?? []);
  const [first] = reports;
  if (first === undefined) return undefined;
  return {
    ...first,
    neverRan: first.neverRan.filter((line) => reports.every(({ neverRan }) => neverRan.includes(line))),
  };
}
