import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../../shared/secret.ts';
import { canonical } from '../../../shared/transcript/canonical.ts';

describe('the examples of RFC 8785', () => {
  it('§3.2.2 and §3.2.3: literals, numbers, strings and sorted keys', () => {
    const input: unknown = JSON.parse(`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
      "literals": [null, true, false]
    }`);
    expect(canonical(input)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        `"string":"€$\\u000f\\nA'B\\"\\\\\\\\\\"/"}`,
    );
  });

  it('§3.2.3: keys are ordered by UTF-16 code units', () => {
    const input: unknown = JSON.parse(`{
      "\\u20ac": "Euro Sign", "\\r": "Carriage Return", "\\ufb33": "Hebrew Letter Dalet With Dagesh",
      "1": "One", "\\ud83d\\ude00": "Emoji: Grinning Face", "\\u0080": "Control",
      "\\u00f6": "Latin Small Letter O With Diaeresis"
    }`);
    const order = [...canonical(input).matchAll(/:"([^"]+)"/g)].map(([, value]) => value);
    expect(order).toEqual([
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ]);
  });

  it.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['ffefffffffffffff', '-1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['c340000000000000', '-9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['41b3de4355555557', '333333333.33333343'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ])('appendix B: the double %s is %s', (ieee754, text) => {
    expect(canonical(Buffer.from(ieee754, 'hex').readDoubleBE())).toBe(text);
  });
});

describe('what is not JSON', () => {
  it.each([
    ['NaN', Number.NaN],
    ['Infinity', -Infinity],
    ['half a surrogate pair', 'a\ud83d'],
    ['half a surrogate pair in a key', { 'a\ude00': 1 }],
    ['undefined', undefined],
    ['undefined in a list', [undefined]],
    ['a function', () => 1],
    ['a bigint', 1n],
    ['a date', new Date(0)],
    ['a map', { of: new Map() }],
    ['a secret', { otp: Secret.of('otp', 'pad-pad-pad') }],
  ])('%s is refused', (_, value) => {
    expect(() => canonical(value)).toThrow(TypeError);
  });

  it('a cycle is refused, and nesting without end', () => {
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    expect(() => canonical(cycle)).toThrow(TypeError);
    expect(() => canonical(JSON.parse('['.repeat(5000) + ']'.repeat(5000)))).toThrow(TypeError);
  });

  it('an undefined property is absent, as in JSON.stringify', () => {
    expect(canonical({ b: undefined, a: 1 })).toBe('{"a":1}');
  });
});

describe('for every JSON value', () => {
  const values = fc.jsonValue({ maxDepth: 4, stringUnit: 'grapheme' });

  it('the form reads back to the value, and is its own form', () => {
    fc.assert(
      fc.property(values, (value) => {
        const text = canonical(value);
        const back: unknown = JSON.parse(text);
        expect(back).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonical(back)).toBe(text);
      }),
    );
  });

  it('the order in which properties were added does not matter', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.integer()), (record) => {
        const reversed = Object.fromEntries(Object.entries(record).reverse());
        expect(canonical(reversed)).toBe(canonical(record));
      }),
    );
  });
});
