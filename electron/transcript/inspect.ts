import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { Digest } from '../../shared/ids.ts';
import { splitLines, verifyChain, type ChainFault } from '../../shared/transcript/chain.ts';
import type { Entry, Sha256 } from '../../shared/transcript/entry.ts';

/** The hash that every journal is chained with. */
export const sha256: Sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

export type Inspected<E> =
  | {
      readonly state: 'whole';
      readonly entries: readonly Entry<E>[];
      readonly head: Digest;
      /** Bytes of the good lines. */
      readonly length: number;
      /** What an interrupted write left after them; empty where nothing is torn. */
      readonly tail: Uint8Array;
    }
  | {
      readonly state: 'broken';
      /** The first bad line, counted from 1. */
      readonly line: number;
      readonly reason: ChainFault;
      readonly bytes: Uint8Array;
    };

/**
 * Tells a write that the power cut from a file that somebody changed. Only the end can be torn: bytes
 * after the last line feed, or a last line that is no JSON at all (some file systems fill what was
 * not written with zeros). Whatever else is wrong is a change.
 */
export function inspect<E>(bytes: Uint8Array, schema: z.ZodType<E>): Inspected<E> {
  const rules = { schema, sha256 };
  const { lines, rest } = splitLines(bytes);
  const length = bytes.length - rest.length;
  const chain = verifyChain(lines, rules);
  if (chain.ok) return whole(chain.entries, chain.head, bytes, length);

  const lastIsNoJson = chain.reason === 'not-json' && chain.at === lines.length;
  if (lastIsNoJson && rest.length === 0) {
    const before = verifyChain(lines.slice(0, -1), rules);
    const end = bytes.subarray(0, length - 1).lastIndexOf(0x0a) + 1;
    if (before.ok) return whole(before.entries, before.head, bytes, end);
  }
  return { state: 'broken', line: chain.at, reason: chain.reason, bytes };
}

const whole = <E>(
  entries: readonly Entry<E>[],
  head: Digest,
  bytes: Uint8Array,
  length: number,
): Inspected<E> => ({ state: 'whole', entries, head, length, tail: bytes.subarray(length) });
