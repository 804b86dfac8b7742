import { holderNames } from '../../shared/ceremony/roster.ts';
import { Trouble, type Problem } from '../../shared/problem.ts';
import type { RecordSigner } from '../../shared/transcript/signature.ts';
import { makeInvitation, type MadeInvitation } from '../offline/invite.ts';
import { makeSealingKey, readSealingKey, type SealingKey } from '../offline/ceremony-key.ts';
import { openSealedShare } from '../offline/sealing.ts';
import { giveShare, type Given } from './give-share.ts';
import type { Room } from './room.ts';

/** Invites holders elsewhere. The private key is in the keychain before anybody can seal to it. */
export async function invite(
  room: Room,
  signer: RecordSigner,
  hours: number,
): Promise<MadeInvitation> {
  const state = room.log.in('collecting', 'complete');
  const sealTo = await sealingKey(room);
  const made = await makeInvitation({ state, sealTo, signer, now: Date.now(), hours });
  const { digest, invitation } = made;
  await room.log.append({
    type: 'invitation.made',
    digest,
    expiresAt: invitation.expiresAt,
    sealTo: sealTo.fingerprint,
  });
  return made;
}

/**
 * Opens a share that a holder sealed elsewhere, and takes it to Vault like any other.
 *
 * @throws Trouble `input.invalid` where it cannot be used; whatever `giveShare` throws.
 */
export async function giveSealedShare(room: Room, bytes: Uint8Array): Promise<Given> {
  const { attempt, roster } = room.log.in('collecting');
  const key = await room.secrets.sealingKey();
  if (!key) throw new Trouble(noKey);
  const { holder, share, once } = await openSealedShare(
    bytes,
    { ceremony: room.id, nonce: attempt.nonce },
    key,
  );
  if (attempt.sealedUsed.includes(once)) throw new Trouble(usedBefore);
  if (!holderNames(roster).includes(holder)) throw new Trouble(notOnRoster);
  return giveShare(room, holder, share, { sealed: once });
}

/** The kept key; a new one where there is none, or none that can be read. */
async function sealingKey(room: Room): Promise<SealingKey> {
  const kept = await room.secrets.sealingKey();
  const read = kept && (await readSealingKey(kept).catch(() => undefined));
  if (read) return read;
  const made = await makeSealingKey();
  await room.secrets.keepSealingKey(made.secret);
  return made;
}

const safe = 'It was not sent. The progress is unchanged.';

const noKey: Problem = {
  code: 'keychain.entry-missing',
  known: 'This laptop has no key that shares of this ceremony could have been sealed to.',
  safe,
  next: 'Make an invitation, show it to the holder, and ask for the share to be sealed to it.',
};

const usedBefore: Problem = {
  code: 'input.share-duplicate',
  known: 'This sealed share was opened and sent before. Each is used once.',
  safe,
  next: 'Where the holder has to give again, ask for the share to be sealed anew.',
};

const notOnRoster: Problem = {
  code: 'input.invalid',
  known: 'The holder who sealed this share is not on the roster of this ceremony.',
  safe,
  next: 'Ask the holder to seal it again, under the name that is on the roster.',
};
