import type { CeremonyEvent, Cluster, Recorded } from '../../shared/ceremony/events.ts';
import { openDoors } from '../../shared/ceremony/door.ts';
import { fold } from '../../shared/ceremony/fold.ts';
import type { Comparison } from '../../shared/ceremony/lag.ts';
import type { Purpose } from '../../shared/ceremony/purpose.ts';
import type { CeremonyState } from '../../shared/ceremony/state.ts';
import type { CeremonyLine } from '../../shared/contract/guide.ts';
import type { CeremonyId, Digest, ProfileId } from '../../shared/ids.ts';
import { problemOf, Trouble } from '../../shared/problem.ts';
import { peopleOf } from '../../shared/report/people.ts';
import type { Script } from '../../shared/script/schema.ts';
import type { Secret } from '../../shared/secret.ts';
import { selfTestEvent, type SelfTest } from '../../shared/self-test.ts';
import { BatchTokens } from '../keychain/batch-tokens.ts';
import { CeremonySecrets } from '../keychain/ceremony-secrets.ts';
import type { Keychain } from '../keychain/keychain.ts';
import type { Entry } from '../../shared/transcript/entry.ts';
import type { Journal } from '../transcript/journal.ts';
import { newRecordId } from '../transcript/record-id.ts';
import type { RecordSignatures } from '../transcript/signing.ts';
import type { JournalStore } from '../transcript/store.ts';
import type { Connection } from '../vault/connection.ts';
import { CeremonyLog } from './ceremony-log.ts';
import { Conductor, type Audience } from './conductor.ts';
import { ExpiredSeen } from './expired-seen.ts';
import type { ConnectOptions, Room } from './room.ts';

export interface CeremoniesOptions {
  readonly store: JournalStore<CeremonyEvent>;
  readonly signatures: RecordSignatures;
  readonly appVersion: string;
  /** The one in use now: a person may choose memory while the app runs. */
  keychain(): Keychain;
  /** Who chose to keep secrets in memory only, where somebody did. */
  memoryAgreedBy(): string | undefined;
  /** The cluster as its profile describes it now. @throws Trouble `profile.unknown`. */
  cluster(profile: ProfileId): Cluster;
  connect(profile: ProfileId, options?: ConnectOptions): Promise<Connection>;
  /** The rest of the site, and where clients ask. */
  site(profile: ProfileId): ReturnType<Room['site']>;
  connectToClients(profile: ProfileId, options?: ConnectOptions): Promise<Connection>;
  readonly dataFolder: string;
  /** The profile of the same site the other way round, where there is one. */
  wayBack(profile: ProfileId): ProfileId | undefined;
  lastComparison(profile: ProfileId): Comparison | undefined;
  keepComparison(profile: ProfileId, read: Comparison): void;
  vaultToken(profile: ProfileId): Secret<'vault-token'> | undefined;
  /** The script that a ceremony opened now follows, and its hash. @throws Trouble `input.invalid`. */
  script(): Promise<{ readonly script: Script; readonly hash: Digest }>;
  /** The last self-test of this run, where one was made: it goes on the record. */
  selfTest?(): SelfTest | undefined;
  /** Milliseconds between two readings of the progress; 0: never. Absent: the usual. */
  readonly pollMs?: number;
  readonly audience: Audience & { recorded(id: CeremonyId, record: Recorded): void };
}

/** All ceremonies of this data folder: on disk, and those that are open in this run. */
export class Ceremonies {
  readonly #options: CeremoniesOptions;
  readonly #open = new Map<CeremonyId, Promise<Conductor>>();

  constructor(options: CeremoniesOptions) {
    this.#options = options;
  }

  /** One line a ceremony, newest first; a record that cannot be read is listed too. */
  async list(): Promise<CeremonyLine[]> {
    const listed = await this.#options.store.list();
    return listed
      .map((journal): CeremonyLine => {
        if (!journal.readable)
          return { kind: 'unreadable', name: `${journal.id}.jsonl`, reason: journal.problem.known };
        if (journal.entries.length === 0)
          return { kind: 'unreadable', name: `${journal.id}.jsonl`, reason: neverBegun };
        const folded = fold(journal.entries);
        if (!folded.ok)
          return {
            kind: 'unreadable',
            name: `${journal.id}.jsonl`,
            reason: `Event ${folded.seq} cannot follow the ones before it. ${folded.reason}`,
          };
        return lineOf(folded.state, peopleOf(journal.entries));
      })
      .reverse();
  }

  /** Opens a new ceremony for a cluster. */
  async begin(profile: ProfileId, purpose: Purpose = 'dr-operation-token'): Promise<CeremonyId> {
    const id = newRecordId(new Date());
    const cluster = this.#options.cluster(profile);
    const script = await this.#options.script();
    const keychain = this.#options.keychain();
    const journal = await this.#options.store.create(id);
    const conductor = this.#conductor(id, profile, journal, [], keychain);
    await conductor.log.append({
      type: 'ceremony.opened',
      id,
      purpose,
      cluster,
      appVersion: this.#options.appVersion,
      keychain: keychain.backend,
    });
    await conductor.log.append({ type: 'script.adopted', ...script });
    const selfTest = this.#options.selfTest?.();
    if (selfTest) await conductor.log.append(selfTestEvent(selfTest));
    const agreedBy = this.#options.memoryAgreedBy();
    if (agreedBy)
      await conductor.log.append({
        type: 'deviation.recorded',
        what: 'OTP, nonce and tokens are kept in memory only: a crash ends the ceremony.',
        why: 'No keychain answered on this machine.',
        agreedBy,
      });
    this.#open.set(id, Promise.resolve(conductor.conductor));
    return id;
  }

  /** The events of a ceremony; an unfinished one is taken up again on the way. */
  async read(id: CeremonyId): Promise<readonly Recorded[]> {
    const open = this.#open.get(id);
    if (open) return (await open).records;
    const entries = await this.entries(id);
    if (hasEnded(entries)) return entries.map(recordOf);
    return (await this.take(id)).records;
  }

  /**
   * The whole record as it is on disk, its chain checked.
   *
   * @throws Trouble `ceremony.unknown`, `journal.*`
   */
  async entries(id: CeremonyId): Promise<readonly Entry<CeremonyEvent>[]> {
    const journal = (await this.#options.store.list()).find((one) => one.id === id);
    if (!journal) throw new Trouble(unknown);
    if (!journal.readable) throw new Trouble(journal.problem);
    return journal.entries;
  }

  /**
   * Lets go of all that is kept for an ended ceremony beside its record.
   *
   * @throws Trouble `rule.not-now` where it has not ended, `keychain.*` where an entry may be left there
   */
  async letGo(id: CeremonyId): Promise<void> {
    const entries = await this.entries(id);
    if (!hasEnded(entries)) throw new Trouble(unfinished);
    if (doorsOf(entries).length > 0) throw new Trouble(doorStillOpen);
    const opened = entries[0]?.event;
    if (opened?.type === 'ceremony.opened' && opened.keychain === 'os')
      await new CeremonySecrets(this.#options.keychain(), id).forgetAll();
    await (await this.#open.get(id))?.release();
    this.#open.delete(id);
    await this.#options.store.close(id);
  }

  /** The conductor of an unfinished ceremony. After a restart the record and the server are compared. */
  take(id: CeremonyId): Promise<Conductor> {
    const open = this.#open.get(id);
    if (open) return open;
    const taken = this.#take(id).catch((thrown: unknown) => {
      this.#open.delete(id);
      throw thrown;
    });
    this.#open.set(id, taken);
    return taken;
  }

  /**
   * Something happened to the machine: it goes on the record of every open ceremony.
   *
   * @param ms for `clock-changed`: by how many milliseconds.
   */
  async interrupted(
    what: 'suspend' | 'resume' | 'lock' | 'unlock' | 'quit' | 'clock-changed',
    ms?: number,
  ): Promise<void> {
    for (const open of this.#open.values()) {
      const conductor = await open;
      if (what === 'lock') conductor.forgetBorrowed();
      if (conductor.state.phase === 'ended') continue;
      const event = { type: 'interrupted', what, ...(ms === undefined ? {} : { ms }) } as const;
      await conductor.notes.remark(event).catch(() => undefined);
    }
  }

  /** Ends the watches and lets go of the files. */
  async close(): Promise<void> {
    for (const [id, open] of this.#open) {
      await (await open).release();
      await this.#options.store.close(id);
    }
    this.#open.clear();
  }

  /**
   * Finishes what a crash between "ended" and "forgotten" left: the record is signed, and what is in
   * the keychain is removed. A keychain that cannot be opened now keeps it until the next start.
   */
  async sweep(): Promise<void> {
    const { store, signatures } = this.#options;
    for (const journal of await store.list()) {
      if (!journal.readable || !hasEnded(journal.entries)) continue;
      const secrets = new CeremonySecrets(this.#options.keychain(), journal.id);
      await signIfClosing(secrets, () => signatures.sign(journal.id)).catch(() => undefined);
      await secrets.forgetAll().catch(() => undefined);
    }
  }

  async #take(id: CeremonyId): Promise<Conductor> {
    const { journal, entries, recovered } = await this.#options.store.open(id);
    try {
      const opened = entries[0]?.event;
      if (opened?.type !== 'ceremony.opened') throw new Trouble(unknown);
      const { conductor } = this.#conductor(
        id,
        opened.cluster.profileId,
        journal,
        entries.map(recordOf),
        this.#options.keychain(),
      );
      // An ended one is taken up only to see to its door: nothing else of it is compared.
      if (conductor.state.phase === 'ended') return conductor;
      // In the background: the person sees the record at once, and what was found as it comes.
      void conductor.resume(recovered?.bytesCutOff).catch(() => undefined);
      return conductor;
    } catch (thrown) {
      await this.#options.store.close(id);
      throw thrown;
    }
  }

  #conductor(
    id: CeremonyId,
    profile: ProfileId,
    journal: Journal<CeremonyEvent>,
    records: readonly Recorded[],
    keychain: Keychain,
  ): { readonly conductor: Conductor; readonly log: CeremonyLog } {
    const { audience } = this.#options;
    const log = new CeremonyLog(journal, records, (record) => audience.recorded(id, record));
    const batchTokens = new BatchTokens(keychain);
    const expired = new ExpiredSeen((leaves) => audience.expired(id, leaves));
    // What is trusted for this ceremony is on its own record, and so for no other.
    const held = (how: ConnectOptions | undefined): ConnectOptions => ({
      trusted: log.state.trusted,
      onCertificate: (node, leaf) => expired.note(node, leaf),
      ...how,
    });
    const room: Room = {
      id,
      log,
      secrets: new CeremonySecrets(keychain, id),
      cluster: () => this.#options.cluster(profile),
      connect: (how) => this.#options.connect(profile, held(how)),
      comparisons: {
        last: () => this.#options.lastComparison(profile),
        keep: (read) => this.#options.keepComparison(profile, read),
      },
      vaultToken: () => this.#options.vaultToken(profile) ?? room.borrowed,
      batchTokens: {
        list: () => batchTokens.list(profile),
        listBack: async () => {
          const back = this.#options.wayBack(profile);
          return back === undefined ? [] : batchTokens.list(back);
        },
        read: (token) => batchTokens.read(profile, token),
      },
      borrowed: undefined,
      keychainWorks: async () => {
        if (keychain.backend === 'memory')
          return {
            works: true,
            sentence: 'Secrets are kept in memory only, as agreed: a crash ends the ceremony.',
          };
        const health = await keychain.probe();
        return health.state === 'working'
          ? { works: true, sentence: 'The keychain takes, gives back and removes an entry.' }
          : { works: false, sentence: health.problem.known };
      },
      sign: async () => {
        await this.#options.signatures.sign(id);
      },
      site: () => this.#options.site(profile),
      connectToClients: (how) => this.#options.connectToClients(profile, held(how)),
      expired,
      dataFolder: this.#options.dataFolder,
      activation: undefined,
      unkept: undefined,
    };
    return { conductor: new Conductor(room, audience, this.#options.pollMs), log };
  }
}

function lineOf(state: CeremonyState, people: readonly string[]): CeremonyLine {
  const { id, cluster, openedAt, lastAt, phase, openItems } = state;
  const stored = state.phase === 'in-hand' ? state.stored : undefined;
  const door = openDoors(state).map(({ node }) => node);
  return {
    kind: 'readable',
    id,
    purpose: state.purpose,
    cluster: cluster.name,
    practice: cluster.kind === 'practice',
    openedAt,
    lastAt,
    phase,
    promoted: state.phase === 'aftercare' || (state.phase === 'ended' && state.promoted),
    openItems: openItems.length,
    people: [...people],
    ...(state.phase === 'ended' ? { outcome: state.outcome } : {}),
    ...(stored ? { stored: { owner: stored.owner, until: stored.until } } : {}),
    ...(door.length > 0 ? { door: [...door] } : {}),
  };
}

/** Only a ceremony that was being closed here has the mark: another's record is never signed unasked. */
async function signIfClosing(
  secrets: CeremonySecrets,
  sign: () => Promise<unknown>,
): Promise<void> {
  if (await secrets.isClosing()) await sign();
}

function hasEnded(entries: readonly Recorded[]): boolean {
  const folded = fold(entries);
  return folded.ok && folded.state.phase === 'ended';
}

function doorsOf(entries: readonly Recorded[]) {
  const folded = fold(entries);
  return folded.ok ? openDoors(folded.state) : [];
}

const recordOf = ({ seq, at, event, hash: head }: Entry<CeremonyEvent>): Recorded => ({
  seq,
  at,
  event,
  head,
});

const unknown = {
  ...problemOf(undefined),
  code: 'ceremony.unknown',
  known: 'No ceremony of this name is in the data folder.',
  safe: 'Nothing was changed.',
  next: 'Go back to Home: it lists every ceremony there is.',
} as const;

const neverBegun =
  'It holds no event: Keyturn ended before the first one was on the disk, and no server was asked for anything. Open a new ceremony. If this one had begun, the file was emptied since: keep it for whoever looks into it.';

const unfinished = {
  code: 'rule.not-now',
  known: 'This ceremony has not ended: its record is what it is taken up again from.',
  safe: 'Nothing was deleted.',
  next: 'Take the ceremony up again and end it first.',
} as const;

const doorStillOpen = {
  code: 'rule.not-now',
  known:
    'The door of this ceremony (enable_unauthenticated_access) is not known to be closed on every node.',
  safe: 'Nothing was deleted.',
  next: 'Close the door and ask every node again. The record can be deleted after that.',
} as const;
