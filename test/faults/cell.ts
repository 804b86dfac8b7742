import type { EventType } from '../../shared/ceremony/events.ts';

/** What one cell of the matrix says. */
export interface Cell {
  /** The phase after the restart; or what Home says instead. */
  readonly state: string;
  /** The sentences that people read, in their order: what was found, then every trouble. */
  readonly told: readonly string[];
  /** Empty: nothing was lost. */
  readonly lost: readonly string[];
  /** The step that people are asked for then. */
  readonly next: string;
  /** How it ended when people went on. */
  readonly ended: string;
  /** What went on the record in this cell. */
  readonly events: ReadonlySet<EventType>;
}

/** Runs so many at a time, in order; the first failure does not stop the others. */
export async function eachOf<T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<R>,
): Promise<readonly PromiseSettledResult<R>[]> {
  const results: PromiseSettledResult<R>[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let at = next++; at < items.length; at = next++) {
      const item = items[at];
      if (item === undefined) return;
      const [result] = await Promise.allSettled([work(item)]);
      results[at] = result;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}

/** Ends the wait for a cell that hangs: it is broken. Milliseconds. */
export async function within<T>(
  limitMs: number,
  work: Promise<T>,
  where: () => string,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`It hangs: ${where()}`)), limitMs);
  });
  return Promise.race([work, limit]).finally(() => clearTimeout(timer));
}
