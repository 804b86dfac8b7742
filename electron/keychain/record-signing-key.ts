import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  type KeyObject,
} from 'node:crypto';
import { Secret } from '../../shared/secret.ts';
import {
  identityOf,
  type PublicIdentity,
  type RecordSigner,
} from '../../shared/transcript/signature.ts';
import { entryName, type Keychain } from './keychain.ts';
import { failed } from './keychain-trouble.ts';

const entry = entryName('installation/record-signing-key');

/**
 * This installation's own key for signing records: Ed25519, made at the first use, kept in the
 * keychain for good. Every method throws what `Keychain` throws.
 *
 * In a keychain that is memory only, the next start has another key and another fingerprint.
 */
export class RecordSigningKey implements RecordSigner {
  readonly #keychain: Keychain;
  #making: Promise<Secret<'record-signing-key'>> | undefined;

  constructor(keychain: Keychain) {
    this.#keychain = keychain;
  }

  async identity(): Promise<PublicIdentity> {
    const spki = createPublicKey(await this.#key()).export({ format: 'der', type: 'spki' });
    return identityOf(spki, (bytes) => createHash('sha256').update(bytes).digest('hex'));
  }

  async sign(statement: Uint8Array): Promise<Uint8Array> {
    return sign(null, statement, await this.#key());
  }

  /** Read for each use and not kept: it is needed a few times a year. */
  async #key(): Promise<KeyObject> {
    const kept =
      (await this.#keychain.get(entry, 'record-signing-key')) ?? (await this.#makeOnce());
    try {
      const key = Buffer.from(kept.expose(), 'base64');
      const read = createPrivateKey({ key, format: 'der', type: 'pkcs8' });
      if (read.asymmetricKeyType === 'ed25519') return read;
    } catch {
      // What it says could repeat the key.
    }
    throw failed('The kept key for signing records cannot be read.');
  }

  /** Two callers at the very first use get the same key. */
  #makeOnce(): Promise<Secret<'record-signing-key'>> {
    this.#making ??= this.#make().finally(() => {
      this.#making = undefined;
    });
    return this.#making;
  }

  async #make(): Promise<Secret<'record-signing-key'>> {
    // Another caller may have made one since we looked.
    const there = await this.#keychain.get(entry, 'record-signing-key');
    if (there !== undefined) return there;
    const { privateKey } = generateKeyPairSync('ed25519');
    const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
    const made = Secret.of('record-signing-key', pkcs8);
    await this.#keychain.put(entry, made);
    return made;
  }
}
