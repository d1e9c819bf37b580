/**
 * Excuses: violations that the driver has without any fix, and that a fix of the disable path need not remove.
 */

/** Without a scenario, it applies to all scenarios. */
export interface Excuse {
  readonly scenario?: string;
  readonly properties: readonly string[];
  /** The reason in one sentence, which is printed with the excuse. */
  readonly reason: string;
}

/** The reason of the first excuse that applies; undefined if none does. Properties and scenarios are named. */
export function reasonToExcuse(
  excuses: readonly Excuse[],
  scenario: string,
  property: string,
): string | undefined {
  return excuses.find((one) => (one.scenario ?? scenario) === scenario && one.properties.includes(property))
    ?.reason;
}
