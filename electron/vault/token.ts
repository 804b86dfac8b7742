import { z } from 'zod';
import type { Secret } from '../../shared/secret.ts';
import { listOf, maybe, maybeText, number, text } from './fields.ts';
import type { VaultNode } from './node.ts';

const tokenSchema = z
  .object({
    type: maybeText,
    policies: listOf(text),
    identity_policies: listOf(text),
    ttl: number,
    expire_time: maybeText,
    renewable: maybe(z.boolean()),
    orphan: maybe(z.boolean()),
    display_name: maybeText,
    role: maybeText,
    path: maybeText,
  })
  .transform((raw) => ({
    /** `service` or `batch`. */
    type: raw.type,
    policies: [...raw.policies, ...raw.identity_policies],
    /** Seconds; 0 never expires. */
    ttlSeconds: raw.ttl,
    expireTime: raw.expire_time,
    renewable: raw.renewable ?? false,
    orphan: raw.orphan,
    displayName: raw.display_name,
    role: raw.role,
    path: raw.path,
  }));
export type TokenFacts = z.output<typeof tokenSchema>;

/**
 * What Vault says of a token, asked with that token. Its id and accessor are left out. On a DR
 * secondary Vault < 2.0 answers `vault.endpoint-missing`.
 * @throws VaultFailure, `vault.permission-denied` where the token is not valid (any more).
 */
export async function lookupSelf(node: VaultNode, token: Secret): Promise<TokenFacts> {
  const path = 'auth/token/lookup-self';
  return (await node.ask({ method: 'GET', path, token, ...namespaceOf(token) }, tokenSchema)).value;
}

/** Revokes a token with itself. A batch token cannot be revoked (Vault answers 400). @throws VaultFailure. */
export async function revokeSelf(node: VaultNode, token: Secret): Promise<void> {
  const path = 'auth/token/revoke-self';
  await node.ask({ method: 'POST', path, token, ...namespaceOf(token) }, z.object({}));
}

/** A person's token may live in the profile's namespace; a DR operation token lives in the root's. */
function namespaceOf(token: Secret): { namespaced?: true } {
  return token.kind === 'vault-token' ? { namespaced: true } : {};
}
