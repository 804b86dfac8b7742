import { z } from 'zod';

/** Every kind of trouble the app can name. The prefix says which room it comes from. */
export const problemCodes = [
  'input.invalid',
  'input.share-format',
  'input.share-duplicate',
  'input.too-large',
  'contract.refused',
  'contract.malformed',
  'internal',
  'rule.not-now',
  'ceremony.unknown',
  'ceremony.busy',
  'ceremony.superseded',
  'ceremony.gone',
  'ceremony.outcome-unknown',
  'profile.unknown',
  'profile.invalid',
  'profile.pin-mismatch',
  'profile.real-refused',
  'settings.unreadable',
  'journal.unreadable',
  'journal.tampered',
  'journal.disk-full',
  'journal.write-failed',
  'keychain.absent',
  'keychain.locked',
  'keychain.timeout',
  'keychain.failed',
  'keychain.entry-missing',
  'export.folder',
  'export.exists',
  'export.disk-full',
  'export.not-written',
  'practice.not-running',
  'pgp.key-unfit',
  'pgp.not-a-message',
  'pgp.not-opened',
  'pgp.fingerprint-differs',
  'pgp.gpg-missing',
  'pgp.gpg-locked',
  'pgp.gpg-timeout',
  'pgp.gpg-stopped',
  'pgp.gpg-failed',
  'shift.unknown',
  'shift.no-primary',
  'shift.no-token',
  'vault.address-refused',
  'vault.name-not-resolved',
  'vault.refused',
  'vault.reset',
  'vault.timeout',
  'vault.tls',
  'vault.certificate',
  'vault.clock',
  'vault.redirect-refused',
  'vault.not-vault',
  'vault.too-large',
  'vault.sealed',
  'vault.uninitialised',
  'vault.standby',
  'vault.not-dr-secondary',
  'vault.permission-denied',
  'vault.wants-token',
  'vault.rate-limited',
  'vault.attempt-in-progress',
  'vault.other-attempt',
  'vault.no-attempt',
  'vault.wrong-nonce',
  'vault.duplicate-share',
  'vault.shares-do-not-combine',
  'vault.share-rejected',
  'vault.catching-up',
  'vault.endpoint-missing',
  'vault.error',
] as const;
export type ProblemCode = (typeof problemCodes)[number];

/**
 * What a person is told when something cannot go on: what is known, what is safe now, what to do
 * next. Plain sentences, never a secret. It is what crosses every wall instead of an exception.
 */
export const problemSchema = z.strictObject({
  code: z.enum(problemCodes),
  known: z.string().max(4000),
  safe: z.string().max(2000),
  next: z.string().max(2000),
  /** Named values worth showing apart: an address, a status, two clock readings. */
  facts: z.record(z.string(), z.string().max(2000)).optional(),
});
export type Problem = z.infer<typeof problemSchema>;

/** A problem on its way up the stack. Its message is the problem's code, so that a log says nothing else. */
export class Trouble extends Error {
  override readonly name: string = 'Trouble';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.code);
    this.problem = problem;
  }
}

export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

/** The problem an unknown thrown value stands for; what is not ours becomes `internal`, without its text. */
export function problemOf(thrown: unknown): Problem {
  if (thrown instanceof Trouble) return thrown.problem;
  return {
    code: 'internal',
    known: 'Keyturn met an error it has no name for.',
    safe: 'Nothing was sent again. What was recorded before this step is still on disk.',
    next: 'Close this step and open it again. If it happens twice, finish by hand with the commands shown.',
    facts: { kind: thrown instanceof Error ? thrown.name : typeof thrown },
  };
}
