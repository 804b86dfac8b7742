import { Trouble, type Problem } from '../problem.ts';
import type { Sha256 } from '../transcript/entry.ts';
import { chunksIn, mixInto, parcelId, readFrame, type Frame } from './frames.ts';
import { chunkBytes, parcelNames, type Parcel, type ParcelKind } from './parcel.ts';

export type Collected =
  | { readonly done: false; readonly have: number; readonly need: number }
  | { readonly done: true; readonly parcel: Parcel };

/**
 * Puts a parcel together from its frames, in whatever order they are seen and however often. It holds
 * one sequence at a time: a frame of another is refused and changes nothing.
 */
export class Collector {
  readonly #sha256: Sha256;
  readonly #wanted: ParcelKind;
  #first: Frame | undefined;
  /** Solved as they come: each row has a chunk of its own that no other row has. */
  #rows: { mask: bigint; readonly data: Uint8Array }[] = [];

  constructor(wanted: ParcelKind, sha256: Sha256) {
    this.#wanted = wanted;
    this.#sha256 = sha256;
  }

  /**
   * @param text what one QR code or one line says.
   * @throws Trouble `input.invalid` for what is no frame, is of another kind or of another sequence, and
   *   for a sequence that does not add up: then the collector is empty again.
   */
  take(text: string): Collected {
    const frame = readFrame(text.trim());
    if (frame === undefined) throw new Trouble(notOurs);
    if (frame.kind !== this.#wanted) throw new Trouble(otherKind(frame.kind, this.#wanted));
    this.#first ??= frame;
    if (!sameSequence(this.#first, frame)) throw new Trouble(mixed);
    this.#add(chunksIn(frame.id, frame.n, frame.chunks), frame.data.slice());
    const need = frame.chunks;
    if (this.#rows.length < need) return { done: false, have: this.#rows.length, need };
    return { done: true, parcel: this.#whole(frame) };
  }

  /** Gauss and Jordan over GF(2): a row that says nothing new vanishes. */
  #add(mask: bigint, data: Uint8Array): void {
    let left = mask;
    for (const row of this.#rows) {
      if ((left & lowest(row.mask)) === 0n) continue;
      left ^= row.mask;
      mixInto(data, row.data);
    }
    if (left === 0n) return;
    for (const row of this.#rows) {
      if ((row.mask & lowest(left)) === 0n) continue;
      row.mask ^= left;
      mixInto(row.data, data);
    }
    this.#rows.push({ mask: left, data });
  }

  #whole({ kind, id, chunks, length }: Frame): Parcel {
    const padded = new Uint8Array(chunks * chunkBytes);
    for (const { mask, data } of this.#rows)
      padded.set(data, (lowest(mask).toString(2).length - 1) * chunkBytes);
    const parcel = { kind, bytes: padded.slice(0, length) };
    const rest = padded.subarray(length);
    this.#first = undefined;
    this.#rows = [];
    if (parcelId(parcel, this.#sha256) === id && rest.every((byte) => byte === 0)) return parcel;
    throw new Trouble(doesNotAddUp);
  }
}

const lowest = (mask: bigint): bigint => mask & -mask;

const sameSequence = (one: Frame, other: Frame): boolean =>
  one.id === other.id && one.chunks === other.chunks && one.length === other.length;

const notOurs: Problem = {
  code: 'input.invalid',
  known: 'This is not a QR code or a file of Keyturn, or it is torn.',
  safe: 'Nothing of it was kept.',
  next: 'Show the code again, larger and without glare, or choose the file that Keyturn wrote.',
};

const otherKind = (found: ParcelKind, wanted: ParcelKind): Problem => ({
  code: 'input.invalid',
  known: `This is ${parcelNames[found]}; ${parcelNames[wanted]} is wanted here.`,
  safe: 'Nothing of it was kept.',
  next: `Show ${parcelNames[wanted]}, or close this window and open the step that is meant.`,
});

const mixed: Problem = {
  code: 'input.invalid',
  known: 'This code belongs to another sequence than the codes before it.',
  safe: 'It was left out; the codes before it still count.',
  next: 'Show one sequence only. To read the new one instead, begin again.',
};

const doesNotAddUp: Problem = {
  code: 'input.invalid',
  known: 'All parts are there, and together they do not give what they claim to be.',
  safe: 'They were thrown away.',
  next: 'Read the whole sequence again. If it happens twice, have it made again.',
};
