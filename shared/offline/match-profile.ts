import type { Problem } from '../problem.ts';
import type { Pins, Profile } from '../profile.ts';
import type { Invitation } from './invitation.ts';

export type PinnedProfile = Profile & { readonly pins: Pins };

export type Matched =
  | { readonly ok: true; readonly profile: PinnedProfile }
  | { readonly ok: false; readonly problem: Problem };

/**
 * The profile on this laptop that an invitation's cluster is reached by. Addresses, CA and pins are the
 * profile's alone. Where the invitation has the cluster's ids they decide, else the name does.
 */
export function matchProfile(
  { site, practice }: Pick<Invitation, 'site' | 'practice'>,
  profiles: readonly Profile[],
): Matched {
  const ofKind = profiles.filter(({ kind }) => (kind === 'practice') === practice);
  const fitting = ofKind.filter(isPinned).filter((profile) => fits(profile, site));
  const [first] = fitting;
  const found = fitting.find(({ name }) => name === site.name) ?? first;
  if (found) return { ok: true, profile: found };
  const namesake = ofKind.find(({ name }) => name === site.name);
  return {
    ok: false,
    problem: namesake && !namesake.pins ? notPinned(site.name) : noProfile(site.name),
  };
}

const isPinned = (profile: Profile): profile is PinnedProfile => profile.pins !== undefined;

function fits({ name, pins }: PinnedProfile, site: Invitation['site']): boolean {
  if (site.clusterId === undefined) return name === site.name;
  const { secondaryId } = site;
  const sameSecondary =
    secondaryId === undefined || pins.secondaryId === undefined || secondaryId === pins.secondaryId;
  return site.clusterId === pins.clusterId && sameSecondary;
}

const safe = 'Nothing was connected to. No invitation brings an address with it.';

const noProfile = (name: string): Problem => ({
  code: 'profile.unknown',
  known: `This laptop has no profile of ${name}, so it cannot be reached from here.`,
  safe,
  next: 'Seal the share for the operator instead. For another time, have the profile brought here and tested in daylight.',
});

const notPinned = (name: string): Problem => ({
  code: 'profile.unknown',
  known: `The profile of ${name} was never tested in daylight: nothing is pinned that the cluster could be held against.`,
  safe,
  next: 'Seal the share for the operator instead, or open Clusters, test the profile and pin what it shows.',
});
