import { useState, type SubmitEvent } from 'react';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../components/Button/Button.tsx';
import { Disclosure } from '../../components/Disclosure/Disclosure.tsx';
import { Field, TextArea } from '../../components/Field/Field.tsx';
import { Row, Stack } from '../../components/Layout/Layout.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';
import { useFields } from '../ceremony/use-fields.ts';

/** Anything worth keeping on the record of the work at the desk, or on a holder's laptop. */
export function DeskNote({ addBy = 'desk.note' }: { addBy?: 'desk.note' | 'holder.note' }) {
  const call = useCall(addBy);
  const fields = useFields(addBy, { by: '', note: '' });
  const [kept, setKept] = useState(false);
  const { by, note } = fields.values;

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (!fields.check({ by: by.trim() !== '', note: note.trim() !== '' })) return;
    const result = await call.run({ by: by.trim(), note: note.trim() });
    if (!result.ok) return;
    setKept(true);
    fields.set('note', '');
  };
  return (
    <Disclosure title="Add a note to the record of this work">
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack>
          <TextArea
            label="Note"
            hint="Goes on the record as it is, with the time. No share, OTP or token belongs here."
            rows={3}
            maxLength={2000}
            value={note}
            onChange={(text) => {
              setKept(false);
              fields.set('note', text);
            }}
            error={fields.wrong('note', 'The note is empty.')}
          />
          <Field
            label="Written by"
            maxLength={120}
            value={by}
            onChange={(text) => fields.set('by', text)}
            error={fields.wrong('by', 'Who writes this? Enter a name.')}
          />
          {call.problem && <ProblemBox problem={call.problem} title="The note was not kept" />}
          <Row>
            <Button type="submit" busy={call.busy}>
              Add the note
            </Button>
            <span role="status">{kept && 'It is on the record.'}</span>
          </Row>
        </Stack>
      </form>
    </Disclosure>
  );
}
