import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ceremonies } from '../../electron/ceremony/ceremonies.ts';
import type { Conductor } from '../../electron/ceremony/conductor.ts';
import { OsKeychain } from '../../electron/keychain/os-keychain.ts';
import type { Keychain } from '../../electron/keychain/keychain.ts';
import { PracticeSite, type PracticeOptions } from '../../electron/practice/site.ts';
import { RecordSigningKey } from '../../electron/keychain/record-signing-key.ts';
import { RecordSignatures } from '../../electron/transcript/signing.ts';
import { hashOfScript, readScript } from '../../electron/script-file.ts';
import { JournalStore } from '../../electron/transcript/store.ts';
import { Connection } from '../../electron/vault/connection.ts';
import {
  eventSchema,
  type CeremonyEvent,
  type Cluster,
  type EventType,
} from '../../shared/ceremony/events.ts';
import {
  digestSchema,
  profileIdSchema,
  type CeremonyId,
  type NodeAddress,
} from '../../shared/ids.ts';
import type { Purpose } from '../../shared/ceremony/purpose.ts';
import { problemOf, type Problem } from '../../shared/problem.ts';
import type { Comparison } from '../../shared/ceremony/lag.ts';
import type { Neighbour, Seal } from '../../shared/profile.ts';
import type { SiteRules } from '../../shared/site-rules.ts';
import type { SelfTest } from '../../shared/self-test.ts';
import type { Secret } from '../../shared/secret.ts';

export const holders = ['Ana', 'Ben', 'Chidi', 'Dana', 'Emil'] as const;
const profileId = profileIdSchema.parse('bench-cluster');

/**
 * Everything of the app but its windows, put together as `startApp` does: a practice site that
 * outlives the app, a data folder, the real keychain. `restart()` is what a crash leaves behind.
 */
export class CeremonyBench {
  readonly site: PracticeSite;
  /** The primary's. */
  seal: Seal = 'shamir';
  readonly dataFolder: string;
  readonly keychain: Keychain;
  vaultToken: Secret<'vault-token'> | undefined;
  selfTest: SelfTest | undefined;
  /** Hears of every event once it is on disk, as the screens do. */
  onEvent: (event: CeremonyEvent) => void = () => undefined;
  /** Milliseconds between two readings of the progress while holders elsewhere may give; 0: never. */
  pollMs = 0;
  ceremonies: Ceremonies;
  store: JournalStore<CeremonyEvent>;
  signatures: RecordSignatures;
  /** Other nodes than the site's DR secondary: a profile with the wrong addresses. */
  nodes: readonly NodeAddress[];
  /** What the site keeps of the separation of duties, where it is not the usual. */
  rules: SiteRules | undefined;
  pins: { readonly clusterId: string; readonly secondaryId: string } | undefined;
  /** Addresses of the primary, where it is not the site's; with the CA that signs for them. */
  primary: { readonly nodes: readonly NodeAddress[]; readonly caPem: string } | undefined;
  lastComparison: Comparison | undefined;
  /** The address that clients use, where it is not the site's load balancer; with its CA. */
  clients: { readonly address: NodeAddress; readonly caPem: string } | undefined;

  private constructor(site: PracticeSite, dataFolder: string, keychain: Keychain) {
    this.site = site;
    this.dataFolder = dataFolder;
    this.keychain = keychain;
    this.nodes = site.nodes;
    this.store = new JournalStore(join(dataFolder, 'records'), eventSchema);
    this.signatures = new RecordSignatures(this.store, new RecordSigningKey(keychain));
    this.ceremonies = this.#app();
  }

  static async open(options: PracticeOptions = {}, keychain?: Keychain): Promise<CeremonyBench> {
    const dataFolder = await mkdtemp(join(tmpdir(), 'keyturn-bench-'));
    const site = await PracticeSite.start({ outageMs: 1_000, ...options });
    return new CeremonyBench(site, dataFolder, keychain ?? new OsKeychain({ dataFolder }));
  }

  async close(): Promise<void> {
    await this.ceremonies.close();
    await this.site.stop();
    await rm(this.dataFolder, { recursive: true, force: true });
  }

  /** The process dies and starts again: nothing of it survives but the disk, the keychain and Vault. */
  async restart(): Promise<void> {
    await this.ceremonies.close();
    this.ceremonies = this.#app();
  }

  /** Writes an event behind the app's back: what a crash at that point would have left. */
  async appendRaw(id: CeremonyId, event: CeremonyEvent): Promise<void> {
    await this.ceremonies.close();
    const store = new JournalStore(join(this.dataFolder, 'records'), eventSchema);
    const { journal } = await store.open(id);
    await journal.append(event);
    await store.close(id);
  }

  get primaryNodes(): readonly NodeAddress[] {
    return this.primary?.nodes ?? [this.site.primary];
  }

  get cluster(): Cluster {
    return {
      profileId,
      kind: 'practice',
      name: 'Bench',
      colour: 'teal',
      nodes: [...this.nodes],
      primaryNodes: [...this.primaryNodes],
      seal: this.seal,
      ...(this.rules ? { rules: this.rules } : {}),
      ...(this.pins
        ? {
            pins: {
              at: '2026-01-01T00:00:00.000Z',
              rootFingerprint: digestSchema.parse('0'.repeat(64)),
              ...this.pins,
            },
          }
        : {}),
    };
  }

  /** Opens a ceremony and brings it to the point where shares are collected. */
  async collecting(): Promise<{ id: CeremonyId; conductor: Conductor }> {
    const { id, conductor } = await this.ready();
    await conductor.attempt.start();
    return { id, conductor };
  }

  async opened(purpose?: Purpose): Promise<{ id: CeremonyId; conductor: Conductor }> {
    const id = await this.ceremonies.begin(profileId, purpose);
    return { id, conductor: await this.ceremonies.take(id) };
  }

  async ready(): Promise<{ id: CeremonyId; conductor: Conductor }> {
    await this.site.faults.primaryDown();
    const { id, conductor } = await this.opened();
    await conductor.prepare.preflight();
    await conductor.prepare.setRoster({ operator: 'Robin', witness: 'Wim', holders: [...holders] });
    return { id, conductor };
  }

  /** The n-th holder gives the n-th share of the primary's key. 0-based. */
  give(conductor: Conductor, n: number) {
    return conductor.attempt.giveShare(holders[n] ?? 'Ana', this.share(n));
  }

  share(n: number): Secret<'share'> {
    return this.site.envelope(n).share;
  }

  /** From a fresh ceremony to a decoded DR operation token with a fencing statement. */
  async fenced(): Promise<{ id: CeremonyId; conductor: Conductor }> {
    const opened = await this.collecting();
    for (const n of [0, 1, 2]) await this.give(opened.conductor, n);
    await opened.conductor.token.decode();
    await opened.conductor.promotion.stateFencing({
      primary: 'not-visible',
      how: 'The site is without power, and port 8201 is closed at the firewall.',
      confirmedBy: 'Nadia',
    });
    return opened;
  }

  /** The performance secondary, where the site has one. */
  get #others(): readonly Neighbour[] {
    const { performance } = this.site;
    if (!performance) return [];
    const role = 'performance-secondary';
    return [{ name: 'Reports', colour: 'blue', role, nodes: [performance.node] }];
  }

  #app(): Ceremonies {
    this.store = new JournalStore(join(this.dataFolder, 'records'), eventSchema);
    this.signatures = new RecordSignatures(this.store, new RecordSigningKey(this.keychain));
    return new Ceremonies({
      store: this.store,
      signatures: this.signatures,
      appVersion: '0.0.0-test',
      keychain: () => this.keychain,
      memoryAgreedBy: () => undefined,
      cluster: () => this.cluster,
      connect: (_profile, options) =>
        Connection.open(
          {
            nodes: [...this.site.nodes],
            primaryNodes: [...this.primaryNodes],
            others: [...this.#others],
            tls: { caPem: `${this.site.caPem}\n${this.primary?.caPem ?? ''}` },
          },
          { ...options, clientCertificate: this.site.clientCertificate },
        ),
      site: () => ({
        clientAddress: this.clients?.address ?? this.site.loadBalancer,
        others: [...this.#others],
      }),
      connectToClients: (_profile, options) =>
        Connection.open(
          {
            nodes: [this.clients?.address ?? this.site.loadBalancer],
            primaryNodes: [],
            tls: { caPem: this.clients?.caPem ?? this.site.caPem },
          },
          { ...options, clientCertificate: this.site.clientCertificate },
        ),
      dataFolder: this.dataFolder,
      wayBack: () => undefined,
      lastComparison: () => this.lastComparison,
      keepComparison: (_profile, read) => {
        this.lastComparison = read;
      },
      vaultToken: () => this.vaultToken,
      script: async () => {
        const script = await readScript(this.dataFolder);
        return { script, hash: hashOfScript(script) };
      },
      selfTest: () => this.selfTest,
      pollMs: this.pollMs,
      audience: {
        recorded: (_id, { event }) => this.onEvent(event),
        doing: () => undefined,
        reading: () => undefined,
        expired: () => undefined,
      },
    });
  }
}

export const confirmation = { clusterName: 'Bench', secondPerson: 'Wim' } as const;

export const typesOf = (conductor: Conductor): EventType[] =>
  conductor.records.map(({ event }) => event.type);

/** The problem a call ends with. Fails where it does not fail. */
export async function problemFrom(call: Promise<unknown>): Promise<Problem> {
  try {
    await call;
  } catch (thrown) {
    return problemOf(thrown);
  }
  throw new Error('It was expected to fail.');
}
