/**
 * The properties there are to choose from.
 */
import type { Property } from "../src/spec/property.js";
import { countConservation } from "./count-conservation.js";
import { exactlyOnce, noDuplicate, noLoss } from "./exactly-once.js";

export { witnesses } from "./witnesses.js";

export const properties: readonly Property[] = [exactlyOnce, noLoss, noDuplicate, countConservation];

/** The question of the mail. */
export const defaultProperty = exactlyOnce;
