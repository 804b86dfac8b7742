import type { CeremonyState } from '../../../../shared/ceremony/state.ts';
import { isByBatchToken } from '../../../../shared/ceremony/ways.ts';
import { stepIds, type StepId } from '../../../../shared/script/schema.ts';
import { stepOf } from '../../../../shared/script/steps.ts';

export { stepOf };

/** The steps on the rail, in their order. */
export const railSteps = stepIds;
export type RailStep = StepId;

/** The steps of this ceremony's way: with a batch token nobody gives a share. */
export const railStepsOf = (state: CeremonyState): readonly RailStep[] =>
  isByBatchToken(state)
    ? railSteps.filter((step) => step !== 'shares' && step !== 'decode')
    : railSteps;

export type ShownStep = RailStep | 'ended';

/** Steps that may be looked at again: nothing on a server depends on them yet. */
export function canShow(state: CeremonyState, step: ShownStep): boolean {
  if (step === stepOf(state)) return true;
  if (state.phase === 'roster') return step === 'preflight';
  if (state.phase === 'ready') return step === 'preflight' || step === 'people';
  return false;
}

export type Mark = 'done' | 'now' | 'look' | 'later';

/** What the rail says of a step. `look`: it is the present one, and it is in trouble. */
export function markOf(state: CeremonyState, step: RailStep): Mark {
  const now = stepOf(state);
  if (now === 'ended') return 'done';
  const distance = railSteps.indexOf(step) - railSteps.indexOf(now);
  if (distance < 0) return 'done';
  if (distance > 0) return 'later';
  return inTrouble(state) ? 'look' : 'now';
}

function inTrouble(state: CeremonyState): boolean {
  switch (state.phase) {
    case 'preflight':
      return state.preflight !== undefined;
    case 'ready':
      return state.trouble !== undefined;
    case 'collecting':
      return state.attempt.trouble !== undefined || state.attempt.pending?.unknown !== undefined;
    case 'superseded':
    case 'gone':
      return true;
    case 'complete':
      return state.trouble !== undefined;
    case 'armed':
      return state.refused !== undefined;
    case 'decoded':
      return state.refused !== undefined || state.token.fate.kind === 'not-deleted';
    case 'watching':
      return state.doubt !== undefined;
    case 'aftercare':
      return 'token' in state && state.token.fate.kind === 'not-deleted';
    case 'roster':
    case 'starting':
    case 'promoting':
    case 'ended':
      return false;
  }
}
