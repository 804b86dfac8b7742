import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { WholeGzip } from '../../../electron/vault/whole-gzip.ts';

/** Large enough to come in many pieces, on both sides. */
const file = gzipSync(randomBytes(300_000));
const inPieces = (bytes: Uint8Array, size: number): Uint8Array[] =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, place) =>
    bytes.subarray(place * size, (place + 1) * size),
  );
async function isWhole(pieces: readonly Uint8Array[]): Promise<boolean> {
  const looked = new WholeGzip();
  for (const piece of pieces) await looked.take(piece);
  return looked.isWhole();
}

describe('a gzip file that passes by', () => {
  test.each([1_000, 65_536, file.length])('whole, in pieces of %i bytes', async (size) => {
    expect(await isWhole(inPieces(file, size))).toBe(true);
  });

  test.each([1, 8, 100, file.length - 20])('%i bytes too short', async (missing) => {
    expect(await isWhole(inPieces(file.subarray(0, -missing), 65_536))).toBe(false);
  });

  test('with one bit changed', async () => {
    const changed = Uint8Array.from(file);
    const middle = changed.length >> 1;
    changed[middle] = (changed[middle] ?? 0) ^ 1;
    expect(await isWhole(inPieces(changed, 65_536))).toBe(false);
  });

  test.each(['<html>Log in</html>', '{"errors":[]}', 'x'.repeat(200_000)])(
    'something else: %.20s',
    async (text) => {
      expect(await isWhole(inPieces(Buffer.from(text), 1_000))).toBe(false);
    },
  );
});
