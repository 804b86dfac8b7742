import { z } from 'zod';
import type { Secret } from '../../shared/secret.ts';
import { VaultFailure } from './failure.ts';
import { listOf, maybe, maybeText, number, text } from './fields.ts';
import type { VaultNode } from './node.ts';

type VaultToken = Secret<'vault-token'>;

/** Longer than any policy people write; it bounds what is compared and shown. */
const longestPolicy = 64_000;

const policySchema = z.object({
  policy: z
    .string()
    .max(longestPolicy)
    .refine((hcl) => !/[^\P{Cc}\n\r\t]/u.test(hcl)),
});

/*
 * All of these are asked in the root namespace, whatever the profile's is: a policy for `sys` paths
 * of the root namespace does nothing anywhere else, and a DR operation token lives there (§1.1).
 */

/** A policy's HCL; `undefined` where there is none. @throws VaultFailure. */
export async function readPolicy(
  node: VaultNode,
  token: VaultToken,
  name: string,
): Promise<string | undefined> {
  return orMissing(async () => {
    const path = `sys/policies/acl/${name}`;
    return (await node.ask({ method: 'GET', path, token }, policySchema)).value.policy;
  });
}

/** Writes a policy, replacing what is there. @throws VaultFailure. */
export async function writePolicy(
  node: VaultNode,
  token: VaultToken,
  name: string,
  policy: string,
): Promise<void> {
  const path = `sys/policies/acl/${name}`;
  await node.ask({ method: 'PUT', path, token, fields: { policy } }, z.object({}));
}

const roleSchema = z
  .object({
    allowed_policies: listOf(text),
    disallowed_policies: listOf(text),
    orphan: maybe(z.boolean()),
    renewable: maybe(z.boolean()),
    token_type: maybeText,
    token_no_default_policy: maybe(z.boolean()),
    token_explicit_max_ttl: maybe(number),
    explicit_max_ttl: maybe(number),
    token_period: maybe(number),
    period: maybe(number),
    token_num_uses: maybe(number),
    token_bound_cidrs: listOf(text),
  })
  .transform((raw) => ({
    allowedPolicies: raw.allowed_policies,
    disallowedPolicies: raw.disallowed_policies,
    orphan: raw.orphan ?? false,
    renewable: raw.renewable ?? true,
    tokenType: raw.token_type ?? 'default-service',
    noDefaultPolicy: raw.token_no_default_policy ?? false,
    /** Seconds; 0 is none. */
    explicitMaxTtl: raw.token_explicit_max_ttl ?? raw.explicit_max_ttl ?? 0,
    period: raw.token_period ?? raw.period ?? 0,
    numUses: raw.token_num_uses ?? 0,
    boundCidrs: raw.token_bound_cidrs,
  }));
export type TokenRole = z.output<typeof roleSchema>;

/** A token role; `undefined` where there is none. @throws VaultFailure. */
export async function readTokenRole(
  node: VaultNode,
  token: VaultToken,
  name: string,
): Promise<TokenRole | undefined> {
  return orMissing(async () => {
    const path = `auth/token/roles/${name}`;
    return (await node.ask({ method: 'GET', path, token }, roleSchema)).value;
  });
}

/** Writes a token role. @throws VaultFailure. */
export async function writeTokenRole(
  node: VaultNode,
  token: VaultToken,
  name: string,
  role: Readonly<Record<string, string | boolean | readonly string[]>>,
): Promise<void> {
  const path = `auth/token/roles/${name}`;
  await node.ask({ method: 'POST', path, token, fields: role }, z.object({}));
}

/** Vault answers 404 with an empty list of errors for a name that is not there. */
async function orMissing<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (thrown) {
    if (thrown instanceof VaultFailure && thrown.status === 404 && thrown.errors.length === 0)
      return undefined;
    throw thrown;
  }
}
