import { z } from 'zod';
import { Secret } from '../../shared/secret.ts';
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

const activatedSchema = z
  .object({ wrap_info: z.object({ token: z.string().min(1).max(16_384) }) })
  .transform(({ wrap_info }) => Secret.of('activation-token', wrap_info.token));

/**
 * Asks a new primary for the activation token of one DR secondary (§4.2). It is good once, for 30
 * minutes. Not repeated: the name is taken from then on. Needs sudo on the path.
 * @throws VaultFailure; with `delivery: 'unknown'` a token that nobody has may exist until it expires.
 */
export async function secondaryToken(
  node: VaultNode,
  token: Secret<'vault-token'>,
  id: string,
): Promise<Secret<'activation-token'>> {
  const path = 'sys/replication/dr/primary/secondary-token';
  const call = { method: 'POST', path, fields: { id }, token } as const;
  return (await node.ask(call, activatedSchema)).value;
}
