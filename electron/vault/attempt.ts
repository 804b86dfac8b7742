import { z } from 'zod';
import type { AttemptFamily } from '../../shared/ceremony/purpose.ts';
import { nonceSchema, type Nonce } from '../../shared/ids.ts';
import { Secret } from '../../shared/secret.ts';
import { count, maybe, maybeText } from './fields.ts';
import type { VaultNode } from './node.ts';

/** What a node says of the attempt that lives in its memory. */
export interface AttemptStatus {
  readonly started: boolean;
  readonly nonce: Nonce | undefined;
  /** Shares counted in this round. */
  readonly progress: number;
  /** The threshold. */
  readonly required: number;
  /** True only in the answer to the last share: the server forgets the attempt with that answer. */
  readonly complete: boolean;
  readonly pgpFingerprint?: string;
  /** Length of the OTP to be used; 0 or absent before Vault 1.0. */
  readonly otpLength?: number;
}

type VaultToken = Secret<'vault-token'>;

/** One node has one place for all of them: they exclude each other. */
const basePath = {
  'dr-operation-token': 'sys/replication/dr/secondary/generate-operation-token',
  'root-token': 'sys/generate-root',
  'root-token-authenticated': 'sys/generate-root-token',
} as const satisfies Record<AttemptFamily, string>;

const secretText = z.string().max(64_000);

const statusFields = z.object({
  /** Left out by some versions' samples: a nonce says the same. */
  started: maybe(z.boolean()),
  nonce: maybe(z.union([nonceSchema, z.literal('')])),
  progress: count,
  required: count,
  complete: maybe(z.boolean()),
  pgp_fingerprint: maybeText,
  otp_length: maybe(count),
});

const statusSchema = statusFields.transform(toStatus);

const startedSchema = statusFields.extend({ otp: maybe(secretText) }).transform((raw) => ({
  ...toStatus(raw),
  otp: raw.otp === undefined || raw.otp === '' ? undefined : Secret.of('otp', raw.otp),
}));

const encodedFields = { encoded_token: maybe(secretText), encoded_root_token: maybe(secretText) };

const sharedSchema = statusFields.extend(encodedFields).transform((raw) => {
  const status = toStatus(raw);
  const encodedToken = encodedTokenOf(raw);
  return { ...status, complete: status.complete || encodedToken !== undefined, encodedToken };
});

/**
 * The encoded token exists in this one reply and nowhere else: it is kept even if the rest of the
 * reply is not as it should be.
 */
const salvageSchema = z.object(encodedFields).transform((raw, context) => {
  const encodedToken = encodedTokenOf(raw);
  if (encodedToken !== undefined) {
    return {
      started: true,
      nonce: undefined,
      progress: 0,
      required: 0,
      complete: true,
      encodedToken,
    };
  }
  context.addIssue({ code: 'custom', path: ['encoded_token'], message: 'absent' });
  return z.NEVER;
});

/** The attempt in progress on this node, if any. @throws VaultFailure. */
export async function readAttempt(
  node: VaultNode,
  family: AttemptFamily,
  token?: VaultToken,
): Promise<AttemptStatus> {
  const path = `${basePath[family]}/attempt`;
  return (await node.ask({ method: 'GET', path, ...carrying(token) }, statusSchema)).value;
}

/**
 * Starts an attempt. Without `pgpKey` (standard base64 of the binary public key) the server makes
 * the OTP and says it once, here.
 * @throws VaultFailure, `vault.attempt-in-progress` where one runs already.
 */
export async function startAttempt(
  node: VaultNode,
  family: AttemptFamily,
  options: { readonly pgpKey?: string } = {},
  token?: VaultToken,
): Promise<AttemptStatus & { readonly otp: Secret<'otp'> | undefined }> {
  const path = `${basePath[family]}/attempt`;
  const fields: Record<string, string> =
    options.pgpKey === undefined ? {} : { pgp_key: options.pgpKey };
  return (await node.ask({ method: 'PUT', path, fields, ...carrying(token) }, startedSchema)).value;
}

/**
 * Gives one share. Sent once: if the reply is lost the server may have counted it, and if it was
 * the last one the token exists and nobody can read it.
 * @throws VaultFailure; look at `delivery`.
 */
export async function giveShare(
  node: VaultNode,
  family: AttemptFamily,
  given: { readonly nonce: Nonce; readonly share: Secret<'share'> },
  token?: VaultToken,
): Promise<AttemptStatus & { readonly encodedToken: Secret<'encoded-token'> | undefined }> {
  const path = `${basePath[family]}/update`;
  const fields = { key: given.share, nonce: given.nonce };
  const schema = z.union([sharedSchema, salvageSchema]);
  return (await node.ask({ method: 'PUT', path, fields, ...carrying(token) }, schema)).value;
}

/**
 * Cancels whatever attempt there is: before Vault 2.0 no nonce is asked, so read the status first.
 * Succeeds also where there was none.
 * @throws VaultFailure.
 */
export async function cancelAttempt(
  node: VaultNode,
  family: AttemptFamily,
  token?: VaultToken,
): Promise<void> {
  const path = `${basePath[family]}/attempt`;
  await node.ask({ method: 'DELETE', path, ...carrying(token) }, z.object({}));
}

function carrying(token: VaultToken | undefined): { token?: VaultToken } {
  return token === undefined ? {} : { token };
}

function toStatus(raw: z.output<typeof statusFields>): AttemptStatus {
  return {
    started: raw.started ?? (raw.nonce !== undefined && raw.nonce !== ''),
    nonce: raw.nonce === '' ? undefined : raw.nonce,
    progress: raw.progress,
    required: raw.required,
    complete: raw.complete ?? false,
    ...(raw.pgp_fingerprint === undefined ? {} : { pgpFingerprint: raw.pgp_fingerprint }),
    ...(raw.otp_length === undefined ? {} : { otpLength: raw.otp_length }),
  };
}

/** `encoded_root_token` is the older name, and stays empty for a DR operation token. */
function encodedTokenOf(raw: {
  encoded_token?: string | undefined;
  encoded_root_token?: string | undefined;
}): Secret<'encoded-token'> | undefined {
  const text = [raw.encoded_token, raw.encoded_root_token].find(
    (one) => one !== undefined && one !== '',
  );
  return text === undefined ? undefined : Secret.of('encoded-token', text);
}
