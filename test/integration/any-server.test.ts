import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { MemoryKeychain } from '../../electron/keychain/memory-keychain.ts';
import { defaultSwitches } from '../../electron/practice/switches.ts';
import type { Conductor } from '../../electron/ceremony/conductor.ts';
import { nodeNow, type UnsealNode } from '../../shared/ceremony/unseal.ts';
import { promoted, statusOf } from '../fakes/after-bench.ts';
import { CeremonyBench, holders, problemFrom, typesOf } from '../fakes/ceremony-bench.ts';

/* A root token and unsealing on the practice site; on a real server they are in test/real. */
let bench: CeremonyBench;
beforeEach(async () => {
  const keychain = new MemoryKeychain({ acceptsThatACrashEndsTheCeremony: true });
  bench = await CeremonyBench.open({}, keychain);
});
afterEach(() => bench.close());

const roster = { operator: 'Robin', witness: 'Wim', holders: [...holders] };

describe('a root token', () => {
  async function inHand(): Promise<Conductor> {
    bench.nodes = [bench.site.primary];
    const { conductor } = await bench.opened('root-token');
    await conductor.prepare.preflight();
    await conductor.prepare.setRoster(roster);
    await conductor.attempt.start();
    for (const n of [0, 1, 2]) await bench.give(conductor, n);
    await conductor.token.decode();
    return conductor;
  }

  test('is a secret of its own kind; shown to one person after a second one agreed', async () => {
    const conductor = await inHand();
    const alone = await problemFrom(conductor.token.show('Robin', 'Robin'));
    expect(alone.code).toBe('rule.not-now');
    const token = await conductor.token.show('Robin', 'Wim');
    expect(token.kind).toBe('root-token');
    expect(token.expose()).toBe(bench.site.minted.at(-1)?.token);
    expect(conductor.state).toMatchObject({ shown: { times: 1, to: 'Robin' } });
  });

  test('is kept for a while, and is still there after a restart; then it is revoked', async () => {
    const conductor = await inHand();
    const until = '2026-11-24T06:00:00.000Z';
    await conductor.token.store({ owner: 'Robin', why: 'The auth method is repaired.', until });
    await bench.restart();
    const again = await bench.ceremonies.take(conductor.state.id);
    // It is taken up in the background: its own look comes first.
    await vi.waitUntil(() => typesOf(again).includes('resumed'));
    expect(again.state).toMatchObject({ phase: 'in-hand', stored: { owner: 'Robin', until } });
    expect((await problemFrom(again.ending.end())).code).toBe('rule.not-now');
    expect(await again.token.delete()).toBe(true);
    await again.ending.end();
    expect(again.state).toMatchObject({ phase: 'ended', outcome: 'closed', openItems: [] });
  });

  test('is made on a cluster that was just promoted, beside the failover that waits', async () => {
    const { conductor: failover } = await bench.fenced();
    await promoted(failover);
    await failover.after.settle({
      item: 'login',
      outcome: 'open',
      by: 'Nadia',
      says: 'The login is refused.',
    });
    const { conductor } = await bench.opened('root-token');
    await conductor.prepare.preflight();
    await conductor.prepare.setRoster(roster);
    await conductor.attempt.start();
    for (const n of [0, 1, 2]) await bench.give(conductor, n);
    await conductor.token.decode();
    const lines = await bench.ceremonies.list();
    const told = lines.map((line) => line.kind === 'readable' && [line.purpose, line.phase]);
    expect(told).toHaveLength(2);
    expect(told).toEqual(
      expect.arrayContaining([
        ['dr-operation-token', 'aftercare'],
        ['root-token', 'in-hand'],
      ]),
    );

    expect(await conductor.token.delete()).toBe(true);
    await conductor.ending.end();
    expect(statusOf(failover, 'login')).toBe('open');
    await failover.ending.end();
    expect(failover.state).toMatchObject({ phase: 'ended', promoted: true });
  }, 60_000);

  test('is revoked on the node that leads now, where the others send callers elsewhere', async () => {
    await bench.close();
    const keychain = new MemoryKeychain({ acceptsThatACrashEndsTheCeremony: true });
    const switches = { ...defaultSwitches, standbyAnswer: 'redirect' as const };
    bench = await CeremonyBench.open({ switches }, keychain);
    const { conductor: failover } = await bench.fenced();
    await promoted(failover);
    const { conductor } = await bench.opened('root-token');
    await conductor.prepare.preflight();
    await conductor.prepare.setRoster(roster);
    await conductor.attempt.start();
    for (const n of [0, 1, 2]) await bench.give(conductor, n);
    await conductor.token.decode();
    bench.site.faults.changeLeader();
    expect(await conductor.token.delete()).toBe(true);
    const revoked = bench.site.requests.filter(({ path }) => path === 'auth/token/revoke-self');
    expect(revoked.map(({ node }) => node)).toEqual([bench.site.nodes[1]]);
  }, 60_000);

  test('is not made on a DR secondary', async () => {
    const { conductor } = await bench.opened('root-token');
    await conductor.prepare.preflight();
    expect(conductor.state).toMatchObject({ phase: 'preflight' });
    expect(typesOf(conductor)).not.toContain('attempt.start.intended');
  });
});

describe('unsealing', () => {
  async function unsealing(...sealed: readonly number[]): Promise<Conductor> {
    for (const n of sealed) bench.site.faults.seal(bench.nodes[n]);
    const { conductor } = await bench.opened('unseal');
    await conductor.prepare.preflight();
    await conductor.prepare.setRoster(roster);
    await conductor.attempt.start();
    return conductor;
  }
  const nodesOf = ({ state }: Conductor): readonly UnsealNode[] =>
    state.phase === 'unsealing' ? state.nodes : [];

  test('goes node by node, and each counts for itself', async () => {
    const conductor = await unsealing(1, 2);
    for (const n of [0, 1, 2]) await bench.give(conductor, n);
    expect(nodeNow(nodesOf(conductor))).toMatchObject({ node: bench.nodes[2], progress: 0 });
    for (const n of [2, 3, 4]) await bench.give(conductor, n);
    await conductor.ending.end();
    expect(conductor.state).toMatchObject({ phase: 'ended', outcome: 'closed', openItems: [] });
  });

  test('a lost reply is settled by reading the node, and nothing is sent twice', async () => {
    const conductor = await unsealing(1);
    bench.site.faults.dropNext('other', 'after');
    const problem = await problemFrom(bench.give(conductor, 0));
    expect(problem.code).toBe('ceremony.outcome-unknown');
    expect((await problemFrom(bench.give(conductor, 1))).code).toBe('rule.not-now');
    await conductor.recheck();
    expect(nodeNow(nodesOf(conductor))).toMatchObject({ progress: 1, given: [{ holder: 'Ana' }] });
    const asked = bench.site.requests.filter(({ path }) => path.endsWith('sys/unseal'));
    expect(asked).toHaveLength(1);
  });

  test('a node that went out of sight is left out as what it is: not seen', async () => {
    const conductor = await unsealing(1, 2);
    for (const n of [0, 1, 2]) await bench.give(conductor, n);
    const last = bench.nodes[2];
    if (!last) throw new Error('no node');
    await bench.site.faults.nodeDown(last);
    await conductor.recheck();
    await conductor.attempt.waiveNode({ node: last, by: 'Robin', why: 'It has no power.' });
    await conductor.ending.end();
    expect(conductor.state.openItems).toEqual([
      `${last} was not visible, and was left as it is. Decided by Robin: It has no power.`,
    ]);
  });
});
