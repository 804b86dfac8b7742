import type { CeremonyEvent, Credential } from './events.ts';
import type { CeremonyState, Promotion, StateIn } from './state.ts';
import { faultOfAgreed } from './consent.ts';
import { fencingFault } from './fencing.ts';
import { notNow, refuse, to, type Step } from './step.ts';

type PromotionEvent = Extract<
  CeremonyEvent,
  { type: 'fencing.stated' | `promote.${string}` | 'watch.observed' | 'promoted' }
>;

/** From the fencing statement to a primary that answers. Promote is sent once for each yes. */
export function applyToPromotion(state: CeremonyState, event: PromotionEvent, at: string): Step {
  switch (event.type) {
    case 'fencing.stated':
      if (state.phase === 'decoded' || state.phase === 'armed')
        return to({ ...state, fencing: event.fencing });
      // In doubt about the first promote, a second needs a statement that fits what is seen now.
      if (state.phase === 'watching' && state.doubt)
        return to({ ...state, fencing: event.fencing });
      return notNow(state, event);

    case 'promote.intended': {
      const { type: _, ...intended } = event;
      const disagreed = faultOfAgreed(state, event);
      if (disagreed) return refuse(disagreed);
      if (state.phase === 'decoded' || state.phase === 'armed') {
        const fault = fencingFault(state, event.primary ?? state.fencing?.primary ?? 'none-known');
        if (fault) return refuse(fault);
        if (credentialOf(state) !== (intended.credential?.kind ?? 'dr-operation-token'))
          return refuse('Promote names another credential than the one at hand.');
        if (
          'token' in state &&
          state.token.fate.kind !== 'kept' &&
          state.token.fate.kind !== 'not-deleted'
        )
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
      return to(backToConfirming(state, event.problem));

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

function backToConfirming(
  state: StateIn<'promoting'>,
  refused: StateIn<'decoded'>['refused'],
): CeremonyState {
  const { promotion: _promotion, observations: _observations, ...rest } = state;
  return 'token' in rest
    ? { ...rest, phase: 'decoded', refused }
    : { ...rest, phase: 'armed', refused };
}

const credentialOf = (state: StateIn<'decoded' | 'armed'>): Credential['kind'] =>
  'token' in state ? 'dr-operation-token' : 'batch-token';
