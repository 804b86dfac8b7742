// No package here: the isolated share-entry page bundles it and little else.
import { fromBase64, fromHex } from './plain-bytes.ts';

/** The bytes hold a share: overwrite them with zeros as soon as they are not needed. */
export interface ParsedShare {
  readonly ok: true;
  readonly bytes: Uint8Array;
  readonly encoding: 'hex' | 'base64';
}

export interface RefusedShare {
  readonly ok: false;
  readonly reason:
    | 'empty'
    | 'too-long-text'
    | 'not-hex-or-base64'
    | 'too-short'
    | 'too-long'
    | 'wrong-length'
    | 'zero-tag';
  /** What is wrong and what to check, for the holder. Never any part of the share. */
  readonly message: string;
}

/** Vault's own limits on a decoded share, in bytes (docs/protocol.md §1.4). */
const shortest = 16;
const longest = 33;
/** A share is the 32 bytes of the key and one tag byte; where one share is enough, it has no tag. */
const shareBytes = 33;
const singleShareBytes = 32;
/** Characters, white space included. A hex share has 66; more than this is another text. */
const longestText = 2048;

/**
 * Reads a key share the way Vault does (docs/protocol.md §1.6): hex where that gives 16 to 33
 * bytes, else standard base64. White space is ignored wherever it stands.
 *
 * A share that passes has the right form; whether it is the right share only Vault can tell, at
 * the threshold.
 *
 * @param options.required the threshold, where known: with 1 a share has 32 bytes, else 33.
 */
export function parseShare(
  text: string,
  options: { readonly required?: number } = {},
): ParsedShare | RefusedShare {
  if (text.length > longestText) {
    return refuse('too-long-text', 'This text is much too long for a share. Give the share alone.');
  }
  // Besides white space: the invisible characters that chat programs and PDFs put between words.
  const compact = text.replace(/[\s\u200b-\u200d\u2060]+/g, '');
  if (compact === '') return refuse('empty', 'Nothing was entered yet.');

  const hex = fromHex(compact);
  if (hex !== undefined && hex.length >= shortest && hex.length <= longest) {
    return checkLength(hex, 'hex', options.required);
  }
  const base64 = fromBase64(compact);
  if (base64 !== undefined) return checkLength(base64, 'base64', options.required);
  if (hex !== undefined) return checkLength(hex, 'hex', options.required);
  return refuse(
    'not-hex-or-base64',
    'This is neither hex nor standard base64. Give the share alone, without its label, quotes or ' +
      'commas, and look for characters that are easily confused: 0 and O, 1, l and I.',
  );
}

/** A share as Vault is sent it: lower-case hex, which cannot be taken for base64. */
export function shareForVault(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function checkLength(
  bytes: Uint8Array,
  encoding: 'hex' | 'base64',
  required: number | undefined,
): ParsedShare | RefusedShare {
  const read = `Read as ${encoding}, this is ${bytes.length} bytes.`;
  const single = required === 1;
  const expected = single
    ? 'A share of this cluster has 32: 64 characters in hex, 44 in base64.'
    : 'A share has 33: 66 characters in hex, 44 in base64.';
  if (bytes.length < shortest) {
    return refuse('too-short', `${read} ${expected} Is the end or the beginning missing?`);
  }
  if (bytes.length > longest) {
    return refuse('too-long', `${read} ${expected} Is it one share, and only once?`);
  }
  const fits =
    required === undefined
      ? bytes.length === shareBytes || bytes.length === singleShareBytes
      : bytes.length === (single ? singleShareBytes : shareBytes);
  if (!fits) {
    return refuse('wrong-length', `${read} ${expected} Is a character missing, or one too many?`);
  }
  // The tag is the share's x coordinate; 0 would be the key itself, so no share has it.
  if (bytes.length === shareBytes && bytes[shareBytes - 1] === 0) {
    return refuse(
      'zero-tag',
      'The last byte of this text is zero, and no share ends so. Check its end.',
    );
  }
  return { ok: true, bytes, encoding };
}

const refuse = (reason: RefusedShare['reason'], message: string): RefusedShare => ({
  ok: false,
  reason,
  message,
});
