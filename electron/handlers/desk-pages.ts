import type { Contract } from '../../shared/contract.ts';
import { nonceWords } from '../../shared/codec/words.ts';
import type { Secret } from '../../shared/secret.ts';
import type { Handlers } from '../ipc.ts';
import type { OfflineDesk } from '../offline/desk.ts';
import type { InvitationTable } from '../offline/invitation-table.ts';
import { deskBanner } from './desk-banner.ts';
import type { DeskErrand } from './entry-desk.ts';

/*
 * What the two entry pages do when the offline desk opened them. They get the desk and nothing else, so
 * nothing here leads to a cluster.
 */

export type ShareContext = Awaited<ReturnType<Handlers<Contract>['share-entry']['share.context']>>;
export type Given = Awaited<ReturnType<Handlers<Contract>['share-entry']['share.give']>>;
type SecretContext = Awaited<ReturnType<Handlers<Contract>['secret-entry']['secret.context']>>;
export type DeskSecretErrand = Extract<DeskErrand, { surface: 'secret-entry' }>;

/** What the share page does with a share where no ceremony of this laptop takes it. */
export interface ShareTaker {
  context(): Promise<ShareContext>;
  /** The holder says that the words are the same. */
  confirm(holder: string): Promise<void>;
  give(holder: string, share: Secret<'share'>, openedWith?: 'key file' | 'gpg'): Promise<Given>;
  /** A practice envelope, where there is one for this holder. */
  envelope(holder: string): Promise<Secret<'share'> | undefined>;
}

/** The share page, where the share is sealed to the invitation that lies on a table. */
export const sealer = (invited: InvitationTable): ShareTaker => ({
  context: async () => {
    const { invitation } = await invited.good();
    const { nonce, holders, required } = invitation;
    return {
      banner: deskBanner(invited),
      goal: { kind: 'attempt', nonce, words: [...nonceWords(nonce)] },
      holders: holders.map((name) => ({ name, gave: false })),
      seals: true,
      round: 1,
      progress: 0,
      required,
    };
  },
  // It is the holder's own business here: what is sealed is bound to the nonce.
  confirm: () => Promise.resolve(),
  give: async (holder, share, openedWith) => {
    const { invitation } = await invited.good();
    await invited.seal(holder, share, openedWith);
    return { progress: 0, required: invitation.required, complete: false };
  },
  envelope: () => Promise.resolve(undefined),
});

export const deskSecretContext = (desk: OfflineDesk, errand: DeskSecretErrand): SecretContext => ({
  banner: deskBanner(desk.invited),
  what: errand.what,
  ...('agreedBy' in errand ? { agreedBy: errand.agreedBy } : {}),
});

/** What the page shows, where it was opened to show something. */
export async function deskReveal(
  desk: OfflineDesk,
  errand: DeskSecretErrand,
): Promise<Secret | undefined> {
  switch (errand.what) {
    case 'show-token':
    case 'show-share':
      return desk.opening.show(errand.to, errand.agreedBy);
    case 'show-new-otp':
      return desk.showNewOtp(errand.to, errand.agreedBy);
    case 'encoded-token':
    case 'encrypted-share':
    case 'desk-otp':
    case 'desk-key':
      return undefined;
  }
}

export const isDeskSecret = (errand: {
  readonly surface: 'secret-entry';
}): errand is DeskSecretErrand => !('id' in errand) && !('profileId' in errand);
