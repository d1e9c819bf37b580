/**
 * Sides that take turns at one size: within a repeat each runs once, so that what else the machine does hits all.
 *
 * A side whose counts are not the size's ends the run: speed at another problem is not compared.
 */
import type { Size } from "./model/sizes.js";
import type { Cost } from "./peers/measure.js";
import { rowOf, type Row } from "./rows.js";
import type { Side } from "./sides.js";

/** One row per side: medians of `repeats` runs. */
export function measureSize(
  size: Pick<Size, "name" | "states" | "transitions">,
  sides: readonly Side[],
  repeats: number,
  say: (text: string) => void,
): Row[] {
  const costs = sides.map((): Cost[] => []);
  for (let repeat = 1; repeat <= repeats; repeat++) {
    sides.forEach((side, i) => {
      const { counts, cost } = side.run();
      if (counts.states !== size.states || counts.transitions !== size.transitions) {
        throw new Error(
          `${side.tool} counts ${counts.states} states and ${counts.transitions} transitions at ${size.name}, not ${size.states} and ${size.transitions}`,
        );
      }
      costs[i]?.push(cost);
      const who = `${side.tool}, jobs ${side.jobs}`;
      say(`bench: ${size.name}, ${repeat} of ${repeats}: ${who}: ${cost.seconds.toFixed(2)} s`);
    });
  }
  return sides.map((side, i) => rowOf(side, size, costs[i] ?? []));
}
