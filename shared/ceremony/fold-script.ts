import { openChecks, stepOf } from '../script/steps.ts';
import { stepIds } from '../script/schema.ts';
import type { CeremonyEvent } from './events.ts';
import type { CeremonyState, CheckMark } from './state.ts';
import { samePerson } from './people.ts';
import { notNow, refuse, to, type Step } from './step.ts';

type ScriptEvent = Extract<
  CeremonyEvent,
  {
    type:
      | 'script.adopted'
      | `check.${string}`
      | 'step.signed-off'
      | `pin.${string}`
      | 'signing-key.set'
      | 'signature.refused';
  }
>;

/** The script and what people say to it: checks, sign-offs, and the second person's factor. */
export function applyToScript(state: CeremonyState, event: ScriptEvent, at: string): Step {
  switch (event.type) {
    case 'script.adopted':
      if (state.phase !== 'preflight' || state.script || state.preflight)
        return notNow(state, event);
      return to({ ...state, script: { script: event.script, hash: event.hash } });

    case 'check.done':
      return settled(state, { id: event.id, by: event.by, at, done: true });

    case 'check.set-aside': {
      const { id, why, agreedBy } = event;
      const step = settled(state, { id, by: agreedBy, at, done: false });
      if (!step.ok) return step;
      const what = `The required check "${id}" of the script was set aside.`;
      const deviations = [...state.deviations, { at, what, why, agreedBy }];
      return to({ ...step.state, deviations });
    }

    case 'step.signed-off': {
      const now = stepOf(state);
      if (now === 'ended' || stepIds.indexOf(event.step) > stepIds.indexOf(now))
        return refuse('A step is signed off when it has come, not before.');
      const signed = { by: event.by, at };
      return to({ ...state, signedOff: { ...state.signedOff, [event.step]: signed } });
    }

    case 'pin.set':
      if (state.phase !== 'ready') return notNow(state, event);
      return to({ ...state, pin: { person: event.person, refused: 0 }, signingKey: undefined });

    case 'pin.refused':
      if (!state.pin || !mayPromote(state)) return notNow(state, event);
      return to({ ...state, pin: { ...state.pin, refused: state.pin.refused + 1 } });

    case 'signing-key.set': {
      // Before the attempt only: whoever agrees at Promote is settled before there is a token.
      if (state.phase !== 'ready') return notNow(state, event);
      const { type: _, person, ...key } = event;
      return to({ ...state, pin: undefined, signingKey: { person, key, refused: 0 } });
    }

    case 'signature.refused': {
      const { signingKey } = state;
      if (!mayPromote(state) || !signingKey || !samePerson(signingKey.person, event.person))
        return notNow(state, event);
      return to({ ...state, signingKey: { ...signingKey, refused: signingKey.refused + 1 } });
    }
  }
}

/** Where the second person's factor is asked for. */
const mayPromote = ({ phase }: CeremonyState): boolean =>
  phase === 'decoded' || phase === 'armed' || phase === 'watching';

function settled(state: CeremonyState, mark: CheckMark): Step {
  if (!stepIds.some((step) => openChecks(state, step).some(({ id }) => id === mark.id)))
    return refuse('The script has no such check that is still open.');
  return to({ ...state, checks: [...state.checks, mark] });
}
