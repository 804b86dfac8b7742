import type { AfterTask } from '../../../../../shared/ceremony/aftercare.ts';
import { Field } from '../../../components/Field/Field.tsx';
import { useFields, type Fields } from '../use-fields.ts';
import { useView } from '../view.ts';

export interface SnapshotHandle {
  readonly fields: Fields<'file'>;
  /** Marks what is wrong. `undefined`: the file is still to be named. */
  readonly task: () => Extract<AfterTask, { kind: 'snapshot' }> | undefined;
}

/** Where a snapshot of the old primary goes: before its demotion, or when it has come back. */
export function useSnapshotFile(): SnapshotHandle {
  const { id } = useView();
  const fields = useFields(`${id} snapshot`, { file: '' });
  const file = fields.values.file.trim();
  const task = () =>
    fields.check({ file: file !== '' }) ? { kind: 'snapshot' as const, file } : undefined;
  return { fields, task };
}

export function SnapshotFile({ snapshot: { fields } }: { snapshot: SnapshotHandle }) {
  return (
    <Field
      label="The new file"
      hint="In full, such as /backup/old-primary.snap; outside of Keyturn’s data folder."
      mono
      maxLength={1000}
      value={fields.values.file}
      onChange={(text) => fields.set('file', text)}
      error={fields.wrong('file', 'Where does the snapshot go? Enter the file in full.')}
    />
  );
}
