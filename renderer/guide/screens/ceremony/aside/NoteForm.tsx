import { useState, type SubmitEvent } from 'react';
import { useCall } from '../../../app/use-call.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { Field, TextArea } from '../../../components/Field/Field.tsx';
import { Row } from '../../../components/Layout/Layout.tsx';
import { ProblemBox } from '../../../components/ProblemBox/ProblemBox.tsx';
import { useFields } from '../use-fields.ts';
import { useView } from '../view.ts';
import styles from './Aside.module.css';
import { operatorOf } from './operator.ts';

/** Anything worth keeping, in somebody's own words. */
export function NoteForm() {
  const { id, state } = useView();
  const call = useCall('ceremony.note');
  const fields = useFields(`${id} note`, { by: operatorOf(state), note: '' });
  const [kept, setKept] = useState(false);
  const { by, note } = fields.values;

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!fields.check({ by: by.trim() !== '', note: note.trim() !== '' })) return;
    void call.run({ id, by, note }).then((result) => {
      if (!result.ok) return;
      setKept(true);
      fields.set('note', '');
    });
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
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
    </form>
  );
}
