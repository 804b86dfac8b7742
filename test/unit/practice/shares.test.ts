import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { resolveOptions } from '../../../electron/practice/options.ts';
import { combine, decodeShare, KeyMaterial } from '../../../electron/practice/shares.ts';
import { base62, encodeToken } from '../../../electron/practice/token.ts';

describe('Shamir as Vault does it', () => {
  it('any threshold of the shares gives the root key, fewer do not', async () => {
    const keys = await KeyMaterial.make(4, 3);
    const [a, b, c, d] = keys.shares;
    if (!a || !b || !c || !d) throw new Error('four shares expected');
    for (const parts of [
      [a, b, c],
      [d, c, b],
      [a, b, c, d],
    ]) {
      const combined = await combine(parts);
      expect(combined.ok && keys.isRootKey(combined.key)).toBe(true);
    }
    const few = await combine([a, d]);
    expect(few.ok && keys.isRootKey(few.key)).toBe(false);
  });

  it('a foreign share combines to another key, and never has one of our tags', async () => {
    const keys = await KeyMaterial.make(254, 2);
    const [first] = keys.shares;
    if (first === undefined) throw new Error('a share expected');
    const combined = await combine([first, keys.foreignShare()]);
    expect(combined.ok && keys.isRootKey(combined.key)).toBe(false);
    expect(combined.ok).toBe(true);
  });

  it('a share with tag 0 is wrong, not an accident', async () => {
    const keys = await KeyMaterial.make(3, 2);
    const [first] = keys.shares;
    if (first === undefined) throw new Error('a share expected');
    const combined = await combine([first, Buffer.concat([randomBytes(32), Buffer.alloc(1)])]);
    expect(combined.ok && keys.isRootKey(combined.key)).toBe(false);
  });
});

describe('a share’s text', () => {
  const bytes = randomBytes(33);

  it.each([
    ['hex', bytes.toString('hex')],
    ['upper-case hex', bytes.toString('hex').toUpperCase()],
    ['base64', bytes.toString('base64')],
  ])('%s is understood', (_, text) => {
    expect(decodeShare(text)).toEqual({ ok: true, share: bytes });
  });

  it('text of hex digits that is too short as hex is base64', () => {
    const decoded = decodeShare('abcdefabcdefabcdefabcdef');
    expect(decoded.ok && decoded.share).toHaveLength(18);
  });

  it.each(['', 'A', 'AAA', 'AA=A', '=AAA', 'AAAA====', 'AA AA', 'ÄÄÄÄ'])(
    'not understood, or nothing: %j',
    (text) => {
      const decoded = decodeShare(text);
      expect(decoded.ok ? decoded.share.length : 0).toBe(0);
    },
  );
});

describe('tokens', () => {
  it.each([
    [
      'hvs.abcdefghijklmnopqrstuvwx',
      '0123456789ABCDEFGHIJKLMNOPQR',
      'WEdBHVVXVVNdXyYqKi4uKiomJjo6Pj46OiYmKg',
    ],
    [
      's.ABCDEFGHIJKLMNOPQRSTUVWX',
      'zyxwvutsrqponmlkjihgfedcba',
      'CVc5NTUxMTU1OTklJSEhJSU5OTU1MTE1NTk',
    ],
    [
      'hvr.ABCDEFGHIJKLMNOPQRSTUVWX',
      'Aa0Bb1Cc2Dd3Ee4Ff5Gg6Hh7Ii8J',
      'KRdCbCNzACd3AiN7DC9/Cit7CDdnGjtjHD9vEg',
    ],
    [
      'hvs.gZcA2a9cECYY77bDviO9SEuu',
      'IzBwBfJdPqLmNvXcRtYuKoGiHsEa',
      'IQwxWSU8KSViEHUOCzUBOmVDOzE9BghQGzYwFA',
    ],
    ['4RUmoevJ3lsLni9sTXcNnRE1', '3JhHkONiyiaNYj14nnD9xZQS', 'Bxg9JQQqOCNKBRICNwMIRzo2J3cWCBRi'],
  ])('the vector of %s (§2)', (token, otp, encoded) => {
    expect(encodeToken(token, otp)).toBe(encoded);
  });

  it('base62 uses its whole alphabet and no more', () => {
    const text = base62(20_000);
    expect(text).toMatch(/^[0-9A-Za-z]{20000}$/);
    expect(new Set(text).size).toBe(62);
  });
});

describe('options', () => {
  it.each([
    { shares: 0 },
    { shares: 256 },
    { shares: 3, threshold: 4 },
    { shares: 3, threshold: 1 },
    { shares: 2.5 },
    { threshold: 0 },
    { outageMs: 999 },
    { outageMs: 600_001 },
    { version: '0.11.6' },
    { version: 'latest' },
  ])('%o are refused', (options) => {
    expect(() => resolveOptions(options)).toThrow('input.invalid');
  });

  it('have the defaults of the design', () => {
    expect(resolveOptions({})).toMatchObject({
      shares: 5,
      threshold: 3,
      outageMs: 8_000,
      seal: 'shamir',
    });
    expect(resolveOptions({ shares: 1 }).threshold).toBe(1);
    expect(resolveOptions({ threshold: 7 }).shares).toBe(7);
  });
});
