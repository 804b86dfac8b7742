import type { Banner } from '../../shared/contract/common.ts';
import { shareWord } from '../../shared/profile.ts';
import type { OfflineDesk } from '../offline/desk.ts';

/**
 * What stands on top of a page of the desk. Where no good invitation says for which cluster it is, no
 * cluster is near, and what is entered may be real.
 */
export function deskBanner(desk: Pick<OfflineDesk, 'cluster'>): Banner {
  const known = desk.cluster();
  if (known === undefined)
    return { practice: false, cluster: 'Offline desk', colour: 'slate', shareWord: 'share' };
  const { site, practice } = known;
  return { practice, cluster: site.name, colour: site.colour, shareWord: shareWord(site.seal) };
}
