import type { Nonce } from '../ids.ts';
import { evenWords, oddWords } from './pgp-word-list.ts';

/** The sixteen words by which people compare a nonce aloud. */
export function nonceWords(nonce: Nonce): readonly string[] {
  return toWords(nonce.replaceAll('-', ''));
}

/**
 * Bytes as PGP words, the first from the two-syllable list.
 *
 * @param bytes the bytes, or their hex.
 * @throws RangeError when a text is not hex.
 */
export function toWords(bytes: Uint8Array | string): readonly string[] {
  const values = typeof bytes === 'string' ? hexBytes(bytes) : bytes;
  return Array.from(values, (byte, place) => listAt(place)[byte] ?? '');
}

/**
 * The bytes that words stand for; case and the space between them do not matter.
 * `undefined` when a word is unknown or stands at the wrong place: one is missing, doubled or swapped.
 */
export function fromWords(words: string | readonly string[]): Uint8Array | undefined {
  const list = typeof words === 'string' ? words.trim().split(/\s+/) : words;
  const bytes = new Uint8Array(list.length);
  for (const [place, word] of list.entries()) {
    const byte = indexAt(place).get(word.toLowerCase());
    if (byte === undefined) return undefined;
    bytes[place] = byte;
  }
  return bytes;
}

const listAt = (place: number): readonly string[] => (place % 2 === 0 ? evenWords : oddWords);

const indexOf = (list: readonly string[]): ReadonlyMap<string, number> =>
  new Map(list.map((word, byte) => [word.toLowerCase(), byte]));
const evenIndex = indexOf(evenWords);
const oddIndex = indexOf(oddWords);
const indexAt = (place: number): ReadonlyMap<string, number> =>
  place % 2 === 0 ? evenIndex : oddIndex;

function hexBytes(hex: string): Uint8Array {
  if (hex.length % 2 !== 0 || !/^[0-9a-f]*$/i.test(hex)) throw new RangeError('not hex');
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
