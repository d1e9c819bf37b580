/**
 * What a search works with: edits, requirements, the journal and the time that is left.
 */
import { excuses } from "../../../../properties/excuses.js";
import { fingerprint } from "../../../check/fingerprint.js";
import { PmucheckError } from "../../../spec/errors.js";
import { configure } from "../../../spec/parameter.js";
import type { Property, SafetyProperty } from "../../../spec/property.js";
import type { Driver, Scenario } from "../../../spec/scenario.js";
import type { Cell } from "../../../synthesize/cell.js";
import { Journal, type JournalMatrix } from "../../../synthesize/journal.js";
import { Lattice, type EditSet } from "../../../synthesize/lattice.js";
import { requirementsOf, type BaseCell, type Requirements } from "../../../synthesize/requirements.js";
import { MOST_GROWTH, LEAST_STATES } from "../../../synthesize/judge.js";
import { cellsOf } from "../../../synthesize/whole-matrix.js";
import {
  driverNamed,
  edits as shipped,
  properties,
  propertyNamed,
  scenarios,
  scenariosNamed,
  shippedProperty,
  shippedScenario,
} from "../../arguments/catalogue.js";
import { editInFile, loadEditFile } from "../../arguments/edit-file.js";
import { DEFAULT_MAX_STATES, type ListFormat } from "../../arguments/options.js";
import { runMatrices, withoutTraces } from "../../matrix/pool.js";
import { byProcesses } from "../../matrix/processes.js";
import { CellProgress } from "../../matrix/progress.js";
import type { ExitStatus } from "../../exit-status.js";
import { Interruption } from "../../thread/interruption.js";
import { storeFolder } from "../../matrix/store.js";

export interface SynthesizeArguments {
  readonly driver: string;
  readonly edits: string | undefined;
  readonly required: readonly string[];
  /** Empty for all; `none` for none. */
  readonly kept: readonly string[];
  /** Empty for all. */
  readonly scenario: readonly string[];
  readonly size: number;
  readonly searchedStates: number;
  readonly verify: boolean;
  readonly journal: string | undefined;
  readonly seconds: number;
  readonly format: ListFormat;
  readonly progress: boolean;
  /** Processes of matrices, and threads of a search. */
  readonly jobs: number;
  /** Are results taken from the store, and kept there? */
  readonly cache: boolean;
}

/** What the property says of the driver, not of what it has to do. */
const DESCRIBES_THE_DRIVER = "recognisable";

interface Asked {
  readonly asked: readonly Scenario[];
}

export class Bench {
  readonly lattice: Lattice;
  readonly driver: Driver;
  readonly journal: Journal;
  readonly kept: readonly string[];
  readonly #scenarios: readonly Scenario[];
  readonly #args: SynthesizeArguments;
  readonly #interruption: Interruption;
  /** Settles when it is time to end. */
  readonly raised: Promise<void>;

  private constructor(args: SynthesizeArguments, of: Pick<Bench, "lattice" | "driver" | "journal"> & Asked) {
    this.driver = of.driver;
    this.lattice = of.lattice;
    this.journal = of.journal;
    this.#scenarios = of.asked;
    this.#args = args;
    this.#interruption = new Interruption(args.seconds);
    this.raised = this.#interruption.raised();
    this.kept = args.kept.includes("none") ? [] : args.kept.length > 0 ? args.kept : keptByDefault();
  }

  /** Throws PMC1xx for what the user got wrong, before anything is run. */
  static async of(args: SynthesizeArguments): Promise<Bench> {
    const driver = driverNamed(args.driver);
    const own = args.edits === undefined ? undefined : await loadEditFile(args.edits);
    const lattice = new Lattice([...shipped, ...(own?.edits ?? [])]);
    for (const name of [...args.required, ...args.kept.filter((one) => one !== "none")]) {
      mustBeSafety(await propertyNamed(name));
    }
    const hash = fingerprint(
      { scenario: "all", driver: driver.name, property: "all", config: {} },
      own === undefined ? [] : [own.text],
    );
    const names = lattice.edits.map(({ name }) => name);
    const journal = new Journal(args.journal, { format: "pmucheck-synthesis/2", hash, edits: names });
    const asked = args.scenario.length === 0 ? scenarios : await scenariosNamed(args.scenario);
    const model = asked.find((one) => one.own !== undefined);
    if (model !== undefined) {
      throw new PmucheckError(
        "PMC104",
        `--scenario ${model.name} is a model with a driver of its own, and the edits are of Linux: name a scenario of Linux`,
      );
    }
    return new Bench(args, { lattice, driver, journal, asked });
  }

  readonly isOver = (): boolean => this.#interruption.reason() !== undefined;

  /** The status for a signal; undefined if there was none. */
  get status(): ExitStatus | undefined {
    return this.#interruption.status;
  }

  /** The whole matrix with the edits; undefined if time is over. `sizes`: the states of the cells without an edit. */
  async matrixOf(set: EditSet, sizes: ReadonlyMap<string, number>): Promise<readonly BaseCell[] | undefined> {
    const { scenario, driver, jobs, cache, progress } = this.#args;
    const fix = set.length === 0 ? undefined : this.fixOf(set);
    const of: JournalMatrix["of"] = [fix ?? "", ...scenario];
    const known = this.journal.matrixOf(of);
    if (known !== undefined) return known;
    const line = new CellProgress(progress);
    const choice = { scenario, driver, fix, property: undefined, irq: undefined };
    const [matrix] = await runMatrices([{ ...choice, settings: {}, maxStates: DEFAULT_MAX_STATES }], {
      answer: byProcesses(jobs, { isOver: this.isOver, raised: this.raised }),
      store: cache ? storeFolder() : undefined,
      keep: withoutTraces,
      ...line.option,
      limitOf: (job) => {
        const states = sizes.get(`${job.scenario}/${job.irq}`);
        return states === undefined ? DEFAULT_MAX_STATES : LEAST_STATES + MOST_GROWTH * states;
      },
    });
    line.clear();
    if (matrix === undefined || matrix.internal.length > 0) {
      throw new Error(matrix?.internal.join("\n") ?? "a matrix without a result");
    }
    const cells = cellsOf(matrix.checks);
    if (cells.length < matrix.jobs.length && this.isOver()) return undefined;
    this.journal.addMatrix({ of, cells });
    return cells;
  }

  /** As --fix takes it. */
  fixOf(set: EditSet): string {
    const { edits: file } = this.#args;
    return this.lattice
      .editsOf(set)
      .map((edit) => (shipped.includes(edit) || file === undefined ? edit.name : editInFile(file, edit)))
      .join("+");
  }

  requirements(base: readonly BaseCell[]): Requirements {
    return requirementsOf(base, {
      scenarios: this.#scenarios,
      properties,
      required: this.#args.required,
      kept: this.kept,
      excuses,
    });
  }

  /** `merge/irq:exactly-once`. Throws PMC104, PMC101, PMC103. */
  cellNamed(text: string): { readonly cell: Cell; readonly property: SafetyProperty } {
    const [, name = "", irq = "", asked = "exactly-once"] = /^([^/:]+)\/([^:]+)(?::(.+))?$/.exec(text) ?? [];
    if (irq !== "irq" && irq !== "nmi") {
      throw new PmucheckError(
        "PMC104",
        `--explain-unsat takes SCENARIO/irq or SCENARIO/nmi, and :PROPERTY, not '${text}'`,
      );
    }
    const scenario = shippedScenario(name);
    const property = mustBeSafety(shippedProperty(asked));
    const configuration = configure(scenario.parameters, { irq });
    const requirements = [{ property, why: "required" as const }];
    // It is looked at to its end, whatever the driver has.
    const states = DEFAULT_MAX_STATES / MOST_GROWTH;
    return { property, cell: { name: `${name}/${irq}`, scenario, irq, configuration, requirements, states } };
  }
}

/** Throws PMC104 for what no single execution breaks. */
function mustBeSafety(property: Property): SafetyProperty {
  if (property.kind === "always") return property;
  throw new PmucheckError(
    "PMC104",
    `${property.name} is broken by what never happens, and no search is asked for that: minimal sets are verified with it`,
  );
}

function keptByDefault(): readonly string[] {
  return properties.flatMap(({ kind, name }) =>
    kind === "always" && name !== DESCRIBES_THE_DRIVER ? [name] : [],
  );
}
