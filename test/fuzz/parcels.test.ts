import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import fc from 'fast-check';
import { expect } from 'vitest';
import { makeSealingKey } from '../../electron/offline/ceremony-key.ts';
import { openSealedShare, sealShare } from '../../electron/offline/sealing.ts';
import { nodeTools } from '../../electron/transcript/verify-file.ts';
import { ceremonyIdSchema, nonceSchema } from '../../shared/ids.ts';
import { Collector } from '../../shared/offline/collector.ts';
import { framesOf, readFrame } from '../../shared/offline/frames.ts';
import {
  invitationStatement,
  readInvitation,
  signedInvitation,
  type Invitation,
} from '../../shared/offline/invitation.ts';
import { parcelKinds } from '../../shared/offline/parcel.ts';
import { parseSealedShare } from '../../shared/offline/sealed-share.ts';
import { Trouble } from '../../shared/problem.ts';
import { Secret } from '../../shared/secret.ts';
import { pictureSize } from '../../renderer/scan/picture-size.ts';
import { anyText, changedBytes, fuzz, taken } from './fuzz.ts';

/* What is carried between laptops: QR frames, invitations, sealed shares. Anybody can show a code. */

const { sha256 } = nodeTools;
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const sealing = await makeSealingKey();
const now = Date.parse('2026-11-23T03:15:00.000Z');
const invitation: Invitation = {
  v: 1,
  what: 'keyturn-invitation',
  practice: false,
  site: { name: 'Payments DR', colour: 'teal', seal: 'shamir', clusterId: 'c-1' },
  ceremony: ceremonyIdSchema.parse('20261123-031500-0a1b2c3d'),
  nonce: nonceSchema.parse('2dbd10f1-8528-6246-09e7-82b25b8aba63'),
  required: 3,
  operator: 'Robin',
  holders: ['Ana', 'Ben', 'Chidi'],
  sealTo: { key: sealing.key, fingerprint: sealing.fingerprint },
  madeAt: new Date(now).toISOString(),
  expiresAt: new Date(now + 4 * 3_600_000).toISOString(),
  key: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
};
const invited = Buffer.from(
  signedInvitation(invitation, sign(null, invitationStatement(invitation), privateKey)),
);
const share = Secret.of('share', randomBytes(33).toString('base64'));
const sealed = Buffer.from(await sealShare(invitation, 'Ana', share));

const kinds = fc.constantFrom('invitation', 'sealed-share', 'pgp-message' as const);
const parcels = fc.record({ kind: kinds, bytes: fc.uint8Array({ minLength: 1, maxLength: 2500 }) });

fuzz(
  'frames in any order, doubled, torn and mixed with those of others',
  600,
  fc.record({
    parcel: parcels,
    other: parcels,
    order: fc.array(fc.nat(), { minLength: 1, maxLength: 120 }),
    torn: fc.array(fc.nat()),
    noise: fc.array(anyText, { maxLength: 5 }),
  }),
  async ({ parcel, other, order, torn, noise }) => {
    const own = framesOf(parcel, sha256);
    const broken = own.map((frame, at) => frame.slice(0, torn[at % (torn.length || 1)] ?? 3));
    const all = [...own, ...framesOf(other, sha256), ...broken, ...noise];
    const collector = new Collector(parcel.kind, sha256);
    collector.take(own[0] ?? '');
    let have = own.length === 1;
    for (const at of order) {
      const seen = await taken(() => collector.take(all[at % all.length] ?? ''));
      if (seen?.done !== true) continue;
      // Only ever this parcel, or the other one where it was whole and begun anew.
      const isOurs = Buffer.from(seen.parcel.bytes).equals(parcel.bytes);
      expect(isOurs || Buffer.from(seen.parcel.bytes).equals(other.bytes)).toBe(true);
      have = true;
      break;
    }
    if (!have) {
      let last = await taken(() => collector.take(own[0] ?? ''));
      for (const frame of own) if (last?.done !== true) last = collector.take(frame);
      expect(last?.done).toBe(true);
    }
  },
);

fuzz(
  'frames that fit by their check sum and lie about everything else',
  800,
  fc.record({
    n: fc.nat(300),
    chunks: fc.nat(80),
    length: fc.nat(13_000),
    letter: fc.constantFrom(...Object.values(parcelKinds), 'Z'),
    data: fc.uint8Array({ minLength: 0, maxLength: 200 }),
  }),
  async ({ n, chunks, length, letter, data }) => {
    const [real = ''] = framesOf(
      { kind: 'invitation', bytes: Buffer.alloc(500, data[0] ?? 1) },
      sha256,
    );
    const [, , id] = real.split('/');
    const { base32nopad } = await import('@scure/base');
    const head = `KT1/${letter}/${id}/${n}/${chunks}/${length}/${base32nopad.encode(data)}`;
    const { crc32 } = await import('../../shared/offline/crc32.ts');
    const text = `${head}/${crc32(head).toString(16).toUpperCase().padStart(8, '0')}`;
    const frame = readFrame(text);
    if (frame) expect(frame.chunks).toBeLessThanOrEqual(64);
    const collector = new Collector('invitation', sha256);
    await taken(() => collector.take(real));
    await taken(() => collector.take(text));
    await taken(() => collector.take(real));
  },
);

fuzz(
  'an invitation with any change is no invitation',
  600,
  changedBytes(invited),
  async (bytes) => {
    const read = await taken(() => readInvitation(bytes, nodeTools));
    if (read) expect(Buffer.from(bytes).equals(invited)).toBe(true);
  },
);

fuzz(
  'bytes of any kind as an invitation',
  500,
  fc.uint8Array({ maxLength: 400 }),
  async (bytes) => {
    expect(await taken(() => readInvitation(bytes, nodeTools))).toBeUndefined();
  },
);

fuzz('a sealed share with any change is not opened', 150, changedBytes(sealed), async (bytes) => {
  const { ceremony, nonce } = invitation;
  const opened = await taken(() => openSealedShare(bytes, { ceremony, nonce }, sealing.secret));
  // Bytes of an OpenPGP packet that its protection does not cover may change; what is inside may not.
  if (opened) {
    expect(opened.share.expose()).toBe(share.expose());
    expect(opened.holder).toBe('Ana');
  }
});

fuzz('bytes of any kind as a sealed share', 1500, fc.uint8Array({ maxLength: 400 }), (bytes) => {
  expect(parseSealedShare(bytes)).toBeUndefined();
});

fuzz(
  'a parcel of any size',
  40,
  fc.uint8Array({ maxLength: 13_000, size: 'max' }),
  async (bytes) => {
    const frames = await taken(() => framesOf({ kind: 'pgp-message', bytes }, sha256));
    expect(frames === undefined).toBe(bytes.length === 0 || bytes.length > 11_520);
    for (const frame of frames ?? []) expect(readFrame(frame)).toBeDefined();
    expect(() => readFrame(frames?.[0]?.repeat(30) ?? '')).not.toThrow(Trouble);
  },
);

/* The first bytes of a PNG, a JPEG and a WebP, as far as their sizes. */
const pictures = [
  '89504e470d0a1a0a0000000d49484452000004b000000384',
  'ffd8ffe000104a46494600010100000100010000ffc0001108038404b003',
  '524946460000000057454250565038580a00000000000000ff03000f2700',
].map((hex) => Buffer.from(hex, 'hex'));
fuzz(
  'a picture: its size, or none',
  3000,
  fc.oneof(fc.uint8Array({ maxLength: 200 }), changedBytes(...pictures)),
  (bytes) => {
    const size = pictureSize(bytes);
    for (const side of size ? [size.width, size.height] : [])
      expect(Number.isInteger(side) && side >= 0).toBe(true);
  },
);
