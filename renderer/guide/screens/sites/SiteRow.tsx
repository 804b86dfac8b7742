import { memo } from 'react';
import type { ProfileId } from '../../../../shared/ids.ts';
import type { Profile } from '../../../../shared/profile.ts';
import { readingsOf } from '../../../../shared/topology/node-state.ts';
import type { SiteReading } from '../../../../shared/topology/reading.ts';
import { siteOf } from '../../../../shared/topology/site.ts';
import { siteState } from '../../../../shared/topology/site-state.ts';
import { count } from '../../app/time.ts';
import { ClusterChip, RealBadge } from '../../components/Badge/Badge.tsx';
import { Level } from '../../components/Badge/Level.tsx';
import styles from './Sites.module.css';

export interface SiteRowProps {
  readonly profile: Profile;
  readonly reading: SiteReading | undefined;
  readonly onOpen: (id: ProfileId) => void;
}

/** One site on one line. Drawn again only when its own reading changed, however long the list is. */
export const SiteRow = memo(function SiteRow({ profile, reading, onOpen }: SiteRowProps) {
  const state = siteState(siteOf(profile), readingsOf(reading), reading?.problem);
  return (
    <li className={styles.row}>
      <button type="button" className={styles.open} onClick={() => onOpen(profile.id)}>
        <ClusterChip name={profile.name} colour={profile.colour} />
        {profile.kind === 'practice' && <RealBadge practice />}
        <span className={styles.state}>
          <Level level={state.level} word={state.word} />
          <span className={styles.nodes}>
            {state.lookedAt === 0
              ? count(state.of, 'node')
              : `${state.answering} of ${count(state.of, 'node')} answer`}
          </span>
        </span>
      </button>
    </li>
  );
});
