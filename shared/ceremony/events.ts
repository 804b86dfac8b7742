import { z } from 'zod';
import {
  ceremonyIdSchema,
  digestSchema,
  type Digest,
  instantSchema,
  nodeAddressSchema,
  nonceSchema,
  personSchema,
  profileIdSchema,
  shareFingerprintSchema,
} from '../ids.ts';
import { pgpKeySchema } from '../pgp/key.ts';
import { problemSchema } from '../problem.ts';
import { colours, pinsSchema, sealSchema } from '../profile.ts';
import { scriptSchema, stepIdSchema } from '../script/schema.ts';
import { selfTestEvents } from '../self-test.ts';
import { siteRuleSchema, siteRulesSchema } from '../site-rules.ts';
import { afterEvents, keptSnapshotSchema } from './aftercare.ts';
import { agreedSchema, signingKeySchema } from './consent.ts';
import { doorEvents } from './door.ts';
import { findingSchema, mostFindings, primarySeenSchema } from './findings.ts';
import { attemptFamilySchema, purposeSchema } from './purpose.ts';
import { rosterSchema } from './roster.ts';
import { unsealEvents } from './unseal.ts';
import { batchTokenSchema, wayEvents } from './ways.ts';

/*
 * A ceremony is a list of these events and nothing else: state is their fold, the screen a view of
 * the state, the record the list itself. None of them can hold a secret: a share is a name, a count
 * and a keyed fingerprint; an OTP or a token is "kept in the keychain".
 *
 * `*.intended` is on disk before the call it names leaves; its outcome is a later event. A call that
 * is not idempotent is never sent again because an outcome is missing: the server is read instead.
 */

const text = z.string().trim().max(2000);
const count = z.int().min(0).max(255);

/** The cluster as its profile described it when the ceremony opened. */
export const clusterSchema = z.strictObject({
  profileId: profileIdSchema,
  kind: z.enum(['real', 'practice']),
  name: z.string(),
  colour: z.enum(colours),
  nodes: z.array(nodeAddressSchema).min(1),
  primaryNodes: z.array(nodeAddressSchema),
  seal: sealSchema,
  pins: pinsSchema.optional(),
  /** The separation of duties the site keeps; absent: the usual one. */
  rules: siteRulesSchema.optional(),
});
export type Cluster = z.infer<typeof clusterSchema>;

/** How the old primary is kept away from clients, port 8201 and the secret back ends when power returns. */
export const fencingSchema = z.strictObject({
  primary: primarySeenSchema,
  how: text.min(1),
  confirmedBy: personSchema,
  /** Asked for when the primary still answers as active: why promote all the same. */
  reason: text.min(1).optional(),
});
export type Fencing = z.infer<typeof fencingSchema>;

/** A certificate that two people trust for this one ceremony although its dates are over. */
export const trustedLeafSchema = z.strictObject({
  node: nodeAddressSchema,
  leaf: digestSchema,
  /** Who compared the fingerprint: two people. */
  comparedBy: z.tuple([personSchema, personSchema]),
  /** With whom, and by which other channel. */
  how: text.min(1),
});
export type TrustedLeaf = z.infer<typeof trustedLeafSchema>;

/** Whose attempt was found on the server: confirmed by voice, before anybody joins it. */
export const claimSchema = z.strictObject({
  nonce: nonceSchema,
  /** Who can read the token: by the OTP that Vault showed them, or with their PGP key. */
  owner: personSchema,
  holds: z.enum(['otp', 'pgp-key']),
  /** How they confirmed by voice that the attempt is theirs. */
  voice: text.min(1),
  by: personSchema,
});
export type Claim = z.infer<typeof claimSchema>;

/** What the server said of itself when the promote surface asked. */
export const serverReportSchema = z.strictObject({
  node: nodeAddressSchema,
  mode: z.string().max(60),
  clusterId: z.string().max(200).optional(),
  secondaryId: z.string().max(200).optional(),
  state: z.string().max(60).optional(),
  version: z.string().max(60).optional(),
});
export type ServerReport = z.infer<typeof serverReportSchema>;

/** How far the second person at Promote was authenticated. A typed name proves nobody. */
export const secondPersonProofs = [
  'name typed, not authenticated',
  'PIN set at roster',
  'OpenPGP signature over the head',
] as const;

/** What can decrypt an encoded token in PGP mode. */
export const tokenOpeners = ['app key', 'key file', 'gpg'] as const;
/** What authorises promote. A batch token is named; neither is ever on the record itself. */
export const credentialSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('dr-operation-token') }),
  z.strictObject({ kind: z.literal('batch-token'), token: batchTokenSchema }),
]);
export type Credential = z.infer<typeof credentialSchema>;

export const deleteWays = ['delete-endpoint', 'revoke-self'] as const;

const event = <T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  z.strictObject({ type: z.literal(type), ...shape });

export const eventSchema = z.discriminatedUnion('type', [
  // Opening
  event('ceremony.opened', {
    id: ceremonyIdSchema,
    purpose: purposeSchema,
    cluster: clusterSchema,
    appVersion: z.string().max(40),
    keychain: z.enum(['os', 'memory']),
  }),
  /** The script this ceremony follows, whole: `hash` is SHA-256 over its canonical JSON. */
  event('script.adopted', { script: scriptSchema, hash: digestSchema }),
  /** The profile was edited since: a node added, pins set. Before the attempt only. */
  event('cluster.changed', { cluster: clusterSchema }),
  event('preflight.checked', {
    findings: z.array(findingSchema).max(mostFindings),
    /** The one node the attempt will stay on: the active one. */
    node: nodeAddressSchema.optional(),
    required: count.optional(),
    primary: primarySeenSchema,
    /** The attempt found on the server, where there is one. */
    found: nonceSchema.optional(),
    /** Whether this server wants a Vault token beside the shares (Vault >= 2.0). */
    tokenNeeded: z.boolean(),
    /** The endpoints the attempt will live at. Absent: those of the ceremony's purpose. */
    family: attemptFamilySchema.optional(),
  }),
  event('roster.set', { roster: rosterSchema }),
  /** How the primary looks now, where a step had to look again. */
  event('primary.seen', { primary: primarySeenSchema }),
  event('certificate.trusted', {
    trusted: trustedLeafSchema,
    subject: z.string().max(300),
    until: z.string().max(40),
  }),
  /** The attempt that was found is somebody's who is known and was heard: it may be joined. */
  event('found.claimed', { claim: claimSchema }),

  // The old primary, demoted from here
  event('primary.demote.intended', {
    node: nodeAddressSchema,
    by: personSchema,
    secondPerson: personSchema,
  }),
  event('primary.demote.accepted', { warnings: z.array(z.string().max(2000)).max(20) }),
  event('primary.demote.failed', { problem: problemSchema }),
  event('primary.demote.unknown', { problem: problemSchema }),
  /** The primary's data as they were before its demotion: a raft snapshot, taken and named. */
  event('primary.snapshot.kept', keptSnapshotSchema.shape),
  /** Read at the node: it is a primary no longer. */
  event('primary.demoted', { node: nodeAddressSchema, mode: z.string().max(60) }),

  /** A PIN of the second person at Promote is kept, as a hash, in the keychain. */
  event('pin.set', { person: personSchema }),
  /** The second person's OpenPGP public key: Promote will ask for its signature over the head. */
  event('signing-key.set', { person: personSchema, ...signingKeySchema.shape }),

  // The way to Promote, and Vault's unauthenticated door
  ...wayEvents,
  ...doorEvents,

  // The attempt
  event('attempt.start.intended', {
    node: nodeAddressSchema,
    mode: z.enum(['otp', 'pgp']),
    /** With `pgp`: the key the token will be encrypted to. */
    key: pgpKeySchema.optional(),
  }),
  event('attempt.started', { nonce: nonceSchema, required: count.min(1) }),
  event('attempt.start.failed', {
    problem: problemSchema,
    /** True where the request may have arrived: an attempt nobody has the OTP of may be running. */
    mayHaveArrived: z.boolean(),
  }),
  /** Somebody else's attempt is gone on with here; nonce, owner and what they hold as claimed. */
  event('attempt.joined', {
    node: nodeAddressSchema,
    claim: claimSchema,
    required: count.min(1),
    progress: count,
  }),
  event('otp.shown', { to: personSchema, agreedBy: personSchema }),
  /** A joined attempt's encoded token, for whoever can read it. */
  event('token.encoded.shown', { to: personSchema, agreedBy: personSchema }),
  /** In PGP mode: handed over as codes or a file. Only the attempt's key reads it. */
  event('token.encoded.exported', { to: personSchema }),
  event('otp.restored', { by: personSchema }),
  event('nonce.confirmed', { holder: personSchema }),

  /** What holders elsewhere may be shown, and the key that a share may be sealed to. */
  event('invitation.made', {
    /** SHA-256 of the signed invitation as it travels. */
    digest: digestSchema,
    expiresAt: instantSchema,
    sealTo: z.string().regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/),
  }),

  // Shares
  event('share.intended', {
    holder: personSchema,
    fingerprint: shareFingerprintSchema,
    progressBefore: count,
    /** For a share that came sealed: SHA-256 of what makes this sealed share known again. */
    sealed: digestSchema.optional(),
    /** For a share that came encrypted to its holder: what opened it here. */
    openedWith: z.enum(['key file', 'gpg']).optional(),
  }),
  event('share.accepted', {
    progress: count,
    /** `reply`: Vault said so. `status`: the reply was lost, the progress tells. `duplicate`: sent again, Vault had it. */
    shownBy: z.enum(['reply', 'status', 'duplicate']),
  }),
  event('share.refused', { problem: problemSchema }),
  event('share.not-counted', {}),
  event('share.unknown', { problem: problemSchema }),
  event('share.elsewhere', { from: count, to: count }),
  event('share.elsewhere.named', {
    holder: personSchema.optional(),
    means: text.min(1),
    by: personSchema,
  }),
  event('round.failed', { problem: problemSchema }),

  // What can happen to an attempt
  event('attempt.superseded', { otherNonce: nonceSchema }),
  event('attempt.gone', {
    /** True where the last share was under way: a token that nobody can read probably exists. */
    tokenMayExist: z.boolean(),
  }),
  event('attempt.returned', { progress: count }),
  /** The server names another key than the attempt was started with. */
  event('attempt.key-differs', { problem: problemSchema }),
  event('attempt.cancel.intended', {}),
  event('attempt.cancel.failed', { problem: problemSchema }),
  event('attempt.cancelled', {}),

  // Somebody else's attempt, or one of ours whose OTP never arrived: cancelled by name and reason
  event('found.cancel.intended', { nonce: nonceSchema, by: personSchema, why: text.min(1) }),
  event('found.cancel.failed', { problem: problemSchema }),
  event('found.cancelled', { nonce: nonceSchema, by: personSchema, why: text.min(1) }),

  // The token
  event('token.encoded.kept', { progress: count, required: count }),
  /** The last share was given elsewhere, and that laptop handed the encoded token over, sealed. */
  event('token.encoded.taken', {
    /** Whose share was the last. */
    from: personSchema,
  }),
  event('token.decode.failed', { problem: problemSchema }),
  event('token.decoded', {
    doubts: z.array(z.string().max(200)).max(10),
    /** In PGP mode: with what it was decrypted. Absent: with the OTP. */
    with: z.enum(tokenOpeners).optional(),
    /** It was decoded on another laptop and came back sealed. Absent: decoded here. */
    elsewhere: z
      .strictObject({
        by: personSchema,
        /** SHA-256 of what makes this sealed token known again. */
        sealed: digestSchema,
      })
      .optional(),
  }),
  event('token.delete.intended', { how: z.enum(deleteWays), node: nodeAddressSchema }),
  event('token.delete.failed', { how: z.enum(deleteWays), problem: problemSchema }),
  event('token.deleted', {
    how: z.enum(deleteWays),
    /** How it was proved: Vault refused the token afterwards. */
    proof: text.min(1),
  }),
  /** A root token, shown once on a page of its own. */
  event('token.shown', { to: personSchema, agreedBy: personSchema }),
  /** A root token stays in the keychain for a while: who answers for it, and when it is to be revoked. */
  event('token.stored', { owner: personSchema, why: text.min(1), until: instantSchema }),
  event('token.left', { why: text.min(1), owner: personSchema }),
  event('token.lost', { why: text.min(1) }),

  // Unsealing, node by node
  ...unsealEvents,

  // Promote and watch
  event('fencing.stated', { fencing: fencingSchema }),
  /** A PIN was entered at Promote, and it was not the one set at roster. */
  event('pin.refused', { person: personSchema }),
  /** A signature was brought to Promote, and it was not this person's over the statement asked for. */
  event('signature.refused', { person: personSchema }),
  event('promote.intended', {
    server: serverReportSchema,
    clusterNameTyped: z.string().max(80),
    operator: personSchema,
    secondPerson: personSchema,
    secondPersonProof: z.enum(secondPersonProofs),
    /** With the proof "OpenPGP signature over the head": what was signed, and the signature. */
    agreed: agreedSchema.optional(),
    primaryClusterAddr: z.string().max(300).optional(),
    /** The sentence typed to accept the loss of data; present only with `force`. */
    force: z.strictObject({ accepted: text.min(1) }).optional(),
    /** Absent in records of version 0.1.0: the DR operation token. */
    credential: credentialSchema.optional(),
    /** How the old primary looked right before. Absent in records of version 0.1.0. */
    primary: primarySeenSchema.optional(),
  }),
  event('promote.accepted', { warnings: z.array(z.string().max(2000)).max(20) }),
  event('promote.refused', { problem: problemSchema }),
  event('promote.unknown', { problem: problemSchema }),
  event('watch.observed', {
    node: nodeAddressSchema,
    /** A short sentence of what changed: "unreachable", "DR secondary", "primary, active". */
    says: text,
    mode: z.string().max(60).optional(),
    active: z.boolean(),
  }),
  event('promoted', {
    node: nodeAddressSchema,
    /** From the moment promote was sent, in milliseconds of this machine's clock. */
    afterMs: z.int().min(0),
  }),
  event('primary.alarm', { node: nodeAddressSchema }),
  /** The primary of the alarm is seen as active no more. What was written to both stays apart. */
  event('primary.alarm.over', { node: nodeAddressSchema, primary: primarySeenSchema }),

  // After the promotion
  ...afterEvents,

  // The script
  event('check.done', { id: z.string().max(60), by: personSchema }),
  /** A required check that was not done: a deviation. */
  event('check.set-aside', {
    id: z.string().max(60),
    why: text.min(1),
    agreedBy: personSchema,
  }),
  /** What was asked and answered aloud, and by whom. */
  event('step.signed-off', {
    step: stepIdSchema,
    challenge: text.min(1),
    response: text.min(1),
    by: personSchema,
  }),

  // What this machine said of itself before the ceremony was opened
  ...selfTestEvents,

  // At any time
  event('note.added', { by: personSchema, note: text.min(1) }),
  event('deviation.recorded', {
    what: text.min(1),
    why: text.min(1),
    agreedBy: personSchema,
    /** The rule of the separation of duties that is set aside for this ceremony. */
    rule: siteRuleSchema.optional(),
  }),
  event('interrupted', {
    what: z.enum([
      'suspend',
      'resume',
      'lock',
      'unlock',
      'quit',
      'stopped-safely',
      'clock-changed',
    ]),
    /** For `clock-changed`: by how many milliseconds the clock jumped; below 0: back. */
    ms: z.int().optional(),
  }),
  event('resumed', {
    /** What was found, as it was told to the person. */
    sentence: text,
    tornBytes: z.int().min(0).optional(),
  }),
  event('ceremony.ended', {
    outcome: z.enum(['closed', 'cancelled', 'superseded', 'gone', 'abandoned', 'left']),
    /** With `left`: something stays open on the server, and this is who left it so, and why. */
    left: z.strictObject({ by: personSchema, why: text.min(1) }).optional(),
  }),
]);

export type CeremonyEvent = z.infer<typeof eventSchema>;
export type EventType = CeremonyEvent['type'];
export type EventOf<T extends EventType> = Extract<CeremonyEvent, { type: T }>;

/** An event with its place in the journal: the n-th, at that time. */
export interface Recorded {
  readonly seq: number;
  readonly at: z.infer<typeof instantSchema>;
  readonly event: CeremonyEvent;
  /** The head of the record with this event on it, where it came from a journal. */
  readonly head?: Digest | undefined;
}
