import { DutyWatch } from '../transcript/duties.ts';
import { ScriptWatch } from '../transcript/script-watch.ts';
import type { RecordKind } from '../transcript/kind.ts';
import { eventSchema, type CeremonyEvent } from './events.ts';
import { agreementOf } from './consent.ts';
import { apply } from './fold.ts';
import type { CeremonyState } from './state.ts';

/** The record of a ceremony. */
export const ceremonyKind: RecordKind<CeremonyEvent, CeremonyState> = {
  opening: 'ceremony.opened',
  schema: eventSchema,
  apply,
  lightened,
  about(event) {
    if (event.type !== 'ceremony.opened') return undefined;
    const { id, purpose, cluster, appVersion } = event;
    return { record: id, purpose, cluster: cluster.name, kind: cluster.kind, appVersion };
  },
  outcome: (state) => (state.phase === 'ended' ? state.outcome : undefined),
  noted(event) {
    switch (event.type) {
      case 'note.added':
        return { kind: 'note' };
      case 'interrupted':
        return { kind: 'interruption', what: event.what };
      case 'resumed':
        return { kind: 'interruption', what: `resumed: ${event.sentence}` };
      default:
        return undefined;
    }
  },
  outageMs: (event) => (event.type === 'promoted' ? event.afterMs : undefined),
  duties: () => new DutyWatch(),
  script: () => new ScriptWatch(),
  adopted: (event) =>
    event.type === 'script.adopted' ? { script: event.script, hash: event.hash } : undefined,
  agreement: agreementOf,
};

function lightened(state: CeremonyState): CeremonyState {
  const light = { ...state, notes: [], deviations: [], refusedWays: [] };
  const watched = 'observations' in light ? { ...light, observations: [] } : light;
  return 'token' in watched ? { ...watched, token: { ...watched.token, tried: [] } } : watched;
}
