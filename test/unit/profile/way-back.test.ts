import { describe, expect, test } from 'vitest';
import { digestSchema } from '../../../shared/ids.ts';
import { profileDraftSchema, profileSchema, type Profile } from '../../../shared/profile.ts';
import { isWayBackOf, wayBackOf } from '../../../shared/way-back.ts';

const root = digestSchema.parse('a'.repeat(64));
const profile = profileSchema.parse({
  id: 'payments',
  kind: 'real',
  name: 'payments',
  colour: 'slate',
  nodes: ['https://dr-1.example.net:8200', 'https://dr-2.example.net:8200'],
  primaryNodes: ['https://a-1.example.net:8200'],
  seal: 'auto-unseal',
  namespace: 'team',
  tls: { caPem: 'the CA of both' },
  clientAddress: 'https://vault.example.net:8200',
  pins: {
    at: '2026-09-14T09:12:44.000Z',
    rootFingerprint: root,
    clusterId: 'shared by both',
    secondaryId: 'dr',
  },
});
const back = (from: Profile, secondaryId?: string) => {
  const made = wayBackOf(from, secondaryId);
  if (!made) throw new Error('none was made');
  return made;
};
const saved = (from: Profile): Profile =>
  profileSchema.parse({ ...back(from).draft, id: 'other', kind: from.kind });

describe('the profile of the other direction', () => {
  test('changes the two clusters over, and keeps what belongs to the site', () => {
    const { draft } = back(profile);
    expect(profileDraftSchema.parse(draft)).toEqual(draft);
    expect(draft).toMatchObject({
      name: 'payments (way back)',
      nodes: profile.primaryNodes,
      primaryNodes: profile.nodes,
      seal: 'auto-unseal',
      namespace: 'team',
      clientAddress: profile.clientAddress,
      tls: profile.tls,
    });
    expect(draft.colour).not.toBe(profile.colour);
    expect(draft).not.toHaveProperty('primaryTls');
  });

  test('there and back describes the same site, under the same name', () => {
    const again = back(saved(profile)).draft;
    expect(again).toMatchObject({
      name: profile.name,
      nodes: profile.nodes,
      primaryNodes: profile.primaryNodes,
    });
    expect(isWayBackOf(saved(profile), profile)).toBe(true);
    expect(isWayBackOf(profile, profile)).toBe(false);
    expect(isWayBackOf({ ...saved(profile), kind: 'practice' }, profile)).toBe(false);
  });

  test('pins the cluster id of both, and the secondary id that was given since', () => {
    expect(back(profile, 'keyturn-1').pins).toEqual({
      at: '2026-09-14T09:12:44.000Z',
      rootFingerprint: root,
      clusterId: 'shared by both',
      secondaryId: 'keyturn-1',
    });
    // The former one was the other cluster's.
    expect(back(profile).pins).not.toHaveProperty('secondaryId');
  });

  test('changes the TLS settings over too, and then pins nothing: the root was the other’s', () => {
    const apart = { ...profile, primaryTls: { caPem: 'the CA of the primary' } };
    expect(back(apart, 'keyturn-1')).toMatchObject({
      draft: { tls: apart.primaryTls, primaryTls: apart.tls },
      pins: undefined,
    });
  });

  test('is not made where no node of the primary is described, and its name still fits', () => {
    expect(wayBackOf({ ...profile, primaryNodes: [] }, undefined)).toBeUndefined();
    const long = back({ ...profile, name: 'p'.repeat(80) }).draft;
    expect(profileDraftSchema.safeParse(long).success).toBe(true);
  });
});
