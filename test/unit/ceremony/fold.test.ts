import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openDoors } from '../../../shared/ceremony/door.ts';
import type { CeremonyEvent, Recorded } from '../../../shared/ceremony/events.ts';
import { demotedHere } from '../../../shared/ceremony/fencing.ts';
import { apply, endings, fold } from '../../../shared/ceremony/fold.ts';
import { commandNames, possible } from '../../../shared/ceremony/possible.ts';
import { reconcile } from '../../../shared/ceremony/reconcile.ts';
import type { CeremonyState } from '../../../shared/ceremony/state.ts';
import { everyEvent, opened, record, wholeCeremony } from '../../fakes/events.ts';

/** Random walks: most steps take an event that may follow, some take any event at all. */
const walk = fc.array(fc.noBias(fc.record({ pick: fc.nat(100_000), small: fc.nat(6) })), {
  minLength: 30,
  maxLength: 160,
  size: 'max',
});

function play(steps: readonly { pick: number; small: number }[], visit: Visit): Recorded[] {
  const records = [record(1, opened)];
  let state = stateOf(records);
  for (const { pick, small } of steps) {
    const every = everyEvent(state, small);
    const follows = (one: CeremonyEvent): boolean =>
      changes(one) && apply(state, record(records.length + 1, one)).ok;
    const events = pick % 4 === 0 && small < 6 ? every.filter(goesOn) : every.filter(follows);
    const event = events[Math.floor(pick / 4) % events.length];
    if (!event) continue;
    const next = record(records.length + 1, event);
    const step = apply(state, next);
    visit(state, event, step.ok ? step.state : undefined);
    if (!step.ok) continue;
    records.push(next);
    state = step.state;
  }
  return records;
}
/** Most walks should get far: an ending is taken only where nothing else is. */
const goesOn = (event: CeremonyEvent): boolean => event.type !== 'ceremony.ended';
const lingering: readonly CeremonyEvent['type'][] = [
  'note.added',
  'interrupted',
  'resumed',
  'primary.alarm',
  'primary.seen',
  'primary.demote.intended',
  'primary.snapshot.kept',
  'certificate.trusted',
  'found.claimed',
  'token.encoded.shown',
  'cluster.changed',
];
const changes = (event: CeremonyEvent): boolean =>
  !lingering.includes(event.type) &&
  (goesOn(event) || ('outcome' in event && event.outcome !== 'cancelled'));
type Visit = (
  before: CeremonyState,
  event: CeremonyEvent,
  after: CeremonyState | undefined,
) => void;

function stateOf(records: readonly Recorded[]): CeremonyState {
  const folded = fold(records);
  if (!folded.ok) throw new Error(folded.reason);
  return folded.state;
}

describe('fold', () => {
  test('any order of events keeps the invariants', () => {
    const phases = new Set<string>();
    fc.assert(
      fc.property(walk, (steps) => {
        let sends = 0;
        let answers = 0;
        play(steps, (before, event, after) => {
          if (!after) return;
          phases.add(after.phase);
          if (event.type === 'promote.intended') sends += 1;
          if (event.type.startsWith('promote.') && event.type !== 'promote.intended') answers += 1;
          expect(answers).toBeLessThanOrEqual(sends);
          if (before.phase === 'ended') expect(event.type).toMatch(/^door\./);
          expect(after.id).toBe(before.id);
          if ('attempt' in after) {
            const { attempt } = after;
            expect(attempt.progress).toBeLessThanOrEqual(attempt.required);
            expect(attempt.given).toHaveLength(attempt.progress);
            const prints = attempt.given.flatMap((share) => share.fingerprint ?? []);
            expect(new Set(prints).size).toBe(prints.length);
            if ('attempt' in before && event.type !== 'attempt.started')
              expect(attempt.nonce).toBe(before.attempt.nonce);
          }
          if ('promotion' in after)
            expect(after.fencing !== undefined || demotedHere(after)).toBe(true);
          const ends = event.type === 'ceremony.ended';
          if (ends && after.phase === 'ended' && after.outcome === 'left')
            expect(after.openItems.length).toBe(
              before.openItems.length + (openDoors(before).length > 0 ? 2 : 1),
            );
          if (ends && after.phase === 'ended' && after.outcome !== 'left') {
            expect(endings(before)).toContain(after.outcome);
            if ('token' in before)
              expect(['deleted', 'left', 'lost']).toContain(before.token.fate.kind);
          }
        });
      }),
      { numRuns: 400 },
    );
    // The walk is of use only where it gets somewhere.
    expect([...phases], 'phases reached').toContain('collecting');
  });

  test('goes through every phase, from the opening to the end', () => {
    const phases: string[] = [];
    const records = wholeCeremony.map((event, index) => record(index + 1, event));
    for (let n = 1; n <= records.length; n += 1) phases.push(stateOf(records.slice(0, n)).phase);
    expect([...new Set(phases)]).toEqual([
      'preflight',
      'roster',
      'ready',
      'starting',
      'collecting',
      'complete',
      'decoded',
      'promoting',
      'watching',
      'aftercare',
      'ended',
    ]);
    expect(stateOf(records)).toMatchObject({ outcome: 'closed', promoted: true });
    // Leaving out any one step that matters makes a later one impossible.
    for (const type of [
      'roster.set',
      'attempt.started',
      'token.encoded.kept',
      'token.decoded',
      'fencing.stated',
      'promote.intended',
      'promote.accepted',
      'promoted',
      'token.deleted',
    ])
      expect(fold(records.filter(({ event }) => event.type !== type)).ok, type).toBe(false);
  });

  test('what was accepted folds to the same state again, and a gap is refused', () => {
    fc.assert(
      fc.property(walk, (steps) => {
        let last: CeremonyState | undefined;
        const records = play(steps, (before, _event, after) => {
          last = after ?? before;
        });
        expect(fold(records)).toEqual({ ok: true, state: last ?? stateOf(records) });
      }),
      { numRuns: 60 },
    );
    expect(fold([])).toMatchObject({ ok: false });
    expect(fold([record(1, { type: 'attempt.cancelled' })])).toMatchObject({ ok: false, seq: 1 });
  });

  test('no event follows the end, and nothing may be asked there', () => {
    const ended = [record(1, opened), record(2, { type: 'ceremony.ended', outcome: 'cancelled' })];
    const state = stateOf(ended);
    expect(possible(state)).toEqual([]);
    for (const event of everyEvent(state, 1))
      expect(apply(state, record(3, event)).ok, event.type).toBe(false);
  });

  test('every phase offers a way on, by the names of the commands', () => {
    fc.assert(
      fc.property(walk, (steps) => {
        play(steps, (before) => {
          if (before.phase === 'ended') return;
          expect(possible(before).length, before.phase).toBeGreaterThan(0);
          for (const name of possible(before)) expect(commandNames).toContain(name);
        });
      }),
      { numRuns: 60 },
    );
  });
});

describe('reconcile', () => {
  test('its events always follow from the state it was given', () => {
    const seen = fc.record({
      started: fc.boolean(),
      sameNonce: fc.boolean(),
      sameKey: fc.boolean(),
      progress: fc.nat(3),
    });
    fc.assert(
      fc.property(walk, seen, (steps, { started, sameNonce, sameKey, progress }) => {
        const state = stateOf(play(steps, () => undefined));
        if (state.phase !== 'collecting') return;
        const { attempt } = state;
        const other = everyEvent(state, 0).find((event) => event.type === 'attempt.superseded');
        if (other?.type !== 'attempt.superseded') throw new Error('no other nonce');
        const { events, sentence } = reconcile(attempt, {
          started,
          nonce: started ? (sameNonce ? attempt.nonce : other.otherNonce) : undefined,
          progress: started ? Math.min(progress, attempt.required - 1) : 0,
          required: attempt.required,
          pgpFingerprint: sameKey ? (attempt.key?.fingerprint ?? '') : 'f'.repeat(40),
        });
        expect(sentence.length).toBeGreaterThan(20);
        let now: CeremonyState = state;
        for (const event of events) {
          const step = apply(now, record(now.lastSeq + 1, event));
          if (!step.ok) throw new Error(`${event.type}: ${step.reason}`);
          now = step.state;
        }
        if (started && sameNonce && !sameKey) expect(now.lastSeq).toBeLessThan(state.lastSeq + 2);
        if (started && sameNonce && sameKey && now.phase === 'collecting')
          expect(now.attempt.progress).toBe(Math.min(progress, attempt.required - 1));
      }),
      { numRuns: 300 },
    );
  });
});
