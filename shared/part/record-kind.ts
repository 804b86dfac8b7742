import type { RecordKind } from '../transcript/kind.ts';
import { partEventSchema, type PartEvent } from './events.ts';
import { applyPart } from './fold.ts';
import type { PartState } from './state.ts';

/** The record of a part: what one laptop did towards a ceremony that another conducts. */
export const partKind: RecordKind<PartEvent, PartState> = {
  opening: 'part.opened',
  schema: partEventSchema,
  apply: applyPart,
  lightened: (state) => ({ ...state, deviations: [] }),
  about(event) {
    if (event.type !== 'part.opened') return undefined;
    const { id, cluster, appVersion } = event;
    return { record: id, purpose: 'part', cluster: cluster.name, kind: cluster.kind, appVersion };
  },
  outcome: ({ ended }) => ended,
  noted(event) {
    switch (event.type) {
      case 'note.added':
        return { kind: 'note' };
      case 'part.ended':
        return event.why === 'interrupted'
          ? { kind: 'interruption', what: 'interrupted' }
          : undefined;
      case 'part.resumed':
        return { kind: 'interruption', what: 'resumed' };
      default:
        return undefined;
    }
  },
};
