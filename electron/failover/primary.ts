import type { PrimarySeen } from '../../shared/ceremony/findings.ts';
import type { NodeAddress } from '../../shared/ids.ts';
import type { Connection } from '../vault/connection.ts';
import type { ReplicationSection } from '../vault/replication-section.ts';
import { readDrStatus, readHealth, type Health } from '../vault/sys-status.ts';
import type { Room } from '../ceremony/room.ts';

/** What one of the primary's known addresses says. */
export interface PrimaryNodeLook {
  readonly address: NodeAddress;
  readonly seen: Exclude<PrimarySeen, 'none-known'>;
  readonly health: Health | undefined;
}

export interface PrimaryLook {
  /** The most alarming of all nodes: one active node is enough. */
  readonly seen: PrimarySeen;
  readonly nodes: readonly PrimaryNodeLook[];
  readonly active: PrimaryNodeLook | undefined;
  /** What the active node says of the replication, where it says it. */
  readonly dr: ReplicationSection | undefined;
}

/** Looks at every known address of the primary. Never throws: what does not answer is "not visible". */
export async function lookAtPrimaries(
  connection: Connection,
  { nodes: ours, primaryNodes }: Room['log']['state']['cluster'],
): Promise<PrimaryLook> {
  // An address that is the secondary's own says nothing of the primary.
  const addresses = primaryNodes.filter((address) => !ours.includes(address));
  const nodes = await Promise.all(
    addresses.map(async (address): Promise<PrimaryNodeLook> => {
      const health = await readHealth(connection.node(address)).catch(() => undefined);
      return { address, health, seen: seenOf(health) };
    }),
  );
  const active = nodes.find(({ seen }) => seen === 'answers-as-active');
  const dr = active
    ? await readDrStatus(connection.node(active.address)).catch(() => undefined)
    : undefined;
  return { seen: worst(nodes.map(({ seen }) => seen)), nodes, active, dr };
}

/** Looks at the primary again for a step that depends on it; what changed goes on the record. */
export async function lookAgain(room: Room, connection: Connection): Promise<PrimaryLook> {
  const look = await lookAtPrimaries(connection, room.log.state.cluster);
  if (room.log.state.primary?.seen !== look.seen)
    await room.log.append({ type: 'primary.seen', primary: look.seen });
  return look;
}

/**
 * How the old primary looks from here. What does not answer is "not visible": a network between us
 * and a healthy primary looks the same as a dead one.
 */
function seenOf(health: Health | undefined): PrimaryNodeLook['seen'] {
  if (!health) return 'not-visible';
  const { initialized, sealed, standby, drMode } = health;
  return initialized && !sealed && !standby && drMode === 'primary'
    ? 'answers-as-active'
    : 'answers-otherwise';
}

/** The most alarming of several looks: one active node is enough. */
function worst(seen: readonly PrimarySeen[]): PrimarySeen {
  const order = ['answers-as-active', 'answers-otherwise', 'not-visible'] as const;
  return order.find((one) => seen.includes(one)) ?? 'none-known';
}
