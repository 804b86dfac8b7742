import { generateKeyPairSync, sign } from 'node:crypto';
import { expect, test } from 'vitest';
import { nodeTools } from '../../../electron/transcript/verify-file.ts';
import { ceremonyIdSchema, digestSchema, nonceSchema } from '../../../shared/ids.ts';
import {
  invitationStatement,
  readInvitation,
  signedInvitation,
  type Invitation,
  type SignedInvitation,
} from '../../../shared/offline/invitation.ts';
import { judgeInvitation, type Expected } from '../../../shared/offline/judge-invitation.ts';
import { problemOf } from '../../../shared/problem.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const now = Date.parse('2026-11-23T03:15:00.000Z');
const nonce = nonceSchema.parse('2dbd10f1-8528-6246-09e7-82b25b8aba63');

const invitation: Invitation = {
  v: 1,
  what: 'keyturn-invitation',
  practice: false,
  site: { name: 'Payments DR', colour: 'teal', seal: 'shamir', clusterId: 'c-1' },
  ceremony: ceremonyIdSchema.parse('20261123-031500-0a1b2c3d'),
  nonce,
  required: 3,
  operator: 'Robin',
  holders: ['Ana', 'Ben', 'Chidi'],
  sealTo: { key: Buffer.alloc(300, 7).toString('base64'), fingerprint: 'ab'.repeat(20) },
  madeAt: new Date(now).toISOString(),
  expiresAt: new Date(now + 4 * 3_600_000).toISOString(),
  key: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
};

const bytesOf = (of: Invitation): Uint8Array =>
  signedInvitation(of, sign(null, invitationStatement(of), privateKey));
const read = (bytes: Uint8Array): SignedInvitation => readInvitation(bytes, nodeTools);

function refusal(bytes: Uint8Array): string {
  try {
    read(bytes);
    return 'read';
  } catch (thrown) {
    return problemOf(thrown).known;
  }
}

test('what was signed is read back, with who signed it in words', () => {
  const signed = read(bytesOf(invitation));
  expect(signed.invitation).toEqual(invitation);
  expect(signed.signer.words).toHaveLength(32);
});

test('of a joined attempt it says who started it, and that is signed too', () => {
  const joined = { ...invitation, startedBy: 'Lena' };
  expect(read(bytesOf(joined)).invitation.startedBy).toBe('Lena');
  const signature = sign(null, invitationStatement(joined), privateKey);
  expect(refusal(signedInvitation({ ...joined, startedBy: 'Mallory' }, signature))).not.toBe(
    'read',
  );
});

test.each([
  ['the nonce', { nonce: nonceSchema.parse('aaaaaaaa-8528-6246-09e7-82b25b8aba63') }],
  ['the key to seal to', { sealTo: { ...invitation.sealTo, fingerprint: 'cd'.repeat(20) } }],
  ['the site', { site: { ...invitation.site, name: 'Payments' } }],
  ['the expiry', { expiresAt: new Date(now + 5 * 3_600_000).toISOString() }],
  ['the threshold', { required: 2 }],
])('altered: %s', (_, change) => {
  const signature = sign(null, invitationStatement(invitation), privateKey);
  expect(refusal(signedInvitation({ ...invitation, ...change }, signature))).toContain('altered');
});

test.each([
  ['nothing', Buffer.alloc(0)],
  ['no JSON', Buffer.from('KT')],
  ['not UTF-8', Buffer.from([0xff, 0xfe])],
  ['not canonical', Buffer.from(` ${Buffer.from(bytesOf(invitation)).toString()}`)],
  ['a field more', Buffer.from('{"invitation":{},"more":1,"signature":""}')],
  ['deeply nested', Buffer.from('['.repeat(5_000) + ']'.repeat(5_000))],
  ['huge', Buffer.alloc(2_000_000, 0x5b)],
])('no invitation: %s', (_, bytes) => {
  expect(refusal(bytes)).toContain('not an invitation');
});

test.each(['\u202eniboR', 'Rob\u0000in', 'Robin<b>', 'Ro\u200bbin'])(
  'a name that would mislead is refused even where it is signed: %j',
  (operator) => {
    const statement = invitationStatement({ ...invitation, operator });
    const signature = sign(null, statement, privateKey).toString('base64');
    const text = Buffer.from(statement).toString().split('\n').slice(1).join('\n');
    const bytes = Buffer.from(`{"invitation":${text},"signature":"${signature}"}`);
    expect(refusal(bytes)).toContain('not an invitation');
  },
);

const signed = (change: Partial<Invitation> = {}) => read(bytesOf({ ...invitation, ...change }));
const expected = (change: Partial<Expected> = {}): Expected => ({
  now,
  signers: [signed().signer.fingerprint],
  profiles: [],
  ...change,
});
const pins = (clusterId: string) => ({
  at: invitation.madeAt,
  rootFingerprint: digestSchema.parse('0'.repeat(64)),
  clusterId,
});
const profile = (clusterId: string, kind: 'real' | 'practice' = 'real') =>
  ({ name: 'Payments DR', kind, pins: pins(clusterId) }) as const;

test('a known signer, in time, for the pinned cluster: good', () => {
  const judged = judgeInvitation(signed(), expected({ profiles: [profile('c-1')], nonce }));
  expect(judged).toEqual({
    verdict: 'good',
    says: ['The cluster is Payments DR, as pinned on this laptop.'],
  });
});

test('an unknown signer is told apart from every other fault, and comes last', () => {
  expect(judgeInvitation(signed(), expected({ signers: [] })).verdict).toBe('signer-unknown');
  const late = expected({ signers: [], now: now + 5 * 3_600_000 });
  expect(judgeInvitation(signed(), late).verdict).toBe('refused');
});

test.each([
  ['expired', {}, { now: now + 4 * 3_600_000 }, 'expired'],
  ['from the future', {}, { now: now - 11 * 60_000 }, 'clock'],
  [
    'standing for days',
    { expiresAt: new Date(now + 25 * 3_600_000).toISOString() },
    {},
    'longer than 24 hours',
  ],
  ['ending before it began', { expiresAt: invitation.madeAt }, {}, 'longer than'],
  ['another cluster of that name', {}, { profiles: [profile('c-2')] }, 'another cluster'],
  ['practice for real', {}, { profiles: [profile('c-1', 'practice')] }, 'practice'],
  [
    'another attempt',
    {},
    { nonce: nonceSchema.parse('aaaaaaaa-8528-6246-09e7-82b25b8aba63') },
    'another attempt',
  ],
])('refused: %s', (_, change, known, says) => {
  const judged = judgeInvitation(signed(change), expected(known));
  expect(judged.verdict).toBe('refused');
  expect(judged.says.join(' ')).toContain(says);
});
