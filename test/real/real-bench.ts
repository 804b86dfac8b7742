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
import { Connection, type ConnectionOptions } from '../../electron/vault/connection.ts';
import { eventSchema } from '../../shared/ceremony/events.ts';
import type { Purpose } from '../../shared/ceremony/purpose.ts';
import { profileIdSchema, type CeremonyId } from '../../shared/ids.ts';
import type { Secret } from '../../shared/secret.ts';
import { holders } from '../fakes/ceremony-bench.ts';
import type { RealServer } from './server.ts';

const profileId = profileIdSchema.parse('real-server');

/** The app without its windows, on a real server. */
export class RealBench {
  readonly server: RealServer;
  vaultToken: Secret<'vault-token'> | undefined;
  ceremonies: Ceremonies;
  readonly #folder: string;

  private constructor(server: RealServer, folder: string) {
    this.server = server;
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
    await conductor.preflight();
    if (conductor.state.phase === 'roster')
      await conductor.setRoster({ operator: 'Robin', witness: 'Wim', holders: [...holders] });
    return { id, conductor };
  }

  give = (conductor: Conductor, n: number) =>
    conductor.giveShare(holders[n] ?? 'Ana', this.server.share(n));

  #connect(options: ConnectionOptions | undefined): Promise<Connection> {
    const { nodes, caPem } = this.server;
    return Connection.open({ nodes: [...nodes], primaryNodes: [], tls: { caPem } }, options);
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
        nodes: [...this.server.nodes],
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
