// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * veto-power-down: a CPU whose counter has overflowed is not powered down. Licence: see pmucheck.h.
 *
 * No scenario of the guest comes here: the emulated machine describes no state of idle that loses the PMU's registers.
 */
#include <linux/cpu_pm.h>
#include <linux/limits.h>

#include "pmucheck.h"

static int before_power_down(struct notifier_block *block, unsigned long action, void *unused)
{
	if (action == CPU_PM_ENTER && fix_is(VETO_POWER_DOWN) && enabled_flags())
		return NOTIFY_BAD;
	return NOTIFY_OK;
}

/* Before the driver's own notifier, which stops the events. */
static struct notifier_block veto = {
	.notifier_call = before_power_down,
	.priority = INT_MAX,
};

int refuse_power_down(void)
{
	return cpu_pm_register_notifier(&veto);
}
