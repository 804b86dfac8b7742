import { describe, expect, test } from 'vitest';
import {
  afterItemIds,
  blockersOf,
  byWord,
  isActivated,
  itemsFor,
  type AfterEvent,
  type AfterItemId,
} from '../../../shared/ceremony/aftercare.ts';
import { afterByHand } from '../../../shared/ceremony/by-hand-aftercare.ts';
import { eventSchema, type CeremonyEvent } from '../../../shared/ceremony/events.ts';
import { fold } from '../../../shared/ceremony/fold.ts';
import { possible } from '../../../shared/ceremony/possible.ts';
import type { StateIn } from '../../../shared/ceremony/state.ts';
import { nodeAddressSchema } from '../../../shared/ids.ts';
import { sentenceOf } from '../../../shared/report/sentences.ts';
import { record, wholeCeremony } from '../../fakes/events.ts';

const node = nodeAddressSchema.parse('https://old.example:8200');
const promoted = wholeCeremony.slice(
  0,
  wholeCeremony.findIndex(({ type }) => type === 'promoted') + 1,
);
const settled = wholeCeremony.filter(({ type }) => type.startsWith('token.delete'));
const opening: AfterEvent = {
  type: 'after.opened',
  items: [...itemsFor(false, 1)],
  performance: ['Reports'],
};
const say = (item: AfterItemId, outcome: 'done' | 'waived' | 'open' = 'done'): AfterEvent => ({
  type: 'after.settled',
  item,
  outcome,
  by: 'Nadia',
  says: 'Seen to.',
});
const shown = (item: AfterItemId, ok = true): AfterEvent => ({
  type: 'after.checked',
  item,
  ok,
  says: 'The node says so.',
});
const intend = (call: 'demote' | 'activate' | 'attach' | 'follow'): AfterEvent => ({
  type: 'after.call.intended',
  call,
  node,
  by: 'Robin',
});
const accept = (call: 'demote' | 'activate' | 'attach'): AfterEvent => ({
  type: 'after.call.accepted',
  call,
  warnings: [],
});
const ready: readonly AfterEvent[] = [
  opening,
  say('snapshot', 'waived'),
  say('writes'),
  shown('demoted'),
  say('ports'),
  say('versions'),
];

const folded = (...events: readonly CeremonyEvent[]) =>
  fold(
    [...promoted, ...settled, ...events].map((event, at) =>
      record(at + 1, eventSchema.parse(event)),
    ),
  );
function after(...events: readonly AfterEvent[]): StateIn<'aftercare'> {
  const result = folded(...events);
  if (!result.ok) throw new Error(result.reason);
  if (result.state.phase !== 'aftercare') throw new Error(result.state.phase);
  return result.state;
}

describe('the checklist', () => {
  test('leaves out what a demotion before Promote has settled, and performance where there is none', () => {
    expect(itemsFor(false, 1)).toEqual(afterItemIds);
    const planned = itemsFor(true, 0);
    for (const gone of ['writes', 'demoted', 'performance'] as const)
      expect(planned).not.toContain(gone);
    expect(planned).toEqual(expect.arrayContaining(['snapshot', 'follows']));
  });

  test('no record without it has any of its events, and it opens once', () => {
    expect(folded(say('login')).ok).toBe(false);
    expect(folded(opening, opening).ok).toBe(false);
    expect(folded({ type: 'ceremony.ended', outcome: 'closed' })).toMatchObject({
      state: { openItems: [] },
    });
  });

  test('a person’s word counts only where no reading can show it; waiving needs a name', () => {
    for (const item of afterItemIds)
      expect(folded(opening, say(item)).ok, item).toBe(byWord.includes(item));
    for (const item of afterItemIds) expect(folded(opening, say(item, 'waived')).ok).toBe(true);
  });

  test('what the servers show later opens an item again', () => {
    const { after: list } = after(opening, shown('nodes'), shown('nodes', false));
    expect(list?.items.find(({ id }) => id === 'nodes')?.status).toBe('open');
  });

  test('the old primary is saved, demoted, and only then attached', () => {
    expect(folded(opening, intend('demote')).ok).toBe(false);
    expect(folded(opening, say('snapshot', 'waived'), intend('demote')).ok).toBe(true);
    expect(folded(...ready, intend('activate')).ok).toBe(true);
    for (const [place, event] of ready.entries()) {
      if (event === opening) continue;
      const without = [...ready.slice(0, place), ...ready.slice(place + 1)];
      expect(folded(...without, intend('activate')).ok, JSON.stringify(event)).toBe(false);
    }
    // A demotion that was waived is no demotion.
    const waived = ready.map((event) => (event === ready[3] ? say('demoted', 'waived') : event));
    expect(folded(...waived, intend('activate')).ok).toBe(false);
    const { after: list } = after(...waived);
    expect(list && blockersOf(list, 'attach')).toEqual(['demoted']);
  });

  test('an activation token attaches once, and every call has one outcome', () => {
    expect(folded(...ready, intend('attach')).ok).toBe(false);
    const activated = [...ready, intend('activate'), accept('activate')] as const;
    const { after: list } = after(...activated);
    expect(list && isActivated(list)).toBe(true);
    const attached = [...activated, intend('attach'), accept('attach')] as const;
    expect(folded(...attached).ok).toBe(true);
    expect(folded(...attached, intend('attach')).ok).toBe(false);
    expect(folded(...attached, accept('attach')).ok).toBe(false);
    expect(folded(...ready, intend('activate'), intend('follow')).ok).toBe(false);
  });

  test('while an outcome is missing nothing else is sent; the server can be read', () => {
    const commands = possible(after(...ready, intend('activate')));
    expect(commands).not.toContain('act-after');
    expect(commands).toEqual(expect.arrayContaining(['recheck', 'check-after', 'end']));
  });

  test('what is open at the end is on the record, and nothing else', () => {
    const all = [opening, ...afterItemIds.map((id) => say(id, 'waived'))];
    const end = { type: 'ceremony.ended', outcome: 'closed' } as const;
    expect(folded(...all, end)).toMatchObject({ state: { openItems: [] } });
    const one = folded(...all, say('fail-back', 'open'), end);
    expect(one).toMatchObject({
      state: { openItems: [expect.stringContaining('The fail-back is planned')] },
    });
  });

  test('each event is a sentence, and no command line holds a token', () => {
    for (const event of [...ready, intend('follow'), accept('demote')])
      expect(sentenceOf(event)).toMatch(/^[“A-Z].*[.]$/);
    const state = after(opening);
    for (const item of afterItemIds)
      for (const { vault, http } of afterByHand(item, state))
        expect(`${vault} ${http}`).not.toMatch(
          /(hv[sb]\.|dr_operation_token=(?!-)|token=[A-Za-z])/,
        );
  });
});
