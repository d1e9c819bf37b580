/**
 * Code of the user's that a page has in it, so that it plays models that are not shipped: files of their own as compiled
 * modules, and the C of a kernel tree. A script of its own in the page defines it (src/explorer/file/own-script.ts).
 */
export interface OwnCode {
  /** By file, as the user named it: its modules, and first the one of the file itself. */
  readonly files: Readonly<Record<string, readonly OwnModule[]>>;
  readonly trees: readonly OwnTree[];
}

/** A CommonJS module that TypeScript has made of a file. */
export interface OwnModule {
  /** By the name that it is required by, the position of each module that it needs; packages are not among them. */
  readonly needs: Readonly<Record<string, number>>;
  /** Is given `exports`, `require`, `module` and `Math`; what else it takes hides clocks and the world, and stays undefined. */
  body(...given: readonly unknown[]): void;
}

/** A kernel tree with patches, as far as a driver was made of it. Plain data. */
export interface OwnTree {
  /** As a trace names the driver: `kernel:DIR`. */
  readonly driver: string;
  /** As a trace's fix names them, in their order. */
  readonly patches: readonly string[];
  /** The version of the model that all but the driver is of. */
  readonly base: string;
  /** By path, the files that were read, with the patches. */
  readonly texts: Readonly<Record<string, string>>;
  /** By name, those of models/linux/c. */
  readonly standIns: Readonly<Record<string, string>>;
}

export const NO_OWN_CODE: OwnCode = { files: {}, trees: [] };
