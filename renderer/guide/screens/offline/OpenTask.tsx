import type { DeskView } from '../../../../shared/contract/offline.ts';
import type { Opened as What } from '../../../../shared/part/events.ts';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../components/Button/Button.tsx';
import { Row, Section, Stack } from '../../components/Layout/Layout.tsx';
import { Notice } from '../../components/Notice/Notice.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';
import { EncryptTo } from './EncryptTo.tsx';
import { SealBack } from './SealBack.tsx';
import { ShowToTwo } from './ShowToTwo.tsx';

/** A token or a share in, closed; opened here; and out again, encrypted or before two people. */
export function OpenTask({ view: { opening, invitation }, what }: { view: DeskView; what: What }) {
  const { opened, entered } = opening;
  if (opened?.what === what)
    return <Opened what={what} doubts={opened.doubts} invitation={invitation} />;
  const mine = entered?.what === what ? entered : undefined;
  return (
    <Stack>
      <Enter what={what} entered={mine !== undefined} />
      {mine?.encrypted && <WithKey what={what} />}
      {what === 'token' && !mine?.encrypted && (
        <WithOtp encoded={mine !== undefined} otp={opening.otp} />
      )}
    </Stack>
  );
}

function Enter({ what, entered }: { what: What; entered: boolean }) {
  const open = useCall('desk.open');
  const name = what === 'token' ? 'encoded token' : 'encrypted share';
  return (
    <>
      <Row>
        <Button
          kind={entered ? 'quiet' : 'primary'}
          icon={entered ? 'check' : 'lock'}
          onPress={() =>
            void open.run({ page: what === 'token' ? 'encoded-token' : 'encrypted-share' })
          }
        >
          {entered
            ? `${name.charAt(0).toUpperCase()}${name.slice(1)} entered: enter it again`
            : `Enter the ${name}`}
        </Button>
        {what === 'token' && !entered && (
          <Button
            icon="eye"
            onPress={() => void open.run({ page: 'scan', purpose: { kind: 'encrypted-token' } })}
          >
            Read its QR codes
          </Button>
        )}
      </Row>
      {open.problem && <ProblemBox problem={open.problem} title="The page did not open" />}
    </>
  );
}

function WithOtp({ encoded, otp }: { encoded: boolean; otp: boolean }) {
  const open = useCall('desk.open');
  const run = useCall('desk.decode');
  return (
    <>
      <div>
        <Button
          kind={encoded && !otp ? 'primary' : 'quiet'}
          icon={otp ? 'check' : 'lock'}
          onPress={() => void open.run({ page: 'otp' })}
        >
          {otp ? 'OTP entered: enter it again' : 'Enter the OTP'}
        </Button>
      </div>
      {open.problem && <ProblemBox problem={open.problem} title="The page did not open" />}
      {run.problem && <ProblemBox problem={run.problem} title="The token was not decoded" />}
      <div>
        <Button
          kind={encoded && otp ? 'primary' : 'quiet'}
          isDisabled={!encoded || !otp}
          busy={run.busy}
          onPress={() => void run.run(undefined)}
        >
          Decode the token
        </Button>
      </div>
    </>
  );
}

/** It is encrypted to a key: its owner opens it with a key file, or with gpg and whatever card it has. */
function WithKey({ what }: { what: What }) {
  const open = useCall('desk.open');
  const gpg = useCall('desk.open-with-gpg');
  const stop = useCall('pgp.stop-gpg');
  const problem = gpg.problem ?? open.problem;
  return (
    <>
      <p>It is encrypted to a key. The owner of that key opens it here.</p>
      {gpg.busy && (
        <Notice title="gpg is at work" announce>
          <p>
            It may be waiting for a card, a PIN or a passphrase. It asks in a window of its own,
            which can be behind this one. After three minutes it is stopped.
          </p>
        </Notice>
      )}
      {problem && <ProblemBox problem={problem} title={`The ${what} was not opened`} />}
      <Row>
        <Button
          kind="primary"
          icon="lock"
          isDisabled={gpg.busy}
          onPress={() => void open.run({ page: 'key' })}
        >
          Open it with a key file
        </Button>
        {gpg.busy ? (
          <Button icon="stop" onPress={() => void stop.run(undefined)}>
            Stop gpg
          </Button>
        ) : (
          <Button icon="key" onPress={() => void gpg.run(undefined)}>
            Open it with gpg
          </Button>
        )}
      </Row>
    </>
  );
}

function Opened({
  what,
  doubts,
  invitation,
}: {
  what: What;
  doubts: readonly string[];
  invitation: DeskView['invitation'];
}) {
  const title = what === 'token' ? 'The token is decoded' : 'The share is opened';
  return (
    <Stack gap="wide">
      {doubts.length === 0 ? (
        <Notice tone="good" title={title} announce />
      ) : (
        <Notice tone="warning" title="Decoded, and it does not look like a token" announce>
          <p>
            The OTP may be another attempt’s, or one character of it differs. Compare both with
            their source before anybody relies on it.
          </p>
        </Notice>
      )}
      {what === 'token' && (
        <Section title="Hand it back to its ceremony">
          <SealBack invitation={invitation} />
        </Section>
      )}
      <Section title={what === 'token' ? 'Or encrypt it to a person' : 'Encrypt it to a person'}>
        <EncryptTo what={what} />
      </Section>
      <Section title="Or show it to two people">
        <ShowToTwo page="show-opened" verb={`Show the ${what} in its own window`} />
      </Section>
    </Stack>
  );
}
