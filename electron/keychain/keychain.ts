import { z } from 'zod';
import type { Problem } from '../../shared/problem.ts';
import type { Secret, SecretKind } from '../../shared/secret.ts';

/** The name of one entry, such as `ceremony/20261123-031500-0a1b2c3d/otp`. Names are not secret. */
export const entryNameSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9./-]{0,159}$/)
  .brand<'EntryName'>();
export type EntryName = z.infer<typeof entryNameSchema>;

/** What may be kept: everything but a share, a PIN and a passphrase, which are nowhere for longer than one call. */
export type KeptKind = Exclude<SecretKind, 'share' | 'pin' | 'pgp-passphrase'>;

/** @throws ZodError when a name has characters that not every keychain takes. */
export const entryName = (name: string): EntryName => entryNameSchema.parse(name);

/** Whether secrets can be kept now; where not, the problem names the package or setting to see to. */
export type KeychainHealth =
  | { readonly state: 'working' }
  | { readonly state: 'locked'; readonly problem: Problem }
  /** No keychain answers, or the library that speaks to it is missing. */
  | { readonly state: 'absent'; readonly problem: Problem }
  /** It did not answer in time: most often it shows a prompt somewhere. */
  | { readonly state: 'timeout'; readonly problem: Problem }
  | { readonly state: 'failed'; readonly problem: Problem };

/**
 * Where secrets rest. Every method throws Trouble `keychain.locked`, `keychain.absent`,
 * `keychain.timeout` or `keychain.failed`, and none of them contains a secret.
 */
export interface Keychain {
  /** `memory` forgets everything when the process ends. */
  readonly backend: 'os' | 'memory';

  /** Writes, reads and removes a value without meaning. Never throws. */
  probe(): Promise<KeychainHealth>;

  /**
   * Keeps a secret under a name and reads it back, replacing what was there.
   *
   * @throws Trouble `input.too-large` when it would not fit every system's keychain.
   */
  put(entry: EntryName, secret: Secret<KeptKind>): Promise<void>;

  /** What is kept under a name; `undefined` only when it is certain that nothing is. */
  get<K extends KeptKind>(entry: EntryName, kind: K): Promise<Secret<K> | undefined>;

  /** Removes an entry and makes sure that it is gone. Removing what is not there is no error. */
  remove(entry: EntryName): Promise<void>;
}
