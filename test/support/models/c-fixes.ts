/**
 * Shipped fixes as patches of the driver of our own, each written from the words of its fix alone.
 *
 * What a fix remembers of an event is in hw.event_base, which an Arm driver has no other use for, and which moves with the event.
 */
import { ARM_PMU, ARM_PMU_H, ARM_PMUV3, PERF_EVENT_H, PMUV3_ASM_H, type FileEdit } from "./edited-fixture.js";

const HAS_ENDED = "local64_read(&event->hw.period_left) <= 0";
const UNTOLD = "event->hw.event_base";

/** Behind `anchor`, which is in the file once. */
function behind(file: string, anchor: string, added: string): FileEdit {
  return [file, anchor, anchor + added];
}

function before(file: string, anchor: string, added: string): FileEdit {
  return [file, anchor, added + anchor];
}

const STOPPED = "	event->hw.state |= PERF_HES_STOPPED | PERF_HES_UPTODATE;\n";
const PROGRAM = "	event->hw.state = 0;\n	armpmu_event_set_period(event);\n";
const READ = "static void armpmu_read(struct perf_event *event)\n{\n	armpmu_event_update(event);\n";
const DISABLE_IN_ADD = "	unit->disable(event);\n	mine->events[idx] = event;\n";

/** What is given, in the place of armpmu_start's call of armpmu_event_set_period. */
function programming(instead: string): FileEdit {
  return [ARM_PMU, PROGRAM, `	event->hw.state = 0;\n${instead}`];
}

/** Consumes the period and reports. */
const REPORT = before(
  ARM_PMU,
  "static void armpmu_read(",
  [
    "static void armpmu_report(struct perf_event *event)",
    "{",
    "	struct perf_sample_data data;",
    "",
    "	perf_sample_data_init(&data, 0, event->hw.last_period);",
    "	perf_event_overflow(event, &data, get_irq_regs());",
    "}",
    "",
    "",
  ].join("\n"),
);

/** A period that was completed twice before anybody was told: the two become one. */
const MERGE_OVERDUE = before(
  ARM_PMU,
  "static void armpmu_read(",
  [
    "static void armpmu_merge_overdue(struct hw_perf_event *hw)",
    "{",
    "	s64 left = local64_read(&hw->period_left);",
    "	s64 period = hw->sample_period;",
    "",
    "	if (left <= -period)",
    "		local64_set(&hw->period_left, left + period);",
    "}",
    "",
    "",
  ].join("\n"),
);

/** A callback that sets the event's overflow flag, by a register that the driver did not use. */
const LATCH: readonly FileEdit[] = [
  behind(ARM_PMU_H, "	void (*reset)(void *unit);\n", "	void (*latch)(struct perf_event *event);\n"),
  behind(PMUV3_ASM_H, "PMU_WRITER(pmuserenr, pmuserenr_el0)\n", "PMU_WRITER(pmovsset, pmovsset_el0)\n"),
  before(
    ARM_PMUV3,
    "static void armv8pmu_enable_event(",
    "static void armv8pmu_latch(struct perf_event *event)\n{\n	write_pmovsset(BIT_ULL(event->hw.idx));\n}\n\n",
  ),
  behind(ARM_PMUV3, "	unit->reset = armv8pmu_reset;\n", "	unit->latch = armv8pmu_latch;\n"),
];

const NO_CLEAR: readonly FileEdit[] = [
  [ARM_PMUV3, "	isb();\n	write_pmovsclr(mask);\n	isb();\n", "	isb();\n	isb();\n"],
  behind(ARM_PMUV3, "	armv8pmu_disable_intens(all);\n", "	write_pmovsclr(all);\n"),
];

/** The flag is kept with an event that is being disabled; one that is being added owns none yet. */
const SAVE_FLAG = behind(
  ARM_PMUV3,
  "static void armv8pmu_disable_event_irq(struct perf_event *event)\n{\n",
  [
    "	if (!(event->hw.state & PERF_HES_STOPPED) &&",
    "	    (read_pmovsclr() & BIT_ULL(event->hw.idx)))",
    `		${UNTOLD} = 1;`,
    "",
  ].join("\n"),
);

const STOP_MARK = behind(ARM_PMU, STOPPED, `	if (${HAS_ENDED})\n		${UNTOLD} = 1;\n`);

/** An event that is marked starts as if its counter had just wrapped. */
const MARKED_RELATCH: readonly FileEdit[] = [
  ...LATCH,
  MERGE_OVERDUE,
  [
    ARM_PMU,
    `${PROGRAM}	unit->enable(event);\n`,
    [
      "	event->hw.state = 0;",
      `	if (${UNTOLD}) {`,
      `		${UNTOLD} = 0;`,
      "		armpmu_merge_overdue(&event->hw);",
      "		local64_set(&event->hw.prev_count, 0);",
      "		unit->write_counter(event, 0);",
      "		unit->latch(event);",
      "	} else {",
      "		armpmu_event_set_period(event);",
      "	}",
      "	unit->enable(event);",
      "",
    ].join("\n"),
  ],
];

const RETURNED: FileEdit = [
  ARM_PMU,
  "	if (flags & PERF_EF_RELOAD)\n",
  "	int ended;\n\n	if (flags & PERF_EF_RELOAD)\n",
];

/** A start that finds a completed period has the task report it, on its way back to user mode. */
const TASK_WORK_AT_START: readonly FileEdit[] = [
  behind(
    PERF_EVENT_H,
    "	local64_t prev_count, period_left;\n",
    "	struct callback_head overflow_work;\n	bool overflow_owed, overflow_queued;\n",
  ),
  before(
    ARM_PMU,
    "static void armpmu_start(",
    [
      "static void armpmu_overflow_work(struct callback_head *head)",
      "{",
      "	struct perf_event *event = container_of(head, struct perf_event, hw.overflow_work);",
      "	struct perf_sample_data data;",
      "",
      "	local_irq_disable();",
      "	event->hw.overflow_queued = false;",
      "	if (event->state >= PERF_EVENT_STATE_INACTIVE && event->hw.overflow_owed) {",
      "		event->hw.overflow_owed = false;",
      "		perf_sample_data_init(&data, 0, event->hw.last_period);",
      "		if (perf_event_overflow(event, &data, current_pt_regs()) &&",
      "		    event->state == PERF_EVENT_STATE_ACTIVE)",
      "			armpmu_stop(event, 0);",
      "	}",
      "	local_irq_enable();",
      "}",
      "",
      "",
    ].join("\n"),
  ),
  RETURNED,
  [
    ARM_PMU,
    `${PROGRAM}	unit->enable(event);\n`,
    [
      "	event->hw.state = 0;",
      "	ended = armpmu_event_set_period(event);",
      "	unit->enable(event);",
      "	if (ended && event->attach_state & PERF_ATTACH_TASK)",
      "		event->hw.overflow_owed = true;",
      "	if (event->hw.overflow_owed && !event->hw.overflow_queued) {",
      "		event->hw.overflow_queued = true;",
      "		task_work_add(current, &event->hw.overflow_work, TWA_RESUME);",
      "	}",
      "",
    ].join("\n"),
  ],
  [
    ARM_PMU,
    "	event->hw.idx = -1;\n	return 0;\n",
    "	event->hw.idx = -1;\n	init_task_work(&event->hw.overflow_work, armpmu_overflow_work);\n	return 0;\n",
  ],
];

const VETO_POWER_DOWN: readonly FileEdit[] = [
  behind(ARM_PMU_H, "	void (*reset)(void *unit);\n", "	bool (*has_overflowed)(void);\n"),
  behind(PMUV3_ASM_H, "PMU_WRITER(pmintenset, pmintenset_el1)\n", "PMU_READER(pmintenset, pmintenset_el1)\n"),
  before(
    ARM_PMUV3,
    "static void armv8pmu_enable_event(",
    "static bool armv8pmu_has_overflowed(void)\n{\n	return read_pmovsclr() & read_pmintenset();\n}\n\n",
  ),
  behind(ARM_PMUV3, "	unit->reset = armv8pmu_reset;\n", "	unit->has_overflowed = armv8pmu_has_overflowed;\n"),
  before(
    ARM_PMU,
    "	if (cmd == CPU_PM_EXIT)\n		unit->reset(unit);\n",
    "	if (cmd == CPU_PM_ENTER && unit->has_overflowed())\n		return NOTIFY_BAD;\n",
  ),
];

const MASK_AROUND_READ: FileEdit = [
  ARM_PMU,
  READ,
  [
    "static void armpmu_read(struct perf_event *event)",
    "{",
    "	unsigned long flags = local_daif_save();",
    "",
    "	armpmu_event_update(event);",
    "	local_daif_restore(flags);",
    "",
  ].join("\n"),
];

/** By the name of the shipped fix, or of the edit. */
export const C_FIXES: Readonly<Record<string, readonly FileEdit[]>> = {
  "no-clear": NO_CLEAR,
  "no-clear-no-add": [...NO_CLEAR, [ARM_PMU, DISABLE_IN_ADD, "	mine->events[idx] = event;\n"]],
  "save-restore-flag": [
    ...LATCH,
    SAVE_FLAG,
    behind(
      ARM_PMUV3,
      "static void armv8pmu_enable_event(struct perf_event *event)\n{\n",
      `	if (${UNTOLD}) {\n		${UNTOLD} = 0;\n		armv8pmu_latch(event);\n	}\n`,
    ),
  ],
  "split-period": [SAVE_FLAG, ...MARKED_RELATCH],
  "relatch-at-start": [STOP_MARK, ...MARKED_RELATCH],
  "sample-in-stop": [
    REPORT,
    behind(
      ARM_PMU,
      STOPPED,
      `	if (${HAS_ENDED}) {\n		armpmu_event_set_period(event);\n		armpmu_report(event);\n	}\n`,
    ),
  ],
  "sample-in-del": [
    REPORT,
    [
      ARM_PMU,
      "	armpmu_stop(event, PERF_EF_UPDATE);\n	mine->events[idx] = NULL;\n",
      [
        "	was_stopped = event->hw.state & PERF_HES_STOPPED;",
        "	armpmu_stop(event, PERF_EF_UPDATE);",
        `	if (!was_stopped && ${HAS_ENDED}) {`,
        "		armpmu_event_set_period(event);",
        "		armpmu_report(event);",
        "	}",
        "	mine->events[idx] = NULL;",
        "",
      ].join("\n"),
    ],
    behind(ARM_PMU, "	const int idx = event->hw.idx;\n", "	bool was_stopped;\n"),
  ],
  "detect-at-start": [
    RETURNED,
    [
      ARM_PMU,
      `${PROGRAM}	unit->enable(event);\n`,
      [
        "	event->hw.state = 0;",
        "	ended = armpmu_event_set_period(event);",
        "	unit->enable(event);",
        "	if (ended) {",
        "		struct perf_sample_data data;",
        "",
        "		perf_sample_data_init(&data, 0, event->hw.last_period);",
        "		if (perf_event_overflow(event, &data, get_irq_regs()))",
        "			unit->disable(event);",
        "	}",
        "",
      ].join("\n"),
    ],
  ],
  "detect-at-read": [
    REPORT,
    RETURNED,
    programming(`	ended = armpmu_event_set_period(event);\n	if (ended)\n		${UNTOLD} = 1;\n`),
    [
      ARM_PMU,
      READ,
      [
        "static void armpmu_read(struct perf_event *event)",
        "{",
        "	bool ended;",
        "",
        "	armpmu_event_update(event);",
        `	ended = ${HAS_ENDED};`,
        "	if (ended)",
        "		armpmu_event_set_period(event);",
        `	if (!ended && !${UNTOLD})`,
        "		return;",
        `	${UNTOLD} = 0;`,
        "	armpmu_report(event);",
        "",
      ].join("\n"),
    ],
  ],
  "restart-short": [
    MERGE_OVERDUE,
    programming(
      [
        `	if (${HAS_ENDED}) {`,
        "		armpmu_merge_overdue(&event->hw);",
        "		local64_set(&event->hw.prev_count, -1);",
        "		unit->write_counter(event, arm_pmu_event_max_period(event));",
        "	} else {",
        "		armpmu_event_set_period(event);",
        "	}",
        "",
      ].join("\n"),
    ),
  ],
  "isb-after-stop": [
    behind(ARM_PMUV3, "	armv8pmu_pmcr_write(armv8pmu_pmcr_read() & ~CR_ENABLE);\n", "	isb();\n"),
  ],
  "handler-keeps-E": [
    behind(
      ARM_PMUV3,
      "	struct perf_sample_data data;\n	int idx;\n",
      "	bool was_on = read_pmcr() & CR_ENABLE;\n",
    ),
    [
      ARM_PMUV3,
      "	armv8pmu_start(unit);\n	return IRQ_HANDLED;\n",
      "	if (was_on)\n		armv8pmu_start(unit);\n	return IRQ_HANDLED;\n",
    ],
  ],
  "task-work-at-start": TASK_WORK_AT_START,
  "veto-power-down": VETO_POWER_DOWN,
  "mask-around-read": [MASK_AROUND_READ],
  "task-work-at-start+veto-power-down+mask-around-read": [
    ...TASK_WORK_AT_START,
    ...VETO_POWER_DOWN,
    MASK_AROUND_READ,
  ],
  "disable-around-read": [
    [
      ARM_PMU,
      READ,
      READ.replace(
        "	armpmu_event_update(event);\n",
        "	perf_pmu_disable(event->pmu);\n	armpmu_event_update(event);\n	perf_pmu_enable(event->pmu);\n",
      ),
    ],
  ],
  "relatch-after-read": [
    ...LATCH,
    [ARM_PMU, READ, `${READ}	if (${HAS_ENDED})\n		to_arm_pmu(event->pmu)->latch(event);\n`],
  ],
};
