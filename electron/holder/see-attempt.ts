import { nonceWords } from '../../shared/codec/words.ts';
import type { AttemptSeen } from '../../shared/contract/holder.ts';
import type { NodeAddress } from '../../shared/ids.ts';
import type { Invitation } from '../../shared/offline/invitation.ts';
import type { PinnedProfile } from '../../shared/offline/match-profile.ts';
import { Trouble } from '../../shared/problem.ts';
import { lookAtCluster } from '../failover/preflight-cluster.ts';
import { readAttempt, type AttemptStatus } from '../vault/attempt.ts';
import type { Connection } from '../vault/connection.ts';
import { VaultFailure } from '../vault/failure.ts';
import { readDrStatus, readLeader } from '../vault/sys-status.ts';
import * as trouble from './holder-trouble.ts';

/** An invitation that may be followed, and the profile on this laptop by which it is. */
export interface Route {
  readonly invitation: Invitation;
  readonly profile: PinnedProfile;
}

/** What one look found; `failed` is for a look that threw. */
export type Seen = Exclude<AttemptSeen, { state: 'failed' }>;

/**
 * The node that leads, by its own address: the attempt lives in its memory.
 *
 * @throws Trouble with what keeps it from being known.
 */
export async function leadingNode(
  connection: Connection,
  { nodes, pins, seal }: PinnedProfile,
): Promise<NodeAddress> {
  const { active, findings } = await lookAtCluster(connection, { nodes, pins, seal });
  if (active) return active.node;
  throw trouble.noLeader(findings.find(({ level }) => level === 'stop'));
}

/** Whether a node that led still does. */
export async function stillLeads(connection: Connection, node: NodeAddress): Promise<boolean> {
  const { isSelf, haEnabled } = await readLeader(connection.node(node));
  return isSelf || !haEnabled;
}

/**
 * Reads the invitation's attempt, after it is certain that the node is of the pinned cluster. Only reads.
 *
 * @throws Trouble `profile.pin-mismatch`, `pgp.fingerprint-differs`, and what the adapter throws.
 */
export async function seeAttempt(
  connection: Connection,
  address: NodeAddress,
  { invitation, profile }: Route,
): Promise<Seen> {
  const node = connection.node(address);
  mustBePinned(profile, await readDrStatus(node));
  const at = new Date().toISOString();
  let status: AttemptStatus;
  try {
    // Without any token: the operator's stays with the operator.
    status = await readAttempt(node, 'dr-operation-token');
  } catch (thrown) {
    if (isDenied(thrown)) return { state: 'token-demanded', at };
    throw thrown;
  }
  const { started, nonce, progress, required } = status;
  if (!started) return { state: 'none', at };
  if (nonce?.toLowerCase() !== invitation.nonce.toLowerCase())
    return {
      state: 'other',
      at,
      ...(nonce ? { nonce } : {}),
      words: nonce ? [...nonceWords(nonce)] : [],
    };
  mustBeSameKey(invitation, status);
  return { state: 'open', at, node: address, progress, required, last: progress >= required - 1 };
}

export const isDenied = (thrown: unknown): boolean =>
  thrown instanceof VaultFailure && thrown.problem.code === 'vault.permission-denied';

function mustBePinned(
  { pins, name }: PinnedProfile,
  dr: {
    readonly mode: string;
    readonly clusterId?: string | undefined;
    readonly secondaryId?: string | undefined;
  },
): void {
  const same =
    dr.mode === 'secondary' &&
    dr.clusterId === pins.clusterId &&
    (pins.secondaryId === undefined || dr.secondaryId === pins.secondaryId);
  if (!same) throw trouble.otherCluster(name, pins, dr);
}

/** A token must be readable by whom the operator named, and by nobody else. */
function mustBeSameKey(
  { pgpFingerprint }: Invitation,
  { pgpFingerprint: reported }: AttemptStatus,
): void {
  if ((reported ?? '').toLowerCase() === (pgpFingerprint ?? '')) return;
  throw new Trouble({
    code: 'pgp.fingerprint-differs',
    known: `Vault reports ${reported ? 'another key' : 'no key'} for this attempt than the operator’s invitation. A token would be readable by somebody else.`,
    safe: 'Your share was not sent.',
    next: 'Tell the operator on a number that you already know, and give nothing to this attempt.',
  });
}
