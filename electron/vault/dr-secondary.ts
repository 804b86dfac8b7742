import { z } from 'zod';
import type { Secret } from '../../shared/secret.ts';
import { listOf } from './fields.ts';
import type { VaultNode } from './node.ts';
import { redactor } from './sanitise.ts';

const base = 'sys/replication/dr/secondary';

type OperationToken = Secret<'dr-operation-token'>;
/** What authorises promote (docs/protocol.md §4.5): both go into the same field. */
export type PromoteToken = OperationToken | Secret<'batch-token'>;

const promotedSchema = z.object({ warnings: listOf(z.string()) });

/**
 * Promotes this DR secondary. Sent once, never repeated. Success says only that Vault has begun; the
 * warnings are its own words about the outage that follows.
 * @throws VaultFailure; `vault.catching-up` when replication is not ready, `delivery: 'unknown'` when
 * only watching can tell what happened.
 */
export async function promote(
  node: VaultNode,
  order: {
    readonly token: PromoteToken;
    /** The new primary's address for its secondaries, where it is not the node's own. */
    readonly primaryClusterAddr?: string;
    /** Promote although replication is still catching up: what was not applied is lost. */
    readonly force?: boolean;
  },
): Promise<{ warnings: string[] }> {
  const { value } = await node.ask(
    {
      method: 'POST',
      path: `${base}/promote`,
      fields: {
        dr_operation_token: order.token,
        ...(order.primaryClusterAddr === undefined
          ? {}
          : { primary_cluster_addr: order.primaryClusterAddr }),
        ...(order.force === undefined ? {} : { force: order.force }),
      },
    },
    promotedSchema,
  );
  const redact = redactor([order.token]);
  return { warnings: value.warnings.slice(0, 20).map((warning) => redact(warning)) };
}

/**
 * Deletes a DR operation token on a DR secondary; it has no expiry of its own. Success is the
 * server's word: proof is that the token is refused afterwards.
 *
 * @param vaultToken the operator's own: from Vault 2.0 on the call may want it beside the other (§4.1).
 * @throws VaultFailure.
 */
export async function deleteOperationToken(
  node: VaultNode,
  token: OperationToken,
  vaultToken?: Secret<'vault-token'>,
): Promise<void> {
  const path = `${base}/operation-token/delete`;
  const fields = { dr_operation_token: token };
  const header = vaultToken === undefined ? {} : { token: vaultToken };
  await node.ask({ method: 'POST', path, fields, ...header }, z.object({}));
}

/**
 * Makes this DR secondary follow the primary that issued the activation token (§4.1); the only way
 * for a cluster that was demoted. Sent once. What only this cluster has is erased by the sync.
 * @throws VaultFailure; `delivery: 'unknown'` when only reading can tell what happened.
 */
export async function updatePrimary(
  node: VaultNode,
  order: {
    readonly operationToken: Secret<'vault-token'> | PromoteToken;
    readonly activation: Secret<'activation-token'>;
  },
): Promise<{ warnings: string[] }> {
  const { operationToken, activation } = order;
  const fields = { dr_operation_token: operationToken, token: activation };
  const path = `${base}/update-primary`;
  const { value } = await node.ask({ method: 'POST', path, fields }, promotedSchema);
  const redact = redactor([operationToken, activation]);
  return { warnings: value.warnings.slice(0, 20).map((warning) => redact(warning)) };
}
