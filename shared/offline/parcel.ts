/*
 * A parcel is what travels between laptops without a network: some bytes of a named kind, carried as
 * frames (`frames.ts`), one frame a QR code or one frame a line of a file. Nothing in a parcel is a
 * secret in clear: it is signed, or it is encrypted to somebody. Only what belongs to practice clusters
 * is neither: it ends with them.
 */

/** What may be carried. The letter stands in the frame. */
export const parcelKinds = {
  invitation: 'I',
  'sealed-share': 'S',
  'pgp-message': 'P',
  'handed-token': 'T',
  'decoded-token': 'D',
  'practice-access': 'A',
} as const;
export type ParcelKind = keyof typeof parcelKinds;

export interface Parcel {
  readonly kind: ParcelKind;
  readonly bytes: Uint8Array;
}

/** What a parcel is called in a sentence. */
export const parcelNames: Readonly<Record<ParcelKind, string>> = {
  invitation: 'an invitation',
  'sealed-share': 'a sealed share',
  'pgp-message': 'an encrypted message',
  'handed-token': 'a handed-back token',
  'decoded-token': 'a sealed token',
  'practice-access': 'the access to a practice',
};

/** Bytes in one frame: a QR code of this size is still read from a screen at arm's length. */
export const chunkBytes = 180;

/** A parcel has at most so many chunks; more is not something of ours. */
export const mostChunks = 64;
export const longestParcel = chunkBytes * mostChunks;
