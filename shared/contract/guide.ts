import { z } from 'zod';
import { afterTaskSchema } from '../ceremony/aftercare.ts';
import { claimSchema, fencingSchema, trustedLeafSchema } from '../ceremony/events.ts';
import { expiredLeafSchema, findingSchema, primarySeenSchema } from '../ceremony/findings.ts';
import { purposeSchema } from '../ceremony/purpose.ts';
import { rosterSchema } from '../ceremony/roster.ts';
import { batchTokenSchema, waySchema } from '../ceremony/ways.ts';
import {
  ceremonyIdSchema,
  digestSchema,
  instantSchema,
  nodeAddressSchema,
  nonceSchema,
  personSchema,
  profileIdSchema,
} from '../ids.ts';
import { problemSchema } from '../problem.ts';
import { pinsSchema, profileDraftSchema, profileSchema } from '../profile.ts';
import { papers } from '../report/style.ts';
import { stepIdSchema } from '../script/schema.ts';
import { batchTokenIdSchema } from '../shift/batch-token.ts';
import { selfTestSchema, selfTestWishSchema } from '../self-test.ts';
import { siteRuleSchema } from '../site-rules.ts';
import { largestKeyText, nothing, ofCeremony, recordedSchema } from './common.ts';
import { aftercareCalls } from './aftercare.ts';
import { call, surfaces } from './define.ts';
import { holderCalls, holderPushes } from './holder.ts';
import { deskCalls, deskPushes } from './offline.ts';
import { pgpGuideCalls, startKeySchema } from './pgp.ts';
import { practiceMoreCalls } from './practice.ts';
import { otherRecordCalls } from './other-records.ts';
import { purposeCalls } from './purpose.ts';
import { recordCalls } from './records.ts';
import { shiftCalls, shiftPushes } from './shift.ts';
import { topologyCalls, topologyPushes } from './topology.ts';

/** Something that happened to a file at start and that a person should know: what, and where it is kept. */
export const noticeSchema = z.strictObject({
  what: z.string(),
  keptAs: z.string().optional(),
});
export type Notice = z.infer<typeof noticeSchema>;

export const keychainHealthSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('working'), backend: z.string() }),
  z.strictObject({ state: z.literal('locked'), todo: z.string() }),
  z.strictObject({ state: z.literal('absent'), todo: z.string() }),
  z.strictObject({ state: z.literal('failing'), todo: z.string() }),
  z.strictObject({ state: z.literal('memory') }),
]);
export type KeychainView = z.infer<typeof keychainHealthSchema>;

export const appInfoSchema = z.strictObject({
  version: z.string(),
  host: z.enum(['electron', 'chromium']),
  hostNote: z.string(),
  realClustersAllowed: z.boolean(),
  temporaryKeyring: z.boolean(),
  dataFolder: z.string(),
  /** Whether the host asks for a folder in a dialog of the desktop's; else the guide asks for its path. */
  folderDialog: z.boolean(),
  keychain: keychainHealthSchema,
  notices: z.array(noticeSchema),
  theme: z.enum(['system', 'light', 'dark']),
});
export type AppInfo = z.infer<typeof appInfoSchema>;

/** One line of Home's lists. `unreadable` journals are listed too: nothing disappears. */
export const ceremonyLineSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('readable'),
    id: ceremonyIdSchema,
    purpose: purposeSchema,
    cluster: z.string(),
    practice: z.boolean(),
    openedAt: instantSchema,
    lastAt: instantSchema,
    phase: z.string(),
    outcome: z.string().optional(),
    promoted: z.boolean(),
    openItems: z.int(),
    /** Everybody whom the record names. */
    people: z.array(z.string()),
    /** A root token that is kept for a while: who revokes it, and by when. */
    stored: z.strictObject({ owner: z.string(), until: instantSchema }).optional(),
    /** The nodes on which the door is not known to be closed; absent: none. */
    door: z.array(nodeAddressSchema).optional(),
  }),
  z.strictObject({ kind: z.literal('unreadable'), name: z.string(), reason: z.string() }),
]);
export type CeremonyLine = z.infer<typeof ceremonyLineSchema>;

export const nodeReportSchema = z.strictObject({
  node: nodeAddressSchema,
  /** Absent: a node of the DR secondary. */
  cluster: z.string().optional(),
  answered: z.boolean(),
  problem: problemSchema.optional(),
  version: z.string().optional(),
  mode: z.string().optional(),
  sealed: z.boolean().optional(),
  leads: z.boolean().optional(),
  certificateUntil: instantSchema.optional(),
});
export type NodeReportView = z.infer<typeof nodeReportSchema>;
export const testReportSchema = z.strictObject({
  nodes: z.array(nodeReportSchema),
  findings: z.array(findingSchema),
  /** What a first test proposes to pin; absent where no node could be read. */
  pins: pinsSchema.optional(),
});
export type TestReport = z.infer<typeof testReportSchema>;

/** The releases a practice site can play, as Vault shows them: the last of 1.x, and 2.x. */
export const practiceVersions = ['1.21.4', '2.0.1'] as const;
export type PracticeVersion = (typeof practiceVersions)[number];

export const practiceOptionsSchema = z.strictObject({
  shares: z.int().min(1).max(20),
  threshold: z.int().min(1).max(20),
  /** Seconds the promoted cluster stays away. */
  outageSeconds: z.int().min(1).max(600),
  version: z.enum(practiceVersions),
  /** Whether the primary has just gone, or still works: a planned failover, the shift desk. */
  primary: z.enum(['gone', 'alive']),
  /** Whether a performance secondary follows the primary; absent: none does. */
  performanceSecondary: z.boolean().optional(),
});
export type PracticeChoice = z.infer<typeof practiceOptionsSchema>;

/** Faults a person can rehearse with, by the names the practice site gives them. */
export const practiceFaults = [
  'drop-next-reply',
  'restart-active-node',
  'change-leader',
  'bring-leader-back',
  'cancelled-by-another',
  'started-by-another',
  'share-given-elsewhere',
  'promote-refused-once',
  'seal-active-node',
  'unseal-all',
  'primary-comes-back',
  'primary-goes',
  'door-opened',
  'door-closed',
  'door-closed-but-one',
  'lag-grows',
  'lag-catches-up',
  'connection-lost',
  'connection-back',
  'clock-wrong',
] as const;
export type PracticeFault = (typeof practiceFaults)[number];

export const practiceStatusSchema = z.discriminatedUnion('running', [
  z.strictObject({ running: z.literal(false), guest: profileSchema.optional() }),
  z.strictObject({
    running: z.literal(true),
    /** Practice clusters of another Keyturn on this machine, brought here by a file or codes. */
    guest: profileSchema.optional(),
    profile: profileSchema,
    /** The same site the other way round, once somebody asked for it. */
    back: profileSchema.optional(),
    choice: practiceOptionsSchema,
  }),
]);

export const guide = {
  calls: {
    'app.info': call(nothing, appInfoSchema),
    'app.set-theme': call(z.strictObject({ theme: appInfoSchema.shape.theme }), nothing),
    'app.probe-keychain': call(nothing, keychainHealthSchema),
    /** A person's explicit choice: secrets stay in memory, and a crash ends the ceremony. */
    'app.use-memory-keychain': call(
      z.strictObject({ agreedBy: personSchema }),
      keychainHealthSchema,
    ),

    /** Looks at this machine; what it finds goes on the record of ceremonies opened later in this run. */
    'app.self-test': call(selfTestWishSchema, selfTestSchema),

    'profiles.list': call(nothing, z.array(profileSchema)),
    'profiles.save': call(
      z.strictObject({ id: profileIdSchema.optional(), draft: profileDraftSchema }),
      profileSchema,
    ),
    'profiles.remove': call(z.strictObject({ id: profileIdSchema }), nothing),
    'profiles.test': call(z.strictObject({ draft: profileDraftSchema }), testReportSchema),
    'profiles.pin': call(z.strictObject({ id: profileIdSchema, pins: pinsSchema }), profileSchema),
    /** The profile of the other direction, made from this one; the one there is, where there is one. */
    'profiles.way-back': call(z.strictObject({ id: profileIdSchema }), profileSchema),
    'profiles.from-environment': call(
      nothing,
      z.strictObject({ draft: profileDraftSchema.partial(), notices: z.array(noticeSchema) }),
    ),
    /** Turns what a person typed into a node's address, or says what is wrong with it. */
    'profiles.read-address': call(
      z.strictObject({ text: z.string().max(2000) }),
      nodeAddressSchema,
    ),

    ...topologyCalls,

    'practice.start': call(practiceOptionsSchema, practiceStatusSchema),
    'practice.status': call(nothing, practiceStatusSchema),
    'practice.stop': call(nothing, nothing),
    'practice.fault': call(z.strictObject({ fault: z.enum(practiceFaults) }), nothing),
    ...practiceMoreCalls,

    'ceremony.list': call(nothing, z.array(ceremonyLineSchema)),
    /** Without a purpose: a failover. */
    'ceremony.open': call(
      z.strictObject({ profileId: profileIdSchema, purpose: purposeSchema.optional() }),
      ofCeremony,
    ),
    /** All events so far. For an unfinished ceremony it also takes it up again (see `ceremony.recheck`). */
    'ceremony.read': call(ofCeremony, z.array(recordedSchema)),
    'ceremony.preflight': call(ofCeremony, nothing),
    'ceremony.set-roster': call(ofCeremony.extend({ roster: rosterSchema }), nothing),
    /** The second person's OpenPGP public key, armored: Promote asks for its signature over the head. */
    'ceremony.set-signing-key': call(
      ofCeremony.extend({ person: personSchema, key: z.string().min(1).max(largestKeyText) }),
      z.strictObject({ fingerprint: z.string(), userIds: z.array(z.string()) }),
    ),
    /** Takes another way than the facts say: by name and reason, a deviation. */
    'ceremony.choose-way': call(
      ofCeremony.extend({
        way: waySchema,
        why: z.string().trim().min(1).max(2000),
        by: personSchema,
      }),
      nothing,
    ),
    /** Nobody has a Vault token for the ceremony: the next way is break glass. */
    'ceremony.no-vault-token': call(ofCeremony, nothing),
    /** When the operator's Vault token was entered that is in memory; without a time none is. */
    'ceremony.vault-token': call(
      ofCeremony,
      z.strictObject({ enteredAt: instantSchema.optional() }),
    ),
    /** The kept batch tokens of this ceremony's cluster that were not refused, the longest-lived first. */
    'ceremony.batch-tokens': call(ofCeremony, z.array(batchTokenSchema)),
    /** Authenticates the attempt with a kept batch token, and checks the cluster with it. */
    'ceremony.use-batch-token': call(ofCeremony.extend({ token: batchTokenIdSchema }), nothing),
    /** The batch token that promote will be sent with. */
    'ceremony.arm': call(ofCeremony.extend({ token: batchTokenIdSchema }), nothing),
    /** Vault's unauthenticated door. On the record before the commands are shown. */
    'ceremony.open-door': call(ofCeremony.extend({ by: personSchema }), nothing),
    /** Asks every node without a token. */
    'ceremony.probe-door': call(ofCeremony, nothing),
    /** An administrator says that it is closed; then every node is asked. */
    'ceremony.close-door': call(ofCeremony.extend({ by: personSchema }), nothing),
    'ceremony.put-off-door': call(
      ofCeremony.extend({ by: personSchema, why: z.string().trim().min(1).max(2000) }),
      nothing,
    ),
    'ceremony.vouch-door': call(
      ofCeremony.extend({
        node: nodeAddressSchema,
        by: personSchema,
        how: z.string().trim().min(1).max(2000),
      }),
      nothing,
    ),
    /** Without a key the server makes an OTP. */
    'ceremony.start': call(ofCeremony.extend({ key: startKeySchema.optional() }), nothing),
    'ceremony.cancel': call(ofCeremony.extend({ typed: z.string().max(80) }), nothing),
    /** Cancels an attempt that is not this ceremony's, after re-reading that its nonce is still this one. */
    'ceremony.cancel-found': call(
      ofCeremony.extend({
        nonce: nonceSchema,
        by: personSchema,
        why: z.string().trim().min(1).max(2000),
      }),
      nothing,
    ),
    /** The attempt that was found is somebody's, heard by voice. Nothing changes on the server. */
    'ceremony.claim-found': call(ofCeremony.extend({ claim: claimSchema }), nothing),
    'ceremony.join': call(ofCeremony, nothing),
    /** Exactly one expired certificate of one node, for this ceremony only. */
    'ceremony.trust-certificate': call(ofCeremony.extend({ trusted: trustedLeafSchema }), nothing),
    /** The expired certificates that a call of this run was refused for. Reads no server. */
    'ceremony.expired': call(ofCeremony, z.array(expiredLeafSchema)),
    /** Looks at the old primary now, and settles a demotion whose end was not seen. */
    'ceremony.look-at-primary': call(ofCeremony, z.strictObject({ sentence: z.string() })),
    'ceremony.recheck': call(ofCeremony, z.strictObject({ sentence: z.string() })),
    'ceremony.name-elsewhere': call(
      ofCeremony.extend({
        holder: personSchema.optional(),
        means: z.string().trim().min(1).max(2000),
      }),
      nothing,
    ),
    'ceremony.keep-encoded-token': call(ofCeremony, nothing),
    'ceremony.decode': call(ofCeremony, nothing),
    ...pgpGuideCalls,
    'ceremony.state-fencing': call(ofCeremony.extend({ fencing: fencingSchema }), nothing),
    'ceremony.delete-token': call(ofCeremony, nothing),
    'ceremony.leave-token': call(
      ofCeremony.extend({ why: z.string().trim().min(1).max(2000), owner: personSchema }),
      nothing,
    ),
    ...purposeCalls,
    /** Ends a ceremony with something left open on the server: by name and reason, an open item. */
    'ceremony.leave': call(
      ofCeremony.extend({ by: personSchema, why: z.string().trim().min(1).max(2000) }),
      nothing,
    ),
    'ceremony.end': call(ofCeremony, nothing),
    'ceremony.note': call(
      ofCeremony.extend({ by: personSchema, note: z.string().trim().min(1).max(2000) }),
      nothing,
    ),
    'ceremony.deviation': call(
      ofCeremony.extend({
        what: z.string().trim().min(1).max(2000),
        why: z.string().trim().min(1).max(2000),
        agreedBy: personSchema,
        /** Sets this rule aside for the ceremony. */
        rule: siteRuleSchema.optional(),
      }),
      nothing,
    ),
    /** By name, with the script's challenge and response. */
    'ceremony.sign-off': call(ofCeremony.extend({ step: stepIdSchema, by: personSchema }), nothing),
    'ceremony.check-done': call(
      ofCeremony.extend({ check: z.string().max(60), by: personSchema }),
      nothing,
    ),
    /** A required check that is not done: a deviation. */
    'ceremony.check-set-aside': call(
      ofCeremony.extend({
        check: z.string().max(60),
        why: z.string().trim().min(1).max(2000),
        agreedBy: personSchema,
      }),
      nothing,
    ),
    /** Writes the script for paper into the data folder and says where; `pdf` where it could be printed. */
    'script.print': call(
      z.strictObject({ profileId: profileIdSchema, paper: z.enum(papers) }),
      z.strictObject({ file: z.string(), pdf: z.string().optional(), hash: digestSchema }),
    ),
    /** Closes the entry pages and goes Home; the attempt on the server stays as it is. */
    'ceremony.stop-safely': call(ofCeremony, nothing),

    ...aftercareCalls,
    ...recordCalls,

    ...deskCalls,
    ...holderCalls,
    ...otherRecordCalls,
    ...shiftCalls,

    'surface.open-share-entry': call(ofCeremony, nothing),
    'surface.open-promote': call(ofCeremony, nothing),
    'surface.open-secret-entry': call(
      ofCeremony.extend({
        what: z.discriminatedUnion('kind', [
          /** The Vault token that Vault >= 2.0 asks for beside the shares. Kept in memory only. */
          z.strictObject({ kind: z.literal('vault-token') }),
          /** The OTP as it was written down, where the keychain no longer has it. */
          z.strictObject({ kind: z.literal('otp') }),
          /** In PGP mode: a key file and its passphrase decrypt the encoded token. */
          z.strictObject({ kind: z.literal('pgp-key') }),
          /** The second person sets the PIN that Promote will ask for. */
          z.strictObject({ kind: z.literal('pin'), person: personSchema }),
          /** Shows the OTP once, for writing down, after a second person agreed. */
          z.strictObject({ kind: z.literal('show-otp'), to: personSchema, agreedBy: personSchema }),
          /** Shows a joined attempt's encoded token to whoever can read it. */
          z.strictObject({
            kind: z.literal('show-encoded'),
            to: personSchema,
            agreedBy: personSchema,
          }),
          /** A token for one thing of the checklist after the promotion. */
          z.strictObject({ kind: z.literal('after'), task: afterTaskSchema }),
          /** Shows the root token once, after a second person agreed. */
          z.strictObject({
            kind: z.literal('show-root-token'),
            to: personSchema,
            agreedBy: personSchema,
          }),
          /** A token of the old primary, which demotes it; `typed` is the cluster's name. */
          z.strictObject({
            kind: z.literal('demote'),
            typed: z.string().max(80),
            by: personSchema,
            secondPerson: personSchema,
          }),
        ]),
      }),
      nothing,
    ),
    'surface.close': call(z.strictObject({ surface: z.enum(surfaces) }), nothing),
  },
  pushes: {
    'ceremony.recorded': ofCeremony.extend({ record: recordedSchema }),
    /** What main is doing right now for this ceremony; `undefined` when it is done. */
    'ceremony.activity': ofCeremony.extend({ doing: z.string().optional() }),
    /** One reading of the watch, for the live timeline; only changes become events. */
    'watch.reading': ofCeremony.extend({
      at: instantSchema,
      nodes: z.array(
        z.strictObject({
          node: nodeAddressSchema,
          says: z.string(),
          mode: z.string().optional(),
          active: z.boolean(),
        }),
      ),
      primary: primarySeenSchema.optional(),
    }),
    /** All expired certificates that stand in the way now: whichever call met them. */
    'ceremony.expired': ofCeremony.extend({ leaves: z.array(expiredLeafSchema) }),
    'surface.state': z.strictObject({ surface: z.enum(surfaces), open: z.boolean() }),
    'keychain.health': keychainHealthSchema,
    'practice.changed': practiceStatusSchema,
    ...deskPushes,
    ...holderPushes,
    ...shiftPushes,
    ...topologyPushes,
  },
} as const;
