import { base32nopad } from '@scure/base';
import { Trouble } from '../problem.ts';
import type { Sha256 } from '../transcript/entry.ts';
import { crc32 } from './crc32.ts';
import {
  chunkBytes,
  longestParcel,
  mostChunks,
  parcelKinds,
  type Parcel,
  type ParcelKind,
} from './parcel.ts';

/*
 * One frame is one line of text in the characters that QR codes pack best:
 *
 *   KT1/<kind>/<id>/<n>/<m>/<length>/<data>/<check>
 *
 * `KT` and the format's version; the kind's letter; 16 hex digits of SHA-256 over kind and parcel;
 * the n-th frame of a parcel of m chunks and so many bytes; the chunk in base32; CRC-32 of all before.
 *
 * Frames 1 to m are the chunks themselves. A frame beyond m is the exclusive-or of some of them, which
 * ones following from id and n: whoever missed a frame need not wait for it to come round again. Any m
 * frames, and seldom one or two more, give the parcel back (`collector.ts`).
 */

export interface Frame {
  readonly kind: ParcelKind;
  /** 16 hex digits, upper case. */
  readonly id: string;
  /** From 1; above `chunks` it is a mix. */
  readonly n: number;
  readonly chunks: number;
  /** Bytes of the whole parcel. */
  readonly length: number;
  /** `chunkBytes` of them; the last chunk is filled up with zeros. */
  readonly data: Uint8Array;
}

/** A frame's number goes no higher. */
const highestFrame = mostChunks * 4;

/**
 * The frames of a parcel: its chunks, and half as many mixes again where there is more than one.
 *
 * @throws Trouble `input.too-large` above 11,520 bytes, `input.invalid` for nothing at all.
 */
export function framesOf(parcel: Parcel, sha256: Sha256): readonly string[] {
  const { bytes, kind } = parcel;
  if (bytes.length === 0) throw new Trouble(nothingToCarry);
  if (bytes.length > longestParcel) throw new Trouble(tooMuchToCarry(bytes.length));
  const chunks = split(bytes);
  const m = chunks.length;
  const total = m === 1 ? 1 : m + Math.max(2, Math.ceil(m / 2));
  const id = parcelId(parcel, sha256);
  return Array.from({ length: total }, (_, place) => {
    const n = place + 1;
    const head = `KT1/${parcelKinds[kind]}/${id}/${n}/${m}/${bytes.length}`;
    const text = `${head}/${base32nopad.encode(mixOf(chunks, chunksIn(id, n, m)))}`;
    return `${text}/${checkOf(text)}`;
  });
}

/** One frame read from a QR code or a line; `undefined` for whatever is none, however it looks. */
export function readFrame(text: string): Frame | undefined {
  if (text.length > longestFrame) return undefined;
  const match = shape.exec(text);
  if (match === null) return undefined;
  const [, head = '', letter = '', id = '', n = '', m = '', length = '', data = '', check = ''] =
    match;
  if (checkOf(head) !== check) return undefined;
  const frame = { id, n: Number(n), chunks: Number(m), length: Number(length) };
  const kind = kindOf(letter);
  const bytes = decoded(data);
  const fits =
    frame.chunks === Math.ceil(frame.length / chunkBytes) &&
    frame.chunks <= mostChunks &&
    frame.n <= highestFrame &&
    (frame.chunks > 1 || frame.n === 1);
  return fits && kind !== undefined && bytes?.length === chunkBytes
    ? { kind, ...frame, data: bytes }
    : undefined;
}

/** Which chunks a frame is made of, as one bit a chunk. */
export function chunksIn(id: string, n: number, chunks: number): bigint {
  if (n <= chunks) return 1n << BigInt(n - 1);
  let mask = 0n;
  let seed = crc32(`${id}/${n}`) || 1;
  for (let chunk = 0; chunk < chunks; chunk += 1) {
    // xorshift32
    seed ^= seed << 13;
    seed ^= seed >>> 17;
    seed ^= seed << 5;
    if ((seed & 1) === 1) mask |= 1n << BigInt(chunk);
  }
  return mask === 0n ? 1n << BigInt(n % chunks) : mask;
}

/** The name of a parcel among others, and the proof that it was put together rightly. */
export function parcelId({ kind, bytes }: Parcel, sha256: Sha256): string {
  const named = Uint8Array.of(parcelKinds[kind].charCodeAt(0), ...bytes);
  return sha256(named).slice(0, 16).toUpperCase();
}

/** Changes `into`. */
export function mixInto(into: Uint8Array, other: Uint8Array): void {
  for (const [place, byte] of other.entries()) into[place] = (into[place] ?? 0) ^ byte;
}

const shape =
  /^(KT1\/([A-Z])\/([0-9A-F]{16})\/([1-9][0-9]{0,3})\/([1-9][0-9]{0,3})\/([1-9][0-9]{0,5})\/([A-Z2-7]{1,400}))\/([0-9A-F]{8})$/;
const longestFrame = 512;

const checkOf = (text: string): string => crc32(text).toString(16).toUpperCase().padStart(8, '0');

function split(bytes: Uint8Array): readonly Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / chunkBytes) }, (_, place) => {
    const chunk = new Uint8Array(chunkBytes);
    chunk.set(bytes.subarray(place * chunkBytes, (place + 1) * chunkBytes));
    return chunk;
  });
}

function mixOf(chunks: readonly Uint8Array[], mask: bigint): Uint8Array {
  const mix = new Uint8Array(chunkBytes);
  for (const [place, chunk] of chunks.entries())
    if ((mask >> BigInt(place)) % 2n === 1n) mixInto(mix, chunk);
  return mix;
}

function kindOf(letter: string): ParcelKind | undefined {
  switch (letter) {
    case parcelKinds.invitation:
      return 'invitation';
    case parcelKinds['sealed-share']:
      return 'sealed-share';
    case parcelKinds['pgp-message']:
      return 'pgp-message';
    case parcelKinds['handed-token']:
      return 'handed-token';
    case parcelKinds['decoded-token']:
      return 'decoded-token';
    case parcelKinds['practice-access']:
      return 'practice-access';
    default:
      return undefined;
  }
}

function decoded(text: string): Uint8Array | undefined {
  try {
    return base32nopad.decode(text);
  } catch {
    return undefined;
  }
}

const nothingToCarry = {
  code: 'input.invalid',
  known: 'There is nothing to put into a QR code.',
  safe: 'Nothing was made.',
  next: 'Go back a step and try again.',
} as const;

const tooMuchToCarry = (bytes: number) =>
  ({
    code: 'input.too-large',
    known: `This has ${bytes} bytes; QR codes and files of Keyturn carry ${longestParcel}.`,
    safe: 'Nothing was made.',
    next: 'Carry less at once: a message for one recipient, an invitation with fewer names.',
  }) as const;
