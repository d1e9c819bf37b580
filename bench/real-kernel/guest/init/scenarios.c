// SPDX-License-Identifier: MIT
/* The scenarios, named as in models/scenarios: what is done to the sampled task, from the last CPU. */
#define _GNU_SOURCE
#include <linux/perf_event.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "guest.h"

/* Task B of one-cpu and rr-rearm: wakes on CPU0 when told, and by its priority takes the CPU from T for a moment. */
struct preemptor {
	pid_t pid;
	int wake[2];
};

static struct preemptor start_preemptor(void)
{
	struct preemptor preemptor;
	char byte;

	if (pipe(preemptor.wake))
		fail("pipe");
	preemptor.pid = fork();
	if (preemptor.pid)
		return preemptor;
	run_on(0, 0);
	run_fifo(0, 50);
	while (read(preemptor.wake[0], &byte, 1) == 1)
		for (volatile int i = 0; i < 200; i++)
			;
	_exit(0);
}

static void preempt(const struct preemptor *preemptor)
{
	if (write(preemptor->wake[1], "", 1) != 1)
		fail("write to the preemptor");
}

static void end_preemptor(const struct preemptor *preemptor)
{
	kill(preemptor->pid, SIGKILL);
	waitpid(preemptor->pid, NULL, 0);
	close(preemptor->wake[0]);
	close(preemptor->wake[1]);
}

/* rr: stop the task, and then DISABLE, RESET, PERIOD, ENABLE, continue. */
static void rearm(pid_t pid, int fd)
{
	long period = settings.period;
	int status;

	if (ptrace(PTRACE_INTERRUPT, pid, NULL, NULL) || waitpid(pid, &status, 0) != pid || !WIFSTOPPED(status))
		fail("stopping the task");
	ioctl(fd, PERF_EVENT_IOC_DISABLE, 0);
	ioctl(fd, PERF_EVENT_IOC_RESET, 0);
	ioctl(fd, PERF_EVENT_IOC_PERIOD, &period);
	ioctl(fd, PERF_EVENT_IOC_ENABLE, 0);
	ptrace(PTRACE_CONT, pid, NULL, NULL);
}

static void act(const char *scenario, long turn, const struct preemptor *preemptor)
{
	pid_t pid = shared->pid[0];
	long period = settings.period;
	int fd = shared->fd[0];

	if (!strcmp(scenario, "one-cpu")) {
		preempt(preemptor);
	} else if (!strcmp(scenario, "ping-pong")) {
		run_on(pid, turn & 1);
	} else if (!strcmp(scenario, "next-task")) {
		run_fifo(shared->pid[turn & 1], 20);
		run_fifo(shared->pid[!(turn & 1)], 10);
	} else if (!strcmp(scenario, "disable-enable")) {
		ioctl(fd, PERF_EVENT_IOC_DISABLE, 0);
		ioctl(fd, PERF_EVENT_IOC_ENABLE, 0);
	} else if (!strcmp(scenario, "period-change")) {
		ioctl(fd, PERF_EVENT_IOC_PERIOD, &period);
	} else if (!strcmp(scenario, "rr-rearm")) {
		preempt(preemptor);
		wait_a_gap();
		rearm(pid, fd);
	}
}

/* The tasks share the table of files with this process, so that it can use the events' descriptors. */
static pid_t start_task(const char *fix, const char *scenario, int number)
{
	pid_t pid = (pid_t)syscall(SYS_clone, CLONE_FILES | SIGCHLD, 0, 0, 0, 0);

	if (pid < 0)
		fail("clone");
	if (pid == 0)
		be_sampled(fix, scenario, number);
	return pid;
}

static long counted(const char *name)
{
	char path[128];

	snprintf(path, sizeof(path), "/sys/module/pmucheck/parameters/%s", name);
	return read_number(path);
}

static void print_counts(const char *fix, const char *scenario, long actions)
{
	printf("RUN {\"fix\":\"%s\",\"scenario\":\"%s\",\"excludesKernel\":%s,\"actions\":%ld,\"stops\":%ld,"
	       "\"flagged\":%ld,\"noticed\":%ld,\"reported\":%ld,\"restored\":%ld,\"raised\":%ld,\"reads\":%ld,"
	       "\"samples\":%ld,\"early\":%ld,\"silent\":%ld,\"silentInUpdate\":%ld,\"places\":[%s],",
	       fix, scenario, settings.exclude_kernel ? "true" : "false", actions, counted("stops"), counted("flagged"),
	       counted("noticed"), counted("reported"), counted("restored"), counted("raised"), counted("reads"),
	       counted("samples"), counted("early"), counted("silent"), counted("silent_in_update"),
	       read_line("/sys/module/pmucheck/parameters/places"));
	printf("\"kernelSamples\":[%s]}\n", read_line("/proc/pmucheck_kernel_samples"));
	fflush(stdout);
}

void run_scenario(const char *fix, const char *scenario)
{
	int tasks = strcmp(scenario, "next-task") == 0 ? 2 : 1;
	bool traced = strcmp(scenario, "rr-rearm") == 0;
	bool acts = strcmp(scenario, "pinned") && strcmp(scenario, "read-own");
	bool preempts = traced || strcmp(scenario, "one-cpu") == 0;
	struct preemptor preemptor = { 0 };
	pid_t pids[TASKS];
	long turn = 0;
	double end;

	memset((void *)shared, 0, sizeof(*shared));
	run_on(0, (int)sysconf(_SC_NPROCESSORS_ONLN) - 1);
	for (int i = 0; i < tasks; i++)
		pids[i] = start_task(fix, scenario, i);
	if (preempts)
		preemptor = start_preemptor();
	while (!shared->pid[0] || (tasks == 2 && !shared->pid[1]))
		nap(1000);
	if (tasks == 2)
		for (int i = 0; i < tasks; i++)
			run_fifo(pids[i], 10 + 10 * i);
	if (traced && ptrace(PTRACE_SEIZE, pids[0], NULL, NULL))
		fail("ptrace");
	start_trace();
	if (acts) {
		for (end = seconds() + (double)settings.milliseconds / 1e3; seconds() < end; turn++) {
			wait_a_gap();
			act(scenario, turn, &preemptor);
		}
	} else {
		nap(settings.milliseconds * 1000);	/* while another CPU works, the emulator gives CPU0 no time, and its counter goes on */
	}
	stop_trace();
	shared->stop = true;
	if (preempts)
		end_preemptor(&preemptor);
	if (tasks == 2)
		for (int i = 0; i < tasks; i++)
			run_fifo(pids[i], 20);
	for (int i = 0; i < tasks; i++)
		waitpid(pids[i], NULL, 0);
	print_counts(fix, scenario, turn);
}
