import { openChecks, stepOfEvent } from '../script/steps.ts';
import type { CeremonyEvent, EventOf, Recorded } from './events.ts';
import { baseOf } from './base.ts';
import { stands } from './consent.ts';
import { doorItem, openDoors, type DoorEvent } from './door.ts';
import { openItemOf } from './aftercare.ts';
import { applyToAftercare } from './fold-aftercare.ts';
import { applyToAttempt } from './fold-attempt.ts';
import { applyToDoor } from './fold-door.ts';
import { applyToPreflight } from './fold-preflight.ts';
import { applyToPromotion } from './fold-promotion.ts';
import { applyToScript } from './fold-script.ts';
import { applyToToken } from './fold-token.ts';
import { applyToWay, placeBefore } from './fold-way.ts';
import { applyToUnseal } from './fold-unseal.ts';
import { belongsTo, tokenWords } from './purpose.ts';
import { notNow, refuse, type Step } from './step.ts';
import { allSettled } from './unseal.ts';
import type { CeremonyState } from './state.ts';

export type Folded =
  | { readonly ok: true; readonly state: CeremonyState }
  | { readonly ok: false; readonly seq: number; readonly reason: string };

/**
 * The state a list of events adds up to, or the first event that cannot follow those before it.
 * Total: any list gives one or the other, never an exception.
 */
export function fold(records: readonly Recorded[]): Folded {
  let state: CeremonyState | undefined;
  for (const record of records) {
    const next = apply(state, record);
    if (!next.ok) return { ok: false, seq: record.seq, reason: next.reason };
    state = next.state;
  }
  return state ? { ok: true, state } : { ok: false, seq: 0, reason: 'The record is empty.' };
}

/** One step of the fold. `undefined` is the state before `ceremony.opened`. */
export function apply(state: CeremonyState | undefined, record: Recorded): Step {
  const { event, at, seq } = record;
  if (!state) {
    if (event.type !== 'ceremony.opened') return notNow(undefined, event);
    return {
      ok: true,
      state: {
        phase: 'preflight',
        id: event.id,
        purpose: event.purpose,
        cluster: event.cluster,
        openedAt: at,
        keychain: event.keychain,
        lastSeq: seq,
        lastAt: at,
        script: undefined,
        checks: [],
        signedOff: {},
        pin: undefined,
        signingKey: undefined,
        agreedSeq: seq,
        notes: [],
        deviations: [],
        openItems: [],
        alarm: undefined,
        way: undefined,
        refusedWays: [],
        door: undefined,
        primary: undefined,
        demotion: undefined,
        snapshot: undefined,
        trusted: [],
        claim: undefined,
        preflight: undefined,
        roster: undefined,
      },
    };
  }
  const now = { ...state, lastSeq: seq, lastAt: at };
  if (!belongsTo(state.purpose, event.type)) return notNow(now, event);
  if (isDoorEvent(event)) return agreedAfter(applyToDoor(now, event, at), record);
  return now.phase === 'ended'
    ? notNow(now, event)
    : agreedAfter(applyWithin(now, event, at), record);
}

/** What was agreed to at Promote stands until an event changes it. */
const agreedAfter = (step: Step, { seq, event }: Recorded): Step =>
  !step.ok || stands(event.type) ? step : { ok: true, state: { ...step.state, agreedSeq: seq } };

const isDoorEvent = (event: CeremonyEvent): event is DoorEvent => event.type.startsWith('door.');

function applyWithin(
  state: CeremonyState,
  event: Exclude<CeremonyEvent, DoorEvent>,
  at: string,
): Step {
  const step = stepOfEvent(state, event.type);
  if (step && openChecks(state, step).length > 0)
    return refuse(`A required check of the script at "${step}" is not done.`);
  switch (event.type) {
    case 'ceremony.opened':
      return notNow(state, event);

    case 'cluster.changed':
      if (state.phase !== 'preflight' && state.phase !== 'roster' && state.phase !== 'ready')
        return notNow(state, event);
      return { ok: true, state: { ...state, cluster: event.cluster } };

    case 'preflight.checked': {
      if (state.phase !== 'preflight' && state.phase !== 'roster' && state.phase !== 'ready')
        return notNow(state, event);
      const { type: _, ...checked } = event;
      const preflight = { ...checked, at };
      const roster = 'roster' in state ? state.roster : undefined;
      const seen = { seen: event.primary, at };
      const failover = state.purpose === 'dr-operation-token';
      const base = { ...baseOf(state), ...(failover ? { primary: seen } : {}) };
      return { ok: true, state: placeBefore(base, preflight, roster) };
    }

    case 'roster.set':
      if (state.phase !== 'roster' && state.phase !== 'ready') return notNow(state, event);
      return {
        ok: true,
        state: {
          ...baseOf(state),
          phase: 'ready',
          preflight: state.preflight,
          roster: event.roster,
          trouble: undefined,
          cancelled: false,
        },
      };

    case 'way.chosen':
    case 'way.refused':
    case 'batch-token.armed':
      return applyToWay(state, event, at);

    case 'script.adopted':
    case 'check.done':
    case 'check.set-aside':
    case 'step.signed-off':
    case 'pin.set':
    case 'pin.refused':
    case 'signing-key.set':
    case 'signature.refused':
      return applyToScript(state, event, at);

    case 'attempt.start.intended':
    case 'attempt.started':
    case 'attempt.start.failed':
    case 'attempt.key-differs':
    case 'otp.shown':
    case 'otp.restored':
    case 'nonce.confirmed':
    case 'share.intended':
    case 'share.accepted':
    case 'share.refused':
    case 'share.not-counted':
    case 'share.unknown':
    case 'share.elsewhere':
    case 'share.elsewhere.named':
    case 'round.failed':
    case 'attempt.superseded':
    case 'attempt.gone':
    case 'attempt.returned':
    case 'attempt.cancel.intended':
    case 'attempt.cancel.failed':
    case 'attempt.cancelled':
    case 'token.encoded.kept':
    case 'token.encoded.taken':
      return applyToAttempt(state, event, at);

    case 'primary.seen':
    case 'primary.demote.intended':
    case 'primary.demote.accepted':
    case 'primary.demote.failed':
    case 'primary.demote.unknown':
    case 'primary.demoted':
    case 'primary.snapshot.kept':
    case 'certificate.trusted':
    case 'found.claimed':
    case 'attempt.joined':
    case 'token.encoded.shown':
    case 'token.encoded.exported':
      return applyToPreflight(state, event, at);

    case 'found.cancel.intended':
    case 'found.cancel.failed':
      return mayCancelFound(state) ? { ok: true, state } : notNow(state, event);

    case 'found.cancelled': {
      if (!mayCancelFound(state)) return notNow(state, event);
      const deviation = {
        at,
        what: `An attempt that was found on the server (nonce ${event.nonce}) was cancelled.`,
        why: event.why,
        agreedBy: event.by,
      };
      const claim = state.claim?.nonce === event.nonce ? undefined : state.claim;
      return { ok: true, state: { ...state, claim, deviations: [...state.deviations, deviation] } };
    }

    case 'token.decode.failed':
    case 'token.decoded':
    case 'token.delete.intended':
    case 'token.delete.failed':
    case 'token.deleted':
    case 'token.shown':
    case 'token.stored':
    case 'token.left':
    case 'token.lost':
      return applyToToken(state, event, at);

    case 'unseal.begun':
    case 'unseal.read':
    case 'unseal.share.intended':
    case 'unseal.share.accepted':
    case 'unseal.share.refused':
    case 'unseal.share.unknown':
    case 'unseal.round.failed':
    case 'unseal.done':
    case 'unseal.reset.intended':
    case 'unseal.reset.done':
    case 'unseal.reset.failed':
    case 'unseal.waived':
      return applyToUnseal(state, event, at);

    case 'fencing.stated':
    case 'promote.intended':
    case 'promote.accepted':
    case 'promote.refused':
    case 'promote.unknown':
    case 'watch.observed':
    case 'promoted':
      return applyToPromotion(state, event, at);

    case 'after.opened':
    case 'after.checked':
    case 'after.settled':
    case 'after.call.intended':
    case 'after.call.accepted':
    case 'after.call.failed':
    case 'after.call.unknown':
    case 'after.snapshot.kept':
      return applyToAftercare(state, event, at);

    case 'primary.alarm':
      return { ok: true, state: { ...state, alarm: event.node } };

    case 'primary.alarm.over': {
      if (state.alarm !== event.node) return notNow(state, event);
      const item = `${event.node} answered as an active primary after the promotion. What clients wrote there since is in no other cluster: its administrator looks for it before it is attached again.`;
      const openItems = state.openItems.includes(item)
        ? state.openItems
        : [...state.openItems, item];
      return { ok: true, state: { ...state, alarm: undefined, openItems } };
    }

    case 'note.added':
      return {
        ok: true,
        state: { ...state, notes: [...state.notes, { at, by: event.by, note: event.note }] },
      };

    case 'deviation.recorded': {
      const { type: _, ...deviation } = event;
      return {
        ok: true,
        state: { ...state, deviations: [...state.deviations, { at, ...deviation }] },
      };
    }

    case 'invitation.made':
      return state.phase === 'collecting' || state.phase === 'complete'
        ? { ok: true, state }
        : notNow(state, event);

    case 'self-test.recorded':
    case 'interrupted':
    case 'resumed':
      return { ok: true, state };

    case 'ceremony.ended': {
      const open = leftOpen(state);
      const fits = event.left
        ? event.outcome === 'left' && open !== undefined
        : endings(state).includes(event.outcome);
      if (!fits) return notNow(state, event);
      const item =
        event.left && `${open ?? ''} Left as it is by ${event.left.by}: ${event.left.why}`;
      return {
        ok: true,
        state: {
          ...baseOf(state),
          openItems: [
            ...state.openItems,
            ...(item ? [item] : []),
            ...openAfter(state),
            ...(openDoors(state).length > 0 ? [doorItem] : []),
          ],
          phase: 'ended',
          outcome: event.outcome,
          promoted: state.phase === 'aftercare',
        },
      };
    }
  }
}

/** What of the checklist is open, as the record lists it at the end. */
const openAfter = (state: CeremonyState): readonly string[] =>
  state.phase === 'aftercare' && state.after
    ? state.after.items.filter(({ status }) => status === 'open').map(openItemOf)
    : [];

/** The ways a ceremony in this state may end. Empty: something on the server must be settled first. */
export function endings(state: CeremonyState): readonly EventOf<'ceremony.ended'>['outcome'][] {
  switch (state.phase) {
    case 'preflight':
    case 'roster':
    case 'ready':
    case 'armed':
      return ['cancelled'];
    case 'superseded':
      return ['superseded'];
    case 'gone':
      return ['gone'];
    case 'decoded':
      return settled(state.token.fate.kind) ? ['abandoned'] : [];
    case 'in-hand':
      return settled(state.token.fate.kind) ? ['closed'] : [];
    case 'unsealing':
      return allSettled(state.nodes) ? ['closed'] : [];
    case 'aftercare':
      return !('token' in state) || settled(state.token.fate.kind) ? ['closed'] : [];
    case 'starting':
    case 'collecting':
    case 'complete':
    case 'promoting':
    case 'watching':
    case 'ended':
      return [];
  }
}

/** Where an attempt that is not ours can stand in the way. */
export const mayCancelFound = (state: CeremonyState): boolean =>
  state.phase === 'preflight' ||
  state.phase === 'ready' ||
  state.phase === 'starting' ||
  state.phase === 'superseded' ||
  state.phase === 'gone';

/** What would stay open on the server if the ceremony were left now; `undefined` where nothing would. */
export function leftOpen(state: CeremonyState): string | undefined {
  switch (state.phase) {
    case 'starting':
    case 'collecting':
      return 'An attempt may still be open on the server.';
    case 'complete':
      return `A ${tokenWords(state.purpose)} without expiry exists, and it was not decoded.`;
    case 'decoded':
      return settled(state.token.fate.kind)
        ? undefined
        : 'The DR operation token was not deleted on the server.';
    case 'in-hand':
      return settled(state.token.fate.kind)
        ? undefined
        : 'The root token was not revoked on the server.';
    case 'unsealing':
      return allSettled(state.nodes) ? undefined : 'Not every node was seen unsealed.';
    case 'promoting':
    case 'watching':
      return 'token' in state
        ? 'Promote was sent, and nobody saw the cluster come back. The DR operation token was not deleted.'
        : 'Promote was sent, and nobody saw the cluster come back.';
    case 'aftercare':
      return !('token' in state) || settled(state.token.fate.kind)
        ? undefined
        : 'The DR operation token was not deleted on the server.';
    default:
      return undefined;
  }
}

const settled = (fate: string): boolean => fate === 'deleted' || fate === 'left' || fate === 'lost';
