import { createHash } from 'node:crypto';
import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import type { Conductor } from '../../electron/ceremony/conductor.ts';
import { openBench, people, promoted, say, sentTo, statusOf, wait } from '../fakes/after-bench.ts';
import { problemFrom, type CeremonyBench } from '../fakes/ceremony-bench.ts';

let bench: CeremonyBench;
afterEach(() => bench.close());

test('a primary that comes back is saved, demoted, and only then attached', async () => {
  bench = await openBench({ version: '2.0.1', performanceSecondary: true });
  const { id, conductor } = await bench.fenced();
  await promoted(conductor);
  const root = bench.site.rootToken;
  await conductor.after.act({ kind: 'client-request' }, root);
  expect(statusOf(conductor, 'client-request')).toBe('done');
  await vi.waitFor(async () => {
    await conductor.after.check('nodes');
    expect(statusOf(conductor, 'nodes')).toBe('done');
  }, wait);

  await bench.site.faults.primaryUp();
  await vi.waitFor(() => expect(conductor.state.alarm).toBe(bench.site.primary), wait);
  const activate = () => conductor.after.act({ kind: 'activate', by: 'Robin' }, root);
  const demote = () => conductor.after.act({ kind: 'demote', typed: 'Bench', ...people }, root);
  expect((await problemFrom(activate())).code).toBe('rule.not-now');
  expect((await problemFrom(demote())).code).toBe('rule.not-now');
  expect(sentTo(bench, '/demote')).toBe(0);

  const inside = join(bench.dataFolder, 'old.snap');
  const snapshot = (file: string) => conductor.after.act({ kind: 'snapshot', file }, root);
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
  expect(sentTo(bench, '/demote')).toBe(1);
  await vi.waitFor(() => expect(conductor.state.alarm).toBeUndefined(), wait);
  for (const item of ['writes', 'ports'] as const) await say(conductor, item);
  await conductor.after.check('versions');
  await activate();
  expect(sentTo(bench, '/secondary-token')).toBe(1);
  await conductor.after.act({ kind: 'attach', by: 'Robin' }, root);
  expect(statusOf(conductor, 'follows')).toBe('done');
  // An activation token is good once.
  expect((await problemFrom(conductor.after.act({ kind: 'attach', by: 'Robin' }, root))).code).toBe(
    'rule.not-now',
  );

  const performance = bench.site.performance?.rootToken ?? root;
  await conductor.after.act({ kind: 'follow', by: 'Robin', name: 'Reports' }, performance);
  expect(statusOf(conductor, 'performance')).toBe('done');
  // What nobody has seen to is an open item of the record.
  await conductor.after.settle({
    item: 'login',
    outcome: 'open',
    by: 'Robin',
    says: 'Nobody has a token.',
  });
  await conductor.ending.end();
  const items = conductor.state.openItems.join('\n');
  expect(items).toContain('Somebody can log in to the new primary. Last: Nobody has a token.');
  expect(items).not.toContain('The old primary follows');
  const onDisk = JSON.stringify(await bench.ceremonies.entries(id));
  expect(onDisk).not.toContain(root.expose());
  expect(onDisk).not.toContain(performance.expose());
}, 60_000);

const isSnapshot = (
  event: Conductor['records'][number]['event'],
): event is Extract<Conductor['records'][number]['event'], { type: 'after.snapshot.kept' }> =>
  event.type === 'after.snapshot.kept';
