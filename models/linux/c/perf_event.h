/*
 * include/linux/perf_event.h and its uapi header, as far as the drivers use them, in our own words. Names are the kernel's. The
 * tree's own header is read instead where a patch changes it.
 */
#ifndef _LINUX_PERF_EVENT_H
#define _LINUX_PERF_EVENT_H

enum perf_type_id { PERF_TYPE_HARDWARE, PERF_TYPE_SOFTWARE, PERF_TYPE_TRACEPOINT, PERF_TYPE_HW_CACHE, PERF_TYPE_RAW };
enum perf_hw_id {
	PERF_COUNT_HW_CPU_CYCLES,
	PERF_COUNT_HW_INSTRUCTIONS,
	PERF_COUNT_HW_CACHE_REFERENCES,
	PERF_COUNT_HW_CACHE_MISSES,
	PERF_COUNT_HW_BRANCH_INSTRUCTIONS,
	PERF_COUNT_HW_BRANCH_MISSES,
	PERF_COUNT_HW_BUS_CYCLES,
	PERF_COUNT_HW_STALLED_CYCLES_FRONTEND,
	PERF_COUNT_HW_STALLED_CYCLES_BACKEND,
	PERF_COUNT_HW_REF_CPU_CYCLES,
	PERF_COUNT_HW_MAX
};
enum {
	PERF_COUNT_HW_CACHE_L1D,
	PERF_COUNT_HW_CACHE_L1I,
	PERF_COUNT_HW_CACHE_LL,
	PERF_COUNT_HW_CACHE_DTLB,
	PERF_COUNT_HW_CACHE_ITLB,
	PERF_COUNT_HW_CACHE_BPU,
	PERF_COUNT_HW_CACHE_NODE,
	PERF_COUNT_HW_CACHE_MAX
};
enum { PERF_COUNT_HW_CACHE_OP_READ, PERF_COUNT_HW_CACHE_OP_WRITE, PERF_COUNT_HW_CACHE_OP_PREFETCH, PERF_COUNT_HW_CACHE_OP_MAX };
enum { PERF_COUNT_HW_CACHE_RESULT_ACCESS, PERF_COUNT_HW_CACHE_RESULT_MISS, PERF_COUNT_HW_CACHE_RESULT_MAX };
#define PERF_EF_START 1
#define PERF_EF_RELOAD 2
#define PERF_EF_UPDATE 4
#define PERF_HES_STOPPED 1
#define PERF_HES_UPTODATE 2
#define PERF_HES_ARCH 4
#define PERF_ATTACH_TASK 4
enum perf_event_state {
	PERF_EVENT_STATE_DEAD = -4,
	PERF_EVENT_STATE_EXIT = -3,
	PERF_EVENT_STATE_ERROR = -2,
	PERF_EVENT_STATE_OFF = -1,
	PERF_EVENT_STATE_INACTIVE = 0,
	PERF_EVENT_STATE_ACTIVE = 1,
};
#define PERF_EVENT_FLAG_ARCH 0x000fffff
#define PERF_EVENT_FLAG_USER_READ_CNT 0x80000000
#define PERF_PMU_CAP_NO_INTERRUPT 0x01
#define PERF_PMU_CAP_NO_EXCLUDE 0x40
#define PERF_PMU_CAP_HETEROGENEOUS_CPUS 0x80
#define PERF_PMU_CAP_EXTENDED_HW_TYPE 0x100
#define PERF_PMU_CAP_EXTENDED_REGS 0x08

struct perf_event;
struct perf_cpu_context;
struct perf_event_attr {
	u32 type;
	u64 config, config1, config2, config3, sample_period;
	u64 exclude_user : 1, exclude_kernel : 1, exclude_hv : 1, exclude_idle : 1, exclude_host : 1, exclude_guest : 1;
	u64 enable_on_exec : 1;
};
struct hw_perf_event {
	u64 config, last_tag, last_period, sample_period;
	unsigned long config_base, event_base;
	int idx, flags, state;
	local64_t prev_count, period_left;
	u64 interrupts_seq, interrupts;
};
struct pmu {
	const char *name;
	struct device *parent;
	const struct attribute_group **attr_groups;
	int type, capabilities, task_ctx_nr;
	struct perf_cpu_context *pmu_cpu_context;
	void (*pmu_enable)(struct pmu *pmu);
	void (*pmu_disable)(struct pmu *pmu);
	int (*event_init)(struct perf_event *event);
	int (*add)(struct perf_event *event, int flags);
	void (*del)(struct perf_event *event, int flags);
	void (*start)(struct perf_event *event, int flags);
	void (*stop)(struct perf_event *event, int flags);
	void (*read)(struct perf_event *event);
	int (*event_idx)(struct perf_event *event);
	bool (*filter)(struct pmu *pmu, int cpu);
	int (*filter_match)(struct perf_event *event);
};
struct perf_event_context { int nr_user; };
struct perf_cpu_context { struct perf_event_context ctx, *task_ctx; };
struct perf_event_pmu_context { struct perf_event_context *ctx; };
struct perf_event {
	struct list_head sibling_list;
	struct perf_event *group_leader;
	struct pmu *pmu;
	struct perf_event_context *ctx;
	enum perf_event_state state;
	int cpu, oncpu;
	unsigned int attach_state;
	int event_limit, pending_kill, pending_wakeup, pending_disable, pending_sigtrap, pending_work;
	struct irq_work pending_irq;
	local64_t count;
	struct perf_event_attr attr;
	struct hw_perf_event hw;
};
struct perf_sample_data { u64 period; };
struct perf_event_mmap_page {
	u64 cap_user_time : 1, cap_user_rdpmc : 1, cap_user_time_zero : 1, cap_user_time_short : 1;
	u16 pmc_width, time_shift;
	u32 time_mult;
	u64 time_offset, time_zero, time_cycles, time_mask;
};
struct perf_pmu_events_attr { struct device_attribute attr; u64 id; const char *event_str; };
#define for_each_sibling_event(sibling, event) \
	for ((sibling) = __first_sibling(event); (sibling); (sibling) = __next_sibling(sibling, event))
struct perf_event *__first_sibling(struct perf_event *event);
struct perf_event *__next_sibling(struct perf_event *sibling, struct perf_event *event);
ssize_t perf_event_sysfs_show(struct device *dev, struct device_attribute *attr, char *page);
#define PMU_EVENT_ATTR_ID(name_, show_, id_) \
	(&((struct perf_pmu_events_attr[]) { { .attr = { .attr = { .name = #name_ }, .show = show_ }, .id = id_ } })[0].attr.attr)
#define PMU_FORMAT_ATTR(name_, format) \
	static ssize_t name_##_show(struct device *dev, struct device_attribute *attr, char *page) \
	{ return sprintf(page, format "\n"); } \
	static struct device_attribute format_attr_##name_ = { .attr = { .name = #name_ }, .show = name_##_show }
void perf_sample_data_init(struct perf_sample_data *data, u64 address, u64 period);
void perf_event_update_userpage(struct perf_event *event);
int perf_event_overflow(struct perf_event *event, struct perf_sample_data *data, struct pt_regs *regs);
void perf_sample_event_took(u64 length);
int perf_pmu_register(struct pmu *pmu, const char *name, int type);
bool is_sampling_event(struct perf_event *event);
bool is_software_event(struct perf_event *event);
bool has_branch_stack(struct perf_event *event);
struct perf_event_context *perf_cpu_task_ctx(void);
void perf_pmu_disable(struct pmu *pmu);
void perf_pmu_enable(struct pmu *pmu);
void perf_event_disable_inatomic(struct perf_event *event);
struct kvm_vcpu;
void kvm_set_pmu_events(u64 set, struct perf_event_attr *attr);
void kvm_clr_pmu_events(u64 clear);
bool kvm_pmu_counter_deferred(struct perf_event_attr *attr);
bool kvm_set_pmuserenr(u64 value);
void kvm_vcpu_pmu_resync_el0(void);

#endif
