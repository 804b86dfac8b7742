import type { DeskView } from '../../../../shared/contract/offline.ts';
import { Facts } from '../../components/Facts/Facts.tsx';
import { Notice } from '../../components/Notice/Notice.tsx';
import { Words } from '../../components/Words/Words.tsx';

export type InvitationView = NonNullable<DeskView['invitation']>;

/** What an invitation says, whether it may be followed, and where it may, the words to compare. */
export function InvitationFound({
  invitation: { read, verdict, says, knownBy },
  compare = 'the share page asks whether they are the same.',
}: {
  invitation: InvitationView;
  /** What the words are for, after "Have Robin read these words aloud:". */
  compare?: string;
}) {
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
            Have {read.operator} read these words aloud: {compare}
          </p>
          <Words nonce={read.nonce} />
        </>
      )}
    </>
  );
}

/** Compared word by word where it matters: at the start, with what Vault reports. */
const tokenReader = ({ pgpFingerprint, startedBy, operator }: InvitationView['read']): string =>
  pgpFingerprint === undefined
    ? startedBy === undefined
      ? `${operator}, with the OTP of the attempt`
      : `${startedBy} only, who started the attempt; ${operator} joined it`
    : `the owner of the OpenPGP key ${(pgpFingerprint.toUpperCase().match(/.{4}/g) ?? []).join(' ')}`;

const tones = { good: 'good', 'signer-unknown': 'warning', refused: 'danger' } as const;

const titles: Readonly<Record<InvitationView['verdict'], string>> = {
  good: 'The invitation is good',
  'signer-unknown': 'The signer is not known on this laptop',
  refused: 'Do not follow this invitation',
};
