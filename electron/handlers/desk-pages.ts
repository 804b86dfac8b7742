import type { Contract } from '../../shared/contract.ts';
import { nonceWords } from '../../shared/codec/words.ts';
import type { Secret } from '../../shared/secret.ts';
import type { Handlers } from '../ipc.ts';
import type { OfflineDesk } from '../offline/desk.ts';
import { deskBanner } from './desk-banner.ts';
import type { DeskErrand } from './entry-desk.ts';

/*
 * What the two entry pages do when the offline desk opened them. They get the desk and nothing else, so
 * nothing here leads to a cluster.
 */

type ShareContext = Awaited<ReturnType<Handlers<Contract>['share-entry']['share.context']>>;
type SecretContext = Awaited<ReturnType<Handlers<Contract>['secret-entry']['secret.context']>>;
export type DeskSecretErrand = Extract<DeskErrand, { surface: 'secret-entry' }>;

/** The share page, where the share is sealed to the invitation that lies on the desk. */
export async function sealContext(desk: OfflineDesk): Promise<ShareContext> {
  const { invitation } = await desk.goodInvitation();
  const { nonce, holders, required } = invitation;
  return {
    banner: deskBanner(desk),
    goal: { kind: 'attempt', nonce, words: [...nonceWords(nonce)] },
    holders: holders.map((name) => ({ name, gave: false })),
    seals: true,
    round: 1,
    progress: 0,
    required,
  };
}

export async function seal(
  desk: OfflineDesk,
  holder: string,
  share: Secret<'share'>,
  openedWith?: 'key file' | 'gpg',
): Promise<{ progress: number; required: number; complete: boolean }> {
  const { invitation } = await desk.goodInvitation();
  await desk.seal(holder, share, openedWith);
  return { progress: 0, required: invitation.required, complete: false };
}

export const deskSecretContext = (desk: OfflineDesk, errand: DeskSecretErrand): SecretContext => ({
  banner: deskBanner(desk),
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
