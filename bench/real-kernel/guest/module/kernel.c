// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * Finding the kernel's functions and its PMU. Licence: see pmucheck.h.
 */
#include <linux/kprobes.h>
#include <linux/version.h>
#include <asm/sysreg.h>

#include "pmucheck.h"

struct kernel_functions kernel;
struct pmu *pmu;

/* A counter's bit in the PMU's registers. Until 6.10 index 0 was the cycle counter and event counters began at 1. */
u32 flag_of(struct perf_event *event)
{
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 11, 0)
	return BIT((event->hw.idx - 1) & 31);
#else
	return BIT(event->hw.idx);
#endif
}

bool is_flagged(struct perf_event *event)
{
	return read_sysreg(pmovsclr_el0) & flag_of(event);
}

/* Overflow flags whose interrupt is enabled: they raise the line while PMCR.E is set. */
u64 enabled_flags(void)
{
	return read_sysreg(pmovsclr_el0) & read_sysreg(pmintenset_el1);
}

/* kallsyms_lookup_name is not exported; a kprobe on it knows where it is. */
static unsigned long (*find_lookup(void))(const char *name)
{
	struct kprobe probe = { .symbol_name = "kallsyms_lookup_name" };

	if (register_kprobe(&probe))
		return NULL;
	unregister_kprobe(&probe);
	return (void *)probe.addr;
}

/* The PMU that counts cycles: the one that takes a kernel counter of them. */
static struct pmu *find_pmu(void)
{
	struct perf_event_attr attr = {
		.type = PERF_TYPE_HARDWARE,
		.config = PERF_COUNT_HW_CPU_CYCLES,
		.size = sizeof(attr),
		.disabled = 1,
	};
	struct perf_event *event = perf_event_create_kernel_counter(&attr, 0, NULL, NULL, NULL);
	struct pmu *found;

	if (IS_ERR(event))
		return NULL;
	found = event->pmu;
	perf_event_release_kernel(event);
	return found;
}

/* False if the compiler has inlined it everywhere, or the kernel has no such function. */
static bool find_update(unsigned long (*lookup)(const char *name))
{
	int (*size_of)(unsigned long, unsigned long *, unsigned long *) = (void *)lookup("kallsyms_lookup_size_offset");
	unsigned long size, offset;

	kernel.update = lookup("armpmu_event_update");
	if (!kernel.update || !size_of || !size_of(kernel.update, &size, &offset))
		return false;
	kernel.update_end = kernel.update + size;
	return true;
}

int find_kernel_functions(void)
{
	unsigned long (*lookup)(const char *name) = find_lookup();
	struct arm_pmu *armpmu;

	if (!lookup || !find_update(lookup))
		return -ENOENT;
	kernel.set_period = (void *)lookup("armpmu_event_set_period");
	kernel.overflow = (void *)lookup("perf_event_overflow");
	kernel.task_work_add = (void *)lookup("task_work_add");
	kernel.pmu_disable = (void *)lookup("perf_pmu_disable");
	kernel.pmu_enable = (void *)lookup("perf_pmu_enable");
	if (!kernel.set_period || !kernel.overflow || !kernel.task_work_add || !kernel.pmu_disable || !kernel.pmu_enable)
		return -ENOENT;
	pmu = find_pmu();
	if (!pmu)
		return -ENODEV;
	armpmu = to_arm_pmu(pmu);
	kernel.add = pmu->add;
	kernel.del = pmu->del;
	kernel.start = pmu->start;
	kernel.stop = pmu->stop;
	kernel.read = pmu->read;
	kernel.handle_irq = armpmu->handle_irq;
	kernel.enable_event = armpmu->enable;
	kernel.disable_event = armpmu->disable;
	kernel.start_pmu = armpmu->start;
	kernel.stop_pmu = armpmu->stop;
	return 0;
}
