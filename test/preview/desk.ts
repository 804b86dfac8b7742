import type { z } from 'zod';
import type { deskViewSchema } from '../../shared/contract/offline.ts';
import type { holderViewSchema } from '../../shared/contract/holder.ts';
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
  'seal-back': {
    invitation: { ...invitation, knownBy: 'Olga, with Nadia' },
    opening: { otp: false, opened: { what: 'token', doubts: [] } },
  },
  opened: { opening: { otp: false, opened: { what: 'token', doubts: [] } } },
};

type HolderDraft = z.input<typeof holderViewSchema>;
const at = '2026-11-23T03:31:20.000Z';
const nothing: HolderDraft = {
  gave: [],
  newRound: false,
  doubtful: [],
  leftOver: [],
};
const followed: HolderDraft = {
  ...nothing,
  invitation,
  route: { state: 'profile', name: 'payments-frankfurt' },
};
const open = (progress: number): HolderDraft['seen'] => ({
  state: 'open',
  at,
  node: 'https://vault-dr-1.example.net:8200',
  progress,
  required: 3,
  last: progress >= 2,
});
const kept: NonNullable<HolderDraft['kept']> = {
  where: 'keychain',
  cluster: 'payments-frankfurt',
  ceremony: invitation.read.ceremony,
  operator: 'Robin',
  holder: 'Ana',
  offeredTo: [],
};

/** What a holder's laptop has before it: `?holder=…` chooses. */
export const holderViews: Readonly<Record<string, HolderDraft>> = {
  empty: nothing,
  stopped: { ...nothing, leftOver: ['Ana'] },
  unknown: {
    ...nothing,
    invitation: {
      ...invitation,
      verdict: 'signer-unknown',
      says: ['This laptop does not know who signed it.'],
    },
  },
  refused: {
    ...nothing,
    invitation: {
      ...invitation,
      verdict: 'refused',
      says: ['It has expired. Ask the operator for a new one.'],
    },
  },
  give: { ...followed, seen: open(1) },
  gave: { ...followed, seen: open(2), gave: ['Ana'] },
  again: { ...followed, seen: open(0), newRound: true },
  last: { ...followed, seen: open(2) },
  token: { ...followed, seen: { state: 'token-demanded', at } },
  other: {
    ...followed,
    seen: { state: 'other', at, nonce: '11111111-8528-6246-09e7-82b25b8aba63', words: [] },
  },
  failed: {
    ...followed,
    seen: {
      state: 'failed',
      at,
      problem: {
        code: 'profile.pin-mismatch',
        known:
          'What answers at the addresses of payments-frankfurt is not the DR secondary that was pinned on 2026-09-14.',
        safe: 'Your share was not sent.',
        next: 'Tell the operator on a number that you already know. Give no share until it is clear what answers there.',
      },
    },
  },
  pending: { ...followed, seen: open(1), pending: 'Ana', doubtful: ['Ben'] },
  'no-profile': {
    ...nothing,
    invitation,
    route: {
      state: 'none',
      problem: {
        code: 'profile.unknown',
        known:
          'This laptop has no profile of payments-frankfurt, so it cannot be reached from here.',
        safe: 'Nothing was connected to. No invitation brings an address with it.',
        next: 'Seal the share for the operator instead. For another time, have the profile brought here and tested in daylight.',
      },
    },
  },
  kept: { ...nothing, kept },
  offered: {
    ...nothing,
    kept: { ...kept, offered: { to: 'Robin', parcel: '0123456789abcdef' }, offeredTo: ['Robin'] },
  },
  memory: { ...nothing, kept: { ...kept, where: 'memory' } },
};
