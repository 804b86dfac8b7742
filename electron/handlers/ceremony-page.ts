import type { Cluster } from '../../shared/ceremony/events.ts';
import type { Banner } from '../../shared/contract/common.ts';
import { shareWord } from '../../shared/profile.ts';

/** What stands on top of every page that serves a ceremony of this laptop. */
export const bannerOf = (cluster: Cluster): Banner => ({
  practice: cluster.kind === 'practice',
  cluster: cluster.name,
  colour: cluster.colour,
  shareWord: shareWord(cluster.seal),
});

/** A page asks for something that it was not opened for. */
export const notThisErrand = {
  code: 'contract.refused',
  known: 'This window was opened for another purpose.',
  safe: 'What was entered was not kept.',
  next: 'Close it and open the step again from the guide.',
} as const;
