import { base64, utf8 } from '@scure/base';
import { z } from 'zod';
import { ceremonyIdSchema, digestSchema, instantSchema, type Digest } from '../ids.ts';
import { toWords } from '../codec/words.ts';
import { canonical } from './canonical.ts';
import type { Sha256 } from './entry.ts';

/*
 * A signature stands on a line of its own, after the entries. What is signed is the line itself
 * without `signature`, in canonical form, behind one line that says what it is. So every field of
 * the line is under the signature, and the head stands for every entry up to it.
 */

/** The first line of every statement: nothing signed for another purpose can pass for one. */
const domain = 'keyturn record signature v1\n';

const covers = {
  v: z.literal(1),
  record: ceremonyIdSchema,
  /** How many entries are covered: the first `seq` of them. */
  seq: z.int().min(1),
  /** The hash of the last of them. */
  head: digestSchema,
  /** What the signing machine's clock said. */
  at: instantSchema,
};

const base64Schema = z
  .string()
  .max(90_000)
  .refine((text) => bytesOf(text) !== undefined);

/** A signature by the installation's own key. */
export const ed25519Schema = z.strictObject({
  ...covers,
  kind: z.literal('ed25519'),
  /** SubjectPublicKeyInfo (RFC 8410), base64: the body of a PEM public key. */
  key: base64Schema.refine(isEd25519Key),
  /** SHA-256 over the bytes of `key`. */
  fingerprint: digestSchema,
  /** RFC 8032, 64 bytes, base64. */
  signature: base64Schema.refine((text) => bytesOf(text)?.length === 64),
});

/** A signature by a person's OpenPGP key. */
export const openPgpSchema = z.strictObject({
  ...covers,
  kind: z.literal('openpgp'),
  /** The name under which the person signed. */
  by: z.string().min(1).max(120),
  /** The public key, binary, base64. */
  key: base64Schema,
  /** The primary key's fingerprint in lower-case hex: 40 digits (v4) or 64 (v6). */
  fingerprint: z.string().regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/),
  /** A detached signature of type 0x00 over the statement, binary, base64. */
  signature: base64Schema,
});

export const signatureSchema = z.discriminatedUnion('kind', [ed25519Schema, openPgpSchema]);
export type RecordSignature = z.infer<typeof signatureSchema>;
export type Unsigned =
  | Omit<z.infer<typeof ed25519Schema>, 'signature'>
  | Omit<z.infer<typeof openPgpSchema>, 'signature'>;

/** Given from outside: this folder does no cryptography of its own. `key` is SubjectPublicKeyInfo. */
export type Ed25519Verify = (
  key: Uint8Array,
  statement: Uint8Array,
  signature: Uint8Array,
) => boolean;

/** A public key as people compare it. */
export interface PublicIdentity {
  /** SubjectPublicKeyInfo, base64. */
  readonly key: string;
  /** SHA-256 over it, lower-case hex. */
  readonly fingerprint: Digest;
  /** The fingerprint as PGP words. */
  readonly words: readonly string[];
}

/** Who can sign for this installation. */
export interface RecordSigner {
  identity(): Promise<PublicIdentity>;
  /** Ed25519 over the bytes of a statement. */
  sign(statement: Uint8Array): Promise<Uint8Array>;
}

/** The bytes a signature is made over. */
export function statementOf(line: Unsigned | RecordSignature): Uint8Array {
  const { v, record, seq, head, at, kind, key, fingerprint } = line;
  const by = line.kind === 'openpgp' ? line.by : undefined;
  const body = { v, record, seq, head, at, kind, key, fingerprint, by };
  return utf8.decode(domain + canonical(body));
}

/** Reads a statement back, as a person brings it with their signature; `undefined` when it is none. */
export function parseStatement(bytes: Uint8Array): Unsigned | undefined {
  const text = textOf(bytes);
  if (text?.startsWith(domain) !== true) return undefined;
  const body = text.slice(domain.length);
  const unsigned = z
    .discriminatedUnion('kind', [
      ed25519Schema.omit({ signature: true }),
      openPgpSchema.omit({ signature: true }),
    ])
    .safeParse(parseJson(body));
  return unsigned.success && canonical(unsigned.data) === body ? unsigned.data : undefined;
}

/** The line that puts a signature on the record, without its line feed. */
export const signatureLine = (unsigned: Unsigned, signature: Uint8Array): string =>
  canonical(signatureSchema.parse({ ...unsigned, signature: base64.encode(signature) }));

/** Whether an Ed25519 line holds what it says: its fingerprint is its key's, its signature fits. */
export function holds(
  line: z.infer<typeof ed25519Schema>,
  sha256: Sha256,
  verify: Ed25519Verify,
): boolean {
  const key = base64.decode(line.key);
  return (
    sha256(key) === line.fingerprint &&
    verify(key, statementOf(line), base64.decode(line.signature))
  );
}

/** @param spki the public key as SubjectPublicKeyInfo. */
export function identityOf(spki: Uint8Array, sha256: Sha256): PublicIdentity {
  const fingerprint = digestSchema.parse(sha256(spki));
  return { key: base64.encode(spki), fingerprint, words: toWords(fingerprint) };
}

/** RFC 8410: the twelve bytes before the key itself are always these. */
const spkiPrefix = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

function isEd25519Key(text: string): boolean {
  const bytes = bytesOf(text);
  return bytes?.length === 44 && spkiPrefix.every((byte, place) => bytes[place] === byte);
}

/** Strict: padding present, unused bits zero, nothing else; so that one value has one text. */
function bytesOf(text: string): Uint8Array | undefined {
  try {
    return base64.decode(text);
  } catch {
    return undefined;
  }
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return utf8.encode(bytes);
  } catch {
    return undefined;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
