import type { NodeAddress } from '../ids.ts';
import type { Neighbour, Profile } from '../profile.ts';

export type MemberRole = 'primary' | 'dr-secondary' | 'performance-secondary';

/** One cluster of a site, with those that replicate from it. */
export interface Member {
  /** Unlike any other of its site. */
  readonly key: string;
  readonly name: string;
  /** Absent for the primary, whose profile has no colour of its own. */
  readonly colour: Profile['colour'] | undefined;
  readonly role: MemberRole;
  readonly nodes: readonly NodeAddress[];
  /** The cluster that the profile is about: what a ceremony promotes. */
  readonly promotable: boolean;
  readonly followers: readonly Member[];
}

/** What a site's drawing needs of a profile. */
export type SiteProfile = Pick<Profile, 'name' | 'colour' | 'nodes' | 'primaryNodes' | 'others'>;

/**
 * The site that a profile describes, as a tree: the primary; what replicates from it; and the DR
 * secondaries of its performance secondaries. A DR secondary that follows a cluster nobody described
 * hangs from the primary, so that nothing is left out of the picture.
 */
export function siteOf(profile: SiteProfile): Member {
  const others = (profile.others ?? []).map((neighbour, place) => ({ neighbour, place }));
  const performance = others.filter(({ neighbour }) => neighbour.role === 'performance-secondary');
  const leaders = new Set(performance.map(({ neighbour }) => neighbour.name));
  const dr = others.filter(({ neighbour }) => neighbour.role === 'dr-secondary');
  const followersOf = (name: string | undefined): Member[] =>
    dr
      .filter(({ neighbour: { follows } }) =>
        name === undefined ? follows === undefined || !leaders.has(follows) : follows === name,
      )
      .map(({ neighbour, place }) => memberOf(neighbour, place, []));
  return {
    key: 'primary',
    name: `Primary of ${profile.name}`,
    colour: undefined,
    role: 'primary',
    nodes: profile.primaryNodes,
    promotable: false,
    followers: [
      {
        key: 'dr',
        name: profile.name,
        colour: profile.colour,
        role: 'dr-secondary',
        nodes: profile.nodes,
        promotable: true,
        followers: [],
      },
      ...followersOf(undefined),
      ...performance.map(({ neighbour, place }, at) =>
        // Two of one name: the followers hang from the first.
        memberOf(
          neighbour,
          place,
          performance.findIndex((one) => one.neighbour.name === neighbour.name) === at
            ? followersOf(neighbour.name)
            : [],
        ),
      ),
    ],
  };
}

const memberOf = (
  { name, colour, role, nodes }: Neighbour,
  place: number,
  followers: readonly Member[],
): Member => ({
  key: `other-${place}`,
  name,
  colour,
  role,
  nodes,
  promotable: false,
  followers,
});

/** Every cluster of the tree, each before those that follow it. */
export const membersOf = (site: Member): readonly Member[] => [
  site,
  ...site.followers.flatMap(membersOf),
];

/** Every address of the site, once. */
export const addressesOf = (site: Member): readonly NodeAddress[] => [
  ...new Set(membersOf(site).flatMap(({ nodes }) => nodes)),
];

export const roleWords: Readonly<Record<MemberRole, string>> = {
  primary: 'Primary',
  'dr-secondary': 'DR secondary',
  'performance-secondary': 'Performance secondary',
};
