#!/usr/bin/env node
/**
 * The program: runs the command line and turns whatever happens into an exit status.
 */
import { keepNurserySmall } from "../engine/api/v8-heap.js";
import { isFault, PmucheckError } from "../spec/errors.js";
import { run } from "./command-line.js";
import { EXIT } from "./exit-status.js";
import { complain, endQuietlyOnClosedPipe } from "./terminal.js";

keepNurserySmall();
endQuietlyOnClosedPipe();

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  if (error instanceof PmucheckError) {
    complain(`pmucheck: ${error.code}: ${error.message}`);
    // A fault of a model ends so where there is no verdict to be: in a replay, an explanation, an export.
    process.exitCode = isFault(error) ? EXIT.error : EXIT.usage;
  } else {
    complain(
      `pmucheck: internal error, please report it: ${error instanceof Error ? error.stack : String(error)}`,
    );
    process.exitCode = EXIT.internal;
  }
}
