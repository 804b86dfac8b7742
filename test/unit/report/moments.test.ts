import { expect, it } from 'vitest';
import { utcMoment } from '../../../shared/report/instants.ts';
import { dayAndTime, withLocalTimes } from '../../../renderer/guide/app/time.ts';
import type { CeremonyEvent } from '../../../shared/ceremony/events.ts';

import { sentenceOf } from '../../../shared/report/sentences.ts';
import { shiftSentence } from '../../../shared/shift/sentences.ts';
import { wholeShift } from '../../fakes/shift-events.ts';
import { recordsOf, scenes } from '../../preview/scenes.ts';

const iso = /\d{4}-\d{2}-\d{2}T\d{2}:/;
const events = scenes.flatMap((scene): CeremonyEvent[] =>
  recordsOf(scene, new Date('2026-11-23T03:40:00.000Z')).map(({ event }) => event),
);

it('an instant is told with its day and the word UTC, the same on every machine', () => {
  expect(utcMoment('2026-12-01T03:12:05.123Z')).toBe('03:12:05 UTC on Tuesday, 1 December 2026');
  expect(utcMoment('2026-12-01T04:12:05+01:00')).toBe('03:12:05 UTC on Tuesday, 1 December 2026');
  expect(utcMoment('when the bag is opened')).toBe('when the bag is opened');
});

it('no sentence of a ceremony tells a time as a machine writes it', () => {
  const types = new Set(events.map(({ type }) => type));
  for (const type of ['token.stored', 'batch-token.armed'] as const) expect(types).toContain(type);
  expect(events.map(sentenceOf).filter((sentence) => iso.test(sentence))).toEqual([]);
});

it('nor does one of a self-test, or of the shift desk', () => {
  const at = '2026-12-01T03:12:05.123Z';
  expect(sentenceOf({ type: 'self-test.recorded', at, verdict: 'green', checks: [] })).toContain(
    'at 03:12:05 UTC on Tuesday',
  );
  const shift = wholeShift.map(shiftSentence);
  expect(shift.join(' ')).toContain('04:02:00 UTC on Tuesday, 24 November 2026');
  expect(shift.filter((sentence) => iso.test(sentence))).toEqual([]);
});

it('what people typed stays as they typed it', () => {
  const note = 'Power back at 2026-12-01T03:12:05Z';
  expect(sentenceOf({ type: 'note.added', by: 'Robin', note })).toContain(note);
});

it('on the screen such a moment is in this machine’s zone, as one of an older record is', () => {
  const at = '2026-12-01T03:12:05.123Z';
  expect(withLocalTimes(`It ends at ${utcMoment(at)}.`)).toBe(`It ends at ${dayAndTime(at)}.`);
  expect(withLocalTimes(`It ends at ${at}.`)).toBe(`It ends at ${dayAndTime(at)}.`);
});
