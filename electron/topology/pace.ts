/** How a node is looked at again. Milliseconds. */
export interface Pace {
  /** Between two looks at a node that answers. */
  readonly calmMs: number;
  /** The longest between two looks at a node that does not: each failure doubles the wait. */
  readonly slowestMs: number;
  /** With many nodes watched everybody waits longer: this long for each of them. */
  readonly perNodeMs: number;
}

export const usualPace: Pace = { calmMs: 5_000, slowestMs: 60_000, perNodeMs: 100 };

/**
 * How long to wait before the next look: longer with each failure in a row and with many nodes, and
 * never quite the same, so that nodes do not fall into step.
 */
export function waitBefore(
  pace: Pace,
  { failures, watched }: { readonly failures: number; readonly watched: number },
  random: () => number = Math.random,
): number {
  const calm = Math.max(pace.calmMs, pace.perNodeMs * watched);
  const slowest = Math.max(pace.slowestMs, calm);
  const wait = Math.min(slowest, calm * 2 ** Math.min(failures, 20));
  return wait * (0.8 + 0.4 * random());
}
