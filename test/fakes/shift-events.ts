import { ceremonyIdSchema, nodeAddressSchema, profileIdSchema } from '../../shared/ids.ts';
import { batchTokenIdSchema, type KeptBatchToken } from '../../shared/shift/batch-token.ts';
import type { ShiftEvent, ShiftEventOf } from '../../shared/shift/events.ts';
import { usualNames } from '../../shared/shift/setup.ts';

const primary = nodeAddressSchema.parse('https://vault-a-1.example.net:8200');
const secondary = nodeAddressSchema.parse('https://vault-dr-1.example.net:8200');
const profileId = profileIdSchema.parse('payments-frankfurt');
export const aToken: KeptBatchToken = {
  id: batchTokenIdSchema.parse('0123456789ab'),
  profileId,
  label: 'Night of 23 November',
  source: 'issued',
  issuedAt: '2026-11-23T20:03:00.000Z',
  expiresAt: '2026-11-24T04:03:00.000Z',
  policies: ['default', 'dr-secondary-promotion'],
};
const pasted: KeptBatchToken = {
  ...aToken,
  id: batchTokenIdSchema.parse('ba9876543210'),
  label: 'From the safe',
  source: 'pasted',
};
const problem = {
  code: 'vault.timeout',
  known: 'The primary did not answer.',
  safe: 'It may have acted.',
  next: 'Look.',
} as const;

export const shiftOpened: ShiftEventOf<'shift.opened'> = {
  type: 'shift.opened',
  id: ceremonyIdSchema.parse('20261123-200000-0a1b2c3d'),
  cluster: {
    profileId,
    kind: 'real',
    name: 'payments-frankfurt',
    colour: 'violet',
    nodes: [secondary],
    primaryNodes: [primary],
    seal: 'shamir',
  },
  operator: 'Robin',
  appVersion: '0.0.0-test',
  keychain: 'os',
  tokens: [],
  names: usualNames,
};

/** A shift from its opening to its hand-over, with every event there is. */
export const wholeShift: readonly ShiftEvent[] = [
  shiftOpened,
  { type: 'names.set', names: usualNames },
  {
    type: 'setup.checked',
    part: 'policy',
    name: usualNames.policy,
    node: primary,
    found: false,
    differences: ['It is not there.'],
  },
  {
    type: 'setup.write.intended',
    part: 'policy',
    name: usualNames.policy,
    node: primary,
    by: 'Robin',
  },
  { type: 'setup.write.failed', part: 'policy', problem, mayHaveArrived: true },
  {
    type: 'setup.write.intended',
    part: 'policy',
    name: usualNames.policy,
    node: primary,
    by: 'Robin',
  },
  { type: 'setup.written', part: 'policy', name: usualNames.policy },
  {
    type: 'batch.issue.intended',
    node: primary,
    role: usualNames.role,
    ttlSeconds: 28_800,
    label: 'lost',
    by: 'Robin',
  },
  { type: 'batch.issue.failed', problem, mayExistUntil: '2026-11-24T04:02:00.000Z' },
  {
    type: 'batch.issue.intended',
    node: primary,
    role: usualNames.role,
    ttlSeconds: 28_800,
    label: aToken.label,
    by: 'Robin',
  },
  { type: 'batch.issued', about: aToken, warnings: [] },
  { type: 'batch.checked', token: aToken.id, node: primary, doubts: [] },
  {
    type: 'batch.tried',
    token: aToken.id,
    node: secondary,
    result: 'accepted',
    says: 'It let the token read the attempt.',
  },
  { type: 'batch.pasted', about: pasted, by: 'Robin' },
  { type: 'batch.forgotten', token: pasted.id, by: 'Robin', why: 'One is enough.' },
  { type: 'resumed', tornBytes: 12 },
  { type: 'note.added', by: 'Robin', note: 'Quiet so far.' },
  { type: 'batch.warned', token: aToken.id, warning: '2 hours' },
  { type: 'batch.warned', token: aToken.id, warning: 'expired' },
  { type: 'batch.expired', token: aToken.id },
  { type: 'shift.ended', by: 'Robin', to: 'Wanda' },
];
