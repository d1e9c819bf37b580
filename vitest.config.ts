import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 60_000,
    // Goldens are reviewed as prose: they live beside the tests, one file each.
    expandSnapshotDiff: true,
  },
});
