import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { BatchTokens } from '../../electron/keychain/batch-tokens.ts';
import { MemoryKeychain } from '../../electron/keychain/memory-keychain.ts';
import { CeremonySecrets } from '../../electron/keychain/ceremony-secrets.ts';
import { newRecordId } from '../../electron/transcript/record-id.ts';
import { Secret } from '../../shared/secret.ts';
import { CeremonyBench, confirmation, problemFrom, typesOf } from '../fakes/ceremony-bench.ts';
import { eventually } from '../fakes/eventually.ts';

/* What the crash matrix found: boundaries at which a resume did less than it could. */
let bench: CeremonyBench;
const open = async (options = {}) => {
  const keychain = new MemoryKeychain({ acceptsThatACrashEndsTheCeremony: true });
  bench = await CeremonyBench.open(options, keychain);
};
afterEach(() => bench.close());

const resumed = async (id: Parameters<typeof bench.ceremonies.take>[0]) => {
  await bench.restart();
  const conductor = await bench.ceremonies.take(id);
  await eventually(() => expect(typesOf(conductor)).toContain('resumed'));
  const event = conductor.records.map((record) => record.event).find(isResumed);
  return { conductor, sentence: event?.sentence ?? '' };
};
const isResumed = <E extends { type: string }>(
  event: E,
): event is Extract<E, { type: 'resumed' }> => event.type === 'resumed';

test('a ceremony left before its roster is taken up with a sentence that helps', async () => {
  await open();
  const { id } = await bench.opened();
  const { sentence } = await resumed(id);
  expect(sentence).toContain('Nothing was left open on the server');
});

test('a way that was not chosen yet is chosen by the resume', async () => {
  await open();
  await new BatchTokens(bench.keychain).keep(Secret.of('batch-token', 'hvb.kept'), {
    profileId: bench.cluster.profileId,
    label: 'Night shift',
    source: 'pasted',
    issuedAt: new Date().toISOString(),
    expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
    policies: [],
  });
  await bench.site.faults.primaryDown();
  const looked = await bench.opened();
  await looked.conductor.prepare.preflight();
  const checked = looked.conductor.records.find(({ event }) => event.type === 'preflight.checked');
  if (!checked) throw new Error('No preflight is on record.');
  const { id } = await bench.opened();
  // The process died between what preflight saw and the way that follows from it.
  await bench.appendRaw(id, checked.event);
  const { conductor } = await resumed(id);
  expect(conductor.state).toMatchObject({ phase: 'roster', way: { way: 'batch-token' } });
});

test('a demotion under way at the crash is looked at by the resume', async () => {
  await open();
  const { id, conductor } = await bench.opened();
  await conductor.prepare.preflight();
  await bench.appendRaw(id, {
    type: 'primary.demote.intended',
    node: bench.site.primary,
    by: 'Robin',
    secondPerson: 'Wim',
  });
  const { conductor: again, sentence } = await resumed(id);
  expect(again.state.demotion?.outcome).toBe('unknown');
  expect(sentence).toContain('still answers as an active primary');
});

test('an attempt whose start had no reply is not called nothing', async () => {
  await open();
  const { id, conductor } = await bench.ready();
  bench.site.faults.dropNext('attempt-start', 'after');
  expect((await problemFrom(conductor.attempt.start())).code).toBe('ceremony.outcome-unknown');
  const { conductor: again, sentence } = await resumed(id);
  expect(sentence).toContain('may be open on the server');
  await again.prepare.preflight();
  expect(await again.recheck().catch(() => '')).not.toContain('may be open');
});

test('a record without a single event says what became of it', async () => {
  await open();
  await bench.opened();
  const id = newRecordId(new Date());
  await writeFile(join(bench.dataFolder, 'records', `${id}.jsonl`), '');
  const line = (await bench.ceremonies.list()).find(({ kind }) => kind === 'unreadable');
  expect(line).toMatchObject({ reason: expect.stringContaining('no server was asked') });
});

test('a crash between the end and its signature: signed at the next start, and only that one', async () => {
  await open();
  const end = { type: 'ceremony.ended', outcome: 'cancelled' } as const;
  const { id } = await bench.opened();
  await new CeremonySecrets(bench.keychain, id).markClosing();
  await bench.appendRaw(id, end);
  const { id: other } = await bench.opened();
  await bench.appendRaw(other, end);
  await bench.restart();
  await bench.ceremonies.sweep();
  expect(await bench.signatures.read(id)).toHaveLength(1);
  expect(await bench.signatures.read(other)).toHaveLength(0);
  expect(await new CeremonySecrets(bench.keychain, id).isClosing()).toBe(false);
});

test('a check asked for while the promotion is being written finds one checklist', async () => {
  await open();
  const { conductor } = await bench.fenced();
  let checked: Promise<string> | undefined;
  bench.onEvent = ({ type }) => {
    if (type === 'promoted') checked = conductor.recheck();
  };
  await conductor.promotion.promote(confirmation);
  await vi.waitUntil(() => checked !== undefined, { timeout: 30_000 });
  expect(await checked).toContain('DR operation token');
  expect(typesOf(conductor).filter((type) => type === 'after.opened')).toHaveLength(1);
});
