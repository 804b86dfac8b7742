import type { SecretKind } from '../../shared/secret.ts';
import { essenceOf, type KnownSecret } from './essence.ts';
import { formsOf } from './forms.ts';
import { lookAlike } from './look-alike.ts';

/** Something that was written, kept or said, and where. */
export interface Place {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Read off a picture: characters that look alike are taken for one. */
  readonly read?: true;
}

export interface Hit {
  readonly place: string;
  readonly kind: SecretKind;
  readonly form: string;
  /** Where in the place; of a split value, where it would be without what splits it. */
  readonly at: number;
}

interface Needle {
  readonly kind: SecretKind;
  readonly form: string;
  readonly bytes: Uint8Array;
}

/**
 * Looks for secrets, whole or in part, in every form of `formsOf`: a dozen characters in a row are
 * enough, so what was cut off, wrapped at a column or put inside something longer is found too.
 */
export class Search {
  readonly #needles = new Needles();
  readonly #seen: { readonly kind: SecretKind; readonly text: string }[] = [];
  /** What is searched for, by kind: each value once. */
  readonly counts = new Map<SecretKind, number>();

  private constructor() {}

  static async for(known: readonly KnownSecret[]): Promise<Search> {
    const search = new Search();
    const done = new Set<string>();
    for (const secret of known) {
      const bytes = await essenceOf(secret);
      const fresh = bytes.filter((one) => !done.has(Buffer.from(one).toString('hex')));
      if (fresh.length > 0)
        search.counts.set(secret.kind, (search.counts.get(secret.kind) ?? 0) + 1);
      for (const one of fresh) search.#add(secret.kind, one, done);
    }
    return search;
  }

  /** How many byte strings are looked for. */
  get needles(): number {
    return this.#needles.size;
  }

  in(place: Place): readonly Hit[] {
    const { name, bytes } = place;
    if (place.read) return this.#inPicture(place);
    const found = [
      ...this.#needles.in(Buffer.from(name)).map((needle) => ({ ...needle, how: ', as a name' })),
      ...this.#needles.in(bytes).map((needle) => ({ ...needle, how: '' })),
      ...this.#needles.in(squeezed(bytes)).map((needle) => ({ ...needle, how: ', split' })),
    ];
    const hits = found.map(({ kind, form, at, how }) => ({
      place: name,
      kind,
      form: `${form}${how}`,
      at,
    }));
    return distinct(hits);
  }

  #inPicture({ name, bytes }: Place): readonly Hit[] {
    const read = lookAlike(Buffer.from(bytes).toString('utf8'));
    return distinct(
      this.#seen.flatMap(({ kind, text }) => {
        for (let start = 0; start + shortestRead <= text.length; start += 1) {
          const at = read.indexOf(text.slice(start, start + shortestRead));
          if (at !== -1) return [{ place: name, kind, form: 'as a picture', at }];
        }
        return [];
      }),
    );
  }

  #add(kind: SecretKind, bytes: Uint8Array, done: Set<string>): void {
    done.add(Buffer.from(bytes).toString('hex'));
    for (const { name, bytes: written, window } of formsOf(bytes)) {
      for (let start = 0; start + window <= written.length; start += 1)
        this.#needles.add({ kind, form: name, bytes: written.subarray(start, start + window) });
      if (['plain', 'hex', 'base64'].includes(name))
        this.#seen.push({ kind, text: lookAlike(Buffer.from(written).toString('latin1')) });
    }
  }
}

/** Characters in a row, after those that look alike became one. */
const shortestRead = 10;

/** One for each place, kind and form: a value of fifty characters has dozens of windows. */
function distinct(hits: readonly Hit[]): readonly Hit[] {
  const first = new Map<string, Hit>();
  for (const hit of hits) {
    const key = `${hit.place} ${hit.kind} ${hit.form}`;
    if (!first.has(key)) first.set(key, hit);
  }
  return [...first.values()];
}

/**
 * Without what may stand between the pieces of one value: white space, quotes, commas, and line ends
 * that JSON wrote as two characters.
 */
function squeezed(bytes: Uint8Array): Uint8Array {
  const kept = Buffer.allocUnsafe(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === backslash && isLineEnd(bytes[at + 1])) at += 1;
    else if (byte > 0x20 && !splitting.has(byte)) {
      kept[length] = byte;
      length += 1;
    }
  }
  return kept.subarray(0, length);
}

const backslash = 0x5c;
const isLineEnd = (byte: number | undefined): boolean =>
  byte === 0x6e || byte === 0x72 || byte === 0x74;
const splitting = new Set(Buffer.from('"\',\\'));

/** Many byte strings looked for in one pass: a bit for the first four bytes, then the list behind it. */
class Needles {
  readonly #bits = new Uint8Array(1 << 19);
  readonly #byStart = new Map<number, Needle[]>();
  size = 0;

  add(needle: Needle): void {
    const start = startOf(needle.bytes, 0);
    const slot = slotOf(start);
    this.#bits[slot >> 3] = (this.#bits[slot >> 3] ?? 0) | (1 << (slot & 7));
    this.#byStart.set(start, [...(this.#byStart.get(start) ?? []), needle]);
    this.size += 1;
  }

  /** The first place of each kind and form. */
  in(haystack: Uint8Array): (Needle & { readonly at: number })[] {
    const found = new Map<string, Needle & { readonly at: number }>();
    for (let at = 0; at + 4 <= haystack.length; at += 1) {
      const start = startOf(haystack, at);
      const slot = slotOf(start);
      if (((this.#bits[slot >> 3] ?? 0) & (1 << (slot & 7))) === 0) continue;
      for (const needle of this.#byStart.get(start) ?? []) {
        const key = `${needle.kind} ${needle.form}`;
        if (!found.has(key) && standsAt(haystack, at, needle.bytes))
          found.set(key, { ...needle, at });
      }
    }
    return [...found.values()];
  }
}

const startOf = (bytes: Uint8Array, at: number): number =>
  ((bytes[at] ?? 0) |
    ((bytes[at + 1] ?? 0) << 8) |
    ((bytes[at + 2] ?? 0) << 16) |
    ((bytes[at + 3] ?? 0) << 24)) >>>
  0;

/** One of 2²² places for four bytes. */
const slotOf = (start: number): number => (Math.imul(start, 0x9e3779b1) >>> 10) & 0x3fffff;

function standsAt(haystack: Uint8Array, at: number, needle: Uint8Array): boolean {
  if (at + needle.length > haystack.length) return false;
  for (let offset = 0; offset < needle.length; offset += 1)
    if (haystack[at + offset] !== needle[offset]) return false;
  return true;
}
