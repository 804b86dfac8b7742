import type { Profile } from '../../../../shared/profile.ts';
import type { ProfileId } from '../../../../shared/ids.ts';
import { readingsOf } from '../../../../shared/topology/node-state.ts';
import type { SiteReading } from '../../../../shared/topology/reading.ts';
import { siteOf } from '../../../../shared/topology/site.ts';
import { siteState, type SiteState } from '../../../../shared/topology/site-state.ts';

export type Filter = 'all' | 'attention' | 'unseen' | 'fine' | 'not-asked';

/** A site as the list has it. */
export interface Listed {
  readonly profile: Profile;
  readonly reading: SiteReading | undefined;
  readonly state: SiteState;
  /** Everything that the search looks in, in lower case. */
  readonly text: string;
}

/** In the order people look for them: by name. */
export function listed(
  profiles: readonly Profile[],
  readings: ReadonlyMap<ProfileId, SiteReading>,
): readonly Listed[] {
  return profiles
    .map((profile) => {
      const reading = readings.get(profile.id);
      const state = siteState(siteOf(profile), readingsOf(reading), reading?.problem);
      return { profile, reading, state, text: textOf(profile) };
    })
    .sort((a, b) => byName.compare(a.profile.name, b.profile.name));
}

const byName = new Intl.Collator('en', { numeric: true });

const textOf = ({ name, nodes, primaryNodes, clientAddress, others }: Profile): string =>
  [
    name,
    ...nodes,
    ...primaryNodes,
    clientAddress ?? '',
    ...(others ?? []).flatMap((other) => [other.name, ...other.nodes]),
  ]
    .join('\n')
    .toLowerCase();

/** Every word of the search must be found. */
export function passes({ state, text }: Listed, search: string, filter: Filter): boolean {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return words.every((word) => text.includes(word)) && fits(state, filter);
}

function fits({ level, lookedAt }: SiteState, filter: Filter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'attention':
      return level === 'warning' || level === 'stop';
    case 'unseen':
      return level === 'unknown' && lookedAt > 0;
    case 'fine':
      return level === 'ok';
    case 'not-asked':
      return level === 'unknown' && lookedAt === 0;
  }
}
