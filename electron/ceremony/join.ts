import type { Claim } from '../../shared/ceremony/events.ts';
import { samePerson } from '../../shared/ceremony/people.ts';
import { joinable } from '../../shared/ceremony/possible.ts';
import type { NodeAddress } from '../../shared/ids.ts';
import { Trouble, type Problem } from '../../shared/problem.ts';
import { readAttempt, type AttemptStatus } from '../vault/attempt.ts';
import { ruleTrouble } from './ceremony-log.ts';
import { withConnection, type Room } from './room.ts';

/**
 * Writes down whose the found attempt is: the one who holds its OTP or PGP key, heard by voice.
 * Nothing is sent but a reading: the nonce must still be the one that was claimed.
 *
 * @throws Trouble `ceremony.superseded`, `vault.no-attempt` where it is not there any more.
 */
export async function claimFound(room: Room, claim: Claim): Promise<void> {
  const { preflight } = room.log.in('preflight', 'ready');
  if (!preflight?.node) throw ruleTrouble('No node is known on which an attempt was found.');
  if (samePerson(claim.owner, claim.by))
    throw ruleTrouble(
      'Whoever holds the OTP or the key and whoever heard them are two people. Somebody who sits here cancels the attempt and starts another.',
    );
  await stillThere(room, preflight.node, claim);
  await room.log.append({ type: 'found.claimed', claim });
}

/**
 * Goes on with the claimed attempt here. Changes nothing on the server. No OTP is in the keychain, and
 * none is promised: the token can be read by the claim's owner only.
 *
 * @throws Trouble `rule.not-now` where nobody claimed it, else as `claimFound`.
 */
export async function join(room: Room): Promise<void> {
  const state = room.log.in('ready');
  const { claim, preflight } = state;
  if (!claim || !preflight.node || !joinable(state))
    throw ruleTrouble('Nobody has claimed the attempt that was found.');
  const seen = await stillThere(room, preflight.node, claim);
  // What an attempt of ours left behind must never be taken for this one's.
  room.unkept = undefined;
  await room.secrets.forgetAttempt();
  const { progress, required } = seen;
  await room.log.append({
    type: 'attempt.joined',
    node: preflight.node,
    claim,
    required,
    progress,
  });
}

/** The attempt as it is now, which is still the claimed one. */
const stillThere = (room: Room, address: NodeAddress, claim: Claim): Promise<AttemptStatus> =>
  withConnection(room, async (connection) => {
    const node = connection.node(address);
    const seen = await readAttempt(node, 'dr-operation-token', room.vaultToken());
    if (!seen.started) throw new Trouble(nothingThere);
    if (seen.nonce !== claim.nonce) throw new Trouble(another);
    return seen;
  });

const nothingThere: Problem = {
  code: 'vault.no-attempt',
  known: 'The server knows no attempt now: it was completed, cancelled, or lost with a restart.',
  safe: 'Nothing was joined, and no share was given.',
  next: 'Check the cluster again. Then an attempt can be started here.',
};

const another: Problem = {
  code: 'ceremony.superseded',
  known: 'Another attempt than the one that was claimed is open on the server by now.',
  safe: 'Nothing was joined. Shares given now make a token for whoever started this.',
  next: 'Check the cluster again, and find out whose attempt it is.',
};
