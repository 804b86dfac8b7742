import { useState } from 'react';
import { FileTrigger } from 'react-aria-components/FileTrigger';
import { largestRecordText, type Checked } from '../../../../shared/contract/guide.ts';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../components/Button/Button.tsx';
import { TextArea } from '../../components/Field/Field.tsx';
import { Row, Stack } from '../../components/Layout/Layout.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';
import { Finding } from './Finding.tsx';

/** Checks a record from elsewhere. It is read, not kept: nothing of it stays in the data folder. */
export function CheckFile() {
  const check = useCall('records.check-text');
  const [fingerprint, setFingerprint] = useState('');
  const [words, setWords] = useState('');
  const [name, setName] = useState<string>();
  const [refused, setRefused] = useState<string>();
  const [found, setFound] = useState<Checked>();

  const take = async (file: File | undefined) => {
    if (!file) return;
    setFound(undefined);
    setName(file.name);
    if (file.size > largestRecordText) {
      setRefused(
        'It is larger than this screen takes. The verifier beside each export has no limit.',
      );
      return;
    }
    setRefused(undefined);
    const result = await check.run({
      text: await file.text(),
      ...(fingerprint.trim() ? { fingerprint: fingerprint.trim() } : {}),
      ...(words.trim() ? { words: words.trim() } : {}),
    });
    if (result.ok) setFound(result.value);
  };

  return (
    <Stack>
      <p>
        What the record must be compared with comes from people, not from the folder it lies in: the
        fingerprint of the key that signed it, or the words that the witness wrote on paper. Without
        either, only its inner order can be checked.
      </p>
      <TextArea
        label="Fingerprint of the key"
        optional
        hint="As hex digits, or as words."
        value={fingerprint}
        onChange={setFingerprint}
        maxLength={2000}
        mono
      />
      <TextArea
        label="Words of the head"
        optional
        hint="At least the first eight, in their order."
        value={words}
        onChange={setWords}
        maxLength={2000}
        mono
      />
      <Row>
        <FileTrigger onSelect={(files) => void take(files?.[0])}>
          <Button icon="file" busy={check.busy}>
            Choose the record and check it
          </Button>
        </FileTrigger>
        {name && <span role="status">{refused ?? name}</span>}
      </Row>
      {check.problem && <ProblemBox problem={check.problem} title="The record was not checked" />}
      {found && <Finding checked={found} />}
    </Stack>
  );
}
