/**
 * Would the fix of docs/answer.md have helped? Asked of the whole system that a trace is of, when its page is made.
 */
import { noLostOverflow } from "../../../models/fixes/no-lost-overflow.js";
import { witnesses } from "../../../properties/catalogue.js";
import { check } from "../../check/verdict/check.js";
import type { Target } from "../../check/target.js";
import { PmucheckError } from "../../spec/errors.js";
import { withFixes } from "../../spec/fix.js";
import type { Remedy } from "../play/remedy.js";

/** The properties that say that no overflow is lost. */
export const LOSSES = ["exactly-once", "no-loss"];

/** A search of these takes a second or two. */
const MOST_STATES = 200_000;

/** Null where the fix is not for, or does not fit. */
export function remedyFor({ scenario, driver, property, configuration }: Target): Remedy | null {
  if (!LOSSES.includes(property.name) || driver.fix !== undefined || scenario.own !== undefined) return null;
  const { name } = noLostOverflow;
  try {
    const fixed = withFixes(driver, name, [noLostOverflow]);
    const { verdict, states } = check({
      scenario,
      driver: fixed,
      property,
      configuration,
      witnesses,
      maxStates: MOST_STATES,
    });
    return { fix: name, property: property.name, verdict, states: Math.min(states, MOST_STATES) };
  } catch (error) {
    // A kernel tree may lack what the fix changes.
    if (error instanceof PmucheckError) return null;
    throw error;
  }
}
