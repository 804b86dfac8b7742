import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { afterEach, expect, test } from 'vitest';
import type { PracticeFaults } from '../../electron/practice/site.ts';
import { openBench } from '../fakes/after-bench.ts';
import { problemFrom, type CeremonyBench } from '../fakes/ceremony-bench.ts';

let bench: CeremonyBench;
let file = '';
afterEach(async () => {
  await rm(file, { force: true });
  await bench.close();
});

const inItsPlace: readonly (readonly [string, (faults: PracticeFaults) => void])[] = [
  ['a log-in page', (faults) => faults.notVault(200, { kind: 'snapshot' })],
  ['other JSON, of 2 MB', (faults) => faults.hugeAnswer(2_000_000, { kind: 'snapshot' })],
  ['half of it', (faults) => faults.halfAnswer({ kind: 'snapshot' })],
];

test.each(inItsPlace)('%s is not kept as a snapshot of the old primary', async (_, strike) => {
  bench = await openBench({ version: '1.21.4' });
  const { conductor } = await bench.opened();
  await conductor.prepare.preflight();
  file = `${bench.dataFolder}-primary.snapshot`;
  const snapshot = () => conductor.after.act({ kind: 'snapshot', file }, bench.site.rootToken);

  strike(bench.site.faults);
  expect((await problemFrom(snapshot())).code).toMatch(/^vault\.(not-vault|reset)$/);
  expect(existsSync(file)).toBe(false);
  expect(conductor.state.snapshot).toBeUndefined();

  await snapshot();
  expect(existsSync(file)).toBe(true);
  expect(conductor.state.snapshot?.status).toBe('done');
});
