// SPDX-License-Identifier: MIT
/* Recording what the kernel does: functions entered, values returned, switches of tasks. */
#include <stdio.h>
#include <string.h>

#include "guest.h"

/* Patterns of set_ftrace_filter: the PMU's driver and what of perf's core schedules events and reports overflows. */
static const char * const patterns[] = {
	"armpmu_*", "armv8pmu_*", "perf_event_overflow", "__perf_event_overflow", "event_sched_in", "event_sched_out",
	"merge_sched_in", "group_sched_in", "group_sched_out", "ctx_sched_in", "ctx_sched_out", "__perf_event_task_sched_in",
	"__perf_event_task_sched_out", "__perf_event_enable", "__perf_event_disable", "__perf_event_period",
	"perf_pmu_disable", "perf_pmu_enable", "perf_event_task_tick", "task_work_run",
};

static bool tracing(void)
{
	return strcmp(argument("trace", "0"), "0") != 0;
}

void prepare_trace(void)
{
	if (!tracing())
		return;
	write_or_fail(TRACEFS "/tracing_on", "0");
	write_or_fail(TRACEFS "/buffer_size_kb", "16384");
	/* One order for all CPUs. */
	write_or_fail(TRACEFS "/trace_clock", "global");
	write_or_fail(TRACEFS "/kprobe_events", "r:set_period armpmu_event_set_period ret=$retval");
	for (size_t i = 0; i < sizeof(patterns) / sizeof(*patterns); i++)
		if (!write_file(TRACEFS "/set_ftrace_filter", patterns[i]))
			printf("NOFUNCTION %s\n", patterns[i]);
	write_or_fail(TRACEFS "/current_tracer", "function");
	write_or_fail(TRACEFS "/events/sched/sched_switch/enable", "1");
	write_or_fail(TRACEFS "/events/irq/irq_handler_entry/enable", "1");
	write_or_fail(TRACEFS "/events/kprobes/enable", "1");
}

void start_trace(void)
{
	if (!tracing())
		return;
	printf("SAMPLED %d %d\n", shared->pid[0], shared->pid[1]);
	write_or_fail(TRACEFS "/trace", "");
	write_or_fail(TRACEFS "/tracing_on", "1");
}

void stop_trace(void)
{
	if (tracing())
		write_or_fail(TRACEFS "/tracing_on", "0");
}

/* FUNCTION: what ftrace could see; TRACE: what it saw. */
void print_trace(void)
{
	if (!tracing())
		return;
	copy_to_console(TRACEFS "/set_ftrace_filter", "FUNCTION ");
	copy_to_console(TRACEFS "/trace", "TRACE ");
}
