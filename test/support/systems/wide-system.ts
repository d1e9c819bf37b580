/**
 * Systems made wide: states that do not fit one word, and count as many as before.
 */
import type { TransitionSystem } from "../../../src/spec/transition-system.js";

/** The same system with every component `times` times: as many states, much wider ones. */
export function widened(system: TransitionSystem, times: number): TransitionSystem {
  const { components, initial } = system;
  const copies = <T>(values: readonly T[]) => Array.from({ length: times }, () => values).flat();
  return {
    ...system,
    components: copies(components).map((name, i) => `${name}.${i}`),
    initial: copies(initial),
    run: (process, read) =>
      system.run(process, read).map(({ writes, observations }) => ({
        observations,
        writes: new Map(
          [...writes].flatMap(([component, value]) =>
            Array.from(
              { length: times },
              (_, copy) => [component + copy * components.length, value] as const,
            ),
          ),
        ),
      })),
  };
}
