import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evenWords, oddWords } from '../../../shared/codec/pgp-word-list.ts';
import { fromWords, nonceWords, toWords } from '../../../shared/codec/words.ts';
import { nonceSchema } from '../../../shared/ids.ts';

describe('the list', () => {
  it('has 256 words of each kind, all 512 different', () => {
    expect(evenWords).toHaveLength(256);
    expect(oddWords).toHaveLength(256);
    const all = [...evenWords, ...oddWords].map((word) => word.toLowerCase());
    expect(new Set(all).size).toBe(512);
    for (const word of all) expect(word).toMatch(/^[a-z]{4,11}$/);
  });

  it('is in alphabetical order, but for the one pair that the list itself has the wrong way round', () => {
    const outOfOrder = (words: readonly string[]) =>
      words.filter((word, i) => word.toLowerCase() < (words[i - 1] ?? '').toLowerCase());
    expect(outOfOrder(evenWords)).toEqual([]);
    expect(outOfOrder(oddWords)).toEqual(['Apollo']);
  });
});

describe('words', () => {
  it.each([
    [
      'E58294F2E9A227486E8B061B31CC528FD7FA3F19',
      'topmost Istanbul Pluto vagabond treadmill Pacific brackish dictator goldfish Medusa afflict bravado chatter revolver Dupont midsummer stopwatch whimsical cowbell bottomless',
    ],
    [
      '12b4b0057400076fa5c0f5cbf726ac65',
      'atlas politeness ruffled almighty indoors adroitness ahead hemisphere reindeer recipe vapor revival virus caretaker ribcage glossary',
    ],
    ['', ''],
  ])('say %s', (hex, words) => {
    expect(toWords(hex).join(' ')).toBe(words);
    expect(toWords(Buffer.from(hex, 'hex')).join(' ')).toBe(words);
  });

  it('read back to every byte, in any case', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), (bytes) => {
        const words = toWords(bytes);
        expect(fromWords(words)).toEqual(bytes);
        expect(fromWords(words.join('  ').toUpperCase())).toEqual(bytes);
      }),
    );
  });

  it('notice a word that is missing, doubled or swapped with its neighbour', () => {
    const lengths = { minLength: 3, maxLength: 16 };
    fc.assert(
      fc.property(fc.uint8Array(lengths), fc.nat(), (bytes, n) => {
        const words = toWords(bytes);
        const at = n % (words.length - 1);
        expect(fromWords(words.toSpliced(at, 1))).toBeUndefined();
        expect(fromWords(words.toSpliced(at, 0, words[at] ?? ''))).toBeUndefined();
        const swapped = words.with(at, words[at + 1] ?? '').with(at + 1, words[at] ?? '');
        expect(fromWords(swapped)).toBeUndefined();
      }),
    );
  });

  it('are refused where one is unknown', () => {
    expect(fromWords('topmost Keyturn')).toBeUndefined();
    expect(fromWords('')).toBeUndefined();
  });

  it('take no text that is not hex', () => {
    expect(() => toWords('xyz')).toThrow(RangeError);
  });
});

it('a nonce is sixteen words, the same in either case', () => {
  const nonce = '2dbd10f1-8528-6246-09e7-82b25b8aba63';
  const words = nonceWords(nonceSchema.parse(nonce));
  expect(words).toHaveLength(16);
  expect(words.slice(0, 4)).toEqual(['button', 'quantity', 'assume', 'vacancy']);
  expect(nonceWords(nonceSchema.parse(nonce.toUpperCase()))).toEqual(words);
  expect(Buffer.from(fromWords(words) ?? []).toString('hex')).toBe(nonce.replaceAll('-', ''));
});
