/**
 * docs/reference/fidelity.md is what the models and their record of readings say.
 */
import { format } from "prettier";
import { expect, test } from "vitest";

import { drivers } from "../../models/catalogue.js";
import { modelledFiles, notNoted, readInPassing, readings } from "../../models/fidelity.js";
import { fidelityPage } from "../../src/report/fidelity.js";

test("the page is up to date", async () => {
  const page = fidelityPage({ drivers, files: modelledFiles, readInPassing, notNoted, readings });
  const text = await format(page, { parser: "markdown", proseWrap: "preserve" });
  await expect(text).toMatchFileSnapshot("../../docs/reference/fidelity.md");
});

test("it has every function of every version once", () => {
  const listed = modelledFiles.flatMap(({ functions }) => functions);
  const known = new Set(drivers.flatMap(({ functions }) => [...functions.keys()]));
  expect(new Set(listed)).toEqual(known);
  expect(listed).toHaveLength(known.size);
  expect(notNoted.filter((name) => !known.has(name))).toEqual([]);
});

test("a reading is of a version and of files that there are", () => {
  const names = drivers.map(({ name }) => name);
  const files = modelledFiles.map(({ file }) => file);
  expect(readings.filter(({ driver }) => !names.includes(driver))).toEqual([]);
  expect(
    [...readInPassing, ...readings.flatMap((one) => one.files ?? [])].filter((file) => !files.includes(file)),
  ).toEqual([]);
});
