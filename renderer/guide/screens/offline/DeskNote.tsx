import { useCall } from '../../app/use-call.ts';
import { Disclosure } from '../../components/Disclosure/Disclosure.tsx';
import { NoteForm } from '../ceremony/aside/NoteForm.tsx';

/** Anything worth keeping on the record of the work at the desk. */
export function DeskNote() {
  const call = useCall('desk.note');
  return (
    <Disclosure title="Add a note to the record of this work">
      <NoteForm
        draft="desk note"
        by=""
        call={call}
        onAdd={async (note) => (await call.run(note)).ok}
      />
    </Disclosure>
  );
}
