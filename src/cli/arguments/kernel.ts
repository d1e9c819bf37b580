/**
 * `--kernel DIR --patch FILE`: a driver from a kernel tree's own C.
 *
 * The tree becomes the driver, `kernel:DIR`, and patches become fixes of it, so that whatever takes a driver and a fix by name
 * takes these too: matrices in other processes, traces in files. `kernel:DIR@BASE` names the version of the model as well.
 */
import { EXACTLY_ONCE } from "../../../models/edits/common.js";
import type { KernelVersion } from "../../../models/linux/c/source.js";
import { kernelDriver, patchesOf } from "../../kernel-tree/driver.js";
import { PmucheckError } from "../../spec/errors.js";
import type { Fix } from "../../spec/fix.js";
import type { Driver } from "../../spec/scenario.js";

/** For the commands that take a driver. */
export const kernelOptions = {
  kernel: {
    type: "string",
    describe: "check the C of this kernel tree, or folder with the driver's files, instead of a model",
  },
  patch: {
    type: "string",
    array: true,
    nargs: 1,
    default: [],
    describe: "with --kernel: apply a patch (diff, mail, mailbox) first; may be repeated",
  },
} as const;

const SCHEME = "kernel:";
const PATCH = "patch:";
const PATCH_FILE = /\.(?:patch|diff|mbox|mbx|eml)(?:#\d+)?$/;

interface Given {
  kernel?: unknown;
  patch?: unknown;
  driver?: unknown;
  fix?: unknown;
}

/** Says by --driver and --fix what --kernel and --patch say. Throws PMC104 for patches without a tree. */
export function stateKernel(args: Given): void {
  const { kernel, driver, fix } = args;
  const patches = (Array.isArray(args.patch) ? args.patch : []).map(String);
  if (typeof kernel !== "string") {
    if (patches.length > 0)
      throw new PmucheckError("PMC104", "--patch goes with --kernel DIR: it says what is patched");
    return;
  }
  args.driver = kernelName(kernel, typeof driver === "string" ? driver : undefined);
  if (patches.length === 0) return;
  const named = patches.map((file) => (isPatchFile(file) ? file : `${PATCH}${file}`));
  args.fix = [...named, ...(typeof fix === "string" ? [fix] : [])].join("+");
}

function kernelName(folder: string, base: string | undefined): string {
  return `${SCHEME}${encoded(folder)}${base === undefined ? "" : `@${encoded(base)}`}`;
}

function encoded(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("@", "%40");
}

function decoded(text: string): string {
  return text.replaceAll("%40", "@").replaceAll("%25", "%");
}

export function isKernelName(driver: string): boolean {
  return driver.startsWith(SCHEME);
}

/** The version of the model for a tree's. Throws PMC175 if the tree has none, PMC102 if none stands for it. */
export type BaseFor = (text: string) => Driver;

const made = new Map<string, Driver>();

/**
 * The driver of a name of this scheme, made once: what ran of it is remembered.
 * Throws what {@link kernelDriver} and `baseNamed` throw.
 */
export function kernelDriverNamed(name: string, baseNamed: BaseFor, patches: readonly string[] = []): Driver {
  const key = [name, ...patches].join("\0");
  let driver = made.get(key);
  if (driver !== undefined) return driver;
  const [folder = "", base] = name.slice(SCHEME.length).split("@").map(decoded);
  driver = kernelDriver({
    name,
    folder,
    patches: patches.map(patchFileIn),
    baseFor: (version) => (base === undefined ? baseOfVersion(version, folder, baseNamed) : baseNamed(base)),
  });
  made.set(key, driver);
  return driver;
}

function baseOfVersion(version: KernelVersion | undefined, folder: string, baseNamed: BaseFor): Driver {
  if (version === undefined) {
    throw new PmucheckError(
      "PMC175",
      `no Makefile in ${folder} says which Linux it is: name the version that the driver runs on with --driver`,
    );
  }
  const text = `${version.version}.${version.patchlevel}.${version.sublevel}`;
  try {
    return baseNamed(text);
  } catch (error) {
    if (!(error instanceof PmucheckError)) throw error;
    throw new PmucheckError(
      error.code,
      `${error.message}; to check the C of ${folder} on it, name it with --driver`,
    );
  }
}

/** Is the part of a --fix a patch? */
export function isPatchFile(part: string): boolean {
  return part.startsWith(PATCH) || PATCH_FILE.test(part);
}

/** The file of such a part, `#2` included. */
export function patchFileIn(part: string): string {
  return part.startsWith(PATCH) ? part.slice(PATCH.length) : part;
}

/** A patch as a fix: what it changes is in the driver already. Throws PMC111 and PMC174. */
export function patchFix(part: string): { readonly fix: Fix; readonly text: string } {
  const subjects = patchesOf(patchFileIn(part)).map(({ subject }) => subject);
  const [last = part] = subjects.slice(-1);
  const fix: Fix = {
    name: part,
    summary: last,
    idea: subjects.join("; "),
    proposedBy: "the patch",
    hazards: [],
    assumes: [],
    claims: EXACTLY_ONCE,
    changes: [],
  };
  return { fix, text: "" };
}
