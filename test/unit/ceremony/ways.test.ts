import { describe, expect, test } from 'vitest';
import { doorItem, openDoors } from '../../../shared/ceremony/door.ts';
import type { CeremonyEvent } from '../../../shared/ceremony/events.ts';
import { apply, endings, fold, leftOpen } from '../../../shared/ceremony/fold.ts';
import { faultOfRoster } from '../../../shared/ceremony/in-force.ts';
import { possible } from '../../../shared/ceremony/possible.ts';
import type { CeremonyState, Preflight } from '../../../shared/ceremony/state.ts';
import { hasExpired, usableTokens, wayByFacts } from '../../../shared/ceremony/ways.ts';
import { batchTokenIdSchema, type BatchTokenId } from '../../../shared/shift/batch-token.ts';
import {
  batchToken,
  everyEvent,
  opened,
  probed,
  problem,
  record,
  wholeCeremony,
  wholeWithBatchToken,
} from '../../fakes/events.ts';

const idOf = (text: string): BatchTokenId => batchTokenIdSchema.parse(text);
const stateOf = (events: readonly CeremonyEvent[]): CeremonyState => {
  const folded = fold(events.map((event, place) => record(place + 1, event)));
  if (!folded.ok) throw new Error(`${folded.seq}: ${folded.reason}`);
  return folded.state;
};
const upTo = (
  type: CeremonyEvent['type'],
  from: readonly CeremonyEvent[] = wholeWithBatchToken,
): readonly CeremonyEvent[] => from.slice(0, from.findIndex((event) => event.type === type) + 1);
const follows = (state: CeremonyState, event: CeremonyEvent): boolean =>
  apply(state, record(state.lastSeq + 1, event)).ok;

const facts = (more: Partial<Preflight> = {}): Preflight => ({
  at: '2026-11-23T03:15:00.000Z',
  findings: [],
  required: 3,
  primary: 'not-visible',
  tokenNeeded: false,
  ...more,
});
const asked = facts({ tokenNeeded: true, required: undefined });
const refused = (way: 'batch-token' | 'ceremony', id?: BatchTokenId) => ({
  way,
  problem,
  at: '2026-11-23T03:15:00.000Z',
  batchToken: id,
});

describe('the way by facts', () => {
  const later = {
    ...batchToken,
    id: idOf('bbbbbbbbbbbb'),
    label: 'Day shift',
    expiresAt: '2026-11-23T09:00:00.000Z',
  };
  const unknown = { id: idOf('cccccccccccc'), label: 'Pasted' };

  test('is A while a batch token is kept that was not refused, then B, then C', () => {
    const of = (...given: Parameters<typeof wayByFacts>) => wayByFacts(...given).way;
    expect(of(facts(), [batchToken], [])).toBe('batch-token');
    expect(of(facts(), [], [])).toBe('ceremony');
    expect(of(facts(), [batchToken], [refused('batch-token', batchToken.id)])).toBe('ceremony');
    expect(of(asked, [], [])).toBe('ceremony');
    expect(of(asked, [], [refused('ceremony')])).toBe('break-glass');
    // A token came to hand after all, and the server took it.
    expect(of(facts({ tokenNeeded: true }), [], [refused('ceremony')])).toBe('ceremony');
  });

  test('names the longest-lived token, one whose expiry is unknown last, and a second after a refusal', () => {
    const kept = [unknown, batchToken, later];
    expect(usableTokens(kept, []).map(({ id }) => id)).toEqual([
      'bbbbbbbbbbbb',
      batchToken.id,
      'cccccccccccc',
    ]);
    expect(wayByFacts(facts(), kept, []).why).toContain('Day shift');
    expect(wayByFacts(facts(), kept, [refused('batch-token', idOf('bbbbbbbbbbbb'))]).why).toContain(
      'Night shift',
    );
  });

  test('a token has expired at its last millisecond, and one of unknown expiry has not', () => {
    const end = Date.parse('2026-11-23T08:00:00.000Z');
    expect(hasExpired(batchToken, end - 1)).toBe(false);
    expect(hasExpired(batchToken, end)).toBe(true);
    expect(hasExpired(unknown, end)).toBe(false);
  });
});

describe('with a batch token', () => {
  test('the ceremony needs no attempt, deletes nothing, and ends closed', () => {
    const state = stateOf(wholeWithBatchToken);
    expect(state).toMatchObject({
      phase: 'ended',
      outcome: 'closed',
      promoted: true,
      openItems: [],
    });
    const aftercare = stateOf(upTo('promoted'));
    expect('token' in aftercare).toBe(false);
    expect(endings(aftercare)).toEqual(['closed']);
    expect(leftOpen(aftercare)).toBeUndefined();
  });

  test('leaving out any step that matters makes a later one impossible', () => {
    for (const type of [
      'way.chosen',
      'roster.set',
      'batch-token.armed',
      'fencing.stated',
      'promote.intended',
    ])
      expect(
        fold(
          wholeWithBatchToken
            .map((event, n) => record(n + 1, event))
            .filter(({ event }) => event.type !== type),
        ).ok,
        type,
      ).toBe(false);
  });

  test('neither credential can be named for the other', () => {
    const armed = stateOf(upTo('fencing.stated'));
    const ofCeremony = wholeCeremony.find(({ type }) => type === 'promote.intended');
    const ofBatch = wholeWithBatchToken.find(({ type }) => type === 'promote.intended');
    if (!ofCeremony || !ofBatch) throw new Error('no promote');
    expect(follows(armed, ofCeremony)).toBe(false);
    expect(follows(armed, ofBatch)).toBe(true);
    const decoded = stateOf(upTo('fencing.stated', wholeCeremony));
    expect(follows(decoded, ofBatch)).toBe(false);
    expect(follows(decoded, ofCeremony)).toBe(true);
  });

  test('an attempt of somebody else does not stop it, and stops the ceremony that follows', () => {
    const stop = { id: 'attempt', level: 'stop', what: 'x', why: 'x', todo: 'x' } as const;
    const stopped = [...upTo('preflight.checked')].map((event) =>
      event.type === 'preflight.checked' ? { ...event, findings: [stop] } : event,
    );
    expect(stateOf(stopped).phase).toBe('preflight');
    const chosen: CeremonyEvent = { type: 'way.chosen', way: 'batch-token', why: 'One is kept.' };
    expect(stateOf([...stopped, chosen]).phase).toBe('roster');
    const fell: CeremonyEvent = { type: 'way.refused', way: 'batch-token', problem };
    expect(stateOf([...stopped, chosen, fell]).phase).toBe('preflight');
  });

  test('a refused token leads to the next way, whose start waits for key holders', () => {
    const fell = [
      ...upTo('promote.intended'),
      { type: 'promote.refused', problem },
      { type: 'way.refused', way: 'batch-token', problem, batchToken: batchToken.id },
      { type: 'way.chosen', way: 'ceremony', why: 'No other is kept.' },
    ] as const;
    const state = stateOf(fell);
    if (state.phase !== 'ready') throw new Error(state.phase);
    expect(state.refusedWays).toMatchObject([{ batchToken: batchToken.id }]);
    expect(possible(state)).not.toContain('start');
    expect(faultOfRoster(state, state.roster)).toContain('No key holder');
  });

  test('two people are needed, and a reply that was lost still lets people take the ceremony', () => {
    const state = stateOf(upTo('roster.set'));
    if (state.phase !== 'ready') throw new Error(state.phase);
    expect(faultOfRoster(state, { operator: 'Robin', holders: [] })).toContain('second person');
    const doubt = stateOf([...upTo('promote.intended'), { type: 'promote.unknown', problem }]);
    expect(possible(doubt)).toContain('choose-way');
    const byHand = { type: 'way.chosen', way: 'ceremony', why: 'It expired.', by: 'Wim' } as const;
    const next = apply(doubt, record(doubt.lastSeq + 1, byHand));
    expect(next).toMatchObject({ ok: true, state: { phase: 'ready' } });
    if (next.ok) expect(next.state.deviations).toHaveLength(1);
  });
});

describe('the door', () => {
  const [node] = opened.cluster.nodes;
  if (!node) throw new Error('no node');
  const chosen: CeremonyEvent = { type: 'way.chosen', way: 'break-glass', why: 'Nobody has one.' };
  const opening = [
    ...upTo('preflight.checked'),
    chosen,
    { type: 'door.opened', by: 'Sasha' },
  ] as const;
  const closed: CeremonyEvent = { type: 'door.closed', by: 'Sasha' };
  const end: CeremonyEvent = { type: 'ceremony.ended', outcome: 'cancelled' };
  const vouched: CeremonyEvent = { type: 'door.vouched', node, by: 'Sasha', how: 'Read the file.' };
  const openIn = (...more: readonly CeremonyEvent[]) =>
    openDoors(stateOf([...opening, ...more])).length;

  test('counts as open from the moment it was asked for, until it was closed and refuses', () => {
    expect(openIn()).toBe(1);
    // It refuses because it was not told yet: the line may be in its file.
    expect(openIn(probed('refuses-permission'))).toBe(1);
    expect(openIn(closed)).toBe(1);
    expect(openIn(closed, probed('answers'))).toBe(1);
    expect(openIn(closed, probed('other'))).toBe(1);
    expect(openIn(closed, probed('refuses-permission'))).toBe(0);
    // Two of three families refuse: that proves nothing.
    const two = probed('refuses-permission');
    expect(openIn(closed, { ...two, families: two.families.slice(0, 2) })).toBe(1);
  });

  test('is vouched for where the node proves nothing, never where it answers', () => {
    expect(openIn(closed, probed('other'), vouched)).toBe(0);
    expect(follows(stateOf([...opening, closed, probed('answers')]), vouched)).toBe(false);
    expect(follows(stateOf([...opening, closed]), vouched)).toBe(false);
    expect(follows(stateOf([...opening, probed('other')]), vouched)).toBe(false);
  });

  test('is the only thing that may follow the end, and settles its open item', () => {
    const over = stateOf([...opening, end]);
    expect(over).toMatchObject({ phase: 'ended', openItems: [doorItem] });
    expect(possible(over)).toEqual(['probe-door', 'close-door']);
    for (const event of everyEvent(over, 1))
      if (follows(over, event)) expect(event.type).toMatch(/^door\./);
    const shut = stateOf([...opening, end, closed, probed('refuses-permission')]);
    expect(shut).toMatchObject({ phase: 'ended', openItems: [] });
    expect(possible(shut)).toEqual([]);
    for (const event of everyEvent(shut, 1)) expect(follows(shut, event), event.type).toBe(false);
  });

  test('closed before Promote, or put off by name: Promote waits for one of them', () => {
    const [, , ...rest] = wholeCeremony;
    const fenced = [
      ...opening,
      ...rest.slice(0, rest.findIndex((e) => e.type === 'fencing.stated') + 1),
    ];
    expect(possible(stateOf(fenced))).not.toContain('promote');
    const putOff: CeremonyEvent = { type: 'door.put-off', by: 'Robin', why: 'On the road.' };
    expect(possible(stateOf([...fenced, putOff]))).toContain('promote');
    expect(possible(stateOf([...fenced, closed, probed('refuses-permission')]))).toContain(
      'promote',
    );
  });

  test('is asked for on break glass only', () => {
    const before = stateOf(upTo('preflight.checked'));
    expect(follows(before, { type: 'door.opened', by: 'Sasha' })).toBe(false);
  });
});
