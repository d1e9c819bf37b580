/**
 * `--irq nmi --set skid=1` -> parameter settings by name.
 */
import { PmucheckError } from "../spec/errors.js";

/** Throws PMC104 for a --set that is not NAME=VALUE. */
export function settingsOf(args: {
  readonly irq?: string | undefined;
  readonly set: readonly string[];
}): Readonly<Record<string, string>> {
  const entries = args.set.map((text): [string, string] => {
    const equals = text.indexOf("=");
    if (equals < 1) throw new PmucheckError("PMC104", `--set takes NAME=VALUE, not '${text}'`);
    return [text.slice(0, equals), text.slice(equals + 1)];
  });
  return { ...Object.fromEntries(entries), ...(args.irq === undefined ? {} : { irq: args.irq }) };
}
