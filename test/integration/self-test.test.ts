import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { OsKeychain } from '../../electron/keychain/os-keychain.ts';
import { MemoryKeychain } from '../../electron/keychain/memory-keychain.ts';
import { PracticeSite } from '../../electron/practice/site.ts';
import { checkClusters } from '../../electron/self-test/clusters.ts';
import { inSentences, selfTestCommand } from '../../electron/self-test/command.ts';
import { checkKeychain } from '../../electron/self-test/keychain.ts';
import { runSelfTest, type SelfTestOptions } from '../../electron/self-test/self-test.ts';
import { thisSystem } from '../../electron/self-test/system.ts';
import { Connection } from '../../electron/vault/connection.ts';
import { fold } from '../../shared/ceremony/fold.ts';
import { profileSchema, type Profile } from '../../shared/profile.ts';
import { sentenceOf } from '../../shared/report/sentences.ts';
import { selfTestSchema } from '../../shared/self-test.ts';
import { CeremonyBench } from '../fakes/ceremony-bench.ts';
import { skipWithoutKeyring, useKeyring, type PrivateKeyring } from '../fakes/keyring.ts';

const wish = { askClusters: false, expectNoNetwork: false };
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keyturn-self-test-of-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const options = (): SelfTestOptions => ({
  dataFolder: folder,
  keychain: new OsKeychain({ dataFolder: folder }),
  temporaryKeyring: false,
  program: { root: join(import.meta.dirname, '../../electron/self-test'), packaged: true },
  profiles: () => [],
  connect: (profile, how) => Connection.open(profile, how),
});

describe.skipIf(skipWithoutKeyring('the self-test with the real keychain'))('self-test', () => {
  let keyring: PrivateKeyring;
  beforeAll(async () => {
    keyring = await useKeyring();
  });
  afterAll(() => keyring.stop());

  test('looks at everything, holds a ceremony, and leaves nothing in the data folder', async () => {
    const result = selfTestSchema.parse(await runSelfTest(options(), wish));
    const of = (id: string) => result.checks.find((check) => check.id === id);
    expect(of('keychain')).toMatchObject({ level: 'ok' });
    expect(of('keychain')?.what).toContain('gnome-keyring-daemon');
    expect(of('practice')).toMatchObject({ level: 'ok' });
    expect(result.checks.map(({ id }) => id)).not.toContain('cluster');
    for (const { level, todo } of result.checks) expect(todo === '').toBe(level === 'ok');
    expect(await readdir(folder)).toEqual([]);
    expect(inSentences(result)).toContain('The saved clusters were not asked');
  });

  test('a keyring made for the run is not called fine', async () => {
    const { keychain } = options();
    expect((await checkKeychain(thisSystem, keychain, true)).level).toBe('warning');
  });

  test('a ceremony that is opened later carries the result, without other clusters', async () => {
    const result = await runSelfTest(options(), { ...wish, askClusters: true });
    expect(result.checks.map(({ id }) => id)).toContain('cluster');
    const bench = await CeremonyBench.open();
    try {
      bench.selfTest = result;
      const { conductor } = await bench.opened();
      const recorded = conductor.records.find(({ event }) => event.type === 'self-test.recorded');
      if (recorded?.event.type !== 'self-test.recorded') throw new Error('not on the record');
      expect(recorded.event).toMatchObject({ verdict: result.verdict, program: result.program });
      expect(recorded.event.checks.map(({ id }) => id)).not.toContain('cluster');
      expect(sentenceOf(recorded.event)).toContain(`was ${result.verdict}`);
      expect(fold(conductor.records).ok).toBe(true);
    } finally {
      await bench.close();
    }
  });
});

test('without a keychain the answer is red, the exit code 1, and what to do is said', async () => {
  const before = process.env['DBUS_SESSION_BUS_ADDRESS'];
  process.env['DBUS_SESSION_BUS_ADDRESS'] = 'unix:path=/nonexistent/bus';
  let printed = '';
  try {
    const code = await selfTestCommand(
      { ...wish, json: true },
      { ...options(), print: (text) => (printed += text) },
    );
    expect(code).toBe(1);
  } finally {
    if (before === undefined) delete process.env['DBUS_SESSION_BUS_ADDRESS'];
    else process.env['DBUS_SESSION_BUS_ADDRESS'] = before;
  }
  const result = selfTestSchema.parse(JSON.parse(printed));
  expect(result.verdict).toBe('red');
  const keychain = result.checks.find(({ id }) => id === 'keychain');
  expect(keychain).toMatchObject({ level: 'stop' });
  expect(keychain?.todo).not.toBe('');
});

test('secrets in memory, as agreed, are not called fine', async () => {
  const memory = new MemoryKeychain({ acceptsThatACrashEndsTheCeremony: true });
  expect((await checkKeychain(thisSystem, memory, false)).level).toBe('warning');
});

describe('the saved clusters', () => {
  let site: PracticeSite;
  beforeAll(async () => {
    site = await PracticeSite.start();
    await site.faults.primaryDown();
  });
  afterAll(() => site.stop());
  const profile = (more: Partial<Profile>): Profile =>
    profileSchema.parse({
      id: 'self-test-site',
      kind: 'real',
      name: 'Payments DR',
      colour: 'teal',
      nodes: site.nodes,
      primaryNodes: [],
      seal: 'shamir',
      tls: { caPem: site.caPem },
      ...more,
    });
  const connect: SelfTestOptions['connect'] = (of, how) =>
    Connection.open(of, { ...how, clientCertificate: site.clientCertificate });

  test('a cluster that answers but was never pinned wants a look', async () => {
    expect(await checkClusters([profile({})], connect)).toMatchObject([
      {
        id: 'cluster',
        level: 'warning',
        what: expect.stringContaining('never tested in daylight'),
      },
    ]);
  });

  test('one that cannot be reached, or whose CA is another, stops', async () => {
    const [node] = site.nodes;
    if (!node) throw new Error('no node');
    const [gone] = await checkClusters([profile({ tls: {} })], connect);
    expect(gone?.level).toBe('stop');
    expect(gone?.todo).not.toBe('');
  });
});
