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

/** Three steps, with a walk to the key between them: the statement out, signed, the signature in. */
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
  // The next person begins with empty fields; the folder is most likely the same.
  const added = () => {
    setBy('');
    setKey('');
    setMade(undefined);
    onAdded();
  };
  const ready = by.trim() !== '' && key.includes('-----BEGIN PGP ');
  return (
    <ol className={styles.steps}>
      <li>
        <Stack>
          <p>
            <b>Save what is to be signed.</b> Two lines of text name the record, its head as it is
            now, the person and their key.
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
          {save.problem && (
            <ProblemBox problem={save.problem} title="The statement was not saved" />
          )}
          {made && (
            <Notice tone="good" title="The statement is saved" announce>
              <p className={styles.file}>{made.file}</p>
            </Notice>
          )}
        </Stack>
      </li>
      <li>
        <Stack>
          <p>
            <b>Sign exactly that file</b> where the private key is: here, or on another machine. The
            private key never comes to Keyturn.
          </p>
          <Command
            label={made ? 'Here' : 'Where the file is'}
            text={command(made?.file ?? 'statement.txt')}
          />
        </Stack>
      </li>
      <li>
        <BringSignature of={of} made={made?.statement} onAdded={added} />
      </li>
    </ol>
  );
}

const command = (file: string): string =>
  `gpg --armor --detach-sign '${file.replaceAll("'", `'\\''`)}'`;
