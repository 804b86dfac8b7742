import { describe, expect, test } from 'vitest';
import { problemCodes } from '../../../shared/problem.ts';
import { fileUnfit, longestFile, textUnfit } from '../../../renderer/isolated/fit.ts';
import { aftermath } from '../../../renderer/share-entry/aftermath.ts';
import { checkShare, longestShareText } from '../../../renderer/share-entry/check-share.ts';

const bytes = Uint8Array.from({ length: 33 }, (_, place) => place + 1);
const hex = Buffer.from(bytes).toString('hex');
const base64 = Buffer.from(bytes).toString('base64');

describe('the check of a share while it is entered', () => {
  test.each([
    ['hex', hex],
    ['base64', base64],
    ['hex in capitals', hex.toUpperCase()],
    ['hex over several lines', `  ${hex.slice(0, 20)}\n${hex.slice(20)}\r\n`],
  ])('takes %s', (_, text) => {
    const { share, verdict } = checkShare(text, 3);
    expect(share).toBe(text.trim());
    expect(verdict.tone).toBe('good');
  });

  test('leaves the label out and says so', () => {
    const { share, verdict } = checkShare(`Unseal Key 1: ${base64}\n`, 3);
    expect(share).toBe(base64);
    expect(verdict.says).toContain('label');
  });

  test('refuses several labelled shares at once', () => {
    const { share, verdict } = checkShare(`Unseal Key 1: ${hex}\nUnseal Key 2: ${hex}`, 3);
    expect(share).toBeUndefined();
    expect(verdict.says).toContain('several shares');
  });

  test('says nothing about an empty field', () => {
    expect(checkShare(' \n', 3)).toEqual({
      verdict: { tone: 'quiet', says: '' },
      share: undefined,
    });
  });

  test.each([
    ['cut off', hex.slice(0, 40)],
    ['doubled', hex + hex],
    ['one character short', hex.slice(1)],
    ['of another alphabet', `${hex.slice(0, 60)}?!äöü§`],
    ['of 32 bytes where a tag belongs', hex.slice(2)],
    ['as long as the field', 'a'.repeat(longestShareText)],
  ])('refuses one that is %s, without quoting it', (_, text) => {
    const { share, verdict } = checkShare(text, 3);
    expect(share).toBeUndefined();
    expect(verdict.tone).toBe('wrong');
    expect(verdict.says).not.toContain(text.slice(0, 8));
  });

  test('knows that a single share has no tag byte', () => {
    expect(checkShare(hex.slice(2), 1).share).toBe(hex.slice(2));
    expect(checkShare(hex, 1).share).toBeUndefined();
  });
});

describe('the size of what comes in', () => {
  test('a text fits up to the limit, the kept part counted', () => {
    expect(textUnfit(100, 1948, 2048)).toBeUndefined();
    expect(textUnfit(100, 1949, 2048)).toContain('left out');
  });

  test('a file is measured before it is opened', () => {
    expect(fileUnfit(66)).toBeUndefined();
    expect(fileUnfit(longestFile)).toBeUndefined();
    expect(fileUnfit(longestFile + 1)).toContain('not opened');
    expect(fileUnfit(0)).toContain('empty');
  });
});

describe('what becomes of the share after a problem', () => {
  test('it is kept only where it surely never left, or Vault turned it away unread', () => {
    expect(problemCodes.filter((code) => aftermath(code) === 'keep').toSorted()).toEqual([
      'ceremony.busy',
      'input.invalid',
      'input.share-format',
      'input.too-large',
      'pgp.gpg-failed',
      'pgp.gpg-locked',
      'pgp.gpg-missing',
      'pgp.gpg-stopped',
      'pgp.gpg-timeout',
      'pgp.key-unfit',
      'pgp.not-a-message',
      'pgp.not-opened',
      'vault.address-refused',
      'vault.certificate',
      'vault.clock',
      'vault.name-not-resolved',
      'vault.rate-limited',
      'vault.redirect-refused',
      'vault.refused',
      'vault.reset',
      'vault.timeout',
      'vault.tls',
    ]);
  });

  test('a duplicate leaves the field open for another one', () => {
    expect(problemCodes.filter((code) => aftermath(code) === 'clear')).toEqual([
      'input.share-duplicate',
      'vault.duplicate-share',
    ]);
  });
});
