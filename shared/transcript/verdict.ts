import type { RecordFault, SignatureReport, Verdict } from './report.ts';
import type { Rules } from './rules.ts';
import type { Trust } from './trust.ts';

/** What was found of a record, and what the verifier was given to compare it with. */
export interface Found {
  readonly fault: { readonly line: number; readonly reason: RecordFault } | undefined;
  /** The first line of a version that is not known here. */
  readonly newerFrom: number | undefined;
  readonly rules: Rules;
  readonly entries: number;
  /** So many events are covered by what was given. */
  readonly covered: number;
  readonly signatures: readonly SignatureReport[];
  /** The given heads that an event has. */
  readonly headsFound: ReadonlyMap<string, number>;
  readonly remarks: number;
}

/** The one word for a record; the worst that is true of it comes first. */
export function verdictOf(found: Found, trust: Trust): Verdict {
  const { fault, newerFrom, rules, entries, covered, remarks } = found;
  if (fault !== undefined) return { kind: 'broken', ...fault };
  if (newerFrom !== undefined) return { kind: 'newer-version', line: newerFrom };
  if (rules.kind === 'broken')
    return { kind: 'rules-broken', line: rules.line, reason: rules.reason };
  const missing = missingIn(found, trust);
  if (missing !== undefined) return missing;
  if (trust.fingerprints.length + trust.heads.length === 0)
    return { kind: 'consistent-origin-unknown' };
  if (covered < entries) return { kind: 'partly-covered', covered };
  return { kind: remarks === 0 ? 'intact' : 'unchanged-with-remarks' };
}

/** The first thing the verifier was given that the record does not answer to. */
function missingIn({ signatures, headsFound }: Found, trust: Trust): Verdict | undefined {
  for (const wanted of trust.fingerprints) {
    const theirs = signatures.filter(({ fingerprint }) => fingerprint === wanted);
    if (theirs.some(({ state }) => state === 'valid')) continue;
    const [unchecked] = theirs;
    if (unchecked !== undefined) return { kind: 'not-checked-here', line: unchecked.line };
    return { kind: signatures.length === 0 ? 'not-signed' : 'signed-by-another-key', wanted };
  }
  const wanted = trust.heads.find((head) => !headsFound.has(head));
  return wanted === undefined ? undefined : { kind: 'head-not-found', wanted };
}

/** So many events from the first one on are covered by these signatures. */
export const furthest = (signatures: readonly SignatureReport[]): number =>
  Math.max(0, ...signatures.map(({ covers }) => covers));
