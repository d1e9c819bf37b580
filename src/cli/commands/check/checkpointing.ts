/**
 * The checkpoint that a check leaves behind when it is stopped.
 */
import type { Image } from "../../../engine/explore.js";
import { PmucheckError } from "../../../spec/errors.js";
import type { CheckpointDocument, Measure } from "../../../trace/document.js";
import { writeCheckpoint, type Checkpoint } from "../../../check/checkpoint/file.js";
import { subjectOf, type Target } from "../../../check/target.js";
import { shellQuoted } from "../../../report/trace/replay-command.js";
import { namesCode } from "../../arguments/trust.js";
import { complain } from "../../terminal/terminal.js";
import { version } from "../../version.js";
import { defaultCheckpoint, hashOf } from "./checkpoint.js";
import type { Interruption } from "../../thread/interruption.js";

export interface CheckpointArguments {
  /** Where to leave a checkpoint, for any bound. */
  readonly checkpoint: string | undefined;
  /** The checkpoint to go on from. */
  readonly resume: string | undefined;
  readonly shortest: Measure | undefined;
  /** The limits that are not the defaults, as they were written. */
  readonly limits: readonly string[];
  /** Is the command that goes on said on stderr, because nothing else says it? */
  readonly tells: boolean;
}

/** Hands the search what it goes on from, and takes what it leaves. */
export class Checkpointing {
  readonly from: Checkpoint | undefined;
  readonly #target: Target;
  readonly #args: CheckpointArguments;
  readonly #interruption: Interruption;
  #left: CheckpointDocument | undefined;

  constructor(
    target: Target,
    args: CheckpointArguments,
    interruption: Interruption,
    from: Checkpoint | undefined,
  ) {
    this.#target = target;
    this.#args = args;
    this.#interruption = interruption;
    this.from = from;
  }

  /** What was left; undefined if nothing was. */
  get left(): CheckpointDocument | undefined {
    return this.#left;
  }

  /** Called with the search at the beginning of a level when a bound, the time or a signal has ended it. */
  readonly keep = (image: Image): void => {
    const { checkpoint, resume, limits } = this.#args;
    const { depth } = image.header.progressed;
    const isFarther = this.from === undefined || depth > this.from.image.header.progressed.depth;
    if (!isFarther) complain(`pmucheck: no level was finished since ${resume}: give it more`);
    // Other bounds leave a checkpoint only with --checkpoint: a user of --max-states often wants the verdict alone.
    if (this.#interruption.isDue) this.#left = this.#write(image, limits);
    else if (checkpoint !== undefined) this.#left = this.#write(image, []);
  };

  /**
   * Leaves a checkpoint; says why not if it cannot, and the check is inconclusive either way.
   * @param limits to go on with: none of those that were hit
   */
  #write(image: Image, limits: readonly string[]): CheckpointDocument | undefined {
    const { checkpoint, resume: resumed, shortest, tells } = this.#args;
    const target = this.#target;
    const file = checkpoint ?? resumed ?? defaultCheckpoint(target);
    try {
      writeCheckpoint(file, { pmucheck: version, subject: subjectOf(target), hash: hashOf(target) }, image);
    } catch (error) {
      if (!(error instanceof PmucheckError)) throw error;
      complain(`pmucheck: ${error.code}: ${error.message}`);
      return undefined;
    }
    const { progressed, states } = image.header;
    // Another measure would come to another trace.
    const measure = shortest === undefined ? [] : [`--shortest ${shortest}`];
    // The user who made the checkpoint trusts the files that it names.
    const trust = namesCode(subjectOf(target)) ? ["--trust"] : [];
    const resume = ["pmucheck check --resume", shellQuoted(file), ...trust, ...limits, ...measure].join(" ");
    if (tells) complain(`pmucheck: left a checkpoint; go on with: ${resume}`);
    return { file, states: states.states, depth: progressed.depth, resume };
  }
}
