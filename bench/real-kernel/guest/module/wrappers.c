// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * The wrappers that struct pmu and struct arm_pmu point to. Licence: see pmucheck.h.
 */
#include <asm/sysreg.h>

#include "pmucheck.h"

/*
 * QEMU 7.2 evaluates the PMU's interrupt line when PMOVSCLR is written, not when PMCR, PMOVSSET or PMINTENSET is.
 * Writing 0 there clears no flag.
 */
void evaluate_line(void)
{
	if (!line_follows)
		return;
	isb();
	write_sysreg(0, pmovsclr_el0);
	isb();
}

static bool is_running(struct perf_event *event)
{
	return !(event->hw.state & PERF_HES_STOPPED);
}

static void wrapped_stop(struct perf_event *event, int flags)
{
	bool running = is_running(event);

	if (running) {
		counts.stops++;
		counts.flagged += is_flagged(event);
	}
	kernel.stop(event, flags);
	if (running && is_completed(event)) {
		counts.noticed++;
		after_stop(event);
	}
}

static void wrapped_start(struct perf_event *event, int flags)
{
	bool completed;

	before_start(event);
	completed = is_completed(event);
	if (instead_of_start(event))
		return;
	kernel.start(event, flags);
	after_start(event, completed);
}

/* The kernel's own add starts the event by a direct call, so it is asked not to. */
static int wrapped_add(struct perf_event *event, int flags)
{
	int error = kernel.add(event, flags & ~PERF_EF_START);

	if (error)
		return error;
	watch_reports(event);
	if (flags & PERF_EF_START)
		wrapped_start(event, PERF_EF_RELOAD);
	perf_event_update_userpage(event);
	return 0;
}

/* Likewise del stops it by a direct call: it finds it stopped. */
static void wrapped_del(struct perf_event *event, int flags)
{
	bool running = is_running(event);

	wrapped_stop(event, PERF_EF_UPDATE);
	if (running && is_completed(event))
		after_del(event);
	kernel.del(event, flags);
}

/* Disables counter and interrupt and leaves the overflow flag alone. */
static void disable_without_clearing(struct perf_event *event)
{
	write_sysreg(flag_of(event), pmcntenclr_el0);
	isb();
	write_sysreg(flag_of(event), pmintenclr_el1);
	isb();
}

static void wrapped_disable_event(struct perf_event *event)
{
	if ((fix_is(SAVE_RESTORE_FLAG) || fix_is(SPLIT_PERIOD)) && is_running(event) && is_flagged(event))
		note_of(event)->flag_pending = true;
	if (fix_is(NO_CLEAR))
		disable_without_clearing(event);
	else
		kernel.disable_event(event);
}

static void wrapped_enable_event(struct perf_event *event)
{
	struct note *note = note_of(event);

	if (note->flag_pending) {
		note->flag_pending = false;
		write_sysreg(flag_of(event), pmovsset_el0);
	}
	kernel.enable_event(event);
}

static void wrapped_start_pmu(struct arm_pmu *armpmu)
{
	kernel.start_pmu(armpmu);
	counts.raised += !!enabled_flags();
	evaluate_line();
}

static void wrapped_stop_pmu(struct arm_pmu *armpmu)
{
	kernel.stop_pmu(armpmu);
	evaluate_line();
}

void wrap(void)
{
	struct arm_pmu *armpmu = to_arm_pmu(pmu);

	armpmu->start = wrapped_start_pmu;
	armpmu->stop = wrapped_stop_pmu;
	armpmu->enable = wrapped_enable_event;
	armpmu->disable = wrapped_disable_event;
	armpmu->handle_irq = wrapped_handle_irq;
	pmu->start = wrapped_start;
	pmu->stop = wrapped_stop;
	pmu->add = wrapped_add;
	pmu->del = wrapped_del;
	pmu->read = wrapped_read;
}
