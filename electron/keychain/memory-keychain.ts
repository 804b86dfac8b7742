import type { Secret } from '../../shared/secret.ts';
import type { EntryName, Keychain, KeychainHealth, KeptKind } from './keychain.ts';
import { fromStored, toStored } from './stored-value.ts';

/**
 * What a person has to accept before secrets are kept in memory only. The app never chooses this
 * by itself: it is asked for on screen, with these words.
 */
export interface MemoryOnlyConsent {
  readonly acceptsThatACrashEndsTheCeremony: true;
}

/** Forgets everything when the process ends. For machines without a keychain, and for practice. */
export class MemoryKeychain implements Keychain {
  readonly backend = 'memory';
  readonly consent: MemoryOnlyConsent;
  readonly #entries = new Map<EntryName, string>();

  constructor(consent: MemoryOnlyConsent) {
    this.consent = consent;
  }

  async probe(): Promise<KeychainHealth> {
    return { state: 'working' };
  }

  async put(entry: EntryName, secret: Secret<KeptKind>): Promise<void> {
    this.#entries.set(entry, toStored(secret));
  }

  async get<K extends KeptKind>(entry: EntryName, kind: K): Promise<Secret<K> | undefined> {
    const stored = this.#entries.get(entry);
    return stored === undefined ? undefined : fromStored(stored, kind);
  }

  async remove(entry: EntryName): Promise<void> {
    this.#entries.delete(entry);
  }
}
