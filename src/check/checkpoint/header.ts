/**
 * The header of a checkpoint: what the search in it is about.
 */
import type { Image } from "../../engine/explore.js";
import type { Subject } from "../../trace/document.js";

/** What the search is of. */
export interface CheckpointSubject {
  /** The version that made it. */
  readonly pmucheck: string;
  readonly subject: Subject;
  /** Identifies models and subject (fingerprint.ts). */
  readonly hash: string;
}

export interface CheckpointHeader extends CheckpointSubject {
  readonly image: Image["header"];
  /** Of the pieces. */
  readonly bytes: number;
}
