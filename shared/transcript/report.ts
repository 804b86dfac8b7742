import type { Digest } from '../ids.ts';
import type { ChainFault } from './chain.ts';
import type { Duty } from './duties.ts';
import type { Listed } from './listed.ts';
import type { Deviation, Rules } from './rules.ts';
import type { ScriptReport } from './script-watch.ts';

/**
 * Beside what is wrong with one line of a chain:
 * - `empty`: no event at all;
 * - `not-utf8`, `line-too-long`: the line is no text, or longer than any line the app writes;
 * - `after-signature`: an event stands behind a signature line;
 * - `signature`: it does not fit its key and its line;
 * - `signature-beyond`: it covers more events than there are: the end was cut off;
 * - `signature-head`, `other-record`: it was made over another record.
 */
export type RecordFault =
  | ChainFault
  | 'empty'
  | 'not-utf8'
  | 'line-too-long'
  | 'after-signature'
  | 'signature'
  | 'signature-beyond'
  | 'signature-head'
  | 'other-record'
  | 'too-many-signatures';

/** What is to be said of a record in one word; `accepted` says which of them are good. */
export type Verdict =
  /** Signed by a key, or ending in a head, that the verifier was given; and nothing to remark. */
  | { readonly kind: 'intact' }
  /** The same, and something in it could mislead: a clock that went back, characters that are not seen. */
  | { readonly kind: 'unchanged-with-remarks' }
  /** Consistent in itself; neither fingerprint nor head was given, so anybody may have made it. */
  | { readonly kind: 'consistent-origin-unknown' }
  /** A given anchor covers the first entries only. */
  | { readonly kind: 'partly-covered'; readonly covered: number }
  | { readonly kind: 'signed-by-another-key'; readonly wanted: string }
  | { readonly kind: 'not-signed'; readonly wanted: string }
  /** The given key's signature is there, and only OpenPGP can check it. */
  | { readonly kind: 'not-checked-here'; readonly line: number }
  | { readonly kind: 'head-not-found'; readonly wanted: string }
  /** Unchanged, and yet nothing could have gone like this. */
  | { readonly kind: 'rules-broken'; readonly line: number; readonly reason: string }
  /** The chain was checked; what it means, or a signature, is for a newer verifier. */
  | { readonly kind: 'newer-version'; readonly line: number }
  | { readonly kind: 'broken'; readonly line: number; readonly reason: RecordFault };

export type OpenPgpAnswer = 'valid' | 'invalid';

export interface SignatureReport {
  readonly line: number;
  readonly kind: 'ed25519' | 'openpgp';
  readonly by: string | undefined;
  readonly fingerprint: string;
  readonly words: readonly string[];
  readonly at: string;
  /** The first so many entries. */
  readonly covers: number;
  readonly state: 'valid' | 'not-checked';
  /** Its fingerprint is one that the verifier was given. */
  readonly given: boolean;
}

/** A second person's OpenPGP signature at Promote. */
export interface AgreedReport {
  /** The line of `promote.intended`. */
  readonly line: number;
  readonly by: string;
  readonly fingerprint: string;
  readonly words: readonly string[];
  /** The line whose head was signed. */
  readonly seq: number;
  readonly state: 'valid' | 'not-checked';
}

/** Something in the record that could mislead who reads it. */
export type Remark =
  | {
      readonly kind: 'clock-back';
      readonly line: number;
      readonly from: string;
      readonly to: string;
    }
  /** The script on this line does not have the hash that stands beside it. */
  | { readonly kind: 'script-hash'; readonly line: number }
  | {
      readonly kind: 'unseen-characters' | 'markup';
      readonly line: number;
      /** Where in the event, as `roster.holders.1`. */
      readonly field: string;
    };

export interface Gap {
  /** The line after the silence. */
  readonly line: number;
  readonly from: string;
  readonly to: string;
  readonly ms: number;
}

export interface Interruption {
  readonly line: number;
  readonly at: string;
  readonly what: string;
}

/** All that a record says for itself, and all that can be said against it. */
export interface RecordReport {
  readonly verdict: Verdict;
  readonly about:
    | {
        readonly record: string;
        readonly purpose: string;
        readonly cluster: string;
        readonly kind: 'real' | 'practice';
        readonly appVersion: string;
      }
    | undefined;
  readonly entries: number;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly head: Digest | undefined;
  /** The first eight words of the head, as the witness writes them down. */
  readonly headWords: readonly string[];
  /** How it ended; `undefined` while it has not. */
  readonly outcome: string | undefined;
  /** From the moment promote was sent until the new primary answered, in milliseconds. */
  readonly outageMs: number | undefined;
  readonly signatures: readonly SignatureReport[];
  /** Signatures over the head with which a second person agreed to Promote. */
  readonly agreed: readonly AgreedReport[];
  /** The first so many entries are under a checked signature, whoever's it is. */
  readonly signed: number;
  /** The first so many entries are under a signature or head that the verifier was given. */
  readonly covered: number;
  readonly rules: Rules;
  readonly duties: readonly Duty[];
  /** How far the script was followed; `undefined` where none was adopted. */
  readonly script: ScriptReport | undefined;
  readonly remarks: Listed<Remark>;
  readonly gaps: Listed<Gap>;
  readonly deviations: Listed<Deviation>;
  readonly openItems: Listed<string>;
  readonly interruptions: Listed<Interruption>;
  readonly notes: number;
}

/** Whether nothing was found against the record; `consistent-origin-unknown` is no more than that. */
export function accepted(verdict: Verdict): boolean {
  switch (verdict.kind) {
    case 'intact':
    case 'unchanged-with-remarks':
    case 'consistent-origin-unknown':
      return true;
    case 'partly-covered':
    case 'signed-by-another-key':
    case 'not-signed':
    case 'not-checked-here':
    case 'head-not-found':
    case 'rules-broken':
    case 'newer-version':
    case 'broken':
      return false;
  }
}
