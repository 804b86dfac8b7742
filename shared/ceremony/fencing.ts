import type { PrimarySeen } from './findings.ts';
import type { Base, StateIn } from './state.ts';

/** Whether the old primary was demoted from here, and read as demoted since. */
export const demotedHere = ({ demotion }: Pick<Base, 'demotion'>): boolean =>
  demotion?.outcome === 'demoted';

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
