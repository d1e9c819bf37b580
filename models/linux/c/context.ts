/** What code asks of the context it runs in: the task, the registers it was interrupted with, and what is masked. */
import type { Held, IntrinsicCall } from "../../../src/cfront/index.js";
import type { Kernel } from "../../../src/spec/kernel-function.js";
import { read_daif_i, write_daif_i } from "../arch/arm64/include/asm/daifflags.js";
import type { Objects } from "./objects.js";

type Run = (call: IntrinsicCall) => Kernel<Held>;

/** The mask of interrupts in what local_daif_save() returns. */
const PSR_I_BIT = 0x80n;

export function context(objects: Objects): Readonly<Record<string, Run>> {
  return {
    // oxlint-disable-next-line require-yield -- an address
    *get_current() {
      return objects.currentTask;
    },
    // oxlint-disable-next-line require-yield -- an address
    *get_irq_regs() {
      return objects.irqRegs;
    },
    // oxlint-disable-next-line require-yield -- an address
    *current_pt_regs() {
      return objects.userRegs;
    },
    *local_daif_save() {
      const masked = yield* read_daif_i();
      yield* write_daif_i(true);
      return masked ? PSR_I_BIT : 0n;
    },
    *local_daif_restore({ arguments: [flags] }) {
      // An unsigned long, by its prototype.
      yield* write_daif_i(((flags as bigint) & PSR_I_BIT) !== 0n);
      return undefined;
    },
  };
}
