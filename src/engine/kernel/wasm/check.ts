/**
 * The loop of the WebAssembly kernel that checks rules on states: plain/rows.ts, `check`.
 */
import { R, STATUS } from "../../memory/control-block.js";
import type { KernelInput } from "../kernel.js";
import { Label, type Code, type FunctionBuilder, type Local } from "./assembler.js";
import {
  block,
  branch,
  branchIf,
  call,
  get,
  i32,
  increment,
  leave,
  loop,
  ONE,
  set,
  when,
  ZERO,
} from "./instructions.js";
import type { Shared } from "./moves.js";
import { register, setRegister, StateCode } from "./state.js";

export function checking(f: FunctionBuilder, { walk, intern }: Shared, input: KernelInput): FunctionBuilder {
  const { addresses, layout, processes, rules } = input;
  const [lane] = f.parameters as [Local];
  const state = new StateCode(f, intern, addresses, layout);
  const [row, rule, answer] = [f.local("i32"), f.local("i32"), f.local("i32")];
  const [done, nextRow, rowDone, nextRule, skip] = [0, 1, 2, 3, 4].map(() => new Label()) as [
    Label,
    Label,
    Label,
    Label,
    Label,
  ];
  const stop = (status: number): Code => [
    setRegister(R.checked, get(row)),
    setRegister(R.rule, get(rule)),
    leave(i32.constant(status)),
  ];
  const isWanted = i32.and(i32.shr(register(R.wantedStates), get(rule)), ONE);
  f.body = [
    set(row, register(R.checked)),
    set(rule, register(R.rule)),
    block(
      done,
      loop(
        nextRow,
        branchIf(i32.ge(get(row), register(R.size)), done),
        state.load(get(row)),
        state.decode(lane),
        block(
          rowDone,
          loop(
            nextRule,
            branchIf(i32.ge(get(rule), i32.constant(rules)), rowDone),
            block(
              skip,
              branchIf(i32.eqz(isWanted), skip),
              set(answer, call(walk, get(lane), i32.add(get(rule), i32.constant(processes)))),
              when(i32.eqz(get(answer)), stop(STATUS.miss)),
              when(i32.load(get(answer)), stop(STATUS.broken)),
            ),
            increment(rule),
            branch(nextRule),
          ),
        ),
        set(rule, ZERO),
        increment(row),
        branch(nextRow),
      ),
    ),
    stop(STATUS.done),
    ZERO,
  ];
  return f;
}
