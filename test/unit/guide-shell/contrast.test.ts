import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { colours } from '../../../shared/profile.ts';

/*
 * WCAG 2.2: 1.4.3 asks for 4.5:1 between text and its ground, 1.4.11 for 3:1 between what can be
 * used and what is beside it. Every pair that the surfaces use is held to that, in both themes.
 */
const css = await readFile(new URL('../../../renderer/style/tokens.css', import.meta.url), 'utf8');
const tokens = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }],
  ),
);

const grounds = ['ground', 'panel', 'sunken', 'raised'];
const meanings = ['good', 'warning', 'danger', 'unknown'];
const tinted = [...meanings, 'accent'].map((name) => `${name}-soft`);
const clusters = colours.map((colour) => `cluster-${colour}`);

const texts: [text: string, ground: string][] = [
  ...['ink', 'ink-soft', 'accent', ...meanings, ...clusters].flatMap((text) =>
    grounds.map((ground): [string, string] => [text, ground]),
  ),
  ...['ink', 'ink-soft'].flatMap((text) =>
    tinted.map((ground): [string, string] => [text, ground]),
  ),
  ...[...meanings, 'accent'].map((name): [string, string] => [name, `${name}-soft`]),
  ...meanings.map((name): [string, string] => ['accent', `${name}-soft`]),
  ['on-accent', 'accent'],
  ['on-accent', 'accent-strong'],
  ['on-danger', 'danger'],
  ['on-danger', 'danger-strong'],
  ['on-real', 'real'],
  ['on-practice', 'practice'],
  ['on-practice', 'practice-hatch'],
];
const outlines: [line: string, ground: string][] = ['edge', 'focus', 'practice-line'].flatMap(
  (line) => grounds.map((ground): [string, string] => [line, ground]),
);

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
  const colour = (name: string): string => {
    const token = tokens.get(name);
    if (!token) throw new Error(`tokens.css has no colour "${name}".`);
    return token[theme];
  };
  test.each(texts)('%s can be read on %s', (text, ground) => {
    expect(contrast(colour(text), colour(ground))).toBeGreaterThanOrEqual(4.5);
  });
  test.each(outlines)('%s is seen on %s', (line, ground) => {
    expect(contrast(colour(line), colour(ground))).toBeGreaterThanOrEqual(3);
  });
  test('REAL and PRACTICE share no colour', () => {
    const real = ['real', 'on-real'].map(colour);
    expect(real).not.toContain(colour('practice'));
    expect(real).not.toContain(colour('practice-hatch'));
    expect(contrast(colour('real'), colour('practice'))).toBeGreaterThanOrEqual(3);
  });
  test('no two clusters share a colour', () => {
    expect(new Set(clusters.map(colour)).size).toBe(clusters.length);
  });
});

/** WCAG's contrast ratio of two colours written as `#rrggbb`. */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
