import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/cli/build.ts"],
    // One core is left idle otherwise.
    maxWorkers: "100%",
    // A busy machine is no failure: a test that hangs is what this is for.
    testTimeout: 300_000,
    expandSnapshotDiff: true,
  },
});
