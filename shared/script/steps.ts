import type { EventType } from '../ceremony/events.ts';
import type { CommandName } from '../ceremony/possible.ts';
import type { CeremonyState } from '../ceremony/state.ts';
import type { SiteStep, StepId } from './schema.ts';

/** The step that a state is at. */
export function stepOf(state: CeremonyState): StepId | 'ended' {
  switch (state.phase) {
    case 'preflight':
      return 'preflight';
    case 'roster':
      return 'people';
    case 'ready':
    case 'starting':
      return 'start';
    case 'collecting':
    case 'unsealing':
    case 'superseded':
    case 'gone':
      return 'shares';
    case 'complete':
      return 'decode';
    case 'decoded':
    case 'armed':
      return 'promote';
    case 'promoting':
    case 'watching':
      return 'watch';
    case 'in-hand':
    case 'aftercare':
      return 'after';
    case 'ended':
      return 'ended';
  }
}

/** The required checks of a step that nobody has done or set aside yet. */
export function openChecks(state: CeremonyState, step: StepId): readonly SiteStep[] {
  const steps = state.script?.script.siteSteps ?? [];
  return steps.filter(
    ({ id, at, check }) =>
      check !== undefined && at === step && !state.checks.some((mark) => mark.id === id),
  );
}

/** The verb of a step: what its required checks hold back. */
export function stepOfCommand(state: CeremonyState, command: CommandName): StepId | undefined {
  switch (command) {
    case 'preflight':
      return 'preflight';
    case 'set-roster':
      return 'people';
    case 'start':
    case 'join':
      return 'start';
    case 'arm':
      return state.phase === 'armed' ? undefined : 'start';
    case 'give-share':
      return 'shares';
    case 'decode':
      return 'decode';
    case 'take-token':
      return state.phase === 'complete' ? 'decode' : undefined;
    case 'promote':
      return isBeforePromote(state) ? 'promote' : undefined;
    case 'end':
      return isLast(state) ? 'after' : undefined;
    default:
      return undefined;
  }
}

/** The same on the record: an event that cannot follow while a check of this step is open. */
export function stepOfEvent(state: CeremonyState, event: EventType): StepId | undefined {
  switch (event) {
    case 'preflight.checked':
      return 'preflight';
    case 'roster.set':
      return 'people';
    case 'attempt.start.intended':
    case 'attempt.joined':
      return 'start';
    case 'batch-token.armed':
      return state.phase === 'armed' ? undefined : 'start';
    case 'unseal.begun':
      return 'start';
    case 'share.intended':
    case 'unseal.share.intended':
      return 'shares';
    case 'token.decoded':
      return 'decode';
    case 'promote.intended':
      return isBeforePromote(state) ? 'promote' : undefined;
    case 'ceremony.ended':
      return isLast(state) ? 'after' : undefined;
    default:
      return undefined;
  }
}

const isLast = ({ phase }: CeremonyState): boolean => phase === 'aftercare' || phase === 'in-hand';

const isBeforePromote = ({ phase }: CeremonyState): boolean =>
  phase === 'decoded' || phase === 'armed';
