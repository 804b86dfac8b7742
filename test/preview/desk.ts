import type { z } from 'zod';
import type { deskViewSchema } from '../../shared/contract/offline.ts';
import { toWords } from '../../shared/codec/words.ts';

/* What lies on the offline desk, for the preview: `?desk=…` chooses. */
type View = z.input<typeof deskViewSchema>;

const fingerprint = 'c761d7179346f99e8dfdaf29147a7a0f279fae827c45225d4bbbb5256ae6c1e8';
const invitation: NonNullable<View['invitation']> = {
  read: {
    v: 1,
    what: 'keyturn-invitation',
    practice: false,
    site: { name: 'payments-frankfurt', colour: 'violet', seal: 'auto-unseal' },
    ceremony: '20261123-031500-0a1b2c3d',
    nonce: '2dbd10f1-8528-6246-09e7-82b25b8aba63',
    required: 3,
    operator: 'Robin',
    holders: ['Ana', 'Ben', 'Chidi'],
    pgpFingerprint: '0123456789abcdef0123456789abcdef01234567',
    madeAt: '2026-11-23T03:15:00.000Z',
    expiresAt: '2026-11-23T07:15:00.000Z',
  },
  words: [...toWords('2dbd10f18528624609e782b25b8aba63')],
  signer: { fingerprint, words: [...toWords(fingerprint)] },
  verdict: 'good',
  says: ['The cluster is payments-frankfurt, as pinned on this laptop.'],
};

export const deskViews: Readonly<Record<string, View>> = {
  empty: { opening: { otp: false } },
  good: { invitation, opening: { otp: false } },
  unknown: {
    invitation: {
      ...invitation,
      verdict: 'signer-unknown',
      says: ['This laptop does not know who signed it.'],
    },
    opening: { otp: false },
  },
  sealed: {
    invitation,
    sealed: { holder: 'Ana', parcel: '0123456789abcdef' },
    opening: { otp: false },
  },
  encrypted: { opening: { otp: false, entered: { what: 'token', encrypted: true } } },
  opened: { opening: { otp: false, opened: { what: 'token', doubts: [] } } },
};
