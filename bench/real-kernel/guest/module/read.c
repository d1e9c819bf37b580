// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * What the fixes of the second loss do around armpmu_read (docs/reference/second-loss.md). Licence: see pmucheck.h.
 */
#include <asm/sysreg.h>

#include "pmucheck.h"

/* PSTATE.I masks what a priority mask lets through: pseudo-NMIs too. */
static void read_masked(struct perf_event *event)
{
	u64 masks = read_sysreg(daif);

	asm volatile("msr daifset, #3" : : : "memory");
	kernel.read(event);
	write_sysreg(masks, daif);
}

static void read_with_pmu_off(struct perf_event *event)
{
	kernel.pmu_disable(event->pmu);
	kernel.read(event);
	kernel.pmu_enable(event->pmu);
}

/* If the handler came in the middle, it has cleared the flag. If it did not, the flag is set and stays. */
static void relatch(struct perf_event *event)
{
	counts.restored += !is_flagged(event);
	write_sysreg(flag_of(event), pmovsset_el0);
	evaluate_line();
}

void wrapped_read(struct perf_event *event)
{
	counts.reads++;
	if (fix_is(MASK_AROUND_READ))
		read_masked(event);
	else if (fix_is(DISABLE_AROUND_READ))
		read_with_pmu_off(event);
	else
		kernel.read(event);
	if (fix_is(RELATCH_AFTER_READ) && is_completed(event))
		relatch(event);
}
