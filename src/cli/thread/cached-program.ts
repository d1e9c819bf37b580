/**
 * program.ts, where the program is one file: run with the code that V8 made of it when the same command was run last.
 */
import { fileURLToPath } from "node:url";

import { keepNurserySmall } from "../../engine/api/v8-heap.js";
import { beside } from "./beside.js";
import { runCached } from "./cached-code.js";

// V8 takes code of the same flags only, and program.ts will ask for this one.
keepNurserySmall();
const [, , command = ""] = process.argv;
runCached(
  fileURLToPath(beside("program.code", import.meta.url)),
  /^[a-z]+$/.test(command) ? command : "help",
);
