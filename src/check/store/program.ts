/**
 * What program this is: a digest of every source that it was made of, models, engine and libraries.
 */

/** Put in by esbuild.config.ts, so that the code that runs and the digest cannot be of two builds. */
declare const SOURCES_DIGEST: string | undefined;

/** Undefined where the program runs as modules, which can be changed one by one: it then keeps no results. */
export const programDigest: string | undefined =
  typeof SOURCES_DIGEST === "undefined" ? undefined : SOURCES_DIGEST;
