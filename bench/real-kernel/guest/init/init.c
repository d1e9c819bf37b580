// SPDX-License-Identifier: MIT
/*
 * /init of the guest. The kernel's command line says what to run:
 *
 *   fixes=none,no-clear scenarios=one-cpu,ping-pong period=200000 ms=400 gap=100 seed=1 trace=1 script=/probe.sh softirqs=5000000
 *
 * and the console gets a line per sampled task (TASK) and one per run (RUN), as JSON, then END. Without fixes= the
 * module is not loaded and the kernel is as it was shipped. `script` is run by the shell of busybox beside each scenario,
 * with `start` before it and `stop` behind it; its lines begin with SCRIPT. With `softirqs` CPU0 has one at every so many
 * nanoseconds.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "guest.h"

struct settings settings;
struct shared *shared;

static void prepare_machine(void)
{
	mkdir("/proc", 0755);
	mkdir("/sys", 0755);
	if (mount("proc", "/proc", "proc", 0, NULL) || mount("sysfs", "/sys", "sysfs", 0, NULL))
		fail("mount");
	if (mknod("/dev/zero", S_IFCHR | 0600, makedev(1, 5)))
		fail("/dev/zero");
	mount("tracefs", TRACEFS, "tracefs", 0, NULL);	/* not every kernel has it */
	/* Neither throttling of samples nor of real-time tasks. */
	write_or_fail("/proc/sys/kernel/perf_event_max_sample_rate", "1000000");
	write_file("/proc/sys/kernel/perf_cpu_time_max_percent", "0");
	write_or_fail("/proc/sys/kernel/sched_rt_runtime_us", "-1");
}

static void read_settings(void)
{
	settings.period = atol(argument("period", "200000"));
	settings.milliseconds = atol(argument("ms", "400"));
	settings.gap = atol(argument("gap", "100"));
	settings.exclude_kernel = atol(argument("exclude_kernel", "1")) != 0;
}

static void load_module(void)
{
	int file = open("/pmucheck.ko", O_RDONLY);

	if (file < 0 || syscall(SYS_finit_module, file, "", 0))
		fail("loading pmucheck.ko");
	close(file);
	if (argument("softirqs", NULL))
		write_or_fail("/sys/module/pmucheck/parameters/softirqs", argument("softirqs", NULL));
	if (!strcmp(argument("line_follows", "1"), "0"))
		write_or_fail("/sys/module/pmucheck/parameters/line_follows", "0");
}

static void run_script(const char *what)
{
	const char *script = argument("script", "");
	char command[256];

	if (!script[0])
		return;
	snprintf(command, sizeof(command), "sh %s %s 2>&1 | sed 's/^/SCRIPT /'", script, what);
	fflush(stdout);
	if (system(command))
		fail(script);
}

static void run_scenarios(const char *fix)
{
	char *scenarios = strdup(argument("scenarios", "one-cpu")), *rest;

	for (char *name = strtok_r(scenarios, ",", &rest); name; name = strtok_r(NULL, ",", &rest)) {
		settings.seed = strtoul(argument("seed", "1"), NULL, 10);
		if (strcmp(fix, "unmodified"))
			write_or_fail("/sys/module/pmucheck/parameters/fix", fix);
		run_script("start");
		run_scenario(fix, name);
		run_script("stop");
	}
}

int main(void)
{
	char *fixes, *rest;

	setvbuf(stdout, NULL, _IOLBF, 4096);
	setenv("PATH", "/bin", 1);
	prepare_machine();
	read_settings();
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED)
		fail("mmap");
	fixes = strdup(argument("fixes", "unmodified"));
	if (strcmp(fixes, "unmodified"))
		load_module();
	prepare_trace();
	for (char *fix = strtok_r(fixes, ",", &rest); fix; fix = strtok_r(NULL, ",", &rest))
		run_scenarios(fix);
	print_trace();
	printf("END\n");
	fflush(stdout);
	reboot(RB_POWER_OFF);
	return 0;
}
