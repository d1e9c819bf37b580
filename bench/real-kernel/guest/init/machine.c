// SPDX-License-Identifier: MIT
/* What the guest's program needs of its machine: arguments, files, CPUs, time. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/reboot.h>
#include <time.h>
#include <unistd.h>

#include "guest.h"

/* Says why and switches the guest off: the host sees that results are missing. */
void fail(const char *what)
{
	printf("FAILED %s: %s\n", what, strerror(errno));
	fflush(stdout);
	reboot(RB_POWER_OFF);
	_exit(1);
}

/* The value of name=value on the kernel's command line. What is returned is never freed. */
const char *argument(const char *name, const char *otherwise)
{
	static char line[4096];
	size_t length = strlen(name);

	if (!line[0]) {
		int file = open("/proc/cmdline", O_RDONLY);

		if (file < 0 || read(file, line, sizeof(line) - 1) < 0)
			fail("/proc/cmdline");
		close(file);
	}
	for (char *at = line; (at = strstr(at, name)); at += length)
		if ((at == line || at[-1] == ' ') && at[length] == '=')
			return strndup(at + length + 1, strcspn(at + length + 1, " \n"));
	return otherwise;
}

bool write_file(const char *path, const char *text)
{
	int file = open(path, O_WRONLY);
	bool done = file >= 0 && write(file, text, strlen(text)) >= 0;

	if (file >= 0)
		close(file);
	return done;
}

void write_or_fail(const char *path, const char *text)
{
	if (!write_file(path, text))
		fail(path);
}

/* Every line of a file, with something before it. */
void copy_to_console(const char *path, const char *prefix)
{
	char line[1024];
	FILE *file = fopen(path, "r");

	if (!file)
		fail(path);
	while (fgets(line, sizeof(line), file))
		printf("%s%s", prefix, line);
	fclose(file);
	fflush(stdout);
}

/* The first line without its end; empty if there is no such file. What is returned is overwritten by the next call. */
const char *read_line(const char *path)
{
	static char line[1 << 16];
	FILE *file = fopen(path, "r");

	if (!file || !fgets(line, sizeof(line), file))
		line[0] = '\0';
	line[strcspn(line, "\n")] = '\0';
	if (file)
		fclose(file);
	return line;
}

/* -1 if there is no such file. */
long read_number(const char *path)
{
	long number = -1;
	FILE *file = fopen(path, "r");

	if (!file)
		return -1;
	if (fscanf(file, "%ld", &number) != 1)
		number = -1;
	fclose(file);
	return number;
}

void run_on(pid_t pid, int cpu)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	if (sched_setaffinity(pid, sizeof(set), &set))
		fail("sched_setaffinity");
}

void run_fifo(pid_t pid, int priority)
{
	struct sched_param parameter = { priority };

	if (sched_setscheduler(pid, SCHED_FIFO, &parameter))
		fail("sched_setscheduler");
}

void nap(long microseconds)
{
	struct timespec time = { microseconds / 1000000, microseconds % 1000000 * 1000 };

	nanosleep(&time, NULL);
}

/* By a linear congruential generator (Knuth's MMIX), so that a seed fixes a run. */
unsigned long next_random(void)
{
	settings.seed = settings.seed * 6364136223846793005ul + 1442695040888963407ul;
	return settings.seed >> 33;
}

/* From half the gap to one and a half. */
void wait_a_gap(void)
{
	if (settings.gap > 0)
		nap(settings.gap / 2 + (long)(next_random() % (unsigned long)(settings.gap + 1)));
}

double seconds(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}
