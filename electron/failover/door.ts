import {
  doorFamilies,
  openDoors,
  type DoorEvent,
  type ProbedFamily,
} from '../../shared/ceremony/door.ts';
import { problemOf, type Problem } from '../../shared/problem.ts';
import type { Room } from '../ceremony/room.ts';
import { probeDoor } from '../vault/door.ts';
import { preflight } from './preflight.ts';
import { chooseWay } from './ways.ts';

/** A node that is not there must not hold up the others: milliseconds. */
const patienceMs = 5_000;

/** An administrator is about to open the door: on the record first, the commands come after. */
export async function openDoor(room: Room, by: string): Promise<void> {
  await room.log.append({ type: 'door.opened', by });
}

/**
 * Asks every node on which the door may be open, one after the other and without a token, and writes
 * what each answered. Before the attempt the cluster is then looked at again: where it answers
 * without a token, the ceremony goes on.
 */
export async function probeDoors(room: Room): Promise<void> {
  await askEveryNode(room);
  const { state } = room.log;
  if (state.phase !== 'preflight' || state.door?.closedBy !== undefined) return;
  await room.log.append(await preflight(room));
  await chooseWay(room);
}

/** An administrator says that the line is gone and every node was told; the nodes are asked at once. */
export async function closeDoor(room: Room, by: string): Promise<void> {
  await room.log.append({ type: 'door.closed', by });
  await askEveryNode(room);
}

/** By name: Promote comes first, and the warning stays. */
export async function putOffDoor(room: Room, by: string, why: string): Promise<void> {
  await room.log.append({ type: 'door.put-off', by, why });
}

/** By name: what a node does not prove, somebody has read in its configuration. */
export async function vouchDoor(
  room: Room,
  vouched: Omit<Extract<DoorEvent, { type: 'door.vouched' }>, 'type'>,
): Promise<void> {
  await room.log.append({ type: 'door.vouched', ...vouched });
  await signAgain(room);
}

async function askEveryNode(room: Room): Promise<void> {
  const nodes = openDoors(room.log.state).map(({ node }) => node);
  const connection = await room.connect({ timeoutMs: patienceMs }).catch(problemOf);
  try {
    for (const node of nodes) {
      const families =
        'known' in connection ? unasked(connection) : await probeDoor(connection.node(node));
      await room.log.append({ type: 'door.probed', node, families });
    }
  } finally {
    if (!('known' in connection)) connection.close();
  }
  await signAgain(room);
}

/** No way to any node, from a profile that is gone or a CA that cannot be read: nothing is proved. */
const unasked = ({ known }: Problem): ProbedFamily[] =>
  doorFamilies.map((family) => ({ family, answer: 'other', says: known.slice(0, 500) }));

/** What follows the end of a ceremony is signed like the rest of its record. */
async function signAgain(room: Room): Promise<void> {
  if (room.log.state.phase === 'ended') await room.sign();
}
