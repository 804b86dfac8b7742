import { z } from 'zod';
import type { MadeToken } from '../../shared/ceremony/purpose.ts';
import { nonceSchema, type CeremonyId, type Nonce } from '../../shared/ids.ts';
import { Secret } from '../../shared/secret.ts';
import { newFingerprintKey } from './share-fingerprint.ts';
import { entryName, type EntryName, type Keychain } from './keychain.ts';
import { failed, troubleFrom } from './keychain-trouble.ts';

export interface KeptAttempt {
  readonly nonce: Nonce;
  readonly otp: Secret<'otp'>;
}

/**
 * The secrets of one ceremony, from the moment they exist until its end. Every method throws
 * what `Keychain` throws.
 */
export class CeremonySecrets {
  readonly #keychain: Keychain;
  readonly #entries: Readonly<Record<Kept, EntryName>>;
  #fingerprintKey: Promise<Secret<'fingerprint-key'>> | undefined;

  constructor(keychain: Keychain, ceremony: CeremonyId) {
    const name = (kept: Kept): EntryName => entryName(`ceremony/${ceremony}/${kept}`);
    this.#keychain = keychain;
    this.#entries = {
      attempt: name('attempt'),
      'encoded-token': name('encoded-token'),
      token: name('token'),
      'fingerprint-key': name('fingerprint-key'),
      pin: name('pin'),
      'sealing-key': name('sealing-key'),
      'pgp-key': name('pgp-key'),
    };
  }

  /** Nonce and OTP in one entry: a resume has both or neither, and knows that they belong together. */
  keepAttempt(attempt: KeptAttempt): Promise<void> {
    const pair = JSON.stringify({ nonce: attempt.nonce, otp: attempt.otp.expose() });
    return this.#keychain.put(this.#entries.attempt, Secret.of('otp', pair));
  }

  async attempt(): Promise<KeptAttempt | undefined> {
    const kept = await this.#keychain.get(this.#entries.attempt, 'otp');
    if (kept === undefined) return undefined;
    const pair = attemptSchema.safeParse(parseJson(kept.expose()));
    if (!pair.success) throw failed('The kept OTP and nonce cannot be read.');
    return { nonce: pair.data.nonce, otp: Secret.of('otp', pair.data.otp) };
  }

  keepEncodedToken(encoded: Secret<'encoded-token'>): Promise<void> {
    return this.#keychain.put(this.#entries['encoded-token'], encoded);
  }

  encodedToken(): Promise<Secret<'encoded-token'> | undefined> {
    return this.#keychain.get(this.#entries['encoded-token'], 'encoded-token');
  }

  /** A ceremony makes one token: both kinds lie under the same name. */
  keepToken(token: Secret<MadeToken>): Promise<void> {
    return this.#keychain.put(this.#entries.token, token);
  }

  /** What is kept of that kind; an entry of the other kind is refused as `keychain.failed`. */
  token<K extends MadeToken>(kind: K): Promise<Secret<K> | undefined> {
    return this.#keychain.get(this.#entries.token, kind);
  }

  /** Of the second person's PIN only what proves it: salt and hash. */
  keepPin(verifier: Secret<'pin-verifier'>): Promise<void> {
    return this.#keychain.put(this.#entries.pin, verifier);
  }

  pin(): Promise<Secret<'pin-verifier'> | undefined> {
    return this.#keychain.get(this.#entries.pin, 'pin-verifier');
  }

  /** The private OpenPGP key that shares are sealed to (base64), where the ceremony has made one. */
  sealingKey(): Promise<Secret<'sealing-key'> | undefined> {
    return this.#keychain.get(this.#entries['sealing-key'], 'sealing-key');
  }

  keepSealingKey(key: Secret<'sealing-key'>): Promise<void> {
    return this.#keychain.put(this.#entries['sealing-key'], key);
  }

  /** The private key this ceremony made for itself, in PGP mode. */
  keepPgpKey(key: Secret<'pgp-private-key'>): Promise<void> {
    return this.#keychain.put(this.#entries['pgp-key'], key);
  }

  pgpKey(): Promise<Secret<'pgp-private-key'> | undefined> {
    return this.#keychain.get(this.#entries['pgp-key'], 'pgp-private-key');
  }

  /** From right before a ceremony's end is on record until its signature is: a crash between shows it. */
  markClosing(): Promise<void> {
    return this.fingerprintKey().then(() => undefined);
  }

  /** Of an ended ceremony: whether its closing was cut off here. */
  async isClosing(): Promise<boolean> {
    return (
      (await this.#keychain.get(this.#entries['fingerprint-key'], 'fingerprint-key')) !== undefined
    );
  }

  /** The key that tells this ceremony's shares apart; made and kept at the first use. */
  fingerprintKey(): Promise<Secret<'fingerprint-key'>> {
    this.#fingerprintKey ??= this.#readOrMakeKey().catch((cause: unknown) => {
      this.#fingerprintKey = undefined;
      throw cause;
    });
    return this.#fingerprintKey;
  }

  /** On cancel, or when the attempt was lost: OTP, nonce and encoded token go together. */
  forgetAttempt(): Promise<void> {
    return this.#forget(['attempt', 'encoded-token']);
  }

  /** When the token's step has ended: deleted on the server, or handed to a named owner. */
  forgetToken(): Promise<void> {
    return this.#forget(['token']);
  }

  /** When the ceremony closes. */
  forgetAll(): Promise<void> {
    this.#fingerprintKey = undefined;
    return this.#forget([
      'attempt',
      'encoded-token',
      'token',
      'fingerprint-key',
      'pin',
      'sealing-key',
      'pgp-key',
    ]);
  }

  async #readOrMakeKey(): Promise<Secret<'fingerprint-key'>> {
    const entry = this.#entries['fingerprint-key'];
    const kept = await this.#keychain.get(entry, 'fingerprint-key');
    if (kept !== undefined) return kept;
    const made = newFingerprintKey();
    await this.#keychain.put(entry, made);
    return made;
  }

  /** Tries each of them, whatever happens to the others; then throws the first failure. */
  async #forget(kept: readonly Kept[]): Promise<void> {
    const results = await Promise.allSettled(
      kept.map((name) => this.#keychain.remove(this.#entries[name])),
    );
    for (const result of results) {
      if (result.status === 'rejected') throw troubleFrom(result.reason);
    }
  }
}

type Kept =
  'attempt' | 'encoded-token' | 'token' | 'fingerprint-key' | 'pin' | 'sealing-key' | 'pgp-key';

const attemptSchema = z.strictObject({ nonce: nonceSchema, otp: z.string().min(1) });

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
