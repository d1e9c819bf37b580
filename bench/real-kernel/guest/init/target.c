// SPDX-License-Identifier: MIT
/* A sampled task, and what its ring buffer says about each of its overflows. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/perf_event.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "guest.h"

#define PAGE 4096
#define IN_KERNEL_BYTES 16384

/* A sample, as PERF_SAMPLE_IP | TID | TIME | CPU | READ lays it out. */
struct sample {
	unsigned long ip;
	unsigned int pid, tid;
	unsigned long time;
	unsigned int cpu, reserved;
	long count;
};

/* What a ring buffer came to. */
struct tally {
	long overflows;		/* periods in the count at the end */
	long samples;
	long wrong_task;
	long kernel_ip;
	long largest_delta;	/* counts between two samples */
	long dropped;		/* lost by the ring buffer, or throttled: the tally is worth nothing */
};

int open_event(pid_t pid, bool disabled)
{
	struct perf_event_attr attr = {
		.type = PERF_TYPE_HARDWARE,
		.config = PERF_COUNT_HW_CPU_CYCLES,
		.size = sizeof(attr),
		.sample_period = (unsigned long)settings.period,
		.sample_type = PERF_SAMPLE_IP | PERF_SAMPLE_TID | PERF_SAMPLE_TIME | PERF_SAMPLE_CPU | PERF_SAMPLE_READ,
		.disabled = disabled,
		.exclude_kernel = settings.exclude_kernel,
		.exclude_hv = 1,
		.wakeup_events = 1,
	};
	int fd = (int)syscall(SYS_perf_event_open, &attr, pid, -1, -1, 0);

	if (fd < 0)
		fail("perf_event_open");
	return fd;
}

static void tally_sample(struct tally *tally, const struct sample *sample, long last)
{
	tally->samples++;
	tally->wrong_task += sample->tid != (unsigned int)getpid();
	tally->kernel_ip += sample->ip >> 63;
	if (sample->count - last > tally->largest_delta)
		tally->largest_delta = sample->count - last;
}

static struct tally read_ring(const char *ring, long total)
{
	const struct perf_event_mmap_page *control = (const void *)ring;
	struct tally tally = { .overflows = total / settings.period };
	long last = 0;

	if (control->data_head > RING_BYTES)
		tally.dropped++;
	for (unsigned long at = 0; at < control->data_head && at < RING_BYTES;) {
		const struct perf_event_header *header = (const void *)(ring + PAGE + at);
		const struct sample *sample = (const void *)(header + 1);

		if (header->type == PERF_RECORD_LOST || header->type == PERF_RECORD_THROTTLE)
			tally.dropped++;
		if (header->type == PERF_RECORD_SAMPLE) {
			tally_sample(&tally, sample, last);
			last = sample->count;
		}
		at += header->size;
	}
	return tally;
}

static void print_tally(const char *fix, const char *scenario, int number, const struct tally *tally)
{
	printf("TASK {\"fix\":\"%s\",\"scenario\":\"%s\",\"task\":%d,\"overflows\":%ld,\"samples\":%ld,"
	       "\"wrongTask\":%ld,\"kernelIp\":%ld,\"largestDelta\":%.2f,\"dropped\":%ld}\n",
	       fix, scenario, number, tally->overflows, tally->samples, tally->wrong_task, tally->kernel_ip,
	       (double)tally->largest_delta / (double)settings.period,
	       tally->dropped);
	fflush(stdout);
}

/* For a time that a seed fixes, so that reads do not fall in step with the period. */
static void spin(void)
{
	long turns = 500 + (long)(next_random() % 1000);

	for (volatile long i = 0; i < turns; i++)
		;
}

/* For 70 microseconds, with interrupts on. */
static void be_in_kernel(int zero)
{
	static char page[IN_KERNEL_BYTES];

	if (read(zero, page, sizeof(page)) != sizeof(page))
		fail("read of /dev/zero");
}

/*
 * A read that is interrupted in its middle makes the next report late. Where the task is at the report before and at the
 * late one (in user mode the handler comes a little later) decides whether the late one is also lost: so in every other
 * turn the task is in the kernel before it reads, and in the others behind that.
 */
static void read_own(int fd, int zero, long turn)
{
	long ignored;

	if (turn & 1)
		be_in_kernel(zero);
	if (read(fd, &ignored, sizeof(ignored)) != sizeof(ignored))
		fail("read of the event");
	if (!(turn & 1))
		be_in_kernel(zero);
}

void be_sampled(const char *fix, const char *scenario, int number)
{
	bool reads = strcmp(scenario, "read-own") == 0;
	long total, turn = 0;
	char *ring;
	int fd, zero = open("/dev/zero", O_RDONLY);

	if (zero < 0)
		fail("/dev/zero");

	run_on(0, 0);
	if (reads)	/* kernel threads stop an event that reads are to find running */
		run_fifo(0, 10);
	fd = open_event(0, true);
	ring = mmap(NULL, PAGE + RING_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (ring == MAP_FAILED)
		fail("mmap of the ring buffer");
	for (unsigned long at = 0; at < RING_BYTES; at += PAGE)	/* no page faults later */
		*(volatile char *)(ring + PAGE + at);
	ioctl(fd, PERF_EVENT_IOC_RESET, 0);
	ioctl(fd, PERF_EVENT_IOC_ENABLE, 0);
	shared->fd[number] = fd;
	shared->pid[number] = getpid();
	while (!shared->stop) {
		spin();
		if (reads)
			read_own(fd, zero, turn++);
	}
	ioctl(fd, PERF_EVENT_IOC_DISABLE, 0);
	if (read(fd, &total, sizeof(total)) != sizeof(total))
		fail("read of the event");
	struct tally tally = read_ring(ring, total);

	print_tally(fix, scenario, number, &tally);
	_exit(0);
}
