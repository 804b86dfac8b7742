import { useState } from 'react';
import type { KeychainHandle } from '../../app/use-machine.ts';
import { Button } from '../../components/Button/Button.tsx';
import { Disclosure } from '../../components/Disclosure/Disclosure.tsx';
import { Field } from '../../components/Field/Field.tsx';
import { Row } from '../../components/Layout/Layout.tsx';
import { Notice } from '../../components/Notice/Notice.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';

/** What stands in the way where the keychain does not answer. Nothing where it does. */
export function KeychainCard({ keychain }: { keychain: KeychainHandle }) {
  const { state } = keychain;
  switch (state.state) {
    case 'working':
      return null;
    case 'memory':
      return (
        <Notice tone="warning" title="Secrets are kept in memory only">
          <p>
            If Keyturn or this computer stops, an OTP ceremony cannot go on: the OTP and the token
            are gone. Choose an officer’s OpenPGP key at the start: then there is no OTP to lose. Or
            write the OTP down when the ceremony offers it.
          </p>
        </Notice>
      );
    case 'locked':
      return <Closed keychain={keychain} title="The keychain is locked" todo={state.todo} />;
    case 'absent':
      return <Closed keychain={keychain} title="No keychain answers here" todo={state.todo} />;
    case 'failing':
      return <Closed keychain={keychain} title="The keychain does not work" todo={state.todo} />;
  }
}

function Closed({
  keychain,
  title,
  todo,
}: {
  keychain: KeychainHandle;
  title: string;
  todo: string;
}) {
  const [name, setName] = useState('');
  const [error, setError] = useState<string>();
  const agree = () => {
    if (name.trim() === '') setError('The name of the person who decides this belongs here.');
    else keychain.goOnInMemory(name.trim());
  };
  return (
    <>
      <Notice
        tone="danger"
        title={title}
        announce
        actions={
          <Button kind="primary" icon="again" busy={keychain.busy} onPress={keychain.checkAgain}>
            Check again
          </Button>
        }
      >
        <p>{todo}</p>
        <p>Until it answers, no ceremony starts: the OTP and the token would have no safe place.</p>
        <Disclosure title="Go on in memory only">
          <p>
            Better without a keychain: PGP mode. At the start choose an officer’s OpenPGP key; then
            there is no OTP to keep, and a stop before the last share loses nothing.
          </p>
          <p>
            The OTP and the DR operation token are then kept in this program&apos;s memory and
            nowhere else. If the program or the computer stops, they are gone: the ceremony is over,
            every holder gives a share again, and a token without expiry may be left on the server.
          </p>
          <Field
            label="Decided by"
            hint="The name of the person who accepts this. It goes on the record."
            value={name}
            error={error}
            maxLength={120}
            onChange={(text) => {
              setName(text);
              setError(undefined);
            }}
          />
          <Row>
            <Button kind="danger" busy={keychain.busy} onPress={agree}>
              Go on in memory only
            </Button>
          </Row>
        </Disclosure>
      </Notice>
      {keychain.problem && (
        <ProblemBox problem={keychain.problem} title="The keychain could not be asked" />
      )}
    </>
  );
}
