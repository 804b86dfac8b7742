import { z } from 'zod';
import { ceremonyIdSchema, digestSchema, instantSchema, personSchema } from '../ids.ts';
import { invitationSchema } from '../offline/invitation.ts';
import { openedSchema } from '../part/events.ts';
import { bannerSchema, nothing, ofCeremony } from './common.ts';
import { call } from './define.ts';

/** What the scanning page is opened for; the page itself cannot choose. */
export const scanPurposeSchema = z.discriminatedUnion('kind', [
  /** At the desk: an invitation that somebody shows or brought. */
  z.strictObject({ kind: z.literal('invitation') }),
  /** On a holder's laptop: the same, to be followed from there. */
  z.strictObject({ kind: z.literal('holder-invitation') }),
  /** At the desk: a token that is encrypted to a person's key, as codes. */
  z.strictObject({ kind: z.literal('encrypted-token') }),
  /** At the desk: is this sealed share good, and can this laptop open it? It is not sent. */
  z.strictObject({ kind: z.literal('check-sealed-share') }),
  /** In a ceremony: a holder's sealed share, which is opened and given to Vault. */
  z.strictObject({ kind: z.literal('sealed-share'), id: ceremonyIdSchema }),
  /** In a ceremony: the encoded token, from the laptop on which the last share landed. */
  z.strictObject({ kind: z.literal('handed-token'), id: ceremonyIdSchema }),
  /** In a ceremony: the token, decoded on another laptop. */
  z.strictObject({ kind: z.literal('decoded-token'), id: ceremonyIdSchema }),
  /** The way to practice clusters of another Keyturn on this machine. */
  z.strictObject({ kind: z.literal('practice-access') }),
]);
export type ScanPurpose = z.infer<typeof scanPurposeSchema>;

/** The page that reads QR codes, and files that Keyturn wrote. The only one that may use a camera. */
export const scan = {
  calls: {
    'scan.context': call(
      nothing,
      z.strictObject({
        banner: bannerSchema,
        what: z.enum([
          'an invitation',
          'an encrypted token',
          'a sealed share',
          'an encoded token',
          'a decoded token',
          'the access to a practice',
        ]),
      }),
    ),
    /** What codes or lines say, in whatever order. Refused where none of them is new or ours. */
    'scan.take': call(
      z.strictObject({ texts: z.array(z.string().max(2000)).min(1).max(300) }),
      z.discriminatedUnion('state', [
        z.strictObject({ state: z.literal('more'), have: z.int(), need: z.int() }),
        z.strictObject({ state: z.literal('done'), says: z.string() }),
      ]),
    ),
    /** Forgets what was read so far. */
    'scan.again': call(nothing, nothing),
    'scan.close': call(nothing, nothing),
  },
  pushes: {},
} as const;

export const parcelName = z.string().regex(/^[0-9a-f]{16}$/);

export const signerSchema = z.strictObject({
  fingerprint: digestSchema,
  words: z.array(z.string()),
});

/** What the offline desk has before it. No secret: a token or an OTP is "there" or not. */
export const deskViewSchema = z.strictObject({
  invitation: z
    .strictObject({
      read: invitationSchema.omit({ sealTo: true, key: true }),
      words: z.array(z.string()),
      signer: signerSchema,
      /** Who vouched for the signer here, where it was by voice. */
      knownBy: z.string().optional(),
      verdict: z.enum(['good', 'signer-unknown', 'refused']),
      says: z.array(z.string()),
    })
    .optional(),
  /** The share that was sealed to it: ready to be shown or saved. */
  sealed: z.strictObject({ holder: z.string(), parcel: parcelName }).optional(),
  /** What a sealed share says that was checked here. */
  checked: z.strictObject({ holder: z.string(), ceremony: ceremonyIdSchema }).optional(),
  opening: z.strictObject({
    /** What was entered and is not opened yet; `encrypted`: a key opens it, not an OTP. */
    entered: z.strictObject({ what: openedSchema, encrypted: z.boolean() }).optional(),
    otp: z.boolean(),
    /** Opened, in memory; what looks unusual about it is mostly empty. */
    opened: z.strictObject({ what: openedSchema, doubts: z.array(z.string()) }).optional(),
  }),
  /** An OTP made here, by its length. */
  newOtp: z.int().optional(),
});
export type DeskView = z.infer<typeof deskViewSchema>;

const secondPerson = { to: personSchema, agreedBy: personSchema };

/** The guide's calls to the desk and to what leaves the laptop. None of their handlers can connect. */
export const deskCalls = {
  'desk.view': call(nothing, deskViewSchema),
  /** The signer's whole fingerprint was compared by voice, on a number already known: a deviation. */
  'desk.trust-signer': call(
    z.strictObject({
      fingerprint: digestSchema,
      comparedBy: personSchema,
      agreedBy: personSchema,
    }),
    nothing,
  ),
  /** With the OTP. */
  'desk.decode': call(nothing, nothing),
  'desk.open-with-gpg': call(nothing, nothing),
  /** Encrypts what was opened to somebody's public key, armored. */
  'desk.encrypt': call(
    z.strictObject({ recipient: z.string().max(200_000) }),
    z.strictObject({
      parcel: parcelName,
      fingerprint: z.string(),
      words: z.array(z.string()),
      userIds: z.array(z.string()),
    }),
  ),
  /** Seals the opened token to the ceremony of the invitation on the desk. */
  'desk.seal-token': call(
    z.strictObject({ from: personSchema }),
    z.strictObject({ parcel: parcelName }),
  ),
  'desk.new-otp': call(z.strictObject({ length: z.int().min(16).max(128) }), nothing),
  /** Goes on the record of the work at the desk. */
  'desk.note': call(
    z.strictObject({ by: personSchema, note: z.string().trim().min(1).max(2000) }),
    nothing,
  ),
  /** Forgets all that lies on the desk. */
  'desk.clear': call(nothing, nothing),
  'desk.open': call(
    z.discriminatedUnion('page', [
      z.strictObject({ page: z.literal('encoded-token') }),
      z.strictObject({ page: z.literal('encrypted-share') }),
      z.strictObject({ page: z.literal('otp') }),
      /** A key file opens what was entered. */
      z.strictObject({ page: z.literal('key') }),
      z.strictObject({ page: z.literal('show-opened'), ...secondPerson }),
      z.strictObject({ page: z.literal('show-new-otp'), ...secondPerson }),
      z.strictObject({ page: z.literal('seal-share') }),
      z.strictObject({ page: z.literal('scan'), purpose: scanPurposeSchema }),
    ]),
    nothing,
  ),

  /** The encoded token of an attempt whose key is somebody else's, for them: encrypted to that key. */
  'parcel.encoded-token': call(
    ofCeremony.extend({ to: personSchema }),
    z.strictObject({ parcel: parcelName }),
  ),
  'parcel.invite': call(
    ofCeremony.extend({ hours: z.int().min(1).max(24) }),
    z.strictObject({ parcel: parcelName, expiresAt: instantSchema, signer: signerSchema }),
  ),
  /** The QR codes, as SVG, in the order in which they are shown. */
  'parcel.show': call(
    z.strictObject({ parcel: parcelName }),
    z.strictObject({
      title: z.string(),
      pictures: z.array(z.string()),
      /** Whether saving asks for the folder in the desktop's own dialog. */
      folderDialog: z.boolean(),
    }),
  ),
  /** `folder` only where the host has no dialog for it. */
  'parcel.save': call(
    z.strictObject({ parcel: parcelName, folder: z.string().max(4000).optional() }),
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('cancelled') }),
      z.strictObject({ kind: z.literal('saved'), file: z.string() }),
    ]),
  ),
} as const;

export const deskPushes = { 'desk.changed': deskViewSchema } as const;
