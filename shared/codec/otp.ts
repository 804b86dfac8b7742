import { base64, base64nopad, utf8 } from '@scure/base';
import { Trouble } from '../problem.ts';
import type { MadeToken } from '../ceremony/purpose.ts';
import { Secret } from '../secret.ts';

/** What makes a decoded token look wrong. A doubt warns and never blocks: Vault promises no prefix. */
export type Doubt = 'not-printable' | 'unknown-prefix';

export interface DecodedToken<K extends MadeToken> {
  readonly token: Secret<K>;
  /** Empty when the token looks like one. A wrong OTP of the right length shows only here. */
  readonly doubts: readonly Doubt[];
}

/**
 * The token hidden in an encoded token (docs/protocol.md §2).
 *
 * Since Vault 1.0 the OTP's characters are the pad and the token is text; before, the OTP was the
 * base64 of 16 bytes and the token a UUID. The OTP's own shape tells which.
 *
 * @param kind what the attempt was for: the text does not say it.
 * @throws Trouble `input.invalid` when either text has the wrong form, or their lengths differ.
 */
export function decodeToken<K extends MadeToken>(
  encoded: Secret<'encoded-token'>,
  otp: Secret<'otp'>,
  kind: K,
): DecodedToken<K> {
  const pad = readPad(otp);
  const hidden = readEncoded(encoded);
  if (hidden.length !== pad.bytes.length) throw lengthsDiffer(hidden.length, pad.bytes.length);
  const plain = xor(hidden, pad.bytes);
  const text = pad.legacy ? uuidText(plain) : characters(plain);
  return { token: Secret.of(kind, text), doubts: doubtsAbout(text) };
}

/**
 * What Vault does with a token and an OTP when the last share is in. The practice clusters and the
 * tests need it; the app itself only decodes.
 *
 * @throws Trouble `input.invalid` when token and OTP do not fit each other.
 */
export function encodeToken(token: Secret<MadeToken>, otp: Secret<'otp'>): Secret<'encoded-token'> {
  const pad = readPad(otp);
  const plain = pad.legacy ? uuidBytes(token.expose()) : textBytes(token.expose());
  if (plain.length !== pad.bytes.length) throw lengthsDiffer(plain.length, pad.bytes.length);
  const hidden = xor(plain, pad.bytes);
  return Secret.of('encoded-token', (pad.legacy ? base64 : base64nopad).encode(hidden));
}

interface Pad {
  readonly bytes: Uint8Array;
  readonly legacy: boolean;
}

/** Standard base64 of 16 bytes: the one shape that no base62 OTP can have. */
const legacyOtp = /^[A-Za-z0-9+/]{22}==$/;

function readPad(otp: Secret<'otp'>): Pad {
  const text = otp.expose().trim();
  if (text === '') throw invalid('The OTP is empty.', 'Enter the OTP as Vault showed it.');
  if (legacyOtp.test(text)) {
    const bytes = tryDecode(text);
    if (bytes !== undefined) return { bytes, legacy: true };
  }
  return { bytes: textBytes(text), legacy: false };
}

function readEncoded(encoded: Secret<'encoded-token'>): Uint8Array {
  const text = encoded.expose().replace(/\s+/g, '');
  if (text === '') {
    throw invalid('The encoded token is empty.', 'Enter the encoded token as Vault showed it.');
  }
  const bytes = tryDecode(text);
  if (bytes !== undefined) return bytes;
  throw invalid(
    `The encoded token (${text.length} characters) is not standard base64.`,
    'Copy the encoded token again, from its first character to its last.',
  );
}

/** Standard base64 with or without its padding. Vault writes none since 1.0, and did before. */
function tryDecode(text: string): Uint8Array | undefined {
  try {
    return base64nopad.decode(text.replace(/={1,2}$/, ''));
  } catch {
    return undefined; // The library's message names the character it met: it goes nowhere.
  }
}

function textBytes(text: string): Uint8Array {
  try {
    return utf8.decode(text);
  } catch {
    throw invalid('The text holds half a character.', 'Copy it again from where it was shown.');
  }
}

const xor = (left: Uint8Array, right: Uint8Array): Uint8Array =>
  left.map((byte, index) => byte ^ (right[index] ?? 0));

/** The bytes as text. What is not UTF-8 keeps one character a byte, so that nothing is lost. */
function characters(bytes: Uint8Array): string {
  try {
    return utf8.encode(bytes);
  } catch {
    return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  }
}

function uuidText(bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

function uuidBytes(text: string): Uint8Array {
  if (!uuid.test(text)) {
    throw invalid(
      'An OTP of the old kind (base64 of 16 bytes) only fits a token that is a UUID.',
      'Use the OTP that belongs to this token.',
    );
  }
  const pairs = text.replaceAll('-', '').match(/../g) ?? [];
  return Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16));
}

/** Prefixes of service and recovery tokens, now and before 1.10 (docs/protocol.md §2). */
const knownPrefix = /^(hvs\.|s\.|hvr\.|r\.)/;

/** What makes a decoded text look unlike a token. It warns and never blocks: Vault promises no form. */
export function doubtsAbout(token: string): readonly Doubt[] {
  const doubts: Doubt[] = [];
  if (!/^[\x21-\x7e]+$/.test(token)) doubts.push('not-printable');
  if (!knownPrefix.test(token) && !uuid.test(token)) doubts.push('unknown-prefix');
  return doubts;
}

const lengthsDiffer = (tokenLength: number, otpLength: number): Trouble =>
  invalid(
    `The token has ${tokenLength} bytes and the OTP has ${otpLength}; they must be equal.`,
    'Check that both come from the same attempt and that both are complete.',
  );

const invalid = (known: string, next: string): Trouble =>
  new Trouble({
    code: 'input.invalid',
    known,
    safe: 'Nothing was decoded. What is kept in the keychain is unchanged.',
    next,
  });
