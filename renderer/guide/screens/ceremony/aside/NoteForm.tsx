import { useState, type SubmitEvent } from 'react';
import type { CallHandle } from '../../../app/use-call.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { Field, TextArea } from '../../../components/Field/Field.tsx';
import { Row } from '../../../components/Layout/Layout.tsx';
import { ProblemBox } from '../../../components/ProblemBox/ProblemBox.tsx';
import { useFields } from '../use-fields.ts';
import styles from './Aside.module.css';

export interface Note {
  readonly by: string;
  readonly note: string;
}

interface NoteFormProps {
  /** The name under which what was typed is kept until the window closes. */
  readonly draft: string;
  /** Who most likely writes it. */
  readonly by: string;
  readonly call: Pick<
    CallHandle<'ceremony.note' | 'desk.note' | 'holder.note' | 'shift.note'>,
    'busy' | 'problem'
  >;
  /** @returns whether it is on the record. */
  readonly onAdd: (note: Note) => Promise<boolean>;
}

/** Anything worth keeping, in somebody's own words: of a ceremony, of a shift, or of the work at a desk. */
export function NoteForm({ draft, by: likely, call, onAdd }: NoteFormProps) {
  const fields = useFields(draft, { by: likely, note: '' });
  const [kept, setKept] = useState(false);
  const { by, note } = fields.values;

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (!fields.check({ by: by.trim() !== '', note: note.trim() !== '' })) return;
    if (!(await onAdd({ by: by.trim(), note: note.trim() }))) return;
    setKept(true);
    fields.set('note', '');
  };
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
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
