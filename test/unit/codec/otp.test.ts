import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeToken, encodeToken } from '../../../shared/codec/otp.ts';
import { Trouble } from '../../../shared/problem.ts';
import { Secret } from '../../../shared/secret.ts';

const encodedToken = (text: string) => Secret.of('encoded-token', text);
const otpOf = (text: string) => Secret.of('otp', text);
const tokenOf = (text: string) => Secret.of('dr-operation-token', text);
const decode = (encoded: string, otp: string) =>
  decodeToken(encodedToken(encoded), otpOf(otp), 'dr-operation-token');

/** docs/protocol.md §2: token, OTP, encoded token. */
const vectors: readonly (readonly [string, string, string])[] = [
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
  ['cf703c0d-afcc-55b9-2b64-d66cf427f59c', 'vZpZZf5UI1nvB3A5/7Xq9A==', 'cuplaFGYduDEY6ZVC5IfaA=='],
  ['00112233-4455-6677-8899-aabbccddeeff', 'AAECAwQFBgcICQoLDA0ODw==', 'ABAgMEBQYHCAkKCwwNDg8A=='],
];

describe('the vectors', () => {
  it.each(vectors)('decodes to %s', (token, otp, encoded) => {
    expect(decode(encoded, otp).token.expose()).toBe(token);
  });

  it.each(vectors)('encodes %s', (token, otp, encoded) => {
    expect(encodeToken(tokenOf(token), otpOf(otp)).expose()).toBe(encoded);
  });

  it("does not believe the old guide's wrong example", () => {
    const { token } = decode('HenFLWmt0AgrjWJp/RECzQ==', 'dKNQqNmh3JfJcSZdGlkttQ==');
    expect(token.expose()).toBe('694a9585-b00c-0c9f-e2fc-4434e7482f78');
    expect(token.expose()).not.toMatch(/^23e02f22-/);
  });
});

describe('what people paste', () => {
  const [token, otp, encoded] = vectors[0] ?? ['', '', ''];

  it('takes padding where Vault writes none, and none where old Vault wrote some', () => {
    expect(decode(`${encoded}==`, otp).token.expose()).toBe(token);
    expect(decode('cuplaFGYduDEY6ZVC5IfaA', 'vZpZZf5UI1nvB3A5/7Xq9A==').token.expose()).toBe(
      'cf703c0d-afcc-55b9-2b64-d66cf427f59c',
    );
  });

  it('ignores white space around both and inside the encoded token', () => {
    const wrapped = ` ${encoded.slice(0, 20)}\r\n${encoded.slice(20)}\n`;
    expect(decode(wrapped, `\t${otp}\n`).token.expose()).toBe(token);
  });
});

describe('doubts', () => {
  it('has none about a token that looks like one', () => {
    for (const [, otp, encoded] of [vectors[0], vectors[1], vectors[2], vectors[5]].flatMap((v) =>
      v === undefined ? [] : [v],
    )) {
      expect(decode(encoded, otp).doubts).toEqual([]);
    }
  });

  it('doubts a token without a known prefix, and gives it all the same', () => {
    const { token, doubts } = decode(
      'Bxg9JQQqOCNKBRICNwMIRzo2J3cWCBRi',
      '3JhHkONiyiaNYj14nnD9xZQS',
    );
    expect(doubts).toEqual(['unknown-prefix']);
    expect(token.expose()).toHaveLength(24);
  });

  it('doubts what a wrong OTP of the right length makes', () => {
    const { doubts } = decode(
      'WEdBHVVXVVNdXyYqKi4uKiomJjo6Pj46OiYmKg',
      'zzzzzzzzzzzzzzzzzzzzzzzzzzzz',
    );
    expect(doubts).toEqual(['unknown-prefix']);
    const { doubts: more } = decode(
      'WEdBHVVXVVNdXyYqKi4uKiomJjo6Pj46OiYmKg',
      'XGAXGAXGAXGAXGAXGAXGAXGAXGAX',
    );
    expect(more).toEqual(['not-printable', 'unknown-prefix']);
  });

  it('keeps every byte of garbage that is not UTF-8', () => {
    const encoded = Buffer.from([0xff, 0xfe, 0x41]).toString('base64');
    expect(decode(encoded, 'abc').token.expose()).toHaveLength(3);
  });
});

describe('refusals', () => {
  it.each([
    ['lengths that differ', 'WEdBHVVX', '0123456789ABCDEFGHIJKLMNOPQR'],
    ['an encoded token that is not base64', 'WEdBHVV*', '012345'],
    ['URL-safe base64', 'KRdCbCNzACd3AiN7DC9_Cit7CDdnGjtjHD9vEg', 'Aa0Bb1Cc2Dd3Ee4Ff5Gg6Hh7Ii8J'],
    ['bits left over at the end', 'WEdBHVVXVVNdXyYqKi4uKiomJjo6Pj46OiYmKh', vectors[0]?.[1] ?? ''],
    ['an empty encoded token', ' \n', '0123456789ABCDEFGHIJKLMNOPQR'],
    ['an empty OTP', 'WEdBHVVX', '  '],
    ['half a surrogate pair', 'WEdB', 'ab\ud800'],
  ])('refuses %s without repeating it', (_, encoded, otp) => {
    const problem = problemFrom(() => decode(encoded, otp));
    expect(problem.code).toBe('input.invalid');
    const said = JSON.stringify(problem);
    for (const secret of [encoded.trim(), otp.trim()]) {
      if (secret !== '') expect(said).not.toContain(secret);
    }
  });

  it('says both lengths', () => {
    const { known } = problemFrom(() => decode('WEdBHVVXVVNd', '0123456789ABCDEFGHIJKLMNOPQR'));
    expect(known).toContain('9 bytes');
    expect(known).toContain('28');
  });

  it('encodes no ordinary token with an OTP of the old kind', () => {
    const encode = () =>
      encodeToken(tokenOf('hvs.abcdefghijkl'), otpOf('vZpZZf5UI1nvB3A5/7Xq9A=='));
    expect(problemFrom(encode).code).toBe('input.invalid');
  });
});

describe('decode after encode', () => {
  const base62 = fc.constantFrom(
    ...Array.from('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'),
  );
  const printable = fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code));
  const pairs = fc.integer({ min: 1, max: 120 }).chain((length) => {
    const size = { minLength: length, maxLength: length };
    return fc.tuple(fc.string({ unit: printable, ...size }), fc.string({ unit: base62, ...size }));
  });

  it('gives the token back, whatever its length', () => {
    fc.assert(
      fc.property(pairs, ([token, otp]) => {
        const encoded = encodeToken(tokenOf(token), otpOf(otp));
        expect(encoded.expose()).not.toContain('=');
        expect(decodeToken(encoded, otpOf(otp), 'dr-operation-token').token.expose()).toBe(token);
      }),
    );
  });

  it('gives every UUID back with an OTP of the old kind', () => {
    const otps = fc
      .uint8Array({ minLength: 16, maxLength: 16 })
      .map((bytes) => Buffer.from(bytes).toString('base64'));
    fc.assert(
      fc.property(fc.uuid(), otps, (token, otp) => {
        const encoded = encodeToken(tokenOf(token), otpOf(otp));
        const decoded = decodeToken(encoded, otpOf(otp), 'dr-operation-token');
        expect(decoded.token.expose()).toBe(token);
        expect(decoded.doubts).toEqual([]);
      }),
    );
  });
});

function problemFrom(run: () => unknown) {
  try {
    run();
  } catch (thrown) {
    if (thrown instanceof Trouble) return thrown.problem;
    throw thrown;
  }
  throw new Error('expected a Trouble');
}
