import { constants } from 'node:fs';
import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { z } from 'zod';
import type { CeremonyId, Digest } from '../../shared/ids.ts';
import { genesis, parseLine, sealEntry, type Entry } from '../../shared/transcript/entry.ts';
import { copyUnreadable, keepTornTail, syncFolder } from './aside.ts';
import { openFailed, tampered, unreadable, writeFailed } from './journal-trouble.ts';
import { inspect, sha256 } from './inspect.ts';

export interface JournalOptions {
  /** Milliseconds since 1970, as `Date.now`. What it says is written down as it is. */
  readonly now?: () => number;
}

export interface OpenedJournal<E> {
  readonly journal: Journal<E>;
  readonly entries: readonly Entry<E>[];
  /** Set when the last line was torn: it was cut off here, and kept in a file of its own. */
  readonly recovered?: { readonly bytesCutOff: number; readonly keptAs: string };
}

/**
 * A ceremony's events on disk: one line each, chained by hash, on the disk before `append` returns.
 * One journal has one writer: `JournalStore` and `lockDataFolder` see to that.
 */
export class Journal<E> {
  readonly path: string;
  readonly #file: FileHandle;
  readonly #schema: z.ZodType<E>;
  readonly #now: () => number;
  #seq: number;
  #head: Digest;
  /** Where the last good line ends, in bytes. */
  #length: number;
  /** A failed write may have left part of a line behind, which must go before the next one. */
  #dirty = false;
  #closed = false;
  #queue: Promise<unknown> = Promise.resolve();

  private constructor(path: string, file: FileHandle, schema: z.ZodType<E>, state: State) {
    this.path = path;
    this.#file = file;
    this.#schema = schema;
    this.#now = state.now;
    this.#seq = state.seq;
    this.#head = state.head;
    this.#length = state.length;
  }

  /**
   * A new, empty journal `<id>.jsonl` in `folder`, which is made where it is missing.
   *
   * @throws Trouble `journal.write-failed`, `journal.disk-full`.
   */
  static async create<E>(
    folder: string,
    id: CeremonyId,
    schema: z.ZodType<E>,
    options: JournalOptions = {},
  ): Promise<Journal<E>> {
    const path = join(folder, `${id}.jsonl`);
    const { O_WRONLY, O_APPEND, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const file = await open(path, O_WRONLY | O_APPEND | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
      await file.sync();
      await syncFolder(folder);
      const now = options.now ?? Date.now;
      return new Journal(path, file, schema, { now, seq: 0, head: genesis, length: 0 });
    } catch (cause) {
      throw writeFailed(cause);
    }
  }

  /**
   * Opens a journal to go on with it, and checks every line. A torn last line is cut off and kept
   * aside; say so on the record. A line broken elsewhere means that the file was changed: it stays as
   * it is, and a copy is put aside.
   *
   * @throws Trouble `journal.tampered`, `journal.unreadable`, `journal.write-failed`.
   */
  static async open<E>(
    path: string,
    schema: z.ZodType<E>,
    options: JournalOptions = {},
  ): Promise<OpenedJournal<E>> {
    const now = options.now ?? Date.now;
    const file = await openExisting(path);
    try {
      const found = inspect(await file.readFile(), schema);
      if (found.state === 'broken') {
        const keptAs = await copyUnreadable(path, found.bytes, now());
        throw tampered(found.line, found.reason, keptAs);
      }
      const { entries, head, length } = found;
      const journal = new Journal(path, file, schema, { now, seq: entries.length, head, length });
      if (found.tail.length === 0) return { journal, entries };
      const keptAs = await keepTornTail(path, found.tail, now());
      await journal.#truncate();
      return { journal, entries, recovered: { bytesCutOff: found.tail.length, keptAs } };
    } catch (cause) {
      await file.close();
      throw openFailed(cause);
    }
  }

  /** The hash of the last entry; 64 zeros while there is none. */
  get head(): Digest {
    return this.#head;
  }

  /**
   * Writes one event and returns when it is on the disk. Calls are carried out in the order in
   * which they were made. After a failure nothing of the event is left, and the journal goes on.
   *
   * @throws Trouble `journal.disk-full`, `journal.write-failed`.
   */
  append(event: E): Promise<Entry<E>> {
    const turn = this.#queue.then(() => this.#append(event));
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  /** Waits for what is under way and lets go of the file. */
  async close(): Promise<void> {
    await this.#queue;
    if (this.#closed) return;
    this.#closed = true;
    await this.#file.close();
  }

  async #append(event: E): Promise<Entry<E>> {
    const at = new Date(this.#now()).toISOString();
    const line = sealEntry({ seq: this.#seq + 1, at, prev: this.#head, event }, sha256);
    // What is about to be written is read as a resume will read it: a line that fails is never written.
    const parsed = parseLine(line, this.#schema, sha256);
    if (!parsed.ok) throw new TypeError('an event does not fit the schema of its journal');
    await this.#write(Buffer.from(`${line}\n`, 'utf8'));
    this.#seq = parsed.entry.seq;
    this.#head = parsed.entry.hash;
    return parsed.entry;
  }

  async #write(bytes: Buffer): Promise<void> {
    try {
      if (this.#dirty) await this.#truncate();
      const { size, nlink } = await this.#file.stat();
      if (nlink === 0) throw new Error('the journal was deleted');
      if (size !== this.#length) throw new Error('something else wrote to the journal');
    } catch (cause) {
      throw writeFailed(cause);
    }
    try {
      await this.#file.appendFile(bytes);
      await this.#file.sync();
    } catch (cause) {
      this.#dirty = true;
      await this.#truncate().catch(() => undefined); // Tried again before the next event.
      throw writeFailed(cause);
    }
    this.#length += bytes.length;
  }

  async #truncate(): Promise<void> {
    await this.#file.truncate(this.#length);
    await this.#file.sync();
    this.#dirty = false;
  }
}

interface State {
  readonly now: () => number;
  readonly seq: number;
  readonly head: Digest;
  readonly length: number;
}

async function openExisting(path: string): Promise<FileHandle> {
  // A link in place of the journal could lead anywhere. (Flags
  // that Windows does not have count as 0.)
  const { O_RDWR, O_APPEND, O_NOFOLLOW, O_NONBLOCK } = constants;
  try {
    const file = await open(path, O_RDWR | O_APPEND | O_NOFOLLOW | O_NONBLOCK);
    const stat = await file.stat();
    if (stat.isFile()) {
      if (process.platform !== 'win32') await file.chmod(0o600);
      return file;
    }
    await file.close();
  } catch (cause) {
    throw unreadable(dirname(path), cause);
  }
  throw unreadable(dirname(path));
}
