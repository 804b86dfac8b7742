import type { Banner } from '../../shared/contract/common.ts';
import { shareWord } from '../../shared/profile.ts';
import type { Invitation } from '../../shared/offline/invitation.ts';
import type { InvitationTable } from '../offline/invitation-table.ts';

/**
 * What stands on top of a page that serves no ceremony of this laptop. Where no good invitation says for
 * which cluster it is, what is entered may be real.
 *
 * @param place what it is called then.
 */
export function deskBanner(
  invited: Pick<InvitationTable, 'cluster'>,
  place = 'Offline desk',
): Banner {
  const known = invited.cluster();
  return known
    ? bannerOfInvitation(known)
    : { practice: false, cluster: place, colour: 'slate', shareWord: 'share' };
}

export const bannerOfInvitation = ({
  site,
  practice,
}: Pick<Invitation, 'site' | 'practice'>): Banner => ({
  practice,
  cluster: site.name,
  colour: site.colour,
  shareWord: shareWord(site.seal),
});
