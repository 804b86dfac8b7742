import {
  hasExpired,
  usableTokens,
  wayByFacts,
  type BatchToken,
  type Way,
} from '../../shared/ceremony/ways.ts';
import { openDoors } from '../../shared/ceremony/door.ts';
import type { StateIn } from '../../shared/ceremony/state.ts';
import { Trouble, type Problem } from '../../shared/problem.ts';
import { Secret } from '../../shared/secret.ts';
import type { BatchTokenId } from '../../shared/shift/batch-token.ts';
import { ruleTrouble } from '../ceremony/ceremony-log.ts';
import type { Room } from '../ceremony/room.ts';

/**
 * Writes which way the facts choose, where that is another than the one on the record. A way that a
 * person chose stays, and so does break glass while its door is open.
 *
 * @throws Trouble `keychain.*` where the kept batch tokens cannot be listed.
 */
export async function chooseWay(room: Room): Promise<void> {
  const { state } = room.log;
  if (state.phase !== 'preflight' && state.phase !== 'roster' && state.phase !== 'ready') return;
  const { preflight, way } = state;
  if (!preflight || way?.by !== undefined) return;
  if (way?.way === 'break-glass' && openDoors(state).length > 0) return;
  const proposed = wayByFacts(preflight, await keptTokens(room), state.refusedWays);
  if (proposed.way === way?.way && proposed.why === way.why) return;
  await room.log.append({ type: 'way.chosen', ...proposed });
}

/** A refused way is never passed over in silence: it goes on the record, and so does the next one. */
export async function refuseWay(
  room: Room,
  way: Way,
  problem: Problem,
  batchToken?: BatchTokenId,
): Promise<void> {
  await room.log.append({
    type: 'way.refused',
    way,
    problem,
    ...(batchToken ? { batchToken } : {}),
  });
  await chooseWay(room);
}

/** The batch tokens that can be used in this ceremony, the longest-lived first. @throws Trouble `keychain.*` */
export async function usableBatchTokens(room: Room): Promise<readonly BatchToken[]> {
  return usableTokens(await keptTokens(room), room.log.state.refusedWays);
}

/** Nobody has a Vault token for the attempt: B is refused, and C is next. */
export async function noVaultToken(room: Room): Promise<void> {
  room.log.in('preflight');
  await refuseWay(room, 'ceremony', noTokenAtHand);
}

/**
 * Takes a kept batch token as the Vault token that authenticates the attempt (Vault >= 2.0). The next
 * preflight's status call shows whether the server takes it.
 *
 * @throws Trouble `keychain.entry-missing` where it is not kept any more.
 */
export async function borrowBatchToken(room: Room, id: BatchTokenId): Promise<void> {
  const token = await room.batchTokens.read(id);
  if (!token) throw new Trouble(tokenGone);
  room.borrowed = Secret.of('vault-token', token.expose());
}

/**
 * Chooses the batch token that promote will be sent with. It is not sent anywhere yet.
 *
 * @throws Trouble `keychain.entry-missing` where it expired or is not kept any more.
 */
export async function arm(room: Room, id: BatchTokenId): Promise<void> {
  const { roster } = room.log.in('ready', 'armed');
  if (!roster.witness) throw ruleTrouble('A batch token is used by two people: name the second.');
  const token = (await usableBatchTokens(room)).find((one) => one.id === id);
  if (!token || !(await room.batchTokens.read(id))) throw new Trouble(tokenGone);
  await room.log.append({ type: 'batch-token.armed', token });
}

/**
 * The armed token, read for the one call it is for. What has expired by this machine's clock is
 * refused here, and the next way is on the record.
 *
 * @throws Trouble with the reason why it cannot be used.
 */
export async function armedToken(
  room: Room,
  state: StateIn<'armed'> | (StateIn<'watching'> & { readonly batchToken: BatchToken }),
): Promise<Secret<'batch-token'>> {
  const { batchToken } = state;
  const expired = hasExpired(batchToken, Date.now());
  const token = expired ? undefined : await room.batchTokens.read(batchToken.id);
  if (token) return token;
  const problem = expired ? expiredToken(batchToken) : tokenGone;
  if (state.phase === 'armed') await refuseWay(room, 'batch-token', problem, batchToken.id);
  throw new Trouble(problem);
}

/** Vault refused the armed token itself: it is of no use for a second try. */
export const refusesToken = (problem: Problem): boolean =>
  problem.code === 'vault.permission-denied';

/** After a restart: is the armed token still there and valid? @returns a sentence for the person. */
export async function recheckArmed(room: Room): Promise<string> {
  const state = room.log.in('armed');
  try {
    await armedToken(room, state);
    return `The batch token “${state.batchToken.label}” is in the keychain. Promote was not sent.`;
  } catch (thrown) {
    if (thrown instanceof Trouble && room.log.state.phase !== 'armed')
      return `${thrown.problem.known} ${nextWaySentence(room)}`;
    throw thrown;
  }
}

const nextWaySentence = (room: Room): string => {
  const { way } = room.log.state;
  return way ? `The next way is on the screen. ${way.why}` : 'Run preflight again.';
};

async function keptTokens(room: Room): Promise<readonly BatchToken[]> {
  const now = Date.now();
  return (await room.batchTokens.list())
    .map(({ id, label, expiresAt }) => ({ id, label, ...(expiresAt ? { expiresAt } : {}) }))
    .filter((token) => !hasExpired(token, now));
}

const noTokenAtHand: Problem = {
  code: 'vault.permission-denied',
  known:
    'The server asks for a Vault token beside the shares, and nobody here has one that it takes.',
  safe: 'No attempt was started, and nothing was changed on a server.',
  next: 'The server administrator can let the attempt be made without a token, for as long as it takes.',
};

const expiredToken = ({ label, expiresAt }: BatchToken): Problem => ({
  code: 'vault.permission-denied',
  known: `The batch token “${label}” expired at ${expiresAt ?? 'a time that is not known'}, by this laptop’s clock.`,
  safe: 'It was not sent. The cluster is a DR secondary as before.',
  next: 'Close this page. The guide shows the way that is next, and why.',
});

const tokenGone: Problem = {
  code: 'keychain.entry-missing',
  known: 'This batch token is not in the keychain any more: it expired, or it was forgotten.',
  safe: 'Nothing was sent.',
  next: 'Choose another one, or go on with the way that the guide shows.',
};
