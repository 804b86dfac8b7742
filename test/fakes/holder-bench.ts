import { X509Certificate } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Conductor } from '../../electron/ceremony/conductor.ts';
import { HolderDesk } from '../../electron/holder/holder-desk.ts';
import type { Keychain } from '../../electron/keychain/keychain.ts';
import { OsKeychain } from '../../electron/keychain/os-keychain.ts';
import { RecordSigningKey } from '../../electron/keychain/record-signing-key.ts';
import { KnownSigners } from '../../electron/offline/known-signers.ts';
import { Parcels } from '../../electron/offline/parcels.ts';
import { PartBook } from '../../electron/offline/part-book.ts';
import type { PracticeOptions } from '../../electron/practice/site.ts';
import { makeInvitation } from '../../electron/offline/invite.ts';
import { makeSealingKey } from '../../electron/offline/ceremony-key.ts';
import { recordBytes } from '../../electron/transcript/export.ts';
import { verifyRecordBytes } from '../../electron/transcript/verify-file.ts';
import {
  invitationSchema,
  invitationStatement,
  signedInvitation,
} from '../../shared/offline/invitation.ts';
import type { RecordReport } from '../../shared/transcript/report.ts';
import type { RecordSigner } from '../../shared/transcript/signature.ts';
import { RecordSignatures } from '../../electron/transcript/signing.ts';
import { JournalStore } from '../../electron/transcript/store.ts';
import { Connection } from '../../electron/vault/connection.ts';
import { digestSchema, profileIdSchema, type CeremonyId } from '../../shared/ids.ts';
import type { HolderView } from '../../shared/contract/holder.ts';
import { partEventSchema, type PartEvent } from '../../shared/part/events.ts';
import type { Pins, Profile } from '../../shared/profile.ts';
import type { Secret } from '../../shared/secret.ts';
import { CeremonyBench } from './ceremony-bench.ts';

/** As the app's own, and the test is told of every event once it is on disk. */
class HeardBook extends PartBook {
  onEvent: (event: PartEvent) => Promise<void> = () => Promise.resolve();

  override async write(
    event: PartEvent,
    cluster?: Parameters<PartBook['write']>[1],
  ): Promise<void> {
    await super.write(event, cluster);
    await this.onEvent(event);
  }
}

/**
 * Two laptops and a practice site: an operator who collects shares, and a holder with a data folder and
 * entries in the keychain of their own.
 */
export class HolderBench {
  readonly operator: CeremonyBench;
  readonly conductor: Conductor;
  readonly ceremony: CeremonyId;
  readonly dataFolder: string;
  keychain: Keychain;
  /** What is known of clusters on the holder's laptop. */
  profiles: readonly Profile[];
  desk: HolderDesk;
  book: HeardBook;
  store: JournalStore<PartEvent>;
  parcels: Parcels;
  /** What the screen was told last. */
  told: HolderView | undefined;

  private constructor(
    operator: CeremonyBench,
    opened: { readonly id: CeremonyId; readonly conductor: Conductor },
    dataFolder: string,
  ) {
    this.operator = operator;
    this.ceremony = opened.id;
    this.conductor = opened.conductor;
    this.dataFolder = dataFolder;
    this.keychain = new OsKeychain({ dataFolder });
    this.profiles = [profileOf(operator)];
    this.store = new JournalStore(join(dataFolder, 'parts'), partEventSchema);
    this.parcels = new Parcels((text) => `<svg>${text}</svg>`);
    this.book = this.#book();
    this.desk = this.#desk();
  }

  /** The operator collects shares of three, and the holder knows the operator's key. */
  static async open(options: PracticeOptions = {}): Promise<HolderBench> {
    const operator = await CeremonyBench.open(options);
    const { clusterId, secondaryId } = operator.site;
    operator.pins = { clusterId, secondaryId };
    if (options.version?.startsWith('2.')) operator.vaultToken = operator.site.rootToken;
    const opened = await operator.collecting();
    const dataFolder = await mkdtemp(join(tmpdir(), 'keyturn-holder-'));
    const bench = new HolderBench(operator, opened, dataFolder);
    const { fingerprint } = await new RecordSigningKey(operator.keychain).identity();
    await new KnownSigners(dataFolder).add({
      fingerprint,
      operator: 'Robin',
      comparedBy: 'Ana',
      agreedBy: 'Wim',
      at: new Date().toISOString(),
    });
    return bench;
  }

  async close(): Promise<void> {
    await this.desk.clear('quit');
    await this.operator.close();
    await rm(this.dataFolder, { recursive: true, force: true });
  }

  get site(): CeremonyBench['site'] {
    return this.operator.site;
  }

  /** The holder's laptop dies and starts again. */
  async restart(): Promise<void> {
    const open = this.book.open;
    if (open) await this.store.close(open.id);
    this.store = new JournalStore(join(this.dataFolder, 'parts'), partEventSchema);
    this.book = this.#book();
    this.desk = this.#desk();
    await this.desk.takeUp();
  }

  async invitation(): Promise<Uint8Array> {
    return (await this.conductor.attempt.invite(new RecordSigningKey(this.operator.keychain), 4))
      .bytes;
  }

  /** An invitation of the operator's that says something else in one place, signed rightly. */
  async invitationThat(
    change: object,
    by: { readonly now?: number; readonly hours?: number; readonly signer?: RecordSigner } = {},
  ): Promise<Uint8Array> {
    const { state } = this.conductor;
    if (state.phase !== 'collecting') throw new Error(`The phase is ${state.phase}.`);
    const { now = Date.now(), hours = 4 } = by;
    const signer = by.signer ?? new RecordSigningKey(this.operator.keychain);
    const sealTo = await makeSealingKey();
    const { invitation } = await makeInvitation({ state, sealTo, signer, now, hours });
    const changed = invitationSchema.parse({ ...invitation, ...change });
    return signedInvitation(changed, await signer.sign(invitationStatement(changed)));
  }

  /** The one record of the holder's laptop, with its signatures, as the verifier reads it. */
  async verified(): Promise<RecordReport> {
    const [listed] = await this.store.list();
    if (!listed) throw new Error('There is no record.');
    const signatures = new RecordSignatures(this.store, new RecordSigningKey(this.keychain));
    return verifyRecordBytes(await recordBytes({ store: this.store, signatures, id: listed.id }));
  }

  /** The invitation is read, and this holder compared the words. */
  async follow(holder: string): Promise<void> {
    await this.desk.takeInvitation(await this.invitation());
    await this.desk.compared(holder);
  }

  share(n: number): Secret<'share'> {
    return this.operator.share(n);
  }

  /** How often a share was sent to the site, by whomever. */
  get updates(): number {
    return this.site.requests.filter(({ path }) => path.endsWith('/update')).length;
  }

  /** What the holder's records say, one after the other. */
  async events(): Promise<readonly PartEvent[]> {
    const listed = await this.store.list();
    return listed.flatMap((record) =>
      record.readable ? record.entries.map(({ event }) => event) : [],
    );
  }

  async types(): Promise<readonly PartEvent['type'][]> {
    return (await this.events()).map(({ type }) => type);
  }

  /** Every file of the holder's laptop, as one text. */
  async files(): Promise<string> {
    const found = await readdir(this.dataFolder, { recursive: true, withFileTypes: true });
    const texts = found
      .filter((entry) => entry.isFile())
      .map((entry) => readFile(join(entry.parentPath, entry.name), 'utf8'));
    return (await Promise.all(texts)).join('\n');
  }

  #book(): HeardBook {
    return new HeardBook({
      store: this.store,
      signatures: new RecordSignatures(this.store, new RecordSigningKey(this.keychain)),
      appVersion: '0.0.0-test',
      keychainBackend: () => this.keychain.backend,
      role: 'holder',
    });
  }

  #desk(): HolderDesk {
    return new HolderDesk({
      parcels: this.parcels,
      part: this.book,
      signers: new KnownSigners(this.dataFolder),
      ownFingerprint: async () =>
        (await new RecordSigningKey(this.keychain).identity()).fingerprint,
      profiles: () => this.profiles,
      connect: (id) => {
        const profile = this.profiles.find((one) => one.id === id);
        if (!profile) throw new Error(`There is no profile ${id}.`);
        return Connection.open(profile, { clientCertificate: this.site.clientCertificate });
      },
      keychain: () => this.keychain,
      changed: (view) => {
        this.told = view;
      },
    });
  }
}

/** The site as a holder's laptop knows it: tested in daylight. */
function profileOf({ site }: CeremonyBench): Profile & { readonly pins: Pins } {
  const { fingerprint256 } = new X509Certificate(site.caPem);
  return {
    id: profileIdSchema.parse('holders-own'),
    kind: 'practice',
    name: 'Bench',
    colour: 'teal',
    nodes: [...site.nodes],
    primaryNodes: [site.primary],
    seal: 'shamir',
    tls: { caPem: site.caPem },
    pins: {
      at: '2026-01-01T00:00:00.000Z',
      rootFingerprint: digestSchema.parse(fingerprint256.replaceAll(':', '').toLowerCase()),
      clusterId: site.clusterId,
      secondaryId: site.secondaryId,
    },
  };
}
