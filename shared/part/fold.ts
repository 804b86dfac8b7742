import type { PartEvent } from './events.ts';
import { applyGiving, doubtsAtEnd } from './fold-giving.ts';
import type { PartState } from './state.ts';

export interface RecordedPart {
  readonly seq: number;
  readonly at: string;
  readonly event: PartEvent;
}

export type PartStep =
  | { readonly ok: true; readonly state: PartState }
  | { readonly ok: false; readonly reason: string };

/** One step of the fold. `undefined` is the state before `part.opened`. */
export function applyPart(state: PartState | undefined, { event }: RecordedPart): PartStep {
  if (state === undefined) return event.type === 'part.opened' ? opened(event) : notNow(event);
  if (state.phase === 'ended') return notNow(event);
  return within(state, event);
}

const opened = ({ id, cluster, role }: Extract<PartEvent, { type: 'part.opened' }>): PartStep =>
  to({
    phase: 'open',
    id,
    role: role ?? 'officer',
    cluster,
    invitation: undefined,
    sealedBy: [],
    comparedBy: [],
    pending: undefined,
    gave: [],
    counted: 0,
    gaveBefore: 0,
    doubtful: [],
    token: undefined,
    opened: undefined,
    otpMade: false,
    ended: undefined,
    deviations: [],
    openItems: [],
  });

function within(state: PartState, event: PartEvent): PartStep {
  const { invitation } = state;
  switch (event.type) {
    case 'part.opened':
      return notNow(event);

    case 'invitation.read': {
      // What is under way, and a token that is kept, are about the invitation that is there.
      if (state.pending || state.token) return notNow(event);
      const { type: _, ...read } = event;
      const same = invitation?.nonce === event.nonce;
      if (same) return to({ ...state, invitation: read });
      // Another attempt: what was given to the one before does not count in it.
      const { gave, gaveBefore } = state;
      const none = { comparedBy: [], gave: [], counted: 0, gaveBefore: gaveBefore + gave.length };
      return to({ ...state, invitation: read, ...none });
    }
    case 'signer.trusted': {
      if (invitation?.verdict !== 'signer-unknown' || invitation.signer !== event.signer)
        return notNow(event);
      const deviation = {
        what: `A signer that this laptop did not know, ${event.signer.slice(0, 16)}, was taken as ${event.operator}’s.`,
        why: `${event.comparedBy} compared every word of its fingerprint by voice.`,
        agreedBy: event.agreedBy,
      };
      return to({ ...state, deviations: [...state.deviations, deviation] });
    }
    case 'share.sealed': {
      if (invitation?.verdict !== 'good' || invitation.ceremony !== event.ceremony)
        return notNow(event);
      const others = state.sealedBy.filter((holder) => holder !== event.holder);
      return to({ ...state, sealedBy: [...others, event.holder] });
    }
    case 'sealed-share.checked':
    case 'note.added':
      return to(state);

    case 'words.compared':
    case 'share.intended':
    case 'share.accepted':
    case 'share.refused':
    case 'share.unknown':
    case 'share.reread':
    case 'round.began':
    case 'token.kept':
    case 'token.offered':
    case 'token.handed':
    case 'token.forgotten':
    case 'token.missing':
    case 'part.resumed': {
      const next = applyGiving(state, event);
      return next ? to(next) : notNow(event);
    }

    case 'secret.opened':
      return to({ ...state, opened: event.what });
    case 'secret.open.failed':
      return to(state);
    case 'secret.shown':
    case 'secret.encrypted':
      if (state.opened !== event.what) return notNow(event);
      return to({ ...state, openItems: openItemsWith(state, event.what) });

    case 'token.sealed':
      // It goes back to its ceremony: deleting it on the server is on that record.
      return state.opened === 'token' &&
        invitation?.verdict === 'good' &&
        invitation.ceremony === event.ceremony
        ? to(state)
        : notNow(event);

    case 'otp.made':
      return to({ ...state, otpMade: true });
    case 'otp.shown':
      return state.otpMade ? to(state) : notNow(event);

    case 'part.ended':
      if (state.token) return notNow(event);
      return to({
        ...state,
        phase: 'ended',
        ended: event.why,
        openItems: [...state.openItems, ...doubtsAtEnd(state)],
      });
  }
}

/** A token that left this laptop is somebody's to delete; said once, however often it left. */
function openItemsWith({ openItems }: PartState, what: 'token' | 'share'): readonly string[] {
  return what === 'share' || openItems.includes(tokenLeft) ? openItems : [...openItems, tokenLeft];
}

const tokenLeft =
  'A DR operation token left this desk. It never expires: whoever has it deletes it on the server when its work is done.';

const to = (state: PartState): PartStep => ({ ok: true, state });

const notNow = (event: PartEvent): PartStep => ({
  ok: false,
  reason: `"${event.type}" cannot follow here.`,
});
