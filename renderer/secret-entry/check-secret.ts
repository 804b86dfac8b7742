import { readPgpMessage } from '../../shared/pgp/message.ts';
import type { Verdict } from '../isolated/secret-field.ts';

/** Characters a PIN has at least; the contract says the same (`shortestPin`). */
const shortestPin = 6;

/** Characters; the contract refuses more (`longestSecret`). */
export const longestToken = 16_384;

export interface CheckedSecret {
  readonly verdict: Verdict;
  /** The value to send, only where its form is right. */
  readonly value: string | undefined;
}

/** A Vault token: one run of printable characters. Vault promises no prefix and no length. */
export function checkToken(text: string): CheckedSecret {
  const token = text.trim();
  if (token === '') return empty;
  if (/\s/.test(token)) return wrong('There is a space or a line break inside. A token has none.');
  if (!/^[\x21-\x7e]+$/.test(token)) {
    return wrong('There is a character in it that no token has. Copy it again from its source.');
  }
  return right(`${count(token.length, 'character')}, no spaces inside.`, token);
}

/**
 * An OTP that was written down: letters and digits, as long as Vault asks (docs/protocol.md §2).
 * Before Vault 1.0 it was 24 characters of base64.
 */
export function checkOtp(text: string, length: number | undefined): CheckedSecret {
  const otp = text.replace(/[\s-]+/g, '');
  if (otp === '') return empty;
  const legacy = /^[A-Za-z0-9+/]{22}==$/.test(otp);
  if (!legacy && !/^[A-Za-z0-9]+$/.test(otp)) {
    return wrong('There is a character in it that is neither a letter nor a digit.');
  }
  const asked = length === undefined || length === 0 ? undefined : length;
  if (asked !== undefined && otp.length !== asked) {
    const apart = Math.abs(asked - otp.length);
    const tail = otp.length < asked ? `${apart} missing` : `${apart} too many`;
    return wrong(`${count(otp.length, 'character')} of ${asked}: ${tail}.`);
  }
  const asMany = asked === undefined ? '' : ', as many as asked for';
  return right(`${count(otp.length, 'character')}${asMany}.`, otp);
}

/** An OpenPGP message: armored, base64 or hex. */
export function checkMessage(text: string): CheckedSecret {
  if (text.trim() === '') return empty;
  const read = readPgpMessage(text);
  return read.ok ? right('An OpenPGP message.', text.trim()) : wrong(read.message);
}

/** An encoded token: base64, with or without its padding (docs/protocol.md §2); or an OpenPGP message. */
export function checkEncodedToken(text: string): CheckedSecret {
  if (readPgpMessage(text).ok || text.includes('-----BEGIN')) return checkMessage(text);
  const encoded = text.replace(/\s+/g, '');
  if (encoded === '') return empty;
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(encoded))
    return wrong('There is a character in it that no encoded token has.');
  return right(`${count(encoded.length, 'character')}.`, encoded);
}

/** A PIN: any characters, at least `shortestPin` of them. */
export function checkPin(text: string): CheckedSecret {
  if (text === '') return empty;
  if (text.length > 256) return wrong('A PIN has at most 256 characters.');
  if (/[\r\n]/.test(text)) return wrong('A PIN is one line.');
  if (text !== text.trim()) return wrong('A PIN has no space at its beginning or end.');
  if (text.length < shortestPin)
    return wrong(`${count(text.length, 'character')}: at least ${shortestPin} are needed.`);
  return right(`${count(text.length, 'character')}.`, text);
}

const empty: CheckedSecret = { verdict: { tone: 'quiet', says: '' }, value: undefined };

const wrong = (says: string): CheckedSecret => ({
  verdict: { tone: 'wrong', says },
  value: undefined,
});

const right = (says: string, value: string): CheckedSecret => ({
  verdict: { tone: 'good', says },
  value,
});

const count = (value: number, noun: string): string =>
  `${value.toLocaleString('en')} ${noun}${value === 1 ? '' : 's'}`;
