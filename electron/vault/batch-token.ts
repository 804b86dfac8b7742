import { z } from 'zod';
import { Secret } from '../../shared/secret.ts';
import { listOf, maybe, maybeText, number, text } from './fields.ts';
import type { VaultNode } from './node.ts';
import { redactor } from './sanitise.ts';

type BatchToken = Secret<'batch-token'>;

const issuedSchema = z.object({
  auth: z.object({
    client_token: z.string().min(1).max(16_384),
    lease_duration: number,
    token_policies: listOf(text),
    policies: listOf(text),
    token_type: maybeText,
    orphan: maybe(z.boolean()),
  }),
  warnings: listOf(z.string()),
});

/**
 * Issues a token by a role, in the root namespace. Sent once: a batch token whose reply is lost can
 * be neither found nor revoked (§4.5).
 *
 * @param ttlSeconds how long it is to live; Vault may give it less.
 * @throws VaultFailure.
 */
export async function issueByRole(
  node: VaultNode,
  order: {
    readonly token: Secret<'vault-token'>;
    readonly role: string;
    readonly ttlSeconds: number;
  },
): Promise<{
  readonly token: BatchToken;
  readonly ttlSeconds: number;
  readonly policies: readonly string[];
  readonly warnings: readonly string[];
}> {
  const { value } = await node.ask(
    {
      method: 'POST',
      path: `auth/token/create/${order.role}`,
      token: order.token,
      fields: { ttl: `${order.ttlSeconds}s` },
    },
    issuedSchema,
  );
  const { auth, warnings } = value;
  const token = Secret.of('batch-token', auth.client_token);
  const redact = redactor([token, order.token]);
  return {
    token,
    ttlSeconds: auth.lease_duration,
    policies: [...new Set([...auth.policies, ...auth.token_policies])].slice(0, 100),
    warnings: warnings.slice(0, 20).map((one) => redact(one)),
  };
}

const lookedUpSchema = z
  .object({
    type: maybeText,
    orphan: maybe(z.boolean()),
    policies: listOf(text),
    ttl: number,
    expire_time: maybeText,
    namespace_path: maybeText,
  })
  .transform((raw) => ({
    type: raw.type ?? 'unknown',
    orphan: raw.orphan ?? false,
    policies: raw.policies,
    /** Seconds; 0 never expires. */
    ttlSeconds: raw.ttl,
    expireTime: raw.expire_time,
    /** Absent for the root namespace. */
    namespace: raw.namespace_path,
  }));
export type BatchFacts = z.output<typeof lookedUpSchema>;

/**
 * What the primary says of a token, asked with it in the root namespace. On a DR secondary this
 * cannot be asked (§3.6).
 * @throws VaultFailure, `vault.permission-denied` where the token is not valid (any more).
 */
export async function lookUpBatch(node: VaultNode, token: BatchToken): Promise<BatchFacts> {
  const call = { method: 'GET', path: 'auth/token/lookup-self', token } as const;
  return (await node.ask(call, lookedUpSchema)).value;
}

/** What a token may do at a path, asked with it in the root namespace. @throws VaultFailure. */
export async function capabilitiesOf(
  node: VaultNode,
  token: BatchToken,
  path: string,
): Promise<readonly string[]> {
  const schema = z.record(z.string(), z.unknown());
  const { value } = await node.ask(
    { method: 'POST', path: 'sys/capabilities-self', token, fields: { paths: [path] } },
    schema,
  );
  return listOf(text).parse(value[path] ?? value['capabilities']);
}

/**
 * Reads the raft configuration of a DR secondary with a DR operation token in the body: harmless,
 * and refused without a valid one (§3.6). For integrated storage only.
 * @throws VaultFailure.
 */
export async function readRaftWith(node: VaultNode, token: BatchToken): Promise<void> {
  const path = 'sys/storage/raft/configuration';
  await node.ask({ method: 'POST', path, fields: { dr_operation_token: token } }, z.object({}));
}
