/**
 * Writes the manual pages into dist/man, for the package: `npm install --global` puts them where man(1) finds them.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { program } from "../../catalogue.js";
import { manualPages } from "./page.js";

const folder = fileURLToPath(new URL("../../../../man/", import.meta.url));
mkdirSync(folder, { recursive: true });
for (const [name, text] of manualPages(program())) writeFileSync(`${folder}${name}`, `${text}\n`);
