/**
 * Programs in words: `DISABLE,RESET,PERIOD=4,ENABLE`.
 *
 * Each word is a system call of the program, in order. An ioctl is called by its request, with `=N` where it takes an argument;
 * `B:ENABLE` is about another event. What cannot be said in words, waiting for something, takes a list of turns.
 */
import { PmucheckError, type ErrorCode } from "../../../src/spec/errors.js";
import { nearest } from "../../../src/spec/nearest.js";
import type { Syscall } from "../fs/syscall.js";
import type { Program } from "./programs.js";

/** The ioctls, and which of them take an argument. */
const REQUESTS = { DISABLE: false, ENABLE: false, RESET: false, PERIOD: true, REFRESH: true } as const;
type Request = keyof typeof REQUESTS;

const OTHERS: Readonly<Record<string, (event: string) => Syscall>> = {
  READ: (event) => ({ call: "read", event, group: false }),
  READ_GROUP: (event) => ({ call: "read", event, group: true }),
  CLOSE: (event) => ({ call: "close", event }),
  SLEEP: () => ({ call: "sleep" }),
  EXIT: () => ({ call: "exit" }),
};

const WORDS = [...Object.keys(REQUESTS), ...Object.keys(OTHERS)];
const WORD = /^(?:(\w+):)?([A-Z_]+)(?:=(\d+))?$/;

/**
 * A program that makes the calls in turn, and begins again unless it is to run `once`.
 * @param event the event of every call that names none
 * @param wrong the code of the error
 * Throws PMC137, or `wrong`, for a word that is no call.
 */
export function callsOf(
  event: string,
  words: string,
  { once = false, wrong = "PMC137" }: { readonly once?: boolean; readonly wrong?: ErrorCode } = {},
): Program {
  const calls = words.split(",").map((word) => callOf(word.trim(), event, wrong));
  return { turns: calls.map((call) => ({ call })), once };
}

function callOf(word: string, event: string, wrong: ErrorCode): Syscall {
  const [, of = event, name = "", argument] = WORD.exec(word) ?? [];
  const takes = isRequest(name) ? REQUESTS[name] : false;
  if (!WORDS.includes(name)) {
    throw new PmucheckError(wrong, `a program cannot do '${word}'${nearest(name, WORDS)}`);
  }
  if (takes !== (argument !== undefined)) {
    throw new PmucheckError(wrong, takes ? `${name} takes a number: ${name}=4` : `${name} takes no number`);
  }
  if (isRequest(name)) return { call: "ioctl", event: of, request: name, argument: BigInt(argument ?? 0) };
  // It is one of WORDS and no request.
  return (OTHERS[name] as (event: string) => Syscall)(of);
}

function isRequest(name: string): name is Request {
  return name in REQUESTS;
}
