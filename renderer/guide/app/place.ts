import type { CeremonyId, ProfileId } from '../../../shared/ids.ts';

/** Where the guide is. There is no address bar, so there are no addresses. */
export type Place =
  | { readonly at: 'home' }
  | { readonly at: 'profiles'; readonly edit?: ProfileId | 'new' }
  | { readonly at: 'sites'; readonly open?: ProfileId }
  | { readonly at: 'practice' }
  | { readonly at: 'desk' }
  | { readonly at: 'holder' }
  | { readonly at: 'records'; readonly open?: CeremonyId; readonly other?: boolean }
  | { readonly at: 'self-test' }
  | { readonly at: 'shift'; readonly profile: ProfileId }
  | { readonly at: 'ceremony'; readonly id: CeremonyId };

export type Go = (place: Place) => void;
