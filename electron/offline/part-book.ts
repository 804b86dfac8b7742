import type { CeremonyId } from '../../shared/ids.ts';
import type { PartEvent, PartEventOf } from '../../shared/part/events.ts';
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
}

type Cluster = PartEventOf<'part.opened'>['cluster'];

/** Where no invitation says which cluster it is about, what is entered may be real. */
const noCluster: Cluster = { name: 'Offline desk', kind: 'real' };

interface OpenPart {
  readonly id: CeremonyId;
  readonly log: RecordLog<PartEvent, PartState>;
}

/**
 * The records of what this laptop does for ceremonies that others conduct. One is open from the first
 * event until the desk is cleared.
 */
export class PartBook {
  readonly #options: PartBookOptions;
  #open: OpenPart | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: PartBookOptions) {
    this.#options = options;
  }

  /**
   * Writes an event, and opens a record for it where none is open.
   *
   * @throws Trouble `journal.*`, `rule.not-now`. Then nothing was written.
   */
  write(event: PartEvent, cluster = noCluster): Promise<void> {
    return this.#inTurn(async () => {
      this.#open ??= await this.#create(cluster);
      await this.#open.log.append(event);
    });
  }

  /** Ends and signs the open record; nothing where none is open. @throws Trouble `journal.*`. */
  end(why: PartEventOf<'part.ended'>['why']): Promise<void> {
    return this.#inTurn(async () => {
      const part = this.#open;
      if (part === undefined) return;
      this.#open = undefined;
      await this.#close(part, why);
    });
  }

  /** After a start: what lay on the desk is gone, so every record that was left open ends. */
  takeUp(): Promise<void> {
    return this.#inTurn(async () => {
      const { store } = this.#options;
      for (const listed of await store.list()) {
        if (!listed.readable || listed.entries.length === 0 || listed.id === this.#open?.id)
          continue;
        if (listed.entries.at(-1)?.event.type === 'part.ended') continue;
        // One record that cannot be gone on with keeps nobody from the others; Records lists it.
        await this.#endLeftOpen(listed.id).catch(() => store.close(listed.id));
      }
    });
  }

  async #create(cluster: Cluster): Promise<OpenPart> {
    const { store, appVersion, keychainBackend } = this.#options;
    const id = newRecordId(new Date());
    const log = new RecordLog(await store.create(id), [], { apply: applyPart });
    const keychain = keychainBackend();
    await log.append({ type: 'part.opened', id, cluster, appVersion, keychain });
    return { id, log };
  }

  async #endLeftOpen(id: CeremonyId): Promise<void> {
    const { journal, entries } = await this.#options.store.open(id);
    await this.#close(
      { id, log: new RecordLog(journal, entries, { apply: applyPart }) },
      'interrupted',
    );
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
