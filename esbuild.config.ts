/**
 * Makes dist/bin, the program in one file for each of its threads and processes, from the sources (docs/internals/program.md),
 * and the program of the explorer's page.
 *
 * Run by `npm run build`, after tsc has made dist/src. A module is in a file once, so whatever a thread loads, a file of a
 * user's too, it meets the same instances of everything.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { build } from "esbuild";

const OUT = "dist/bin";

/** Programs find each other by these names, beside themselves (src/cli/thread/beside.ts). */
const PROGRAMS = {
  pmucheck: "src/cli/main.ts",
  program: "src/cli/thread/cached-program.ts",
  "program.code": "src/cli/thread/program.ts",
  worker: "src/cli/matrix/worker.ts",
  "helper-thread": "src/cli/helper-thread.ts",
  "thread-worker": "src/engine/kernel/wasm/thread-worker.ts",
};

rmSync(OUT, { recursive: true, force: true });
// Twice: what identifies the sources goes into the files that are made of them (docs/internals/result-store.md).
const sources = digestOf(await bundled("", false));
const modules = await bundled(sources, true);
if (digestOf(modules) !== sources) {
  throw new Error("the sources were changed while they were built: build again");
}
writeFileSync(join(OUT, "LICENSES.txt"), licencesOf(modules));

/** The sources that the files are made of, sorted. */
async function bundled(digest: string, write: boolean): Promise<readonly string[]> {
  const { metafile } = await build({
    entryPoints: PROGRAMS,
    outdir: OUT,
    outExtension: { ".js": ".cjs" },
    bundle: true,
    // Threads start sooner with CommonJS, and V8's code can be kept of it.
    format: "cjs",
    platform: "node",
    target: "node20.19",
    // Help is ASCII, and what finds out how wide other characters are takes longer to load than help to be made.
    alias: { "string-width": "./src/cli/terminal/ascii-width.ts" },
    define: { "import.meta.url": "moduleUrl", SOURCES_DIGEST: JSON.stringify(digest) },
    banner: { js: 'const moduleUrl = require("node:url").pathToFileURL(__filename).href;' },
    minifyWhitespace: true,
    sourcemap: true,
    sourcesContent: false,
    metafile: true,
    write,
    legalComments: "none",
    logLevel: "warning",
  });
  return Object.keys(metafile.inputs).sort();
}

function digestOf(files: readonly string[]): string {
  const hash = createHash("sha256");
  for (const file of files) {
    hash.update(`${file}\n`).update(createHash("sha256").update(readFileSync(file)).digest());
  }
  return hash.digest("hex");
}

/** The explorer's page, and the program of it and of its worker: models, runtime and page in one script (docs/use/explorer.md). */
await build({
  entryPoints: { page: "src/explorer/page/main.ts", "page-style": "src/explorer/page/page.css" },
  outdir: "dist/explorer",
  bundle: true,
  format: "iife",
  platform: "browser",
  target: "es2022",
  minify: true,
  legalComments: "inline",
  charset: "utf8",
  logLevel: "warning",
});

/** Of every package that has gone into the files, as those ask for. */
function licencesOf(inputs: readonly string[]): string {
  const folders = new Set<string>();
  for (const input of inputs) {
    const [folder] = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input) ?? [];
    if (folder !== undefined) folders.add(folder);
  }
  return [...folders]
    .sort()
    .map((folder) => {
      const manifest = readFileSync(join(folder, "package.json"), "utf8");
      const { name, version, license } = JSON.parse(manifest) as Readonly<Record<string, string>>;
      return `${name} ${version} (${license})\n\n${licenceIn(folder)}`;
    })
    .join("\n\n---\n\n");
}

function licenceIn(folder: string): string {
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  if (file === undefined) throw new Error(`${folder} comes without its licence`);
  return readFileSync(join(folder, file), "utf8").trim();
}
