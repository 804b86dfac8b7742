import { practiceAccessBytes } from '../../shared/practice-access.ts';
import { readPublicKey } from '../pgp/public-key.ts';
import type { GuideCalls, Office } from './handlers.ts';

/** The guide's calls to the practice clusters. */
export function practiceCalls({
  practice,
  parcels,
}: Pick<Office, 'practice' | 'parcels'>): GuideCalls<'practice'> {
  return {
    'practice.start': (choice) => practice.start(choice),
    'practice.status': async () => practice.status(),
    'practice.stop': () => practice.stop(),
    'practice.fault': ({ fault }) => practice.fault(fault),
    'practice.access': async () => {
      const access = practice.access();
      const parcel = parcels.add({
        parcel: { kind: 'practice-access', bytes: practiceAccessBytes(access) },
        title: `The access to ${access.profile.name}`,
        fileName: `keyturn-${access.profile.id}.txt`,
      });
      return { parcel };
    },
    'practice.leave': async () => practice.leave(),
    'practice.encrypted-envelope': async ({ number, key }) => {
      const { base64, fingerprint, userIds } = await readPublicKey(key);
      const message = await practice.encryptedEnvelope(number - 1, base64);
      const parcel = parcels.add({
        parcel: { kind: 'pgp-message', bytes: Buffer.from(message, 'base64') },
        title: `Practice envelope ${number}, encrypted to ${userIds[0] ?? fingerprint}`,
        fileName: `keyturn-practice-envelope-${number}.txt`,
        text: `${message}\n`,
      });
      return { parcel, fingerprint, userIds: [...userIds] };
    },
    'practice.requests': async () => practice.requests.slice(-2000).map((line) => ({ ...line })),
  };
}
