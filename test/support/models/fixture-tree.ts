/** The driver of our own, in the layout of a kernel tree. */
import { join } from "node:path";

export const FIXTURE = join(import.meta.dirname, "..", "..", "models", "linux", "c", "fixture");
