// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * Softirqs, which the models leave out: CPU1 interrupts CPU0 to raise one, at every `softirqs` nanoseconds. Licence: see
 * pmucheck.h.
 *
 * The interrupt of another CPU comes before the PMU's if both are pending, and the softirq that it raises runs right after it,
 * with interrupts on: there the PMU's comes, with the kernel's registers.
 */
#include <linux/hrtimer.h>
#include <linux/interrupt.h>
#include <linux/module.h>
#include <linux/smp.h>

#include "pmucheck.h"

static unsigned long every;
static struct hrtimer timer;

static void do_nothing(struct tasklet_struct *unused)
{
}

static DECLARE_TASKLET(softirq, do_nothing);

static void raise_softirq_here(void *unused)
{
	tasklet_schedule(&softirq);
}

static call_single_data_t on_other_cpu = CSD_INIT(raise_softirq_here, NULL);

static enum hrtimer_restart expire(struct hrtimer *unused)
{
	smp_call_function_single_async(0, &on_other_cpu);
	hrtimer_forward_now(&timer, ns_to_ktime(every));
	return HRTIMER_RESTART;
}

static void start_timer(void *unused)
{
	hrtimer_init(&timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL_PINNED_HARD);
	timer.function = expire;
	hrtimer_start(&timer, ns_to_ktime(every), HRTIMER_MODE_REL_PINNED_HARD);
}

/* Written once; the guest is switched off afterwards. */
static int begin(const char *value, const struct kernel_param *parameter)
{
	int error = kstrtoul(value, 0, &every);

	if (error || !every)
		return error ?: -EINVAL;
	return smp_call_function_single(1, start_timer, NULL, 1);
}

static const struct kernel_param_ops beginning = { .set = begin };
module_param_cb(softirqs, &beginning, NULL, 0200);
