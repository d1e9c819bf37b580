/**
 * `--irq nmi --set skid=1` -> parameter settings by name.
 */
import { PmucheckError } from "../spec/errors.js";
import type { Driver } from "../spec/scenario.js";

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

/** The settings of the user and of the fixes in the driver. Throws PMC107 if they contradict each other. */
export function settingsWith(
  { fix }: Driver,
  settings: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  for (const [name, value] of Object.entries(fix?.settings ?? {})) {
    if (settings[name] === undefined || settings[name] === value) continue;
    throw new PmucheckError(
      "PMC107",
      `${name}=${settings[name]} contradicts the fix, which is ${name}=${value}`,
    );
  }
  return { ...settings, ...fix?.settings };
}
