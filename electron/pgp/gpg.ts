import { pgpFingerprintSchema, type PgpFingerprint } from '../../shared/pgp/key.ts';
import { visible } from '../../shared/report/visible.ts';
import { runGpg, type GpgEnd, type GpgRun } from './gpg-process.ts';
import { environmentOf, findGpg } from './gpg-program.ts';
import { mostContent } from './key-file.ts';
import { gpgFailed, gpgLocked, gpgMissing } from './pgp-trouble.ts';
import { readPublicKey, type PublicKey } from './public-key.ts';

/** Lets a person stop a gpg that waits for a card or a PIN. */
export interface GpgWatch {
  readonly signal?: AbortSignal;
}

export interface GpgOptions {
  /** Another program than the installed one. */
  readonly program?: string;
  /** GNUPGHOME; absent: the person's own. */
  readonly home?: string;
  /** How long a decryption may take, a person with a card included. In seconds. */
  readonly seconds?: number;
}

/** One key pair that gpg can decrypt with. */
export interface GpgKey {
  readonly fingerprint: PgpFingerprint;
  readonly userIds: readonly string[];
  /** On a smart card or a YubiKey. */
  readonly onCard: boolean;
}

/** Time for a question that asks nobody, in seconds. */
const shortly = 20;
/** Bytes of a list of keys, or of one exported key. */
const mostListed = 4 * 1024 * 1024;

/** The gpg of this machine. It asks for PIN and passphrase itself (pinentry): neither comes through here. */
export class Gpg {
  readonly #options: GpgOptions;

  constructor(options: GpgOptions = {}) {
    this.#options = options;
  }

  /** The private keys gpg has or can reach on a card, without those that are expired or revoked. @throws Trouble `pgp.gpg-*`. */
  async secretKeys(): Promise<readonly GpgKey[]> {
    const args = ['--with-colons', '--fixed-list-mode', '--list-secret-keys'];
    const end = await this.#run({ args, seconds: shortly, most: mostListed });
    if (end.code !== 0) throw gpgFailed('gpg did not list its keys.');
    return keysOf(end.output.toString('utf8'));
  }

  /** The public half of one of its keys. @throws Trouble `pgp.gpg-*`, `pgp.key-unfit`. */
  async publicKey(fingerprint: PgpFingerprint): Promise<PublicKey> {
    const args = ['--export-options', 'export-minimal', '--export', '--', fingerprint];
    const end = await this.#run({ args, seconds: shortly, most: mostListed });
    if (end.output.length === 0) throw gpgFailed('gpg does not have this key any more.');
    return readPublicKey(end.output);
  }

  /**
   * Decrypts one message. The plaintext comes through a pipe and is never written.
   *
   * @returns what was inside; overwrite it with zeros when it is no longer needed.
   * @throws Trouble `pgp.gpg-missing`, `-locked`, `-timeout`, `-stopped`, `-failed`.
   */
  async decrypt(message: Uint8Array, watch: GpgWatch = {}): Promise<Uint8Array> {
    const end = await this.#run({
      args: ['--output', '-', '--decrypt'],
      input: message,
      seconds: this.#options.seconds ?? 180,
      most: mostContent,
      signal: watch.signal,
    });
    if (end.code === 0 && end.status.includes('DECRYPTION_OKAY')) return end.output;
    end.output.fill(0);
    throw whyNot(end);
  }

  #run(run: Omit<GpgRun, 'program' | 'env'>): Promise<GpgEnd> {
    const program = this.#options.program ?? findGpg();
    if (program === undefined) return Promise.reject(gpgMissing());
    return runGpg({ ...run, program, env: environmentOf(process.env, this.#options.home) });
  }
}

/** Reads `--with-colons` (GnuPG's doc/DETAILS): `sec` begins a key, its first `fpr` is the primary's. */
function keysOf(listing: string): readonly GpgKey[] {
  const keys: { fingerprint?: PgpFingerprint; userIds: string[]; onCard: boolean; fit: boolean }[] =
    [];
  for (const line of listing.split('\n')) {
    const fields = line.split(':');
    const text = fields[9] ?? '';
    if (fields[0] === 'sec') {
      // Field 2: e expired, r revoked. Field 12: E, the key as a whole encrypts. Field 15: a card's number.
      const fit = !/^[erd]/.test(fields[1] ?? '') && (fields[11] ?? '').includes('E');
      keys.push({ userIds: [], onCard: /^[0-9A-F]{8,}/.test(fields[14] ?? ''), fit });
    }
    const key = keys.at(-1);
    if (key === undefined) continue;
    if (fields[0] === 'fpr' && key.fingerprint === undefined) {
      const fingerprint = pgpFingerprintSchema.safeParse(text.toLowerCase());
      if (fingerprint.success) key.fingerprint = fingerprint.data;
    }
    if (fields[0] === 'uid' && key.userIds.length < 10)
      key.userIds.push(visible(unescaped(text)).slice(0, 300));
  }
  return keys.flatMap(({ fingerprint, userIds, onCard, fit }) =>
    fingerprint !== undefined && fit ? [{ fingerprint, userIds, onCard }] : [],
  );
}

const unescaped = (text: string): string =>
  text.replace(/\\x([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );

/** gpg's own reason, by the error numbers of libgpg-error: its words go nowhere. */
function whyNot({ status }: GpgEnd) {
  const codes = status
    .filter((line) => /^(ERROR|FAILURE) /.test(line))
    .map((line) => Number(line.split(' ')[2]) % 65_536);
  if (codes.some((code) => code >= 108 && code <= 112))
    return gpgLocked('The card with this key is not in its reader, or was taken out.');
  if (codes.includes(130)) return gpgLocked('The PIN of the card is blocked.');
  if (codes.some((code) => code === 11 || code === 87))
    return gpgLocked('gpg did not take the PIN or passphrase that was entered.');
  // gpg 2.2 gives no number: it names the key it has, and then not the one it decrypted with.
  const has = status.some((line) => line.startsWith('KEY_CONSIDERED'));
  const used = status.some((line) => /^DECRYPTION_(KEY|INFO)/.test(line));
  if (codes.some((code) => noPin.includes(code) || code >= 32_768) || (has && !used))
    return gpgLocked(
      'gpg has the key and could not use it: no PIN or passphrase was given, or its card is not there.',
    );
  if (!has && !used) return gpgFailed('gpg has no private key for this message.');
  return gpgFailed('gpg has the key, and the message is damaged.');
}

/** Timeout, no agent, no pinentry, pinentry failed, cancelled, no passphrase, cancelled for good. */
const noPin: readonly number[] = [62, 77, 78, 85, 86, 99, 177, 198];
