import type { CeremonyEvent } from './events.ts';
import type { CeremonyState, Promotion, StateIn } from './state.ts';
import { faultOfAgreed } from './consent.ts';
import { notNow, refuse, to, type Step } from './step.ts';

type PromotionEvent = Extract<
  CeremonyEvent,
  { type: 'fencing.stated' | `promote.${string}` | 'watch.observed' | 'promoted' }
>;

/** From the fencing statement to a primary that answers. Promote is sent once for each yes. */
export function applyToPromotion(state: CeremonyState, event: PromotionEvent, at: string): Step {
  switch (event.type) {
    case 'fencing.stated':
      if (state.phase !== 'decoded') return notNow(state, event);
      return to({ ...state, fencing: event.fencing });

    case 'promote.intended': {
      const { type: _, ...intended } = event;
      const fault = faultOfAgreed(state, event);
      if (fault) return refuse(fault);
      if (state.phase === 'decoded') {
        if (!state.fencing) return refuse('Promote needs a fencing statement.');
        if (state.token.fate.kind !== 'kept' && state.token.fate.kind !== 'not-deleted')
          return refuse('The DR operation token is no longer there.');
        const { refused: _refused, ...rest } = state;
        return to({
          ...rest,
          phase: 'promoting',
          promotion: { intended, firstSentAt: at, everUnknown: false },
          observations: [],
        });
      }
      if (state.phase === 'watching' && state.doubt) {
        const { doubt: _doubt, ...rest } = state;
        return to({ ...rest, phase: 'promoting', promotion: { ...state.promotion, intended } });
      }
      return notNow(state, event);
    }

    case 'promote.accepted':
      if (state.phase !== 'promoting') return notNow(state, event);
      return to({ ...state, phase: 'watching', doubt: undefined });

    case 'promote.unknown': {
      if (state.phase !== 'promoting') return notNow(state, event);
      const promotion: Promotion = { ...state.promotion, everUnknown: true };
      return to({ ...state, phase: 'watching', promotion, doubt: event.problem });
    }

    case 'promote.refused':
      if (state.phase !== 'promoting') return notNow(state, event);
      // An earlier promote whose reply was lost may still be at work: go on watching.
      if (state.promotion.everUnknown)
        return to({ ...state, phase: 'watching', doubt: event.problem });
      return to(backToDecoded(state, event.problem));

    case 'watch.observed': {
      if (state.phase !== 'watching' && state.phase !== 'promoting' && state.phase !== 'aftercare')
        return notNow(state, event);
      const { node, says, mode, active } = event;
      const observations = [...state.observations, { at, node, says, mode, active }];
      return to({ ...state, observations });
    }

    case 'promoted': {
      if (state.phase !== 'watching') return notNow(state, event);
      const { doubt: _, ...rest } = state;
      return to({
        ...rest,
        phase: 'aftercare',
        promotedAt: at,
        promotedNode: event.node,
        outageMs: event.afterMs,
      });
    }
  }
}

function backToDecoded(
  state: StateIn<'promoting'>,
  refused: StateIn<'decoded'>['refused'],
): CeremonyState {
  const { promotion: _promotion, observations: _observations, ...rest } = state;
  return { ...rest, phase: 'decoded', refused };
}
