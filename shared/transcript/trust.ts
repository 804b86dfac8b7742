import { fromWords } from '../codec/words.ts';

/** What a verifier knows from elsewhere: from a business card, a phone call, the witness's paper. */
export interface Trust {
  /** Fingerprints of keys, lower-case hex. Each of them must have signed. */
  readonly fingerprints: readonly string[];
  /** Beginnings of hashes, lower-case hex, 16 digits or more. Each must be the hash of an entry. */
  readonly heads: readonly string[];
}

export const nothingGiven: Trust = { fingerprints: [], heads: [] };

/** Eight words are written down by hand at each reading; fewer are too few. */
export const fewestHeadBytes = 8;

/** A key's whole fingerprint, in hex (spaces and colons are fine) or in words; `undefined` when it is neither. */
export function parseFingerprint(text: string): string | undefined {
  const hex = hexOf(text);
  return hex !== undefined && (hex.length === 40 || hex.length === 64) ? hex : undefined;
}

/** The beginning of a head, or all of it: hex, or words from eight up. `undefined` when it is neither. */
export function parseHead(text: string): string | undefined {
  const hex = hexOf(text);
  return hex !== undefined && hex.length >= 2 * fewestHeadBytes && hex.length <= 64
    ? hex
    : undefined;
}

function hexOf(text: string): string | undefined {
  const digits = text.replaceAll(/[\s:]/g, '').toLowerCase();
  if (/^[0-9a-f]+$/.test(digits)) return digits;
  const bytes = fromWords(text.replaceAll(/[\s,.;·-]+/g, ' '));
  if (bytes === undefined) return undefined;
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
