/**
 * A PMU like that of RISC-V with Sscofpmf: an overflow bit per counter, one pending bit for all of them in the CPU's interrupt
 * register, which software clears, and firmware calls to start and stop a counter.
 *
 *   counter wraps -> OF = 1 -> request -> sip.LCOFIP = 1 -> interrupt -> the driver clears LCOFIP, reads OF, starts anew
 *                     |
 *                     +-- while OF is 1, a wrap makes no request
 *
 * Source: RISC-V privileged architecture, "Sscofpmf" (OF, scountovf, LCOFI); SBI specification, PMU extension (counter start
 * and stop); what riscv_pmu_sbi.c of Linux does when an event is stopped, started, and in its interrupt handler.
 *
 * Drivers: `rearms` starts a whole period when a completed one was not reported, as Linux does, and so loses it when a timer
 * interrupt stops and starts the event before the overflow's. `keeps` leaves OF and the pending bit as they are in that case.
 *
 * Hardware: with hardware=xiangshan a write to sip that comes in the same cycle as the request wins, and the request is lost
 * (OpenXiangShan/XiangShan issue 6497). OF stays 1, so that there is never a request again.
 * Not modelled: several counters, privilege modes other than by what is counted, the shadow memory of firmware.
 */
import { arrivals, choice, clearPending, edgeLine, holds, kernelFunction, loseSignal } from "pmucheck/models";
import { integer, lineOf, model as modelOf, operation, override, perCpu, reading } from "pmucheck/models";
import { report, signal, valueOf, writing, type EdgeLine, type View } from "pmucheck/models";

const WRAP = 16;
const PERIOD = 4;

const hardware = choice({
  name: "hardware",
  default: "spec",
  choices: ["spec", "xiangshan"],
  meaning: "xiangshan: a write to sip in the cycle of an overflow request loses the request",
});
const switches = integer({
  name: "switches",
  default: 1,
  minimum: 0,
  maximum: 1,
  meaning: "1: a timer interrupt stops and starts the event, as a context switch does",
});

interface Counter {
  readonly value: number;
  readonly OF: boolean;
  readonly running: boolean;
}
const counter = perCpu<Counter>("mhpmcounter3");

/** What the driver remembers of its event. */
interface HwPerfEvent {
  readonly prev_count: number;
  readonly period_left: number;
}
const hwc = perCpu<HwPerfEvent>("hwc");

// The interrupt register, one access each.

/** csrc sip: the CPU's own write is what may collide. */
function csrc_sip(bit: string, line: () => EdgeLine) {
  return operation<[], void>({
    name: `csrc_sip_${bit}`,
    choices: (view, cpu) =>
      view.parameter(hardware) === "xiangshan" && view.read(lineOf(LCOFI)(cpu)).arriving
        ? ["", "an overflow request comes in the same cycle"]
        : [""],
    perform: (view: View, cpu, _args, collision) => {
      clearPending(view, cpu, line());
      if (collision !== "") loseSignal(view, cpu, LCOFI);
    },
    show: () => `csrc sip, ${bit}`,
  });
}
const clear_lcofip = csrc_sip("LCOFIP", () => LCOFI);
const clear_ssip = csrc_sip("SSIP", () => SSI);
const read_scountovf = reading("scountovf", counter, ({ OF }) => OF);
const read_counter = reading("hpmcounter3", counter, ({ value }) => value);
const load_hwc = reading("load_hwc", hwc, ({ prev_count, period_left }) => ({ prev_count, period_left }));
const store_hwc = writing("store_hwc", hwc, (of, prev_count: number, period_left: number) => {
  of.prev_count = prev_count;
  of.period_left = period_left;
});

// Firmware calls: no interrupt of the kernel comes within one.

const sbi_counter_stop = writing("sbi_counter_stop", counter, (of) => {
  of.running = false;
});
const sbi_counter_start = writing("sbi_counter_start", counter, (of, value: number) => {
  of.value = value;
  of.OF = false;
  of.running = true;
});
const sbi_counter_resume = writing("sbi_counter_resume", counter, (of) => {
  of.running = true;
});

// The driver.

const event_update = kernelFunction("event_update", function* () {
  const { prev_count, period_left } = yield* load_hwc();
  const now = yield* read_counter();
  // From -PERIOD on all values are the same to event_set_period: that they differ is not kept, or it would grow for ever.
  const left = Math.max(-PERIOD, period_left - ((now - prev_count + WRAP) % WRAP));
  yield* store_hwc(now, left);
});
const event_set_period = kernelFunction("event_set_period", function* () {
  const { period_left } = yield* load_hwc();
  const left = period_left > 0 ? period_left : period_left > -PERIOD ? period_left + PERIOD : PERIOD;
  yield* store_hwc(WRAP - left, left);
  return WRAP - left;
});
const pmu_stop = kernelFunction("pmu_stop", function* () {
  yield* sbi_counter_stop();
  yield* event_update();
});
const pmu_start = kernelFunction("pmu_start", function* () {
  yield* sbi_counter_start(yield* event_set_period());
});
const ovf_handler = kernelFunction("ovf_handler", function* () {
  yield* sbi_counter_stop();
  // Only now: a request between the two would be cleared unseen.
  const overflowed = yield* read_scountovf();
  yield* clear_lcofip();
  if (overflowed) {
    yield* event_update();
    const start = yield* event_set_period();
    yield* report("A");
    yield* sbi_counter_start(start);
  } else {
    yield* sbi_counter_resume();
  }
  return overflowed;
});
const timer_handler = kernelFunction("timer_handler", function* () {
  yield* pmu_stop();
  yield* pmu_start();
});
const ipi_handler = kernelFunction("ipi_handler", function* () {
  yield* clear_ssip();
});

/** A period that was completed is the interrupt's to report: OF is what it looks for. */
const keeping = override(pmu_start, function* () {
  const { period_left } = yield* load_hwc();
  if (period_left > 0) yield* sbi_counter_start(yield* event_set_period());
  else yield* sbi_counter_resume();
});

const LCOFI = edgeLine({ name: "LCOFI", handler: ovf_handler, clearedBy: "software" });
const SSI = edgeLine({ name: "SSI", handler: ipi_handler, clearedBy: "software" });
const STI = edgeLine({ name: "STI", handler: timer_handler });

const rearms = {
  event_update,
  event_set_period,
  pmu_stop,
  pmu_start,
  ovf_handler,
  timer_handler,
  ipi_handler,
};

export const model = modelOf({
  name: "riscv-like",
  summary:
    "an overflow bit per counter, one pending bit that software clears, firmware that starts and stops",
  start: "The event was started by firmware, a whole period from overflow; user code runs.",
  parameters: [hardware, switches],
  state: (cpu) => [
    holds(counter(cpu), { value: 0, OF: false, running: false }),
    holds(hwc(cpu), { prev_count: 0, period_left: PERIOD }),
  ],
  counter: {
    counts: (view, cpu) => view.read(counter(cpu)).running,
    count: (view, cpu) => {
      const { value, OF } = view.read(counter(cpu));
      const wraps = value + 1 === WRAP;
      view.update(counter(cpu), (of) => {
        of.value = (value + 1) % WRAP;
        of.OF = OF || wraps;
      });
      if (wraps && !OF) signal(view, cpu, LCOFI);
    },
  },
  interrupt: LCOFI,
  otherInterrupts: [STI, SSI],
  environment: (cpu, configuration) => [
    arrivals(cpu, SSI, "another hart sends an IPI"),
    ...(valueOf(configuration, switches) === 1 ? [arrivals(cpu, STI, "the timer expires")] : []),
  ],
  signals: (cpu) => [
    { name: "OF", cpu, headline: true, value: (view) => (view.read(counter(cpu)).OF ? "1" : "0") },
  ],
  boot: pmu_start,
  drivers: [
    { name: "rearms", summary: "starts a whole period, as riscv_pmu_sbi.c does", functions: rearms },
    { name: "keeps", summary: "leaves OF to the interrupt", functions: { ...rearms, pmu_start: keeping } },
  ],
});
