import type { Secret } from '../../shared/secret.ts';
import type { VaultNode } from './node.ts';
import { sealStatusSchema, type SealStatus } from './sys-status.ts';

/**
 * Gives one share to one node, which counts for itself. Sent once. The reply is the node's seal status:
 * at the threshold it is unsealed, or the call fails and the node has forgotten every share.
 * @throws VaultFailure; look at `delivery`.
 */
export async function giveUnsealShare(
  node: VaultNode,
  share: Secret<'share'>,
): Promise<SealStatus> {
  const call = { method: 'PUT', path: 'sys/unseal', fields: { key: share } } as const;
  return (await node.ask(call, sealStatusSchema)).value;
}

/** Has the node forget the shares given so far. @throws VaultFailure. */
export async function resetUnseal(node: VaultNode): Promise<SealStatus> {
  const call = { method: 'PUT', path: 'sys/unseal', fields: { reset: true } } as const;
  return (await node.ask(call, sealStatusSchema)).value;
}
