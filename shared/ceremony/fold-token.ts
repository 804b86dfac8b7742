import type { CeremonyEvent } from './events.ts';
import { tokenWords, type Purpose } from './purpose.ts';
import type { CeremonyState, StateIn, Token, TokenFate } from './state.ts';
import { notNow, refuse, to, type Step } from './step.ts';

type TokenEvent = Extract<
  CeremonyEvent,
  {
    type:
      | `token.decode${string}`
      | `token.delete${string}`
      | 'token.shown'
      | 'token.stored'
      | 'token.left'
      | 'token.lost';
  }
>;

/** The token's life: decoded, used, and gone from the server before anyone leaves. */
export function applyToToken(state: CeremonyState, event: TokenEvent, at: string): Step {
  const words = tokenWords(state.purpose);
  switch (event.type) {
    case 'token.decode.failed':
      if (state.phase !== 'complete') return notNow(state, event);
      return to({ ...state, trouble: event.problem });

    case 'token.decoded': {
      if (state.phase !== 'complete') return notNow(state, event);
      const { trouble: _, ...rest } = state;
      const token: Token = { doubts: event.doubts, fate: { kind: 'kept' }, tried: [] };
      if (state.purpose === 'root-token')
        return to({ ...rest, phase: 'in-hand', token, shown: undefined, stored: undefined });
      return to({
        ...rest,
        phase: 'decoded',
        token,
        fencing: undefined,
        refused: undefined,
      });
    }

    case 'token.shown': {
      if (state.phase !== 'in-hand' || !open(state.token)) return notNow(state, event);
      const times = (state.shown?.times ?? 0) + 1;
      return to({ ...state, shown: { times, to: event.to, at } });
    }

    case 'token.stored': {
      if (state.phase !== 'in-hand' || !open(state.token)) return notNow(state, event);
      const { type: _, ...stored } = event;
      return to({ ...state, stored: { ...stored, at } });
    }

    case 'token.lost':
      if (state.phase === 'complete') {
        const { trouble: _, ...rest } = state;
        return to({
          ...rest,
          phase: 'gone',
          tokenMayExist: true,
          openItems: [...state.openItems, `${lostItem(state.purpose)} ${event.why}`],
        });
      }
      return settle(state, event, { kind: 'lost', why: event.why }, [
        `The ${words} was not deleted, and it can no longer be read: ${event.why}`,
      ]);

    case 'token.left':
      return settle(state, event, { kind: 'left', why: event.why, owner: event.owner }, [
        `${event.owner} deletes the ${words}: ${event.why}`,
      ]);

    case 'token.delete.intended':
      if (state.purpose === 'root-token' && event.how !== 'revoke-self')
        return refuse('A root token is revoked with itself: no endpoint is made for it.');
      return onToken(state, event, (token) =>
        open(token) ? { ...token, fate: { kind: 'deleting', how: event.how } } : undefined,
      );

    case 'token.delete.failed':
      return onToken(state, event, (token) => {
        if (token.fate.kind !== 'deleting') return undefined;
        const tried = [...token.tried, { how: event.how, problem: event.problem }];
        return { ...token, fate: { kind: 'not-deleted', tried }, tried };
      });

    case 'token.deleted':
      return onToken(state, event, (token) =>
        token.fate.kind === 'deleting'
          ? { ...token, fate: { kind: 'deleted', how: event.how, proof: event.proof } }
          : undefined,
      );
  }
}

/** How the open item of an encoded token begins that is no longer there. */
export const lostItem = (purpose: Purpose): string =>
  `A ${tokenWords(purpose)} without expiry exists, and it can no longer be read:`;

const open = (token: Token): boolean =>
  token.fate.kind === 'kept' || token.fate.kind === 'not-deleted';

/** Left or lost: the step ends with an open item on the record. */
function settle(
  state: CeremonyState,
  event: TokenEvent,
  fate: TokenFate,
  items: readonly string[],
): Step {
  const step = onToken(state, event, (token) =>
    open(token) || token.fate.kind === 'deleting' ? { ...token, fate } : undefined,
  );
  if (!step.ok) return step;
  return to({ ...step.state, openItems: [...step.state.openItems, ...items] });
}

function onToken(
  state: CeremonyState,
  event: TokenEvent,
  change: (token: Token) => Token | undefined,
): Step {
  const { phase } = state;
  const has = phase === 'decoded' || phase === 'in-hand' || phase === 'aftercare';
  if (!has || !('token' in state)) return notNow(state, event);
  const token = change(state.token);
  if (!token) return refuse(`The step of the ${tokenWords(state.purpose)} is already settled.`);
  return to(withToken(state, token));
}

const withToken = <S extends StateIn<'decoded' | 'in-hand' | 'aftercare'>>(
  state: S,
  token: Token,
): S => ({
  ...state,
  token,
});
