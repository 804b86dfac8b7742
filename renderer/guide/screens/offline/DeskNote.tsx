import { useCall } from '../../app/use-call.ts';
import { Disclosure } from '../../components/Disclosure/Disclosure.tsx';
import { NoteForm } from '../ceremony/aside/NoteForm.tsx';

/** Anything worth keeping on the record of the work at the desk, or on a holder's laptop. */
export function DeskNote({ addBy = 'desk.note' }: { addBy?: 'desk.note' | 'holder.note' }) {
  const call = useCall(addBy);
  return (
    <Disclosure title="Add a note to the record of this work">
      <NoteForm draft={addBy} by="" call={call} onAdd={async (note) => (await call.run(note)).ok} />
    </Disclosure>
  );
}
