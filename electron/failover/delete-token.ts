import type { NodeAddress } from '../../shared/ids.ts';
import { Trouble, type Problem } from '../../shared/problem.ts';
import type { Secret } from '../../shared/secret.ts';
import type { DeleteWay } from '../../shared/ceremony/state.ts';
import { ruleTrouble } from '../ceremony/ceremony-log.ts';
import { sortFailure } from '../ceremony/outcome.ts';
import { withConnection, type Room } from '../ceremony/room.ts';
import type { VaultNode } from '../vault/connection.ts';
import { deleteOperationToken } from '../vault/dr-secondary.ts';
import { VaultFailure } from '../vault/failure.ts';
import { lookupSelf, revokeSelf } from '../vault/token.ts';

/**
 * Deletes the DR operation token on the server: it has no TTL, so nothing else ends it. First the
 * endpoint made for it, then revoke-self with the token. It counts as deleted only when Vault
 * accepted the deletion and then refuses the token.
 *
 * Which of the two works after a promotion no Enterprise server has confirmed: both are tried, and
 * what each answered is on the record.
 *
 * @returns whether it is deleted; where not, a named administrator takes it over.
 */
export async function deleteToken(room: Room): Promise<boolean> {
  const state = room.log.in('decoded', 'aftercare');
  if (!('token' in state)) throw ruleTrouble('A batch token is not deleted: it expires.');
  const token = await room.secrets.token();
  if (!token) throw new Trouble(tokenMissing);
  const address = state.phase === 'aftercare' ? state.promotedNode : state.attempt.node;
  return withConnection(room, async (connection) => {
    const node = connection.node(address);
    return (
      (await attempt(room, address, 'delete-endpoint', () => byEndpoint(node, token))) ||
      (await attempt(room, address, 'revoke-self', () => byRevokingItself(node, token)))
    );
  });
}

/** One way: intent, call, proof, outcome. */
async function attempt(
  room: Room,
  node: NodeAddress,
  how: DeleteWay,
  way: () => Promise<string>,
): Promise<boolean> {
  await room.log.append({ type: 'token.delete.intended', how, node });
  try {
    const proof = await way();
    await room.log.append({ type: 'token.deleted', how, proof });
  } catch (thrown) {
    const { problem } = sortFailure(thrown);
    await room.log.append({ type: 'token.delete.failed', how, problem });
    return false;
  }
  await room.secrets.forgetToken();
  return true;
}

async function byEndpoint(node: VaultNode, token: Secret<'dr-operation-token'>): Promise<string> {
  await deleteOperationToken(node, token);
  // A second deletion with the same token must now be refused for the token's sake.
  const again = await refusal(() => deleteOperationToken(node, token));
  if (again && refusesTheToken(again))
    return `Vault deleted it and refuses it now (${again.errors[0] ?? again.status ?? 'refused'}).`;
  const itself = await refusal(() => lookupSelf(node, token));
  if (itself?.problem.code === 'vault.permission-denied')
    return 'Vault deleted it, and answers "permission denied" to it now.';
  throw new Trouble(
    notProved('Vault accepted the deletion, but nothing shows that it refuses the token now.'),
  );
}

async function byRevokingItself(
  node: VaultNode,
  token: Secret<'dr-operation-token'>,
): Promise<string> {
  // Only what was accepted before can be shown to be refused after.
  await lookupSelf(node, token);
  await revokeSelf(node, token);
  const after = await refusal(() => lookupSelf(node, token));
  if (after?.problem.code === 'vault.permission-denied')
    return 'Vault accepted it before, revoked it, and answers "permission denied" to it now.';
  throw new Trouble(
    notProved('Vault accepted revoke-self, but nothing shows that it refuses the token now.'),
  );
}

async function refusal(call: () => Promise<unknown>): Promise<VaultFailure | undefined> {
  try {
    await call();
    return undefined;
  } catch (thrown) {
    if (thrown instanceof VaultFailure && thrown.delivery === 'answered') return thrown;
    throw thrown;
  }
}

/** "Not a DR secondary" refuses the endpoint, not the token: it proves nothing. */
const refusesTheToken = (failure: VaultFailure): boolean =>
  failure.problem.code === 'vault.permission-denied' ||
  (failure.problem.code === 'vault.error' &&
    failure.status !== undefined &&
    failure.status < 500 &&
    failure.errors.some((text) => /token/i.test(text)));

const notProved = (known: string): Problem => ({
  code: 'ceremony.outcome-unknown',
  known,
  safe: 'The token is still in the keychain.',
  next: 'Try again, or hand it to a named administrator, with the reason on the record.',
});

const tokenMissing: Problem = {
  code: 'keychain.entry-missing',
  known: 'The DR operation token is not in the keychain.',
  safe: 'Nothing was sent.',
  next: 'Check the keychain; the step then says what is left to do.',
};
