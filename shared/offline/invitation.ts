import { base64, utf8 } from '@scure/base';
import { z } from 'zod';
import { ceremonyIdSchema, instantSchema, nonceSchema, personSchema } from '../ids.ts';
import { Trouble, type Problem } from '../problem.ts';
import { colours, sealSchema } from '../profile.ts';
import { canonical, parseCanonical } from '../transcript/canonical.ts';
import type { Sha256 } from '../transcript/entry.ts';
import { misleading } from '../transcript/printable.ts';
import { identityOf, type Ed25519Verify, type PublicIdentity } from '../transcript/signature.ts';
import { longestParcel } from './parcel.ts';

/*
 * An invitation tells a holder elsewhere which attempt is meant and to which key a share may be sealed.
 * It has no secret and no address: where Vault is comes from the holder's own profile, brought
 * beforehand, and an invitation never changes that. It is signed with the key that signs the records of
 * the operator's installation.
 */

/** The first line of what is signed: nothing signed for another purpose can pass for an invitation. */
const domain = 'keyturn invitation v1\n';

const shown = (schema: z.ZodString) => schema.refine((text) => misleading(text) === undefined);
/** Strict base64 of one length: one value has one text. */
const exactBase64 = (length: number) =>
  z
    .string()
    .length(length)
    .refine((text) => isBase64(text));
const name = shown(z.string().trim().min(1).max(120));

export const invitationSchema = z.strictObject({
  v: z.literal(1),
  what: z.literal('keyturn-invitation'),
  practice: z.boolean(),
  site: z.strictObject({
    name,
    colour: z.enum(colours),
    seal: sealSchema,
    /** As pinned by the operator's profile; absent where nothing was pinned. */
    clusterId: shown(z.string().max(200)).optional(),
    secondaryId: shown(z.string().max(200)).optional(),
  }),
  ceremony: ceremonyIdSchema,
  nonce: nonceSchema,
  /** How many shares complete the attempt. */
  required: z.int().min(1).max(255),
  operator: personSchema.pipe(name),
  /** Who may give a share, as the operator's roster has them. */
  holders: z.array(personSchema.pipe(name)).min(1).max(40),
  /** Whose attempt it is, where the operator joined one: they alone can read the token. */
  startedBy: personSchema.pipe(name).optional(),
  /** PGP mode: the fingerprint of the key that alone can read the token. Absent: an OTP. */
  pgpFingerprint: z
    .string()
    .regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/)
    .optional(),
  /** The ceremony's own OpenPGP key, binary, base64; its private half is in the operator's keychain. */
  sealTo: z.strictObject({
    key: z.base64().min(40).max(4000),
    fingerprint: z.string().regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/),
  }),
  madeAt: instantSchema,
  expiresAt: instantSchema,
  /** Who signs: SubjectPublicKeyInfo (RFC 8410), base64. */
  key: exactBase64(60),
});
export type Invitation = z.infer<typeof invitationSchema>;

const signedSchema = z.strictObject({
  invitation: invitationSchema,
  /** Ed25519 (RFC 8032), base64. */
  signature: exactBase64(88),
});

export interface SignedInvitation {
  readonly invitation: Invitation;
  readonly signer: PublicIdentity;
}

/** The longest an invitation may stand: a ceremony is a matter of hours. */
export const longestValidityHours = 24;

/** The bytes that the operator's installation signs. */
export const invitationStatement = (invitation: Invitation): Uint8Array =>
  utf8.decode(domain + canonical(invitation));

/** The invitation as it travels. */
export const signedInvitation = (invitation: Invitation, signature: Uint8Array): Uint8Array =>
  utf8.decode(canonical(signedSchema.parse({ invitation, signature: base64.encode(signature) })));

/**
 * Reads what travelled and checks the signature. Who the signer is, whether it still stands and whether
 * it is for this site is `judgeInvitation`'s to say.
 *
 * @throws Trouble `input.invalid` for what is no invitation, and for one that was altered.
 */
export function readInvitation(
  bytes: Uint8Array,
  tools: { readonly sha256: Sha256; readonly ed25519: Ed25519Verify },
): SignedInvitation {
  const read = signedSchema.safeParse(valueOf(bytes));
  if (!read.success) throw new Trouble(noInvitation);
  const { invitation, signature } = read.data;
  const key = base64.decode(invitation.key);
  if (!tools.ed25519(key, invitationStatement(invitation), base64.decode(signature)))
    throw new Trouble(altered);
  return { invitation, signer: identityOf(key, tools.sha256) };
}

function isBase64(text: string): boolean {
  try {
    return base64.decode(text).length > 0;
  } catch {
    return false;
  }
}

function valueOf(bytes: Uint8Array): unknown {
  if (bytes.length > longestParcel) return undefined;
  try {
    const parsed = parseCanonical(utf8.encode(bytes));
    return parsed.ok ? parsed.value : undefined;
  } catch {
    return undefined;
  }
}

const safe = 'Nothing was kept, and no site profile was changed.';

const noInvitation: Problem = {
  code: 'input.invalid',
  known: 'This is not an invitation of Keyturn, or it is of a version that this one cannot read.',
  safe,
  next: 'Ask the operator to show the invitation again.',
};

const altered: Problem = {
  code: 'input.invalid',
  known: 'The invitation was altered: its signature does not fit what it says.',
  safe,
  next: 'Give no share to it. Tell the operator on a number that you already know.',
};
