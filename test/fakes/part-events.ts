import {
  ceremonyIdSchema,
  digestSchema,
  nodeAddressSchema,
  nonceSchema,
} from '../../shared/ids.ts';
import type { PartEvent, PartEventOf } from '../../shared/part/events.ts';

const nonce = nonceSchema.parse('2dbd10f1-8528-6246-09e7-82b25b8aba63');
const ceremony = ceremonyIdSchema.parse('20261123-031500-0a1b2c3d');

export const partOpened: PartEventOf<'part.opened'> = {
  type: 'part.opened',
  id: ceremonyIdSchema.parse('20261123-033000-5e6f7a8b'),
  cluster: { name: 'Payments DR', kind: 'real' },
  appVersion: '0.0.0-test',
  keychain: 'os',
  role: 'holder',
};

/** A holder's part from the invitation to its end: one share given to Vault. */
export const wholePart: readonly PartEvent[] = [
  partOpened,
  {
    type: 'invitation.read',
    ceremony,
    cluster: 'Payments DR',
    nonce,
    operator: 'Robin',
    signer: digestSchema.parse('a'.repeat(64)),
    verdict: 'good',
    says: [],
  },
  { type: 'words.compared', holder: 'Ana', nonce },
  {
    type: 'share.intended',
    ceremony,
    holder: 'Ana',
    node: nodeAddressSchema.parse('https://vault-dr-1.example.net:8200'),
    progressBefore: 0,
    required: 3,
  },
  { type: 'share.accepted', progress: 1, required: 3, shownBy: 'reply' },
  { type: 'part.ended', why: 'cleared' },
];
