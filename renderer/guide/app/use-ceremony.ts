import { useCallback, useEffect, useState } from 'react';
import type { CeremonyId } from '../../../shared/ids.ts';
import type { Problem } from '../../../shared/problem.ts';
import { useBridge, type Pushed } from './client.ts';
import { emptyBook, take, type RecordBook } from './record-book.ts';
import { usePush } from './use-push.ts';

export interface CeremonyRecords extends RecordBook {
  /** True until the journal has been read once; what a push brings earlier is kept, not shown. */
  readonly loading: boolean;
  /** Why the journal could not be read. */
  readonly problem: Problem | undefined;
  readonly reload: () => void;
}

/**
 * All events of a ceremony and the state they add up to, kept up to date by main's pushes.
 * Reading an unfinished ceremony takes it up again (contract, `ceremony.read`).
 */
export function useCeremonyRecords(id: CeremonyId): CeremonyRecords {
  const client = useBridge();
  const [book, setBook] = useState<RecordBook>(emptyBook);
  const [read, setRead] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const [turn, setTurn] = useState(0);

  usePush('ceremony.recorded', (push) => {
    if (push.id === id) setBook((known) => take(known, [push.record]));
  });

  // One more read for each hole; a hole that stays is shown as trouble instead of asked for for ever.
  const holes = read && book.gap ? book.records.length : 0;
  useEffect(() => {
    let current = true;
    void client.call('ceremony.read', { id }).then((result) => {
      if (!current) return;
      if (result.ok) setBook((known) => take(known, result.value));
      setProblem(result.ok ? undefined : result.problem);
      setRead(true);
    });
    return () => {
      current = false;
    };
  }, [client, id, turn, holes]);

  const reload = useCallback(() => setTurn((n) => n + 1), []);
  return { ...book, loading: !read, problem, reload };
}

export interface Activity {
  readonly doing: string;
  /** Milliseconds since the epoch, of this machine's clock. */
  readonly since: number;
}

/** What main is doing for this ceremony right now and since when; `undefined` when it is done. */
export function useActivity(id: CeremonyId): Activity | undefined {
  const [activity, setActivity] = useState<Activity>();
  usePush('ceremony.activity', ({ id: whose, doing }) => {
    if (whose !== id) return;
    setActivity(doing === undefined ? undefined : { doing, since: Date.now() });
  });
  return activity;
}

export type WatchReading = Pushed<'watch.reading'>;

/** The newest reading of the watch, for the live timeline. */
export function useWatchReading(id: CeremonyId): WatchReading | undefined {
  const [reading, setReading] = useState<WatchReading>();
  usePush('watch.reading', (push) => {
    if (push.id === id) setReading(push);
  });
  return reading;
}
