/** Expressions that stand for a place: what can be assigned to, and what has an address. */
import { CError } from "../base/errors.js";
import type { Kernel } from "../base/kernel.js";
import { memberAt, Pointer, showPlace, typeAt, wholeOf, type CValue, type Place } from "../meaning/values.js";
import type { Step } from "../semantics/placements.js";
import { membersNamedBy, pointedToBy, typeOf, valueTypeOf } from "../semantics/typing.js";
import { describe } from "../syntax/describe.js";
import type {
  CompoundLiteral,
  ContainerExpression,
  Designator,
  Expression,
  IndexExpression,
  MemberExpression,
} from "../syntax/syntax.js";
import { isSameType, showType } from "../types/types.js";
import { Accesses } from "./accesses.js";
import { moved, pointedTo } from "./pointers.js";

export abstract class Places extends Accesses {
  /** The value of an expression that must have one. */
  protected abstract value(node: Expression): Kernel<CValue>;
  protected abstract compoundLiteral(node: CompoundLiteral): Kernel<Place>;

  /** The place of an expression. A structure that is in none gets one. */
  protected *place(node: Expression): Kernel<Place> {
    this.world.coverage.mark(node);
    switch (node.kind) {
      case "name":
        // Of what is not declared, asking for the type is the error.
        if (node.declared?.kind !== "variable") typeOf(node);
        else return wholeOf(this.objectOf(node.declared));
        break;
      case "string":
        return wholeOf(this.world.literal(node));
      case "unary":
        if (node.operator === "*") return yield* this.#pointedTo(node.operand);
        break;
      case "index": {
        const element = yield* this.element(node);
        return pointedTo(element, typeOf(node), node);
      }
      case "member":
        return yield* this.#member(node);
      case "compound literal":
        return yield* this.compoundLiteral(node);
      default:
        break;
    }
    const type = valueTypeOf(node);
    if (type.kind === "record") return this.temporary(type, yield* this.value(node));
    throw new CError("PMC230", node.at, `${describe(node)} is no place in memory`, "use a variable");
  }

  *#pointedTo(pointer: Expression): Kernel<Place> {
    const value = yield* this.value(pointer);
    return pointedTo(value, pointedToBy(pointer), pointer);
  }

  /** The pointer to an element: `a[i]` is `*(a + i)`, and so is `i[a]`. */
  protected *element({ array, index, at }: IndexExpression): Kernel<CValue> {
    const left = yield* this.value(array);
    const right = yield* this.value(index);
    const [pointer, by] = valueTypeOf(array).kind === "pointer" ? [left, right] : [right, left];
    if (typeof by !== "bigint") throw new CError("PMC231", at, "an index is no integer", "use an integer");
    return moved(pointer, by, at);
  }

  *#member(node: MemberExpression): Kernel<Place> {
    const way = membersNamedBy(node);
    const record = node.arrow ? yield* this.#pointedTo(node.object) : yield* this.place(node.object);
    return memberAt(record, way);
  }

  /**
   * `container_of`: the last steps of the pointer's way taken off it, if they are the member that is named. Throws PMC231 if
   * they are not: then the C would compute the address of something that is not there.
   */
  protected *container({ pointer, type, way, at }: ContainerExpression): Kernel<CValue> {
    const value = yield* this.value(pointer);
    const steps = way.map(stepOf);
    if (value instanceof Pointer) {
      const { object, path } = value.to;
      const from = Math.max(path.length - steps.length, 0);
      const outer = path.slice(0, from);
      const outerType = typeAt(object.type, outer);
      const isMember =
        outer.length + steps.length === path.length && steps.every((step, i) => step === path[from + i]);
      if (isMember && outerType !== undefined && isSameType(outerType, type)) {
        return new Pointer({ object, path: outer, type: outerType });
      }
    }
    const shown =
      value instanceof Pointer ? showPlace(value.to) : `${describe(pointer)}, which points to no object,`;
    throw new CError(
      "PMC231",
      at,
      `container_of: ${shown} is not ${steps.join(".")} of a ${showType(type)}`,
      "name the member that the pointer is to",
    );
  }
}

function stepOf(designator: Designator): Step {
  return designator.kind === "member" ? designator.name : Number(designator.from);
}
