import { usualRules, type SiteRule } from '../site-rules.ts';
import { openChecks, stepOfCommand } from '../script/steps.ts';
import { faultOfHolders, type Roster } from './roster.ts';
import { samePerson } from './people.ts';
import type { CommandName } from './possible.ts';
import { openDoors } from './door.ts';
import type { CeremonyState, StateIn } from './state.ts';

/** How often a wrong PIN may be entered before it is of no use any more. */
export const pinTries = 5;

/** How many signatures may not fit before no other is taken. Unlike a PIN none can be guessed: this keeps the record short. */
export const signatureTries = 10;

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
  const noHolders = state.way?.way === 'batch-token';
  if (noHolders && !witness)
    return 'A batch token is used by two people: name the second person as the witness.';
  if (!noHolders && holders.length === 0) return 'No key holder is on the roster.';
  if (witness && samePerson(witness, operator) && inForce(state, 'operator-is-not-witness'))
    return 'Operator and witness are the same person.';
  return faultOfHolders(holders, noHolders ? undefined : state.preflight.required);
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
    ...(command === 'promote' && state.phase === 'decoded' && doorIsDue(state)
      ? ['The door of the servers is open. Close it first, or put it off with a reason.']
      : []),
    ...(command === 'start' || command === 'join' ? holdersMissing(state) : []),
    ...(command === 'start' || command === 'arm' || command === 'join' ? factorMissing(state) : []),
  ];
}

/** What the roster still lacks when shares are to be given. */
function holdersMissing(state: CeremonyState): readonly string[] {
  if (state.phase !== 'ready') return [];
  if (state.roster.holders.length === 0)
    return ['The roster has no key holders yet: they were not needed for the batch token.'];
  // Preflight may have read another threshold since the roster was kept.
  const few = faultOfHolders(state.roster.holders, state.preflight.required);
  return few ? [few] : [];
}

function factorMissing(state: CeremonyState): readonly string[] {
  const authenticated = state.pin !== undefined || state.signingKey !== undefined;
  return !authenticated && inForce(state, 'second-person-authenticated')
    ? ['No PIN and no OpenPGP key of the second person is set, and this site requires one.']
    : [];
}

/** Whether the door is to be closed now: it did its work, and nobody has put the closing off. */
export const doorIsDue = (state: CeremonyState): boolean =>
  state.phase === 'decoded' && openDoors(state).length > 0 && state.door?.putOff === undefined;
