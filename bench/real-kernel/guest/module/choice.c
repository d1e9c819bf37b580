// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * Which fix is chosen, and what is counted since: what every other file of the module asks. Licence: see pmucheck.h.
 */
#include <linux/module.h>
#include <linux/string.h>

#include "pmucheck.h"

static const char * const names[] = {
#define X(number, name) name,
	PMUCHECK_FIXES(X)
#undef X
};

static unsigned int chosen;
struct counts counts;
bool line_follows = true;

bool fix_is(enum fix_number fix)
{
	return chosen & BIT(fix);
}

/* The fix that is shipped has parts that are fixes; the rest of it is in fixes.c. */
static unsigned int parts_of(int fix)
{
	if (fix != NO_LOST_OVERFLOW)
		return BIT(fix);
	return BIT(fix) | BIT(TASK_WORK_AT_START) | BIT(VETO_POWER_DOWN) | BIT(MASK_AROUND_READ);
}

/* Takes names with + between them; -EINVAL for a name that is none. Counting begins afresh. */
static int choose(const char *value, const struct kernel_param *parameter)
{
	char copy[160], *rest = copy, *name;
	unsigned int bits = 0;

	strscpy(copy, value, sizeof(copy));
	strim(copy);
	while ((name = strsep(&rest, "+"))) {
		int number = match_string(names, FIXES, name);

		if (number >= 0)
			bits |= parts_of(number);
		else if (strcmp(name, "none"))
			return -EINVAL;
	}
	chosen = bits;
	memset(&counts, 0, sizeof(counts));
	forget_places();
	forget_samples();
	return 0;
}

static const struct kernel_param_ops choosing = { .set = choose };
module_param_cb(fix, &choosing, NULL, 0200);
module_param(line_follows, bool, 0644);
module_param_named(stops, counts.stops, ulong, 0444);
module_param_named(flagged, counts.flagged, ulong, 0444);
module_param_named(noticed, counts.noticed, ulong, 0444);
module_param_named(reported, counts.reported, ulong, 0444);
module_param_named(restored, counts.restored, ulong, 0444);
module_param_named(raised, counts.raised, ulong, 0444);
module_param_named(samples, counts.samples, ulong, 0444);
module_param_named(early, counts.early, ulong, 0444);
module_param_named(reads, counts.reads, ulong, 0444);
module_param_named(silent, counts.silent, ulong, 0444);
module_param_named(silent_in_update, counts.silent_in_update, ulong, 0444);
