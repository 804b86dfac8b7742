import { randomBytes } from 'node:crypto';
import type { VaultVersion } from './version.ts';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const randomPart = 24;

/** Uniform base62 text, as Vault's `base62.Random` makes it (§2). */
export function base62(length: number): string {
  let text = '';
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      // 248 is the largest multiple of 62 in a byte: above it, some letters would be likelier.
      if (byte < 248 && text.length < length) text += alphabet.charAt(byte % 62);
    }
  }
  return text;
}

/** Length of a service token, hence of an OTP: `hvs.` + 24 from Vault 1.10 on, `s.` + 24 before (§0.1). */
export const tokenLength = (version: VaultVersion): number => prefixOf(version).length + randomPart;

export const mintToken = (version: VaultVersion, shape: 'prefixed' | 'bare'): string =>
  shape === 'bare' ? base62(tokenLength(version)) : prefixOf(version) + base62(randomPart);

/** token XOR OTP, in standard base64 without padding (§2). Both texts have the same length. */
export function encodeToken(token: string, otp: string): string {
  const pad = Buffer.from(otp, 'utf8');
  const mixed = Buffer.from(token, 'utf8').map((byte, at) => byte ^ (pad[at] ?? 0));
  return Buffer.from(mixed).toString('base64').replace(/=+$/, '');
}

const prefixOf = (version: VaultVersion): string =>
  version.major === 1 && version.minor < 10 ? 's.' : 'hvs.';
