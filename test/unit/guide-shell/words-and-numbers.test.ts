import { describe, expect, test } from 'vitest';
import { phaseWords } from '../../../renderer/guide/app/phase-words.ts';
import {
  clockFace,
  count,
  dayAndTime,
  inWords,
  withLocalTimes,
} from '../../../renderer/guide/app/time.ts';
import { readNumbers } from '../../../renderer/guide/screens/practice/numbers.ts';

test.each([
  [-5, '0:00', '0 seconds'],
  [7_999, '0:07', '7 seconds'],
  [74_000, '1:14', '1 minute 14 seconds'],
  [120_000, '2:00', '2 minutes'],
  [724_000, '12:04', '12 minutes'],
  [3_723_000, '1:02:03', '1 hour 2 minutes'],
  [90_000_000, '25:00:00', '1 day'],
])('%d ms is %s on a clock and "%s" in words', (ms, face, words) => {
  expect(clockFace(ms)).toBe(face);
  expect(inWords(ms)).toBe(words);
});

test('one is not many', () => {
  expect([count(0, 'node'), count(1, 'node'), count(2, 'node')]).toEqual([
    '0 nodes',
    '1 node',
    '2 nodes',
  ]);
});

test('a phase is said in words, and one that is not known as it is', () => {
  expect(phaseWords('collecting')).toBe('while shares were being collected');
  expect(phaseWords('toString')).toBe('toString');
});

test('an instant in a sentence is said as day and time; what is none stays', () => {
  const [until, since] = ['2026-11-24T04:03:00.000Z', '2026-11-23T20:03:00Z'];
  expect(withLocalTimes(`Valid from ${since} until ${until}. It ends.`)).toBe(
    `Valid from ${dayAndTime(since)} until ${dayAndTime(until)}. It ends.`,
  );
  expect(dayAndTime(until)).toMatch(/^2\d Nov 2026, \d\d:\d\d$/);
  for (const none of ['2026-99-99T99:99:99Z', 'head 2026-11-24', 'a2026-11-24T04:03:00Zb'])
    expect(withLocalTimes(none)).toBe(none);
});

describe('the numbers of a practice', () => {
  test.each([
    ['5', '3'],
    [' 1 ', '1'],
    ['20', '20'],
  ])('%s shares, %s needed', (shares, threshold) => {
    expect(readNumbers({ shares, threshold })).toEqual({
      ok: true,
      numbers: { shares: Number(shares), threshold: Number(threshold) },
    });
  });
  test.each([
    ['0', '3', 'shares'],
    ['21', '3', 'shares'],
    ['five', '3', 'shares'],
    ['5', '', 'threshold'],
    ['5', '2.5', 'threshold'],
    ['3', '5', 'threshold'],
    ['5', '1', 'threshold'],
  ])('%s shares, %s needed is said at the field "%s"', (shares, threshold, field) => {
    const read = readNumbers({ shares, threshold });
    expect(read.ok ? [] : Object.keys(read.errors)).toEqual([field]);
  });
});
