import { constants } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { ceremonyIdSchema, type CeremonyId, type Digest } from '../../shared/ids.ts';
import { Trouble, type Problem } from '../../shared/problem.ts';
import type { Entry } from '../../shared/transcript/entry.ts';
import { inspect } from './inspect.ts';
import { tampered, unreadable } from './journal-trouble.ts';
import { Journal, type JournalOptions, type OpenedJournal } from './journal.ts';

export type ListedJournal<E> =
  | {
      readonly id: CeremonyId;
      readonly readable: true;
      readonly entries: readonly Entry<E>[];
      /** The last line is torn; opening the journal will cut it off and keep it aside. */
      readonly torn: boolean;
    }
  | { readonly id: CeremonyId; readonly readable: false; readonly problem: Problem };

export interface WholeJournal<E> {
  readonly entries: readonly Entry<E>[];
  /** The hash of the last entry. */
  readonly head: Digest;
  /** The lines of these entries. */
  readonly bytes: Uint8Array;
}

/** Every ceremony's journal, one file each, in one folder. At most one is open at a time for each id. */
export class JournalStore<E> {
  /** Where the journals lie, and what belongs to them. */
  readonly folder: string;
  readonly #schema: z.ZodType<E>;
  readonly #options: JournalOptions;
  readonly #open = new Map<CeremonyId, Journal<E> | undefined>();

  constructor(folder: string, schema: z.ZodType<E>, options: JournalOptions = {}) {
    this.folder = folder;
    this.#schema = schema;
    this.#options = options;
  }

  /** All ceremonies, oldest first, by reading only: nothing is cut, copied or locked. */
  async list(): Promise<readonly ListedJournal<E>[]> {
    const ids = (await this.#names()).flatMap((name) => {
      const id = ceremonyIdSchema.safeParse(name.replace(/\.jsonl$/, ''));
      return name.endsWith('.jsonl') && id.success ? [id.data] : [];
    });
    return Promise.all(ids.sort().map((id) => this.#look(id)));
  }

  /**
   * One ceremony as it is on disk now, open or not: its whole lines, by reading only. What an
   * interrupted write left after them is not among them.
   *
   * @throws Trouble `journal.unreadable`, `journal.tampered`.
   */
  async read(id: CeremonyId): Promise<WholeJournal<E>> {
    const bytes = await readRegularFile(join(this.folder, `${id}.jsonl`));
    if (bytes === undefined) throw unreadable(this.folder);
    const found = inspect(bytes, this.#schema);
    if (found.state === 'broken') throw tampered(found.line, found.reason);
    const { entries, head, length } = found;
    return { entries, head, bytes: bytes.subarray(0, length) };
  }

  /** @throws Trouble `journal.write-failed`, `journal.disk-full`. */
  create(id: CeremonyId): Promise<Journal<E>> {
    return this.#hold(id, async () => {
      const journal = await Journal.create(this.folder, id, this.#schema, this.#options);
      return { journal, result: journal };
    });
  }

  /** @throws Trouble `ceremony.busy` when it is open already, and what `Journal.open` throws. */
  open(id: CeremonyId): Promise<OpenedJournal<E>> {
    return this.#hold(id, async () => {
      const path = join(this.folder, `${id}.jsonl`);
      const result = await Journal.open(path, this.#schema, this.#options);
      return { journal: result.journal, result };
    });
  }

  isOpen(id: CeremonyId): boolean {
    return this.#open.has(id);
  }

  /** Lets go of a journal, so that it can be opened again. */
  async close(id: CeremonyId): Promise<void> {
    const journal = this.#open.get(id);
    if (journal === undefined) return;
    await journal.close();
    this.#open.delete(id);
  }

  async #hold<T>(
    id: CeremonyId,
    make: () => Promise<{ readonly journal: Journal<E>; readonly result: T }>,
  ): Promise<T> {
    if (this.#open.has(id)) throw busy(id);
    this.#open.set(id, undefined); // Taken before the first await, so that two calls cannot both pass.
    try {
      const { journal, result } = await make();
      this.#open.set(id, journal);
      return result;
    } catch (cause) {
      this.#open.delete(id);
      throw cause;
    }
  }

  async #look(id: CeremonyId): Promise<ListedJournal<E>> {
    const bytes = await readRegularFile(join(this.folder, `${id}.jsonl`));
    if (bytes === undefined) {
      return { id, readable: false, problem: unreadable(this.folder).problem };
    }
    const found = inspect(bytes, this.#schema);
    switch (found.state) {
      case 'whole':
        return { id, readable: true, entries: found.entries, torn: found.tail.length > 0 };
      case 'broken': {
        const { problem } = tampered(found.line, found.reason);
        return { id, readable: false, problem };
      }
    }
  }

  async #names(): Promise<string[]> {
    try {
      return await readdir(this.folder);
    } catch {
      return []; // No folder yet: no ceremony yet.
    }
  }
}

async function readRegularFile(path: string): Promise<Buffer | undefined> {
  try {
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      return (await file.stat()).isFile() ? await file.readFile() : undefined;
    } finally {
      await file.close();
    }
  } catch {
    return undefined;
  }
}

const busy = (id: CeremonyId): Trouble =>
  new Trouble({
    code: 'ceremony.busy',
    known: 'This ceremony is already open.',
    safe: 'Nothing was changed.',
    next: 'Go on in the window in which it is open.',
    facts: { ceremony: id },
  });
