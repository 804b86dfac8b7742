import type { SubmitEvent } from 'react';
import type { DeskView } from '../../../../shared/contract/offline.ts';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../components/Button/Button.tsx';
import { Facts } from '../../components/Facts/Facts.tsx';
import { Field } from '../../components/Field/Field.tsx';
import { Row, Stack } from '../../components/Layout/Layout.tsx';
import { Notice } from '../../components/Notice/Notice.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';
import { Words } from '../../components/Words/Words.tsx';
import { useFields } from '../ceremony/use-fields.ts';
import { Fingerprint } from './Fingerprint.tsx';
import { Parcel } from './Parcel.tsx';

type Read = NonNullable<DeskView['invitation']>;

/** Read the invitation; where it is good, compare the words and seal a share to it. */
export function InvitationTask({ view }: { view: DeskView }) {
  const open = useCall('desk.open');
  const { invitation, sealed } = view;
  const good = invitation?.verdict === 'good';
  return (
    <Stack>
      {invitation && <Found invitation={invitation} />}
      {invitation?.verdict === 'signer-unknown' && <TrustSigner invitation={invitation} />}
      {sealed && (
        <Notice tone="good" title={`The share of ${sealed.holder} is sealed`} announce>
          <p>
            Show these codes to the operator’s laptop, or bring it the file. Nobody else can open
            it.
          </p>
        </Notice>
      )}
      {sealed && <Parcel name={sealed.parcel} />}
      {open.problem && <ProblemBox problem={open.problem} title="The page did not open" />}
      <Row>
        {good && (
          <Button
            kind={sealed ? 'quiet' : 'primary'}
            icon="lock"
            busy={open.busy}
            onPress={() => void open.run({ page: 'seal-share' })}
          >
            {sealed ? 'Seal another share' : 'Seal a share'}
          </Button>
        )}
        <Button
          kind={invitation ? 'quiet' : 'primary'}
          icon="eye"
          busy={open.busy}
          onPress={() => void open.run({ page: 'scan', purpose: { kind: 'invitation' } })}
        >
          {invitation ? 'Read another invitation' : 'Read the invitation'}
        </Button>
      </Row>
    </Stack>
  );
}

/** What an invitation says, and whether it may be followed. */
export function Found({ invitation: { read, verdict, says, knownBy } }: { invitation: Read }) {
  return (
    <>
      <Notice tone={tones[verdict]} title={titles[verdict]} announce>
        {says.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        {knownBy && <p>The signer’s words were compared by {knownBy}.</p>}
      </Notice>
      <Facts
        facts={[
          ['Cluster', `${read.site.name} (${read.practice ? 'practice' : 'real'})`],
          ['Operator', read.operator],
          ['Holders', read.holders.join(', ')],
          ['Shares needed', String(read.required)],
          ['Token readable by', tokenReader(read)],
          ['Stands until', new Date(read.expiresAt).toLocaleString()],
        ]}
      />
      {/* Two lists of words at once would be compared with each other. */}
      {verdict === 'good' && (
        <>
          <p>
            Have {read.operator} read these words aloud: the share page asks whether they are the
            same.
          </p>
          <Words nonce={read.nonce} />
        </>
      )}
    </>
  );
}

/** Compared word by word where it matters: at the start, with what Vault reports. */
const tokenReader = ({ pgpFingerprint, startedBy, operator }: Read['read']): string =>
  pgpFingerprint === undefined
    ? startedBy === undefined
      ? `${operator}, with the OTP of the attempt`
      : `${startedBy} only, who started the attempt; ${operator} joined it`
    : `the owner of the OpenPGP key ${(pgpFingerprint.toUpperCase().match(/.{4}/g) ?? []).join(' ')}`;

const tones = { good: 'good', 'signer-unknown': 'warning', refused: 'danger' } as const;

const titles: Readonly<Record<Read['verdict'], string>> = {
  good: 'The invitation is good',
  'signer-unknown': 'The signer is not known on this laptop',
  refused: 'Do not follow this invitation',
};

/** Every word of the signer's fingerprint, by voice: a deviation that two people answer for. */
export function TrustSigner({ invitation }: { invitation: Read }) {
  const trust = useCall('desk.trust-signer');
  const fields = useFields(`signer ${invitation.signer.fingerprint}`, {
    comparedBy: '',
    agreedBy: '',
  });
  const { comparedBy, agreedBy } = fields.values;

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const right = { comparedBy: comparedBy.trim() !== '', agreedBy: agreedBy.trim() !== '' };
    if (!fields.check(right)) return;
    void trust.run({
      fingerprint: invitation.signer.fingerprint,
      comparedBy: comparedBy.trim(),
      agreedBy: agreedBy.trim(),
    });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Fingerprint
          title="Compare every word by voice"
          lead={`Call ${invitation.read.operator} on a number that you knew before, not one that came with the invitation. Where one word differs, give no share.`}
          words={invitation.signer.words}
          hex={invitation.signer.fingerprint}
        />
        <Field
          label="Who compared the words"
          maxLength={120}
          value={comparedBy}
          onChange={(text) => fields.set('comparedBy', text)}
          error={fields.wrong('comparedBy', 'Who compared them? Enter a name.')}
        />
        <Field
          label="Who agreed"
          hint="Somebody else. Both names are kept on this laptop as a deviation."
          maxLength={120}
          value={agreedBy}
          onChange={(text) => fields.set('agreedBy', text)}
          error={fields.wrong('agreedBy', 'Enter the name of a second person.')}
        />
        {trust.problem && (
          <ProblemBox problem={trust.problem} title="The signer is still unknown" />
        )}
        <div>
          <Button type="submit" kind="primary" busy={trust.busy}>
            All words are the same
          </Button>
        </div>
      </Stack>
    </form>
  );
}
