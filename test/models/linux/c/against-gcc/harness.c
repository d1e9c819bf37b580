/*
 * What stands around the driver when gcc builds it: one CPU, three events, the PMU's registers, and a main() that follows a script
 * from standard input, a line per call. It prints every access to a register, every report, and after each call all fields that
 * the driver may have written. The model's side of the same log is in script.ts.
 */
int printf(const char *format, ...);
int scanf(const char *format, ...);
int strcmp(const char *a, const char *b);
int strncmp(const char *a, const char *b, unsigned long n);

enum { EVENTS = 3, MOST = 31 };
static struct arm_pmu unit_, *cookie = &unit_;
static struct pmu_hw_events mine_;
static struct perf_event events_[EVENTS];
static u64 pmcr, cnten, inten, ovs, ccntr, evcntr[MOST], width_mask;
static int counters;

/* Registers: a name as C spells it, "pmovsclr_el0", is printed as the architecture does. */
static void shown(const char *name, const char *is, u64 value)
{
	for (; strncmp(name, "_el", 3); name++)
		printf("%c", *name >= 'a' ? *name - 'a' + 'A' : *name);
	printf(" %s 0x%llx\n", is, value);
}

static int number_in(const char *name)
{
	int n = 0;

	for (name += 7; *name >= '0' && *name <= '9'; name++)
		n = 10 * n + *name - '0';
	return n;
}

u64 __read_sysreg(const char *name)
{
	u64 value = 0;

	if (!strcmp(name, "pmcr_el0"))
		value = pmcr;
	else if (!strcmp(name, "pmovsclr_el0"))
		value = ovs;
	else if (!strcmp(name, "pmccntr_el0"))
		value = ccntr;
	else if (!strncmp(name, "pmevcntr", 8))
		value = evcntr[number_in(name + 1)];
	shown(name, "is", value);
	return value;
}

void __write_sysreg(u64 value, const char *name)
{
	shown(name, "=", value);
	if (!strcmp(name, "pmcr_el0")) {
		for (int n = 0; n < counters && value & 2; n++)
			evcntr[n] = 0;
		if (value & 4)
			ccntr = 0;
		pmcr = value & 0xc1;
	} else if (!strcmp(name, "pmovsclr_el0")) {
		ovs &= ~value;
	} else if (!strcmp(name, "pmccntr_el0")) {
		ccntr = value;
	} else if (!strncmp(name, "pmevcntr", 8)) {
		evcntr[number_in(name + 1)] = value & width_mask;
	}
}

void isb(void) { printf("isb\n"); }

/* The kernel's helpers, for one CPU. */
unsigned int smp_processor_id(void) { return 0; }
void *__per_cpu_ptr(const void *pointer, int cpu) { return (void *)pointer; }
u64 sched_clock(void) { return 0; }
struct pt_regs *get_irq_regs(void) { return 0; }
void *kzalloc(size_t size, gfp_t flags) { return &unit_; }
int request_irq(unsigned int irq, irq_handler_t handler, unsigned long flags, const char *name, void *dev) { return 0; }

static int warnings;
bool __warn_on(bool condition, const char *text)
{
	warnings += condition;
	return condition;
}

bool test_and_set_bit(long nr, unsigned long *map)
{
	bool was = *map >> nr & 1;

	*map |= 1UL << nr;
	return was;
}
void clear_bit(long nr, unsigned long *map) { *map &= ~(1UL << nr); }
bool bitmap_empty(const unsigned long *map, unsigned int bits) { return !(*map & ((1UL << bits) - 1)); }
void bitmap_to_arr64(u64 *words, const unsigned long *map, unsigned int bits) { *words = *map; }
unsigned long find_next_bit(const unsigned long *map, unsigned long size, unsigned long from)
{
	while (from < size && !(*map >> from & 1))
		from++;
	return from;
}

s64 local64_read(const local64_t *of) { return of->value; }
void local64_set(local64_t *of, s64 to) { of->value = to; }
void local64_add(s64 amount, local64_t *of)
{
	printf("%c->count += %lld\n", 'A' + (int)(container_of(of, struct perf_event, count) - events_), amount);
}
void local64_sub(s64 amount, local64_t *of) { of->value -= amount; }
s64 local64_cmpxchg(local64_t *of, s64 expected, s64 desired)
{
	s64 was = of->value;

	if (was == expected)
		of->value = desired;
	return was;
}

/* The core of perf. */
void perf_sample_data_init(struct perf_sample_data *data, u64 address, u64 period) { }
void perf_event_update_userpage(struct perf_event *event) { }
void perf_sample_event_took(u64 length) { }
int perf_event_overflow(struct perf_event *event, struct perf_sample_data *data, struct pt_regs *regs)
{
	printf("overflow %c\n", 'A' + (int)(event - events_));
	return event == &events_[1];
}

static void fields(void)
{
	for (int i = 0; i < EVENTS; i++) {
		const struct hw_perf_event *hw = &events_[i].hw;

		printf("%c idx %d state %d prev 0x%llx left %lld last %lld\n", 'A' + i, hw->idx, hw->state,
		       hw->prev_count.value, hw->period_left.value, hw->last_period);
	}
	printf("used 0x%lx:", mine_.used_mask[0]);
	for (int i = 0; i < ARMPMU_MAX_HWEVENTS; i++)
		if (mine_.events[i])
			printf(" %d=%c", i, 'A' + (int)(mine_.events[i] - events_));
	printf("\n");
}

/* Scripts: a word, a number (an event, a counter, a flag), and another one. */
static int call(const char *word, long long n, long long value)
{
	const struct pmu *pmu = &unit_.pmu;
	struct perf_event *event = &events_[n % EVENTS];
	bool has_counter = event->hw.idx >= 0;

	if (!strcmp(word, "counter")) {
		if (n == 31)
			ccntr = value;
		else
			evcntr[n] = value & width_mask;
	} else if (!strcmp(word, "flags")) {
		ovs |= n;
	} else if (!strcmp(word, "left")) {
		event->hw.period_left.value = value;
	} else if (!strcmp(word, "add")) {
		return has_counter ? 0 : pmu->add(event, value);
	} else if (!strcmp(word, "enable")) {
		unit_.pmu.pmu_enable(&unit_.pmu);
	} else if (!strcmp(word, "disable")) {
		unit_.pmu.pmu_disable(&unit_.pmu);
	} else if (!strcmp(word, "irq")) {
		return armpmu_dispatch_irq(0, &cookie);
	} else if (!strcmp(word, "power")) {
		unit_.cpu_pm_nb.notifier_call(&unit_.cpu_pm_nb, n, 0);
	} else if (has_counter && !strcmp(word, "del")) {
		pmu->del(event, 0);
	} else if (has_counter && !strcmp(word, "start")) {
		pmu->start(event, value);
	} else if (has_counter && !strcmp(word, "stop")) {
		pmu->stop(event, value);
	} else if (has_counter && !strcmp(word, "read")) {
		pmu->read(event);
	}
	return 0;
}

int main(void)
{
	static const s64 periods[EVENTS] = { PERIODS };
	static const unsigned long types[EVENTS] = { TYPES };
	char word[16];
	long long n, value;
	int long_counters;

	scanf("%d %d", &counters, &long_counters);
	width_mask = long_counters ? ~0ULL : 0xffffffff;
	armpmu_alloc();
	armv8_pmu_init(&unit_);
	unit_.hw_events = &mine_;
	unit_.cntr_mask[0] = ((1UL << counters) - 1) | 1UL << 31;
	unit_.pmuver = long_counters ? ID_AA64DFR0_EL1_PMUVer_V3P5 : ID_AA64DFR0_EL1_PMUVer_V3P4;
	for (int i = 0; i < EVENTS; i++) {
		struct perf_event *event = &events_[i];

		event->pmu = &unit_.pmu;
		event->attr.config1 = i == 1;
		event->hw = (struct hw_perf_event) {
			.config_base = types[i], .flags = i == 1, .idx = -1, .state = 3, .sample_period = periods[i],
			.last_period = periods[i],
		};
		event->hw.period_left.value = periods[i];
	}
	unit_.reset(&unit_);
	printf("begin\n");
	while (scanf("%15s %lld %lld", word, &n, &value) == 3) {
		int result = call(word, n, value);

		printf("> %d, %d warnings\n", result, warnings);
		fields();
	}
	return 0;
}
