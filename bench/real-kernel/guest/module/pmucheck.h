/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/*
 * The candidate fixes of models/fixes on a running kernel, without a change of its source.
 *
 * Licence: GPL-2.0 OR MIT, for every file of this folder. All of it was written for pmucheck; no line of the kernel
 * is in it. The module declares "Dual MIT/GPL", because it links to symbols that the kernel exports to such modules
 * alone.
 *
 * The function pointers of struct pmu and struct arm_pmu are replaced (wrappers.c); each wrapper calls the kernel's
 * own function and does before and after it what the chosen fix says. Unloading is not supported: the guest is
 * switched off afterwards.
 */
#ifndef PMUCHECK_H
#define PMUCHECK_H

#include <linux/irq_work.h>
#include <linux/perf/arm_pmu.h>
#include <linux/perf_event.h>
#include <linux/task_work.h>

/* The fixes, under pmucheck's names; fixes can be combined. */
#define PMUCHECK_FIXES(X) \
	X(NO_CLEAR, "no-clear") \
	X(SAVE_RESTORE_FLAG, "save-restore-flag") \
	X(SPLIT_PERIOD, "split-period") \
	X(SAMPLE_IN_STOP, "sample-in-stop") \
	X(SAMPLE_IN_DEL, "sample-in-del") \
	X(DETECT_AT_START, "detect-at-start") \
	X(RELATCH_AT_START, "relatch-at-start") \
	X(RESTART_SHORT, "restart-short") \
	X(IRQ_WORK_AT_SCHED_OUT, "irq-work-at-sched-out") \
	X(TASK_WORK, "task-work") \
	X(TASK_WORK_AT_START, "task-work-at-start") \
	X(NOT_AFTER_PERIOD, "not-after-period") \
	X(VETO_POWER_DOWN, "veto-power-down") \
	X(MASK_AROUND_READ, "mask-around-read") \
	X(RELATCH_AFTER_READ, "relatch-after-read") \
	X(DISABLE_AROUND_READ, "disable-around-read") \
	X(NO_LOST_OVERFLOW, "no-lost-overflow")

enum fix_number {
#define X(number, name) number,
	PMUCHECK_FIXES(X)
#undef X
	FIXES
};

/* Has this fix been chosen? (choice.c) */
bool fix_is(enum fix_number fix);

/* What happened since the fix was chosen; files of /sys/module/pmucheck/parameters. (choice.c) */
struct counts {
	unsigned long stops;	/* armpmu_stop of a running event */
	unsigned long flagged;	/* of these, with the event's overflow flag set */
	unsigned long noticed;	/* of these, with the period completed: each is a loss of the driver of the mail */
	unsigned long reported;	/* perf_event_overflow called by the fix */
	unsigned long restored;	/* the overflow flag, or a counter one short of overflow, put back by the fix */
	unsigned long raised;	/* PMCR.E set while an enabled overflow flag was set */
	unsigned long samples;	/* reports, of the driver and of the fix */
	unsigned long early;	/* of these, of a period that is not completed, or was reported before */
	unsigned long reads;	/* armpmu_read of a running event */
	unsigned long silent;	/* runs of the handler that found an enabled overflow flag and reported nothing */
	unsigned long silent_in_update;	/* of these, with armpmu_event_update interrupted: late, or losses */
};
extern struct counts counts;

/* Make the emulator look at the interrupt line after PMCR, PMOVSSET and PMINTENSET, as the architecture says. (choice.c) */
extern bool line_follows;

/* The kernel's own functions. (kernel.c) */
struct kernel_functions {
	int (*set_period)(struct perf_event *event);
	int (*overflow)(struct perf_event *event, struct perf_sample_data *data, struct pt_regs *regs);
	int (*task_work_add)(struct task_struct *task, struct callback_head *work, enum task_work_notify_mode mode);
	void (*pmu_disable)(struct pmu *pmu);
	void (*pmu_enable)(struct pmu *pmu);
	unsigned long update, update_end;	/* where armpmu_event_update is */
	/* What struct pmu and struct arm_pmu pointed to. */
	int (*add)(struct perf_event *event, int flags);
	void (*del)(struct perf_event *event, int flags);
	void (*start)(struct perf_event *event, int flags);
	void (*stop)(struct perf_event *event, int flags);
	void (*read)(struct perf_event *event);
	irqreturn_t (*handle_irq)(struct arm_pmu *pmu);
	void (*enable_event)(struct perf_event *event);
	void (*disable_event)(struct perf_event *event);
	void (*start_pmu)(struct arm_pmu *pmu);
	void (*stop_pmu)(struct arm_pmu *pmu);
};
extern struct kernel_functions kernel;
extern struct pmu *pmu;

int find_kernel_functions(void);
u32 flag_of(struct perf_event *event);
bool is_flagged(struct perf_event *event);
u64 enabled_flags(void);

/* Between the completion of a period and its report the handler may report the next one. */
#define REMEMBERED 2

/* What a fix keeps of an event. (fixes.c) */
struct note {
	struct callback_head task_work;
	struct irq_work irq_work;
	struct perf_event *event;
	perf_overflow_handler_t on_overflow;	/* what the wrapper calls */
	/* Of the event's count: */
	s64 begun_at;		/* where the period began that nothing has been reported of before */
	s64 found_at;		/* where the period was completed that the fix has found last */
	s64 reported_at[REMEMBERED];	/* where those were completed that were reported last */
	unsigned int reports;
	bool flag_pending;	/* an overflow flag is to be put back */
	bool report_due;	/* a report is to be made by deferred work */
	bool queued;		/* task work is on its way */
	bool holds_context;	/* ... and keeps clones from swapping contexts */
	bool new_period;	/* IOC_PERIOD came since the last start */
};
struct note *note_of(struct perf_event *event);
bool is_completed(struct perf_event *event);
int report(struct perf_event *event, struct pt_regs *regs);
void after_stop(struct perf_event *event);
void after_del(struct perf_event *event);
void before_start(struct perf_event *event);
bool instead_of_start(struct perf_event *event);
void after_start(struct perf_event *event, bool was_completed);

/* wrappers.c */
void evaluate_line(void);
void wrap(void);

/* read.c */
void wrapped_read(struct perf_event *event);

/* handler.c */
bool in_handler(void);
irqreturn_t wrapped_handle_irq(struct arm_pmu *armpmu);
void forget_places(void);

/* samples.c */
void watch_reports(struct perf_event *event);
void begin_period(struct perf_event *event);
void note_found(struct perf_event *event);
unsigned long reports_here(void);
void forget_samples(void);
int publish_samples(void);

int refuse_power_down(void);	/* power.c */

#endif
