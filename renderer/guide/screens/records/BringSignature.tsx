import { useState } from 'react';
import { FileTrigger } from 'react-aria-components/FileTrigger';
import { largestKeyText } from '../../../../shared/contract/common.ts';
import type { RecordTarget } from '../../../../shared/contract/records.ts';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../components/Button/Button.tsx';
import { TextArea } from '../../components/Field/Field.tsx';
import { Row, Stack } from '../../components/Layout/Layout.tsx';
import { Notice } from '../../components/Notice/Notice.tsx';
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
  const [brought, setBrought] = useState<{ readonly name: string; readonly text: string }>();
  const [signature, setSignature] = useState('');
  const [told, setTold] = useState<string>();
  const [done, setDone] = useState(false);
  const statement = brought?.text ?? made;
  const inside = signature.includes('-----BEGIN PGP SIGNED MESSAGE-----');
  const signed = inside || signature.includes('-----BEGIN PGP SIGNATURE-----');

  const read = async (file: File | undefined, take: (text: string, name: string) => void) => {
    if (!file) return;
    setDone(false);
    if (file.size > largestKeyText)
      return setTold(`${file.name} is too large to be a signature or a statement.`);
    take(await file.text(), file.name);
    setTold(`Taken from ${file.name}.`);
  };
  const start = async () => {
    const over = inside || statement === undefined ? {} : { statement };
    const result = await add.run({ of, signature, ...over });
    if (!result.ok) return;
    setSignature('');
    setBrought(undefined);
    setTold(undefined);
    setDone(true);
    onAdded();
  };
  return (
    <Stack>
      <p>
        <b>Bring the signature back.</b> It is checked against the record and the key first.
      </p>
      <TextArea
        label="The signature"
        hint="The text of statement.txt.asc. With the statement inside it (gpg --clearsign) is as good."
        value={signature}
        onChange={(text) => {
          setDone(false);
          setSignature(text);
        }}
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
        <span role="status">{told}</span>
      </Row>
      {!inside && !made && (
        <Row>
          <FileTrigger
            acceptedFileTypes={['.txt']}
            onSelect={(files) => void read(files?.[0], (text, name) => setBrought({ name, text }))}
          >
            <Button icon="file">Take the statement from a file</Button>
          </FileTrigger>
        </Row>
      )}
      <p>{overWhat({ inside, brought: brought?.name, made: made !== undefined })}</p>
      <Row>
        <Button
          icon="check"
          busy={add.busy}
          isDisabled={!signed || (!inside && statement === undefined)}
          onPress={() => void start()}
        >
          Check it and put it on the record
        </Button>
      </Row>
      {add.problem && <ProblemBox problem={add.problem} title="The signature was not added" />}
      {done && <Notice tone="good" title="The signature is on the record" announce />}
    </Stack>
  );
}

/** Which statement the signature is compared with; says so where it is still missing. */
function overWhat(has: { inside: boolean; brought: string | undefined; made: boolean }): string {
  if (has.inside) return 'The statement is inside the signature.';
  if (has.brought !== undefined) return `It is compared with the statement in ${has.brought}.`;
  return has.made
    ? 'It is compared with the statement that was just saved.'
    : 'The statement it was made over is needed too: statement.txt, from the same folder.';
}
