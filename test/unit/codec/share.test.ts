import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseShare, shareForVault } from '../../../shared/codec/share.ts';

const share = Uint8Array.from({ length: 33 }, (_, i) => (i * 37 + 11) & 0xff);
const hex = Buffer.from(share).toString('hex');
const base64 = Buffer.from(share).toString('base64');
const single = share.subarray(0, 32);

const parsed = (text: string, required?: number) => {
  const result = parseShare(text, { required });
  if (!result.ok) throw new Error(result.reason);
  return result;
};
const reason = (text: string, required?: number) => {
  const result = parseShare(text, { required });
  return result.ok ? 'accepted' : result.reason;
};

describe('a good share', () => {
  it('is read from hex, in either case, and from base64', () => {
    expect(parsed(hex, 3)).toEqual({ ok: true, bytes: share, encoding: 'hex' });
    expect(parsed(hex.toUpperCase(), 3).bytes).toEqual(share);
    expect(parsed(base64, 3)).toEqual({ ok: true, bytes: share, encoding: 'base64' });
  });

  it('may have white space anywhere, and the invisible characters of chat programs', () => {
    const spaced = `\ufeff ${hex.match(/.{1,6}/g)?.join('\r\n\t') ?? ''}\u200b\u00a0`;
    expect(parsed(spaced, 3).bytes).toEqual(share);
    expect(parsed(` ${base64.slice(0, 9)} \n${base64.slice(9)}`, 3).bytes).toEqual(share);
  });

  it('has 32 bytes where one share is enough, and base64 then ends with =', () => {
    const text = Buffer.from(single).toString('base64');
    expect(text).toMatch(/[^=]=$/);
    expect(parsed(text, 1)).toEqual({ ok: true, bytes: single, encoding: 'base64' });
    expect(parsed(Buffer.from(single).toString('hex'), 1).encoding).toBe('hex');
  });

  it('may have either length while the threshold is not known', () => {
    expect(reason(hex)).toBe('accepted');
    expect(reason(Buffer.from(single).toString('hex'))).toBe('accepted');
  });

  it('may end with zero where it has no tag', () => {
    expect(reason(Buffer.alloc(32).toString('hex'), 1)).toBe('accepted');
  });
});

describe('a text that is no share', () => {
  it.each([
    ['nothing', '', 'empty'],
    ['white space', ' \r\n\t\u200b', 'empty'],
    ['1 MiB', 'a'.repeat(1024 * 1024), 'too-long-text'],
    ['1 MiB of white space', ' '.repeat(1024 * 1024), 'too-long-text'],
    ['words', 'my share of the key', 'not-hex-or-base64'],
    ['a label before it', `Unseal Key 1: ${hex}`, 'not-hex-or-base64'],
    ['URL-safe base64', `${base64.slice(0, 43)}-`, 'not-hex-or-base64'],
    [
      'base64 without its padding',
      Buffer.from(single).toString('base64').slice(0, 43),
      'not-hex-or-base64',
    ],
    ['padding in the middle', `${base64.slice(0, 4)}=${base64.slice(5)}`, 'not-hex-or-base64'],
    ['emoji', '🗝️🗝️🗝️🗝️', 'not-hex-or-base64'],
    ['a NUL', `${hex.slice(0, 65)}\0`, 'not-hex-or-base64'],
    ['one hex character lost', hex.slice(1), 'not-hex-or-base64'],
    ['12 bytes', Buffer.alloc(12, 7).toString('base64'), 'too-short'],
    ['the same share twice', hex + hex, 'too-long'],
    ['35 bytes of hex', `${hex}0a0b`, 'too-long'],
    ['32 bytes in hex', Buffer.from(single).toString('hex'), 'wrong-length'],
    ['16 bytes', Buffer.alloc(16, 7).toString('hex'), 'wrong-length'],
    ['a tag of zero', Buffer.from([...single, 0]).toString('base64'), 'zero-tag'],
  ])('%s is refused', (_, text, expected) => {
    expect(reason(text, 3)).toBe(expected);
  });

  it('has the wrong length with 33 bytes where one share is enough', () => {
    expect(reason(hex, 1)).toBe('wrong-length');
  });

  it('is not repeated in the message', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 8, maxLength: 200 }), (text) => {
        const result = parseShare(text, { required: 3 });
        if (!result.ok) expect(result.message).not.toContain(text);
      }),
    );
  });
});

describe('hex before base64, as Vault decodes', () => {
  it('reads 44 hex digits as 22 bytes, although they are base64 too', () => {
    const result = parseShare('0123456789abcdef'.repeat(3).slice(0, 44), { required: 3 });
    expect(result).toMatchObject({ ok: false, reason: 'wrong-length' });
    expect(result.ok ? '' : result.message).toContain('Read as hex, this is 22 bytes');
  });

  it('falls back to base64 where hex gives too few bytes', () => {
    const result = parseShare('a'.repeat(24), { required: 3 });
    expect(result.ok ? '' : result.message).toContain('Read as base64, this is 18 bytes');
  });
});

describe('shareForVault', () => {
  it('gives lower-case hex that reads back to the same bytes, whatever the encoding was', () => {
    const shares = fc
      .uint8Array({ minLength: 33, maxLength: 33 })
      .filter((bytes) => bytes[32] !== 0);
    fc.assert(
      fc.property(shares, fc.constantFrom<BufferEncoding>('hex', 'base64'), (bytes, encoding) => {
        const text = shareForVault(parsed(Buffer.from(bytes).toString(encoding), 3).bytes);
        expect(text).toMatch(/^[0-9a-f]{66}$/);
        expect(Buffer.from(text, 'hex')).toEqual(Buffer.from(bytes));
      }),
    );
  });
});

it('imports nothing but plain bytes: the share-entry page has no package', () => {
  const sourceOf = (name: string) =>
    readFileSync(new URL(`../../../shared/codec/${name}.ts`, import.meta.url), 'utf8');
  const imports = (source: string) => source.match(/^\s*(import|export .* from)\b.*$/gm) ?? [];
  expect(imports(sourceOf('share'))).toEqual([expect.stringContaining("from './plain-bytes.ts'")]);
  expect(imports(sourceOf('plain-bytes'))).toEqual([]);
});
