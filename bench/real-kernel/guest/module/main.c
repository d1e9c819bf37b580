// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * The module: loading, and hearing of new periods. Licence: see pmucheck.h.
 *
 *   insmod pmucheck.ko
 *   echo task-work+not-after-period > /sys/module/pmucheck/parameters/fix     none: the kernel's own functions
 *   cat /sys/module/pmucheck/parameters/noticed
 */
#include <linux/kprobes.h>
#include <linux/module.h>

#include "pmucheck.h"

/* __perf_event_period runs on the event's CPU, with the event as its first argument. */
static int on_new_period(struct kprobe *probe, struct pt_regs *regs)
{
	struct perf_event *event = (void *)regs->regs[0];

	if (event->pmu == pmu)
		note_of(event)->new_period = true;
	return 0;
}

static struct kprobe new_period = {
	.symbol_name = "__perf_event_period",
	.pre_handler = on_new_period,
};

static int __init load(void)
{
	int error = find_kernel_functions();

	if (!error)
		error = register_kprobe(&new_period);
	if (!error)
		error = refuse_power_down();
	if (!error)
		error = publish_samples();
	if (error)
		return error;
	wrap();
	return 0;
}
module_init(load);
MODULE_DESCRIPTION("pmucheck's candidate fixes of the lost PMU overflow");
MODULE_LICENSE("Dual MIT/GPL");
