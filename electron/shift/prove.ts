import { problemOf } from '../../shared/problem.ts';
import { Secret } from '../../shared/secret.ts';
import type { ShiftEventOf } from '../../shared/shift/events.ts';
import { promotePath, type SetupNames } from '../../shared/shift/setup.ts';
import { readAttempt } from '../vault/attempt.ts';
import {
  capabilitiesOf,
  lookUpBatch,
  readRaftWith,
  type BatchFacts,
} from '../vault/batch-token.ts';
import type { VaultNode } from '../vault/connection.ts';
import { VaultFailure } from '../vault/failure.ts';
import { readHealth, readSealStatus } from '../vault/sys-status.ts';

type BatchToken = Secret<'batch-token'>;

/** What the primary says of a token, and what of it will not do. */
export interface PrimarysWord {
  readonly facts: BatchFacts | undefined;
  readonly doubts: readonly string[];
}

/**
 * Asks the primary, with the token: is it an orphan batch token that ends, and may it promote?
 * @throws VaultFailure where that could not be asked.
 */
export async function proveOnPrimary(
  node: VaultNode,
  token: BatchToken,
  { policy }: SetupNames,
): Promise<PrimarysWord> {
  let facts: BatchFacts;
  try {
    facts = await lookUpBatch(node, token);
  } catch (thrown) {
    if (!isRefusal(thrown)) throw thrown;
    return {
      facts: undefined,
      doubts: [
        'The primary does not take it: it has expired, or belongs to another namespace or cluster.',
      ],
    };
  }
  const may = await capabilitiesOf(node, token, promotePath);
  const doubts: readonly (readonly [boolean, string])[] = [
    [
      facts.type !== 'batch',
      `It is a token of the type “${facts.type}”, not batch: the DR secondary does not know it.`,
    ],
    [
      !facts.orphan,
      'It is not an orphan: it ends with its parent, and the DR secondary may refuse it.',
    ],
    [
      facts.namespace !== undefined,
      `It belongs to the namespace “${facts.namespace ?? ''}”, not to the root namespace.`,
    ],
    [!facts.policies.includes(policy), `It does not carry the policy “${policy}”.`],
    [
      !may.includes('update') && !may.includes('root'),
      `It may not promote: at ${promotePath} it has ${may.join(', ') || 'no capability'}.`,
    ],
    [facts.ttlSeconds <= 0, 'It never expires.'],
  ];
  return { facts, doubts: doubts.filter(([applies]) => applies).map(([, says]) => says) };
}

export type Tried = Omit<ShiftEventOf<'batch.tried'>, 'type' | 'token'>;

/**
 * Tries a token on the DR secondary by a call that changes nothing. `not-proved` where there is none
 * that tells: a DR secondary has no lookup-self (§3.6).
 */
export async function proveOnSecondary(node: VaultNode, token: BatchToken): Promise<Tried> {
  const at = { node: node.address };
  try {
    const [health, seal] = [await readHealth(node), await readSealStatus(node)];
    const major = Number(/^v?(\d+)\./.exec(health.version ?? '')?.[1] ?? 0);
    if (major >= 2 && !(await answersAnybody(node))) {
      await readAttempt(node, 'dr-operation-token', asHeader(token));
      return { ...at, result: 'accepted', says: 'It let the token read the attempt.' };
    }
    if (seal.storageType === 'raft') {
      await readRaftWith(node, token);
      return { ...at, result: 'accepted', says: 'It let the token read the raft configuration.' };
    }
    return {
      ...at,
      result: 'not-proved',
      says: `Vault ${health.version ?? 'of unknown version'} with the storage “${seal.storageType ?? 'unknown'}” has no harmless call that needs the token.`,
    };
  } catch (thrown) {
    const { known } = problemOf(thrown);
    return {
      ...at,
      result: isRefusal(thrown) ? 'refused' : 'not-proved',
      says: known.slice(0, 1900),
    };
  }
}

/** With the door of 2.0 open the attempt can be read by anybody: reading it proves nothing then (§0.1). */
async function answersAnybody(node: VaultNode): Promise<boolean> {
  try {
    await readAttempt(node, 'dr-operation-token');
    return true;
  } catch (thrown) {
    if (isRefusal(thrown)) return false;
    throw thrown;
  }
}

const asHeader = (token: BatchToken): Secret<'vault-token'> =>
  Secret.of('vault-token', token.expose());

const isRefusal = (thrown: unknown): boolean =>
  thrown instanceof VaultFailure && thrown.problem.code === 'vault.permission-denied';
