import { createPublicKey, verify } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { OpenPgpAnswer, RecordReport } from '../../shared/transcript/report.ts';
import type { Ed25519Verify } from '../../shared/transcript/signature.ts';
import {
  RecordVerifier,
  type OpenPgpToCheck,
  type VerifyOptions,
  type VerifyTools,
} from '../../shared/transcript/verify.ts';
import { sha256 } from './inspect.ts';

const ed25519: Ed25519Verify = (key, statement, signature) => {
  try {
    const spki = createPublicKey({ key: Buffer.from(key), format: 'der', type: 'spki' });
    return verify(null, statement, spki, signature);
  } catch {
    return false; // Not a point on the curve, say.
  }
};

/** Node's own cryptography. */
export const nodeTools: VerifyTools = { sha256, ed25519 };

/** Says whether an OpenPGP signature is good. Where there is none, they are reported as not checked. */
export type CheckOpenPgp = (signature: OpenPgpToCheck) => Promise<OpenPgpAnswer>;

export interface CheckOptions extends VerifyOptions {
  readonly openPgp?: CheckOpenPgp;
  /** A file with more signature lines, read after the record: those beside a journal. */
  readonly followedBy?: string | undefined;
  /** Told of each OpenPGP signature on the record. */
  readonly onOpenPgp?: (signature: OpenPgpToCheck) => void;
}

/**
 * Verifies a record, or the bare journal of a ceremony, on disk. It is read once, in pieces: its size
 * does not matter.
 *
 * @throws Error of the file system when the file cannot be read, or is none.
 */
export async function verifyRecordFile(
  path: string,
  options: CheckOptions = {},
): Promise<RecordReport> {
  const verifier = new RecordVerifier(nodeTools, options);
  await readInto(verifier, path);
  if (options.followedBy !== undefined) await readInto(verifier, options.followedBy);
  return concluded(verifier, options);
}

async function readInto(verifier: RecordVerifier, path: string): Promise<void> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    if (!(await file.stat()).isFile()) throw new Error('it is not a file');
    const buffer = new Uint8Array(1024 * 1024);
    while (!verifier.broken) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length, null);
      if (bytesRead === 0) break;
      verifier.take(buffer.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
}

/** The same for a record in memory. */
export function verifyRecordBytes(
  bytes: Uint8Array,
  options: CheckOptions = {},
): Promise<RecordReport> {
  const verifier = new RecordVerifier(nodeTools, options);
  verifier.take(bytes);
  return concluded(verifier, options);
}

async function concluded(verifier: RecordVerifier, options: CheckOptions): Promise<RecordReport> {
  const answers = new Map<number, OpenPgpAnswer>();
  for (const signature of verifier.openPgp) {
    options.onOpenPgp?.(signature);
    if (options.openPgp !== undefined)
      answers.set(signature.line, await options.openPgp(signature));
  }
  return verifier.finish(answers);
}
