/**
 * Is what an image says of itself possible? A checkpoint's digest tells of damage; that its numbers go together, it does
 * not. An edited header must not have fields overlap, or hold numbers that they have no room for: states would be others.
 *
 * What is checked before anything is read is how long the lists are and where fields are; after that, that every number
 * which was read is one that there is.
 */
import { PmucheckError } from "../../spec/errors.js";
import type { ImageHeader, Progressed, SearchShape, StatesShape } from "../api/image.js";
import { MAX_NODES } from "../memory/control-block.js";
import { ROOT, rootBytes, type Layout, type Node } from "../memory/state-layout.js";

const HALF = 32;
const WORD = 64;
/** A bit for each half of a word. */
const BOTH = 0b11;
/** Numbers of interned words are below 2^31. */
const WIDEST_NUMBER = 31;

/** Throws PMC152: the image says something that cannot be. */
export function damaged(how: string): PmucheckError {
  return new PmucheckError("PMC152", `the checkpoint is damaged: ${how}: run the check again`);
}

/** How many bytes the pieces of an image take, by its header (snapshot.ts). */
export function bytesOfPieces({ asked, states: of, progressed }: ImageHeader): number {
  const interned = of.nodes.reduce((sum, count) => sum + 8 * count, 0);
  const rows = 8 * (of.states - of.first);
  // Two bits of the tree per transition, in two lists.
  const tree = 2 * Math.ceil(progressed.transitions / 8);
  return 4 * asked.words + interned + rows + of.first * rootBytes(of.layout) + tree;
}

/** Throws PMC152 for a header that no search of this shape can have written. */
export function checkHeader({ progressed, states }: ImageHeader, shape: SearchShape): void {
  checkProgress(progressed, states, shape);
  checkLayout(states.layout, shape.components.length);
  const { layout, nodes } = states;
  if (nodes.length !== layout.nodes.length) throw damaged("it has other interned words than its layout");
  layout.nodes.forEach(({ width }, node) => {
    const count = nodes[node] as number;
    if (count < 1 || count > 2 ** width) throw damaged(`${count} interned words in a field of ${width} bits`);
  });
}

function checkProgress(of: Progressed, { states, first }: StatesShape, shape: SearchShape): void {
  const { level, depth, transitions, moved, breaks } = of;
  const inOrder = [0, first, level, states - 1];
  if (inOrder.some((one, i) => one < (inOrder[i - 1] ?? 0))) {
    throw damaged(`states ${first}, ${level} and ${states} are not in order`);
  }
  // Every state but the initial one was reached by a transition, and every level but the first one has a state.
  if (transitions < states - 1 || depth >= states) {
    throw damaged(`${states} states, ${transitions} transitions and ${depth} levels do not go together`);
  }
  const isOther = moved.length !== shape.processes.length || breaks.length !== shape.goals.length;
  const hasOtherRule = breaks.some((found, goal) => {
    const [onTransitions, onStates] = shape.goals[goal] ?? [0, 0];
    return found !== null && found.rule >= onTransitions + onStates;
  });
  if (isOther || hasOtherRule) throw damaged("it has other processes or rules than its system");
}

/** Layouts as state-layout.ts makes them: fields follow each other, and leave no bit of a leaf word over. */
function checkLayout({ fields, leaves, nodes, rootBits }: Layout, components: number): void {
  if (fields.length !== components) throw damaged("it has other components than its layout");
  if (rootBits < HALF || rootBits > WORD) throw damaged(`states of ${rootBits} bits`);
  if (leaves < 1 || nodes.length > MAX_NODES || (nodes.length === 0 ? leaves !== 1 : nodes.length < leaves)) {
    throw damaged(`${leaves} words in ${nodes.length} parts`);
  }
  const ends = Array.from({ length: 2 * leaves }, () => 0);
  for (const { word, shift, width } of fields) {
    if (width < 1 || shift !== ends[word]) throw damaged(`a component at bit ${shift} of word ${word}`);
    ends[word] = shift + width;
  }
  ends.forEach((end, word) => {
    const bits = nodes.length > 0 ? HALF : Math.min(HALF, rootBits - HALF * word);
    if (end > HALF || (end > 0 && end !== bits)) throw damaged(`a word of ${end} bits`);
  });
  checkNodes(nodes, leaves, rootBits);
}

function checkNodes(nodes: readonly Node[], leaves: number, rootBits: number): void {
  /** By part: which halves are taken, as bits. */
  const halves = nodes.map(() => 0);
  let end = 0;
  nodes.forEach(({ parent, shift, width }, node) => {
    const at = `part ${node} at bit ${shift} of part ${parent}`;
    if (width < 1 || width > WIDEST_NUMBER) throw damaged(at);
    if (parent === ROOT) {
      end += width;
      return;
    }
    // A part comes before what it is a part of, and is the lower or the upper half of that; leaves have no parts.
    const isAbove = parent > node && parent >= leaves && parent < nodes.length;
    if (!isAbove || width !== WIDEST_NUMBER || shift % HALF !== 0) throw damaged(at);
    halves[parent] = (halves[parent] as number) | (1 << (shift / HALF));
  });
  const inRoot = nodes.filter(({ parent }) => parent === ROOT).sort((a, b) => a.shift - b.shift);
  const isApart = inRoot.every(({ shift }, i) => {
    const before = inRoot[i - 1];
    return shift === (before === undefined ? 0 : before.shift + before.width);
  });
  if (!isApart || end > rootBits || halves.some((count, node) => count !== (node < leaves ? 0 : BOTH))) {
    throw damaged("parts that do not follow each other");
  }
}
