// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * Which runs of the PMU's interrupt handler report, and where they interrupted armpmu_event_update. Licence: see pmucheck.h.
 */
#include <linux/module.h>
#include <asm/irq_regs.h>
#include <asm/ptrace.h>

#include "pmucheck.h"

#define INSTRUCTION 4
#define PLACES 128	/* instructions of armpmu_event_update that are told apart; it has about 50 */

/* Runs of the handler that interrupted one instruction. */
static struct place {
	unsigned long reported, silent;
} places[PLACES];

static DEFINE_PER_CPU(unsigned int, handlers);	/* that run; an NMI's may interrupt another */

bool in_handler(void)
{
	return this_cpu_read(handlers);
}

void forget_places(void)
{
	memset(places, 0, sizeof(places));
}

static void note_place(unsigned long at, bool silent)
{
	unsigned long number = (at - kernel.update) / INSTRUCTION;

	counts.silent_in_update += silent;
	if (number < PLACES) {
		places[number].silent += silent;
		places[number].reported += !silent;
	}
}

irqreturn_t wrapped_handle_irq(struct arm_pmu *armpmu)
{
	unsigned long before = reports_here();
	unsigned long at = instruction_pointer(get_irq_regs());
	bool due = enabled_flags();
	irqreturn_t handled;
	bool silent;

	this_cpu_inc(handlers);
	handled = kernel.handle_irq(armpmu);
	this_cpu_dec(handlers);
	silent = reports_here() == before;
	if (!due)
		return handled;
	counts.silent += silent;
	if (at >= kernel.update && at < kernel.update_end)
		note_place(at, silent);
	return handled;
}

/* As JSON: offset in armpmu_event_update, runs that reported, runs that did not; where there were any. */
static int print_places(char *to, const struct kernel_param *parameter)
{
	int length = 0;

	for (int i = 0; i < PLACES; i++)
		if (places[i].reported || places[i].silent)
			length += scnprintf(to + length, PAGE_SIZE - length, "%s[%d,%lu,%lu]", length ? "," : "",
					    i * INSTRUCTION, places[i].reported, places[i].silent);
	return length;
}

static const struct kernel_param_ops printing = { .get = print_places };
module_param_cb(places, &printing, NULL, 0444);
