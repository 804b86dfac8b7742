import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ceremonies } from '../../electron/ceremony/ceremonies.ts';
import type { Conductor } from '../../electron/ceremony/conductor.ts';
import { OsKeychain } from '../../electron/keychain/os-keychain.ts';
import { RecordSigningKey } from '../../electron/keychain/record-signing-key.ts';
import { hashOfScript, readScript } from '../../electron/script-file.ts';
import { RecordSignatures } from '../../electron/transcript/signing.ts';
import { JournalStore } from '../../electron/transcript/store.ts';
import {
  Connection,
  type ConnectionOptions,
  type VaultNode,
} from '../../electron/vault/connection.ts';
import { eventSchema } from '../../shared/ceremony/events.ts';
import type { Purpose } from '../../shared/ceremony/purpose.ts';
import { profileIdSchema, type CeremonyId, type NodeAddress } from '../../shared/ids.ts';
import type { Secret } from '../../shared/secret.ts';
import { holders } from '../fakes/ceremony-bench.ts';
import type { RealServer } from './server.ts';

const profileId = profileIdSchema.parse('real-server');

/** The app without its windows, on a real server. */
export class RealBench {
  readonly server: RealServer;
  vaultToken: Secret<'vault-token'> | undefined;
  ceremonies: Ceremonies;
  /** As the profile has them; the server's own order unless a test says otherwise. */
  nodes: readonly NodeAddress[];
  readonly #folder: string;

  private constructor(server: RealServer, folder: string) {
    this.server = server;
    this.nodes = server.nodes;
    this.#folder = folder;
    this.ceremonies = this.#app();
  }

  static async open(server: RealServer): Promise<RealBench> {
    return new RealBench(server, await mkdtemp(join(tmpdir(), 'keyturn-bench-')));
  }

  async close(): Promise<void> {
    await this.ceremonies.close();
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** The app dies and starts again; the server goes on. */
  async restart(id: CeremonyId): Promise<Conductor> {
    await this.ceremonies.close();
    this.ceremonies = this.#app();
    return this.ceremonies.take(id);
  }

  async ready(purpose: Purpose): Promise<{ id: CeremonyId; conductor: Conductor }> {
    const id = await this.ceremonies.begin(profileId, purpose);
    const conductor = await this.ceremonies.take(id);
    await conductor.prepare.preflight();
    if (conductor.state.phase === 'roster')
      await conductor.prepare.setRoster({
        operator: 'Robin',
        witness: 'Wim',
        holders: [...holders],
      });
    return { id, conductor };
  }

  give = (conductor: Conductor, n: number) =>
    conductor.attempt.giveShare(holders[n] ?? 'Ana', this.server.share(n));

  /** One piece of work on one node, through the app's own connection. */
  async onNode<T>(
    work: (node: VaultNode) => Promise<T>,
    address: NodeAddress | undefined = this.nodes[0],
  ): Promise<T> {
    if (!address) throw new Error('no node');
    const connection = await this.#connect({});
    try {
      return await work(connection.node(address));
    } finally {
      connection.close();
    }
  }

  #connect(options: ConnectionOptions | undefined): Promise<Connection> {
    const { caPem } = this.server;
    const nodes = [...this.nodes];
    return Connection.open({ nodes, primaryNodes: [], tls: { caPem } }, options);
  }

  #app(): Ceremonies {
    const store = new JournalStore(join(this.#folder, 'records'), eventSchema);
    const keychain = new OsKeychain({ dataFolder: this.#folder });
    return new Ceremonies({
      store,
      signatures: new RecordSignatures(store, new RecordSigningKey(keychain)),
      appVersion: '0.0.0-test',
      keychain: () => keychain,
      memoryAgreedBy: () => undefined,
      cluster: () => ({
        profileId,
        kind: 'real',
        name: 'Real',
        colour: 'teal',
        nodes: [...this.nodes],
        primaryNodes: [],
        seal: 'shamir',
      }),
      site: () => ({ others: [] }),
      connect: (_profile, options) => this.#connect(options),
      connectToClients: () => this.#connect({}),
      dataFolder: this.#folder,
      wayBack: () => undefined,
      lastComparison: () => undefined,
      keepComparison: () => undefined,
      vaultToken: () => this.vaultToken,
      script: async () => {
        const script = await readScript(this.#folder);
        return { script, hash: hashOfScript(script) };
      },
      audience: {
        recorded: () => undefined,
        doing: () => undefined,
        reading: () => undefined,
        expired: () => undefined,
      },
    });
  }
}
