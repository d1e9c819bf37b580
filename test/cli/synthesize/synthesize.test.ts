/**
 * `pmucheck synthesize` as users run it: statuses, documents, journals and edits of their own, in the smallest scenarios.
 */
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, describe, expect, test } from "vitest";

import type { SynthesisDocument, UnsatDocument } from "../../../src/trace/synthesis.js";
import { pmucheck } from "../../support/cli/command-line.js";

const folder = mkdtempSync(join(tmpdir(), "pmucheck-synthesize-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** An edit that does what stop-call does, at another price. */
const OWN = join(folder, "own.js");
writeFileSync(
  OWN,
  `import { changing } from "pmucheck";
import { armpmu_stop, isb } from "pmucheck/linux";

export const edits = [{
  name: "isb-in-stop",
  summary: "an isb at the end of armpmu_stop",
  inC: "armpmu_stop ends with an isb.",
  changes: [changing(armpmu_stop, function* (base, event, flags) {
    yield* base(event, flags);
    yield* isb();
  })],
  cost: { lines: 1, accesses: 1, fields: 0 },
}];
`,
);

/** With edits of one's own nothing is said of the sets that one would think of, which takes the time. */
function synthesize(...args: readonly string[]) {
  return pmucheck("synthesize", "--scenario", "kvm-overflow", "--edits", OWN, ...args);
}

function documentOf(stdout: string): SynthesisDocument {
  // What the program prints is a document of this version of it.
  return JSON.parse(stdout) as SynthesisDocument;
}

describe("the status of synthesize", () => {
  test("is 0 if a set passes, which may be the driver as it is", () => {
    const { status, stdout } = synthesize("--size", "1", "--json");
    const { minimal, edits } = documentOf(stdout);
    expect({ status, edits }).toEqual({ status: 0, edits: 43 });
    expect(minimal.map((set) => set.edits)).toEqual([[]]);
    expect(minimal[0]?.verified).toMatchObject({ newlyBroken: [], open: [] });
  });

  test("is 12 if none does: an absolute requirement counts where the driver breaks it, too", () => {
    const { status, stdout } = synthesize("--size", "1", "--require", "no-spurious-interrupt");
    expect(stdout).toContain("no set of at most 1 of 43 edits meets every");
    expect(status).toBe(12);
  });

  test("is 125 if time is over, and nothing is printed as if it were the end", () => {
    const { status, stdout, stderr } = synthesize("--for", "0.001s");
    expect({ status, stdout }).toEqual({ status: 125, stdout: "" });
    expect(stderr).toContain("nothing was kept: name a --journal to go on from");
  });

  test("is 129 for what is no safety property, no scenario, no edit", () => {
    expect(synthesize("--require", "eventually-delivered").stderr).toContain("PMC104");
    expect(synthesize("--explain-unsat", "nowhere/irq").stderr).toContain("PMC101");
    expect(pmucheck("synthesize", "--scenario", "docs/use/your-own/my-model.ts").stderr).toContain(
      "my-model.ts is a model with a driver of its own, and the edits are of Linux",
    );
    expect(pmucheck("check", "kvm-overflow", "--fix", `${OWN}:isb-in-strat`)).toMatchObject({
      status: 129,
      stderr: expect.stringContaining("PMC130") as unknown,
    });
  });
});

test("an edit of a file is found by --fix, as the output names it", () => {
  const fix = `${OWN}:isb-in-stop+stop-call`;
  const { status, stdout } = pmucheck("check", "kvm-overflow", "--fix", fix, "--json");
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ checks: [{ verdict: "holds", fix }] });
});

test("a journal goes on where it was, and refuses another search", () => {
  const journal = join(folder, "journal");
  const asked = ["--size", "1", "--json", "--require", "no-spurious-interrupt", "--journal", journal];
  const first = synthesize(...asked);
  const learnt = readFileSync(journal, "utf8");
  expect(learnt.split("\n").length).toBeGreaterThan(3);
  // What was being written when it was ended.
  appendFileSync(journal, '{"requirements":"');
  expect(synthesize(...asked)).toEqual(first);
  expect(readFileSync(journal, "utf8")).toBe(learnt);
  const other = synthesize(...asked, "--driver", "linux-7.3");
  expect(other).toMatchObject({ status: 129, stderr: expect.stringContaining("PMC153") as unknown });
});

test("threads make no difference: another order of the work, the same document", () => {
  const asked = ["--size", "1", "--json", "--require", "no-spurious-interrupt"];
  expect(synthesize(...asked, "--jobs", "3")).toEqual(synthesize(...asked, "--jobs", "1"));
});

describe("--explain-unsat", () => {
  const merge = ["--explain-unsat", "merge/irq:exactly-once"];

  test("proves that no edit changes anything", () => {
    const { status, stdout } = pmucheck("synthesize", ...merge);
    expect(stdout).toContain("NO set of these edits meets exactly-once in merge/irq, linux-6.5");
    expect(stdout).toContain("An execution of 8 steps breaks it, and no edit changes anything in it.");
    expect(status).toBe(12);
  });

  test("as JSON and Markdown: the same clause", () => {
    const { proof } = JSON.parse(pmucheck("synthesize", ...merge, "--json").stdout) as UnsatDocument;
    expect(proof).toEqual([{ drop: [], add: [], steps: 8 }]);
    const page = pmucheck("synthesize", ...merge, "--format", "markdown").stdout;
    expect(page).toContain("# Why no set of edits meets exactly-once in merge/irq, linux-6.5");
    expect(page).toContain("| 8 | nothing | nothing |");
  });

  test("names a set that meets it, if there is one", () => {
    const { status, stdout } = pmucheck("synthesize", "--explain-unsat", "kvm-overflow/irq:no-loss");
    expect(stdout).toBe("no-loss in kvm-overflow/irq, linux-6.5: no edit meets it\n");
    expect(status).toBe(0);
  });
});
