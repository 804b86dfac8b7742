import type { StartKeyChoice } from '../../shared/contract/pgp.ts';
import type { StartKey } from '../ceremony/start.ts';
import type { Opener } from '../pgp/decrypt.ts';
import { Gpg } from '../pgp/gpg.ts';
import { readPublicKey } from '../pgp/public-key.ts';
import type { GuideCalls, Office } from './handlers.ts';

/** The one gpg of this app, and the way to stop it while it waits for a card or a PIN. */
export class PgpDesk {
  readonly gpg: Gpg;
  #waiting: AbortController | undefined;

  constructor(gpg: Gpg = new Gpg()) {
    this.gpg = gpg;
  }

  /** For one decryption. A second one stops the first: nobody can answer two PIN windows. */
  opener(): Extract<Opener, { kind: 'gpg' }> {
    this.stop();
    const waiting = new AbortController();
    this.#waiting = waiting;
    return { kind: 'gpg', gpg: this.gpg, watch: { signal: waiting.signal } };
  }

  stop(): void {
    this.#waiting?.abort();
    this.#waiting = undefined;
  }

  /** @throws Trouble `pgp.*` for a key that Vault could not encrypt to. */
  async startKey(choice: StartKeyChoice): Promise<StartKey | 'app'> {
    if (choice.from === 'app') return 'app';
    const { fingerprint, userIds, base64 } =
      choice.from === 'file'
        ? await readPublicKey(choice.text)
        : await this.gpg.publicKey(choice.fingerprint);
    return { key: { fingerprint, from: choice.from, userIds: [...userIds] }, base64 };
  }
}

export function pgpCalls({ pgp }: Office): GuideCalls<'pgp'> {
  return {
    'pgp.read-key': async ({ text }) => {
      const { fingerprint, userIds } = await readPublicKey(text);
      return { fingerprint, userIds: [...userIds] };
    },
    'pgp.gpg-keys': async () =>
      (await pgp.gpg.secretKeys()).map(({ userIds, ...key }) => ({
        ...key,
        userIds: [...userIds],
      })),
    'pgp.stop-gpg': () => Promise.resolve(pgp.stop()),
  };
}
