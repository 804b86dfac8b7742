import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { BatchTokens } from '../../electron/keychain/batch-tokens.ts';
import { OsKeychain } from '../../electron/keychain/os-keychain.ts';
import { RecordSigningKey } from '../../electron/keychain/record-signing-key.ts';
import { PracticeSite } from '../../electron/practice/site.ts';
import { ForeignRecords } from '../../electron/records/foreign.ts';
import { Records } from '../../electron/records/records.ts';
import { shelfOf } from '../../electron/records/shelf.ts';
import { Shifts } from '../../electron/shift/shifts.ts';
import { RecordSignatures } from '../../electron/transcript/signing.ts';
import { JournalStore } from '../../electron/transcript/store.ts';
import type { VaultCall } from '../../electron/vault/call.ts';
import { Connection } from '../../electron/vault/connection.ts';
import type { Cluster } from '../../shared/ceremony/events.ts';
import { digestSchema, profileIdSchema, type CeremonyId } from '../../shared/ids.ts';
import { Trouble, problemOf } from '../../shared/problem.ts';
import { Secret } from '../../shared/secret.ts';
import { batchTokenIdSchema } from '../../shared/shift/batch-token.ts';
import { setupParts, shiftEventSchema } from '../../shared/shift/events.ts';
import type { ShiftState } from '../../shared/shift/state.ts';
import { shiftTelling } from '../../shared/shift/telling.ts';

/** The shift desk as `startApp` puts it together, on a practice site, a data folder and the real keychain. */
export class ShiftBench {
  readonly site: PracticeSite;
  readonly profile = profileIdSchema.parse('bench-cluster');
  readonly noId = batchTokenIdSchema.parse('000000000000');
  readonly notices: { readonly title: string; readonly body: string }[] = [];
  readonly tokens: BatchTokens;
  shifts: Shifts;
  now = new Date();
  readonly #folder: string;
  readonly #namespace: string | undefined;
  readonly #keychain: OsKeychain;
  readonly #store: JournalStore<z.infer<typeof shiftEventSchema>>;
  readonly #signatures: RecordSignatures;

  private constructor(site: PracticeSite, folder: string, namespace: string | undefined) {
    this.site = site;
    this.#folder = folder;
    this.#namespace = namespace;
    this.#keychain = new OsKeychain({ dataFolder: folder });
    this.tokens = new BatchTokens(this.#keychain, () => this.now);
    this.#store = new JournalStore(join(folder, 'shifts'), shiftEventSchema);
    this.#signatures = new RecordSignatures(this.#store, new RecordSigningKey(this.#keychain));
    this.shifts = this.#desk();
  }

  static async open(
    folder: string,
    version: string,
    options: { readonly namespace?: string } = {},
  ): Promise<ShiftBench> {
    const site = await PracticeSite.start({ version, outageMs: 1_000 });
    return new ShiftBench(site, folder, options.namespace);
  }

  async close(): Promise<void> {
    await this.shifts.close();
    await this.site.stop();
  }

  /** The app ends and starts again: nothing of it survives but the disk and the keychain. */
  async restart(): Promise<void> {
    await this.shifts.close();
    this.shifts = this.#desk();
    await this.shifts.takeUp();
  }

  state(): ShiftState {
    const state = this.shifts.state(this.profile);
    if (state === undefined) throw new Error('nobody has the shift');
    return state;
  }

  /** Looks at policy and role and writes both, as a person who says yes twice. */
  async setUp(): Promise<void> {
    for (const part of setupParts) {
      const { seen } = await this.shifts.lookAtSetup(this.profile, part);
      await this.shifts.writeSetup(this.profile, part, seen, 'Robin');
    }
  }

  /** A call that somebody else makes on the primary. */
  async onPrimary(
    method: VaultCall['method'],
    path: string,
    fields: NonNullable<VaultCall['fields']>,
  ): Promise<unknown> {
    const connection = await this.#connect();
    try {
      const call = { method, path, fields, token: this.site.rootToken };
      return (await connection.node(this.site.primary).ask(call, z.unknown())).value;
    } finally {
      connection.close();
    }
  }

  /** A token made by somebody else, whatever kind of token that is. */
  async create(fields: NonNullable<VaultCall['fields']>): Promise<Secret<'batch-token'>> {
    const made = await this.onPrimary('POST', 'auth/token/create', fields);
    const { auth } = z.object({ auth: z.object({ client_token: z.string() }) }).parse(made);
    return Secret.of('batch-token', auth.client_token);
  }

  timesAsked(path: string): number {
    return this.site.requests.filter((request) => request.path.endsWith(path)).length;
  }

  recordText(): Promise<string> {
    return readFile(join(this.#folder, 'shifts', `${this.state().id}.jsonl`), 'utf8');
  }

  identity() {
    return new RecordSigningKey(this.#keychain).identity();
  }

  /** @returns the path of the exported record. */
  async exported(id: CeremonyId): Promise<string> {
    const absent = () => Promise.reject(new Trouble(problemOf(undefined)));
    const records = new Records({
      ceremonies: { entries: absent, letGo: absent },
      host: { printToPdf: () => Promise.resolve(Buffer.from('%PDF')) },
      store: new JournalStore(join(this.#folder, 'records'), z.never()),
      signatures: this.#signatures,
      others: [
        shelfOf({ telling: shiftTelling, store: this.#store, signatures: this.#signatures }),
      ],
      signer: new RecordSigningKey(this.#keychain),
      foreign: new ForeignRecords(join(this.#folder, 'foreign')),
      verifier: join(import.meta.dirname, '../../package.json'),
      appVersion: '0.0.0-test',
    });
    const done = await records.export(id, 'A4', this.#folder);
    if (done === undefined) throw new Error('not exported');
    return join(done.folder, 'record.jsonl');
  }

  #desk(): Shifts {
    return new Shifts({
      store: this.#store,
      signatures: this.#signatures,
      tokens: this.tokens,
      appVersion: '0.0.0-test',
      keychainBackend: () => 'os',
      cluster: () => this.#cluster(),
      connect: () => this.#connect(),
      notify: (notice) => this.notices.push(notice),
      changed: () => undefined,
      now: () => this.now,
    });
  }

  #connect(): Promise<Connection> {
    const profile = {
      nodes: [...this.site.nodes],
      primaryNodes: [this.site.primary],
      tls: { caPem: this.site.caPem },
      ...(this.#namespace === undefined ? {} : { namespace: this.#namespace }),
    };
    return Connection.open(profile, { clientCertificate: this.site.clientCertificate });
  }

  #cluster(): Cluster {
    return {
      profileId: this.profile,
      kind: 'real',
      name: 'Bench',
      colour: 'teal',
      nodes: [...this.site.nodes],
      primaryNodes: [this.site.primary],
      seal: 'shamir',
      pins: {
        at: '2026-11-23T12:00:00.000Z',
        rootFingerprint: digestSchema.parse('0'.repeat(64)),
        clusterId: this.site.clusterId,
      },
    };
  }
}
