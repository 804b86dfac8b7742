import type { Cluster } from '../../shared/ceremony/events.ts';
import type { NodeAddress } from '../../shared/ids.ts';
import { problemOf, Trouble } from '../../shared/problem.ts';
import type { Connection, VaultNode } from '../vault/connection.ts';
import { readHealth, readLeader, readReplication } from '../vault/sys-status.ts';

/**
 * The active node of the primary that this DR secondary follows.
 *
 * @throws Trouble `shift.no-primary` where none answers as such, or where its cluster id is not the
 * one that was pinned: a primary and its DR secondary have the same (§3.5).
 */
export async function activePrimary(connection: Connection, cluster: Cluster): Promise<VaultNode> {
  const said: string[] = [];
  for (const address of cluster.primaryNodes) {
    const node = connection.node(address);
    try {
      const { sealed, standby, drMode } = await readHealth(node);
      if (sealed) said.push(`${address} is sealed.`);
      else if (drMode !== 'primary')
        said.push(`${address} is no DR primary: its mode is ${drMode ?? 'not told'}.`);
      else if (standby !== true) return await pinned(node, cluster);
    } catch (thrown) {
      if (thrown instanceof Trouble && thrown.problem.code === 'shift.no-primary') throw thrown;
      said.push(problemOf(thrown).known);
    }
  }
  throw noPrimary(
    cluster.primaryNodes.length === 0
      ? 'No node of the primary is described.'
      : `No node answers as the active one of the primary. ${said.join(' ')}`.trim(),
  );
}

/** The DR secondary's active node; `undefined` where none answers as such. */
export async function activeSecondary(
  connection: Connection,
  nodes: readonly NodeAddress[],
): Promise<VaultNode | undefined> {
  for (const address of nodes) {
    const node = connection.node(address);
    try {
      const { sealed, drMode } = await readHealth(node);
      if (!sealed && drMode === 'secondary' && (await readLeader(node)).isSelf) return node;
    } catch {
      // Another node may be the one; that none was found is said by who asked.
    }
  }
  return undefined;
}

async function pinned(node: VaultNode, { pins }: Cluster): Promise<VaultNode> {
  if (pins === undefined) return node;
  const { dr } = await readReplication(node);
  if (dr.clusterId === pins.clusterId) return node;
  throw noPrimary(
    `${node.address} belongs to the cluster ${dr.clusterId ?? 'without an id'}; the DR secondary that was pinned follows ${pins.clusterId}.`,
  );
}

const noPrimary = (known: string): Trouble =>
  new Trouble({
    code: 'shift.no-primary',
    known: known.slice(0, 3900),
    safe: 'No token was sent anywhere, and nothing was changed.',
    next: 'Check the addresses of the primary in the cluster’s profile. A batch token can only be issued while the primary is alive; one that is kept already stays good.',
  });
