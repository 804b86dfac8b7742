import { z } from 'zod';
import type { Secret } from '../../shared/secret.ts';
import { listOf } from './fields.ts';
import type { VaultNode } from './node.ts';
import { redactor } from './sanitise.ts';

/**
 * Tells a performance secondary where its primary is now (§4.3), with a token of its own. `addresses`
 * are cluster addresses of the new primary. Sent once.
 * @throws VaultFailure; `delivery: 'unknown'` when only reading can tell what happened.
 */
export async function followAddresses(
  node: VaultNode,
  token: Secret<'vault-token'>,
  addresses: readonly string[],
): Promise<{ warnings: string[] }> {
  const path = 'sys/replication/performance/secondary/update-primary';
  const fields = { update_primary_addrs: addresses };
  const schema = z.object({ warnings: listOf(z.string()) });
  const { value } = await node.ask({ method: 'POST', path, fields, token }, schema);
  const redact = redactor([token]);
  return { warnings: value.warnings.slice(0, 20).map((warning) => redact(warning)) };
}
