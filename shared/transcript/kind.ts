import type { z } from 'zod';
import type { Digest } from '../ids.ts';
import type { Script } from '../script/schema.ts';
import type { Duty } from './duties.ts';
import type { Listed } from './listed.ts';
import type { RecordReport } from './report.ts';
import type { ScriptReport } from './script-watch.ts';
import { RulesWatch, type Deviation, type RecordRules, type Rules, type Stands } from './rules.ts';

/** What an event says that every kind of record may say, for the verifier's lists. */
export type Noted =
  { readonly kind: 'note' } | { readonly kind: 'interruption'; readonly what: string };

/** What somebody agreed to inside an event, by an OpenPGP signature that is still to be checked. */
export interface Agreement {
  readonly by: string;
  readonly fingerprint: string;
  /** The line whose head was signed. */
  readonly seq: number;
  readonly statement: Uint8Array;
  readonly key: Uint8Array;
  readonly signature: Uint8Array;
}

/** A script that a record takes up, and the hash it states of it. */
export interface Adopted {
  readonly script: Script;
  readonly hash: Digest;
}

/** The head that a line of the record left. */
export type HeadOf = (line: number) => Digest | undefined;

/** Holds a record against the script it adopted. */
export interface ScriptJudge<E, S> {
  take(event: E, state: S | undefined): void;
  result(): ScriptReport | undefined;
}

/** Watches an event list for one rule or another; a kind may have one. */
export interface DutyJudge<E> {
  take(line: number, event: E): void;
  result(): readonly Duty[];
}

/**
 * One kind of record, as the verifier knows it: what its lines may say, which may follow which, and
 * where it stands at its end. `E` is any of its events, `S` what they add up to.
 */
export interface RecordKind<E, S extends Stands> extends RecordRules<E, S> {
  /** The type of its first event, by which a file says of which kind it is. */
  readonly opening: string;
  readonly schema: z.ZodType<E>;
  /** What the opening says of the record; `undefined` for every other event. */
  about(event: E): RecordReport['about'];
  /** How it ended, as one word; `undefined` while it has not. */
  outcome(state: S): string | undefined;
  noted(event: E): Noted | undefined;
  /** For `promoted`: how long Vault was away, in milliseconds. */
  outageMs?(event: E): number | undefined;
  duties?(): DutyJudge<E>;
  script?(): ScriptJudge<E, S>;
  adopted?(event: E): Adopted | undefined;
  /** @param state before the event. `signature-head`: it names a head that this record never had. */
  agreement?(
    event: E,
    state: S | undefined,
    headOf: HeadOf,
  ): Agreement | 'signature-head' | undefined;
}

/** What one event gave the verifier beside the rules. */
export interface Taken {
  readonly noted: Noted | undefined;
  readonly agreement: Agreement | 'signature-head' | undefined;
  readonly adopted: Adopted | undefined;
}

/** Reads the events of one record in order. Every kind looks the same from here. */
export interface KindReader {
  readonly rules: Rules;
  readonly about: RecordReport['about'];
  readonly outcome: string | undefined;
  readonly outageMs: number | undefined;
  readonly deviations: Listed<Deviation>;
  readonly openItems: Listed<string>;
  readonly duties: readonly Duty[];
  /** `undefined` where there is none. */
  readonly script: ScriptReport | undefined;
  /** What the event says that goes into a list, or `unknown`: this version has no such event. */
  take(line: number, at: string, event: unknown, headOf: HeadOf): Taken | 'unknown';
  /** From here on the record speaks of things that are not known here. */
  leaveUnchecked(from: number): void;
}

/** A kind as the list of all kinds holds it: what its events and its state are stays inside. */
export interface AnyKind {
  readonly opening: string;
  reader(): KindReader;
}

/** @returns the kind with its types closed over. */
export const anyKind = <E, S extends Stands>(kind: RecordKind<E, S>): AnyKind => ({
  opening: kind.opening,
  reader: () => new Reader(kind),
});

class Reader<E, S extends Stands> implements KindReader {
  readonly #kind: RecordKind<E, S>;
  readonly #rules: RulesWatch<E, S>;
  readonly #duties: DutyJudge<E> | undefined;
  readonly #script: ScriptJudge<E, S> | undefined;
  about: RecordReport['about'];
  outageMs: number | undefined;

  constructor(kind: RecordKind<E, S>) {
    this.#kind = kind;
    this.#rules = new RulesWatch(kind);
    this.#duties = kind.duties?.();
    this.#script = kind.script?.();
  }

  get rules(): Rules {
    return this.#rules.rules;
  }

  get outcome(): string | undefined {
    const { state } = this.#rules;
    return state === undefined ? undefined : this.#kind.outcome(state);
  }

  get deviations(): Listed<Deviation> {
    return this.#rules.deviations.listed();
  }

  get openItems(): Listed<string> {
    return this.#rules.openItems();
  }

  get duties(): readonly Duty[] {
    return this.#duties?.result() ?? [];
  }

  get script(): ScriptReport | undefined {
    return this.#script?.result();
  }

  take(line: number, at: string, event: unknown, headOf: HeadOf): Taken | 'unknown' {
    const known = this.#kind.schema.safeParse(event);
    if (!known.success) return 'unknown';
    const agreement = this.#kind.agreement?.(known.data, this.#rules.state, headOf);
    this.#rules.take(line, at, known.data);
    this.#duties?.take(line, known.data);
    this.#script?.take(known.data, this.#rules.state);
    this.about ??= this.#kind.about(known.data);
    this.outageMs = this.#kind.outageMs?.(known.data) ?? this.outageMs;
    return {
      noted: this.#kind.noted(known.data),
      agreement,
      adopted: this.#kind.adopted?.(known.data),
    };
  }

  leaveUnchecked(from: number): void {
    this.#rules.leaveUnchecked(from);
  }
}
