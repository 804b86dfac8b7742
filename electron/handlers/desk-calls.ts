import { toWords } from '../../shared/codec/words.ts';
import { Trouble, type Problem } from '../../shared/problem.ts';
import type { OfflineDesk } from '../offline/desk.ts';
import { decrypt } from '../pgp/decrypt.ts';
import type { DeskErrand } from './entry-desk.ts';
import type { GuideCalls, Office } from './handlers.ts';
import { openEntry } from './surface-calls.ts';

/** The guide's calls to the offline desk. None of them has a way to a network. */
export function deskCalls(
  office: Pick<Office, 'desk' | 'host' | 'entries' | 'pgp'>,
): GuideCalls<'desk'> {
  const { desk, pgp } = office;
  const open = (errand: DeskErrand) => openEntry(office, errand);
  return {
    'desk.view': async () => desk.view(),
    'desk.trust-signer': ({ fingerprint, comparedBy, agreedBy }) =>
      desk.invited.trustSigner(fingerprint, comparedBy, agreedBy),
    'desk.decode': () => desk.opening.decode(),
    'desk.open-with-gpg': () =>
      desk.opening.openWith('gpg', (message, kind) => decrypt(message, pgp.opener(), kind)),
    'desk.encrypt': async ({ recipient }) => {
      const made = await desk.opening.encrypt(recipient);
      return { ...made, words: [...toWords(made.fingerprint)] };
    },
    'desk.seal-token': async ({ from }) => {
      const { invitation } = await desk.invited.good();
      return { parcel: await desk.opening.sealTo(invitation, from) };
    },
    'desk.new-otp': ({ length }) => desk.makeOtp(length),
    'desk.note': ({ by, note }) => desk.note(by, note),
    'desk.clear': () => desk.clear('cleared'),
    'desk.open': async (asked) => {
      if (asked.page === 'seal-share') await desk.invited.good();
      await open(errandOf(asked, desk));
    },
  };
}

type Asked = Parameters<GuideCalls<'desk'>['desk.open']>[0];

function errandOf(asked: Asked, desk: OfflineDesk): DeskErrand {
  switch (asked.page) {
    case 'encoded-token':
    case 'encrypted-share':
      return { surface: 'secret-entry', what: asked.page };
    case 'key':
      return { surface: 'secret-entry', what: 'desk-key' };
    case 'otp':
      return { surface: 'secret-entry', what: 'desk-otp' };
    case 'show-opened': {
      const what = desk.opening.what() === 'token' ? 'show-token' : 'show-share';
      return { surface: 'secret-entry', what, to: asked.to, agreedBy: asked.agreedBy };
    }
    case 'show-new-otp': {
      const { page, to, agreedBy } = asked;
      return { surface: 'secret-entry', what: page, to, agreedBy };
    }
    case 'seal-share':
      return { surface: 'share-entry', what: 'seal-share' };
    case 'scan':
      return { surface: 'scan', purpose: asked.purpose };
  }
}

/** What leaves this laptop as QR codes or a file; and the invitation, which is made for that. */
export function parcelCalls(office: Office): GuideCalls<'parcel'> {
  const { parcels, ceremonies, host, signer } = office;
  return {
    'parcel.invite': async ({ id, hours }) => {
      const conductor = await ceremonies.take(id);
      const { bytes, invitation } = await conductor.attempt.invite(signer, hours);
      const { fingerprint, words } = await signer.identity();
      const parcel = parcels.add({
        parcel: { kind: 'invitation', bytes },
        title: `The invitation to ${invitation.site.name}`,
        fileName: `keyturn-invitation-${id}-${invitation.madeAt.slice(11, 19).replaceAll(':', '')}.txt`,
      });
      return {
        parcel,
        expiresAt: invitation.expiresAt,
        signer: { fingerprint, words: [...words] },
      };
    },
    'parcel.encoded-token': async ({ id, to }) => {
      const bytes = await (await ceremonies.take(id)).token.exportEncoded(to);
      const parcel = parcels.add({
        parcel: { kind: 'pgp-message', bytes },
        title: `The encoded token for ${to}`,
        fileName: `keyturn-encoded-token-${id}.txt`,
        text: `${Buffer.from(bytes).toString('base64')}\n`,
      });
      return { parcel };
    },
    'parcel.show': async ({ parcel }) => ({
      title: parcels.of(parcel).title,
      pictures: [...parcels.pictures(parcel)],
      folderDialog: host.chooseFolder !== undefined,
    }),
    'parcel.save': async ({ parcel, folder: typed }) => {
      if (host.chooseFolder && typed !== undefined) throw new Trouble(notTheirs);
      const folder = host.chooseFolder
        ? await host.chooseFolder(`Save: ${parcels.of(parcel).title}`)
        : (typed ?? '');
      if (folder === undefined) return { kind: 'cancelled' };
      return { kind: 'saved', file: await parcels.save(parcel, folder) };
    },
  };
}

const notTheirs: Problem = {
  code: 'contract.refused',
  known: 'A page named a folder. On this computer the folder is chosen in the system’s own dialog.',
  safe: 'Nothing was written.',
  next: 'Save again, and choose the folder in the dialog.',
};
