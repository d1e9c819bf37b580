/**
 * The script that counts lost overflows on a running kernel, through tracefs: no module, no change of the kernel.
 *
 * A kretprobe on armpmu_event_set_period with a histogram by process, caller and value: nothing is written to the ring
 * buffer, and a hit costs about a microsecond. Returned to the handler, 1 is a period that is about to be reported;
 * every other caller ignores it.
 */
export const PROBE_SCRIPT = `#!/bin/sh
# pmucheck probe: counts PMU overflows that the kernel has lost. Arm, Linux 4.17 or newer, as root.
#
#   sh probe.sh start      begin to count
#   sh probe.sh count      per process: lost overflows
#   sh probe.sh stop       the same, and take the probe away
#
# What the number means, and where it is exact: docs/use/probe.md of pmucheck.
set -eu

T=/sys/kernel/tracing
[ -e "$T/kprobe_events" ] || T=/sys/kernel/debug/tracing
RETURNS="$T/events/pmucheck/set_period"
STARTS="$T/events/pmucheck/start"

refuse() {
  echo "probe: refused: $*" >&2
  exit 1
}

check() {
  [ -e "$T/kprobe_events" ] || refuse "no $T/kprobe_events: be root, mount tracefs, CONFIG_KPROBE_EVENTS=y"
  for f in armpmu_event_set_period armpmu_start; do
    grep -q "[tT] $f\\( \\|\\t\\|\\$\\)" /proc/kallsyms || refuse "this kernel has no function $f, or it is inlined"
  done
}

start() {
  check
  [ ! -e "$RETURNS" ] || refuse "it counts already: stop it first"
  echo 'r:pmucheck/set_period armpmu_event_set_period found=$retval:s32' >> "$T/kprobe_events"
  echo 'p:pmucheck/start armpmu_start' >> "$T/kprobe_events"
  echo 'hist:keys=common_pid,__probe_ret_ip.sym,found' > "$RETURNS/trigger" ||
    refuse "no histograms: CONFIG_HIST_TRIGGERS=y"
  echo 'hist:keys=common_pid' > "$STARTS/trigger"
}

count() {
  [ -e "$RETURNS" ] || refuse "it does not count: start it first"
  starts=$(sed -n 's/.*hitcount: *//p' "$STARTS/hist" | awk '{ n += $1 } END { print n + 0 }')
  sed -n 's/^{ *common_pid: *\\([0-9]*\\), *__probe_ret_ip: *\\[[0-9a-f]*\\] *\\([^ ,]*\\) *, *found: *\\(-\\{0,1\\}[0-9]*\\) *} *hitcount: *\\([0-9]*\\).*/\\1 \\2 \\3 \\4/p' \\
    "$RETURNS/hist" | awk -v starts="$starts" '
      $2 !~ /handle_irq/ { seen += $4; if ($3 == 1) { lost[$1] += $4; total += $4 } }
      END {
        if (starts > 0 && seen == 0) {
          print "probe: refused: armpmu_event_set_period is inlined in armpmu_start, nothing can be seen"
          exit 1
        }
        for (pid in lost) print "pid " pid " lost " lost[pid]
        print "lost " total + 0 " of " starts " starts"
      }'
}

stop() {
  count || true
  echo '!hist:keys=common_pid,__probe_ret_ip.sym,found' > "$RETURNS/trigger"
  echo '!hist:keys=common_pid' > "$STARTS/trigger"
  echo '-:pmucheck/set_period' >> "$T/kprobe_events"
  echo '-:pmucheck/start' >> "$T/kprobe_events"
}

case "\${1:-}" in
  start | count | stop) "$1" ;;
  *) refuse "say start, count or stop" ;;
esac
`;
