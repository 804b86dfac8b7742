import { createPrivateKey } from 'node:crypto';
import { readPrivateKeys, type PrivateKey } from 'openpgp';
import { z } from 'zod';
import type { SecretKind } from '../../shared/secret.ts';

/** A secret as the app held it. */
export interface KnownSecret {
  readonly kind: SecretKind;
  readonly value: string;
}

/** Shorter pieces (a PIN while it is typed, a pointer of one letter) are in every text by chance. */
const shortest = 6;

/**
 * What of a secret must be found nowhere, as bytes. Of a private key only the private numbers: the
 * public half is in the same file and is meant to be seen. Nothing for what is no secret.
 */
export async function essenceOf({ kind, value }: KnownSecret): Promise<readonly Uint8Array[]> {
  if (value.trim().length < shortest) return [];
  switch (kind) {
    case 'share':
    case 'dr-operation-token':
    case 'root-token':
    case 'batch-token':
    case 'encoded-token':
    case 'vault-token':
    case 'activation-token':
    case 'pin':
    case 'fingerprint-key':
    case 'pgp-passphrase':
      return withDecoded(value.trim());
    case 'otp':
      return withDecoded(otpOf(value.trim()));
    case 'pin-verifier':
      return verifierSchema.safeParse(parseJson(value)).data ?? [];
    case 'record-signing-key':
      return signingSeed(value);
    case 'sealing-key':
    case 'pgp-private-key':
      return privateNumbers(value);
    case 'batch-token-list':
      return [];
  }
}

/** A text, and where it is hex or base64 of something longer than an accident, that too. */
function withDecoded(text: string): readonly Uint8Array[] {
  const bytes = Buffer.from(text, 'utf8');
  if (text.length >= 32 && text.length % 2 === 0 && /^[0-9a-f]+$/i.test(text))
    return [bytes, Buffer.from(text, 'hex')];
  if (text.length >= 32 && /^[A-Za-z0-9+/_-]+={0,2}$/.test(text))
    return [bytes, Buffer.from(text, 'base64')];
  return [bytes];
}

/** OTP and nonce are kept as one entry; the nonce is no secret. */
function otpOf(value: string): string {
  const pair = z.object({ otp: z.string() }).safeParse(parseJson(value));
  return pair.success ? pair.data.otp : value;
}

const verifierSchema = z
  .object({ salt: z.base64(), hash: z.base64() })
  .transform(({ salt, hash }) => [salt, hash].flatMap((one) => withDecoded(one)));

/** The 32 bytes that an Ed25519 key is: what stands around them in PKCS #8 is the same in every key. */
function signingSeed(pkcs8: string): readonly Uint8Array[] {
  try {
    const key = createPrivateKey({
      key: Buffer.from(pkcs8, 'base64'),
      format: 'der',
      type: 'pkcs8',
    });
    const { d } = key.export({ format: 'jwk' });
    return d === undefined ? [] : [Buffer.from(d, 'base64url')];
  } catch {
    return []; // A piece of one, on its way into several keychain entries: the whole is known too.
  }
}

async function privateNumbers(text: string): Promise<readonly Uint8Array[]> {
  const keys = await readKeys(text);
  return keys.flatMap((key) =>
    key.getKeys().flatMap(({ keyPacket }) => {
      const secret = secretPartSchema.safeParse(keyPacket);
      return secret.success ? secret.data : [];
    }),
  );
}

async function readKeys(text: string): Promise<readonly PrivateKey[]> {
  try {
    return text.includes('-----BEGIN')
      ? await readPrivateKeys({ armoredKeys: text })
      : await readPrivateKeys({ binaryKeys: new Uint8Array(Buffer.from(text, 'base64')) });
  } catch {
    return [];
  }
}

const bytes = z.instanceof(Uint8Array);
/** The numbers of a key without a passphrase; of a locked one the locked bytes. */
const secretPartSchema = z
  .object({
    privateParams: z.record(z.string(), z.unknown()).nullish(),
    keyMaterial: bytes.nullish(),
  })
  .transform(({ privateParams, keyMaterial }) => [
    ...Object.values(privateParams ?? {}).flatMap((one) => bytes.safeParse(one).data ?? []),
    ...(keyMaterial ? [keyMaterial] : []),
  ])
  .transform((all) => all.filter((one) => one.length >= 16));

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
