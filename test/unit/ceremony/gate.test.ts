import { describe, expect, test } from 'vitest';
import type { CeremonyEvent, EventOf } from '../../../shared/ceremony/events.ts';
import { besideActive, primaryToSettle, saidWhyActive } from '../../../shared/ceremony/fencing.ts';
import type { PrimarySeen } from '../../../shared/ceremony/findings.ts';
import { digestSchema } from '../../../shared/ids.ts';
import { fold } from '../../../shared/ceremony/fold.ts';
import { possible } from '../../../shared/ceremony/possible.ts';
import type { CeremonyState } from '../../../shared/ceremony/state.ts';
import { claim, nonces, opened, problem, record, wholeCeremony } from '../../fakes/events.ts';

const folded = (events: readonly CeremonyEvent[]) =>
  fold(events.map((event, place) => record(place + 1, event)));
const stateOf = (events: readonly CeremonyEvent[]): CeremonyState => {
  const result = folded(events);
  if (!result.ok) throw new Error(`${result.seq}: ${result.reason}`);
  return result.state;
};
const before = (type: CeremonyEvent['type']): CeremonyEvent[] =>
  wholeCeremony.slice(
    0,
    wholeCeremony.findIndex((event) => event.type === type),
  );
const node = opened.cluster.nodes[0];
if (!node) throw new Error('no node');

const promote = (primary?: PrimarySeen): EventOf<'promote.intended'> => ({
  type: 'promote.intended',
  server: { node, mode: 'secondary' },
  clusterNameTyped: 'Payments DR',
  operator: 'Robin',
  secondPerson: 'Wim',
  secondPersonProof: 'name typed, not authenticated',
  ...(primary ? { primary } : {}),
});
const fencing = (primary: PrimarySeen, reason?: string): CeremonyEvent => ({
  type: 'fencing.stated',
  fencing: {
    primary,
    how: 'powered off',
    confirmedBy: 'Nadia',
    ...(reason ? { reason } : {}),
  },
});
const demotion: readonly CeremonyEvent[] = [
  { type: 'primary.demote.intended', node, by: 'Robin', secondPerson: 'Wim' },
  { type: 'primary.demote.accepted', warnings: [] },
];
const demoted: CeremonyEvent = { type: 'primary.demoted', node, mode: 'secondary' };

describe('promote is no possible event', () => {
  const decoded = before('fencing.stated');

  test('without a fencing statement', () => {
    expect(folded([...decoded, promote('not-visible')]).ok).toBe(false);
    expect(possible(stateOf(decoded))).not.toContain('promote');
  });

  test('while the primary answers as active, unless the statement gives the reason', () => {
    const stated = [...decoded, fencing('not-visible')];
    expect(folded([...stated, promote('not-visible')]).ok).toBe(true);
    expect(folded([...stated, promote('answers-as-active')])).toMatchObject({ ok: false });
    const reasoned = [...decoded, fencing('answers-as-active', 'Its storage is lost.')];
    expect(folded([...reasoned, promote('answers-as-active')]).ok).toBe(true);
  });

  test('nor in a record without the look before promote: the statement tells', () => {
    const active = [...decoded, fencing('answers-as-active')];
    expect(folded([...active, promote()]).ok).toBe(false);
    expect(folded([...decoded, fencing('not-visible'), promote()]).ok).toBe(true);
  });

  test('but a primary that was demoted from here needs no statement, until it is active again', () => {
    const without = [...decoded, ...demotion];
    expect(folded([...without, promote('answers-otherwise')]).ok).toBe(false);
    expect(possible(stateOf([...without, demoted]))).toContain('promote');
    expect(folded([...without, demoted, promote('answers-otherwise')]).ok).toBe(true);
    expect(folded([...without, demoted, promote('answers-as-active')]).ok).toBe(false);
  });
});

describe('beside an active primary', () => {
  const ready = before('attempt.start.intended');
  const seen = (primary: PrimarySeen): CeremonyEvent => ({ type: 'primary.seen', primary });
  const active = [...ready, seen('answers-as-active')];

  test('nobody goes on before it is demoted, or the reason is on the record', () => {
    expect(primaryToSettle(stateOf(ready))).toBe(false);
    expect(primaryToSettle(stateOf(active))).toBe(true);
    expect(primaryToSettle(stateOf([...active, ...demotion]))).toBe(true);
    expect(primaryToSettle(stateOf([...active, ...demotion, demoted]))).toBe(false);
    const again = [...active, ...demotion, demoted, seen('answers-as-active')];
    expect(primaryToSettle(stateOf(again))).toBe(true);
    const reason: CeremonyEvent = {
      type: 'deviation.recorded',
      what: besideActive,
      why: 'Its storage is read-only.',
      agreedBy: 'Nadia',
    };
    expect(primaryToSettle(stateOf([...active, reason]))).toBe(false);
    expect(saidWhyActive(stateOf([...active, reason]))?.why).toBe('Its storage is read-only.');
  });

  test('a snapshot taken before the demotion is the one on the checklist; a later one is not taken', () => {
    const kept: CeremonyEvent = {
      type: 'primary.snapshot.kept',
      node,
      file: '/backup/old.snap',
      sha256: digestSchema.parse('c'.repeat(64)),
      bytes: 4_213,
    };
    expect(possible(stateOf(active))).toContain('snapshot-primary');
    expect(stateOf([...active, kept]).snapshot).toMatchObject({ status: 'done' });
    const sent = before('promoted');
    expect(possible(stateOf(sent))).not.toContain('snapshot-primary');
    expect(folded([...sent, kept]).ok).toBe(false);
  });
});

describe('a demotion', () => {
  const ready = before('attempt.start.intended');

  test('has one outcome, and a second is not begun while the first is not settled', () => {
    const [intended, accepted] = demotion;
    if (!intended || !accepted) throw new Error('empty');
    expect(folded([...ready, intended, intended]).ok).toBe(false);
    expect(folded([...ready, accepted]).ok).toBe(false);
    expect(folded([...ready, ...demotion, demoted, demoted]).ok).toBe(false);
    const failed: CeremonyEvent = { type: 'primary.demote.failed', problem };
    expect(folded([...ready, intended, failed, intended]).ok).toBe(true);
  });

  test('is not possible once promote was sent', () => {
    const [intended] = demotion;
    if (!intended) throw new Error('empty');
    expect(folded([...before('promoted'), intended]).ok).toBe(false);
  });
});

describe('an attempt that was found', () => {
  const checked = (found: string | undefined, stop: boolean): CeremonyEvent => ({
    type: 'preflight.checked',
    findings: stop
      ? [{ id: 'attempt', level: 'stop', what: 'Open.', why: 'One slot.', todo: 'Ask.' }]
      : [],
    node,
    required: 2,
    primary: 'not-visible',
    tokenNeeded: false,
    ...(found ? { found: nonces[1] } : {}),
  });
  const roster: CeremonyEvent = {
    type: 'roster.set',
    roster: { operator: 'Robin', holders: ['Ana', 'Ben'] },
  };
  const claimed: CeremonyEvent = { type: 'found.claimed', claim };
  const joined: CeremonyEvent = {
    type: 'attempt.joined',
    node,
    claim,
    required: 2,
    progress: 1,
  };
  const ready = [opened, checked(nonces[1], true), claimed, checked(nonces[1], false), roster];

  test('is joined only by whoever claimed it, and then no other is started', () => {
    const state = stateOf(ready);
    expect(possible(state)).toContain('join');
    expect(possible(state)).not.toContain('start');
    expect(folded([opened, checked(nonces[1], false), roster, joined]).ok).toBe(false);
    const other: CeremonyEvent = { ...joined, claim: { ...claim, owner: 'Mallory' } };
    expect(folded([...ready, other]).ok).toBe(false);
  });

  test('is claimed only while preflight shows its nonce', () => {
    expect(folded([opened, checked(undefined, false), roster, claimed]).ok).toBe(false);
  });

  test('goes through collecting, with its earlier shares still to be named, and promises no OTP', () => {
    const state = stateOf([...ready, joined]);
    if (state.phase !== 'collecting') throw new Error(state.phase);
    expect(state.attempt).toMatchObject({ nonce: nonces[1], progress: 1, joined: claim });
    expect(state.attempt.given).toEqual([
      expect.objectContaining({ where: 'elsewhere', means: undefined }),
    ]);
    expect(possible(state)).not.toContain('show-otp');
    expect(possible(state)).toContain('name-elsewhere');
  });

  test('with a PGP key is never decoded here', () => {
    const pgp = { ...claim, holds: 'pgp-key' as const };
    const events = [...ready, joined].map((event): CeremonyEvent =>
      'claim' in event ? { ...event, claim: pgp } : event,
    );
    const state = stateOf(events);
    expect(possible(state)).not.toContain('restore-otp');
  });

  test('that was cancelled is joined no more', () => {
    const cancelled: CeremonyEvent = {
      type: 'found.cancelled',
      nonce: nonces[1],
      by: 'Robin',
      why: 'Olga said so.',
    };
    expect(possible(stateOf([...ready, cancelled]))).toContain('start');
  });
});

test('the alarm of two primaries ends by what that node says, and stays an open item', () => {
  const aftercare = before('token.delete.intended');
  const alarm: CeremonyEvent = { type: 'primary.alarm', node };
  const over: CeremonyEvent = { type: 'primary.alarm.over', node, primary: 'answers-otherwise' };
  expect(folded([...aftercare, over]).ok).toBe(false);
  const state = stateOf([...aftercare, alarm, over, alarm, over]);
  expect(state.alarm).toBeUndefined();
  expect(state.openItems).toHaveLength(1);
});
