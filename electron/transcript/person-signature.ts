import type { CeremonyId, Digest } from '../../shared/ids.ts';
import { Trouble } from '../../shared/problem.ts';
import { parseStatement, statementOf, type Unsigned } from '../../shared/transcript/signature.ts';
import { checkOpenPgp, clearText, openPgpIdentity, openPgpSignature } from './openpgp.ts';

/** What a signature is made over: the first `seq` events of a record. */
export interface Covers {
  readonly v: 1;
  readonly record: CeremonyId;
  readonly seq: number;
  readonly head: Digest;
  /** What this machine's clock says. */
  readonly at: string;
}

/**
 * What a person signs with their own OpenPGP key, here or on another machine: save the bytes as they
 * are to a file, then `gpg --detach-sign FILE`, or `gpg --clearsign FILE`.
 *
 * @param publicKey armored, or its bytes.
 * @throws Trouble `input.invalid`.
 */
export async function makeStatement(
  covers: Covers,
  by: string,
  publicKey: string | Uint8Array,
): Promise<Uint8Array> {
  const { key, fingerprint } = await openPgpIdentity(publicKey);
  const statement = statementOf({ ...covers, kind: 'openpgp', by, key, fingerprint });
  if (parseStatement(statement) !== undefined) return statement;
  throw refused('The name is empty or too long, or the key cannot be put on a record.');
}

export interface Brought {
  readonly unsigned: Extract<Unsigned, { kind: 'openpgp' }>;
  /** Detached, its bytes. */
  readonly signature: Uint8Array;
}

/**
 * Reads a person's signature and checks it against its statement. Whether the statement is about the
 * events of a record is for the caller to see.
 *
 * @param statement absent: it is inside the signature, as `gpg --clearsign` makes it.
 * @throws Trouble `input.invalid`
 */
export async function readBrought(
  statement: Uint8Array | undefined,
  signature: string | Uint8Array,
): Promise<Brought> {
  const signed =
    statement ?? (typeof signature === 'string' ? await clearText(signature) : undefined);
  const unsigned = signed && parseStatement(signed);
  if (!signed || unsigned?.kind !== 'openpgp')
    throw refused('The signed file is not a statement of a record.');
  const detached = await openPgpSignature(signature, signed);
  const answer = await checkOpenPgp({
    line: 1,
    by: unsigned.by,
    fingerprint: unsigned.fingerprint,
    statement: signed,
    key: Buffer.from(unsigned.key, 'base64'),
    signature: detached,
  });
  if (answer === 'valid') return { unsigned, signature: detached };
  throw refused('The signature was not made over this statement with this key.');
}

/** A signature that does not belong on this record. */
export const refused = (known: string): Trouble =>
  new Trouble({
    code: 'input.invalid',
    known,
    safe: 'Nothing was put on the record.',
    next: 'Make the statement again, sign exactly that file with gpg --detach-sign, and bring both.',
  });
