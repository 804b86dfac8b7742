import { useState } from 'react';
import type { AppInfo } from '../../../../shared/contract/guide.ts';
import type { Checked } from '../../../../shared/contract/records.ts';
import { visible } from '../../../../shared/report/visible.ts';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../components/Button/Button.tsx';
import { Checkbox } from '../../components/Choice/Choice.tsx';
import { Field } from '../../components/Field/Field.tsx';
import { Row, Stack } from '../../components/Layout/Layout.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';
import { Waiting } from '../../components/Waiting/Waiting.tsx';
import { Finding } from './Finding.tsx';
import { askedOf, Known, nothingKnown } from './Known.tsx';
import styles from './Records.module.css';

/**
 * Checks a record file from elsewhere, of any size. A copy stays only where that is asked for, and can
 * be asked for only where `onKept` shows it.
 */
export function CheckFile({ info, onKept }: { info: AppInfo; onKept?: () => void }) {
  const check = useCall('records.check-file');
  const [known, setKnown] = useState(nothingKnown);
  const [path, setPath] = useState('');
  const [keep, setKeep] = useState(false);
  const [found, setFound] = useState<{ path: string; checked: Checked }>();

  const start = async () => {
    setFound(undefined);
    const file = info.folderDialog ? {} : { path: path.trim() };
    const result = await check.run({ keep, ...file, ...askedOf(known) });
    if (!result.ok || result.value.kind === 'cancelled') return;
    setFound(result.value);
    if (keep) onKept?.();
  };

  return (
    <Stack>
      <Known value={known} onChange={setKnown} />
      {!info.folderDialog && (
        <Field
          label="File with the record"
          hint="Its full path, for example /media/robin/usb/record.jsonl."
          value={path}
          onChange={setPath}
          maxLength={4000}
          mono
        />
      )}
      {onKept && (
        <Checkbox isSelected={keep} onChange={setKeep}>
          Keep a copy among the records from elsewhere
        </Checkbox>
      )}
      <Row>
        <Button
          icon="file"
          busy={check.busy}
          isDisabled={!info.folderDialog && path.trim() === ''}
          onPress={() => void start()}
        >
          {info.folderDialog ? 'Choose the record and check it' : 'Check the record'}
        </Button>
      </Row>
      {check.busy && <Waiting doing="Reading the record and hashing every line" />}
      {check.problem && <ProblemBox problem={check.problem} title="The record was not checked" />}
      {found && (
        <>
          <p className={styles.file}>{visible(found.path)}</p>
          <Finding checked={found.checked} />
        </>
      )}
    </Stack>
  );
}
