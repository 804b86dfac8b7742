import { describe, expect, test } from 'vitest';
import { waitBefore } from '../../../electron/topology/pace.ts';
import { factsOfNode, lagWords } from '../../../renderer/guide/screens/map/words.ts';
import { listed, passes } from '../../../renderer/guide/screens/sites/listed.ts';
import { profileSchema, type Profile } from '../../../shared/profile.ts';
import { linkOf } from '../../../shared/topology/link.ts';
import { memberState } from '../../../shared/topology/member-state.ts';
import { nodeState, readingsOf } from '../../../shared/topology/node-state.ts';
import { mergeReadings, siteReadingSchema } from '../../../shared/topology/reading.ts';
import { addressesOf, membersOf, siteOf } from '../../../shared/topology/site.ts';
import { siteState } from '../../../shared/topology/site-state.ts';

const at = '2026-11-23T03:12:00.000Z';
const [dr, drTwo, primary, oslo, osloDr] = ['dr-1', 'dr-2', 'a-1', 'oslo', 'oslo-dr'].map(
  (name) => `https://${name}.example:8200`,
);
const profile: Profile = profileSchema.parse({
  id: 'payments',
  kind: 'real',
  name: 'payments',
  colour: 'teal',
  nodes: [dr, drTwo],
  primaryNodes: [primary],
  seal: 'shamir',
  tls: {},
  others: [
    { name: 'Oslo DR', colour: 'rose', role: 'dr-secondary', follows: 'Oslo', nodes: [osloDr] },
    { name: 'Oslo', colour: 'blue', role: 'performance-secondary', nodes: [oslo] },
    { name: 'Lost', colour: 'green', role: 'dr-secondary', follows: 'Bergen', nodes: [dr] },
  ],
});
const site = siteOf(profile);
const member = (name: string) => {
  const found = membersOf(site).find((one) => one.name === name);
  if (!found) throw new Error(`no ${name}`);
  return found;
};

const facts = { at, initialized: true, sealed: false, active: true, unanswered: [] };
const answers = (node: string | undefined, more: object = {}) => ({
  state: 'answers',
  node,
  facts: { ...facts, ...more },
});
const silent = (node: string | undefined, code = 'vault.timeout', since = at) => ({
  state: 'silent',
  node,
  since,
  triedAt: at,
  problem: { code, known: 'Known.', safe: 'Safe.', next: 'Next.' },
});
const read = (...nodes: object[]) => siteReadingSchema.parse({ profileId: 'payments', nodes });
const seen = (...nodes: object[]) => readingsOf(read(...nodes));
const secondary = (state = 'stream-wals', more: object = {}) => ({
  drMode: 'secondary',
  dr: { mode: 'secondary', state, connection: 'ready', lastRemoteWal: 90, otherEnds: [], ...more },
});
const leading = {
  drMode: 'primary',
  dr: { mode: 'primary', state: 'running', lastShippedWal: 100, otherEnds: [] },
};

describe('the tree', () => {
  test('performance secondaries hang from the primary, their DR secondaries from them', () => {
    expect(site.followers.map(({ name }) => name)).toEqual(['payments', 'Lost', 'Oslo']);
    expect(member('Oslo').followers.map(({ name }) => name)).toEqual(['Oslo DR']);
    expect(membersOf(site).filter(({ promotable }) => promotable)).toEqual([member('payments')]);
  });
  test('an address that is listed twice is asked once', () => {
    expect(addressesOf(site)).toEqual([primary, dr, drTwo, oslo, osloDr]);
  });
});

describe('a node in a word', () => {
  test.each([
    [{}, 'Active'],
    [{ active: false }, 'Standby'],
    [{ active: false, performanceStandby: true }, 'Performance standby'],
    [{ sealed: true }, 'Sealed'],
    [{ initialized: false }, 'Not initialised'],
    [{ removed: true }, 'Removed from its cluster'],
  ])('%o is %s', (more, word) => {
    expect(nodeState(seen(answers(dr, more)).values().next().value).word).toBe(word);
  });
  test.each(['vault.timeout', 'vault.refused', 'vault.reset', 'vault.name-not-resolved'])(
    '%s is "not visible from here", of unknown level, and never "down"',
    (code) => {
      const [reading] = read(silent(dr, code)).nodes;
      expect(nodeState(reading)).toEqual({ level: 'unknown', word: 'Not visible from here' });
      const told = factsOfNode(reading).flat().join(' ');
      expect(told).toMatch(/Not visible from here, since \d\d:\d\d:\d\d/);
      expect(told).not.toMatch(/\bdown\b/i);
    },
  );
  test('what was not looked at says so', () => {
    expect(nodeState(undefined).word).toBe('Not looked at yet');
  });
});

describe('a cluster in a word', () => {
  const payments = member('payments');
  test('counts only once all its nodes are silent, since the last of them fell silent', () => {
    const later = '2026-11-23T03:14:00.000Z';
    const all = seen(silent(dr, 'vault.timeout', later), silent(drTwo));
    expect(memberState(payments, all)).toMatchObject({ level: 'unknown', silentSince: later });
    expect(memberState(payments, seen(silent(dr)))).toMatchObject({
      word: 'No answer so far',
      silentSince: undefined,
    });
  });
  test('one silent node beside the active one needs a look', () => {
    const state = memberState(payments, seen(answers(dr, secondary()), silent(drTwo)));
    expect(state).toMatchObject({ level: 'warning', answering: 1, of: 2 });
  });
  test('says where it is not what it was described as', () => {
    const state = memberState(payments, seen(answers(dr, leading)));
    expect(state).toMatchObject({ level: 'warning', word: 'Says it is a DR primary' });
  });
  test('without an active node nobody speaks for it', () => {
    const state = memberState(payments, seen(answers(dr, { active: false })));
    expect(state.word).toBe('No active node seen');
  });
  test('without an address nothing is claimed', () => {
    expect(memberState({ ...site, nodes: [] }, new Map())).toMatchObject({
      level: 'unknown',
      word: 'No address known',
    });
  });
});

describe('the link', () => {
  const link = (...nodes: object[]) => linkOf(site, member('payments'), seen(...nodes));
  test('streams, and the lag is a difference of two numbers', () => {
    const live = link(answers(primary, leading), answers(dr, secondary()));
    expect(live).toMatchObject({ level: 'ok', word: 'Streaming', lag: { writes: 10 } });
    expect(lagWords(live)).toBe('10 writes behind');
  });
  test('has no lag while it catches up, without the primary, or before the first write', () => {
    for (const state of ['merkle-diff', 'merkle-sync', 'idle'])
      expect(link(answers(primary, leading), answers(dr, secondary(state))).lag.known).toBe(false);
    expect(link(silent(primary), answers(dr, secondary())).lag.known).toBe(false);
    const early = secondary('stream-wals', { lastRemoteWal: 0 });
    expect(link(answers(primary, leading), answers(dr, early)).lag.known).toBe(false);
  });
  test('is not known where the secondary is not visible', () => {
    expect(link(answers(primary, leading), silent(dr))).toMatchObject({ level: 'unknown' });
  });
  test('two active primaries come before everything', () => {
    const both = [answers(primary, leading), answers(dr, leading)];
    expect(link(...both)).toMatchObject({ level: 'stop' });
    expect(siteState(site, seen(...both))).toMatchObject({
      level: 'stop',
      word: 'Two active primaries',
    });
  });
  test('a performance secondary that leads a DR set of its own is no second primary', () => {
    const performance = { mode: 'secondary', state: 'stream-wals', otherEnds: [] };
    const readings = seen(
      answers(primary, { ...leading, performanceMode: 'primary' }),
      answers(oslo, { ...leading, performanceMode: 'secondary', performance }),
    );
    expect(linkOf(site, member('Oslo'), readings)).toMatchObject({ level: 'ok' });
  });
});

test('a node tells its heartbeat’s age, its lead over this clock, and what it did not answer', () => {
  const otherEnds = [{ id: 'a', lastHeartbeat: '2026-11-23T03:11:55.000Z', clockSkewMs: 7 }];
  const told = { ...secondary('stream-wals', { otherEnds }), clockAheadMs: 3_600_400 };
  const [reading] = read(answers(dr, { ...told, unanswered: ['sys/leader'] })).nodes;
  const said = new Map(factsOfNode(reading));
  expect(said.get('DR link 1')).toMatch(/^a, heartbeat 5 seconds old, from .*, clock skew 7 ms$/);
  expect(said.get('Clock')).toBe('1 hour ahead of this machine');
  expect(said.get('Not answered')).toBe('sys/leader');
});

test('news replaces what it is news of, and nothing else', () => {
  const known = read(silent(dr), silent(primary));
  const merged = mergeReadings(known, read(answers(dr)));
  expect(merged.nodes.map(({ node, state }) => [node, state])).toEqual([
    [primary, 'silent'],
    [dr, 'answers'],
  ]);
});

test('the search finds names and addresses of every cluster; the filter goes by state', () => {
  const [line] = listed([profile], new Map([[profile.id, read(silent(dr))]]));
  if (!line) throw new Error('nothing listed');
  expect(['PAY', 'oslo-dr', 'a-1 pay'].every((word) => passes(line, word, 'all'))).toBe(true);
  expect(passes(line, 'pay bergen', 'all')).toBe(false);
  expect(passes(line, '', 'not-asked')).toBe(false);
});

describe('the pace', () => {
  const pace = { calmMs: 5_000, slowestMs: 60_000, perNodeMs: 100 };
  const wait = (failures: number, watched: number, random = 0.5) =>
    waitBefore(pace, { failures, watched }, () => random);
  test('doubles with each failure up to its slowest', () => {
    expect([0, 1, 2, 3, 4, 99].map((n) => wait(n, 3))).toEqual([
      5_000, 10_000, 20_000, 40_000, 60_000, 60_000,
    ]);
  });
  test('slows with many nodes, and is never in step', () => {
    expect(wait(0, 600)).toBe(60_000);
    expect(wait(5, 1_000)).toBe(100_000);
    expect(wait(0, 3, 0)).toBeLessThan(wait(0, 3, 1));
  });
});
