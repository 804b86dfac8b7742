import fc from 'fast-check';
import { expect, test } from 'vitest';
import { limits, measureJson } from '../../../electron/security/payload-limits.ts';

const depthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? 1 + Math.max(0, ...Object.values(value).map(depthOf))
    : 0;

test('any JSON value is measured by its real depth, whatever brackets its strings hold', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 40, depthSize: 'large' }), (value) => {
      // fc.jsonValue counts nested values; limits.depth counts brackets.
      const expected = depthOf(value) > limits.depth ? 'too-deep' : 'fits';
      expect(measureJson(JSON.stringify(value))).toBe(expected);
    }),
  );
});

test('the limits themselves still fit, one more does not', () => {
  const deep = (n: number): string => '['.repeat(n) + ']'.repeat(n);
  expect(measureJson(deep(limits.depth))).toBe('fits');
  expect(measureJson(deep(limits.depth + 1))).toBe('too-deep');
  expect(measureJson('1'.repeat(limits.characters))).toBe('fits');
  expect(measureJson('1'.repeat(limits.characters + 1))).toBe('too-large');
});

test('a quote or a backslash in a string does not end it early', () => {
  expect(measureJson(JSON.stringify(`"\\${'['.repeat(100)}`))).toBe('fits');
});
