import { describe, expect, it } from 'vitest';
import { apply } from '../../../shared/ceremony/fold.ts';
import { ceremonyKind } from '../../../shared/ceremony/record-kind.ts';
import type { CeremonyState } from '../../../shared/ceremony/state.ts';
import { RulesWatch } from '../../../shared/transcript/rules.ts';
import { everyEvent, opened, record, wholeCeremony } from '../../fakes/events.ts';

const at = '2026-11-23T03:15:00.000Z';

/** The longest list anywhere in a state, open items aside: those have a limit of their own. */
function longestList(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const members = Object.entries(value).filter(([key]) => key !== 'openItems');
  const own = Array.isArray(value) ? value.length : 0;
  return Math.max(own, ...members.map(([, member]) => longestList(member)));
}

describe('the state a verifier carries along', () => {
  it('does not grow with the record: no event or pair of events said over and over lengthens it', () => {
    let state: CeremonyState | undefined;
    let pairs = 0;
    for (const [place, event] of wholeCeremony.slice(0, -1).entries()) {
      const step = apply(state, record(place + 1, event));
      if (!step.ok) throw new Error(step.reason);
      state = step.state;
      const every = everyEvent(state, 1).filter(({ type }) => type !== 'ceremony.ended');
      for (const one of every) {
        if (!apply(state, record(place + 2, one)).ok) continue;
        for (const other of every) {
          const watch = new RulesWatch(ceremonyKind);
          let line = 0;
          for (const before of wholeCeremony.slice(0, place + 1)) watch.take(++line, at, before);
          for (let i = 0; i < 60; i += 1) watch.take(++line, at, i % 2 === 0 ? one : other);
          if (watch.rules.kind === 'hold') pairs += 1;
          expect({ one: one.type, other: other.type, long: longestList(watch.state) > 20 }).toEqual(
            { one: one.type, other: other.type, long: false },
          );
        }
      }
    }
    expect(pairs).toBeGreaterThan(100);
  });

  it('open items without end are no ceremony', () => {
    const watch = new RulesWatch(ceremonyKind);
    let line = 0;
    for (const event of wholeCeremony.slice(0, 5)) watch.take(++line, at, event);
    for (let i = 0; i < 1001; i += 1) {
      watch.take(++line, at, { type: 'attempt.gone', tokenMayExist: true });
      watch.take(++line, at, { type: 'attempt.returned', progress: 0 });
    }
    expect(watch.rules).toMatchObject({ kind: 'broken', reason: 'More than 1000 open items.' });
    expect(watch.openItems()).toMatchObject({ total: 1001 });
    expect(watch.openItems().first).toHaveLength(200);
  });

  it('deviations are all counted, each at its line', () => {
    const watch = new RulesWatch(ceremonyKind);
    watch.take(1, at, opened);
    for (let line = 2; line <= 500; line += 1) {
      const event = {
        type: 'deviation.recorded',
        what: 'late',
        why: 'fog',
        agreedBy: 'W',
      } as const;
      watch.take(line, at, event);
    }
    const { total, first } = watch.deviations.listed();
    expect(total).toBe(499);
    expect(first.map(({ line }) => line).slice(0, 3)).toEqual([2, 3, 4]);
    expect(first).toHaveLength(200);
  });
});
