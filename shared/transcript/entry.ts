import { utf8 } from '@scure/base';
import { z } from 'zod';
import { digestSchema, instantSchema, type Digest } from '../ids.ts';
import { canonical } from './canonical.ts';

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

const envelopeSchema = z.strictObject({
  v: z.literal(1),
  seq: z.int().min(1),
  at: instantSchema,
  prev: digestSchema,
  event: z.unknown(),
  hash: digestSchema,
});

/**
 * Reads one line and checks it as far as one line can be checked: the place in the chain is
 * `verifyChain`'s to judge. A line must *be* its canonical form, which also refuses a key that
 * stands twice.
 */
export function parseLine<E>(line: string, schema: z.ZodType<E>, sha256: Sha256): ParsedLine<E> {
  const raw = parseJson(line);
  if (raw === undefined) return { ok: false, reason: 'not-json' };
  if (canonicalOf(raw) !== line) return { ok: false, reason: 'not-canonical' };
  const envelope = envelopeSchema.safeParse(raw);
  if (!envelope.success) return { ok: false, reason: 'schema' };
  const { hash, ...body } = envelope.data;
  if (hashOf(body, sha256) !== hash) return { ok: false, reason: 'hash' };
  const event = schema.safeParse(body.event);
  if (!event.success) return { ok: false, reason: 'schema' };
  return { ok: true, entry: { ...body, event: event.data, hash } };
}

const hashOf = (body: object, sha256: Sha256): Digest =>
  digestSchema.parse(sha256(utf8.decode(canonical(body))));

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function canonicalOf(value: unknown): string | undefined {
  try {
    return canonical(value);
  } catch {
    return undefined;
  }
}
