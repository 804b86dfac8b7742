import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Ceremonies } from '../../electron/ceremony/ceremonies.ts';
import type { Conductor } from '../../electron/ceremony/conductor.ts';
import { Clusters } from '../../electron/handlers/clusters.ts';
import { PracticeDesk } from '../../electron/handlers/practice-desk.ts';
import { MemoryKeychain } from '../../electron/keychain/memory-keychain.ts';
import { RecordSigningKey } from '../../electron/keychain/record-signing-key.ts';
import { hashOfScript, readScript } from '../../electron/script-file.ts';
import { openSettings } from '../../electron/settings.ts';
import { RecordSignatures } from '../../electron/transcript/signing.ts';
import { JournalStore } from '../../electron/transcript/store.ts';
import { eventSchema } from '../../shared/ceremony/events.ts';
import type { ProfileId } from '../../shared/ids.ts';
import { people, promoted, say, statusOf, wait } from '../fakes/after-bench.ts';
import { problemFrom } from '../fakes/ceremony-bench.ts';

/*
 * There and back in one practice site, with the clusters as the app knows them: a planned failover,
 * the profile of the other direction, and the same flow the other way round.
 */
let folder: string;
let practice: PracticeDesk;
let clusters: Clusters;
let ceremonies: Ceremonies;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keyturn-fail-back-'));
  practice = new PracticeDesk(() => undefined);
  clusters = new Clusters(openSettings(folder).settings, practice, false);
  const keychain = new MemoryKeychain({ acceptsThatACrashEndsTheCeremony: true });
  const store = new JournalStore(join(folder, 'records'), eventSchema);
  ceremonies = new Ceremonies({
    store,
    signatures: new RecordSignatures(store, new RecordSigningKey(keychain)),
    appVersion: '0.0.0-test',
    keychain: () => keychain,
    memoryAgreedBy: () => undefined,
    cluster: (profile) => clusters.cluster(profile),
    connect: (profile, how) => clusters.connect(profile, how),
    site: (profile) => clusters.site(profile),
    connectToClients: (profile, how) => clusters.connectToClients(profile, how),
    dataFolder: folder,
    wayBack: (profile) => clusters.wayBack(profile)?.id,
    lastComparison: (profile) => clusters.lastComparison(profile),
    keepComparison: (profile, read) => clusters.keepComparison(profile, read),
    vaultToken: (profile) => clusters.vaultToken(profile),
    script: async () => {
      const script = await readScript(folder);
      return { script, hash: hashOfScript(script) };
    },
    audience: {
      recorded: () => undefined,
      doing: () => undefined,
      reading: () => undefined,
      expired: () => undefined,
    },
  });
});
afterEach(async () => {
  await ceremonies.close();
  await practice.stop();
  await rm(folder, { recursive: true, force: true });
});

test('a planned failover, and back again with the profile of the other direction', async () => {
  await practice.start({
    shares: 5,
    threshold: 3,
    outageSeconds: 1,
    version: '2.0.1',
    primary: 'alive',
  });
  const there = profileAt(0);
  const conductor = await failOver(there.id);
  const activated = activatedAs(conductor);

  const back = clusters.makeWayBack(there.id, activated);
  expect(back.nodes).toEqual(there.primaryNodes);
  expect(back.primaryNodes).toEqual(there.nodes);
  expect(back.pins).toMatchObject({
    clusterId: there.pins?.clusterId,
    rootFingerprint: there.pins?.rootFingerprint,
    secondaryId: activated,
  });
  // Asked for twice, it is the same one.
  expect(clusters.makeWayBack(there.id, activated).id).toBe(back.id);
  await conductor.ending.end();
  expect(conductor.state).toMatchObject({ outcome: 'closed', promoted: true });

  const again = await failOver(back.id);
  const returned = clusters.makeWayBack(back.id, activatedAs(again));
  // The first profile again, its pins brought up to date: the next failover begins as the first did.
  expect(returned).toMatchObject({ id: there.id, nodes: there.nodes });
  expect(returned.pins?.secondaryId).toBe(activatedAs(again));
  await again.ending.end();
  expect(again.state).toMatchObject({ outcome: 'closed', promoted: true });
  const third = await opened(there.id);
  await third.prepare.preflight();
  expect(third.state.phase).toBe('roster');
}, 120_000);

/** From preflight to `stream-wals`: snapshot, demote, promote, re-attach. */
async function failOver(profile: ProfileId): Promise<Conductor> {
  const root = practice.operatorToken(profile);
  clusters.keepVaultToken(profile, root);
  const conductor = await opened(profile);
  await conductor.prepare.preflight();
  expect(conductor.state).toMatchObject({
    phase: 'roster',
    primary: { seen: 'answers-as-active' },
  });

  const file = join(tmpdir(), `${conductor.state.id}.snap`);
  await conductor.after.act({ kind: 'snapshot', file }, root);
  expect((await readFile(file)).length).toBeGreaterThan(0);
  await rm(file);
  await conductor.promotion.demote(root, people);
  // Afterwards it can no longer be taken.
  const late = conductor.after.act({ kind: 'snapshot', file }, root);
  expect((await problemFrom(late)).code).toBe('rule.not-now');

  await conductor.prepare.preflight();
  const holders = ['Ana', 'Ben', 'Chidi'];
  await conductor.prepare.setRoster({ operator: 'Robin', witness: 'Wim', holders });
  await conductor.attempt.start();
  for (const [place, holder] of holders.entries())
    await conductor.attempt.giveShare(holder, practice.envelope(profile, place));
  await conductor.token.decode();
  await promoted(conductor, conductor.state.cluster.name);
  expect(statusOf(conductor, 'snapshot')).toBe('done');

  await vi.waitUntil(async () => {
    await conductor.after.check('nodes');
    return statusOf(conductor, 'nodes') === 'done';
  }, wait);
  await conductor.after.act({ kind: 'client-request' }, root);
  expect(statusOf(conductor, 'client-request')).toBe('done');
  await say(conductor, 'ports');
  await conductor.after.check('versions');
  await conductor.after.act({ kind: 'activate', by: 'Robin' }, root);
  await conductor.after.act({ kind: 'attach', by: 'Robin' }, root);
  expect(statusOf(conductor, 'follows')).toBe('done');
  return conductor;
}

const opened = async (profile: ProfileId): Promise<Conductor> =>
  ceremonies.take(await ceremonies.begin(profile));

function activatedAs({ state }: Conductor): string {
  const id = state.phase === 'aftercare' ? state.after?.calls.activate?.secondaryId : undefined;
  if (id === undefined) throw new Error('nothing was activated');
  return id;
}

function profileAt(place: number) {
  const profile = practice.profiles[place];
  if (!profile) throw new Error('practice does not run');
  return profile;
}
