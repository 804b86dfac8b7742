import type { CeremonyId } from '../../shared/ids.ts';
import type { PartEvent, PartEventOf, PartRole } from '../../shared/part/events.ts';
import { applyPart } from '../../shared/part/fold.ts';
import type { PartState } from '../../shared/part/state.ts';
import { newRecordId } from '../transcript/record-id.ts';
import { RecordLog } from '../transcript/record-log.ts';
import type { RecordSignatures } from '../transcript/signing.ts';
import type { JournalStore } from '../transcript/store.ts';

export interface PartBookOptions {
  readonly store: JournalStore<PartEvent>;
  readonly signatures: Pick<RecordSignatures, 'sign'>;
  readonly appVersion: string;
  readonly keychainBackend: () => 'os' | 'memory';
  /** Whose work it is the record of. */
  readonly role?: PartRole;
}

type Cluster = PartEventOf<'part.opened'>['cluster'];

/** Where no invitation says which cluster it is about, what is entered may be real. */
const noCluster: Readonly<Record<PartRole, Cluster>> = {
  officer: { name: 'Offline desk', kind: 'real' },
  holder: { name: 'Holder’s laptop', kind: 'real' },
};

interface OpenPart {
  readonly id: CeremonyId;
  readonly log: RecordLog<PartEvent, PartState>;
}

/** What a record that was left open is gone on with; `undefined`: nothing, it ends. */
export type GoOn = (id: CeremonyId, state: PartState) => Promise<readonly PartEvent[] | undefined>;

/**
 * The records of what this laptop does for ceremonies that others conduct. One is open from the first
 * event until the work is ended; while an encoded token is kept, until that is settled.
 */
export class PartBook {
  readonly #options: PartBookOptions;
  readonly #role: PartRole;
  #open: OpenPart | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: PartBookOptions) {
    this.#options = options;
    this.#role = options.role ?? 'officer';
  }

  /** The record that is open, and where it stands. */
  get open(): { readonly id: CeremonyId; readonly state: PartState } | undefined {
    return this.#open && { id: this.#open.id, state: this.#open.log.state };
  }

  /**
   * Writes an event, and opens a record for it where none is open.
   *
   * @throws Trouble `journal.*`, `rule.not-now`. Then nothing was written.
   */
  write(event: PartEvent, cluster = noCluster[this.#role]): Promise<void> {
    return this.#inTurn(async () => {
      this.#open ??= await this.#create(cluster);
      await this.#open.log.append(event);
    });
  }

  /**
   * Ends and signs the open record; nothing where none is open. One that a token is kept under stays
   * open, on disk too, until the token is settled.
   *
   * @throws Trouble `journal.*`.
   */
  end(why: PartEventOf<'part.ended'>['why']): Promise<void> {
    return this.#inTurn(async () => {
      const part = this.#open;
      if (part === undefined) return;
      const keeps = part.log.state.token !== undefined;
      if (keeps && why !== 'quit') return;
      this.#open = undefined;
      if (keeps) await this.#options.store.close(part.id);
      else await this.#close(part, why);
    });
  }

  /**
   * After a start: what lay there is gone, so every record that was left open ends, but one that
   * `goOn` goes on with.
   *
   * @returns where those stood that ended now.
   */
  takeUp(goOn: GoOn = () => Promise.resolve(undefined)): Promise<readonly PartState[]> {
    return this.#inTurn(async () => {
      const { store } = this.#options;
      const ended: PartState[] = [];
      for (const listed of await store.list()) {
        if (!listed.readable || listed.entries.length === 0 || store.isOpen(listed.id)) continue;
        if (listed.entries.at(-1)?.event.type === 'part.ended') continue;
        // One record that cannot be gone on with keeps nobody from the others; Records lists it.
        const state = await this.#takeUpOne(listed.id, goOn).catch(() => undefined);
        if (state) ended.push(state);
      }
      return ended;
    });
  }

  async #create(cluster: Cluster): Promise<OpenPart> {
    const { store, appVersion, keychainBackend } = this.#options;
    const id = newRecordId(new Date());
    const log = new RecordLog(await store.create(id), [], { apply: applyPart });
    const keychain = keychainBackend();
    const role = this.#role;
    await log.append({ type: 'part.opened', id, cluster, appVersion, keychain, role });
    return { id, log };
  }

  /** Where it stood when it ended; `undefined` where it is gone on with, or waits for another time. */
  async #takeUpOne(id: CeremonyId, goOn: GoOn): Promise<PartState | undefined> {
    const { store } = this.#options;
    const { journal, entries } = await store.open(id);
    try {
      const part = { id, log: new RecordLog(journal, entries, { apply: applyPart }) };
      const before = part.log.state;
      const events = await goOn(id, before);
      for (const event of events ?? []) await part.log.append(event);
      if (part.log.state.token === undefined) {
        await this.#close(part, 'interrupted');
        return before;
      }
      if (this.#open) await store.close(id);
      else this.#open = part;
      return undefined;
    } catch (thrown) {
      await store.close(id);
      throw thrown;
    }
  }

  async #close({ id, log }: OpenPart, why: PartEventOf<'part.ended'>['why']): Promise<void> {
    const { store, signatures } = this.#options;
    try {
      await log.append({ type: 'part.ended', why });
    } finally {
      await store.close(id);
    }
    // Signing needs the keychain; a record that could not be signed now is whole all the same.
    await signatures.sign(id).catch(() => undefined);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}
