import type { KeptBatchToken } from './batch-token.ts';
import { setupParts, type ShiftEvent } from './events.ts';
import { heldToken, type HeldToken, type ShiftState, type UnderWay } from './state.ts';
import { utcMoment } from '../report/instants.ts';

/** More than any shift looks after. */
const mostTokens = 200;

export interface RecordedShift {
  readonly seq: number;
  readonly at: string;
  readonly event: ShiftEvent;
}

export type ShiftStep =
  | { readonly ok: true; readonly state: ShiftState }
  | { readonly ok: false; readonly reason: string };

/** One step of the fold. `undefined` is the state before `shift.opened`. */
export function applyShift(state: ShiftState | undefined, record: RecordedShift): ShiftStep {
  const { event, at } = record;
  if (state === undefined) return event.type === 'shift.opened' ? opened(event, at) : notNow(event);
  if (state.phase === 'ended') return notNow(event);
  return within({ ...state, lastAt: at }, event, at);
}

function opened(event: Extract<ShiftEvent, { type: 'shift.opened' }>, at: string): ShiftStep {
  return to({
    phase: 'open',
    id: event.id,
    cluster: event.cluster,
    operator: event.operator,
    handedTo: undefined,
    keychain: event.keychain,
    openedAt: at,
    lastAt: at,
    names: event.names,
    setup: { policy: undefined, role: undefined },
    underWay: undefined,
    tokens: event.tokens.map(held),
    trouble: undefined,
    openItems: [],
    deviations: [],
  });
}

function within(state: ShiftState, event: ShiftEvent, at: string): ShiftStep {
  switch (event.type) {
    case 'shift.opened':
      return notNow(event);
    case 'note.added':
      return to(state);
    case 'names.set':
      return to({ ...state, names: event.names, setup: { policy: undefined, role: undefined } });
    case 'resumed':
      return to(resumed(state));

    case 'setup.checked': {
      const { found, name, differences } = event;
      const setup = { ...state.setup, [event.part]: { at, name, found, differences } };
      return to({ ...state, setup, trouble: undefined });
    }
    case 'setup.write.intended':
      if (state.underWay !== undefined) return notNow(event);
      return to({ ...state, underWay: { kind: 'write', part: event.part } });
    case 'setup.written':
    case 'setup.write.failed': {
      const { underWay } = state;
      if (underWay?.kind !== 'write' || underWay.part !== event.part) return notNow(event);
      const setup = { ...state.setup, [event.part]: undefined };
      const trouble = event.type === 'setup.write.failed' ? event.problem : undefined;
      return to({ ...state, setup, underWay: undefined, trouble });
    }

    case 'batch.issue.intended':
      if (state.underWay !== undefined) return notNow(event);
      return to({ ...state, underWay: { kind: 'issue', at, ttlSeconds: event.ttlSeconds } });
    case 'batch.issued':
      if (state.underWay?.kind !== 'issue' || event.about.source !== 'issued') return notNow(event);
      return withToken({ ...state, underWay: undefined, trouble: undefined }, event.about);
    case 'batch.issue.failed': {
      if (state.underWay?.kind !== 'issue') return notNow(event);
      const left = event.mayExistUntil === undefined ? [] : [unheld(event.mayExistUntil)];
      const openItems = [...state.openItems, ...left];
      return to({ ...state, underWay: undefined, trouble: event.problem, openItems });
    }
    case 'batch.pasted':
      return event.about.source === 'pasted' ? withToken(state, event.about) : notNow(event);

    case 'batch.checked':
      return changed(state, event, (token) => ({ ...token, checked: { ...event, at } }));
    case 'batch.tried':
      return changed(state, event, (token) => ({ ...token, tried: { ...event, at } }));
    case 'batch.warned':
      return changed(state, event, (token) =>
        token.warned.includes(event.warning)
          ? undefined
          : { ...token, warned: [...token.warned, event.warning] },
      );
    case 'batch.expired':
    case 'batch.missing':
    case 'batch.forgotten': {
      if (heldToken(state, event.token) === undefined) return notNow(event);
      return to({ ...state, tokens: state.tokens.filter(({ about }) => about.id !== event.token) });
    }

    case 'shift.ended':
      if (state.underWay !== undefined) return notNow(event);
      return to({
        ...state,
        phase: 'ended',
        handedTo: event.to,
        openItems: [...state.openItems, ...(event.to === undefined ? leftBehind(state) : [])],
      });
  }
}

/** After a crash the outcome of a call is not known. What that leaves behind is said once. */
function resumed(state: ShiftState): ShiftState {
  const openItems = [...state.openItems, ...leftBy(state.underWay)];
  return { ...state, underWay: undefined, openItems };
}

function leftBy(underWay: UnderWay | undefined): readonly string[] {
  if (underWay?.kind !== 'issue') return [];
  return [unheld(new Date(Date.parse(underWay.at) + underWay.ttlSeconds * 1000).toISOString())];
}

const unheld = (until: string): string =>
  `A batch token that nobody holds may be valid until ${utcMoment(until)}. It cannot be revoked: it ends by itself, or with its policy.`;

const leftBehind = ({ tokens }: ShiftState): readonly string[] =>
  tokens.map(
    ({ about }) =>
      `The batch token “${about.label}” stays in the keychain, and nobody looks after it${about.expiresAt === undefined ? '' : `; it ends at ${utcMoment(about.expiresAt)}`}.`,
  );

function withToken(state: ShiftState, about: KeptBatchToken): ShiftStep {
  if (heldToken(state, about.id) !== undefined)
    return { ok: false, reason: 'This batch token is on the record already.' };
  if (state.tokens.length >= mostTokens)
    return { ok: false, reason: `More than ${mostTokens} batch tokens.` };
  if (about.profileId !== state.cluster.profileId)
    return { ok: false, reason: 'This batch token belongs to another cluster.' };
  return to({ ...state, tokens: [...state.tokens, held(about)] });
}

function changed(
  state: ShiftState,
  event: Extract<ShiftEvent, { token: KeptBatchToken['id'] }>,
  change: (token: HeldToken) => HeldToken | undefined,
): ShiftStep {
  const token = heldToken(state, event.token);
  const next = token === undefined ? undefined : change(token);
  if (next === undefined) return notNow(event);
  const tokens = state.tokens.map((one) => (one === token ? next : one));
  return to({ ...state, tokens });
}

const held = (about: KeptBatchToken): HeldToken => ({
  about,
  checked: undefined,
  tried: undefined,
  warned: [],
});

/** Whether a shift's policy and role were both looked at and found as they should be. */
export const isSetUp = ({ setup }: ShiftState): boolean =>
  setupParts.every((part) => setup[part]?.differences.length === 0);

const to = (state: ShiftState): ShiftStep => ({ ok: true, state });

const notNow = (event: ShiftEvent): ShiftStep => ({
  ok: false,
  reason: `"${event.type}" cannot follow here.`,
});
