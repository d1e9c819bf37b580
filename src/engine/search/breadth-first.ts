/**
 * The search: breadth-first, level by level, in an order that depends on nothing but the system. How rows are expanded is
 * in expansion.ts; here is where levels begin and end, and how a search goes on from an image of another one.
 */
import { PmucheckError } from "../../spec/errors.js";
import type { TransitionSystem } from "../../spec/transition-system.js";
import { Audit } from "../audit/audit.js";
import { FullAudit } from "../audit/full-audit.js";
import { MAX_BYTES } from "../memory/arena.js";
import { CapacityError } from "../memory/budget.js";
import type { AuditParts } from "../audit/state-audit.js";
import { jobsOf } from "./batch.js";
import { R } from "../memory/control-block.js";
import { Expansion } from "./expansion.js";
import type { End, PathStep } from "../api/result.js";
import type { Findings } from "./findings.js";
import type { Audited, AuditReport } from "../api/audited.js";
import type { Boundary, Image, KeptImage, Progressed, SearchShape } from "../api/image.js";
import { movesBehind } from "./path.js";
import type { KernelKind } from "../kernel/kernel.js";
import { Knowledge, type Learned } from "../oracle/oracle.js";
import { recall } from "../oracle/replay-answers.js";
import type { Tree } from "../states/search-tree.js";
import { StateStore } from "../states/state-store.js";
import { DEFAULT_TUNING } from "../api/tuning.js";
import { Watchers } from "../oracle/watch-bits.js";
import { checkHeader, damaged } from "../states/image-check.js";
import { imageOf, readWords, shapeOf } from "../states/snapshot.js";
import type { Watch } from "../api/watch.js";
import type { Limits } from "../api/limits.js";

/** Rows of an image to which it is seen that their paths lead, at most. */
const RETRACED = 16;

export class Search {
  readonly system: TransitionSystem;
  readonly knowledge: Knowledge;
  readonly store: StateStore;
  readonly watchers: Watchers;
  /** Steps from the initial state to the farthest state that was expanded. */
  depth = 0;
  readonly #limits: Limits;
  readonly #expansion: Expansion;
  /** Undefined if nothing is to be audited. */
  readonly #audit: Audit | undefined;
  readonly #auditParts: AuditParts;
  /** What was audited by another search, if that was asked for and is done. */
  #inFull: Audited | undefined;
  readonly #shape: SearchShape;
  /** Are rows needed when their level is done? Liveness is about all of them. */
  readonly #keepsRows: boolean;
  /** The first row of the level that is being expanded, and of the next one. */
  #level = 0;
  #nextLevel = 0;
  /** Of the level that is being expanded. */
  #boundary: Boundary | undefined;

  constructor(system: TransitionSystem, watch: Watch, limits: Limits, kind: KernelKind) {
    this.system = system;
    this.#limits = limits;
    this.#shape = shapeOf(system, watch);
    this.#keepsRows = watch.cycles.length > 0;
    const watchers = new Watchers(watch);
    const knowledge = new Knowledge(system, watchers);
    const sizes = {
      components: system.components.length,
      processes: system.processes.length,
      rules: watchers.states.length,
      threads: jobsOf(limits),
      renamings: system.renamings ?? [],
    };
    const tuning = { ...DEFAULT_TUNING, ...limits.tuning };
    const store = new StateStore(kind, limits.maxBytes ?? MAX_BYTES, sizes, knowledge, tuning);
    this.watchers = watchers;
    this.knowledge = knowledge;
    this.store = store;
    const onMove = (): void => this.#audit?.layoutMayHaveChanged();
    const parts = { system, watch, limits, tuning, kind, store, knowledge, watchers };
    this.#expansion = new Expansion({ ...parts, onMove });
    const { tree, findings } = this.#expansion;
    this.#auditParts = { system, knowledge, store, tree, watchers, findings };
    this.#audit = limits.audit === "off" ? undefined : new Audit(this.#auditParts);
  }

  get transitions(): number {
    return this.#expansion.transitions;
  }

  get findings(): Findings {
    return this.#expansion.findings;
  }

  /** How every state was reached. */
  get tree(): Tree {
    return this.#expansion.tree;
  }

  /** Bytes of states and of how they were reached, free space included. */
  get bytes(): number {
    return this.store.bytes + this.#expansion.tree.bytes;
  }

  /** How much of it was audited. */
  get audit(): AuditReport {
    if (this.#inFull !== undefined) return { mode: "full", ...this.#inFull };
    return { mode: this.#audit === undefined ? "off" : "sample", ...this.#audited };
  }

  /** Makes the search again, and compares. Throws an AuditMismatch. */
  *auditInFull({ kind }: End): Generator<undefined, void> {
    const { transitions, depth } = this;
    const claimed = { states: this.store.size, transitions, depth, isComplete: kind === "complete" };
    this.#inFull = yield* new FullAudit(this.#auditParts, claimed).run();
  }

  /** The first shortest path to a state; none if states that differ by names are one. */
  pathTo(row: number): PathStep[] {
    return this.#expansion.pathTo(row);
  }

  /**
   * Searches to the end, or goes on from an image; a step of the generator is a part of a level at most.
   * Throws a CapacityError when it runs out of something, PMC153 for an image of something else, PMC152 for one that no
   * search can have left, an AuditMismatch if what it keeps is not what the system does.
   */
  *steps(kept?: KeptImage): Generator<undefined, End> {
    try {
      return yield* this.#steps(kept);
    } finally {
      this.#expansion.close();
    }
  }

  *#steps(kept?: KeptImage): Generator<undefined, End> {
    const store = this.store;
    const expansion = this.#expansion;
    store.arena.words[R.sizeLimit] = Math.min(this.#limits.maxStates, 2 ** 32 - 1);
    const first = kept === undefined ? expansion.begin() : this.#goOn(kept);
    if (first !== undefined) return first;
    for (;;) {
      const to = store.size;
      this.#level = this.#nextLevel;
      this.#nextLevel = to;
      this.#boundary = this.#here();
      if (!this.#keepsRows) store.release(this.#level);
      store.lane.start(this.#level, to);
      while (expansion.row < to) {
        yield;
        const end = expansion.expand(to);
        if (end !== undefined) return end;
        this.#report();
      }
      this.#audit?.level(this.#level, to);
      if (store.size === to) {
        this.#audit?.end();
        return { kind: "complete" };
      }
      this.depth++;
    }
  }

  /** What there was when the level began; undefined before the first one. */
  image(): Image | undefined {
    if (this.#boundary === undefined) return undefined;
    const rows = { first: this.#keepsRows ? 0 : this.#level, end: this.#expansion.end };
    return imageOf(this.#shape, this.#boundary, rows, this.store, this.#expansion.tree);
  }

  /** Makes the states of an image its own. */
  #goOn(kept: KeptImage): End | undefined {
    const expansion = this.#expansion;
    const { shape, progressed, asked, states } = kept.header;
    if (JSON.stringify(shape) !== JSON.stringify(this.#shape)) {
      throw new PmucheckError("PMC153", "the checkpoint is of another system, or of another property");
    }
    checkHeader(kept.header, shape);
    this.knowledge.initialIds();
    const list = readWords(kept, asked.words);
    const learn = (table: number, learned: Learned) => this.store.remember(table, learned);
    recall(list, asked, this.knowledge, learn, this.store.answers.log);
    this.store.restore(states, kept);
    expansion.tree.load(progressed.transitions, kept.read);
    this.#checkReached(progressed, states.states);
    this.#nextLevel = progressed.level;
    expansion.transitions = progressed.transitions;
    this.depth = progressed.depth;
    this.findings.restore(progressed);
    this.store.arena.words[R.checked] = states.states;
    expansion.updateWanted();
    this.#audit?.goOn(progressed.audited, progressed.level);
    return states.states > this.#limits.maxStates ? expansion.tooMany() : undefined;
  }

  get #audited(): Audited {
    return this.#audit?.audited ?? { states: 0, transitions: 0 };
  }

  /** Throws PMC152 if the transitions that were read are not those of the states. */
  #checkReached(progressed: Progressed, states: number): void {
    let isReached = false;
    try {
      isReached = this.#isReached(progressed, states);
    } catch (error) {
      // Whatever does not go together may fail anywhere; of memory and of the model it is said what it is.
      if (error instanceof CapacityError || error instanceof PmucheckError) throw error;
    }
    if (!isReached) throw damaged("its transitions do not lead to its states");
  }

  /** Do the tree and the tables say the same of where the level begins, of how many transitions lead there, and of states? */
  #isReached({ level, depth, transitions }: Progressed, states: number): boolean {
    const { tree } = this.#expansion;
    if (!tree.leadsTo(level, states)) return false;
    const step = Math.ceil((states - level) / RETRACED);
    for (let row = level; row < states; row += step) if (!this.#isRetraced(row)) return false;
    if (level === 0) return depth === 0 && transitions === 0;
    const last = tree.pathTo(level - 1);
    if (tree.pathTo(level).length !== depth || last.length !== depth - 1) return false;
    const processes = this.system.processes.length;
    const moves = movesBehind(this.store, processes, this.knowledge.initialIds(), last);
    return transitions === tree.firstOf(level - 1) + moves;
  }

  /** Does the path of a row lead to its state? */
  #isRetraced(row: number): boolean {
    this.#expansion.pathTo(row);
    const { rows, codec } = this.store;
    rows.read(row);
    return rows.low === codec.low && rows.high === codec.high;
  }

  #here(): Boundary {
    const { store, transitions, depth, findings } = this;
    return {
      states: store.size,
      logged: store.answers.log.length,
      progressed: { level: this.#level, transitions, depth, audited: this.#audited, ...findings.kept },
    };
  }

  #report(): void {
    this.#limits.onProgress?.({
      phase: "searching",
      states: this.store.size,
      transitions: this.transitions,
      depth: this.depth,
      frontier: this.store.size - this.#expansion.row,
    });
  }
}
