import { base64, utf8 } from '@scure/base';
import { toWords } from '../codec/words.ts';
import type { Digest } from '../ids.ts';
import { canonical, parseCanonical } from './canonical.ts';
import type { Duty } from './duties.ts';
import { genesis, readSeal, type Seal, type Sha256 } from './entry.ts';
import type { Adopted, Agreement, KindReader } from './kind.ts';
import { readerFor } from './kinds.ts';
import { LineSplitter, type RawLine } from './lines.ts';
import { NotableWatch, usualGapMs } from './notable.ts';
import type {
  OpenPgpAnswer,
  RecordFault,
  RecordReport,
  SignatureReport,
  Verdict,
} from './report.ts';
import {
  holds,
  signatureSchema,
  statementOf,
  type Ed25519Verify,
  type RecordSignature,
} from './signature.ts';
import { nothingGiven, type Trust } from './trust.ts';

/** The cryptography, given from outside. */
export interface VerifyTools {
  readonly sha256: Sha256;
  readonly ed25519: Ed25519Verify;
}

export interface VerifyOptions {
  readonly trust?: Trust;
  /** A silence longer than this is told, in milliseconds. */
  readonly gapMs?: number;
  /** Called with each entry that is whole and known, in order. */
  readonly onEntry?: (entry: KnownEntry) => void;
}

export interface KnownEntry {
  readonly seq: number;
  readonly at: string;
  readonly hash: Digest;
  /** Fits the schema of its kind. */
  readonly event: unknown;
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

/** More than there are people in any room. */
const mostSignatures = 1000;

/**
 * Reads a record once, from its first byte to its last, and says what can be said of it. Give it the
 * file with `take`, in chunks of any size; have `openPgp` checked where that is possible; then `finish`.
 *
 * Time is linear in the file's size; memory is one line, 64 digits an entry, and a bounded report.
 * It never throws, whatever the bytes.
 */
export class RecordVerifier {
  readonly openPgp: OpenPgpToCheck[] = [];
  readonly #tools: VerifyTools;
  readonly #trust: Trust;
  readonly #onEntry: (entry: KnownEntry) => void;
  readonly #splitter = new LineSplitter();
  readonly #hashes: Digest[] = [];
  readonly #agreed: { line: number; by: string; fingerprint: string; seq: number }[] = [];
  readonly #signatures: { line: number; signature: RecordSignature }[] = [];
  readonly #headsFound = new Map<string, number>();
  /** Until the first event has come: a reader that has seen nothing. */
  #reader: KindReader = readerFor(undefined);
  readonly #notable: NotableWatch;
  #line = 0;
  #signatureLines = 0;
  #fault: { line: number; reason: RecordFault } | undefined;
  #newerFrom: number | undefined;
  #from: string | undefined;
  #to: string | undefined;

  constructor(tools: VerifyTools, options: VerifyOptions = {}) {
    this.#tools = tools;
    this.#trust = options.trust ?? nothingGiven;
    this.#notable = new NotableWatch(options.gapMs ?? usualGapMs);
    this.#onEntry = options.onEntry ?? (() => undefined);
  }

  /** The first line that is wrong was met: the rest of the file changes nothing. */
  get broken(): boolean {
    return this.#fault !== undefined;
  }

  take(chunk: Uint8Array): void {
    if (this.broken) return;
    for (const raw of this.#splitter.push(chunk)) {
      this.#line += 1;
      const reason = this.#takeLine(raw);
      if (reason === undefined) continue;
      this.#fault = { line: this.#line, reason };
      return;
    }
  }

  /** @param answers what OpenPGP said of the signatures in `openPgp`, by line. */
  finish(answers: ReadonlyMap<number, OpenPgpAnswer> = new Map()): RecordReport {
    const signatures = this.#signatures.map(({ line, signature }) =>
      this.#signatureReport(line, signature, answers),
    );
    const entries = this.#hashes.length;
    const head = this.#hashes.at(-1);
    const reader = this.#reader;
    const covered = this.#covered(signatures);
    return {
      verdict: this.#verdict(signatures, covered, answers),
      about: reader.about,
      entries,
      from: this.#from,
      to: this.#to,
      head,
      headWords: head === undefined ? [] : toWords(head).slice(0, 8),
      outcome: reader.outcome,
      outageMs: reader.outageMs,
      signatures,
      agreed: this.#agreed.map(({ line, by, fingerprint, seq }) => ({
        line,
        by,
        fingerprint,
        words: toWords(fingerprint),
        seq,
        state: answers.get(line) === 'valid' ? 'valid' : 'not-checked',
      })),
      signed: furthest(signatures.filter(({ state }) => state === 'valid')),
      covered,
      rules: reader.rules,
      duties: reader.duties.map((duty) => this.#withAnswers(duty, answers)),
      script: reader.script,
      remarks: this.#notable.remarks.listed(),
      gaps: this.#notable.gaps.listed(),
      deviations: reader.deviations,
      openItems: reader.openItems,
      interruptions: this.#notable.interruptions.listed(),
      notes: this.#notable.notes,
    };
  }

  #takeLine(raw: RawLine): RecordFault | undefined {
    if ('fault' in raw) return raw.fault;
    const parsed = parseCanonical(raw.text);
    if (!parsed.ok) return parsed.reason;
    const { value } = parsed;
    if (isSignature(value)) return this.#takeSignature(value);
    if (this.#signatureLines > 0) return 'after-signature';
    const read = readSeal(value, this.#tools.sha256);
    if (!read.ok) return read.reason;
    const { seal } = read;
    if (seal.seq !== this.#hashes.length + 1) return 'seq';
    if (seal.prev !== (this.#hashes.at(-1) ?? genesis)) return 'prev';
    return this.#takeEntry(seal);
  }

  #takeEntry({ v, seq, at, hash, event }: Seal): RecordFault | undefined {
    this.#hashes.push(hash);
    this.#from ??= at;
    this.#to = at;
    for (const head of this.#trust.heads) {
      if (hash.startsWith(head)) this.#headsFound.set(head, seq);
    }
    this.#notable.takeAny(seq, at, event);
    if (seq === 1) this.#reader = readerFor(event);
    const taken =
      v === 1 ? this.#reader.take(seq, at, event, (line) => this.#hashes[line - 1]) : 'unknown';
    if (taken === 'unknown') return this.#newer();
    if (taken.agreement !== undefined) {
      const fault = this.#takeAgreement(taken.agreement);
      if (fault !== undefined) return fault;
    }
    if (taken.adopted !== undefined) this.#takeAdopted(taken.adopted);
    this.#notable.take(seq, at, taken.noted);
    this.#onEntry({ seq, at, hash, event });
    return undefined;
  }

  /** A signature inside an event names a head of this record, and waits for OpenPGP. */
  #takeAgreement(agreement: Agreement | 'signature-head'): RecordFault | undefined {
    if (agreement === 'signature-head') return 'signature-head';
    if (this.#agreed.length >= mostSignatures) return 'too-many-signatures';
    const { by, fingerprint, seq, ...signed } = agreement;
    this.#agreed.push({ line: this.#line, by, fingerprint, seq });
    this.openPgp.push({ line: this.#line, by, fingerprint, ...signed });
    return undefined;
  }

  /** A factor that nobody checked here is not called a proof. */
  #withAnswers(duty: Duty, answers: ReadonlyMap<number, OpenPgpAnswer>): Duty {
    const open = this.#agreed.some(({ line }) => answers.get(line) !== 'valid');
    return duty.id === 'second-person-authenticated' && duty.met === 'yes' && open
      ? { ...duty, met: 'not-checked' }
      : duty;
  }

  #takeAdopted({ script, hash }: Adopted): void {
    if (this.#tools.sha256(utf8.decode(canonical(script))) === hash) return;
    this.#notable.remarks.add({ kind: 'script-hash', line: this.#line });
  }

  #takeSignature(value: object): RecordFault | undefined {
    this.#signatureLines += 1;
    if (this.#signatureLines > mostSignatures) return 'too-many-signatures';
    const parsed = signatureSchema.safeParse(value);
    if (!parsed.success) return isOfThisVersion(value) ? 'schema' : this.#newer();
    const signature = parsed.data;
    const { record, seq, head, at } = signature;
    const { about } = this.#reader;
    if (about !== undefined && record !== about.record) return 'other-record';
    if (seq > this.#hashes.length) return 'signature-beyond';
    if (head !== this.#hashes[seq - 1]) return 'signature-head';
    switch (signature.kind) {
      case 'ed25519':
        if (!holds(signature, this.#tools.sha256, this.#tools.ed25519)) return 'signature';
        break;
      case 'openpgp':
        this.openPgp.push({
          line: this.#line,
          by: signature.by,
          fingerprint: signature.fingerprint,
          statement: statementOf(signature),
          key: base64.decode(signature.key),
          signature: base64.decode(signature.signature),
        });
        break;
    }
    this.#signatures.push({ line: this.#line, signature });
    const after = seq === this.#hashes.length ? this.#to : undefined;
    const by = signature.kind === 'openpgp' ? signature.by : '';
    this.#notable.takeSignature(this.#line, at, after, by);
    return undefined;
  }

  #newer(): undefined {
    this.#newerFrom ??= this.#line;
    this.#reader.leaveUnchecked(this.#line);
  }

  #signatureReport(
    line: number,
    signature: RecordSignature,
    answers: ReadonlyMap<number, OpenPgpAnswer>,
  ): SignatureReport {
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
      given: this.#trust.fingerprints.includes(fingerprint),
    };
  }

  #covered(signatures: readonly SignatureReport[]): number {
    const trusted = signatures.filter(({ state, given }) => state === 'valid' && given);
    return Math.max(furthest(trusted), ...this.#headsFound.values());
  }

  #verdict(
    signatures: readonly SignatureReport[],
    covered: number,
    answers: ReadonlyMap<number, OpenPgpAnswer>,
  ): Verdict {
    const fault = this.#firstFault(answers);
    if (fault !== undefined) return { kind: 'broken', ...fault };
    if (this.#newerFrom !== undefined) return { kind: 'newer-version', line: this.#newerFrom };
    const { rules } = this.#reader;
    if (rules.kind === 'broken')
      return { kind: 'rules-broken', line: rules.line, reason: rules.reason };
    const missing = this.#missing(signatures);
    if (missing !== undefined) return missing;
    const { fingerprints, heads } = this.#trust;
    if (fingerprints.length + heads.length === 0) return { kind: 'consistent-origin-unknown' };
    if (covered < this.#hashes.length) return { kind: 'partly-covered', covered };
    return { kind: this.#notable.remarks.total === 0 ? 'intact' : 'unchanged-with-remarks' };
  }

  #firstFault(
    answers: ReadonlyMap<number, OpenPgpAnswer>,
  ): { line: number; reason: RecordFault } | undefined {
    const invalid = this.openPgp.find(({ line }) => answers.get(line) === 'invalid');
    if (invalid !== undefined) return { line: invalid.line, reason: 'signature' };
    if (this.#fault !== undefined) return this.#fault;
    if (this.#splitter.rest > 0) return { line: this.#line + 1, reason: 'torn' };
    return this.#hashes.length === 0 ? { line: this.#line + 1, reason: 'empty' } : undefined;
  }

  /** The first thing the verifier was given that the record does not answer to. */
  #missing(signatures: readonly SignatureReport[]): Verdict | undefined {
    for (const wanted of this.#trust.fingerprints) {
      const theirs = signatures.filter(({ fingerprint }) => fingerprint === wanted);
      if (theirs.some(({ state }) => state === 'valid')) continue;
      const [unchecked] = theirs;
      if (unchecked !== undefined) return { kind: 'not-checked-here', line: unchecked.line };
      return { kind: signatures.length === 0 ? 'not-signed' : 'signed-by-another-key', wanted };
    }
    const wanted = this.#trust.heads.find((head) => !this.#headsFound.has(head));
    return wanted === undefined ? undefined : { kind: 'head-not-found', wanted };
  }
}

/** The whole of a record in memory; OpenPGP signatures stay unchecked. */
export function verifyRecord(
  bytes: Uint8Array,
  tools: VerifyTools,
  options: VerifyOptions = {},
): RecordReport {
  const verifier = new RecordVerifier(tools, options);
  verifier.take(bytes);
  return verifier.finish();
}

const furthest = (signatures: readonly SignatureReport[]): number =>
  Math.max(0, ...signatures.map(({ covers }) => covers));

/** An entry never has a field of this name: that is how the two kinds of lines are told apart. */
const isSignature = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && 'signature' in value && !('event' in value);

const isOfThisVersion = (line: object): boolean =>
  'v' in line &&
  line.v === 1 &&
  'kind' in line &&
  (line.kind === 'ed25519' || line.kind === 'openpgp');
