import type { Banner } from '../../shared/contract/common.ts';

/** What stands on top of a page of the desk: no cluster is near, and what is entered may be real. */
export const deskBanner = (): Banner => ({
  practice: false,
  cluster: 'Offline desk',
  colour: 'slate',
  shareWord: 'share',
});
