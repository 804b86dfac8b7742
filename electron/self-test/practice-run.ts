import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventSchema, type Cluster } from '../../shared/ceremony/events.ts';
import { profileIdSchema, type NodeAddress } from '../../shared/ids.ts';
import { problemOf } from '../../shared/problem.ts';
import type { Check } from '../../shared/self-test.ts';
import { Ceremonies } from '../ceremony/ceremonies.ts';
import { MemoryKeychain } from '../keychain/memory-keychain.ts';
import { RecordSigningKey } from '../keychain/record-signing-key.ts';
import { PracticeSite } from '../practice/site.ts';
import { hashOfScript, readScript } from '../script-file.ts';
import { recordBytes } from '../transcript/export.ts';
import { RecordSignatures } from '../transcript/signing.ts';
import { JournalStore } from '../transcript/store.ts';
import { verifyRecordBytes } from '../transcript/verify-file.ts';
import { Connection, type ConnectionOptions } from '../vault/connection.ts';
import { answersOf } from './check.ts';

const practice = answersOf('practice');
const holders = ['Ana', 'Ben', 'Chidi', 'Dana', 'Emil'];
/** The promoted site is away for a second; whoever waits this long waits for nothing. */
const patienceMs = 60_000;

/**
 * The whole job without a window: real TLS and shares on loopback, secrets in memory, the journal in
 * a folder that is removed. Says which step failed; searches what was written for what must not be in it.
 */
export async function checkPractice(): Promise<Check> {
  const folder = await mkdtemp(join(tmpdir(), 'keyturn-self-test-'));
  let site: PracticeSite | undefined;
  try {
    site = await PracticeSite.start({ outageMs: 1_000 });
    await site.faults.primaryDown();
    const found = await hold(site, folder);
    return (
      found ??
      practice.fine(
        'A practice ceremony went from preflight over 3 of 5 shares and promote to a signed record that verifies; no secret is in its files.',
      )
    );
  } catch (thrown) {
    const { known, next } = problemOf(thrown);
    return practice.stop(`The practice ceremony did not come to its end: ${known}`, next);
  } finally {
    await site?.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Gives what is wrong, or nothing. @throws Trouble of the step that failed. */
async function hold(site: PracticeSite, folder: string): Promise<Check | undefined> {
  const keychain = new MemoryKeychain({ acceptsThatACrashEndsTheCeremony: true });
  const store = new JournalStore(join(folder, 'records'), eventSchema);
  const key = new RecordSigningKey(keychain);
  const signatures = new RecordSignatures(store, key);
  const script = await readScript(folder);
  const promoted = signal();
  const cluster = clusterOf(site);
  const connectTo = (nodes: NodeAddress[], how: ConnectionOptions | undefined) =>
    Connection.open(
      { nodes, primaryNodes: [site.primary], tls: { caPem: site.caPem } },
      { ...how, clientCertificate: site.clientCertificate },
    );
  const ceremonies = new Ceremonies({
    lastComparison: () => undefined,
    keepComparison: () => undefined,
    store,
    signatures,
    appVersion: 'self-test',
    keychain: () => keychain,
    memoryAgreedBy: () => undefined,
    cluster: () => cluster,
    site: () => ({ others: [] }),
    connect: (_profile, how) => connectTo([...site.nodes], how),
    connectToClients: () => connectTo([site.loadBalancer], {}),
    dataFolder: folder,
    wayBack: () => undefined,
    vaultToken: () => undefined,
    script: async () => ({ script, hash: hashOfScript(script) }),
    audience: {
      recorded: (_id, { event }) => {
        if (event.type === 'promoted') promoted.give();
      },
      doing: () => undefined,
      reading: () => undefined,
      expired: () => undefined,
    },
  });
  try {
    const id = await ceremonies.begin(cluster.profileId);
    const conductor = await ceremonies.take(id);
    await conductor.prepare.preflight();
    await conductor.prepare.setRoster({ operator: 'Robin', witness: 'Wim', holders });
    await conductor.attempt.start();
    for (const [n, holder] of holders.slice(0, 3).entries())
      await conductor.attempt.giveShare(holder, site.envelope(n).share);
    await conductor.token.decode();
    await conductor.promotion.stateFencing({
      primary: 'not-visible',
      how: 'It is a practice primary, and it is switched off.',
      confirmedBy: 'Nadia',
    });
    await conductor.promotion.promote({ clusterName: cluster.name, secondPerson: 'Wim' });
    if (!(await promoted.within(patienceMs)))
      return practice.stop(
        'The practice cluster was promoted, and Keyturn did not see it.',
        'Run the self-test again. If it stays so, do not rely on this installation.',
      );
    await conductor.token.delete();
    await conductor.ending.end();
    const { fingerprint } = await key.identity();
    const record = await recordBytes({ store, signatures, id });
    const report = await verifyRecordBytes(record, {
      trust: { fingerprints: [fingerprint], heads: [] },
    });
    if (!['intact', 'unchanged-with-remarks'].includes(report.verdict.kind))
      return practice.stop(
        `The record of the practice ceremony does not verify: ${report.verdict.kind}.`,
        'Do not rely on this installation.',
      );
    return (await holdsSecret(folder, site))
      ? practice.stop(
          'A secret of the practice ceremony is in its files.',
          'Do not use this installation, and report it: SECURITY.md.',
        )
      : undefined;
  } finally {
    await ceremonies.close();
  }
}

const clusterOf = (site: PracticeSite): Cluster => ({
  profileId: profileIdSchema.parse('practice-self-test'),
  kind: 'practice',
  name: 'Self-test',
  colour: 'slate',
  nodes: [...site.nodes],
  primaryNodes: [site.primary],
  seal: 'shamir',
});

async function holdsSecret(folder: string, site: PracticeSite): Promise<boolean> {
  const shares = site.shares.map((share) => share.expose());
  const secrets = [
    ...shares,
    ...shares.map((share) => Buffer.from(share, 'base64').toString('hex')),
    ...site.minted.flatMap(({ otp, encodedToken, token }) => [otp, encodedToken, token]),
  ].filter((secret) => secret !== '');
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const text = await readFile(join(entry.parentPath, entry.name), 'utf8');
    if (secrets.some((secret) => text.includes(secret))) return true;
  }
  return false;
}

/** Something that happens once, and somebody who waits for it, not for ever. */
function signal(): { give: () => void; within: (ms: number) => Promise<boolean> } {
  const controller = new AbortController();
  return {
    give: () => controller.abort(),
    within: (ms) =>
      new Promise((resolve) => {
        if (controller.signal.aborted) return resolve(true);
        const timer = setTimeout(() => resolve(false), ms);
        controller.signal.addEventListener('abort', () => {
          clearTimeout(timer);
          resolve(true);
        });
      }),
  };
}
