import { useEffect, useState } from 'react';
import type { HolderView } from '../../../../shared/contract/holder.ts';
import type { Problem } from '../../../../shared/problem.ts';
import { useLoaded } from '../../app/use-call.ts';
import { useBridge } from '../../app/client.ts';
import { usePush } from '../../app/use-push.ts';

/** What a holder's laptop has before it, as main last told it. */
export function useHolder(): {
  readonly view: HolderView | undefined;
  readonly problem: Problem | undefined;
} {
  const first = useLoaded('holder.view', undefined);
  const [told, setTold] = useState<HolderView>();
  usePush('holder.changed', setTold);
  return { view: told ?? first.value, problem: first.problem };
}

/** Milliseconds between two looks, counted from the answer to the one before. */
const pause = 5000;

/** Asks Vault how the attempt stands, at once and again while the screen is shown. */
export function useLooking(wanted: boolean): void {
  const client = useBridge();
  useEffect(() => {
    if (!wanted) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stopped = false;
    const look = async () => {
      await client.call('holder.look', undefined);
      if (!stopped) timer = setTimeout(() => void look(), pause);
    };
    void look();
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [client, wanted]);
}
