/** What the front end needs of pmucheck: kernel functions and plain values. Nothing else of it is imported anywhere here. */
export { kernelFunction, macro } from "../../spec/kernel-function.js";
export type { FunctionTable, Kernel, KernelFunction } from "../../spec/kernel-function.js";
export type { Value } from "../../spec/value.js";
