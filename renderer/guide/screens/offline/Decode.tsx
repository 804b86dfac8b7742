import { useState } from 'react';
import type { DeskView } from '../../../../shared/contract/offline.ts';
import type { Answered } from '../../app/client.ts';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../components/Button/Button.tsx';
import { TextArea } from '../../components/Field/Field.tsx';
import { Row, Section, Stack } from '../../components/Layout/Layout.tsx';
import { Notice } from '../../components/Notice/Notice.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';
import { Fingerprint } from './Fingerprint.tsx';
import { Parcel } from './Parcel.tsx';
import { ShowToTwo } from './ShowToTwo.tsx';

/** Encoded token and OTP in, each on a page of its own; the token out, encrypted or before two people. */
export function Decode({ view: { decode } }: { view: DeskView }) {
  return decode.doubts ? <Decoded doubts={decode.doubts} /> : <Enter decode={decode} />;
}

function Enter({ decode }: { decode: DeskView['decode'] }) {
  const open = useCall('desk.open');
  const run = useCall('desk.decode');
  const both = decode.encoded && decode.otp;
  return (
    <Stack>
      <Row>
        <Button
          kind={decode.encoded ? 'quiet' : 'primary'}
          icon={decode.encoded ? 'check' : 'lock'}
          onPress={() => void open.run({ page: 'encoded-token' })}
        >
          {decode.encoded ? 'Encoded token entered: enter it again' : 'Enter the encoded token'}
        </Button>
        <Button
          kind={decode.encoded && !decode.otp ? 'primary' : 'quiet'}
          icon={decode.otp ? 'check' : 'lock'}
          onPress={() => void open.run({ page: 'otp' })}
        >
          {decode.otp ? 'OTP entered: enter it again' : 'Enter the OTP'}
        </Button>
      </Row>
      {open.problem && <ProblemBox problem={open.problem} title="The page did not open" />}
      {run.problem && <ProblemBox problem={run.problem} title="The token was not decoded" />}
      <div>
        <Button
          kind={both ? 'primary' : 'quiet'}
          isDisabled={!both}
          busy={run.busy}
          onPress={() => void run.run(undefined)}
        >
          Decode the token
        </Button>
      </div>
    </Stack>
  );
}

function Decoded({ doubts }: { doubts: readonly string[] }) {
  return (
    <Stack gap="wide">
      {doubts.length === 0 ? (
        <Notice tone="good" title="The token is decoded" announce />
      ) : (
        <Notice tone="warning" title="Decoded, and it does not look like a token" announce>
          <p>
            The OTP may be another attempt’s, or one character of it differs. Compare both with
            their source before anybody relies on it.
          </p>
        </Notice>
      )}
      <Section title="Encrypt it to a person">
        <ToRecipient />
      </Section>
      <Section title="Or show it to two people">
        <ShowToTwo page="show-token" verb="Show the token in its own window" />
      </Section>
    </Stack>
  );
}

/** The token leaves this laptop readable by one named key only. */
function ToRecipient() {
  const encrypt = useCall('desk.encrypt-token');
  const [recipient, setRecipient] = useState('');
  const [made, setMade] = useState<Answered<'desk.encrypt-token'>>();
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
        <ProblemBox problem={encrypt.problem} title="The token was not encrypted" />
      )}
      <div>
        <Button
          kind="primary"
          busy={encrypt.busy}
          isDisabled={recipient.trim() === ''}
          onPress={() => void start()}
        >
          Encrypt the token
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
