import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyBook, take } from '../../../renderer/guide/app/record-book.ts';
import { fold } from '../../../shared/ceremony/fold.ts';
import { recordsOf, scenes } from '../../preview/scenes.ts';

const whole = scenes.find(({ name }) => name === 'ended-closed');
if (!whole) throw new Error('The scene "ended-closed" is missing.');
const records = recordsOf(whole, new Date('2026-11-23T04:00:00.000Z'));
const packets = fc.array(fc.array(fc.constantFrom(...records), { minLength: 1, maxLength: 6 }), {
  maxLength: 30,
});

describe('the book of records', () => {
  test('one at a time and all at once add up to the same', () => {
    const slowly = records.reduce((book, record) => take(book, [record]), emptyBook);
    expect(slowly).toEqual(take(emptyBook, records));
    expect(slowly.folded).toEqual(fold(records));
    expect(slowly.gap).toBe(false);
  });

  test('in any order, as often as they come: each once, in order, folded as the whole', () => {
    fc.assert(
      fc.property(packets, (arrivals) => {
        const early = arrivals.reduce(take, emptyBook);
        expect(early.records.map(({ seq }) => seq)).toEqual(
          [...new Set(arrivals.flat().map(({ seq }) => seq))].sort((a, b) => a - b),
        );
        expect(take(early, records)).toEqual(take(emptyBook, records));
      }),
    );
  });

  test('a missing number is a gap until it arrives', () => {
    const holed = take(
      emptyBook,
      records.filter(({ seq }) => seq !== 4),
    );
    expect(holed.gap).toBe(true);
    expect(take(holed, records).gap).toBe(false);
  });

  test('a push that comes before the first reading is a gap', () => {
    const last = records.at(-1);
    expect(last && take(emptyBook, [last]).gap).toBe(true);
  });
});
