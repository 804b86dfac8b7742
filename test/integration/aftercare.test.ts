import { readFile, rm, stat } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Conductor } from '../../electron/ceremony/conductor.ts';
import { MemoryKeychain } from '../../electron/keychain/memory-keychain.ts';
import type { AfterItemId } from '../../shared/ceremony/aftercare.ts';
import { Secret } from '../../shared/secret.ts';
import { CeremonyBench, confirmation, holders, problemFrom } from '../fakes/ceremony-bench.ts';
import { drOperationTokenOn } from './practice-client.ts';

/*
 * What follows a promotion, against the practice site. The keychain is in memory here: nothing of
 * these steps is kept in it.
 */
const wait = { timeout: 25_000, interval: 50 };
const people = { by: 'Robin', secondPerson: 'Wim' };

describe('aftercare', () => {
  let bench: CeremonyBench;
  afterEach(() => bench.close());
  const open = async (options: Parameters<typeof CeremonyBench.open>[0]) => {
    const keychain = new MemoryKeychain({ acceptsThatACrashEndsTheCeremony: true });
    bench = await CeremonyBench.open(options, keychain);
    if (options?.version === '2.0.1') bench.vaultToken = bench.site.rootToken;
  };
  const promoted = async (conductor: Conductor) => {
    await conductor.promote(confirmation);
    await vi.waitUntil(() => conductor.state.phase === 'aftercare', wait);
    expect(await conductor.deleteToken()).toBe(true);
  };
  const statusOf = ({ state }: Conductor, item: AfterItemId) =>
    state.phase === 'aftercare' ? state.after?.items.find(({ id }) => id === item)?.status : 'n/a';
  const say = (conductor: Conductor, item: AfterItemId) =>
    conductor.settleAfter({ item, outcome: 'done', by: 'Nadia', says: 'Seen to by phone.' });
  const sent = (path: string) =>
    bench.site.requests.filter((one) => one.path.endsWith(path)).length;
  const typed = 'Bench';

  test('a primary that comes back is saved, demoted, and only then attached', async () => {
    await open({ version: '2.0.1', performanceSecondary: true });
    const { id, conductor } = await bench.fenced();
    await promoted(conductor);
    const root = bench.site.rootToken;
    await conductor.actAfter({ kind: 'client-request' }, root);
    expect(statusOf(conductor, 'client-request')).toBe('done');
    await vi.waitFor(async () => {
      await conductor.checkAfter('nodes');
      expect(statusOf(conductor, 'nodes')).toBe('done');
    }, wait);

    await bench.site.faults.primaryUp();
    await vi.waitFor(() => expect(conductor.state.alarm).toBe(bench.site.primary), wait);
    const activate = () => conductor.actAfter({ kind: 'activate', by: 'Robin' }, root);
    const demote = () => conductor.actAfter({ kind: 'demote', typed, ...people }, root);
    expect((await problemFrom(activate())).code).toBe('rule.not-now');
    expect((await problemFrom(demote())).code).toBe('rule.not-now');
    expect(sent('/demote')).toBe(0);

    const inside = join(bench.dataFolder, 'old.snap');
    const snapshot = (file: string) => conductor.actAfter({ kind: 'snapshot', file }, root);
    expect((await problemFrom(snapshot(inside))).code).toBe('input.invalid');
    const file = `${bench.dataFolder}-old.snap`;
    await snapshot(file);
    const kept = conductor.records.map(({ event }) => event).find(isSnapshot);
    const bytes = await readFile(file);
    expect(kept?.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect((await stat(file)).mode & 0o077).toBe(0);
    // A snapshot is never written over.
    expect((await problemFrom(snapshot(file))).code).toBe('input.invalid');
    expect(await readFile(file)).toEqual(bytes);
    await rm(file);

    await demote();
    expect(statusOf(conductor, 'demoted')).toBe('done');
    expect(sent('/demote')).toBe(1);
    await vi.waitFor(() => expect(conductor.state.alarm).toBeUndefined(), wait);
    for (const item of ['writes', 'ports'] as const) await say(conductor, item);
    await conductor.checkAfter('versions');
    await activate();
    expect(sent('/secondary-token')).toBe(1);
    await conductor.actAfter({ kind: 'attach', by: 'Robin' }, root);
    expect(statusOf(conductor, 'follows')).toBe('done');
    // An activation token is good once.
    expect(
      (await problemFrom(conductor.actAfter({ kind: 'attach', by: 'Robin' }, root))).code,
    ).toBe('rule.not-now');

    const performance = bench.site.performance?.rootToken ?? root;
    await conductor.actAfter({ kind: 'follow', by: 'Robin', name: 'Reports' }, performance);
    expect(statusOf(conductor, 'performance')).toBe('done');
    // What nobody has seen to is an open item of the record.
    await conductor.settleAfter({
      item: 'login',
      outcome: 'open',
      by: 'Robin',
      says: 'Nobody has a token.',
    });
    await conductor.end();
    const items = conductor.state.openItems.join('\n');
    expect(items).toContain('Somebody can log in to the new primary. Last: Nobody has a token.');
    expect(items).not.toContain('The old primary follows');
    const onDisk = JSON.stringify(await bench.ceremonies.entries(id));
    expect(onDisk).not.toContain(root.expose());
    expect(onDisk).not.toContain(performance.expose());
  }, 60_000);

  test.each(['1.21.4', '2.0.1'])(
    'a planned failover and its way back on Vault %s',
    async (version) => {
      await open({ version });
      const { conductor } = await bench.opened();
      await conductor.preflight();
      expect(conductor.state.primary?.seen).toBe('answers-as-active');
      await conductor.demotePrimary(bench.site.rootToken, people);
      await conductor.preflight();
      await conductor.setRoster({ operator: 'Robin', witness: 'Wim', holders: [...holders] });
      await conductor.start();
      for (const n of [0, 1, 2]) await bench.give(conductor, n);
      await conductor.decode();
      await promoted(conductor);
      const { state } = conductor;
      const items = state.phase === 'aftercare' ? state.after?.items.map(({ id }) => id) : [];
      expect(items).not.toContain('snapshot');
      expect(items).not.toContain('demoted');

      await say(conductor, 'ports');
      await conductor.checkAfter('versions');
      expect(statusOf(conductor, 'versions')).toBe('done');
      await conductor.actAfter({ kind: 'activate', by: 'Robin' }, bench.site.rootToken);
      // Before 2.0 a DR secondary takes only a DR operation token or a batch token.
      const token =
        version === '2.0.1'
          ? bench.site.rootToken
          : Secret.of('vault-token', await drOperationTokenOn(bench.site, bench.site.primary));
      await conductor.actAfter({ kind: 'attach', by: 'Robin' }, token);
      expect(statusOf(conductor, 'follows')).toBe('done');
      await conductor.end();
      expect(conductor.state).toMatchObject({ outcome: 'closed', promoted: true });
    },
    60_000,
  );

  test('a call without an outcome is never sent again: what it did is read', async () => {
    await open({ version: '1.21.4' });
    const { id, conductor } = await bench.fenced();
    await promoted(conductor);
    await conductor.settleAfter({
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
    expect(sent('/demote')).toBe(0);
  }, 60_000);

  test('a refused token ends nothing: the call may be tried again', async () => {
    await open({ version: '1.21.4' });
    const { conductor } = await bench.fenced();
    await promoted(conductor);
    const wrong = Secret.of('vault-token', 'hvs.nobody');
    const problem = await problemFrom(conductor.actAfter({ kind: 'client-request' }, wrong));
    expect(problem.code).toBe('vault.permission-denied');
    expect(statusOf(conductor, 'client-request')).toBe('open');
    expect((await problemFrom(say(conductor, 'client-request'))).code).toBe('rule.not-now');
    await conductor.actAfter({ kind: 'client-request' }, bench.site.rootToken);
    expect(statusOf(conductor, 'client-request')).toBe('done');
  }, 60_000);
});

const isSnapshot = (
  event: Conductor['records'][number]['event'],
): event is Extract<Conductor['records'][number]['event'], { type: 'after.snapshot.kept' }> =>
  event.type === 'after.snapshot.kept';
