import { useState } from 'react';
import type { Opened } from '../../../../shared/part/events.ts';
import type { Answered } from '../../app/client.ts';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../components/Button/Button.tsx';
import { TextArea } from '../../components/Field/Field.tsx';
import { Stack } from '../../components/Layout/Layout.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';
import { Fingerprint } from './Fingerprint.tsx';
import { Parcel } from './Parcel.tsx';

/** What was opened leaves this laptop readable by one named key only. */
export function EncryptTo({ what }: { what: Opened }) {
  const encrypt = useCall('desk.encrypt');
  const [recipient, setRecipient] = useState('');
  const [made, setMade] = useState<Answered<'desk.encrypt'>>();
  const start = async () => {
    setMade(undefined);
    const result = await encrypt.run({ recipient });
    if (result.ok) setMade(result.value);
  };
  return (
    <Stack>
      <TextArea
        label="The recipient’s public key"
        hint="Armored, as gpg --armor --export NAME writes it."
        value={recipient}
        onChange={setRecipient}
        rows={5}
        maxLength={200_000}
        mono
      />
      {encrypt.problem && (
        <ProblemBox problem={encrypt.problem} title={`The ${what} was not encrypted`} />
      )}
      <div>
        <Button
          kind="primary"
          busy={encrypt.busy}
          isDisabled={recipient.trim() === ''}
          onPress={() => void start()}
        >
          Encrypt the {what}
        </Button>
      </div>
      {made && (
        <>
          <Fingerprint
            title={`Only this key can read it: ${made.userIds.join(', ') || 'no name'}`}
            lead="Compare the words with the recipient before the file or the codes leave the room."
            words={made.words}
            hex={made.fingerprint}
          />
          <Parcel name={made.parcel} />
        </>
      )}
    </Stack>
  );
}
