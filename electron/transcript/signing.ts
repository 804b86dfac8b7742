import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { CeremonyId } from '../../shared/ids.ts';
import { Trouble } from '../../shared/problem.ts';
import { parseCanonical } from '../../shared/transcript/canonical.ts';
import {
  signatureLine,
  signatureSchema,
  statementOf,
  type RecordSignature,
  type RecordSigner,
  type Unsigned,
} from '../../shared/transcript/signature.ts';
import { writeFailed } from './journal-trouble.ts';
import { makeStatement, readBrought, refused } from './person-signature.ts';
import { replaceFile } from './replace.ts';
import type { JournalStore } from './store.ts';

/** Of a store of whatever kind, what signing needs. */
export type SignedStore = Pick<JournalStore<unknown>, 'folder' | 'read'>;

/**
 * The signatures of each record: `<id>.signatures.jsonl` beside its journal, one line a
 * signature. The journal itself is never touched: it can be signed while it is still written.
 */
export class RecordSignatures {
  readonly #store: SignedStore;
  readonly #signer: RecordSigner;
  readonly #now: () => number;
  #queue: Promise<unknown> = Promise.resolve();

  /** @param now milliseconds since 1970, as `Date.now`. */
  constructor(store: SignedStore, signer: RecordSigner, now = Date.now) {
    this.#store = store;
    this.#signer = signer;
    this.#now = now;
  }

  /**
   * Signs with this installation's key everything that is on disk now, and returns when the signature
   * is on disk too. What was signed already is not signed again.
   *
   * @throws Trouble what `JournalStore.read`, the signer and `read` throw; `journal.disk-full`,
   * `journal.write-failed`; `rule.not-now` for a record without an event.
   */
  sign(id: CeremonyId): Promise<RecordSignature> {
    return this.#inTurn(async () => {
      const covers = await this.#covers(id);
      const { key, fingerprint } = await this.#signer.identity();
      const there = await this.#there(id, fingerprint, covers.head);
      if (there !== undefined) return there;
      const unsigned = { ...covers, kind: 'ed25519' as const, key, fingerprint };
      return this.#add(id, unsigned, await this.#signer.sign(statementOf(unsigned)));
    });
  }

  /**
   * What a person signs with their own OpenPGP key, here or on another machine: save the bytes as they
   * are to a file, then `gpg --detach-sign FILE`.
   *
   * @param publicKey armored, or its bytes.
   * @throws Trouble `input.invalid`, and what `JournalStore.read` throws.
   */
  async statement(id: CeremonyId, by: string, publicKey: string | Uint8Array): Promise<Uint8Array> {
    return makeStatement(await this.#covers(id), by, publicKey);
  }

  /**
   * Puts a person's signature on the record, after checking it; once for each key and head.
   *
   * @param statement the bytes that were signed, as `statement` gave them; absent where the signature
   *   has the text inside.
   * @param signature detached or of the text as it stands; armored, or its bytes.
   * @throws Trouble `input.invalid` when it does not fit, or was made over another record.
   */
  add(
    id: CeremonyId,
    statement: Uint8Array | undefined,
    signature: string | Uint8Array,
  ): Promise<RecordSignature> {
    return this.#inTurn(async () => {
      const { unsigned, signature: detached } = await readBrought(statement, signature);
      if (unsigned.record !== id)
        throw refused('The signed file is a statement of another record.');
      const { entries } = await this.#store.read(id);
      if (entries[unsigned.seq - 1]?.hash !== unsigned.head)
        throw refused('The signed file is about other events than those on this record.');
      const there = await this.#there(id, unsigned.fingerprint, unsigned.head);
      return there ?? this.#add(id, unsigned, detached);
    });
  }

  /**
   * The signatures as they are on disk; none where there is no file.
   *
   * @throws Trouble `journal.tampered` when a line is not one that was written here.
   */
  async read(id: CeremonyId): Promise<readonly RecordSignature[]> {
    const text = await readIfThere(this.#path(id));
    if (text === '') return [];
    const lines = text.split('\n');
    if (lines.pop() !== '') throw damaged(lines.length + 1);
    return lines.map((line, i) => {
      const parsed = parseCanonical(line);
      const signature = signatureSchema.safeParse(parsed.ok ? parsed.value : undefined);
      if (!signature.success) throw damaged(i + 1);
      return signature.data;
    });
  }

  async #covers(id: CeremonyId) {
    const { entries, head } = await this.#store.read(id);
    if (entries.length === 0) throw nothingToSign;
    const at = new Date(this.#now()).toISOString();
    return { v: 1 as const, record: id, seq: entries.length, head, at };
  }

  async #there(
    id: CeremonyId,
    fingerprint: string,
    head: string,
  ): Promise<RecordSignature | undefined> {
    const lines = await this.read(id);
    return lines.find((line) => line.fingerprint === fingerprint && line.head === head);
  }

  async #add(id: CeremonyId, unsigned: Unsigned, signature: Uint8Array): Promise<RecordSignature> {
    const before = await readIfThere(this.#path(id));
    const line = signatureLine(unsigned, signature);
    await this.#replace(id, `${before}${line}\n`);
    const parsed = parseCanonical(line);
    return signatureSchema.parse(parsed.ok ? parsed.value : undefined);
  }

  async #replace(id: CeremonyId, text: string): Promise<void> {
    try {
      await replaceFile(this.#path(id), text);
    } catch (cause) {
      throw notWritten(cause);
    }
  }

  #path(id: CeremonyId): string {
    return join(this.#store.folder, `${id}.signatures.jsonl`);
  }

  #inTurn<T>(operation: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(operation);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }
}

async function readIfThere(path: string): Promise<string> {
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  try {
    const file = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    try {
      if ((await file.stat()).isFile()) return await file.readFile('utf8');
    } finally {
      await file.close();
    }
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return '';
  }
  throw damaged(1);
}

/** The journal's words for it, with what is true of a signature. */
function notWritten(cause: unknown): Trouble {
  const { problem } = writeFailed(cause);
  return new Trouble({
    ...problem,
    known: 'The signature could not be written.',
    safe: 'The record itself is whole, with the signatures it had before.',
    next: 'See to the disk that holds the data folder, then sign again.',
  });
}

const damaged = (line: number): Trouble =>
  new Trouble({
    code: 'journal.tampered',
    known: `The file with the signatures of this record was changed or damaged: line ${line} cannot be read.`,
    safe: 'It was left as it is. The record itself is in another file and was not touched.',
    next: 'Keep the file for whoever looks into it: move it to another folder, then sign again.',
    facts: { line: String(line) },
  });

const nothingToSign = new Trouble({
  code: 'rule.not-now',
  known: 'There is no event on this record yet.',
  safe: 'Nothing was signed.',
  next: 'Sign once the ceremony has begun.',
});
