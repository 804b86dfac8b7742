import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanText, redactor } from '../../../electron/vault/sanitise.ts';
import { Secret } from '../../../shared/secret.ts';

const hexShare = fc
  .uint8Array({ minLength: 16, maxLength: 33 })
  .map((bytes) => Buffer.from(bytes).toString('hex'));
const token = fc.string({ unit: 'grapheme-ascii', minLength: 24, maxLength: 200 });

describe('redactor', () => {
  test('a secret at any place of any text is gone, in each of its forms', () => {
    fc.assert(
      fc.property(hexShare, fc.string(), fc.string(), (share, before, after) => {
        const bytes = Buffer.from(share, 'hex');
        const redact = redactor([Secret.of('share', share)]);
        for (const form of [
          share,
          share.toUpperCase(),
          bytes.toString('base64'),
          bytes.join(', '),
        ]) {
          const shown = redact(`${before} ${form} ${after}`, 4000);
          expect(shown).not.toContain(form);
          expect(shown).toContain('[redacted]');
        }
      }),
      { numRuns: 40 },
    );
  });

  test('a token of any characters is gone', () => {
    fc.assert(
      fc.property(token, (text) => {
        fc.pre(text.replace(/[^a-z0-9]/gi, '').length >= 8);
        const shown = redactor([Secret.of('vault-token', text)])(`<${text}>`);
        expect(shown).not.toContain(text.trim());
      }),
    );
  });

  test('what is not secret stays', () => {
    const redact = redactor([Secret.of('share', '9f3c7a1e5b8d2046f1a3c5e7092b4d6f8a1c3e50')]);
    const said = 'incorrect nonce supplied; nonce is "2dbd10f1-8528-6246-09e7-82b25b8aba63"';
    expect(redact(said)).toBe(said);
  });

  test('no secrets, short secrets, and an empty one', () => {
    expect(redactor([])('plain')).toBe('plain');
    expect(redactor([Secret.of('vault-token', '')])('plain')).toBe('plain');
    expect(redactor([Secret.of('vault-token', 'root')])('token root is bad')).toBe(
      'token [redacted] is bad',
    );
  });
});

describe('cleanText', () => {
  test.each([
    ['a\u0000b\u001b[1;31mred\u001b[0m', 'a b red'],
    ['right\u202eleft\u200b\ufeff', 'right left'],
    ['  lines\r\n\tand\u2028more  ', 'lines and more'],
    ['Åäö 漢字 ✓', 'Åäö 漢字 ✓'],
  ])('%j', (text, clean) => {
    expect(cleanText(text)).toBe(clean);
  });

  test('cut at the limit, and no longer', () => {
    expect(cleanText('x'.repeat(600))).toHaveLength(500);
    expect(cleanText('x'.repeat(500))).toBe('x'.repeat(500));
    expect(cleanText('x'.repeat(20), 5)).toBe('xxxx…');
  });
});
