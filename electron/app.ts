import { join } from 'node:path';
import { contract } from '../shared/contract.ts';
import { partEventSchema } from '../shared/part/events.ts';
import { partTelling } from '../shared/part/telling.ts';
import { shiftEventSchema } from '../shared/shift/events.ts';
import { shiftTelling } from '../shared/shift/telling.ts';
import { eventSchema, type CeremonyEvent } from '../shared/ceremony/events.ts';
import { problemOf } from '../shared/problem.ts';
import type { SelfTest, SelfTestWish } from '../shared/self-test.ts';
import type { RecordSigner } from '../shared/transcript/signature.ts';
import { Ceremonies } from './ceremony/ceremonies.ts';
import { ClockWatch } from './ceremony/clock-watch.ts';
import { Clusters } from './handlers/clusters.ts';
import { EntryDesk } from './handlers/entry-desk.ts';
import { handlersOf } from './handlers/handlers.ts';
import { PgpDesk } from './handlers/pgp-desk.ts';
import { KeychainChoice } from './handlers/keychain-choice.ts';
import { PracticeDesk } from './handlers/practice-desk.ts';
import { HolderDesk } from './holder/holder-desk.ts';
import { guideWindow } from './host/guide-window.ts';
import type { Host } from './host/host.ts';
import { bindContract, type Pusher } from './ipc.ts';
import { CeremonySecrets } from './keychain/ceremony-secrets.ts';
import { OsKeychain } from './keychain/os-keychain.ts';
import { BatchTokens } from './keychain/batch-tokens.ts';
import { RecordSigningKey } from './keychain/record-signing-key.ts';
import { OfflineDesk } from './offline/desk.ts';
import { KnownSigners } from './offline/known-signers.ts';
import { Parcels } from './offline/parcels.ts';
import { PartBook } from './offline/part-book.ts';
import { qrSvg } from './records/qr.ts';
import { ForeignRecords } from './records/foreign.ts';
import { Records } from './records/records.ts';
import { shelfOf } from './records/shelf.ts';
import { hashOfScript, readScript } from './script-file.ts';
import { openSettings } from './settings.ts';
import type { ProgramPlace } from './self-test/program.ts';
import { runSelfTest } from './self-test/self-test.ts';
import { Shifts } from './shift/shifts.ts';
import { ShiftWatch } from './shift/watch.ts';
import { Poller } from './topology/poller.ts';
import { lockDataFolder } from './transcript/folder-lock.ts';
import { RecordSignatures } from './transcript/signing.ts';
import { JournalStore } from './transcript/store.ts';

export interface AppOptions {
  readonly host: Host;
  /** Absolute path of the folder that holds settings and records. */
  readonly dataFolder: string;
  /** Whether this host may connect to a cluster that is not the practice site. */
  readonly allowRealClusters: boolean;
  readonly version: string;
  /** The keyring was made for this run and ends with it. */
  readonly temporaryKeyring: boolean;
  /** The verifier that is one file: it goes beside each exported record. */
  readonly verifier: string;
  /** Where the program's own files lie, for the self-test. */
  readonly program: ProgramPlace;
}

export interface RunningApp {
  readonly practice: PracticeDesk;
  readonly store: JournalStore<CeremonyEvent>;
  readonly signatures: RecordSignatures;
  readonly records: Records;
}

/**
 * Puts the app together on whatever host it is given, and opens the guide.
 *
 * @throws Trouble `ceremony.busy` when another instance uses the data folder, `settings.unreadable`
 *   or `journal.*` when the folder cannot be used.
 */
export async function startApp(options: AppOptions): Promise<RunningApp> {
  const { host, dataFolder } = options;
  const lock = await lockDataFolder(dataFolder);
  const { settings, notices } = openSettings(dataFolder);
  const keychain = new KeychainChoice(new OsKeychain({ dataFolder }));
  keychain.askAhead();

  const practice = new PracticeDesk((status) => pusher.push('guide', 'practice.changed', status));
  const clusters = new Clusters(settings, practice, options.allowRealClusters);
  const poller = new Poller({
    profile: (id) => clusters.profile(id),
    connect: (id, how) => clusters.connect(id, how),
    tell: (sites) => pusher.push('guide', 'topology.readings', { sites: [...sites] }),
  });
  const store = new JournalStore(join(dataFolder, 'records'), eventSchema);
  const signer: RecordSigner = {
    identity: () => new RecordSigningKey(keychain.current).identity(),
    sign: (bytes) => new RecordSigningKey(keychain.current).sign(bytes),
  };
  const signatures = new RecordSignatures(store, signer);
  const script = async () => {
    const adopted = await readScript(dataFolder);
    return { script: adopted, hash: hashOfScript(adopted) };
  };
  // Said at the start, in daylight, and not first when a ceremony is to be opened.
  const scriptFault = await script().then(
    () => [],
    (thrown: unknown) => [problemOf(thrown)].map(({ known, next }) => `${known} ${next}`),
  );
  let lastSelfTest: SelfTest | undefined;
  const selfTest = async (wish: SelfTestWish): Promise<SelfTest> => {
    lastSelfTest = await runSelfTest(
      {
        dataFolder,
        keychain: keychain.current,
        temporaryKeyring: options.temporaryKeyring,
        program: options.program,
        profiles: () => settings.listProfiles(),
        connect: (profile, how) => clusters.connect(profile, how),
      },
      wish,
    );
    return lastSelfTest;
  };
  const ceremonies = new Ceremonies({
    store,
    signatures,
    appVersion: options.version,
    keychain: () => keychain.current,
    memoryAgreedBy: () => keychain.agreedBy,
    cluster: (profile) => clusters.cluster(profile),
    connect: (profile, how) => clusters.connect(profile, how),
    site: (profile) => clusters.site(profile),
    connectToClients: (profile, how) => clusters.connectToClients(profile, how),
    dataFolder,
    wayBack: (profile) => clusters.wayBack(profile)?.id,
    lastComparison: (profile) => clusters.lastComparison(profile),
    keepComparison: (profile, read) => clusters.keepComparison(profile, read),
    vaultToken: (profile) => clusters.vaultToken(profile),
    script,
    selfTest: () => lastSelfTest,
    audience: {
      recorded: (id, record) => pusher.push('guide', 'ceremony.recorded', { id, record }),
      doing: (id, doing) => pusher.push('guide', 'ceremony.activity', { id, doing }),
      reading: (id, at, nodes, primary) =>
        pusher.push('guide', 'watch.reading', { id, at, nodes: [...nodes], primary }),
      expired: (id, leaves) =>
        pusher.push('guide', 'ceremony.expired', { id, leaves: [...leaves] }),
    },
  });
  const shiftStore = new JournalStore(join(dataFolder, 'shifts'), shiftEventSchema);
  const shiftSignatures = new RecordSignatures(shiftStore, signer);
  const shifts = new Shifts({
    store: shiftStore,
    signatures: shiftSignatures,
    tokens: new BatchTokens(keychain.through),
    appVersion: options.version,
    keychainBackend: () => keychain.current.backend,
    cluster: (profile) => clusters.cluster(profile),
    connect: (profile) => clusters.connect(profile),
    notify: (notice) => host.notify?.(notice),
    changed: () => pusher.push('guide', 'shift.changed', undefined),
  });
  const shiftWatch = new ShiftWatch(() => shifts.look());
  const entries = new EntryDesk();
  const parcels = new Parcels(qrSvg);
  const partStore = new JournalStore(join(dataFolder, 'parts'), partEventSchema);
  const partSignatures = new RecordSignatures(partStore, signer);
  const part = new PartBook({
    store: partStore,
    signatures: partSignatures,
    appVersion: options.version,
    keychainBackend: () => keychain.current.backend,
  });
  const desk = new OfflineDesk({
    parcels,
    part,
    signers: new KnownSigners(dataFolder),
    ownFingerprint: async () => (await signer.identity()).fingerprint,
    profiles: () => clusters.list(),
    sealingKey: (id) => new CeremonySecrets(keychain.current, id).sealingKey(),
    changed: (view) => pusher.push('guide', 'desk.changed', view),
  });
  const holder = new HolderDesk({
    parcels,
    part: new PartBook({
      store: partStore,
      signatures: partSignatures,
      appVersion: options.version,
      keychainBackend: () => keychain.current.backend,
      role: 'holder',
    }),
    signers: new KnownSigners(dataFolder),
    ownFingerprint: async () => (await signer.identity()).fingerprint,
    profiles: () => clusters.list(),
    connect: (profile) => clusters.connect(profile),
    keychain: () => keychain.current,
    changed: (view) => pusher.push('guide', 'holder.changed', view),
  });
  const pgp = new PgpDesk();
  const records = new Records({
    ceremonies,
    host,
    store,
    signatures,
    others: [
      shelfOf({ telling: shiftTelling, store: shiftStore, signatures: shiftSignatures }),
      shelfOf({ telling: partTelling, store: partStore, signatures: partSignatures }),
    ],
    foreign: new ForeignRecords(join(dataFolder, 'foreign')),
    signer,
    verifier: options.verifier,
    appVersion: options.version,
  });

  const pusher: Pusher<typeof contract> = bindContract(
    host,
    contract,
    handlersOf({
      about: {
        version: options.version,
        host: host.kind,
        hostNote: host.note,
        realClustersAllowed: options.allowRealClusters,
        temporaryKeyring: options.temporaryKeyring,
        dataFolder,
        folderDialog: host.chooseFolder !== undefined,
      },
      notices: [...notices, ...scriptFault].map((what) => ({ what })),
      host,
      settings,
      keychain,
      practice,
      clusters,
      poller,
      ceremonies,
      records,
      entries,
      desk,
      holder,
      parcels,
      signer,
      pgp,
      shifts,
      script,
      selfTest,
    }),
  );

  host.onSurfaceClosed((surface) => {
    entries.release(surface);
    // Nobody is left to answer the PIN window that its page caused.
    if (surface === 'share-entry') pgp.stop();
    if (surface === 'guide') poller.stop();
    if (surface !== 'guide') pusher.push('guide', 'surface.state', { surface, open: false });
  });
  host.onInterruption((what) => {
    if (what === 'lock') {
      clusters.forgetVaultTokens();
      void desk.clear('locked').catch(() => undefined);
      void holder.clear('locked').catch(() => undefined);
      shifts.forgetVaultTokens();
    }
    void shiftWatch.look();
    // Nobody sees the map then.
    if (what === 'lock' || what === 'suspend') poller.pause();
    else poller.resume();
    void ceremonies.interrupted(what);
  });
  const clock = new ClockWatch((ms) => {
    void ceremonies.interrupted('clock-changed', ms);
    void shiftWatch.look();
  });
  host.onQuit(async () => {
    clock.stop();
    pgp.stop();
    shiftWatch.stop();
    poller.stop();
    clusters.forgetVaultTokens();
    await desk.clear('quit').catch(() => undefined);
    await holder.clear('quit').catch(() => undefined);
    await ceremonies.interrupted('quit');
    await ceremonies.close();
    await shifts.close();
    await practice.stop();
    await lock.release();
  });

  await host.openSurface('guide', guideWindow);
  // After the first window: a person waits for that, not for this.
  void ceremonies.sweep();
  void shifts.takeUp();
  void holder.takeUp();
  return { practice, store, signatures, records };
}
