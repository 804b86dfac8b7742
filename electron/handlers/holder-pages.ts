import { nonceWords } from '../../shared/codec/words.ts';
import type { HolderDesk } from '../holder/holder-desk.ts';
import { bannerOfInvitation } from './desk-banner.ts';
import type { Given, ShareContext, ShareTaker } from './desk-pages.ts';
import type { PracticeDesk } from './practice-desk.ts';

/** The share page, where the share goes to Vault from a holder's laptop. */
export function holderGives(
  holder: HolderDesk,
  practice: Pick<PracticeDesk, 'hasEnvelopes' | 'envelope'>,
): ShareTaker {
  return {
    context: async (): Promise<ShareContext> => {
      const { route, progress, required } = await holder.giving();
      const { nonce, holders } = route.invitation;
      const gave = new Set(holder.view().gave);
      return {
        banner: bannerOfInvitation(route.invitation),
        goal: { kind: 'attempt', nonce, words: [...nonceWords(nonce)] },
        holders: holders.map((name) => ({ name, gave: gave.has(name) })),
        away: true,
        round: 1,
        progress,
        required,
        envelopes: practice.hasEnvelopes(route.profile.id),
      };
    },
    confirm: (name) => holder.compared(name),
    give: (name, share, openedWith): Promise<Given> => holder.give(name, share, openedWith),
    envelope: async (name) => {
      const { route } = await holder.giving();
      return route.profile.kind === 'practice'
        ? practice.envelope(route.profile.id, route.invitation.holders.indexOf(name))
        : undefined;
    },
  };
}
