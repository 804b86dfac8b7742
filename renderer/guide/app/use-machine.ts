import { useCallback, useEffect, useState } from 'react';
import type { KeychainView } from '../../../shared/contract/guide.ts';
import type { Problem } from '../../../shared/problem.ts';
import { useBridge, type Answered } from './client.ts';
import { useCall } from './use-call.ts';
import { usePush } from './use-push.ts';

export interface KeychainHandle {
  readonly state: KeychainView;
  readonly busy: boolean;
  readonly problem: Problem | undefined;
  readonly checkAgain: () => void;
  /** A person's explicit choice (contract, `app.use-memory-keychain`). */
  readonly goOnInMemory: (agreedBy: string) => void;
}

/** The keychain as main last saw it, and the two things a person can do about it. */
export function useKeychain(atStart: KeychainView): KeychainHandle {
  const [state, setState] = useState(atStart);
  const probe = useCall('app.probe-keychain');
  const memory = useCall('app.use-memory-keychain');
  usePush('keychain.health', setState);

  const checkAgain = () =>
    void probe.run(undefined).then((result) => {
      if (result.ok) setState(result.value);
    });
  const goOnInMemory = (agreedBy: string) =>
    void memory.run({ agreedBy }).then((result) => {
      if (result.ok) setState(result.value);
    });
  return {
    state,
    busy: probe.busy || memory.busy,
    problem: memory.problem ?? probe.problem,
    checkAgain,
    goOnInMemory,
  };
}

export type PracticeStatus = Answered<'practice.status'>;

export interface PracticeHandle {
  /** Absent until main has answered once. */
  readonly status: PracticeStatus | undefined;
  readonly problem: Problem | undefined;
  readonly reload: () => void;
}

/** Whether the practice clusters run, and with which numbers. */
export function usePractice(): PracticeHandle {
  const client = useBridge();
  const [status, setStatus] = useState<PracticeStatus>();
  const [problem, setProblem] = useState<Problem>();
  const [turn, setTurn] = useState(0);
  usePush('practice.changed', setStatus);
  useEffect(() => {
    let current = true;
    void client.call('practice.status', undefined).then((result) => {
      if (!current) return;
      if (result.ok) setStatus(result.value);
      setProblem(result.ok ? undefined : result.problem);
    });
    return () => {
      current = false;
    };
  }, [client, turn]);
  const reload = useCallback(() => setTurn((n) => n + 1), []);
  return { status, problem, reload };
}
