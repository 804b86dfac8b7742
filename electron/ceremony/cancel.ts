import { reconcile } from '../../shared/ceremony/reconcile.ts';
import type { Nonce } from '../../shared/ids.ts';
import { Trouble, type Problem } from '../../shared/problem.ts';
import { cancelAttempt, readAttempt } from '../vault/attempt.ts';
import { ruleTrouble } from './ceremony-log.ts';
import { sortFailure } from './outcome.ts';
import { familyOf, withConnection, type Room } from './room.ts';

/**
 * Cancels our attempt. It is everybody's: the caller types the cluster's name, and the nonce is read
 * again first, because before Vault 2.0 the call takes no nonce and ends whatever attempt is there.
 *
 * @throws Trouble `input.invalid` for another name, `ceremony.superseded` / `ceremony.gone` when the
 *   attempt on the server is not ours any more (then nothing is cancelled).
 */
export async function cancel(room: Room, typed: string): Promise<void> {
  const { attempt, cluster } = room.log.in('collecting');
  if (typed.trim() !== cluster.name) throw new Trouble(otherName(cluster.name));
  await withConnection(room, async (connection) => {
    const node = connection.node(attempt.node);
    const seen = await readAttempt(node, familyOf(room), room.vaultToken());
    if (seen.nonce !== attempt.nonce) {
      const { events, sentence } = reconcile(attempt, seen);
      await room.log.appendAll(events);
      throw new Trouble(notOurs(seen.started, sentence));
    }
    await room.log.append({ type: 'attempt.cancel.intended' });
    try {
      await cancelAttempt(node, familyOf(room), room.vaultToken());
    } catch (thrown) {
      const { happened, problem } = sortFailure(thrown);
      if (happened === 'no') await room.log.append({ type: 'attempt.cancel.failed', problem });
      throw new Trouble(problem);
    }
    await room.log.append({ type: 'attempt.cancelled' });
    await room.secrets.forgetAttempt();
  });
}

/**
 * Cancels an attempt that is not this ceremony's: somebody else's, or one of ours whose OTP never
 * arrived. Only while its nonce is still the one the person saw; a deviation on the record.
 *
 * @throws Trouble `ceremony.superseded` when another attempt is there by now.
 */
export async function cancelFound(
  room: Room,
  found: { readonly nonce: Nonce; readonly by: string; readonly why: string },
): Promise<void> {
  const state = room.log.in('preflight', 'ready', 'superseded', 'gone');
  const address = state.preflight?.node;
  if (!address) throw ruleTrouble('No node is known on which an attempt was found.');
  await withConnection(room, async (connection) => {
    const node = connection.node(address);
    const seen = await readAttempt(node, familyOf(room), room.vaultToken());
    if (!seen.started) throw new Trouble(nothingThere);
    if (seen.nonce !== found.nonce) throw new Trouble(changedMeanwhile(seen.nonce));
    await room.log.append({ type: 'found.cancel.intended', ...found });
    try {
      await cancelAttempt(node, familyOf(room), room.vaultToken());
    } catch (thrown) {
      const { problem } = sortFailure(thrown);
      await room.log.append({ type: 'found.cancel.failed', problem });
      throw new Trouble(problem);
    }
    await room.log.append({ type: 'found.cancelled', ...found });
  });
}

const otherName = (name: string): Problem => ({
  code: 'input.invalid',
  known: `The name typed is not "${name}".`,
  safe: 'Nothing was cancelled.',
  next: 'Type the cluster’s name exactly as it stands on top, or leave this step.',
});

const notOurs = (started: boolean, sentence: string): Problem => ({
  code: started ? 'ceremony.superseded' : 'ceremony.gone',
  known: sentence,
  safe: 'Nothing was cancelled.',
  next: 'The guide shows the ways on.',
});

const nothingThere: Problem = {
  code: 'vault.no-attempt',
  known: 'The server knows no attempt now.',
  safe: 'Nothing was cancelled.',
  next: 'Run preflight again.',
};

const changedMeanwhile = (nonce: Nonce | undefined): Problem => ({
  code: 'ceremony.superseded',
  known: 'Another attempt than the one shown is open on the server by now.',
  safe: 'Nothing was cancelled.',
  next: 'Run preflight again and find out whose attempt it is.',
  facts: { nonce: nonce ?? 'not shown' },
});
