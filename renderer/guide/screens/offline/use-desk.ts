import { useState } from 'react';
import type { DeskView } from '../../../../shared/contract/offline.ts';
import type { Problem } from '../../../../shared/problem.ts';
import { useLoaded } from '../../app/use-call.ts';
import { usePush } from '../../app/use-push.ts';

/** What lies on the desk, as main last told it. */
export function useDesk(): {
  readonly view: DeskView | undefined;
  readonly problem: Problem | undefined;
} {
  const first = useLoaded('desk.view', undefined);
  const [told, setTold] = useState<DeskView>();
  usePush('desk.changed', setTold);
  return { view: told ?? first.value, problem: first.problem };
}
