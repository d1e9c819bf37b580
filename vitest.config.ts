import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/cli/build.ts"],
    // One core is left idle otherwise.
    maxWorkers: "100%",
    testTimeout: 60_000,
    expandSnapshotDiff: true,
  },
});
