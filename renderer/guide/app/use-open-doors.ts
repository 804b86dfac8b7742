import type { CeremonyId, NodeAddress } from '../../../shared/ids.ts';
import { useLoaded } from './use-call.ts';
import { usePush } from './use-push.ts';

export interface OpenDoor {
  readonly id: CeremonyId;
  readonly cluster: string;
  readonly nodes: readonly NodeAddress[];
}

/**
 * Every ceremony, ended or not, whose door (enable_unauthenticated_access) is not known to be closed.
 * Read from the records at each start, so that no restart loses it.
 */
export function useOpenDoors(): readonly OpenDoor[] {
  const { value, reload } = useLoaded('ceremony.list', undefined);
  usePush('ceremony.recorded', ({ record }) => {
    if (record.event.type.startsWith('door.')) reload();
  });
  return (value ?? []).flatMap((line) =>
    line.kind === 'readable' && line.door
      ? [{ id: line.id, cluster: line.cluster, nodes: line.door }]
      : [],
  );
}
