import type { CeremonyId } from '../../shared/ids.ts';
import type { Secret } from '../../shared/secret.ts';
import type { Keychain } from './keychain.ts';
import { LongValue } from './long-value.ts';

/**
 * The encoded token that came back to a holder's laptop, under the id of the record of that part, until
 * it is handed over. Every method throws what `Keychain` throws.
 */
export class HeldToken {
  readonly #value: LongValue<'encoded-token'>;

  constructor(keychain: Keychain, part: CeremonyId) {
    this.#value = new LongValue(keychain, `holder/${part}/encoded-token`, 'encoded-token');
  }

  keep(token: Secret<'encoded-token'>): Promise<void> {
    return this.#value.put(token);
  }

  read(): Promise<Secret<'encoded-token'> | undefined> {
    return this.#value.get();
  }

  forget(): Promise<void> {
    return this.#value.remove();
  }
}
