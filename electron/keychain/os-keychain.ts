import { createHash, randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import type { Secret } from '../../shared/secret.ts';
import {
  entryName,
  type EntryName,
  type Keychain,
  type KeychainHealth,
  type KeptKind,
} from './keychain.ts';
import { failed, healthOf, timedOut, troubleFrom } from './keychain-trouble.ts';
import { fromStored, toStored } from './stored-value.ts';

type Keytar = Pick<typeof import('keytar'), 'getPassword' | 'setPassword' | 'deletePassword'>;

export interface OsKeychainOptions {
  /** Two data folders have two sets of entries that do not mix. */
  readonly dataFolder: string;
  /** For each question to the system, in milliseconds. */
  readonly timeLimit?: number;
}

/**
 * The system's keychain: libsecret, macOS Keychain or Windows Credential Manager, through keytar.
 *
 * `findCredentials` is never called: on a locked keyring it crashes the process. A locked keyring
 * also answers a read with "nothing there", so such an answer is only believed after a probe.
 */
export class OsKeychain implements Keychain {
  readonly backend = 'os';
  /** The name under which the system lists our entries. */
  readonly service: string;
  readonly #timeLimit: number;
  #keytar: Promise<Keytar> | undefined;
  /** A question that ran out of time still occupies a thread; no other is asked while it does. */
  #stuck = false;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(options: OsKeychainOptions) {
    const folder = createHash('sha256').update(resolve(options.dataFolder)).digest('hex');
    this.service = `Keyturn ${folder.slice(0, 12)}`;
    this.#timeLimit = options.timeLimit ?? 10_000;
  }

  async probe(): Promise<KeychainHealth> {
    try {
      await this.#inTurn(() => this.#tryCanary());
      return { state: 'working' };
    } catch (cause) {
      return healthOf(troubleFrom(cause));
    }
  }

  async put(entry: EntryName, secret: Secret<KeptKind>): Promise<void> {
    const stored = toStored(secret);
    return this.#inTurn(async () => {
      await this.#ask((keytar) => keytar.setPassword(this.service, entry, stored));
      const read = await this.#ask((keytar) => keytar.getPassword(this.service, entry));
      if (read !== stored) throw failed('The keychain did not give back what it was given.');
    });
  }

  get<K extends KeptKind>(entry: EntryName, kind: K): Promise<Secret<K> | undefined> {
    return this.#inTurn(async () => {
      const stored = await this.#ask((keytar) => keytar.getPassword(this.service, entry));
      if (stored !== null) return fromStored(stored, kind);
      await this.#tryCanary();
      return undefined;
    });
  }

  remove(entry: EntryName): Promise<void> {
    return this.#inTurn(async () => {
      await this.#ask((keytar) => keytar.deletePassword(this.service, entry));
      const left = await this.#ask((keytar) => keytar.getPassword(this.service, entry));
      if (left !== null) throw failed('The keychain did not remove an entry.');
      await this.#tryCanary();
    });
  }

  /** Throws unless a value can be written, read and removed: the proof that "nothing there" is true. */
  async #tryCanary(): Promise<void> {
    const value = JSON.stringify({ canary: randomBytes(8).toString('hex') });
    await this.#ask((keytar) => keytar.setPassword(this.service, canary, value));
    const read = await this.#ask((keytar) => keytar.getPassword(this.service, canary));
    if (read !== value) throw failed('The keychain did not give back what it was given.');
    await this.#ask((keytar) => keytar.deletePassword(this.service, canary));
  }

  /** One operation after the other, so that a probe and a removal cannot meet half-way. */
  #inTurn<T>(operation: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(operation);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  /** One question to the system, within the time limit. */
  async #ask<T>(question: (keytar: Keytar) => Promise<T>): Promise<T> {
    if (this.#stuck) throw timedOut(this.#timeLimit);
    const answer = this.#load().then(question);
    const timer = new AbortController();
    try {
      return await Promise.race([answer, this.#limit(answer, timer.signal)]);
    } catch (cause) {
      throw troubleFrom(cause);
    } finally {
      timer.abort();
    }
  }

  #limit(answer: Promise<unknown>, done: AbortSignal): Promise<never> {
    return new Promise((_, reject) => {
      const timer = setTimeout(() => {
        this.#stuck = true;
        const free = (): void => {
          this.#stuck = false;
        };
        answer.then(free, free);
        reject(timedOut(this.#timeLimit));
      }, this.#timeLimit);
      done.addEventListener('abort', () => clearTimeout(timer));
    });
  }

  /** Loaded at the first question: where libsecret is missing, the app still opens and can say so. */
  #load(): Promise<Keytar> {
    this.#keytar ??= import('keytar').then((module) => module.default);
    return this.#keytar;
  }
}

const canary = entryName('canary');
