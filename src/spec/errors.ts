/**
 * Errors of users and of models. Each has a code, which docs/use/errors.md explains.
 *
 * Faults of pmucheck itself have no code: they are plain Errors, and end the run as internal errors.
 */

/** Every code and what it says in general. PMC1xx: what the user asked. PMC2xx: what a model or a property does. */
export const ERROR_CODES = {
  PMC101: "unknown scenario",
  PMC102: "unknown driver",
  PMC103: "unknown property",
  PMC104: "the command line cannot be understood",
  PMC105: "unknown parameter",
  PMC106: "a parameter is out of range",
  PMC107: "the parameters do not go together",
  PMC108: "a limit is out of range",
  PMC109: "a field of a request is wrong",
  PMC111: "the file cannot be read",
  PMC112: "the file is not a trace document",
  PMC113: "the trace belongs to another model",
  PMC114: "the trace cannot be followed",
  PMC115: "the file has no expected verdicts",
  PMC116: "a document names a file whose code would run",
  PMC117: "the parts do not make a matrix",
  PMC118: "BullMQ is needed for a queue",
  PMC119: "the queue cannot be used",
  PMC120: "the property cannot be checked by random walks",
  PMC121: "the trace cannot be minimized or explained",
  PMC122: "the question of --why-not cannot be answered",
  PMC130: "unknown fix",
  PMC131: "the file does not compile",
  PMC132: "TypeScript is needed to load a file",
  PMC133: "the fix file is not a fix",
  PMC134: "a fix changes a function that the driver does not have",
  PMC135: "a fix does not fit",
  PMC136: "a fix's function has the wrong signature",
  PMC137: "the scenario file is not a scenario",
  PMC138: "the property file is not a property",
  PMC139: "the model file is not a model",
  PMC141: "the system is too large to be exported",
  PMC142: "more rules, witnesses or cycles than a search has room for",
  PMC151: "the file is not a checkpoint",
  PMC152: "the checkpoint is damaged",
  PMC153: "the checkpoint belongs to another model or version",
  PMC154: "the checkpoint cannot be written",
  PMC155: "the result cannot be written",
  PMC156: "the process that checked it has ended",
  PMC161: "the log cannot be read",
  PMC171: "a C file cannot be preprocessed",
  PMC172: "an included file is not there",
  PMC173: "the folder has no driver's C files",
  PMC174: "the patch cannot be applied",
  PMC175: "the version of Linux is not known",
  PMC181: "the page cannot be served",
  PMC201: "a kernel function, a process or a rule is not deterministic",
  PMC202: "a kernel function is not modelled",
  PMC203: "a model does not end",
  PMC204: "a kernel function failed",
  PMC205: "a model reads a component its system does not have",
  PMC206: "what a model says to be the same is not",
  PMC207: "a model failed",
  PMC208: "a property failed",
  PMC209: "a model is not well formed",
  PMC220: "C that was reached could not be parsed",
  PMC221: "a C function is not modelled",
  PMC222: "a C name is not declared",
  PMC223: "a C structure has no such field, or nobody says what it holds",
  PMC224: "a register is not modelled",
  PMC225: "a pointer that points to nothing is dereferenced",
  PMC226: "a C value was never given",
  PMC227: "an index is outside of its array",
  PMC228: "a pointer to a local variable leaves its function",
  PMC229: "inline assembly was reached",
  PMC230: "C that the front end does not have was reached",
  PMC231: "memory is used as another type than it has",
  PMC232: "C functions call each other too deeply",
  PMC233: "a C loop takes too many turns",
  PMC234: "a shift is wider than its operand",
  PMC235: "a division by zero",
  PMC236: "the size of a C type is not known",
  PMC237: "a constant is written",
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

/** An error that a user can act on: it names the thing, the place and the next step, and needs no stack trace. */
export class PmucheckError extends Error {
  override readonly name = "PmucheckError";
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/**
 * Errors by which a driver's C cannot be run here, as opposed to those that say what is wrong with it: NULL dereferenced, a
 * variable without a value, an index outside of its array, a shift or a division without a result, a constant written.
 */
const CANNOT_BE_RUN = /^PMC(?:17[1-5]|22[0-4]|22[89]|23[0-3]|236)$/;

export function cannotBeRun(code: string): boolean {
  return CANNOT_BE_RUN.test(code);
}

/** Is the error a fault of a model or a property? Then the verdict is "error". */
export function isFault(error: unknown): error is PmucheckError {
  return error instanceof PmucheckError && error.code.startsWith("PMC2");
}
