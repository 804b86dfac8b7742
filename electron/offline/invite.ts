import { createHash } from 'node:crypto';
import { holderNames } from '../../shared/ceremony/roster.ts';
import type { StateIn } from '../../shared/ceremony/state.ts';
import { digestSchema, type Digest } from '../../shared/ids.ts';
import {
  invitationSchema,
  invitationStatement,
  signedInvitation,
  type Invitation,
} from '../../shared/offline/invitation.ts';
import { Trouble, type Problem } from '../../shared/problem.ts';
import type { RecordSigner } from '../../shared/transcript/signature.ts';

export interface MadeInvitation {
  readonly invitation: Invitation;
  /** As it travels: signed. */
  readonly bytes: Uint8Array;
  readonly digest: Digest;
}

export interface InviteOptions {
  readonly state: Pick<StateIn<'collecting' | 'complete'>, 'id' | 'cluster' | 'attempt' | 'roster'>;
  readonly sealTo: Invitation['sealTo'];
  readonly signer: RecordSigner;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly hours: number;
}

/**
 * An invitation to the attempt that runs now, signed with this installation's key.
 *
 * @throws Trouble `input.invalid` where the roster does not fit into one, and what the signer throws.
 */
export async function makeInvitation(options: InviteOptions): Promise<MadeInvitation> {
  const { state, sealTo, signer, now, hours } = options;
  const { cluster, attempt, roster } = state;
  const { key } = await signer.identity();
  const draft = invitationSchema.safeParse({
    v: 1,
    what: 'keyturn-invitation',
    practice: cluster.kind === 'practice',
    site: {
      name: cluster.name,
      colour: cluster.colour,
      seal: cluster.seal,
      ...(cluster.pins ? { clusterId: cluster.pins.clusterId } : {}),
      ...(cluster.pins?.secondaryId ? { secondaryId: cluster.pins.secondaryId } : {}),
    },
    ceremony: state.id,
    nonce: attempt.nonce,
    required: attempt.required,
    operator: roster.operator,
    ...(attempt.joined ? { startedBy: attempt.joined.owner } : {}),
    ...(attempt.key ? { pgpFingerprint: attempt.key.fingerprint } : {}),
    holders: [...holderNames(roster)],
    sealTo: { key: sealTo.key, fingerprint: sealTo.fingerprint },
    madeAt: new Date(now).toISOString(),
    expiresAt: new Date(now + hours * 3_600_000).toISOString(),
    key,
  });
  if (!draft.success) throw new Trouble(rosterUnfit);
  const invitation = draft.data;
  const bytes = signedInvitation(invitation, await signer.sign(invitationStatement(invitation)));
  const digest = digestSchema.parse(createHash('sha256').update(bytes).digest('hex'));
  return { invitation, bytes, digest };
}

const rosterUnfit: Problem = {
  code: 'input.invalid',
  known:
    'The names of this ceremony do not fit into an invitation: it takes up to 40 holders, and no characters that cannot be seen.',
  safe: 'No invitation was made. The attempt runs on.',
  next: 'Let the holders give their shares here, or use the vault command with the nonce.',
};
