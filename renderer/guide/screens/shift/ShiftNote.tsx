import type { ProfileId } from '../../../../shared/ids.ts';
import { useCall } from '../../app/use-call.ts';
import { Disclosure } from '../../components/Disclosure/Disclosure.tsx';
import { NoteForm } from '../ceremony/aside/NoteForm.tsx';

/** Anything the next shift or an auditor should know, in somebody's own words. */
export function ShiftNote({ profileId, by }: { profileId: ProfileId; by: string }) {
  const call = useCall('shift.note');
  return (
    <Disclosure title="Add a note">
      <NoteForm
        draft={`${profileId} ${by} note`}
        by={by}
        call={call}
        onAdd={async (note) => (await call.run({ profileId, ...note })).ok}
      />
    </Disclosure>
  );
}
