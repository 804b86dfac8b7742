import type { RecordKind } from '../transcript/kind.ts';
import { shiftEventSchema, type ShiftEvent } from './events.ts';
import { applyShift } from './fold.ts';
import type { ShiftState } from './state.ts';

/** The record of a shift: who looked after the batch tokens of a cluster, and how. */
export const shiftKind: RecordKind<ShiftEvent, ShiftState> = {
  opening: 'shift.opened',
  schema: shiftEventSchema,
  apply: applyShift,
  lightened: (state) => state,
  about(event) {
    if (event.type !== 'shift.opened') return undefined;
    const { id, cluster, appVersion } = event;
    return { record: id, purpose: 'shift', cluster: cluster.name, kind: cluster.kind, appVersion };
  },
  outcome(state) {
    if (state.phase === 'open') return undefined;
    return state.handedTo === undefined ? 'ended' : 'handed-over';
  },
  noted(event) {
    switch (event.type) {
      case 'note.added':
        return { kind: 'note' };
      case 'resumed':
        return { kind: 'interruption', what: 'resumed' };
      default:
        return undefined;
    }
  },
};
