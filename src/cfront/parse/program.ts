/** A program: the C files that are looked at together, preprocessed, parsed and linked. */
import { showAt, type CError } from "../base/errors.js";
import { Preprocessor, type IncludeProvider, type SourceFile } from "../preprocess/preprocessor.js";
import { builtinFunctions } from "../semantics/builtins.js";
import { Constants } from "../semantics/constants.js";
import type { CFunction, Variable } from "../syntax/syntax.js";
import { Layouts } from "../types/layout.js";
import { Scope } from "./scope.js";
import { ambiguous, UnitParser } from "./unit.js";

/** What to read. Files are named as errors and traces shall name them. */
export interface ReadPlan {
  /** Read first, and known in every unit: macros and declarations that stand in for headers. */
  readonly prelude: readonly SourceFile[];
  /** The `.c` files: a translation unit each. */
  readonly units: readonly SourceFile[];
  readonly include: IncludeProvider;
  /**
   * Are the structures of this file stand-ins for the real ones, with less in them? Then their size must not be asked for.
   * By default those of the prelude are.
   */
  readonly isStandIn?: (file: string) => boolean;
}

export interface Program {
  /** By name, those that have a body. */
  readonly functions: ReadonlyMap<string, CFunction>;
  /** By {@link linkageName}, the variables outside of functions. */
  readonly variables: ReadonlyMap<string, Variable>;
  /** What could not be parsed outside of function bodies. */
  readonly failures: readonly CError[];
  /** By name, why a declaration with that name in it could not be parsed. */
  readonly unread: ReadonlyMap<string, CError>;
  /** By file, the lines that no `#if` left out. */
  readonly taken: ReadonlyMap<string, ReadonlySet<number>>;
  readonly constants: Constants;
}

/** Reads all of it. Throws PMC171 and PMC172; what cannot be parsed is an error when it is reached. */
export function readProgram({ prelude, units, include, isStandIn }: ReadPlan): Program {
  const preludeFiles = new Set(prelude.map(({ file }) => file));
  const constants = new Constants(new Layouts(isStandIn ?? ((file) => preludeFiles.has(file))));
  const failures: CError[] = [];
  const first = new Preprocessor(include);
  const common = new Scope();
  for (const builtin of builtinFunctions()) common.declare(builtin.name, builtin);

  const parse = (file: SourceFile, preprocessor: Preprocessor, scope: Scope): void => {
    const parser = new UnitParser(preprocessor.read(file), scope, constants);
    parser.unit();
    failures.push(...parser.failures);
  };
  for (const file of prelude) parse(file, first, common);
  const scopes = units.map((file) => {
    const scope = common.copy();
    parse(file, first.copy(), scope);
    return scope;
  });
  return { ...linked([common, ...scopes]), failures, taken: first.taken, constants };
}

function linked(scopes: readonly Scope[]): Pick<Program, "functions" | "variables" | "unread"> {
  const functions = new Map<string, CFunction>();
  const variables = new Map<string, Variable>();
  const unread = new Map<string, CError>();
  for (const scope of scopes) {
    for (const declared of scope.declared) {
      if (declared.kind === "function" && declared.definition !== undefined) addFunction(functions, declared);
      if (declared.kind === "variable") addVariable(variables, declared);
    }
    for (const [name, error] of scope.unread) unread.set(name, error);
  }
  return { functions, variables, unread };
}

/** A header's function is in every unit that includes it, and is one; two others of one name are an error when called. */
function addFunction(functions: Map<string, CFunction>, added: CFunction): void {
  const { name, at } = added;
  const known = functions.get(name);
  if (known === undefined) functions.set(name, added);
  else if (known !== added && showAt(known.at) !== showAt(at)) {
    functions.set(name, { ...added, definition: ambiguous(name, at, known.at) });
  }
}

/** Of several declarations of one variable, the one that gives it a value. */
function addVariable(variables: Map<string, Variable>, added: Variable): void {
  const name = linkageName(added);
  const known = variables.get(name);
  if (known === undefined || (known.initialiser === undefined && added.initialiser !== undefined)) {
    variables.set(name, added);
  }
}

/** What makes a variable that lives outside of function calls one of its kind: `file:function.name` for a static one. */
export function linkageName({ storage, name, within, at }: Variable): string {
  const inner = within === undefined ? name : `${within}.${name}`;
  return storage === "static" ? `${at.file}:${inner}` : inner;
}
