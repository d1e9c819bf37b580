/**
 * A model to start from: see write-your-own-model.md. Copy it anywhere and run it with `pmucheck check ./my-model.ts`.
 */
import { holds, kernelFunction, levelLine, model as modelOf, override, perCpu } from "pmucheck/models";
import { reading, report, writing } from "pmucheck/models";

/** The hardware: a counter of four bits, an enable, and a flag that is set when the counter wraps. */
interface Pmu {
  readonly COUNTER: number;
  readonly ENABLE: boolean;
  readonly STATUS: boolean;
}
const pmu = perCpu<Pmu>("pmu");
const WRAP = 16;
const PERIOD = 4;

export const read_counter = reading("read_counter", pmu, ({ COUNTER }) => COUNTER);
const read_status = reading("read_status", pmu, ({ STATUS }) => STATUS);
export const write_counter = writing("write_counter", pmu, (of, value: number) => {
  of.COUNTER = value % WRAP;
});
const write_enable = writing("write_enable", pmu, (of, on: boolean) => {
  of.ENABLE = on;
});
const clear_status = writing("clear_status", pmu, (of) => {
  of.STATUS = false;
});

/** The driver. It forgets what was counted between the overflow and its interrupt. */
export const pmu_boot = kernelFunction("pmu_boot", function* () {
  yield* write_counter(WRAP - PERIOD);
  yield* write_enable(true);
});
export const pmu_handle_irq = kernelFunction("pmu_handle_irq", function* () {
  if (!(yield* read_status())) return false;
  yield* clear_status();
  yield* write_counter(WRAP - PERIOD);
  yield* report("A");
  return true;
});

/** Another driver, which counts on from where the counter is. */
const count_on = override(pmu_handle_irq, function* () {
  if (!(yield* read_status())) return false;
  yield* clear_status();
  yield* write_counter((yield* read_counter()) + WRAP - PERIOD);
  yield* report("A");
  return true;
});

export const model = modelOf({
  name: "my-model",
  summary: "a PMU of three registers",
  state: (cpu) => [holds(pmu(cpu), { COUNTER: 0, ENABLE: false, STATUS: false })],
  counter: {
    counts: (view, cpu) => view.read(pmu(cpu)).ENABLE,
    count: (view, cpu) =>
      view.update(pmu(cpu), (of) => {
        of.COUNTER = (of.COUNTER + 1) % WRAP;
        if (of.COUNTER === 0) of.STATUS = true;
      }),
  },
  interrupt: levelLine({ handler: pmu_handle_irq, high: (view, cpu) => view.read(pmu(cpu)).STATUS }),
  boot: pmu_boot,
  drivers: [
    { name: "forgetful", functions: { pmu_boot, pmu_handle_irq } },
    { name: "careful", functions: { pmu_boot, count_on } },
  ],
});
