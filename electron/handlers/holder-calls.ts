import type { DeskErrand } from './entry-desk.ts';
import type { GuideCalls, Office } from './handlers.ts';
import { openEntry } from './surface-calls.ts';

/** The guide's calls in the holder's mode. */
export function holderCalls(
  office: Pick<Office, 'holder' | 'host' | 'entries'>,
): GuideCalls<'holder'> {
  const { holder } = office;
  const open = (errand: DeskErrand) => openEntry(office, errand);
  return {
    'holder.view': async () => holder.view(),
    'holder.trust-signer': ({ fingerprint, comparedBy, agreedBy }) =>
      holder.trustSigner(fingerprint, comparedBy, agreedBy),
    'holder.look': () => holder.look(),
    'holder.open': async ({ page }) => {
      switch (page) {
        case 'scan':
          return open({ surface: 'scan', purpose: { kind: 'holder-invitation' } });
        case 'give':
          await holder.mayGive();
          return open({ surface: 'share-entry', what: 'holder-gives' });
        case 'seal':
          await holder.invited.good();
          return open({ surface: 'share-entry', what: 'holder-seals' });
      }
    },
    'holder.keep-token': () => holder.keepToken(),
    'holder.offer-token': ({ to }) => holder.offerToken(to),
    'holder.token-handed': ({ to, by }) => holder.tokenHanded(to, by),
    'holder.forget-token': ({ by, why }) => holder.forgetToken(by, why),
    'holder.note': ({ by, note }) => holder.note(by, note),
    'holder.clear': () => holder.clear('cleared'),
  };
}
