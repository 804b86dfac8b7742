import {
  doorItem,
  openDoors,
  verdictOf,
  type Door,
  type DoorEvent,
  type DoorNode,
} from './door.ts';
import type { CeremonyState } from './state.ts';
import { notNow, refuse, to, type Step } from './step.ts';

/**
 * The unauthenticated door of Vault >= 2.0. These are the only events that may follow the end of a
 * ceremony: the door of an ended ceremony is still somebody's to close.
 */
export function applyToDoor(state: CeremonyState, event: DoorEvent, at: string): Step {
  if (event.type === 'door.opened') {
    if (!mayOpenDoor(state)) return notNow(state, event);
    const nodes = state.cluster.nodes.map((node) => ({
      node,
      probe: undefined,
      vouched: undefined,
    }));
    return to({
      ...state,
      door: { openedBy: event.by, openedAt: at, nodes, putOff: undefined, closedBy: undefined },
    });
  }
  const { door } = state;
  if (!door || openDoors(state).length === 0) return notNow(state, event);
  switch (event.type) {
    case 'door.probed': {
      const { node, families } = event;
      const probe = { at, families };
      return known(door, node)
        ? to(
            withDoor(state, { ...door, nodes: changed(door, { node, probe, vouched: undefined }) }),
          )
        : refuse('A node that the door was not opened on.');
    }
    case 'door.put-off':
      return to(withDoor(state, { ...door, putOff: { by: event.by, why: event.why } }));
    case 'door.closed': {
      // What a node said while the line was in its file proves nothing of the time after.
      const nodes = door.nodes.map(({ node }) => ({ node, probe: undefined, vouched: undefined }));
      return to(withDoor(state, { ...door, nodes, closedBy: event.by }));
    }
    case 'door.vouched': {
      const { node, by, how } = event;
      const one = known(door, node);
      if (!one || door.closedBy === undefined || !one.probe || verdictOf(one.probe) === 'open')
        return refuse(
          'A node that was asked after the closing, and did not answer, is vouched for.',
        );
      return to(
        withDoor(state, { ...door, nodes: changed(door, { ...one, vouched: { by, how, at } }) }),
      );
    }
  }
}

/** Where an administrator may be asked to open the door: nothing was started without a token yet. */
export const mayOpenDoor = (state: CeremonyState): boolean =>
  (state.phase === 'preflight' || state.phase === 'roster' || state.phase === 'ready') &&
  state.way?.way === 'break-glass' &&
  openDoors(state).length === 0;

const known = (door: Door, node: string): DoorNode | undefined =>
  door.nodes.find((one) => one.node === node);

const changed = (door: Door, to: DoorNode): readonly DoorNode[] =>
  door.nodes.map((one) => (one.node === to.node ? to : one));

/** Once it is proved closed, the open item of an ended ceremony is settled too. */
function withDoor<S extends CeremonyState>(state: S, door: Door): S {
  const openItems = openDoors({ door }).length > 0 ? state.openItems : without(state.openItems);
  return { ...state, door, openItems };
}

const without = (items: readonly string[]): readonly string[] =>
  items.filter((item) => item !== doorItem);
