import { useState } from 'react';
import type { AppInfo } from '../../../../shared/contract/guide.ts';
import type { RecordTarget } from '../../../../shared/contract/records.ts';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../components/Button/Button.tsx';
import { Command } from '../../components/Command/Command.tsx';
import { Field } from '../../components/Field/Field.tsx';
import { KeyField } from '../../components/KeyField/KeyField.tsx';
import { Row, Stack } from '../../components/Layout/Layout.tsx';
import { Notice } from '../../components/Notice/Notice.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';
import { BringSignature } from './BringSignature.tsx';
import styles from './Records.module.css';

interface AddSignatureProps {
  readonly of: RecordTarget;
  readonly info: AppInfo;
  readonly onAdded: () => void;
}

/** Two steps, with a walk between them: the statement out, the signature in. */
export function AddSignature({ of, info, onAdded }: AddSignatureProps) {
  const save = useCall('records.save-statement');
  const [by, setBy] = useState('');
  const [key, setKey] = useState('');
  const [folder, setFolder] = useState('');
  const [made, setMade] = useState<{ file: string; statement: string }>();

  const start = async () => {
    const where = info.folderDialog ? {} : { folder: folder.trim() };
    const result = await save.run({ of, by: by.trim(), key, ...where });
    if (result.ok && result.value.kind === 'saved') setMade(result.value);
  };
  const ready = by.trim() !== '' && key.includes('-----BEGIN PGP ');
  return (
    <Stack>
      <p>
        The statement names the record, its head, the person and their key. It is signed here or on
        another machine; the private key never comes to Keyturn.
      </p>
      <Field label="Who signs" value={by} onChange={setBy} maxLength={120} />
      <KeyField value={key} onChange={setKey} error={undefined} />
      {!info.folderDialog && (
        <Field
          label="Folder for the statement"
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
          busy={save.busy}
          isDisabled={!ready || (!info.folderDialog && folder.trim() === '')}
          onPress={() => void start()}
        >
          Save the statement to sign
        </Button>
      </Row>
      {save.problem && <ProblemBox problem={save.problem} title="The statement was not saved" />}
      {made && (
        <Notice tone="good" title="The statement is saved" announce>
          <p className={styles.file}>{made.file}</p>
          <Command label="Then sign exactly that file" text={command(made.file)} />
        </Notice>
      )}
      <BringSignature of={of} made={made?.statement} onAdded={onAdded} />
    </Stack>
  );
}

const command = (file: string): string =>
  `gpg --armor --detach-sign '${file.replaceAll("'", `'\\''`)}'`;
