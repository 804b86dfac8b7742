import type { PartEvent } from './events.ts';
import type { PartState } from './state.ts';

/** The part of the fold for shares that are given from a holder's laptop, and the token kept there. */
export type GivingEvent = Extract<
  PartEvent,
  {
    type:
      | 'words.compared'
      | 'share.intended'
      | 'share.accepted'
      | 'share.refused'
      | 'share.unknown'
      | 'share.reread'
      | 'round.began'
      | 'token.kept'
      | 'token.offered'
      | 'token.handed'
      | 'token.forgotten'
      | 'token.missing'
      | 'part.resumed';
  }
>;

/** @returns `undefined` where the event cannot follow. */
export function applyGiving(state: PartState, event: GivingEvent): PartState | undefined {
  const { invitation, pending, token } = state;
  switch (event.type) {
    case 'words.compared':
      if (invitation?.verdict !== 'good' || invitation.nonce !== event.nonce) return undefined;
      return { ...state, comparedBy: withName(state.comparedBy, event.holder) };

    case 'share.intended': {
      if (invitation?.verdict !== 'good' || invitation.ceremony !== event.ceremony)
        return undefined;
      // Only the reply to the last share has the encoded token: the last one is not given from here.
      const isLast = event.progressBefore >= event.required - 1;
      if (isLast || pending || token || !state.comparedBy.includes(event.holder)) return undefined;
      const { type: _, ...intended } = event;
      return { ...state, pending: { ...intended, unknown: false } };
    }
    case 'share.accepted':
      if (!pending || pending.unknown) return undefined;
      return {
        ...state,
        pending: undefined,
        gave: withName(state.gave, pending.holder),
        counted: event.progress,
        doubtful: state.doubtful.filter((holder) => holder !== pending.holder),
      };
    case 'share.refused':
      return pending && !pending.unknown ? { ...state, pending: undefined } : undefined;
    case 'share.unknown':
      return pending && !pending.unknown
        ? { ...state, pending: { ...pending, unknown: true } }
        : undefined;
    case 'share.reread': {
      if (!pending?.unknown) return undefined;
      const settled = { ...state, pending: undefined };
      // Of a round that failed Vault has forgotten every share.
      if (event.found === 'not-counted' || event.found === 'new-round') return settled;
      return { ...settled, doubtful: withName(state.doubtful, pending.holder) };
    }

    case 'round.began':
      if (pending || event.progress >= state.counted) return undefined;
      return {
        ...state,
        gave: [],
        counted: 0,
        gaveBefore: state.gaveBefore + state.gave.length,
        doubtful: [],
      };

    case 'token.kept':
      // After a crash between the keychain and the disk the intent alone is there, or its lost reply.
      if (!pending || !invitation?.sealTo) return undefined;
      return {
        ...state,
        pending: undefined,
        gave: withName(state.gave, pending.holder),
        token: { invitation, holder: pending.holder, offeredTo: [] },
      };
    case 'token.offered':
      if (!token) return undefined;
      return { ...state, token: { ...token, offeredTo: withName(token.offeredTo, event.to) } };
    case 'token.handed':
      return token?.offeredTo.includes(event.to) ? { ...state, token: undefined } : undefined;
    case 'token.forgotten':
      if (!token) return undefined;
      return {
        ...state,
        token: undefined,
        openItems: [...state.openItems, forgotten(token.holder, event.by)],
      };
    case 'token.missing':
      if (!token) return undefined;
      return { ...state, token: undefined, openItems: [...state.openItems, missing(token.holder)] };
    case 'part.resumed':
      return pending || token ? state : undefined;
  }
}

/** What is open once the work ends: a share of which nobody here knows whether Vault has it. */
export function doubtsAtEnd({ pending, doubtful }: PartState): readonly string[] {
  return (pending ? withName(doubtful, pending.holder) : doubtful).map(
    (holder) =>
      `It is not known here whether Vault counted the share of ${holder}. The record of the ceremony tells; a token that nobody can read may exist if it was the last.`,
  );
}

const withName = (names: readonly string[], name: string): readonly string[] => [
  ...names.filter((one) => one !== name),
  name,
];

const unread =
  'The DR operation token of that attempt exists on the server, has no expiry, and perhaps nobody can read it.';

const forgotten = (holder: string, by: string): string =>
  `${by} had the encoded token forgotten that came with the share of ${holder}. ${unread}`;

const missing = (holder: string): string =>
  `The encoded token that came with the share of ${holder} is no longer in the keychain of this laptop. ${unread}`;
