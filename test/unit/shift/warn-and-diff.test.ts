import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffOf } from '../../../shared/shift/diff.ts';
import { dueWarning, lifeLeft } from '../../../shared/shift/warn.ts';

const hour = 3_600_000;
const start = Date.parse('2026-11-23T20:00:00.000Z');
const living = (hours: number) => ({
  issuedAt: new Date(start).toISOString(),
  expiresAt: new Date(start + hours * hour).toISOString(),
});
const after = (hours: number) => new Date(start + hours * hour);

describe('a warning', () => {
  it.each([
    [8, 5.9, undefined],
    [8, 6, '2 hours'],
    [8, 7.5, '30 minutes'],
    [8, 8, 'expired'],
    [8, 30, 'expired'],
    [1, 0.1, undefined],
    [1, 0.5, '30 minutes'],
  ])('of %d hours, %d hours after the issue: %s', (life, hours, warning) => {
    expect(dueWarning(living(life), [], after(hours))).toBe(warning);
  });

  it('is given once, and one that is more urgent covers those before it', () => {
    expect(dueWarning(living(8), ['2 hours'], after(6.5))).toBeUndefined();
    expect(dueWarning(living(8), ['30 minutes'], after(6.5))).toBeUndefined();
    expect(dueWarning(living(8), ['2 hours'], after(9))).toBe('expired');
  });

  it('cannot be given for an end that nobody knows', () => {
    const { issuedAt } = living(8);
    expect(dueWarning({ issuedAt }, [], after(1000))).toBeUndefined();
    expect(lifeLeft({ issuedAt }, start)).toBeUndefined();
  });

  it('goes with a bar from whole to empty', () => {
    expect([-1, 0, 4, 8, 9].map((hours) => lifeLeft(living(8), start + hours * hour))).toEqual([
      1, 1, 0.5, 0, 0,
    ]);
  });
});

describe('a difference of two texts', () => {
  const texts = fc.array(fc.constantFrom('a', 'b', 'path "x" {', '}')).map((l) => l.join('\n'));
  const of = (kind: string, diff: ReturnType<typeof diffOf>) =>
    diff.filter((line) => line.kind === 'same' || line.kind === kind).map(({ text }) => text);

  it('holds both of them, in order', () => {
    fc.assert(
      fc.property(texts, texts, (there, wanted) => {
        const diff = diffOf(there, wanted);
        expect(of('there', diff).join('\n')).toBe(there);
        expect(of('wanted', diff).join('\n')).toBe(wanted);
      }),
    );
  });

  it('is none for the same text with other line ends', () => {
    expect(diffOf('a\r\nb \n\n', 'a\nb').every(({ kind }) => kind === 'same')).toBe(true);
  });
});
