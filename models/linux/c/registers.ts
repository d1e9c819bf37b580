/** System registers: the model's accessors by the names that read_sysreg() and write_sysreg() are given. */
import { CError, type At } from "../../../src/cfront/index.js";
import type { Kernel } from "../../../src/spec/kernel-function.js";
import * as accessors from "../arch/arm64/include/asm/arm_pmuv3.js";
import { write_pmselr, write_pmxevcntr, write_pmxevtyper } from "../arch/arm64/include/asm/pmselr.js";

interface Register {
  readonly read?: () => Kernel<bigint>;
  readonly write?: (value: bigint, at: At) => Kernel;
}

const REGISTERS: ReadonlyMap<string, Register> = new Map<string, Register>([
  ["pmcr_el0", narrow(accessors.read_pmcr, accessors.write_pmcr)],
  ["pmcntenset_el0", narrow(accessors.read_pmcntenset, accessors.write_pmcntenset)],
  ["pmcntenclr_el0", narrow(accessors.read_pmcntenset, accessors.write_pmcntenclr)],
  ["pmintenset_el1", narrow(accessors.read_pmintenset, accessors.write_pmintenset)],
  ["pmintenclr_el1", narrow(accessors.read_pmintenset, accessors.write_pmintenclr)],
  ["pmovsclr_el0", narrow(accessors.read_pmovsclr, accessors.write_pmovsclr)],
  ["pmovsset_el0", narrow(accessors.read_pmovsclr, accessors.write_pmovsset)],
  ["pmccfiltr_el0", narrow(undefined, accessors.write_pmccfiltr)],
  ["pmuserenr_el0", narrow(undefined, accessors.write_pmuserenr)],
  ["pmselr_el0", narrow(undefined, write_pmselr)],
  ["pmxevtyper_el0", narrow(undefined, write_pmxevtyper)],
  ["pmxevcntr_el0", { write: (value) => write_pmxevcntr(value) }],
  ["pmccntr_el0", { read: accessors.read_pmccntr, write: (value) => accessors.write_pmccntr(value) }],
]);

/** A register that the model has 32 bits of. */
function narrow(read: (() => Kernel<number>) | undefined, write: (value: number) => Kernel): Register {
  return {
    ...(read === undefined
      ? {}
      : {
          *read() {
            return BigInt(yield* read());
          },
        }),
    write: (value, at) => write(inWord(value, at)),
  };
}

function inWord(value: bigint, at: At): number {
  if (value === BigInt.asUintN(32, value)) return Number(value);
  throw new CError(
    "PMC224",
    at,
    `0x${value.toString(16)} is written to a register of which the model has 32 bits`,
    "keep to the counters that there are",
  );
}

function numbered(name: string): Register | undefined {
  const [, kind, digits] = /^pmev(cntr|typer)(\d+)_el0$/.exec(name) ?? [];
  if (kind === undefined) return undefined;
  const n = Number(digits);
  return kind === "cntr"
    ? { read: () => accessors.read_pmevcntrn(n), write: (value) => accessors.write_pmevcntrn(n, value) }
    : { write: (value, at) => accessors.write_pmevtypern(n, inWord(value, at)) };
}

/** Throws PMC224 for a register that the model has not, or cannot read. */
export function readRegister(name: string, at: At): Kernel<bigint> {
  const read = (REGISTERS.get(name) ?? numbered(name))?.read;
  if (read === undefined) throw unmodelled(name, "read", at);
  return read();
}

/** Throws PMC224 for a register that the model has not, and for a value that it has no room for. */
export function writeRegister(name: string, value: bigint, at: At): Kernel {
  const write = (REGISTERS.get(name) ?? numbered(name))?.write;
  if (write === undefined) throw unmodelled(name, "written", at);
  return write(value, at);
}

function unmodelled(name: string, how: string, at: At): CError {
  return new CError(
    "PMC224",
    at,
    `the register ${name} is ${how}, which the model does not have`,
    "use another register, or add it to the model",
  );
}
