import { colours, type Pins, type Profile, type ProfileDraft } from './profile.ts';

/*
 * After a failover the roles are the other way round: the cluster that was promoted is the primary,
 * and the old primary becomes its DR secondary. Failing back is a failover of that one, so it takes a
 * profile of its own, made from the one there is.
 */

export interface WayBack {
  readonly draft: ProfileDraft;
  /** Absent where nothing is known that a pin could hold on to: then it is tested in daylight. */
  readonly pins: Pins | undefined;
}

/**
 * The same site with its two clusters changed over: nodes, TLS, and what was pinned. Absent where the
 * profile names no node of its primary: there would be nothing to promote.
 *
 * @param secondaryId the name that the new primary knows the old one by, where it gave one.
 */
export function wayBackOf(profile: Profile, secondaryId: string | undefined): WayBack | undefined {
  const { id: _id, kind: _kind, pins, lastComparison: _comparison, ...draft } = profile;
  const { nodes, primaryNodes, tls, primaryTls } = draft;
  if (primaryNodes.length === 0) return undefined;
  return {
    draft: {
      ...draft,
      name: nameOfWayBack(profile.name),
      colour: colours[(colours.indexOf(profile.colour) + 1) % colours.length] ?? profile.colour,
      nodes: primaryNodes,
      primaryNodes: nodes,
      tls: primaryTls ?? tls,
      // Where both show themselves alike, there is nothing to tell apart.
      ...(primaryTls ? { primaryTls: tls } : {}),
    },
    pins: pins && pinsOfWayBack(pins, primaryTls !== undefined, secondaryId),
  };
}

/** Whether the one profile is the other with its two clusters changed over. */
export const isWayBackOf = (
  one: Pick<Profile, 'kind' | 'nodes' | 'primaryNodes'>,
  other: Pick<Profile, 'kind' | 'nodes' | 'primaryNodes'>,
): boolean =>
  one.kind === other.kind &&
  sameAddresses(one.nodes, other.primaryNodes) &&
  sameAddresses(one.primaryNodes, other.nodes);

/**
 * A primary and its DR secondary have one cluster id between them (docs/protocol.md §3.5). The root is
 * the secondary's: under another TLS setting it says nothing of the old primary.
 */
function pinsOfWayBack(
  { at, rootFingerprint, clusterId }: Pins,
  hasOtherTls: boolean,
  secondaryId: string | undefined,
): Pins | undefined {
  if (hasOtherTls) return undefined;
  return { at, rootFingerprint, clusterId, ...(secondaryId ? { secondaryId } : {}) };
}

const suffix = ' (way back)';
const nameOfWayBack = (name: string): string =>
  name.endsWith(suffix)
    ? name.slice(0, -suffix.length)
    : `${name.slice(0, 80 - suffix.length)}${suffix}`;

const sameAddresses = (one: readonly string[], other: readonly string[]): boolean =>
  one.length > 0 && one.length === other.length && one.every((address) => other.includes(address));
