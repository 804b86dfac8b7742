import type { PrimarySeen } from './findings.ts';
import type { Base, CeremonyState, Deviation, StateIn } from './state.ts';

/** Whether the old primary was demoted from here, and read as demoted since. */
export const demotedHere = ({ demotion }: Pick<Base, 'demotion'>): boolean =>
  demotion?.outcome === 'demoted';

/** Whether the findings of the last preflight still call a primary active that was demoted since. */
export const foundBeforeDemotion = (state: CeremonyState): boolean =>
  'preflight' in state &&
  state.preflight?.primary === 'answers-as-active' &&
  demotedHere(state) &&
  state.primary?.seen !== 'answers-as-active';

/** What is set aside where a ceremony goes on beside a primary that is active: a deviation. */
export const besideActive = 'The ceremony goes on although the primary answers as active.';

/** Who said before the start why the ceremony goes on beside an active primary, where somebody did. */
export const saidWhyActive = ({ deviations }: Pick<Base, 'deviations'>): Deviation | undefined =>
  deviations.findLast(({ what }) => what === besideActive);

/**
 * Whether people have to settle first what becomes of the primary: it answers as active, also where
 * it was demoted before, and nobody said why to go on all the same.
 */
export const primaryToSettle = (state: Pick<Base, 'primary' | 'deviations'>): boolean =>
  state.primary?.seen === 'answers-as-active' && saidWhyActive(state) === undefined;

/**
 * Why Promote stays closed for the old primary's sake, in one sentence; `undefined`: it does not.
 * Two active primaries take writes that nobody can merge: an active one is demoted first, or the
 * reason to promote all the same is on the record. One that is merely not visible needs a fencing
 * statement, unless it was demoted from here.
 */
export function fencingFault(
  state: Pick<StateIn<'decoded'>, 'fencing' | 'demotion'>,
  primary: PrimarySeen,
): string | undefined {
  if (primary === 'answers-as-active' && !state.fencing?.reason)
    return 'The old primary answers as active. Promote stays closed until it is demoted, or until the fencing statement gives the reason to promote all the same.';
  if (!state.fencing && !demotedHere(state)) return 'The fencing statement is missing.';
  return undefined;
}
