import { utf8 } from '@scure/base';
import { toWords } from '../codec/words.ts';
import type { Digest } from '../ids.ts';
import { canonical, parseCanonical } from './canonical.ts';
import { genesis, readSeal, type Seal } from './entry.ts';
import type { Adopted, KindReader } from './kind.ts';
import { readerFor } from './kinds.ts';
import { LineSplitter, type RawLine } from './lines.ts';
import { NotableWatch, usualGapMs } from './notable.ts';
import type { OpenPgpAnswer, RecordFault, RecordReport, SignatureReport } from './report.ts';
import {
  isSignature,
  SignatureLines,
  type Answers,
  type OpenPgpToCheck,
  type VerifyTools,
} from './signature-lines.ts';
import { nothingGiven, type Trust } from './trust.ts';
import { furthest, verdictOf } from './verdict.ts';

export type { OpenPgpToCheck, VerifyTools };

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

/**
 * Reads a record once, from its first byte to its last, and says what can be said of it. Give it the
 * file with `take`, in chunks of any size; have `openPgp` checked where that is possible; then `finish`.
 *
 * Time is linear in the file's size; memory is one line, 64 digits an entry, and a bounded report.
 * It never throws, whatever the bytes.
 */
export class RecordVerifier {
  readonly #tools: VerifyTools;
  readonly #trust: Trust;
  readonly #onEntry: (entry: KnownEntry) => void;
  readonly #splitter = new LineSplitter();
  readonly #hashes: Digest[] = [];
  readonly #signatures: SignatureLines;
  readonly #headsFound = new Map<string, number>();
  /** Until the first event has come: a reader that has seen nothing. */
  #reader: KindReader = readerFor(undefined);
  readonly #notable: NotableWatch;
  #line = 0;
  #fault: { line: number; reason: RecordFault } | undefined;
  #newerFrom: number | undefined;
  #from: string | undefined;
  #to: string | undefined;

  constructor(tools: VerifyTools, options: VerifyOptions = {}) {
    this.#tools = tools;
    this.#signatures = new SignatureLines(tools);
    this.#trust = options.trust ?? nothingGiven;
    this.#notable = new NotableWatch(options.gapMs ?? usualGapMs);
    this.#onEntry = options.onEntry ?? (() => undefined);
  }

  /** The OpenPGP signatures met so far, for somebody who can check them. */
  get openPgp(): readonly OpenPgpToCheck[] {
    return this.#signatures.openPgp;
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
    const signatures = this.#signatures.reports(answers, this.#trust.fingerprints);
    const entries = this.#hashes.length;
    const head = this.#hashes.at(-1);
    const reader = this.#reader;
    const covered = this.#covered(signatures);
    return {
      verdict: verdictOf(
        {
          fault: this.#firstFault(answers),
          newerFrom: this.#newerFrom,
          rules: reader.rules,
          entries,
          covered,
          signatures,
          headsFound: this.#headsFound,
          remarks: this.#notable.remarks.total,
        },
        this.#trust,
      ),
      about: reader.about,
      entries,
      from: this.#from,
      to: this.#to,
      head,
      headWords: head === undefined ? [] : toWords(head).slice(0, 8),
      outcome: reader.outcome,
      outageMs: reader.outageMs,
      signatures,
      agreed: this.#signatures.agreed(answers),
      signed: furthest(signatures.filter(({ state }) => state === 'valid')),
      covered,
      rules: reader.rules,
      duties: reader.duties.map((duty) => this.#signatures.withAnswers(duty, answers)),
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
    if (this.#signatures.begun) return 'after-signature';
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
      const fault = this.#signatures.takeAgreement(this.#line, taken.agreement);
      if (fault !== undefined) return fault;
    }
    if (taken.adopted !== undefined) this.#takeAdopted(taken.adopted);
    this.#notable.take(seq, at, taken.noted);
    this.#onEntry({ seq, at, hash, event });
    return undefined;
  }

  #takeAdopted({ script, hash }: Adopted): void {
    if (this.#tools.sha256(utf8.decode(canonical(script))) === hash) return;
    this.#notable.remarks.add({ kind: 'script-hash', line: this.#line });
  }

  #takeSignature(value: object): RecordFault | undefined {
    const record = this.#reader.about?.record;
    const taken = this.#signatures.take(this.#line, value, { record, hashes: this.#hashes });
    if (taken === 'newer') return this.#newer();
    if (typeof taken === 'string') return taken;
    const { seq, at } = taken;
    const after = seq === this.#hashes.length ? this.#to : undefined;
    const by = taken.kind === 'openpgp' ? taken.by : '';
    this.#notable.takeSignature(this.#line, at, after, by);
    return undefined;
  }

  #newer(): undefined {
    this.#newerFrom ??= this.#line;
    this.#reader.leaveUnchecked(this.#line);
  }

  #covered(signatures: readonly SignatureReport[]): number {
    const trusted = signatures.filter(({ state, given }) => state === 'valid' && given);
    return Math.max(furthest(trusted), ...this.#headsFound.values());
  }

  #firstFault(answers: Answers): { line: number; reason: RecordFault } | undefined {
    const invalid = this.#signatures.invalid(answers);
    if (invalid !== undefined) return { line: invalid, reason: 'signature' };
    if (this.#fault !== undefined) return this.#fault;
    if (this.#splitter.rest > 0) return { line: this.#line + 1, reason: 'torn' };
    return this.#hashes.length === 0 ? { line: this.#line + 1, reason: 'empty' } : undefined;
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
