import { baseOf } from './base.ts';
import type { CeremonyEvent } from './events.ts';
import type { Base, CeremonyState, Preflight } from './state.ts';
import type { Roster } from './roster.ts';
import { notNow, refuse, to, type Step } from './step.ts';

type WayEvent = Extract<CeremonyEvent, { type: `way.${string}` | 'batch-token.armed' }>;

/** Which way leads to Promote, and the batch token that is about to be used. */
export function applyToWay(state: CeremonyState, event: WayEvent, at: string): Step {
  switch (event.type) {
    case 'way.chosen': {
      const from = beforeAnyCall(state);
      if (!from) return notNow(state, event);
      const { way, why, by } = event;
      const deviations = by
        ? [
            ...state.deviations,
            { at, what: `The way was chosen by hand: ${way}.`, why, agreedBy: by },
          ]
        : state.deviations;
      const base = { ...baseOf(state), way: { way, why, at, by }, deviations };
      return to(placeBefore(base, from.preflight, from.roster));
    }

    case 'way.refused': {
      const from = beforeAnyCall(state);
      if (!from || state.phase === 'watching') return notNow(state, event);
      const { way, problem, batchToken } = event;
      const refusedWays = [...state.refusedWays, { way, problem, at, batchToken }];
      const base = { ...baseOf(state), way: undefined, refusedWays };
      return to(placeBefore(base, from.preflight, from.roster));
    }

    case 'batch-token.armed': {
      if (state.phase === 'armed') return to({ ...state, batchToken: event.token });
      if (state.phase !== 'ready' || state.way?.way !== 'batch-token') return notNow(state, event);
      const { preflight, roster } = state;
      if (!preflight.node) return refuse('Preflight found no node to promote on.');
      return to({
        ...baseOf(state),
        preflight,
        roster,
        phase: 'armed',
        node: preflight.node,
        batchToken: event.token,
        fencing: undefined,
        refused: undefined,
      });
    }
  }
}

/** Where a preflight leads: back to itself where something stops this way, else to people, else on. */
export function placeBefore(
  base: Base,
  preflight: Preflight,
  roster: Roster | undefined,
): CeremonyState {
  if (!preflight.node || stopsOf(base, preflight).length > 0)
    return { ...base, phase: 'preflight', preflight, roster };
  if (!roster) return { ...base, phase: 'roster', preflight };
  return { ...base, phase: 'ready', preflight, roster, trouble: undefined, cancelled: false };
}

/** What stops this way. A batch token promotes whatever is in the server's slot for an attempt. */
export const stopsOf = ({ way }: Pick<Base, 'way'>, { findings }: Preflight) =>
  findings.filter(
    ({ level, id }) => level === 'stop' && !(way?.way === 'batch-token' && id === 'attempt'),
  );

/** The states in which another way may still be taken: nothing of this one is on a server. */
function beforeAnyCall(
  state: CeremonyState,
): { preflight: Preflight; roster: Roster | undefined } | undefined {
  switch (state.phase) {
    case 'preflight':
      return state.preflight && { preflight: state.preflight, roster: state.roster };
    case 'roster':
      return { preflight: state.preflight, roster: undefined };
    case 'ready':
    case 'armed':
      return { preflight: state.preflight, roster: state.roster };
    case 'watching':
      // Promote's answer was lost, and a batch token leaves nothing behind: B may be taken after all.
      return state.doubt && 'batchToken' in state
        ? { preflight: state.preflight, roster: state.roster }
        : undefined;
    default:
      return undefined;
  }
}
