import { base64 } from '@scure/base';
import { toWords } from '../codec/words.ts';
import type { Digest } from '../ids.ts';
import type { Duty } from './duties.ts';
import type { Sha256 } from './entry.ts';
import type { Agreement } from './kind.ts';
import type { OpenPgpAnswer, RecordFault, RecordReport, SignatureReport } from './report.ts';
import {
  holds,
  signatureSchema,
  statementOf,
  type Ed25519Verify,
  type RecordSignature,
} from './signature.ts';

/** The cryptography, given from outside. */
export interface VerifyTools {
  readonly sha256: Sha256;
  readonly ed25519: Ed25519Verify;
}

/** An OpenPGP signature that somebody with OpenPGP has to check. */
export interface OpenPgpToCheck {
  readonly line: number;
  readonly by: string;
  readonly fingerprint: string;
  readonly statement: Uint8Array;
  readonly key: Uint8Array;
  readonly signature: Uint8Array;
}

/** What OpenPGP said of signatures, by their lines. */
export type Answers = ReadonlyMap<number, OpenPgpAnswer>;

/** More than there are people in any room. */
const mostSignatures = 1000;

/** What was read of the record before its signatures. */
export interface Signed {
  readonly record: string | undefined;
  readonly hashes: readonly Digest[];
}

/**
 * The signatures of a record: the lines after its events, and those inside of events. Each is compared
 * with the events before it; Ed25519 is checked here, and OpenPGP waits for somebody who can.
 */
export class SignatureLines {
  readonly openPgp: OpenPgpToCheck[] = [];
  readonly #tools: VerifyTools;
  readonly #agreed: { line: number; by: string; fingerprint: string; seq: number }[] = [];
  readonly #signatures: { line: number; signature: RecordSignature }[] = [];
  #lines = 0;

  constructor(tools: VerifyTools) {
    this.#tools = tools;
  }

  /** A line with a signature was met: no event can follow. */
  get begun(): boolean {
    return this.#lines > 0;
  }

  /** @returns `newer` where the line is of a version that is not known here. */
  take(line: number, value: object, over: Signed): RecordSignature | RecordFault | 'newer' {
    this.#lines += 1;
    if (this.#lines > mostSignatures) return 'too-many-signatures';
    const parsed = signatureSchema.safeParse(value);
    if (!parsed.success) return isOfThisVersion(value) ? 'schema' : 'newer';
    const signature = parsed.data;
    const { record, seq, head } = signature;
    if (over.record !== undefined && record !== over.record) return 'other-record';
    if (seq > over.hashes.length) return 'signature-beyond';
    if (head !== over.hashes[seq - 1]) return 'signature-head';
    switch (signature.kind) {
      case 'ed25519':
        if (!holds(signature, this.#tools.sha256, this.#tools.ed25519)) return 'signature';
        break;
      case 'openpgp':
        this.openPgp.push({
          line,
          by: signature.by,
          fingerprint: signature.fingerprint,
          statement: statementOf(signature),
          key: base64.decode(signature.key),
          signature: base64.decode(signature.signature),
        });
        break;
    }
    this.#signatures.push({ line, signature });
    return signature;
  }

  /** A signature inside an event names a head of this record, and waits for OpenPGP. */
  takeAgreement(line: number, agreement: Agreement | 'signature-head'): RecordFault | undefined {
    if (agreement === 'signature-head') return 'signature-head';
    if (this.#agreed.length >= mostSignatures) return 'too-many-signatures';
    const { by, fingerprint, seq, ...signed } = agreement;
    this.#agreed.push({ line, by, fingerprint, seq });
    this.openPgp.push({ line, by, fingerprint, ...signed });
    return undefined;
  }

  /** @param given the fingerprints that the verifier was given. */
  reports(answers: Answers, given: readonly string[]): readonly SignatureReport[] {
    return this.#signatures.map(({ line, signature }) => {
      const { kind, fingerprint, at, seq } = signature;
      const valid = kind === 'ed25519' || answers.get(line) === 'valid';
      return {
        line,
        kind,
        by: kind === 'openpgp' ? signature.by : undefined,
        fingerprint,
        words: toWords(fingerprint),
        at,
        covers: seq,
        state: valid ? 'valid' : 'not-checked',
        given: given.includes(fingerprint),
      };
    });
  }

  agreed(answers: Answers): RecordReport['agreed'] {
    return this.#agreed.map(({ line, by, fingerprint, seq }) => ({
      line,
      by,
      fingerprint,
      words: toWords(fingerprint),
      seq,
      state: answers.get(line) === 'valid' ? 'valid' : 'not-checked',
    }));
  }

  /** A factor that nobody checked here is not called a proof. */
  withAnswers(duty: Duty, answers: Answers): Duty {
    const open = this.#agreed.some(({ line }) => answers.get(line) !== 'valid');
    return duty.id === 'second-person-authenticated' && duty.met === 'yes' && open
      ? { ...duty, met: 'not-checked' }
      : duty;
  }

  /** The first that OpenPGP found not to fit. */
  invalid(answers: Answers): number | undefined {
    return this.openPgp.find(({ line }) => answers.get(line) === 'invalid')?.line;
  }
}

/** An entry never has a field of this name: that is how the two kinds of lines are told apart. */
export const isSignature = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && 'signature' in value && !('event' in value);

const isOfThisVersion = (line: object): boolean =>
  'v' in line &&
  line.v === 1 &&
  'kind' in line &&
  (line.kind === 'ed25519' || line.kind === 'openpgp');
