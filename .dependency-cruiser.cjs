/**
 * Which file may import which. `npm run lint` holds it; test/layering.test.ts breaks every rule once.
 *
 * Type imports count: a type that lives with an implementation makes circles like a value does.
 */

/** Folders of ours: everything else is a library or part of Node. */
const OURS = "^(src|models|properties|test|bench)/";

/** `folder` imports of ours only what is below `allowed` and what is below itself. */
function only(folder, allowed, why) {
  return {
    name: `${folder} imports ${allowed.length === 0 ? "nothing of ours" : allowed.join(", ")}`,
    comment: why,
    severity: "error",
    from: { path: `^${folder}/` },
    to: { path: OURS, pathNot: [folder, ...allowed].map((one) => `^${one}(/|\\.ts$)`) },
  };
}

/** The folders of src/engine in order: each imports only those before it. */
const ENGINE = [
  "memory",
  "api",
  "oracle",
  "encoding",
  "kernel",
  "kernel/plain",
  "kernel/wasm",
  "states",
  "audit",
  "search",
];

/** The folders below kernel/ are later in the order than the files of kernel/ itself. */
const filesOf = (folder) => (folder === "kernel" ? "^src/engine/kernel/[^/]+$" : `^src/engine/${folder}/`);

const engineOrder = ENGINE.map((folder, i) => ({
  name: `src/engine/${folder} imports only what is before it`,
  comment: "src/engine/README.md gives the order",
  severity: "error",
  from: { path: filesOf(folder) },
  to: {
    path: "^src/engine/",
    pathNot: [...ENGINE.slice(0, i + 1)]
      .filter((one) => folder !== "kernel/wasm" || one !== "kernel/plain")
      .map(filesOf),
  },
}));

module.exports = {
  forbidden: [
    {
      name: "no circle of files",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no circle of folders",
      scope: "folder",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    only("src/spec", [], "the vocabulary"),
    only("src/runtime", ["src/spec"], "reference semantics"),
    only("src/footprint", ["src/spec"], "values as numbers, and answers by what was read"),
    only(
      "src/engine",
      ["src/spec", "src/footprint"],
      "knows no model and no runtime, only the TransitionSystem of src/spec",
    ),
    only("src/cfront", ["src/spec"], "knows C, and neither model nor kernel"),
    only("src/reduce", ["src/spec", "src/footprint", "src/engine"]),
    only("src/trace", ["src/spec", "src/footprint", "src/runtime"]),
    only("src/simulate", ["src/spec", "src/footprint", "src/runtime"]),
    only(
      "src/export",
      ["src/spec"],
      "counts states by a search of its own, so that it checks the engine's counts",
    ),
    only("src/report", ["src/spec", "src/trace"]),
    only("src/check", [
      "src/spec",
      "src/footprint",
      "src/runtime",
      "src/simulate",
      "src/engine",
      "src/reduce",
      "src/trace",
    ]),
    only("src/probe", ["src/spec", "src/trace", "src/check"], "what a probe of a kernel is worth"),
    only(
      "src/synthesize",
      ["src/spec", "src/runtime", "src/engine", "src/trace", "src/check"],
      "searches sets of edits, whatever they edit",
    ),
    only("src/mutate", ["src/spec", "src/trace", "src/check", "src/report"]),
    only("src/minimize", ["src/spec", "src/runtime", "src/trace", "src/check"]),
    only(
      "src/conform",
      ["src/spec", "src/runtime", "src/trace"],
      "compares a log with the executions of a machine, whatever that models",
    ),
    only("src/explain", ["src/spec", "src/runtime", "src/engine", "src/trace", "src/check"]),
    only(
      "src/explorer",
      [
        "src/spec",
        "src/footprint",
        "src/runtime",
        "src/trace",
        "src/check",
        "src/explain",
        "src/report",
        "src/(authoring|linux|models|scenarios)",
        "models",
        "properties",
      ],
      "a page with the models in it; it knows no engine",
    ),
    {
      name: "what is in the explorer's page needs no Node",
      severity: "error",
      from: { path: "^src/explorer/(own|play|picture|page)/" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "what is in the explorer's page does not need the command line's part of it",
      severity: "error",
      from: { path: "^src/explorer/(own|play|picture|page)/" },
      to: { path: "^(src/explorer/file|src/check|src/engine)/" },
    },
    {
      ...only(
        "models",
        ["src/spec"],
        "models are written in the vocabulary of src/spec alone, and know no property",
      ),
      from: { path: "^models/", pathNot: "^models/linux/c/" },
    },
    only("models/linux/c", ["src/spec", "src/cfront", "models"], "what C means in the models"),
    {
      name: "no model needs C",
      severity: "error",
      from: { path: "^models/", pathNot: "^models/linux/c/" },
      to: { path: "^models/linux/c/" },
    },
    only(
      "src/kernel-tree",
      ["src/spec", "src/cfront", "src/runtime", "src/check", "models"],
      "files and patches: what models/linux/c is given",
    ),
    only("properties", ["src/spec", "models"], "a property is a sentence about a world"),
    ...engineOrder,
    {
      name: "src/engine has one door",
      comment: "explore.ts and the types of api/",
      severity: "error",
      from: { path: "^(src|models|properties|bench)/", pathNot: "^src/engine/" },
      to: { path: "^src/engine/", pathNot: "^src/engine/(explore\\.ts$|api/)" },
    },
    {
      name: "models and renderers are pure",
      severity: "error",
      from: { path: "^(models|properties|src/spec|src/report/formats)/" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "src/cli alone knows the command line",
      severity: "error",
      from: { path: OURS, pathNot: "^(src/cli|test)/" },
      to: { path: "node_modules/yargs/" },
    },
    {
      name: "models know no library but immer",
      severity: "error",
      from: { path: "^(models|properties)/" },
      to: { path: "node_modules/", pathNot: "node_modules/immer/" },
    },
  ],
  options: {
    parser: "swc",
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^dist/" },
    enhancedResolveOptions: { extensions: [".ts", ".js"] },
  },
};
