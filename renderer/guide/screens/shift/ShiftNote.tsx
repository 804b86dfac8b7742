import { useState } from 'react';
import type { ProfileId } from '../../../../shared/ids.ts';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../components/Button/Button.tsx';
import { Disclosure } from '../../components/Disclosure/Disclosure.tsx';
import { TextArea } from '../../components/Field/Field.tsx';
import { Row, Stack } from '../../components/Layout/Layout.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';

/** Anything the next shift or an auditor should know, in the operator's own words. */
export function ShiftNote({ profileId, by }: { profileId: ProfileId; by: string }) {
  const call = useCall('shift.note');
  const [note, setNote] = useState('');
  const [kept, setKept] = useState(false);
  const add = async () => {
    const result = await call.run({ profileId, by, note });
    if (!result.ok) return;
    setNote('');
    setKept(true);
  };
  return (
    <Disclosure title="Add a note">
      <Stack>
        <TextArea
          label="Note"
          hint="Goes on the record of this shift as it is, with the time. No token belongs here."
          rows={3}
          maxLength={2000}
          value={note}
          onChange={(text) => {
            setKept(false);
            setNote(text);
          }}
        />
        <Row>
          <Button busy={call.busy} isDisabled={note.trim() === ''} onPress={() => void add()}>
            Add the note
          </Button>
          <span role="status">{kept && 'It is on the record.'}</span>
        </Row>
        {call.problem && <ProblemBox problem={call.problem} title="The note was not kept" />}
      </Stack>
    </Disclosure>
  );
}
