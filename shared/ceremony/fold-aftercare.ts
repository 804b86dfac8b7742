import {
  blockersOf,
  byWord,
  callUnderWay,
  isActivated,
  snapshotSays,
  type Aftercare,
  type AfterCall,
  type AfterEvent,
  type AfterItem,
  type AfterItemId,
  type CallMade,
} from './aftercare.ts';
import { demotedHere } from './fencing.ts';
import type { CeremonyState, StateIn } from './state.ts';
import { notNow, refuse, to, type Step } from './step.ts';

type Of<T extends AfterEvent['type']> = Extract<AfterEvent, { type: T }>;

/** The checklist after the promotion. Its calls have an intent and one outcome each. */
export function applyToAftercare(state: CeremonyState, event: AfterEvent, at: string): Step {
  if (state.phase !== 'aftercare') return notNow(state, event);
  if (event.type === 'after.opened') {
    if (state.after) return notNow(state, event);
    // What was taken before a demotion from here is what the old primary held at the end.
    const before = demotedHere(state) ? state.snapshot : undefined;
    const items = event.items.map((id) =>
      id === 'snapshot' && before ? { ...fresh(id), ...before } : fresh(id),
    );
    const after = { items, performance: event.performance, calls: {}, activations: 0 };
    return to({ ...state, after });
  }
  const { after } = state;
  if (!after) return notNow(state, event);
  switch (event.type) {
    case 'after.checked': {
      const { item, ok, says } = event;
      return onItem(state, after, item, {
        status: ok ? 'done' : 'open',
        says,
        by: undefined,
        at,
      });
    }
    case 'after.settled': {
      const { item, outcome, by, says } = event;
      if (outcome === 'done' && !byWord.includes(item))
        return refuse('This item is shown by the servers, or waived by name and reason.');
      return onItem(state, after, item, { status: outcome, says, by, at });
    }
    case 'after.snapshot.kept':
      return onItem(state, after, 'snapshot', {
        status: 'done',
        says: snapshotSays(event),
        by: undefined,
        at,
      });
    case 'after.call.intended':
      return intend(state, after, event, at);
    case 'after.call.accepted':
      return conclude(state, after, event.call, { outcome: 'accepted', problem: undefined });
    case 'after.call.failed':
      return conclude(state, after, event.call, { outcome: 'failed', problem: event.problem });
    case 'after.call.unknown':
      return conclude(state, after, event.call, { outcome: 'unknown', problem: event.problem });
  }
}

function intend(
  state: StateIn<'aftercare'>,
  after: Aftercare,
  event: Of<'after.call.intended'>,
  at: string,
): Step {
  if (callUnderWay(after)) return refuse('The outcome of the call before is not known yet.');
  if (blockersOf(after, event.call).length > 0)
    return refuse('Something that comes before this call is still open.');
  if (event.call === 'attach' && !isActivated(after))
    return refuse('There is no activation token that was not used.');
  const { node, by, secondaryId } = event;
  const made: CallMade = { node, by, at, secondaryId, outcome: 'under-way', problem: undefined };
  const activations = after.activations + (event.call === 'activate' ? 1 : 0);
  const calls = { ...after.calls, [event.call]: made };
  return to({ ...state, after: { ...after, calls, activations } });
}

function conclude(
  state: StateIn<'aftercare'>,
  after: Aftercare,
  call: AfterCall,
  change: Pick<CallMade, 'outcome' | 'problem'>,
): Step {
  const made = after.calls[call];
  if (made?.outcome !== 'under-way') return refuse('No such call is under way.');
  const calls = { ...after.calls, [call]: { ...made, ...change } };
  return to({ ...state, after: { ...after, calls } });
}

function onItem(
  state: StateIn<'aftercare'>,
  after: Aftercare,
  id: AfterItemId,
  change: Omit<AfterItem, 'id'>,
): Step {
  if (!after.items.some((one) => one.id === id)) return refuse('No such item is on the list.');
  const items = after.items.map((one) => (one.id === id ? { id, ...change } : one));
  return to({ ...state, after: { ...after, items } });
}

const fresh = (id: AfterItemId): AfterItem => ({
  id,
  status: 'open',
  says: undefined,
  by: undefined,
  at: undefined,
});
