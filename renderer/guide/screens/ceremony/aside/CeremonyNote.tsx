import { useCall } from '../../../app/use-call.ts';
import { useView } from '../view.ts';
import { NoteForm } from './NoteForm.tsx';
import { operatorOf } from './operator.ts';

/** A note on the record of this ceremony. */
export function CeremonyNote() {
  const { id, state } = useView();
  const call = useCall('ceremony.note');
  return (
    <NoteForm
      draft={`${id} note`}
      by={operatorOf(state)}
      call={call}
      onAdd={async (note) => (await call.run({ id, ...note })).ok}
    />
  );
}
