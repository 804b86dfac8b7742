import { parseShare, shareForVault } from '../../shared/codec/share.ts';
import { sharesDidNotCombine } from '../../shared/ceremony/reconcile.ts';
import {
  nodeNow,
  type SealedNode,
  type SealReading,
  type UnsealNode,
} from '../../shared/ceremony/unseal.ts';
import { inForce } from '../../shared/ceremony/in-force.ts';
import type { NodeAddress } from '../../shared/ids.ts';
import { Trouble, type Problem } from '../../shared/problem.ts';
import { Secret } from '../../shared/secret.ts';
import { fingerprintShare } from '../keychain/share-fingerprint.ts';
import type { Connection, VaultNode } from '../vault/connection.ts';
import { readSealStatus, type SealStatus } from '../vault/sys-status.ts';
import { giveUnsealShare, resetUnseal } from '../vault/unseal.ts';
import { ruleTrouble } from './ceremony-log.ts';
import { badFormat, duplicate, gaveBefore, type Given } from './give-share.ts';
import { outcomeUnknown, sortFailure } from './outcome.ts';
import { withConnection, type Room } from './room.ts';

/** Reads every node once; those that are sealed get shares in the order of the profile. */
export async function beginUnseal(room: Room): Promise<void> {
  const { cluster } = room.log.in('ready');
  const nodes = await withConnection(room, (connection) =>
    Promise.all(cluster.nodes.map((node) => sealReading(connection, node))),
  );
  if (!nodes.some(({ standing }) => standing === 'sealed'))
    throw ruleTrouble('No node that answers is sealed.');
  await room.log.append({ type: 'unseal.begun', nodes });
}

/**
 * Gives one share to the node whose turn it is. The node is read first, and a lost reply is settled by
 * reading it again, never by sending again.
 *
 * @throws Trouble whenever it was not counted or it is not known whether it was; the record has the same.
 */
export async function giveToNode(
  room: Room,
  holder: string,
  share: Secret<'share'>,
): Promise<Given> {
  const before = turn(room);
  const parsed = parseShare(share.expose(), { required: before.required });
  if (!parsed.ok) throw new Trouble(badFormat(parsed.message));
  const fingerprint = fingerprintShare(await room.secrets.fingerprintKey(), parsed.bytes);
  const earlier = before.given.find((given) => given.fingerprint === fingerprint);
  if (earlier) throw new Trouble(duplicate(earlier.holder));
  const gave = before.given.some((given) => given.holder === holder);
  if (gave && inForce(room.log.state, 'one-share-for-each-holder'))
    throw new Trouble(gaveBefore(holder));
  const canonical = Secret.of('share', shareForVault(parsed.bytes));
  parsed.bytes.fill(0);

  return withConnection(room, async (connection) => {
    const { node, required } = before;
    const progress = await lookFirst(room, connection, before);
    await room.log.append({
      type: 'unseal.share.intended',
      node,
      holder,
      fingerprint,
      progressBefore: progress,
    });
    const server = connection.node(node);
    const status = await giveUnsealShare(server, canonical).catch((thrown: unknown) =>
      notCounted(room, node, thrown),
    );
    if (!status.sealed) {
      await room.log.append({ type: 'unseal.done', node });
      return { progress: required, required, complete: true };
    }
    return counted(room, server, before, progress, status);
  });
}

/** Has the node forget what was given so far: by name and reason. */
export async function resetNode(room: Room, by: string, why: string): Promise<void> {
  const { node } = turn(room);
  await withConnection(room, async (connection) => {
    await room.log.append({ type: 'unseal.reset.intended', node, by, why });
    try {
      await resetUnseal(connection.node(node));
    } catch (thrown) {
      const { happened, problem } = sortFailure(thrown);
      // A lost reply stays open: reading the node settles it.
      if (happened === 'no') await room.log.append({ type: 'unseal.reset.failed', node, problem });
      throw new Trouble(problem);
    }
    await room.log.append({ type: 'unseal.reset.done', node });
  });
}

/** Leaves a node sealed for now: by name and reason, an open item. */
export async function waiveNode(
  room: Room,
  waived: { readonly node: NodeAddress; readonly by: string; readonly why: string },
): Promise<void> {
  room.log.in('unsealing');
  await room.log.append({ type: 'unseal.waived', ...waived });
}

/** Reads every node that is not settled, and writes what is new. @returns it in a sentence. */
export async function readNodes(room: Room): Promise<string> {
  const { nodes } = room.log.in('unsealing');
  await withConnection(room, async (connection) => {
    for (const known of nodes) {
      if (known.standing === 'waived') continue;
      const reading = await sealReading(connection, known.node);
      if (differs(known, reading)) await room.log.append({ type: 'unseal.read', reading });
    }
  });
  const now = room.log.in('unsealing').nodes;
  const next = nodeNow(now);
  if (next) return `${next.node} is sealed, with ${next.progress} of ${next.required} shares in.`;
  const missing = now.filter(({ standing }) => standing === 'not-visible');
  return missing.length > 0
    ? `No node that answers is sealed. Not visible from here: ${missing.map(({ node }) => node).join(', ')}.`
    : 'No node is sealed any more.';
}

function turn(room: Room): SealedNode {
  const node = nodeNow(room.log.in('unsealing').nodes);
  if (!node) throw ruleTrouble('No node is left that waits for shares.');
  return node;
}

/** @returns how many shares the node has before this one; throws where it is not as the record has it. */
async function lookFirst(
  room: Room,
  connection: Connection,
  { node, round }: SealedNode,
): Promise<number> {
  const reading = await sealReading(connection, node);
  const known = room.log.in('unsealing').nodes.find((one) => one.node === node);
  if (known && differs(known, reading)) await room.log.append({ type: 'unseal.read', reading });
  const now = nodeNow(room.log.in('unsealing').nodes);
  if (now?.node === node && now.round === round) return now.progress;
  throw new Trouble({
    code: 'ceremony.gone',
    known: `${node} is not as it was: it was unsealed, it forgot its shares, or it does not answer.`,
    safe: 'The share was not sent.',
    next: 'Close this page. The guide shows how each node stands.',
  });
}

async function counted(
  room: Room,
  server: VaultNode,
  { node, required }: SealedNode,
  before: number,
  { progress = 0 }: SealStatus,
): Promise<Given> {
  if (progress > before && progress < required) {
    await room.log.append({ type: 'unseal.share.accepted', node, progress });
    return { progress, required, complete: false };
  }
  if (progress === before && before + 1 < required) {
    // Vault takes the same share twice without a word: somebody gave it elsewhere.
    const problem = givenElsewhere(node);
    await room.log.append({ type: 'unseal.share.refused', node, problem });
    throw new Trouble(problem);
  }
  // A node of raft storage joins its leader after the last share, and is sealed until it has.
  for (let look = 0; look < 20; look += 1) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    const status = await readSealStatus(server).catch(() => undefined);
    if (status && !status.sealed) {
      await room.log.append({ type: 'unseal.done', node });
      return { progress: required, required, complete: true };
    }
  }
  const problem = stillSealed(node);
  await room.log.append({ type: 'unseal.share.unknown', node, problem });
  throw new Trouble(problem);
}

async function notCounted(room: Room, node: NodeAddress, thrown: unknown): Promise<never> {
  const { happened, problem } = sortFailure(thrown);
  if (problem.code === 'vault.shares-do-not-combine') {
    const failed = didNotUnseal(node, problem.facts?.['serverText']);
    await room.log.append({ type: 'unseal.round.failed', node, problem: failed });
    throw new Trouble(failed);
  }
  if (happened === 'no') {
    await room.log.append({ type: 'unseal.share.refused', node, problem });
    throw new Trouble(problem);
  }
  await room.log.append({ type: 'unseal.share.unknown', node, problem });
  throw new Trouble(outcomeUnknown('The share', problem));
}

/** How a node stands now. What cannot be read is not visible, and never taken for unsealed. */
async function sealReading(connection: Connection, node: NodeAddress): Promise<SealReading> {
  const status = await readSealStatus(connection.node(node)).catch(() => undefined);
  if (!status) return { node, standing: 'not-visible' };
  if (!status.sealed) return { node, standing: 'unsealed' };
  return {
    node,
    standing: 'sealed',
    required: status.threshold ?? 1,
    progress: status.progress ?? 0,
  };
}

const differs = (known: UnsealNode, reading: SealReading): boolean =>
  known.standing !== reading.standing ||
  (known.standing === 'sealed' &&
    reading.standing === 'sealed' &&
    (known.progress !== reading.progress || known.pending !== undefined || known.resetting));

const didNotUnseal = (node: NodeAddress, serverText: string | undefined): Problem => ({
  ...sharesDidNotCombine(serverText),
  known: `All shares are in, and they did not unseal ${node}. At least one of them is mistyped, belongs to another cluster, or was given twice. The server cannot say which one.`,
  safe: 'The node is sealed as before, and has forgotten every share of this round.',
});

const givenElsewhere = (node: NodeAddress): Problem => ({
  code: 'input.share-duplicate',
  known: `${node} has this share already: somebody gave it elsewhere.`,
  safe: 'Its progress is unchanged, and the share still counts.',
  next: 'Another holder gives the next one.',
});

const stillSealed = (node: NodeAddress): Problem => ({
  code: 'ceremony.outcome-unknown',
  known: `${node} has all shares, and still says that it is sealed.`,
  safe: 'The share is not sent again by itself.',
  next: 'Check the nodes again in a moment: a node of raft storage unseals once it reaches its leader. Its own log says why it does not.',
});
