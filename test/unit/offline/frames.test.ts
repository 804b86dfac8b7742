import { createHash } from 'node:crypto';
import encodeQR from 'qr';
import { decodeQR } from 'qr/decode.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Collector } from '../../../shared/offline/collector.ts';
import { crc32 } from '../../../shared/offline/crc32.ts';
import { framesOf, readFrame } from '../../../shared/offline/frames.ts';
import { chunkBytes, longestParcel, type Parcel } from '../../../shared/offline/parcel.ts';
import { problemOf } from '../../../shared/problem.ts';
import type { Sha256 } from '../../../shared/transcript/entry.ts';

const sha256: Sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
const parcel = (length: number, salt = 0): Parcel => ({
  kind: 'invitation',
  bytes: Uint8Array.from({ length }, (_, place) => (place * 31 + salt * 7 + (place >> 8)) % 256),
});
const kinds = ['invitation', 'sealed-share', 'pgp-message', 'handed-token'] as const;
const frames = (of: Parcel) => framesOf(of, sha256);
const collector = () => new Collector('invitation', sha256);

/** What the last frame gives, after all the others were taken. */
function collect(into: Collector, texts: readonly string[]): Parcel | undefined {
  for (const text of texts) {
    const taken = into.take(text);
    if (taken.done) return taken.parcel;
  }
  return undefined;
}

function problemWith(into: Collector, text: string): string {
  try {
    into.take(text);
  } catch (thrown) {
    return problemOf(thrown).known;
  }
  return 'taken';
}

/** The check at the end made to fit again, as an enemy would. */
function resealed(text: string): string {
  const head = text.slice(0, text.lastIndexOf('/'));
  return `${head}/${crc32(head).toString(16).toUpperCase().padStart(8, '0')}`;
}

test('the format stays what it is', () => {
  const [only, ...more] = frames({ kind: 'sealed-share', bytes: Uint8Array.of(1, 2, 3) });
  expect(more).toEqual([]);
  expect(only).toMatch(/^KT1\/S\/[0-9A-F]{16}\/1\/1\/3\/AEBAG[A]+\/[0-9A-F]{8}$/);
  expect(crc32('123456789')).toBe(0xcbf43926);
});

test.each([1, chunkBytes - 1, chunkBytes, chunkBytes + 1, 1200, longestParcel])(
  'a parcel of %i bytes comes back from its plain frames alone',
  (length) => {
    const sent = parcel(length);
    expect(collect(collector(), frames(sent))).toEqual(sent);
  },
);

test('each kind has a letter of its own, and comes back as what it was', () => {
  const letters = new Set<string>();
  for (const kind of kinds) {
    const sent: Parcel = { kind, bytes: Uint8Array.of(4, 5, 6) };
    const [only = ''] = frames(sent);
    letters.add(only.charAt(4));
    expect(readFrame(only)?.kind).toBe(kind);
    expect(collect(new Collector(kind, sha256), [only])).toEqual(sent);
  }
  expect([...letters].join('')).toBe('ISPT');
});

test('in any order and with doubled frames the parcel comes back', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: chunkBytes + 1, max: chunkBytes * 12 }),
      fc.integer({ min: 0, max: 2 ** 31 }),
      (length, seed) => {
        const sent = parcel(length, seed % 97);
        const all = frames(sent);
        const order = all
          .map((text, place) => ({ text, key: sha256(Buffer.from(`${seed}/${place}`)) }))
          .sort((a, b) => (a.key < b.key ? -1 : 1))
          .map(({ text }) => text);
        const seen = [...order.slice(0, 3), ...order];
        expect(collect(collector(), seen)).toEqual(sent);
      },
    ),
    { numRuns: 200 },
  );
});

test('a plain frame that was missed is made up for by the mixes', () => {
  for (let missed = 0; missed < 7; missed += 1) {
    const sent = parcel(chunkBytes * 7, missed);
    const seen = frames(sent).filter((_, place) => place !== missed);
    expect(collect(collector(), seen), `without frame ${missed + 1}`).toEqual(sent);
  }
});

describe('refused, with what was collected unharmed', () => {
  const sent = parcel(chunkBytes * 3);
  const [first = '', ...rest] = frames(sent);

  test.each([
    ['nothing', ''],
    ['a web address', 'https://example.net/'],
    ['half a frame', first.slice(0, 60)],
    ['a changed character', first.replace(/\/1\/3\//, '/2/3/')],
    ['a control character', resealed(first.replace('KT1/I', 'KT1/\u0007I'))],
    ['a NUL', `${first}\0`],
    ['a megabyte', 'KT1/I/'.padEnd(1_000_000, 'A')],
    ['a frame number beyond all', resealed(first.replace(/\/1\/3\//, '/9999/3/'))],
    ['a billion chunks', resealed(first.replace(/\/1\/3\//, '/1/9999/'))],
    ['a length that does not fit', resealed(first.replace(/\/3\/540\//, '/3/999999/'))],
    ['another version', resealed(first.replace('KT1', 'KT2'))],
    ['an unknown kind', resealed(first.replace('KT1/I', 'KT1/Z'))],
    ['lower case', first.toLowerCase()],
  ])('%s', (_, text) => {
    const into = collector();
    into.take(first);
    expect(problemWith(into, text)).toContain('not a QR code or a file of Keyturn');
    expect(collect(into, rest)).toEqual(sent);
  });

  test('a frame of another sequence', () => {
    const into = collector();
    into.take(first);
    const [foreign = ''] = frames(parcel(chunkBytes * 3, 5));
    expect(problemWith(into, foreign)).toContain('another sequence');
    expect(collect(into, rest)).toEqual(sent);
  });

  test('the same name with another number of chunks', () => {
    const into = collector();
    into.take(first);
    const longer = resealed(first.replace(/\/1\/3\/540\//, '/1/4/700/'));
    expect(readFrame(longer)).toBeDefined();
    expect(problemWith(into, longer)).toContain('another sequence');
  });

  test('another kind of parcel', () => {
    const [sealed = ''] = frames({ kind: 'sealed-share', bytes: Uint8Array.of(1) });
    expect(problemWith(collector(), sealed)).toContain('This is a sealed share; an invitation');
  });
});

test('a forged chunk does not pass: the whole is thrown away, and a new reading succeeds', () => {
  const sent = parcel(chunkBytes * 2);
  const [first = '', second = ''] = frames(sent);
  const forged = resealed(second.replace(/\/([A-Z2-7])([A-Z2-7]+)\//, '/B$2/'));
  const into = collector();
  into.take(first);
  expect(problemWith(into, forged)).toContain('do not give what they claim');
  expect(collect(into, [first, second])).toEqual(sent);
});

test('bytes hidden in the last chunk’s filling are refused', () => {
  const sent = parcel(10);
  const [only = ''] = frames(sent);
  const hidden = resealed(only.replace(/A\/[0-9A-F]{8}$/, 'B/00000000'));
  expect(readFrame(hidden)).toBeDefined();
  expect(problemWith(collector(), hidden)).toContain('do not give what they claim');
});

test('nothing and too much are not carried', () => {
  const code = (bytes: Uint8Array): string => {
    try {
      frames({ kind: 'invitation', bytes });
      return 'carried';
    } catch (thrown) {
      return problemOf(thrown).code;
    }
  };
  expect(code(new Uint8Array(0))).toBe('input.invalid');
  expect(code(new Uint8Array(longestParcel + 1))).toBe('input.too-large');
});

test('a frame goes through a QR code and back', () => {
  const [, second = ''] = frames(parcel(chunkBytes * 3));
  const gif = encodeQR(second, 'raw', { ecc: 'medium', border: 4 });
  const scale = 4;
  const width = gif.length * scale;
  const data = new Uint8ClampedArray(width * width * 4);
  for (let y = 0; y < width; y += 1)
    for (let x = 0; x < width; x += 1) {
      const dark = gif[Math.floor(y / scale)]?.[Math.floor(x / scale)] === true;
      data.set([dark ? 0 : 255, dark ? 0 : 255, dark ? 0 : 255, 255], (y * width + x) * 4);
    }
  expect(decodeQR({ width, height: width, data })).toBe(second);
});
