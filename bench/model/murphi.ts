/**
 * The bench model in Murphi, rule by rule as in bench/model/system.ts, written for Rumur at its best.
 *
 * Rumur packs states into bits by itself, so arrays are as good as single variables. The locations of a CPU's
 * program are one rule with a `switch`, so that Rumur tries few guards per state.
 */
import type { BenchParameters } from "./parameters.js";

export function murphi({ cpus, counters, events, period, budget, cap }: BenchParameters): string {
  return `
type
  cpu: 0..${cpus - 1};
  ctr: 0..${counters - 1};
  event: 1..${events};
  count: 0..${period - 1};

var
  pc: array[cpu] of 0..17;
  its: array[cpu] of 0..${events};
  mine: array[cpu] of ctr;
  resume: array[cpu] of boolean;
  val: array[cpu] of count;
  snap: array[cpu] of array[ctr] of boolean;
  cnt: array[cpu] of array[ctr] of count;
  enabled: array[cpu] of array[ctr] of boolean;
  inten: array[cpu] of array[ctr] of boolean;
  ovs: array[cpu] of array[ctr] of boolean;
  line: array[cpu] of boolean;
  pending: array[cpu] of boolean;
  active: array[cpu] of boolean;
  taken: array[event] of boolean;
  saved: array[event] of count;
  due: array[event] of 0..${cap};
  budget: 0..${budget};

startstate
  for c: cpu do
    pc[c] := 0;
    its[c] := 0;
    mine[c] := 0;
    resume[c] := false;
    val[c] := 0;
    for n: ctr do
      snap[c][n] := false;
      cnt[c][n] := 0;
      enabled[c][n] := false;
      inten[c][n] := false;
      ovs[c][n] := false;
    end;
    line[c] := false;
    pending[c] := false;
    active[c] := false;
  end;
  for e: event do
    taken[e] := false;
    saved[e] := 0;
    due[e] := 0;
  end;
  budget := ${budget};
end;

ruleset c: cpu do
  rule "program" pc[c] != 0 ==>
    switch pc[c]
      case 1:
        cnt[c][mine[c]] := saved[its[c]];
        saved[its[c]] := 0;
        pc[c] := 2;
      case 2:
        inten[c][mine[c]] := true;
        pc[c] := 3;
      case 3:
        enabled[c][mine[c]] := true;
        pc[c] := 4;
      case 4:
        pc[c] := 0;
      case 5:
        pc[c] := 6;
      case 6:
        enabled[c][mine[c]] := false;
        pc[c] := 7;
      case 7:
        inten[c][mine[c]] := false;
        pc[c] := 8;
      case 8:
        ovs[c][mine[c]] := false;
        pc[c] := 9;
      case 9:
        val[c] := cnt[c][mine[c]];
        cnt[c][mine[c]] := 0;
        pc[c] := 10;
      case 10:
        taken[its[c]] := false;
        saved[its[c]] := val[c];
        its[c] := 0;
        mine[c] := 0;
        val[c] := 0;
        pc[c] := 11;
      case 11:
        pc[c] := 0;
      case 12:
        for n: ctr do snap[c][n] := ovs[c][n]; end;
        pc[c] := 13;
      case 13:
        for n: ctr do
          if snap[c][n] then ovs[c][n] := false; end;
        end;
        pc[c] := 14;
      case 14:
        if its[c] != 0 & snap[c][mine[c]] then pc[c] := 15; else pc[c] := 17; end;
        for n: ctr do snap[c][n] := false; end;
      case 15:
        cnt[c][mine[c]] := 0;
        pc[c] := 16;
      case 16:
        if due[its[c]] > 0 then due[its[c]] := due[its[c]] - 1; end;
        pc[c] := 17;
      case 17:
        active[c] := false;
        if resume[c] then pc[c] := 5; else pc[c] := 0; end;
        resume[c] := false;
    end;
  end;

  rule "switch out" pc[c] = 0 & its[c] != 0 ==> pc[c] := 5; end;

  ruleset e: event; n: ctr do
    rule "take up" pc[c] = 0 & its[c] = 0 & !taken[e] ==>
      taken[e] := true;
      its[c] := e;
      mine[c] := n;
      pc[c] := 1;
    end;
  end;

  rule "interrupt" pending[c] & !active[c] & (pc[c] = 0 | pc[c] = 5) ==>
    active[c] := true;
    resume[c] := pc[c] = 5;
    pc[c] := 12;
  end;

  ruleset n: ctr do
    rule "count" enabled[c][n] & budget > 0 ==>
      budget := budget - 1;
      if cnt[c][n] < ${period - 1} then
        cnt[c][n] := cnt[c][n] + 1;
      else
        cnt[c][n] := 0;
        ovs[c][n] := true;
        if due[its[c]] < ${cap} then due[its[c]] := due[its[c]] + 1; end;
      end;
    end;
  end;

  rule "line" line[c] != (exists n: ctr do ovs[c][n] & inten[c][n] end) ==> line[c] := !line[c]; end;

  rule "pending" pending[c] != line[c] ==> pending[c] := line[c]; end;
end;
`.trimStart();
}
