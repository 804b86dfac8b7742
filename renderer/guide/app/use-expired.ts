import { useState } from 'react';
import type { ExpiredLeaf } from '../../../shared/ceremony/findings.ts';
import type { CeremonyId } from '../../../shared/ids.ts';
import { useLoaded } from './use-call.ts';
import { usePush } from './use-push.ts';

/** The expired certificates that calls of this ceremony are refused for now, whichever call met them. */
export function useExpired(id: CeremonyId): readonly ExpiredLeaf[] {
  const { value } = useLoaded('ceremony.expired', { id });
  const [told, setTold] = useState<readonly ExpiredLeaf[]>();
  usePush('ceremony.expired', (push) => {
    if (push.id === id) setTold(push.leaves);
  });
  return told ?? value ?? [];
}
