import { describe, expect, test } from 'vitest';
import { longestSecret } from '../../../shared/contract/isolated.ts';
import { groupsOf, written } from '../../../renderer/secret-entry/characters.ts';
import { checkOtp, checkToken, longestToken } from '../../../renderer/secret-entry/check-secret.ts';

describe('a Vault token', () => {
  test('may have any length up to what the contract takes', () => {
    expect(longestToken).toBe(longestSecret);
    expect(checkToken('x').value).toBe('x');
    const longest = `hvb.${'A'.repeat(longestToken - 4)}`;
    expect(checkToken(`\n ${longest} `).value).toBe(longest);
  });

  test.each(['hvs.abc def', 'hvs.abc\nhvs.def', 'hvs.abc\u200bdef', 'hvs.\u00e4'])(
    'is refused with a stray character inside: %j',
    (text) => {
      expect(checkToken(text).value).toBeUndefined();
      expect(checkToken(text).verdict.tone).toBe('wrong');
    },
  );

  test('is not complained about before it is entered', () => {
    expect(checkToken('  ').verdict).toEqual({ tone: 'quiet', says: '' });
  });
});

describe('an OTP from a paper', () => {
  const otp = 'Wb4kO0lI1xYz77aQm3NcSs9RtvUu';

  test('is read in groups, with spaces or hyphens', () => {
    expect(checkOtp(otp, 28).value).toBe(otp);
    expect(checkOtp(otp.replace(/.{4}/g, '$& '), 28).value).toBe(otp);
    expect(checkOtp(otp.replace(/.{4}(?=.)/g, '$&-'), 28).value).toBe(otp);
  });

  test('must be as long as Vault asks', () => {
    expect(checkOtp(otp.slice(1), 28).verdict.says).toBe('27 characters of 28: 1 missing.');
    expect(checkOtp(`${otp}ab`, 28).verdict.says).toBe('30 characters of 28: 2 too many.');
    expect(checkOtp(otp, 26).value).toBeUndefined();
  });

  test('has letters and digits only', () => {
    expect(checkOtp(`${otp.slice(1)}_`, 28).verdict.says).toContain('neither a letter nor a digit');
  });

  test('of the old kind is base64 of 16 bytes', () => {
    const legacy = Buffer.alloc(16, 0xfb).toString('base64');
    expect(checkOtp(legacy, undefined).value).toBe(legacy);
    expect(checkOtp(legacy, 0).value).toBe(legacy);
    expect(checkOtp(legacy, 24).value).toBe(legacy);
  });
});

describe('an OTP to be written down', () => {
  test('stands in groups of four and loses no character', () => {
    const value = 'Wb4kO0lI1xYz77aQm3NcSs9Rtv';
    const groups = groupsOf(value);
    expect(groups.map((group) => group.length)).toEqual([4, 4, 4, 4, 4, 4, 2]);
    expect(
      groups
        .flat()
        .map(({ character }) => character)
        .join(''),
    ).toBe(value);
  });

  test.each([
    ['0', 'zero', 'zero'],
    ['O', 'capital', 'capital O'],
    ['o', 'small', 'small o'],
    ['1', 'one', 'one'],
    ['l', 'small', 'small l'],
    ['I', 'capital', 'capital I'],
    ['w', 'small', 'small w'],
    ['+', undefined, 'plus'],
    ['7', undefined, 'seven'],
    ['b', undefined, 'small b'],
  ])('%s is named where handwriting leaves a doubt', (character, name, spoken) => {
    expect(written(character)).toMatchObject({ name, spoken });
  });
});
