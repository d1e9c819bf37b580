/**
 * `--irq nmi --set skid=1` -> parameter settings by name.
 */
import { PmucheckError } from "../../spec/errors.js";
import type { Driver } from "../../spec/scenario.js";

/** Throws PMC104 for a --set that is not NAME=VALUE, and for a parameter that is set to two values. */
export function settingsOf(args: {
  readonly irq?: string | undefined;
  readonly set: readonly string[];
}): Readonly<Record<string, string>> {
  const entries = args.set.map((text): [string, string] => {
    const equals = text.indexOf("=");
    if (equals < 1) throw new PmucheckError("PMC104", `--set takes NAME=VALUE, not '${text}'`);
    return [text.slice(0, equals), text.slice(equals + 1)];
  });
  if (args.irq !== undefined) entries.push(["irq", args.irq]);
  const settings = new Map<string, string>();
  for (const [name, value] of entries) {
    const before = settings.get(name) ?? value;
    if (before !== value) throw new PmucheckError("PMC104", `${name} is set to ${before} and to ${value}`);
    settings.set(name, value);
  }
  return Object.fromEntries(settings);
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
