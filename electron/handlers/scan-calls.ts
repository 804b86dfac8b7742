import type { Contract } from '../../shared/contract.ts';
import type { Banner } from '../../shared/contract/common.ts';
import type { ScanPurpose } from '../../shared/contract/offline.ts';
import { Collector, type Collected } from '../../shared/offline/collector.ts';
import type { ParcelKind } from '../../shared/offline/parcel.ts';
import { problemOf, Trouble } from '../../shared/problem.ts';
import { Secret } from '../../shared/secret.ts';
import type { Handlers } from '../ipc.ts';
import { sha256 } from '../offline/parcels.ts';
import { deskBanner } from './desk-banner.ts';
import type { DeskErrand } from './entry-desk.ts';
import type { Office } from './handlers.ts';
import { bannerOf } from './ceremony-page.ts';

type ScanErrand = Extract<DeskErrand, { surface: 'scan' }>;

/** The page that reads codes. It hands over what they say; putting them together is done here. */
export function scanCalls(
  office: Pick<Office, 'entries' | 'host' | 'desk' | 'holder' | 'ceremonies' | 'practice'>,
): Handlers<Contract>['scan'] {
  const { entries, host, desk, holder, ceremonies, practice } = office;
  let reading: { readonly errand: ScanErrand; readonly collector: Collector } | undefined;

  /** A page that was opened anew begins anew. */
  const collector = (): Collector => {
    const errand = entries.of('scan');
    if (reading?.errand !== errand)
      reading = { errand, collector: new Collector(wanted[errand.purpose.kind], sha256) };
    return reading.collector;
  };

  return {
    'scan.context': async () => {
      const { purpose } = entries.of('scan');
      return { banner: await bannerFor(purpose), what: scanned[purpose.kind] };
    },
    'scan.take': async ({ texts }) => {
      const taken = takeAll(collector(), texts);
      if (!taken.done) return { state: 'more', have: taken.have, need: taken.need };
      const { purpose } = entries.of('scan');
      return { state: 'done', says: await use(purpose, taken.parcel.bytes) };
    },
    'scan.again': async () => {
      reading = undefined;
    },
    'scan.close': () => host.closeSurface('scan'),
  };

  async function bannerFor(purpose: ScanPurpose): Promise<Banner> {
    switch (purpose.kind) {
      case 'sealed-share':
      case 'handed-token':
      case 'decoded-token':
        return bannerOf((await ceremonies.take(purpose.id)).state.cluster);
      case 'holder-invitation':
        return deskBanner(holder.invited, 'Holder’s laptop');
      case 'practice-access':
        return practiceBanner;
      case 'invitation':
      case 'encrypted-token':
      case 'check-sealed-share':
        return deskBanner(desk.invited);
    }
  }

  async function use(purpose: ScanPurpose, bytes: Uint8Array): Promise<string> {
    switch (purpose.kind) {
      case 'invitation':
        await desk.invited.take(bytes);
        return 'The invitation was read. The guide shows what it says.';
      case 'holder-invitation':
        await holder.takeInvitation(bytes);
        return 'The invitation was read. The guide shows what it says.';
      case 'encrypted-token':
        desk.opening.take(
          'token',
          Secret.of('encoded-token', Buffer.from(bytes).toString('base64')),
        );
        return 'The encrypted token is on the desk. The guide shows what opens it.';
      case 'check-sealed-share':
        await desk.checkSealedShare(bytes);
        return 'This laptop can open it. It was not sent; the guide shows whose it is.';
      case 'sealed-share': {
        const given = await (await ceremonies.take(purpose.id)).attempt.giveSealedShare(bytes);
        return given.complete
          ? `All ${given.required} shares are in. Vault has made the token.`
          : `Vault counted it: ${given.progress} of ${given.required}.`;
      }
      case 'handed-token': {
        const holder = await (await ceremonies.take(purpose.id)).token.takeHanded(bytes);
        return `The encoded token is in the keychain. ${holder} gave the last share. Tell ${holder} that it has arrived.`;
      }
      case 'decoded-token': {
        const from = await (await ceremonies.take(purpose.id)).token.takeDecoded(bytes);
        return `The token that ${from} decoded is in the keychain.`;
      }
      case 'practice-access':
        return `This Keyturn takes part in ${practice.join(bytes).name} now.`;
    }
  }
}

const wanted: Readonly<Record<ScanPurpose['kind'], ParcelKind>> = {
  invitation: 'invitation',
  'holder-invitation': 'invitation',
  'encrypted-token': 'pgp-message',
  'check-sealed-share': 'sealed-share',
  'sealed-share': 'sealed-share',
  'handed-token': 'handed-token',
  'decoded-token': 'decoded-token',
  'practice-access': 'practice-access',
};

const scanned = {
  invitation: 'an invitation',
  'holder-invitation': 'an invitation',
  'encrypted-token': 'an encrypted token',
  'check-sealed-share': 'a sealed share',
  'sealed-share': 'a sealed share',
  'handed-token': 'an encoded token',
  'decoded-token': 'a decoded token',
  'practice-access': 'the access to a practice',
} as const;

const practiceBanner: Banner = {
  practice: true,
  cluster: 'Practice',
  colour: 'slate',
  shareWord: 'share',
};

/** Takes what fits. Where nothing does, it says why the last did not. */
function takeAll(collector: Collector, texts: readonly string[]): Collected {
  let last: Collected | undefined;
  let refused: unknown;
  for (const text of texts) {
    if (text.trim() === '') continue;
    try {
      last = collector.take(text);
      if (last.done) return last;
    } catch (thrown) {
      refused = thrown;
    }
  }
  if (last !== undefined) return last;
  throw new Trouble(problemOf(refused ?? emptyFile));
}

const emptyFile = new Trouble({
  code: 'input.invalid',
  known: 'There is nothing in this file.',
  safe: 'Nothing of it was kept.',
  next: 'Choose the file that Keyturn wrote.',
});
