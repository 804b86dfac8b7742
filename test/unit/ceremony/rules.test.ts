import { describe, expect, test } from 'vitest';
import { eventSchema, type CeremonyEvent } from '../../../shared/ceremony/events.ts';
import { fold } from '../../../shared/ceremony/fold.ts';
import {
  faultOfRoster,
  heldBack,
  inForce,
  factorAskedOf,
} from '../../../shared/ceremony/in-force.ts';
import { possible } from '../../../shared/ceremony/possible.ts';
import { holderNames } from '../../../shared/ceremony/roster.ts';
import type { CeremonyState } from '../../../shared/ceremony/state.ts';
import { usualRules, type SiteRules } from '../../../shared/site-rules.ts';
import { checkableSteps } from '../../../shared/script/schema.ts';
import { opened, record, scriptAdopted, wholeCeremony } from '../../fakes/events.ts';

const stateOf = (events: readonly CeremonyEvent[]): CeremonyState => {
  const folded = fold(events.map((event, place) => record(place + 1, event)));
  if (!folded.ok) throw new Error(`${folded.seq}: ${folded.reason}`);
  return folded.state;
};
/** The whole ceremony up to and with the first event of this type. */
const until = (type: CeremonyEvent['type'], from = wholeCeremony): readonly CeremonyEvent[] =>
  from.slice(0, from.findIndex((event) => event.type === type) + 1);
const ready = (rules?: SiteRules) => {
  const [, ...rest] = until('roster.set');
  const cluster = { ...opened.cluster, ...(rules ? { rules } : {}) };
  return stateOf([{ ...opened, cluster }, ...rest]);
};
const deviation = (rule: keyof typeof usualRules): CeremonyEvent => ({
  type: 'deviation.recorded',
  what: 'Otherwise tonight.',
  why: 'Nobody else is here.',
  agreedBy: 'Nadia',
  rule,
});

describe('the roster', () => {
  const roster = { operator: 'Robin', witness: 'robin ', holders: ['Ana', 'Ben', 'Chidi'] };
  const fault = (state: CeremonyState) => {
    if (state.phase !== 'ready') throw new Error(state.phase);
    return faultOfRoster(state, roster);
  };

  test('operator and witness differ, unless the site or a recorded deviation says otherwise', () => {
    expect(fault(ready())).toContain('same person');
    expect(fault(ready({ ...usualRules, 'operator-is-not-witness': false }))).toBeUndefined();
    const set = [...until('roster.set'), deviation('operator-is-not-witness')];
    expect(fault(stateOf(set))).toBeUndefined();
    expect(fault(stateOf([...until('roster.set'), deviation('one-share-for-each-holder')]))).toBe(
      fault(ready()),
    );
  });

  test('needs as many holders as shares', () => {
    const state = ready();
    if (state.phase !== 'ready') throw new Error(state.phase);
    expect(faultOfRoster(state, { operator: 'Robin', holders: ['Ana'] })).toContain(
      '2 shares are needed',
    );
    // Preflight may read a higher threshold after the roster was kept: the start then waits.
    const higher = { ...state, preflight: { ...state.preflight, required: 3 } };
    expect(heldBack(higher, 'start')).toHaveLength(1);
    expect(heldBack(state, 'start')).toEqual([]);
  });

  test('an event of version 0.1.0 reads as it was written, and folds', () => {
    const old = {
      type: 'roster.set',
      roster: { operator: 'Robin', witness: 'Wim', holders: ['Ana', 'Ben'] },
    };
    const event = eventSchema.parse(old);
    expect(event).toEqual(old);
    const state = stateOf([...until('preflight.checked'), event]);
    expect(state.phase === 'ready' && holderNames(state.roster)).toEqual(['Ana', 'Ben']);
  });
});

describe('the second person', () => {
  const pin: CeremonyEvent = { type: 'pin.set', person: 'Wim' };
  const start = until('roster.set');

  test('with a PIN is asked for it, and nobody else is', () => {
    const state = stateOf([...start, pin]);
    expect(factorAskedOf(state, ' wim')).toBe('pin');
    expect(factorAskedOf(state, 'Nadia')).toBeUndefined();
    const aside = stateOf([...start, pin, deviation('second-person-authenticated')]);
    expect(factorAskedOf(aside, 'Wim')).toBeUndefined();
  });

  test('where the site requires a PIN, the start waits for it', () => {
    const rules = { ...usualRules, 'second-person-authenticated': true };
    const state = ready(rules);
    expect(heldBack(state, 'start')).toHaveLength(1);
    expect(possible(state)).not.toContain('start');
    expect(factorAskedOf(state, 'Wim')).toBe('missing');
    expect(inForce(state, 'second-person-authenticated')).toBe(true);
    expect(possible(ready())).toContain('start');
  });
});

describe('a required check', () => {
  const done: CeremonyEvent = { type: 'check.done', id: 'phone-the-noc', by: 'Wim' };
  const verbs = {
    preflight: 'preflight.checked',
    people: 'roster.set',
    start: 'attempt.start.intended',
    shares: 'share.intended',
    decode: 'token.decoded',
    promote: 'promote.intended',
    after: 'ceremony.ended',
  } as const;

  test.each(checkableSteps.map((step, place) => [step, place] as const))(
    'at %s holds back that step and no other, until it is done or set aside',
    (step, place) => {
      const [first, ...rest] = wholeCeremony;
      if (!first) throw new Error('empty');
      const withCheck = [first, scriptAdopted(place), ...rest];
      const verb = withCheck.findIndex((event) => event.type === verbs[step]);
      const all = fold(withCheck.map((event, n) => record(n + 1, event)));
      expect(all).toMatchObject({ ok: false, seq: verb + 1 });
      const before = stateOf(withCheck.slice(0, verb));
      expect(possible(before)).toContain('settle-check');
      const aside: CeremonyEvent = {
        type: 'check.set-aside',
        id: 'phone-the-noc',
        why: 'No line.',
        agreedBy: 'Wim',
      };
      for (const settled of [done, aside]) {
        const went = stateOf([...withCheck.slice(0, verb), settled, ...withCheck.slice(verb)]);
        expect(went.phase).toBe('ended');
        expect(went.deviations).toHaveLength(settled === aside ? 1 : 0);
      }
    },
  );

  test('is settled once', () => {
    const events = [opened, scriptAdopted(0), done, done].map((event, n) => record(n + 1, event));
    expect(fold(events)).toMatchObject({ ok: false, seq: 4 });
  });
});

test('a step is signed off when it has come, not before', () => {
  const signed = (step: 'preflight' | 'shares'): CeremonyEvent => ({
    type: 'step.signed-off',
    step,
    challenge: 'Ready?',
    response: 'Ready.',
    by: 'Wim',
  });
  const events = (last: CeremonyEvent) =>
    [...until('roster.set'), last].map((event, n) => record(n + 1, event));
  expect(fold(events(signed('shares'))).ok).toBe(false);
  expect(fold(events(signed('preflight')))).toMatchObject({
    ok: true,
    state: { signedOff: { preflight: { by: 'Wim' } } },
  });
});
