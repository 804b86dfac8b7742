import { useState } from 'react';
import { FileTrigger } from 'react-aria-components/FileTrigger';
import { largestKeyText } from '../../../../shared/contract/common.ts';
import type { RecordTarget } from '../../../../shared/contract/records.ts';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../components/Button/Button.tsx';
import { TextArea } from '../../components/Field/Field.tsx';
import { Row } from '../../components/Layout/Layout.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';

interface BringSignatureProps {
  readonly of: RecordTarget;
  /** The statement that was just saved here, where one was. */
  readonly made: string | undefined;
  readonly onAdded: () => void;
}

/** Statement and signature come back, from this machine or another. */
export function BringSignature({ of, made, onAdded }: BringSignatureProps) {
  const add = useCall('records.add-signature');
  const [brought, setBrought] = useState<string>();
  const [signature, setSignature] = useState('');
  const [told, setTold] = useState<string>();
  const statement = brought ?? made;
  const inside = signature.includes('-----BEGIN PGP SIGNED MESSAGE-----');

  const read = async (file: File | undefined, take: (text: string) => void) => {
    if (!file) return;
    if (file.size > largestKeyText) return setTold(`${file.name} is too large.`);
    take(await file.text());
    setTold(`Taken from ${file.name}.`);
  };
  const start = async () => {
    const signed = inside || statement === undefined ? {} : { statement };
    const result = await add.run({ of, signature, ...signed });
    if (!result.ok) return;
    setSignature('');
    setBrought(undefined);
    setTold('The signature is on the record.');
    onAdded();
  };
  return (
    <>
      <TextArea
        label="The signature"
        hint="The text of statement.txt.asc: detached, or of the text as it stands (--clearsign)."
        value={signature}
        onChange={setSignature}
        maxLength={largestKeyText}
        mono
      />
      <Row>
        <FileTrigger
          acceptedFileTypes={['.asc', '.txt']}
          onSelect={(files) => void read(files?.[0], setSignature)}
        >
          <Button icon="file">Take the signature from a file</Button>
        </FileTrigger>
        <FileTrigger
          acceptedFileTypes={['.txt']}
          onSelect={(files) => void read(files?.[0], setBrought)}
        >
          <Button icon="file">Take the statement from a file</Button>
        </FileTrigger>
        <span role="status">{told}</span>
      </Row>
      <Row>
        <Button
          icon="check"
          busy={add.busy}
          isDisabled={!signature.includes('-----BEGIN PGP ') || (!inside && !statement)}
          onPress={() => void start()}
        >
          Check it and put it on the record
        </Button>
      </Row>
      {add.problem && <ProblemBox problem={add.problem} title="The signature was not added" />}
    </>
  );
}
