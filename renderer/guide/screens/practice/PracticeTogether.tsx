import { useState } from 'react';
import type { PracticeChoice } from '../../../../shared/contract/guide.ts';
import type { Profile } from '../../../../shared/profile.ts';
import type { Answered } from '../../app/client.ts';
import { timeOfDay } from '../../app/time.ts';
import { useCall } from '../../app/use-call.ts';
import { ClusterChip } from '../../components/Badge/Badge.tsx';
import { Button } from '../../components/Button/Button.tsx';
import { Select } from '../../components/Choice/Choice.tsx';
import { Disclosure } from '../../components/Disclosure/Disclosure.tsx';
import { TextArea } from '../../components/Field/Field.tsx';
import { Card, Row, Section, Stack } from '../../components/Layout/Layout.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';
import { Parcel } from '../offline/Parcel.tsx';
import styles from './Practice.module.css';

/** For a drill with several instances of Keyturn: a way in for the others, and envelopes as PGP shares. */
export function PracticeTogether({ choice }: { choice: PracticeChoice }) {
  return (
    <>
      <Disclosure title="Practise with another Keyturn on this machine">
        <Access />
      </Disclosure>
      <Disclosure title="An envelope as a PGP share">
        <EncryptedEnvelope shares={choice.shares} />
      </Disclosure>
      <Disclosure title="What the clusters were asked">
        <Requests />
      </Disclosure>
    </>
  );
}

function Access() {
  const call = useCall('practice.access');
  const [parcel, setParcel] = useState<string>();
  const make = async () => {
    const result = await call.run(undefined);
    if (result.ok) setParcel(result.value.parcel);
  };
  return (
    <Stack>
      <p>
        The clusters listen on this machine only. Another Keyturn, with a data folder of its own,
        takes part with this file or these codes: addresses, CA and a client certificate that end
        with these clusters.
      </p>
      <div>
        <Button icon="file" busy={call.busy} onPress={() => void make()}>
          Make the access
        </Button>
      </div>
      {call.problem && <ProblemBox problem={call.problem} title="No access was made" />}
      {parcel && <Parcel name={parcel} />}
    </Stack>
  );
}

function EncryptedEnvelope({ shares }: { shares: number }) {
  const call = useCall('practice.encrypted-envelope');
  const [number, setNumber] = useState('1');
  const [key, setKey] = useState('');
  const [made, setMade] = useState<Answered<'practice.encrypted-envelope'>>();
  const make = async () => {
    setMade(undefined);
    const result = await call.run({ number: Number(number), key });
    if (result.ok) setMade(result.value);
  };
  return (
    <Stack>
      <p>
        As vault operator init -pgp-keys hands shares out: base64 of the encrypted share. The first
        holder of the list has envelope 1.
      </p>
      <Select
        label="Envelope"
        options={Array.from({ length: shares }, (_, place) => ({
          value: String(place + 1),
          label: String(place + 1),
        }))}
        value={number}
        onChange={setNumber}
      />
      <TextArea
        label="The holder’s public key"
        hint="Armored, as gpg --armor --export NAME writes it."
        value={key}
        onChange={setKey}
        rows={5}
        maxLength={128_000}
        mono
      />
      {call.problem && <ProblemBox problem={call.problem} title="No envelope was made" />}
      <div>
        <Button
          icon="lock"
          busy={call.busy}
          isDisabled={key.trim() === ''}
          onPress={() => void make()}
        >
          Make the envelope
        </Button>
      </div>
      {made && <Parcel name={made.parcel} />}
    </Stack>
  );
}

function Requests() {
  const call = useCall('practice.requests');
  const [lines, setLines] = useState<Answered<'practice.requests'>>();
  const ask = async () => {
    const result = await call.run(undefined);
    if (result.ok) setLines(result.value);
  };
  return (
    <Stack>
      <p>Every call that reached a node, from whichever laptop: never what was in it.</p>
      <div>
        <Button icon="again" busy={call.busy} onPress={() => void ask()}>
          {lines ? 'Show it again' : 'Show it'}
        </Button>
      </div>
      {call.problem && <ProblemBox problem={call.problem} title="It could not be shown" />}
      {lines && (
        <ol className={styles.requests} aria-label="Calls">
          {lines.map(({ at, node, method, path, status }, place) => (
            <li key={place}>
              {timeOfDay(at)} {method} {path} at {node}: {status}
            </li>
          ))}
        </ol>
      )}
    </Stack>
  );
}

/** On the other side: the clusters of another Keyturn, by its file or codes. */
export function PracticeGuest({ guest }: { guest: Profile | undefined }) {
  const open = useCall('desk.open');
  const leave = useCall('practice.leave');
  return (
    <Section title="With another Keyturn">
      <Card>
        {guest ? (
          <>
            <ClusterChip name={guest.name} colour={guest.colour} size="large" />
            <p>
              The practice clusters run in another Keyturn on this machine. This one takes part
              until it is closed: it follows invitations to them, and gives shares there.
            </p>
            <Row>
              <Button busy={leave.busy} onPress={() => void leave.run(undefined)}>
                Leave that practice
              </Button>
            </Row>
          </>
        ) : (
          <>
            <p>
              Takes part in a practice that runs in another Keyturn on this machine, as a holder’s
              laptop would. The access is made there.
            </p>
            <Row>
              <Button
                icon="eye"
                busy={open.busy}
                onPress={() =>
                  void open.run({ page: 'scan', purpose: { kind: 'practice-access' } })
                }
              >
                Read the access
              </Button>
            </Row>
          </>
        )}
        {open.problem && <ProblemBox problem={open.problem} title="The page did not open" />}
        {leave.problem && <ProblemBox problem={leave.problem} title="It was not left" />}
      </Card>
    </Section>
  );
}
