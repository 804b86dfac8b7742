import { Trouble, problemOf } from '../../shared/problem.ts';
import type { Secret } from '../../shared/secret.ts';
import type { BatchTokenId, KeptBatchToken } from '../../shared/shift/batch-token.ts';
import type { BatchTokens } from '../keychain/batch-tokens.ts';
import { issueByRole } from '../vault/batch-token.ts';
import type { VaultNode } from '../vault/connection.ts';
import { VaultFailure } from '../vault/failure.ts';
import type { OpenShift } from './open-shift.ts';
import { utcMoment } from '../../shared/report/instants.ts';

export interface IssueOrder {
  readonly label: string;
  readonly ttlSeconds: number;
  readonly by: string;
}

/**
 * Issues a batch token by the role and keeps it. The intent is on disk before; it is sent once.
 *
 * @returns under which name it is kept.
 * @throws Trouble what Vault, the keychain or the journal say. Where a token may exist that nobody
 * holds, the record says until when: it can be neither found nor revoked.
 */
export async function issue(
  { log }: Pick<OpenShift, 'log'>,
  tools: { readonly tokens: BatchTokens; readonly now: () => Date },
  node: VaultNode,
  token: Secret<'vault-token'>,
  order: IssueOrder,
): Promise<BatchTokenId> {
  const { cluster, names } = log.state;
  const { label, ttlSeconds, by } = order;
  const intended = { node: node.address, role: names.role, ttlSeconds, label, by };
  await log.append({ type: 'batch.issue.intended', ...intended });
  const started = tools.now();
  const endOf = (seconds: number): string =>
    new Date(started.getTime() + seconds * 1000).toISOString();

  let about: KeptBatchToken;
  let warnings: readonly string[];
  try {
    const issued = await issueByRole(node, { token, role: names.role, ttlSeconds });
    warnings = issued.warnings;
    about = await tools.tokens.keep(issued.token, {
      profileId: cluster.profileId,
      label,
      source: 'issued',
      issuedAt: started.toISOString(),
      // From when it was asked for, not from the answer: a minute too early is better than one too late.
      ...(issued.ttlSeconds > 0 ? { expiresAt: endOf(issued.ttlSeconds) } : {}),
      policies: [...issued.policies],
    });
  } catch (thrown) {
    // What the keychain or the line says leaves it open; only Vault's own no, or silence before sending, does not.
    const mayExist = !(thrown instanceof VaultFailure && certainlyNotIssued(thrown));
    const problem = mayExist ? lost(problemOf(thrown), endOf(ttlSeconds)) : problemOf(thrown);
    const until = mayExist ? { mayExistUntil: endOf(ttlSeconds) } : {};
    await log.append({ type: 'batch.issue.failed', problem, ...until });
    throw new Trouble(problem);
  }
  await log.append({
    type: 'batch.issued',
    about,
    warnings: warnings.map((one) => one.slice(0, 2000)),
  });
  return about.id;
}

const certainlyNotIssued = ({ delivery }: VaultFailure): boolean => delivery !== 'unknown';

/** A reply that was lost, or a token that could not be kept: what can be said, and that it cannot be undone. */
const lost = (problem: ReturnType<typeof problemOf>, until: string): typeof problem => ({
  ...problem,
  safe: `A batch token that nobody holds may be valid until ${utcMoment(until)}. It cannot be read, found or revoked: Vault keeps no list of batch tokens. It ends by itself.`,
  next: 'If that is too long, take the policy away on the primary and write it again later: a token is judged by its policy as it is then. Otherwise issue another one.',
});
