import { utf8 } from '@scure/base';
import type { z } from 'zod';
import type { Digest } from '../ids.ts';
import { genesis, parseLine, type Entry, type LineFault, type Sha256 } from './entry.ts';

/**
 * - `torn`: the last line has no line feed, as after a power cut;
 * - `not-json`, `not-canonical` (a key twice, other spacing), `schema`, `hash`: the line itself;
 * - `prev`, `seq`: the line is whole, but does not follow the one before;
 * - `head`: every line is whole, but the chain does not end where it is known to end.
 */
export type ChainFault = LineFault | 'torn' | 'prev' | 'seq' | 'head';

export type VerifiedChain<E> =
  | { readonly ok: true; readonly entries: readonly Entry<E>[]; readonly head: Digest }
  | {
      readonly ok: false;
      /** The line, counted from 1. */
      readonly at: number;
      readonly reason: ChainFault;
      /** The entries before it, all of them good. */
      readonly entries: readonly Entry<E>[];
    };

export interface ChainRules<E> {
  readonly schema: z.ZodType<E>;
  readonly sha256: Sha256;
  /**
   * The hash the chain is known to end with. Lines cut off at the end leave a shorter chain that is
   * whole in itself: only this tells.
   */
  readonly head?: Digest;
}

/** Checks every line and its place in the chain; stops at the first that is wrong. */
export function verifyChain<E>(lines: readonly string[], rules: ChainRules<E>): VerifiedChain<E> {
  const entries: Entry<E>[] = [];
  let head = genesis;
  for (const [index, line] of lines.entries()) {
    const broken = (reason: ChainFault): VerifiedChain<E> => ({
      ok: false,
      at: index + 1,
      reason,
      entries,
    });
    const parsed = parseLine(line, rules.schema, rules.sha256);
    if (!parsed.ok) return broken(parsed.reason);
    if (parsed.entry.seq !== index + 1) return broken('seq');
    if (parsed.entry.prev !== head) return broken('prev');
    entries.push(parsed.entry);
    head = parsed.entry.hash;
  }
  if (rules.head !== undefined && rules.head !== head) {
    return { ok: false, at: lines.length + 1, reason: 'head', entries };
  }
  return { ok: true, entries, head };
}

/** The same for a file's bytes: UTF-8 without exception, each line ended by one line feed. */
export function verifyFile<E>(bytes: Uint8Array, rules: ChainRules<E>): VerifiedChain<E> {
  const { lines, rest } = splitLines(bytes);
  if (rest.length === 0) return verifyChain(lines, rules);
  const whole = verifyChain(lines, { schema: rules.schema, sha256: rules.sha256 });
  if (!whole.ok) return whole;
  return { ok: false, at: lines.length + 1, reason: 'torn', entries: whole.entries };
}

/**
 * A file's whole lines, and the bytes after the last line feed. A line that is not UTF-8 becomes
 * an empty one, which no check lets pass: replacement characters could hide an edit.
 */
export function splitLines(bytes: Uint8Array): {
  readonly lines: readonly string[];
  readonly rest: Uint8Array;
} {
  const lines: string[] = [];
  let start = 0;
  for (let end = bytes.indexOf(lineFeed); end !== -1; end = bytes.indexOf(lineFeed, start)) {
    lines.push(strictText(bytes.subarray(start, end)));
    start = end + 1;
  }
  return { lines, rest: bytes.subarray(start) };
}

const lineFeed = 0x0a;

function strictText(bytes: Uint8Array): string {
  try {
    return utf8.encode(bytes);
  } catch {
    return '';
  }
}
