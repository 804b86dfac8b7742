import type { CeremonyId, Digest, NodeAddress, Nonce, ShareFingerprint } from '../ids.ts';
import type { PgpKey } from '../pgp/key.ts';
import type { Problem } from '../problem.ts';
import type { Script, StepId } from '../script/schema.ts';
import type { SiteRule } from '../site-rules.ts';
import type { SigningKey } from './consent.ts';
import type { Door } from './door.ts';
import type { Claim, Cluster, EventOf, Fencing, TrustedLeaf } from './events.ts';
import type { PrimarySeen } from './findings.ts';
import type { Aftercare, AfterItem } from './aftercare.ts';
import type { Purpose } from './purpose.ts';
import type { Roster } from './roster.ts';
import type { UnsealNode } from './unseal.ts';
import type { BatchToken, ChosenWay, RefusedWay } from './ways.ts';

/*
 * What a list of events adds up to. One member a phase, each with exactly what is known by then:
 *
 *   preflight → roster → ready → starting → collecting → complete → decoded
 *     → promoting → watching → aftercare → ended
 *
 * With a batch token it is shorter: ready → armed → promoting. From there on a state carries one of
 * two credentials: the DR operation token with its attempt, or the batch token.
 *
 * A root token ends elsewhere: complete → in-hand → ended. Unsealing knows no attempt: ready →
 * unsealing → ended.
 *
 * `superseded` and `gone` are side tracks of collecting: the attempt may come back (Vault keeps it
 * in one process's memory), a new one may be started, or the ceremony ends there.
 */

export interface Preflight extends Omit<EventOf<'preflight.checked'>, 'type'> {
  readonly at: string;
}

export interface GivenShare {
  readonly at: string;
  readonly where: 'here' | 'elsewhere';
  /** Absent: given elsewhere, and nobody could say by whom. */
  readonly holder: string | undefined;
  readonly fingerprint: ShareFingerprint | undefined;
  /** For a share given elsewhere: how, in the operator's words, once named. */
  readonly means: string | undefined;
}

export interface PendingShare {
  readonly at: string;
  readonly holder: string;
  readonly fingerprint: ShareFingerprint;
  readonly progressBefore: number;
  /** Set when the reply is known to be lost; absent while it is under way. */
  readonly unknown: Problem | undefined;
}

export interface Attempt {
  readonly node: NodeAddress;
  readonly startedAt: string;
  readonly nonce: Nonce;
  readonly required: number;
  /** The key the token will be encrypted to; absent: it is hidden with an OTP. */
  readonly key: PgpKey | undefined;
  /** 1 for the first pass; one more each time the shares did not combine. Nonce and OTP stay. */
  readonly round: number;
  readonly progress: number;
  readonly given: readonly GivenShare[];
  /** The sealed shares that were opened and sent in this attempt, in any round: none is used twice. */
  readonly sealedUsed: readonly Digest[];
  readonly pending: PendingShare | undefined;
  /** Why the last share was not taken or the last round failed; cleared by the next step. */
  readonly trouble: Problem | undefined;
  readonly cancelling: boolean;
  /** Somebody else started it, and their OTP or PGP key reads its token. Absent: it is ours. */
  readonly joined?: Claim | undefined;
}

export type TokenFate =
  | { readonly kind: 'kept' }
  | { readonly kind: 'deleting'; readonly how: DeleteWay }
  | {
      readonly kind: 'not-deleted';
      readonly tried: readonly { how: DeleteWay; problem: Problem }[];
    }
  | { readonly kind: 'deleted'; readonly how: DeleteWay; readonly proof: string }
  | { readonly kind: 'left'; readonly why: string; readonly owner: string }
  | { readonly kind: 'lost'; readonly why: string };
export type DeleteWay = EventOf<'token.deleted'>['how'];

export interface Token {
  readonly doubts: readonly string[];
  readonly fate: TokenFate;
  /** Every way tried so far that failed, for the record of the step. */
  readonly tried: readonly { how: DeleteWay; problem: Problem }[];
}

/** A root token that stays in the keychain: `until` is when it is to be revoked, ISO 8601. */
export interface Stored extends Omit<EventOf<'token.stored'>, 'type'> {
  readonly at: string;
}

export interface Promotion {
  readonly intended: Omit<EventOf<'promote.intended'>, 'type'>;
  /** When promote was first sent: the clock of the outage starts here. */
  readonly firstSentAt: string;
  /** True once a reply was lost: Vault may be promoting whatever a later reply says. */
  readonly everUnknown: boolean;
}

export interface Observation {
  readonly at: string;
  readonly node: NodeAddress;
  readonly says: string;
  readonly mode: string | undefined;
  readonly active: boolean;
}

/** Something done otherwise than the script or the site's rules say. */
export interface Deviation {
  readonly at: string;
  readonly what: string;
  readonly why: string;
  readonly agreedBy: string;
  /** The rule it sets aside for this ceremony, where it is about one. */
  readonly rule?: SiteRule | undefined;
}

/** A required check that is settled: done, or set aside as a deviation. */
export interface CheckMark {
  readonly id: string;
  readonly by: string;
  readonly at: string;
  readonly done: boolean;
}

export interface SignOff {
  readonly by: string;
  readonly at: string;
}

/** The old primary, demoted from here. `under-way` and `unknown` are settled by reading the node. */
export interface Demotion {
  readonly node: NodeAddress;
  readonly at: string;
  readonly by: string;
  readonly secondPerson: string;
  readonly outcome: 'under-way' | 'accepted' | 'unknown' | 'failed' | 'demoted';
  /** With `failed` and `unknown`. */
  readonly problem: Problem | undefined;
}

export interface Base {
  readonly id: CeremonyId;
  readonly purpose: Purpose;
  readonly cluster: Cluster;
  readonly openedAt: string;
  readonly keychain: 'os' | 'memory';
  readonly lastSeq: number;
  readonly lastAt: string;
  readonly notes: readonly { at: string; by: string; note: string }[];
  readonly deviations: readonly Deviation[];
  /** Absent in records of version 0.1.0. */
  readonly script: { readonly script: Script; readonly hash: Digest } | undefined;
  readonly checks: readonly CheckMark[];
  /** The newest sign-off of each step. */
  readonly signedOff: Readonly<Partial<Record<StepId, SignOff>>>;
  /** Who has a PIN for Promote, and how often a wrong one was entered since it was set. */
  readonly pin: { readonly person: string; readonly refused: number } | undefined;
  /** Whose OpenPGP key signs at Promote. One person has one factor: a key takes a PIN's place, and back. */
  readonly signingKey:
    { readonly person: string; readonly key: SigningKey; readonly refused: number } | undefined;
  /** The last event that changes what people agree to at Promote (`stands` in consent.ts). */
  readonly agreedSeq: number;
  /** What somebody still has to see to, in sentences. */
  readonly openItems: readonly string[];
  /** A known primary that answers as active after the promotion. */
  readonly alarm: NodeAddress | undefined;
  /** Absent before a preflight, and in records of version 0.1.0: those know the ceremony only. */
  readonly way: ChosenWay | undefined;
  readonly refusedWays: readonly RefusedWay[];
  /** Vault's unauthenticated door, once an administrator was asked to open it. */
  readonly door: Door | undefined;
  /** How the old primary looked when it was last looked at, and when. */
  readonly primary: { readonly seen: PrimarySeen; readonly at: string } | undefined;
  readonly demotion: Demotion | undefined;
  /** A snapshot of the old primary, taken while it was one: done as an item of the checklist. */
  readonly snapshot: Pick<AfterItem, 'status' | 'says' | 'at'> | undefined;
  /** Expired certificates that two people trust for this one ceremony. */
  readonly trusted: readonly TrustedLeaf[];
  /** Whose the attempt is that preflight found, once that was confirmed by voice. */
  readonly claim: Claim | undefined;
}

interface Prepared extends Base {
  readonly preflight: Preflight;
  readonly roster: Roster;
}
interface Attempted extends Prepared {
  readonly attempt: Attempt;
}
/** Promotes with a DR operation token, which is deleted on the server afterwards. */
interface Tokened extends Attempted {
  readonly token: Token;
  readonly fencing: Fencing | undefined;
}
/** A root token: used, kept for a while, revoked in the end. */
interface InHand extends Attempted {
  readonly token: Token;
  /** How often it was shown, and to whom last. */
  readonly shown: { readonly times: number; readonly to: string; readonly at: string } | undefined;
  /** Who keeps it here for longer, and when it is to be revoked. */
  readonly stored: Stored | undefined;
}
/** Promotes with a batch token. It leaves nothing on the server to delete: it expires. */
interface Armed extends Prepared {
  readonly node: NodeAddress;
  readonly batchToken: BatchToken;
  readonly fencing: Fencing | undefined;
}
interface Sent {
  readonly promotion: Promotion;
  readonly observations: readonly Observation[];
}
type Credentialed = Tokened | Armed;

export type CeremonyState =
  | (Base & { phase: 'preflight'; preflight: Preflight | undefined; roster: Roster | undefined })
  | (Base & { phase: 'roster'; preflight: Preflight })
  | (Prepared & { phase: 'ready'; trouble: Problem | undefined; cancelled: boolean })
  | (Prepared & { phase: 'starting'; node: NodeAddress; key: PgpKey | undefined })
  | (Attempted & { phase: 'collecting' })
  | (Attempted & { phase: 'superseded'; otherNonce: Nonce })
  | (Attempted & { phase: 'gone'; tokenMayExist: boolean })
  | (Attempted & { phase: 'complete'; trouble: Problem | undefined })
  | (InHand & { phase: 'in-hand' })
  | (Prepared & { phase: 'unsealing'; nodes: readonly UnsealNode[] })
  | (Tokened & { phase: 'decoded'; refused: Problem | undefined })
  | (Armed & { phase: 'armed'; refused: Problem | undefined })
  | (Credentialed & Sent & { phase: 'promoting' })
  | (Credentialed & Sent & { phase: 'watching'; doubt: Problem | undefined })
  | (Credentialed &
      Sent & {
        phase: 'aftercare';
        promotedAt: string;
        promotedNode: NodeAddress;
        outageMs: number;
        /** Absent in records of version 0.1.0, and until the checklist is opened. */
        after: Aftercare | undefined;
      })
  | (Base & { phase: 'ended'; outcome: EventOf<'ceremony.ended'>['outcome']; promoted: boolean });

export type Phase = CeremonyState['phase'];
export type StateIn<P extends Phase> = Extract<CeremonyState, { phase: P }>;

/** The node that promote goes to: the attempt's, or with a batch token the one that preflight chose. */
export const nodeToPromote = (
  state: StateIn<'decoded' | 'armed' | 'promoting' | 'watching' | 'aftercare'>,
): NodeAddress => ('attempt' in state ? state.attempt.node : state.node);
