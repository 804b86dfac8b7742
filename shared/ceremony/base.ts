import type { Base, CeremonyState, StateIn } from './state.ts';

/** The part every phase has, alone: so that no field of the last phase is carried along unseen. */
export function baseOf(state: CeremonyState): Base {
  const { id, purpose, cluster, openedAt, keychain, lastSeq, lastAt } = state;
  const { script, checks, signedOff, pin, notes, deviations, openItems, alarm } = state;
  const { way, refusedWays, door, primary, demotion, snapshot, trusted, claim } = state;
  const { signingKey, agreedSeq } = state;
  const kept = { script, checks, signedOff, pin, notes, deviations, openItems, alarm };
  const path = { way, refusedWays, door };
  const seen = { primary, demotion, snapshot, trusted, claim, signingKey, agreedSeq };
  return { id, purpose, cluster, openedAt, keychain, lastSeq, lastAt, ...kept, ...path, ...seen };
}

/** The base with what was settled before the attempt: where a new attempt starts from. */
export function preparedOf(
  state: StateIn<'ready' | 'starting' | 'collecting' | 'gone' | 'superseded'>,
) {
  return { ...baseOf(state), preflight: state.preflight, roster: state.roster };
}
