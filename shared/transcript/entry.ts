import { utf8 } from '@scure/base';
import { z } from 'zod';
import { digestSchema, instantSchema, type Digest } from '../ids.ts';
import { canonical, parseCanonical } from './canonical.ts';

/** One line of a journal: an event, when it was written down, and its place in the chain. */
export interface Entry<E> {
  readonly v: 1;
  /** 1 for the first; the same as the number of its line. */
  readonly seq: number;
  /** What this machine's clock said, UTC, with milliseconds. The chain proves order, not time. */
  readonly at: string;
  /** The hash of the entry before; 64 zeros for the first. */
  readonly prev: Digest;
  readonly event: E;
  /** SHA-256 over the canonical JSON of this entry without `hash`. */
  readonly hash: Digest;
}

/** SHA-256 in lower-case hex. Given from outside: this folder does no cryptography of its own. */
export type Sha256 = (bytes: Uint8Array) => string;

/** What the first entry has for `prev`. */
export const genesis: Digest = digestSchema.parse('0'.repeat(64));

export type LineFault = 'not-json' | 'not-canonical' | 'schema' | 'hash';

export type ParsedLine<E> =
  | { readonly ok: true; readonly entry: Entry<E> }
  | { readonly ok: false; readonly reason: LineFault };

/**
 * The line that puts an event on the record, without its line feed.
 *
 * @throws TypeError when the event is not JSON (see `canonical`).
 */
export function sealEntry(
  content: {
    readonly seq: number;
    readonly at: string;
    readonly prev: Digest;
    readonly event: unknown;
  },
  sha256: Sha256,
): string {
  const { seq, at, prev, event } = content;
  const body = { v: 1, seq, at, prev, event };
  return canonical({ ...body, hash: hashOf(body, sha256) });
}

/** An entry as its line again, for a chain that was read from elsewhere. */
export const lineOf = (entry: Entry<unknown>): string => canonical(entry);

/**
 * What every version of the format keeps: enough to check the chain without knowing what happened.
 * `event` is there from the first version on; a version above 1 may hold more.
 */
export interface Seal {
  readonly v: number;
  readonly seq: number;
  readonly at: string;
  readonly prev: Digest;
  readonly hash: Digest;
  readonly event?: unknown;
}

export type ReadSeal =
  | { readonly ok: true; readonly seal: Seal }
  | { readonly ok: false; readonly reason: 'schema' | 'hash' };

const place = {
  seq: z.int().min(1),
  at: instantSchema,
  prev: digestSchema,
  hash: digestSchema,
};
const thisVersion = z.strictObject({ v: z.literal(1), ...place, event: z.unknown() });
const newerVersion = z.looseObject({ v: z.int().min(2), ...place });

/** Checks the hash of a line that was read with `parseCanonical`, whatever version wrote it. */
export function readSeal(value: unknown, sha256: Sha256): ReadSeal {
  const current = thisVersion.safeParse(value);
  const seal = current.success ? current : newerVersion.safeParse(value);
  if (!seal.success) return { ok: false, reason: 'schema' };
  const { hash, ...body } = seal.data;
  return hashOf(body, sha256) === hash
    ? { ok: true, seal: seal.data }
    : { ok: false, reason: 'hash' };
}

/**
 * Reads one line and checks it as far as one line can be checked: the place in the chain is
 * `verifyChain`'s to judge.
 */
export function parseLine<E>(line: string, schema: z.ZodType<E>, sha256: Sha256): ParsedLine<E> {
  const parsed = parseCanonical(line);
  if (!parsed.ok) return parsed;
  const read = readSeal(parsed.value, sha256);
  if (!read.ok) return read;
  const { v, seq, at, prev, hash } = read.seal;
  if (v !== 1) return { ok: false, reason: 'schema' };
  const event = schema.safeParse(read.seal.event);
  if (!event.success) return { ok: false, reason: 'schema' };
  return { ok: true, entry: { v, seq, at, prev, event: event.data, hash } };
}

const hashOf = (body: object, sha256: Sha256): Digest =>
  digestSchema.parse(sha256(utf8.decode(canonical(body))));
