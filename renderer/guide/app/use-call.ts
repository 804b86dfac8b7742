import { useCallback, useEffect, useRef, useState } from 'react';
import type { Problem, Result } from '../../../shared/problem.ts';
import { useBridge, type Answered, type Asked, type GuideCall } from './client.ts';

export interface CallHandle<N extends GuideCall> {
  /** Asks once. The answer is returned too, for what follows from it. */
  readonly run: (payload: Asked<N>) => Promise<Result<Answered<N>>>;
  readonly busy: boolean;
  /** Why the last call did not work; gone as soon as the next one starts. */
  readonly problem: Problem | undefined;
  readonly clear: () => void;
}

/** One of main's calls, with what a screen shows of it: whether it is under way, and its trouble. */
export function useCall<N extends GuideCall>(name: N): CallHandle<N> {
  const client = useBridge();
  const [underWay, setUnderWay] = useState(0);
  const [problem, setProblem] = useState<Problem>();

  const run = useCallback(
    async (payload: Asked<N>) => {
      setProblem(undefined);
      setUnderWay((n) => n + 1);
      const result = await client.call(name, payload);
      setUnderWay((n) => n - 1);
      if (!result.ok) setProblem(result.problem);
      return result;
    },
    [client, name],
  );
  const clear = useCallback(() => setProblem(undefined), []);
  return { run, busy: underWay > 0, problem, clear };
}

export interface Loaded<N extends GuideCall> {
  /** Absent until the first answer. */
  readonly value: Answered<N> | undefined;
  readonly problem: Problem | undefined;
  readonly loading: boolean;
  readonly reload: () => void;
}

/** What a call answers when the screen opens, and again on `reload`. The payload is the first one given. */
export function useLoaded<N extends GuideCall>(name: N, payload: Asked<N>): Loaded<N> {
  const client = useBridge();
  const [answer, setAnswer] = useState<Result<Answered<N>>>();
  const [last, setLast] = useState<Answered<N>>();
  const [turn, setTurn] = useState(0);
  const asked = useRef(payload);

  useEffect(() => {
    let current = true;
    void client.call(name, asked.current).then((result) => {
      if (!current) return;
      setAnswer(result);
      if (result.ok) setLast(() => result.value);
    });
    return () => {
      current = false;
    };
  }, [client, name, turn]);

  const reload = useCallback(() => setTurn((n) => n + 1), []);
  return {
    value: last,
    problem: answer && !answer.ok ? answer.problem : undefined,
    loading: answer === undefined,
    reload,
  };
}
