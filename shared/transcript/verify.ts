import { base64, utf8 } from '@scure/base';
import { eventSchema, type CeremonyEvent } from '../ceremony/events.ts';
import { promoteStatement, statementNow } from '../ceremony/consent.ts';
import { toWords } from '../codec/words.ts';
import type { Digest } from '../ids.ts';
import { canonical, parseCanonical } from './canonical.ts';
import { DutyWatch, type Duty } from './duties.ts';
import { genesis, readSeal, type Seal, type Sha256 } from './entry.ts';
import { LineSplitter, type RawLine } from './lines.ts';
import { NotableWatch, usualGapMs } from './notable.ts';
import type {
  OpenPgpAnswer,
  RecordFault,
  RecordReport,
  SignatureReport,
  Verdict,
} from './report.ts';
import { RulesWatch } from './rules.ts';
import { ScriptWatch } from './script-watch.ts';
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
  readonly event: CeremonyEvent;
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
  readonly #rules = new RulesWatch();
  readonly #duties = new DutyWatch();
  readonly #script = new ScriptWatch();
  readonly #notable: NotableWatch;
  #line = 0;
  #signatureLines = 0;
  #fault: { line: number; reason: RecordFault } | undefined;
  #newerFrom: number | undefined;
  #about: RecordReport['about'];
  #from: string | undefined;
  #to: string | undefined;
  #outageMs: number | undefined;

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
    const state = this.#rules.state;
    const covered = this.#covered(signatures);
    return {
      verdict: this.#verdict(signatures, covered, answers),
      about: this.#about,
      entries,
      from: this.#from,
      to: this.#to,
      head,
      headWords: head === undefined ? [] : toWords(head).slice(0, 8),
      outcome: state?.phase === 'ended' ? state.outcome : undefined,
      outageMs: this.#outageMs,
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
      rules: this.#rules.rules,
      duties: this.#duties.result().map((duty) => this.#withAnswers(duty, answers)),
      script: this.#script.result(),
      remarks: this.#notable.remarks.listed(),
      gaps: this.#notable.gaps.listed(),
      deviations: this.#rules.deviations.listed(),
      openItems: this.#rules.openItems(),
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
    const known = v === 1 ? eventSchema.safeParse(event) : undefined;
    if (known?.success !== true) return this.#newer();
    const fault = this.#takeAgreed(known.data);
    if (fault !== undefined) return fault;
    this.#rules.take(seq, at, known.data);
    this.#duties.take(seq, known.data);
    this.#script.take(known.data, this.#rules.state);
    this.#takeScript(known.data);
    this.#notable.take(seq, at, known.data);
    this.#remember(known.data);
    this.#onEntry({ seq, at, hash, event: known.data });
    return undefined;
  }

  /** The second person's signature at Promote: it names a head of this record, and waits for OpenPGP. */
  #takeAgreed(event: CeremonyEvent): RecordFault | undefined {
    if (event.type !== 'promote.intended' || event.agreed === undefined) return undefined;
    const { seq, head, signature } = event.agreed;
    if (head !== this.#hashes[seq - 1]) return 'signature-head';
    const { state } = this.#rules;
    const stated = state && statementNow(state, (n) => this.#hashes[n - 1], !!event.force);
    // Without a key, or over another line, the rules say what is wrong.
    if (!state?.signingKey || stated?.seq !== seq) return undefined;
    if (this.#agreed.length >= mostSignatures) return 'too-many-signatures';
    const { person, fingerprint } = stated;
    this.#agreed.push({ line: this.#line, by: person, fingerprint, seq });
    this.openPgp.push({
      line: this.#line,
      by: person,
      fingerprint,
      statement: promoteStatement(stated),
      key: base64.decode(state.signingKey.key.key),
      signature: base64.decode(signature),
    });
    return undefined;
  }

  /** A factor that nobody checked here is not called a proof. */
  #withAnswers(duty: Duty, answers: ReadonlyMap<number, OpenPgpAnswer>): Duty {
    const open = this.#agreed.some(({ line }) => answers.get(line) !== 'valid');
    return duty.id === 'second-person-authenticated' && duty.met === 'yes' && open
      ? { ...duty, met: 'not-checked' }
      : duty;
  }

  #takeScript(event: CeremonyEvent): void {
    if (event.type !== 'script.adopted') return;
    if (this.#tools.sha256(utf8.decode(canonical(event.script))) === event.hash) return;
    this.#notable.remarks.add({ kind: 'script-hash', line: this.#line });
  }

  #remember(event: CeremonyEvent): void {
    if (event.type === 'promoted') this.#outageMs = event.afterMs;
    if (event.type !== 'ceremony.opened' || this.#about !== undefined) return;
    const { id, purpose, cluster, appVersion } = event;
    this.#about = {
      record: id,
      purpose,
      cluster: cluster.name,
      kind: cluster.kind,
      appVersion,
    };
  }

  #takeSignature(value: object): RecordFault | undefined {
    this.#signatureLines += 1;
    if (this.#signatureLines > mostSignatures) return 'too-many-signatures';
    const parsed = signatureSchema.safeParse(value);
    if (!parsed.success) return isOfThisVersion(value) ? 'schema' : this.#newer();
    const signature = parsed.data;
    const { record, seq, head, at } = signature;
    if (this.#about !== undefined && record !== this.#about.record) return 'other-record';
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
    this.#rules.leaveUnchecked(this.#line);
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
    const { rules } = this.#rules;
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
