import { describe, expect, test } from 'vitest';
import { lagOf, type Comparison } from '../../../shared/ceremony/lag.ts';
import { compareVersions } from '../../../shared/ceremony/versions.ts';
import { byGravity, inGroups, type Finding } from '../../../shared/ceremony/findings.ts';

const last: Comparison = {
  at: '2026-11-23T01:00:00.000Z',
  primaryWal: 4_213,
  secondaryWal: 4_200,
};
const now = Date.parse('2026-11-23T03:00:00.000Z');
const hours = 3_600_000;
const streaming = (lastRemoteWal: number | undefined) => ({ state: 'stream-wals', lastRemoteWal });

describe('the lag is', () => {
  test('known only where the primary is read now and the secondary streams', () => {
    expect(lagOf(streaming(4_200), 4_213, undefined, now)).toEqual({ kind: 'known', behind: 13 });
    expect(lagOf(streaming(4_213), 4_213, last, now)).toEqual({ kind: 'known', behind: 0 });
  });

  test('never below nothing, where the secondary was read a moment later', () => {
    expect(lagOf(streaming(4_220), 4_213, undefined, now)).toEqual({ kind: 'known', behind: 0 });
  });

  test('stale against what the primary had written when it was last seen, with the age', () => {
    expect(lagOf(streaming(4_210), undefined, last, now)).toEqual({
      kind: 'stale',
      behind: 3,
      at: last.at,
      ageMs: 2 * hours,
    });
  });

  test('unknowable in every other state, even with both numbers at hand', () => {
    for (const state of ['merkle-sync', 'merkle-diff', 'idle', undefined]) {
      const position = { state, lastRemoteWal: 4_213 };
      expect(lagOf(position, 4_213, last, now)).toEqual({
        kind: 'unknowable',
        why: 'not-streaming',
        last: { behind: 13, at: last.at, ageMs: 2 * hours },
      });
    }
  });

  test('unknowable without a position, and without a primary that was ever read', () => {
    for (const none of [undefined, 0])
      expect(lagOf(streaming(none), 4_213, undefined, now)).toMatchObject({ why: 'no-position' });
    expect(lagOf(streaming(4_213), undefined, undefined, now)).toEqual({
      kind: 'unknowable',
      why: 'primary-never-read',
      last: undefined,
    });
  });

  test('of no negative age, where the clock was set back since', () => {
    const before = Date.parse(last.at) - hours;
    expect(lagOf(streaming(4_213), undefined, last, before)).toMatchObject({ ageMs: 0 });
  });
});

test('versions are compared as numbers, editions and candidates aside', () => {
  expect(compareVersions('1.9.10', '1.21.4+ent')).toBeLessThan(0);
  expect(compareVersions('2.0.0+ent.hsm', '1.21.4')).toBeGreaterThan(0);
  expect(compareVersions('v1.21.4', '1.21.4+ent')).toBe(0);
  expect(compareVersions('1.21', '1.21.4')).toBeUndefined();
  expect(compareVersions('unknown', '1.21.4')).toBeUndefined();
});

describe('findings', () => {
  const finding = (id: Finding['id'], level: Finding['level'], node: string): Finding => ({
    id,
    level,
    node,
    what: 'What was seen.',
    why: 'Why it matters.',
    todo: 'What to do.',
  });
  const found = [
    finding('reachable', 'ok', 'a'),
    finding('clock', 'warning', 'a'),
    finding('licence', 'unknown', 'a'),
    finding('tls', 'stop', 'a'),
    finding('clock', 'warning', 'b'),
    finding('tls', 'stop', 'b'),
  ];

  test('are ordered with stops first, and stay in their order within a level', () => {
    expect(byGravity(found).map(({ level, node }) => `${level} ${node}`)).toEqual([
      'stop a',
      'stop b',
      'unknown a',
      'warning a',
      'warning b',
      'ok a',
    ]);
  });

  test('of one kind and level are one group', () => {
    expect(inGroups(found).map(({ id, findings }) => [id, findings.length])).toEqual([
      ['tls', 2],
      ['licence', 1],
      ['clock', 2],
      ['reachable', 1],
    ]);
  });
});
