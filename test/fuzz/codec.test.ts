import fc from 'fast-check';
import { expect } from 'vitest';
import { decodeToken, encodeToken } from '../../shared/codec/otp.ts';
import { parseShare, shareForVault } from '../../shared/codec/share.ts';
import { fromWords, toWords } from '../../shared/codec/words.ts';
import { canonical, parseCanonical } from '../../shared/transcript/canonical.ts';
import { Secret } from '../../shared/secret.ts';
import { anyJson, anyText, changedBytes, fuzz, taken } from './fuzz.ts';

/* Whatever is typed, pasted or read from paper. */

const base62 = fc.string({
  unit: fc.constantFrom(
    ...Array.from('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'),
  ),
  minLength: 28,
  maxLength: 28,
});
const otp = Buffer.from('aUPaIiOe44xmJIqtGI7YMVbavpxH');
const encoded = Buffer.from('CSMjTyMhJzxRcA1UMzlANTMKAyx9JgMmQEQvPg');

fuzz('what is entered as OTP and encoded token', 3000, fc.tuple(anyText, anyText), async (pair) => {
  const [left, right] = pair;
  await taken(() =>
    decodeToken(Secret.of('encoded-token', left), Secret.of('otp', right), 'dr-operation-token'),
  );
});

fuzz(
  'OTP and encoded token with slips of the pen',
  3000,
  fc.tuple(changedBytes(encoded), changedBytes(otp)),
  async ([left, right]) => {
    const [text, pad] = [left, right].map((one) => Buffer.from(one).toString('utf8'));
    const read = await taken(() =>
      decodeToken(
        Secret.of('encoded-token', text ?? ''),
        Secret.of('otp', pad ?? ''),
        'dr-operation-token',
      ),
    );
    if (read) expect(read.token.expose()).not.toBe('');
  },
);

fuzz('a token, hidden and found again', 2000, fc.tuple(base62, base62), ([token, pad]) => {
  const hidden = encodeToken(Secret.of('dr-operation-token', token), Secret.of('otp', pad));
  expect(decodeToken(hidden, Secret.of('otp', pad), 'dr-operation-token').token.expose()).toBe(
    token,
  );
});

const shareBytes = fc.uint8Array({ minLength: 33, maxLength: 33 });
const share = Buffer.alloc(33, 0xa7);

fuzz(
  'a share in any form',
  5000,
  fc.oneof(
    anyText,
    changedBytes(Buffer.from(share.toString('hex')), Buffer.from(share.toString('base64'))).map(
      (bytes) => Buffer.from(bytes).toString('latin1'),
    ),
  ),
  (text) => {
    const read = parseShare(text);
    if (read.ok) expect([32, 33]).toContain(read.bytes.length);
    // What is refused is not repeated to whoever reads over the shoulder.
    else if (text.trim().length > 12) expect(read.message).not.toContain(text.trim());
  },
);

fuzz('a share as Vault is sent it', 2000, shareBytes, (bytes) => {
  const read = parseShare(shareForVault(bytes));
  expect(read.ok).toBe(bytes[32] !== 0);
  if (read.ok) expect(read.bytes).toEqual(bytes);
});

fuzz('words read from paper', 3000, fc.oneof(anyText, fc.array(anyText)), (words) => {
  const bytes = fromWords(words);
  const list = typeof words === 'string' ? words.trim().split(/\s+/) : words;
  if (bytes)
    expect(toWords(bytes).map((one) => one.toLowerCase())).toEqual(
      list.map((one) => one.toLowerCase()),
    );
});

fuzz('canonical JSON', 3000, anyJson, (value) => {
  const text = JSON.stringify(value);
  const read = parseCanonical(text);
  if (read.ok) expect(canonical(read.value)).toBe(text);
});
