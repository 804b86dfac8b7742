import type { NodeAddress } from '../../shared/ids.ts';
import { Trouble, type Problem } from '../../shared/problem.ts';
import type { Secret } from '../../shared/secret.ts';
import { tokenWords, type MadeToken } from '../../shared/ceremony/purpose.ts';
import type { DeleteWay, StateIn } from '../../shared/ceremony/state.ts';
import { mayWantToken } from '../../shared/ceremony/versions.ts';
import { ruleTrouble } from '../ceremony/ceremony-log.ts';
import { sortFailure } from '../ceremony/outcome.ts';
import { withConnection, type Room } from '../ceremony/room.ts';
import type { VaultNode } from '../vault/connection.ts';
import { deleteOperationToken } from '../vault/dr-secondary.ts';
import { VaultFailure } from '../vault/failure.ts';
import { readHealth } from '../vault/sys-status.ts';
import { lookupSelf, revokeSelf } from '../vault/token.ts';
import { leadingNode } from './leading-node.ts';

/**
 * Deletes the token on the server: it has no TTL, so nothing else ends it. For a DR operation token
 * first the endpoint made for it, then revoke-self with the token; for a root token the latter only.
 * It counts as deleted only when Vault accepted the deletion and then refuses the token.
 *
 * From Vault 2.0 on the endpoint may want the operator's Vault token beside the other (docs/protocol.md
 * §4.1): one that is in memory goes with the call.
 *
 * Which of the two works after a promotion no Enterprise server has confirmed: both are tried, and
 * what each answered is on the record.
 *
 * Asked is the node that leads now, of the profile's own: a standby may send the caller elsewhere.
 *
 * @returns whether it is deleted; where not, a named administrator takes it over.
 */
export async function deleteToken(room: Room): Promise<boolean> {
  const state = room.log.in('decoded', 'in-hand', 'aftercare');
  if (!('token' in state)) throw ruleTrouble('A batch token is not deleted: it expires.');
  if (state.phase === 'in-hand') return revokeRootToken(room, state);
  const token = await room.secrets.token('dr-operation-token');
  if (!token) throw new Trouble(tokenMissing(tokenWords(state.purpose)));
  const before = state.phase === 'aftercare' ? state.promotedNode : state.attempt.node;
  return withConnection(room, async (connection) => {
    const address = (await leadingNode(connection, nodesFrom(room, before))) ?? before;
    const node = connection.node(address);
    return (
      (await attempt(room, address, 'delete-endpoint', () => byEndpoint(room, node, token))) ||
      (await attempt(room, address, 'revoke-self', () => byRevokingItself(node, token)))
    );
  });
}

/** A root token ends itself on whichever node leads, else on one that answers: who made it is no matter. */
async function revokeRootToken(
  room: Room,
  { attempt: { node: first }, purpose }: StateIn<'in-hand'>,
): Promise<boolean> {
  const token = await room.secrets.token('root-token');
  if (!token) throw new Trouble(tokenMissing(tokenWords(purpose)));
  return withConnection(room, async (connection) => {
    const nodes = nodesFrom(room, first);
    const leader = await leadingNode(connection, nodes);
    for (const address of leader ? [leader] : nodes) {
      const node = connection.node(address);
      const health = await readHealth(node).catch(() => undefined);
      if (health && !health.sealed)
        return attempt(room, address, 'revoke-self', () => byRevokingItself(node, token));
    }
    throw new Trouble(noNodeAnswers);
  });
}

const noNodeAnswers: Problem = {
  code: 'vault.refused',
  known: 'No unsealed node of this cluster answers, so the root token cannot be revoked now.',
  safe: 'It is still in the keychain.',
  next: 'Try again when a node answers, or hand it to a named administrator, with the reason on the record.',
};

/** The profile's own nodes and no others, the one that was asked before first. */
function nodesFrom(room: Room, first: NodeAddress): readonly NodeAddress[] {
  return [...new Set([first, ...room.cluster().nodes])];
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

async function byEndpoint(
  room: Room,
  node: VaultNode,
  token: Secret<'dr-operation-token'>,
): Promise<string> {
  const health = await readHealth(node).catch(() => undefined);
  const wanted = mayWantToken(health?.version);
  const vaultToken = wanted ? room.vaultToken() : undefined;
  const first = await refusal(() => deleteOperationToken(node, token, vaultToken));
  if (wanted && first?.problem.code === 'vault.permission-denied')
    throw new Trouble(wantsVaultToken(node.address, vaultToken !== undefined));
  if (first) throw first;
  // A second deletion with the same token must now be refused for the token's sake.
  const again = await refusal(() => deleteOperationToken(node, token, vaultToken));
  if (again && refusesTheToken(again))
    return `Vault deleted it and refuses it now (${again.errors[0] ?? again.status ?? 'refused'}).`;
  const itself = await refusal(() => lookupSelf(node, token));
  if (itself?.problem.code === 'vault.permission-denied')
    return 'Vault deleted it, and answers "permission denied" to it now.';
  throw new Trouble(
    notProved('Vault accepted the deletion, but nothing shows that it refuses the token now.'),
  );
}

async function byRevokingItself(node: VaultNode, token: Secret<MadeToken>): Promise<string> {
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

/** Vault gives one answer to a Vault token that it misses, to one it refuses, and to a wrong DR operation token. */
const wantsVaultToken = (node: NodeAddress, sent: boolean): Problem => ({
  code: 'vault.wants-token',
  known: sent
    ? `${node} answered “permission denied” to the deletion. It refuses the Vault token that went with it, or the DR operation token; it does not say which.`
    : `${node} answered “permission denied” to the deletion. From Vault 2.0 on this call may want a Vault token beside the DR operation token, and none is in memory.`,
  safe: 'The DR operation token is still in the keychain. Deleting it a second time does no harm.',
  next: sent
    ? 'Enter another Vault token: one whose policy allows operation-token/delete, or a root token of the primary. Then try to delete it again.'
    : 'Enter the Vault token, then try to delete it again.',
});

const notProved = (known: string): Problem => ({
  code: 'ceremony.outcome-unknown',
  known,
  safe: 'The token is still in the keychain.',
  next: 'Try again, or hand it to a named administrator, with the reason on the record.',
});

const tokenMissing = (words: string): Problem => ({
  code: 'keychain.entry-missing',
  known: `The ${words} is not in the keychain.`,
  safe: 'Nothing was sent.',
  next: 'Check the keychain; the step then says what is left to do.',
});
