// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * What each fix does around armpmu_stop, armpmu_del and armpmu_start. Licence: see pmucheck.h.
 *
 * The descriptions of the fixes are in models/fixes; this is the same in C.
 */
#include <linux/slab.h>
#include <linux/version.h>
#include <asm/irq_regs.h>

#include "pmucheck.h"

/* While work of an event is on its way, contexts of clones are not to be swapped; the counter for that has two names. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 11, 0)
#define no_swap(event) (&(event)->ctx->nr_pending)
#else
#define no_swap(event) (&(event)->ctx->nr_no_switch_fast)
#endif

static void run_task_work(struct callback_head *work);
static void run_irq_work(struct irq_work *work);

/* hw.extra_reg is x86's; here it keeps the address of the note. A note lives as long as the guest: 64 bytes an event. */
struct note *note_of(struct perf_event *event)
{
	struct note *note = (void *)(unsigned long)event->hw.extra_reg.config;

	if (note)
		return note;
	note = kzalloc(sizeof(*note), GFP_ATOMIC);
	if (!note)
		panic("pmucheck: no memory for a note");
	note->event = event;
	init_task_work(&note->task_work, run_task_work);
	note->irq_work = IRQ_WORK_INIT_HARD(run_irq_work);
	event->hw.extra_reg.config = (unsigned long)note;
	return note;
}

bool is_completed(struct perf_event *event)
{
	return event->attr.sample_period && local64_read(&event->hw.period_left) <= 0;
}

/* Without registers of an interrupt, those of the caller: a kernel ip. */
int report(struct perf_event *event, struct pt_regs *regs)
{
	struct perf_sample_data data;
	struct pt_regs here;

	if (!regs) {
		perf_fetch_caller_regs(&here);
		regs = &here;
	}
	counts.reported++;
	perf_sample_data_init(&data, 0, event->hw.last_period);
	return kernel.overflow(event, &data, regs);
}

/* Of several completed periods one is reported, as the handler does. */
static void merge_completed(struct perf_event *event)
{
	s64 left = local64_read(&event->hw.period_left);
	s64 period = event->hw.sample_period;

	if (left <= -period)
		local64_set(&event->hw.period_left, left + period);
}

static void queue_task_work(struct perf_event *event)
{
	struct note *note = note_of(event);

	if (note->queued || !event->ctx->task)
		return;
	if (kernel.task_work_add(current, &note->task_work, TWA_RESUME))
		return;
	note->queued = true;
	note->holds_context = fix_is(TASK_WORK);
	if (note->holds_context)
		local_inc(no_swap(event));
}

static void run_task_work(struct callback_head *work)
{
	struct note *note = container_of(work, struct note, task_work);
	struct perf_event *event = note->event;

	local_irq_disable();
	note->queued = false;
	if (note->holds_context)
		local_dec(no_swap(event));
	if (event->state >= PERF_EVENT_STATE_INACTIVE && note->report_due) {
		note->report_due = false;
		if (report(event, task_pt_regs(current)) && event->state == PERF_EVENT_STATE_ACTIVE)
			pmu->stop(event, 0);
	}
	local_irq_enable();
}

static void run_irq_work(struct irq_work *work)
{
	struct note *note = container_of(work, struct note, irq_work);

	if (!note->report_due)
		return;
	note->report_due = false;
	report(note->event, get_irq_regs());
}

/* The event was running and has been stopped with its period completed. */
void after_stop(struct perf_event *event)
{
	note_found(event);
	if (fix_is(SAMPLE_IN_STOP)) {
		kernel.set_period(event);
		report(event, get_irq_regs());
	}
	if (fix_is(RELATCH_AT_START))
		note_of(event)->flag_pending = true;
	if (fix_is(TASK_WORK)) {
		note_of(event)->report_due = true;
		queue_task_work(event);
	}
}

/* The same, where the event is taken off its counter. */
void after_del(struct perf_event *event)
{
	if (fix_is(SAMPLE_IN_DEL)) {
		kernel.set_period(event);
		report(event, get_irq_regs());
	}
	if (fix_is(IRQ_WORK_AT_SCHED_OUT)) {
		note_of(event)->report_due = true;
		irq_work_queue(&note_of(event)->irq_work);
	}
}

/*
 * IOC_PERIOD writes period_left = 0 between a stop and a start: no overflow. The kernel's function cannot be made to write
 * something else, so it is done again here, before anybody looks.
 */
void before_start(struct perf_event *event)
{
	struct note *note = note_of(event);

	if (!note->new_period)
		return;
	note->new_period = false;
	begin_period(event);
	if (fix_is(NOT_AFTER_PERIOD)) {
		note->flag_pending = false;
		note->report_due = false;
	}
	if (fix_is(NOT_AFTER_PERIOD) || fix_is(NO_LOST_OVERFLOW))
		local64_set(&event->hw.period_left, event->hw.sample_period);
}

static void start_at(struct perf_event *event, u32 count)
{
	struct arm_pmu *armpmu = to_arm_pmu(pmu);

	counts.restored++;
	event->hw.state = 0;
	merge_completed(event);
	local64_set(&event->hw.prev_count, count);
	armpmu->write_counter(event, count);
	armpmu->enable(event);
}

/* True if the fix has started the event itself. */
bool instead_of_start(struct perf_event *event)
{
	bool flag = (fix_is(RELATCH_AT_START) || fix_is(SPLIT_PERIOD)) && note_of(event)->flag_pending;

	if (flag)
		start_at(event, 0);
	else if (fix_is(RESTART_SHORT) && is_completed(event))
		start_at(event, U32_MAX);
	else
		return false;
	return true;
}

void after_start(struct perf_event *event, bool was_completed)
{
	if (was_completed)
		note_found(event);
	if (fix_is(DETECT_AT_START) && was_completed && report(event, get_irq_regs()))
		to_arm_pmu(pmu)->disable(event);
	if (fix_is(TASK_WORK_AT_START) && was_completed)
		note_of(event)->report_due = true;
	/* Also a report that is due from before, for which no work could be queued or whose work came while the event was off. */
	if ((fix_is(TASK_WORK) || fix_is(TASK_WORK_AT_START)) && note_of(event)->report_due)
		queue_task_work(event);
}
