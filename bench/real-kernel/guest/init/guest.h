/* SPDX-License-Identifier: MIT */
/*
 * The guest's only program: /init, static, which runs scenarios under fixes and prints what came of them.
 */
#ifndef GUEST_H
#define GUEST_H

#include <stdbool.h>
#include <sys/types.h>

#define TASKS 2
#define RING_BYTES (1ul << 23)
#define TRACEFS "/sys/kernel/tracing"

/* Of the kernel's command line. */
struct settings {
	long period;		/* sample period, in cycles; in this guest a cycle is a virtual nanosecond */
	long milliseconds;	/* of each scenario */
	long gap;		/* microseconds between two actions on the sampled task, on average */
	bool exclude_kernel;
	unsigned long seed;	/* of the gaps */
};
extern struct settings settings;

/* Between the sampled tasks and the process that acts on them. */
struct shared {
	volatile bool stop;
	volatile int fd[TASKS];
	volatile pid_t pid[TASKS];
};
extern struct shared *shared;

/* machine.c */
__attribute__((noreturn)) void fail(const char *what);
const char *argument(const char *name, const char *otherwise);
bool write_file(const char *path, const char *text);
void write_or_fail(const char *path, const char *text);
void copy_to_console(const char *path, const char *prefix);
const char *read_line(const char *path);
long read_number(const char *path);
void run_on(pid_t pid, int cpu);
void run_fifo(pid_t pid, int priority);
void nap(long microseconds);
unsigned long next_random(void);
void wait_a_gap(void);
double seconds(void);

/* target.c */
int open_event(pid_t pid, bool disabled);
__attribute__((noreturn)) void be_sampled(const char *fix, const char *scenario, int number);

/* scenarios.c */
void run_scenario(const char *fix, const char *scenario);

/* trace.c */
void prepare_trace(void);
void start_trace(void);
void stop_trace(void);
void print_trace(void);

#endif
