import type { Digest, Nonce } from '../ids.ts';
import type { Profile } from '../profile.ts';
import { longestValidityHours, type SignedInvitation } from './invitation.ts';

/** What is known on this laptop already, which an invitation is held against. */
export interface Expected {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Fingerprints of operators' installations that were brought beforehand, or compared by voice. */
  readonly signers: readonly Digest[];
  /** The clusters that this laptop has a profile of. */
  readonly profiles: readonly Pick<Profile, 'name' | 'kind' | 'pins'>[];
  /** The attempt that is meant, where it is known by another way. */
  readonly nonce?: Nonce | undefined;
}

/** `signer-unknown` alone can be lifted: by comparing the whole fingerprint by voice, a deviation. */
export type Judgement =
  | { readonly verdict: 'good'; readonly says: readonly string[] }
  | { readonly verdict: 'signer-unknown'; readonly says: readonly string[] }
  | { readonly verdict: 'refused'; readonly says: readonly string[] };

/** Whether an invitation whose signature fits may be followed here and now. */
export function judgeInvitation(signed: SignedInvitation, expected: Expected): Judgement {
  const refused = [...timeFaults(signed, expected.now), ...siteFaults(signed, expected)];
  if (refused.length > 0) return { verdict: 'refused', says: refused };
  if (!expected.signers.includes(signed.signer.fingerprint))
    return { verdict: 'signer-unknown', says: ['This laptop does not know who signed it.'] };
  return { verdict: 'good', says: [knownSite(signed, expected)] };
}

/** Clocks of two laptops differ by less. */
const clockLeewayMs = 10 * 60_000;

function timeFaults({ invitation }: SignedInvitation, now: number): readonly string[] {
  const made = Date.parse(invitation.madeAt);
  const ends = Date.parse(invitation.expiresAt);
  if (ends <= made || ends - made > longestValidityHours * 3_600_000)
    return [`It claims to stand for longer than ${longestValidityHours} hours.`];
  if (made > now + clockLeewayMs)
    return ['By this laptop’s clock it was made in the future. One of the two clocks is wrong.'];
  return ends <= now ? ['It has expired. Ask the operator for a new one.'] : [];
}

function siteFaults(
  { invitation }: SignedInvitation,
  { profiles, nonce }: Expected,
): readonly string[] {
  const faults: string[] = [];
  if (nonce !== undefined && nonce.toLowerCase() !== invitation.nonce.toLowerCase())
    faults.push('It is for another attempt: its nonce is not the one that is meant.');
  const { site } = invitation;
  const namesake = profiles.find((profile) => profile.name === site.name);
  if (namesake === undefined) return faults;
  if ((namesake.kind === 'practice') !== invitation.practice)
    faults.push(
      `One says practice and the other says real: it is not the ${site.name} known here.`,
    );
  const pinned = namesake.pins;
  const otherCluster =
    pinned && site.clusterId !== undefined && pinned.clusterId !== site.clusterId;
  const otherSecondary =
    pinned?.secondaryId !== undefined &&
    site.secondaryId !== undefined &&
    pinned.secondaryId !== site.secondaryId;
  if (otherCluster || otherSecondary)
    faults.push(`It calls another cluster ${site.name} than the one pinned on this laptop.`);
  return faults;
}

function knownSite({ invitation }: SignedInvitation, { profiles }: Expected): string {
  const { site } = invitation;
  const pinned = profiles.some(
    ({ name, pins }) =>
      name === site.name && pins !== undefined && pins.clusterId === site.clusterId,
  );
  return pinned
    ? `The cluster is ${site.name}, as pinned on this laptop.`
    : `This laptop has nothing pinned that ${site.name} could be held against: compare the words.`;
}
