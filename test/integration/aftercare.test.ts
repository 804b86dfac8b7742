import { afterEach, describe, expect, test, vi } from 'vitest';
import { Secret } from '../../shared/secret.ts';
import { openBench, people, promoted, say, sentTo, statusOf, wait } from '../fakes/after-bench.ts';
import { holders, problemFrom, type CeremonyBench } from '../fakes/ceremony-bench.ts';
import { OldPrimary } from '../fakes/old-primary.ts';
import { drOperationTokenOn } from './practice-client.ts';

describe('aftercare', () => {
  let bench: CeremonyBench;
  afterEach(() => bench.close());
  const open = async (options: Parameters<typeof openBench>[0]) => {
    bench = await openBench(options);
  };

  test.each(['1.21.4', '2.0.1'])(
    'a planned failover and its way back on Vault %s',
    async (version) => {
      await open({ version });
      const { conductor } = await bench.opened();
      await conductor.prepare.preflight();
      expect(conductor.state.primary?.seen).toBe('answers-as-active');
      await conductor.promotion.demote(bench.site.rootToken, people);
      await conductor.prepare.preflight();
      await conductor.prepare.setRoster({
        operator: 'Robin',
        witness: 'Wim',
        holders: [...holders],
      });
      await conductor.attempt.start();
      for (const n of [0, 1, 2]) await bench.give(conductor, n);
      await conductor.token.decode();
      await promoted(conductor);
      const { state } = conductor;
      const items = state.phase === 'aftercare' ? state.after?.items.map(({ id }) => id) : [];
      expect(items).not.toContain('writes');
      expect(items).not.toContain('demoted');
      // It could be taken only before the demotion: going without it is somebody's decision.
      expect(statusOf(conductor, 'snapshot')).toBe('open');
      const early = conductor.after.act({ kind: 'activate', by: 'Robin' }, bench.site.rootToken);
      expect((await problemFrom(early)).code).toBe('rule.not-now');
      await conductor.after.settle({
        item: 'snapshot',
        outcome: 'waived',
        by: 'Nadia',
        says: 'The storage is not raft.',
      });

      await say(conductor, 'ports');
      await conductor.after.check('versions');
      expect(statusOf(conductor, 'versions')).toBe('done');
      await conductor.after.act({ kind: 'activate', by: 'Robin' }, bench.site.rootToken);
      // Before 2.0 a DR secondary takes only a DR operation token or a batch token.
      const token =
        version === '2.0.1'
          ? bench.site.rootToken
          : Secret.of('vault-token', await drOperationTokenOn(bench.site, bench.site.primary));
      await conductor.after.act({ kind: 'attach', by: 'Robin' }, token);
      expect(statusOf(conductor, 'follows')).toBe('done');
      await conductor.ending.end();
      expect(conductor.state).toMatchObject({ outcome: 'closed', promoted: true });
    },
    60_000,
  );

  test('a call without an outcome is never sent again: what it did is read', async () => {
    await open({ version: '1.21.4' });
    const { id, conductor } = await bench.fenced();
    await promoted(conductor);
    await conductor.after.settle({
      item: 'snapshot',
      outcome: 'waived',
      by: 'Nadia',
      says: 'The storage is not raft.',
    });
    await bench.appendRaw(id, {
      type: 'after.call.intended',
      call: 'demote',
      node: bench.site.primary,
      ...people,
    });
    await bench.site.faults.primaryUp();
    await bench.restart();
    const again = await bench.ceremonies.take(id);
    await vi.waitUntil(() => again.records.some(({ event }) => event.type === 'resumed'), wait);
    expect(statusOf(again, 'demoted')).toBe('open');
    const state = again.state;
    expect(state.phase === 'aftercare' && state.after?.calls.demote?.outcome).toBe('unknown');
    expect(sentTo(bench, '/demote')).toBe(0);
  }, 60_000);

  test('the clients’ token is withheld where their address leads to another cluster', async () => {
    await open({ version: '1.21.4' });
    const { conductor } = await bench.fenced();
    await promoted(conductor);
    const elsewhere = await OldPrimary.start('another-cluster');
    try {
      bench.clients = elsewhere;
      const root = bench.site.rootToken;
      const ask = () => conductor.after.act({ kind: 'client-request' }, root);
      expect(await problemFrom(ask())).toMatchObject({ code: 'profile.pin-mismatch' });
      expect(elsewhere.asked).toEqual(['sys/health']);
      expect(elsewhere.tokens).toEqual([]);
      expect(statusOf(conductor, 'client-request')).toBe('open');
      bench.clients = undefined;
      await ask();
      expect(statusOf(conductor, 'client-request')).toBe('done');
    } finally {
      await elsewhere.close();
    }
  }, 60_000);

  test('nobody can log in: a root token is made on the promoted cluster by the same people', async () => {
    await open({ version: '1.21.4' });
    const { conductor } = await bench.fenced();
    await promoted(conductor);
    await conductor.after.settle({
      item: 'login',
      outcome: 'open',
      by: 'Nadia',
      says: 'No login works.',
    });
    const { profileId } = conductor.state.cluster;
    const id = await bench.ceremonies.begin(profileId, 'root-token');
    const root = await bench.ceremonies.take(id);
    await root.prepare.preflight();
    const roster = 'roster' in conductor.state ? conductor.state.roster : undefined;
    if (!roster) throw new Error('no roster');
    await root.prepare.setRoster(roster);
    await root.attempt.start();
    for (const n of [0, 1, 2]) await bench.give(root, n);
    await root.token.decode();
    expect(root.state.phase).toBe('in-hand');
    // The checklist waits where it was.
    expect(statusOf(conductor, 'login')).toBe('open');
    await say(conductor, 'login');
  }, 60_000);

  test('a refused token ends nothing: the call may be tried again', async () => {
    await open({ version: '1.21.4' });
    const { conductor } = await bench.fenced();
    await promoted(conductor);
    const wrong = Secret.of('vault-token', 'hvs.nobody');
    const problem = await problemFrom(conductor.after.act({ kind: 'client-request' }, wrong));
    expect(problem.code).toBe('vault.permission-denied');
    expect(statusOf(conductor, 'client-request')).toBe('open');
    expect((await problemFrom(say(conductor, 'client-request'))).code).toBe('rule.not-now');
    await conductor.after.act({ kind: 'client-request' }, bench.site.rootToken);
    expect(statusOf(conductor, 'client-request')).toBe('done');
  }, 60_000);
});
