import { usualRules, type SiteRule } from '../site-rules.ts';
import { openChecks, stepOfCommand } from '../script/steps.ts';
import { faultOfHolders, type Roster } from './roster.ts';
import { samePerson } from './people.ts';
import type { CommandName } from './possible.ts';
import type { CeremonyState, StateIn } from './state.ts';

/** How often a wrong PIN may be entered before it is of no use any more. */
export const pinTries = 5;

/**
 * Whether a rule binds this ceremony: the site keeps it, and no deviation on the record sets it aside.
 * The fold does not ask: a record of what people did stays readable, and the verifier judges it.
 */
export const inForce = (
  state: Pick<CeremonyState, 'cluster' | 'deviations'>,
  rule: SiteRule,
): boolean =>
  (state.cluster.rules ?? usualRules)[rule] &&
  !state.deviations.some((deviation) => deviation.rule === rule);

/** What is wrong with a roster before this ceremony's rules, in one sentence; `undefined`: nothing. */
export function faultOfRoster(
  state: StateIn<'roster' | 'ready'>,
  { operator, witness, holders }: Roster,
): string | undefined {
  if (witness && samePerson(witness, operator) && inForce(state, 'operator-is-not-witness'))
    return 'Operator and witness are the same person.';
  return faultOfHolders(holders, state.preflight.required);
}

/**
 * What Promote asks of this second person: the `pin` or the `signature` that was settled at roster, or
 * one that is `missing` and that the site requires. `undefined`: a typed name is enough.
 */
export function factorAskedOf(
  state: CeremonyState,
  secondPerson: string,
): 'pin' | 'signature' | 'missing' | undefined {
  if (state.pin && samePerson(state.pin.person, secondPerson))
    return setAside(state) ? undefined : 'pin';
  if (state.signingKey && samePerson(state.signingKey.person, secondPerson))
    return setAside(state) ? undefined : 'signature';
  return inForce(state, 'second-person-authenticated') ? 'missing' : undefined;
}

const setAside = (state: CeremonyState): boolean =>
  state.deviations.some(({ rule }) => rule === 'second-person-authenticated');

/** Why a command that the phase allows is held back, in sentences. Empty: it is not. */
export function heldBack(state: CeremonyState, command: CommandName): readonly string[] {
  const step = stepOfCommand(state, command);
  const checks = step ? openChecks(state, step) : [];
  return [
    ...checks.map(({ title }) => `The required check “${title}” is not done yet.`),
    ...(command === 'start' ? beforeStart(state) : []),
  ];
}

/** What the roster still lacks when the attempt is to be started. */
function beforeStart(state: CeremonyState): readonly string[] {
  const authenticated = state.pin !== undefined || state.signingKey !== undefined;
  const asked = inForce(state, 'second-person-authenticated');
  // Preflight may have read another threshold since the roster was kept.
  const few =
    state.phase === 'ready'
      ? faultOfHolders(state.roster.holders, state.preflight.required)
      : undefined;
  return [
    ...(asked && !authenticated
      ? ['No PIN and no OpenPGP key of the second person is set, and this site requires one.']
      : []),
    ...(few ? [few] : []),
  ];
}
