import type { CeremonyEvent } from './events.ts';
import type { CeremonyState, StateIn, Token, TokenFate } from './state.ts';
import { notNow, refuse, to, type Step } from './step.ts';

type TokenEvent = Extract<
  CeremonyEvent,
  { type: `token.decode${string}` | `token.delete${string}` | 'token.left' | 'token.lost' }
>;

/** The DR operation token's life: decoded, used, and gone from the server before anyone leaves. */
export function applyToToken(state: CeremonyState, event: TokenEvent): Step {
  switch (event.type) {
    case 'token.decode.failed':
      if (state.phase !== 'complete') return notNow(state, event);
      return to({ ...state, trouble: event.problem });

    case 'token.decoded': {
      if (state.phase !== 'complete') return notNow(state, event);
      const { trouble: _, ...rest } = state;
      return to({
        ...rest,
        phase: 'decoded',
        token: { doubts: event.doubts, fate: { kind: 'kept' }, tried: [] },
        fencing: undefined,
        refused: undefined,
      });
    }

    case 'token.lost':
      if (state.phase === 'complete') {
        const { trouble: _, ...rest } = state;
        return to({
          ...rest,
          phase: 'gone',
          tokenMayExist: true,
          openItems: [
            ...state.openItems,
            `A DR operation token without expiry exists, and it can no longer be read: ${event.why}`,
          ],
        });
      }
      return settle(state, event, { kind: 'lost', why: event.why }, [
        `The DR operation token was not deleted, and it can no longer be read: ${event.why}`,
      ]);

    case 'token.left':
      return settle(state, event, { kind: 'left', why: event.why, owner: event.owner }, [
        `${event.owner} deletes the DR operation token: ${event.why}`,
      ]);

    case 'token.delete.intended':
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
  if ((state.phase !== 'decoded' && state.phase !== 'aftercare') || !('token' in state))
    return notNow(state, event);
  const token = change(state.token);
  if (!token) return refuse('The step of the DR operation token is already settled.');
  return to(withToken(state, token));
}

const withToken = <S extends StateIn<'decoded' | 'aftercare'>>(state: S, token: Token): S => ({
  ...state,
  token,
});
