// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * What each report is: whether it belongs to a completed period, and what it interrupted in the kernel. Licence: see
 * pmucheck.h.
 */
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <asm/ptrace.h>

#include "pmucheck.h"

#define NEVER (S64_MIN / 2)
#define SAMPLES 8192	/* of the kernel, in one run */

enum context { IN_TASK, IN_SOFTIRQ, BY_FIX };

static const char * const contexts[] = { "task", "softirq", "fix" };

static struct sample {
	unsigned long ip;
	enum context context;
} samples[SAMPLES];

static atomic_t taken;	/* also by NMIs, which a lock would not keep out */

static DEFINE_PER_CPU(unsigned long, reports);

void forget_samples(void)
{
	atomic_set(&taken, 0);
}

unsigned long reports_here(void)
{
	return this_cpu_read(reports);
}

/*
 * Where the count was when the period that is reported was completed. period_left is what was left when the count was
 * last updated, so that their sum stands still while the event counts, and moves on by a period when the driver begins the next.
 */
static s64 completed_at(struct perf_event *event)
{
	s64 left = local64_read(&event->hw.period_left);
	s64 ends = local64_read(&event->count) + left;

	return left > 0 ? ends - event->hw.sample_period : ends;
}

/* A fix has found a completed period, which it will report now or later. */
void note_found(struct perf_event *event)
{
	note_of(event)->found_at = completed_at(event);
}

/* Periods are completed a period apart at least, so two reports of less than that are of one; a late report may be of an older one. */
static bool is_reported(const struct note *note, s64 at, s64 period)
{
	for (int i = 0; i < REMEMBERED; i++)
		if (abs(at - note->reported_at[i]) < period)
			return true;
	return false;
}

/* Counts a report that no completed period is left for: none since the event's period is new, or it has been reported. */
static void judge(struct perf_event *event)
{
	struct note *note = note_of(event);
	s64 at = in_handler() ? completed_at(event) : note->found_at;
	s64 period = event->hw.sample_period;

	counts.samples++;
	counts.early += at < note->begun_at + period || is_reported(note, at, period);
	note->reported_at[note->reports++ % REMEMBERED] = at;
}

/* A new period begins at this count. */
void begin_period(struct perf_event *event)
{
	struct note *note = note_of(event);

	note->begun_at = local64_read(&event->count);
	for (int i = 0; i < REMEMBERED; i++)
		note->reported_at[i] = NEVER;
}

/* A report of the driver interrupted what `regs` say; one of a fix did not, and its registers are made up. */
static enum context context_now(void)
{
	if (!in_handler())
		return BY_FIX;
	return in_serving_softirq() ? IN_SOFTIRQ : IN_TASK;
}

static void note_sample(struct pt_regs *regs)
{
	int number = atomic_fetch_inc(&taken);

	if (number < SAMPLES)
		samples[number] = (struct sample) { instruction_pointer(regs), context_now() };
}

static void on_overflow(struct perf_event *event, struct perf_sample_data *data, struct pt_regs *regs)
{
	this_cpu_inc(reports);
	judge(event);
	if (!user_mode(regs))
		note_sample(regs);
	note_of(event)->on_overflow(event, data, regs);
}

/* perf_event_overflow calls the event's overflow handler for each report. */
void watch_reports(struct perf_event *event)
{
	if (event->overflow_handler == on_overflow)
		return;
	begin_period(event);
	note_of(event)->on_overflow = event->overflow_handler;
	WRITE_ONCE(event->overflow_handler, on_overflow);
}

static bool is_first_of_its_kind(int number)
{
	for (int i = 0; i < number; i++)
		if (samples[i].ip == samples[number].ip && samples[i].context == samples[number].context)
			return false;
	return true;
}

static unsigned int like(const struct sample *one, int length)
{
	unsigned int count = 0;

	for (int i = 0; i < length; i++)
		count += samples[i].ip == one->ip && samples[i].context == one->context;
	return count;
}

/* As JSON: the kernel's symbol and offset, the context, how many samples. */
static int print_samples(struct seq_file *to, void *unused)
{
	int length = min(atomic_read(&taken), SAMPLES);
	bool first = true;

	for (int i = 0; i < length; i++) {
		if (!is_first_of_its_kind(i))
			continue;
		seq_printf(to, "%s[\"%pS\",\"%s\",%u]", first ? "" : ",", (void *)samples[i].ip,
			   contexts[samples[i].context], like(&samples[i], length));
		first = false;
	}
	seq_putc(to, '\n');
	return 0;
}

int publish_samples(void)
{
	return proc_create_single("pmucheck_kernel_samples", 0400, NULL, print_samples) ? 0 : -ENOMEM;
}
