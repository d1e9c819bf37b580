/** The C front end: C functions as kernel functions. README.md beside this file explains it. */
export { Coverage, codeLinesOf, type Lines } from "./run/coverage.js";
export { C_ERROR_CODES, CError, showAt, type At, type CErrorCode } from "./base/errors.js";
export { kernelFunctionsOf, namedBy, reachableFrom } from "./functions.js";
export type {
  Callable,
  CallSite,
  Intrinsic,
  IntrinsicCall,
  Meaning,
  Parameter,
  Runner,
  SharedMemory,
  Update,
} from "./meaning/meaning.js";
export type { Include, IncludeProvider, SourceFile } from "./preprocess/preprocessor.js";
export { linkageName, readProgram, type Program, type ReadPlan } from "./parse/program.js";
export {
  Aggregate,
  FunctionPointer,
  Pointer,
  showPlace,
  typeAt,
  wholeOf,
  type CValue,
  type Held,
  type Place,
  type SharedObject,
  type SharedPlace,
} from "./meaning/values.js";
export { textAt } from "./run/objects.js";
export { zeroOf } from "./run/zero.js";
export { initialValueOf } from "./run/initialisers.js";
export { DEFAULT_LIMITS, World, type Limits } from "./run/world.js";
export { placementsOf, type Path, type Placement, type Step } from "./semantics/placements.js";
export { typeOf, valueTypeOf } from "./semantics/typing.js";
export type * from "./syntax/syntax.js";
export { allOf, partsOf } from "./syntax/walk.js";
export {
  isSameType,
  memberOf,
  showType,
  type CType,
  type IntegerType,
  type RecordType,
} from "./types/types.js";
