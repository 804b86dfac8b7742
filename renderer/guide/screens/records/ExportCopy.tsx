import { useState } from 'react';
import type { AppInfo } from '../../../../shared/contract/guide.ts';
import type { ForeignId } from '../../../../shared/ids.ts';
import type { Answered } from '../../app/client.ts';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../components/Button/Button.tsx';
import { Field } from '../../components/Field/Field.tsx';
import { Row, Stack } from '../../components/Layout/Layout.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';
import styles from './Records.module.css';

/** Takes a signed copy back to whoever made the record. */
export function ExportCopy({ id, info }: { id: ForeignId; info: AppInfo }) {
  const call = useCall('records.export-foreign');
  const [folder, setFolder] = useState('');
  const [done, setDone] = useState<Answered<'records.export-foreign'>>();
  const start = async () => {
    const result = await call.run({ id, ...(info.folderDialog ? {} : { folder: folder.trim() }) });
    setDone(result.ok ? result.value : undefined);
  };
  return (
    <Stack gap="tight">
      <p>The copy and the signatures added here, as one file, for whoever made the record.</p>
      {!info.folderDialog && (
        <Field
          label="Folder for the copy"
          hint="Its full path, for example /media/robin/usb. It must exist."
          value={folder}
          onChange={setFolder}
          maxLength={4000}
          mono
        />
      )}
      <Row>
        <Button
          icon="file"
          busy={call.busy}
          isDisabled={!info.folderDialog && folder.trim() === ''}
          onPress={() => void start()}
        >
          Export the copy with its signatures
        </Button>
      </Row>
      <p role="status" className={styles.file}>
        {done?.kind === 'exported' && `Written to ${done.folder}`}
        {done?.kind === 'cancelled' && 'Nothing was written.'}
      </p>
      {call.problem && <ProblemBox problem={call.problem} title="The copy was not exported" />}
    </Stack>
  );
}
