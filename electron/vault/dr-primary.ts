import { z } from 'zod';
import type { Secret } from '../../shared/secret.ts';
import { listOf } from './fields.ts';
import type { VaultNode } from './node.ts';
import { redactor } from './sanitise.ts';

const demotedSchema = z.object({ warnings: listOf(z.string()) });

/**
 * Demotes a DR primary to a secondary that follows nobody (§4.2). Sent once, never repeated: it
 * ends service to its clients. Success says only that Vault has begun.
 * @throws VaultFailure; `vault.permission-denied` where the token may not, `delivery: 'unknown'`
 * when only reading can tell what happened.
 */
export async function demote(
  node: VaultNode,
  token: Secret<'vault-token'>,
): Promise<{ warnings: string[] }> {
  const path = 'sys/replication/dr/primary/demote';
  const { value } = await node.ask({ method: 'POST', path, fields: {}, token }, demotedSchema);
  const redact = redactor([token]);
  return { warnings: value.warnings.slice(0, 20).map((warning) => redact(warning)) };
}
