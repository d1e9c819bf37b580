#!/usr/bin/env node
/**
 * The program: runs the command line and turns whatever happens into an exit status.
 */
import { keepNurserySmall } from "../engine/nursery.js";
import { PmucheckError } from "../spec/errors.js";
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
    process.exitCode = EXIT.usage;
  } else {
    complain(
      `pmucheck: internal error, please report it: ${error instanceof Error ? error.stack : String(error)}`,
    );
    process.exitCode = EXIT.internal;
  }
}
