import type { ProblemCode } from '../../shared/problem.ts';

/** What one of Vault's error texts means to the people in the room. */
export interface Saying {
  readonly code: ProblemCode;
  readonly known: (address: string) => string;
  readonly next: string;
  readonly safe?: string;
}

/** Matched in this order; `text` in lower case anywhere in the reply's errors. */
interface Row extends Saying {
  readonly text: string | RegExp;
}

/**
 * The meaning of an error reply. `text` is all of its errors in lower case. Matching is by
 * substring: OpenBao and the logical layer wrap the same texts ("1 error occurred: …").
 */
export function sayingFor(status: number, text: string, promoting: boolean): Saying {
  const row = rows.find((candidate) =>
    typeof candidate.text === 'string' ? text.includes(candidate.text) : candidate.text.test(text),
  );
  if (row !== undefined) return row;
  // Promote answers 503 while replication is still being applied; that is not "sealed".
  if (status === 503 && promoting) return catchingUp;
  return byStatus.get(status) ?? unnamed;
}

const catchingUp: Saying = {
  code: 'vault.catching-up',
  known: (address) =>
    `${address} does not promote yet: it says that replication is still catching up.`,
  safe: 'The cluster is still a secondary. It is not sealed, and the DR operation token stays valid.',
  next: 'Wait and confirm again. Promoting with force is possible, at the price of what has not been applied yet.',
};

const startAgain =
  'Every share of this round must be entered again; the nonce and the OTP stay valid.';

const permissionDenied: Saying = {
  code: 'vault.permission-denied',
  known: (address) => `${address} answered “permission denied”.`,
  next: 'Check the token: whether it is expired, deleted, or not allowed to do this. From Vault 2.0 on, these paths need one.',
};

const rows: readonly Row[] = [
  {
    text: 'vault is sealed',
    code: 'vault.sealed',
    known: (address) => `${address} is sealed.`,
    next: 'Unseal that node first, with the primary’s unseal keys, or restore access to the KMS if it unseals by itself.',
  },
  {
    text: /not (yet )?initialized/,
    code: 'vault.uninitialised',
    known: (address) => `${address} has not been initialised: it is an empty Vault.`,
    next: 'Check the address. A DR secondary is initialised as part of setting up replication.',
  },
  {
    text: /vault is in standby mode|active cluster node not found/,
    code: 'vault.standby',
    known: (address) => `${address} is a standby and could not pass the call on to a leader.`,
    next: 'Look which node leads (preflight shows it), and work on that node’s own address.',
  },
  {
    text: /(generation|rekey) already in progress/,
    code: 'vault.attempt-in-progress',
    known: (address) => `${address} already has an attempt in progress that was not started here.`,
    next: 'Ask who started it. Cancelling ends it for everybody who takes part in it.',
  },
  {
    text: 'no root generation in progress',
    code: 'vault.no-attempt',
    known: (address) => `${address} knows of no attempt in progress.`,
    next: 'It was cancelled or completed elsewhere, or the node restarted or lost the lead. Read the status, then start again.',
  },
  {
    text: 'incorrect nonce supplied',
    code: 'vault.wrong-nonce',
    known: (address) => `${address} has an attempt in progress with another nonce than ours.`,
    next: 'Compare the nonce words with the other people. Somebody may have cancelled this attempt and started another.',
  },
  {
    text: 'incorrect strategy supplied',
    code: 'vault.other-attempt',
    known: (address) =>
      `${address} has an attempt of another kind in progress (a root token instead of a DR operation token, or the reverse).`,
    next: 'Vault has one place for both. Ask who started it; it must end before this one can begin.',
  },
  {
    text: 'key has already been provided',
    code: 'vault.duplicate-share',
    known: () => 'Vault already counts this share in the present round.',
    safe: 'The progress stays as it was; nothing was counted twice.',
    next: 'Ask another holder for theirs.',
  },
  {
    text: /failed to compute (root|master) key|root generation aborted|unable to retrieve stored keys|failed to decrypt keys|unseal failed, invalid key/,
    code: 'vault.shares-do-not-combine',
    known: () =>
      'The shares of this round do not combine. At least one is wrong; Vault cannot say which.',
    safe: 'The attempt is still there: same nonce, same OTP, progress 0. No token was made.',
    next: `${startAgain} Have each holder check that theirs is this primary’s.`,
  },
  {
    text: /'key' must be|invalid key: key is (shorter|longer)|key is required/,
    code: 'vault.share-rejected',
    known: () => 'Vault could not read this as a share: its form or its length is wrong.',
    safe: 'It was not counted. The progress stays as it was.',
    next: 'Have the holder look for a character too many or too few, and enter it again.',
  },
  {
    text: /error parsing pgp key|could not acquire pgp key/,
    code: 'input.invalid',
    known: () => 'Vault could not read the PGP public key.',
    safe: 'No attempt was started.',
    next: 'Choose another public key, one that can encrypt.',
  },
  {
    text: 'not a dr secondary',
    code: 'vault.not-dr-secondary',
    known: (address) => `${address} says that it is not a DR secondary.`,
    next: 'It may have been promoted already, or be another cluster. Look at what it reports about itself.',
  },
  {
    text: 'path disabled in replication dr secondary mode',
    code: 'vault.endpoint-missing',
    known: (address) =>
      `${address} is a DR secondary, and offers nothing at this path while it is one.`,
    next: 'This step is possible on a primary only.',
  },
  {
    text: 'dr operation token was not provided',
    code: 'vault.permission-denied',
    known: (address) => `${address} found no DR operation token in the call.`,
    next: 'Check which token was given for this step.',
  },
  {
    text: /enterprise-only feature|unsupported (path|operation)/,
    code: 'vault.endpoint-missing',
    known: (address) =>
      `${address} does not offer this: DR replication is part of Vault Enterprise.`,
    next: 'Check the address, and which server runs there.',
  },
  // Some paths may say it with 400 instead of 403 (unverified, docs/protocol.md §9).
  { text: /^(\d+ errors? occurred:\s*\*\s*)?permission denied/, ...permissionDenied },
];

const byStatus: ReadonlyMap<number, Saying> = new Map<number, Saying>([
  [403, permissionDenied],
  [
    404,
    {
      code: 'vault.endpoint-missing',
      known: (address) => `${address} offers nothing at this path.`,
      next: 'Check the address, and whether Vault Enterprise runs there.',
    },
  ],
  [
    405,
    {
      code: 'vault.endpoint-missing',
      known: (address) => `${address} does not support this operation.`,
      next: 'Check which server and version runs there; some have these paths switched off.',
    },
  ],
  [
    429,
    {
      code: 'vault.rate-limited',
      known: (address) => `${address} answers too many calls at present, and refused this one.`,
      next: 'Wait a little, then do the step again.',
    },
  ],
]);

const unnamed: Saying = {
  code: 'vault.error',
  known: (address) => `${address} answered with an error that Keyturn has no name for.`,
  next: 'Read the server’s own words below, and the server’s log.',
};
