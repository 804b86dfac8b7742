import { useState } from 'react';
import type { PracticeChoice } from '../../../shared/contract/guide.ts';
import type { ProfileId } from '../../../shared/ids.ts';
import type { Problem } from '../../../shared/problem.ts';
import type { Go } from './place.ts';
import { useCall } from './use-call.ts';

/** What one click on Practice gives: the numbers most Vaults are set up with, and a short outage. */
export const usualPractice: PracticeChoice = {
  shares: 5,
  threshold: 3,
  outageSeconds: 20,
  version: '1.21.4',
  primary: 'gone',
};

export interface StartHandle {
  /** Opens a ceremony for a cluster and goes there. */
  readonly open: (profileId: ProfileId) => void;
  /** Starts fresh practice clusters in the place of those that run, opens a ceremony on them and goes there. */
  readonly practise: (choice: PracticeChoice) => void;
  /** Starts fresh practice clusters and stays: for the shift desk, the map, or a ceremony opened later. */
  readonly clustersOnly: (choice: PracticeChoice) => void;
  /** What is being done, for `Waiting`; absent when nothing is. */
  readonly doing: string | undefined;
  readonly problem: Problem | undefined;
}

/** The ways into a new ceremony. */
export function useStartCeremony(go: Go): StartHandle {
  const openCall = useCall('ceremony.open');
  const startCall = useCall('practice.start');
  const [doing, setDoing] = useState<string>();

  const opened = async (profileId: ProfileId) => {
    setDoing('Opening the ceremony');
    const result = await openCall.run({ profileId });
    if (result.ok) go({ at: 'ceremony', id: result.value.id });
  };
  const started = async (choice: PracticeChoice) => {
    setDoing('Starting the practice clusters');
    await startCall.run(choice);
  };
  const practised = async (choice: PracticeChoice) => {
    setDoing('Starting the practice clusters');
    const after = await startCall.run(choice);
    if (after.ok && after.value.running) await opened(after.value.profile.id);
  };
  const until = (work: Promise<void>) => void work.finally(() => setDoing(undefined));

  return {
    open: (profileId) => until(opened(profileId)),
    practise: (choice) => until(practised(choice)),
    clustersOnly: (choice) => until(started(choice)),
    doing,
    problem: openCall.problem ?? startCall.problem,
  };
}
