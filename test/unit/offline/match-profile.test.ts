import { expect, test } from 'vitest';
import { profileSchema, type Profile } from '../../../shared/profile.ts';
import { matchProfile } from '../../../shared/offline/match-profile.ts';

const profile = (change: object = {}): Profile =>
  profileSchema.parse({
    id: 'payments',
    kind: 'real',
    name: 'Payments DR',
    colour: 'teal',
    nodes: ['https://vault.example.net:8200'],
    primaryNodes: [],
    seal: 'shamir',
    tls: {},
    pins: {
      at: '2026-01-01T00:00:00.000Z',
      rootFingerprint: '0'.repeat(64),
      clusterId: 'cluster-1',
      secondaryId: 'second-1',
    },
    ...change,
  });
const site = { name: 'Payments DR', colour: 'teal', seal: 'shamir' } as const;
const pinnedSite = { ...site, clusterId: 'cluster-1', secondaryId: 'second-1' };

const nameOf = (...args: Parameters<typeof matchProfile>): string => {
  const matched = matchProfile(...args);
  return matched.ok ? matched.profile.name : matched.problem.known;
};

test('the ids decide where both sides pinned them, whatever the cluster is called here', () => {
  const invitation = { site: pinnedSite, practice: false };
  expect(nameOf(invitation, [profile({ name: 'Ours' })])).toBe('Ours');
  expect(nameOf(invitation, [profile({ name: 'Ours' }), profile()])).toBe('Payments DR');
  const { pins } = profile();
  const elsewhere = profile({ pins: { ...pins, secondaryId: 'second-2' } });
  expect(nameOf(invitation, [elsewhere])).toContain('no profile');
});

test('without ids the name decides; practice and real never meet', () => {
  expect(nameOf({ site, practice: false }, [profile()])).toBe('Payments DR');
  expect(nameOf({ site, practice: false }, [profile({ name: 'Ours' })])).toContain('no profile');
  expect(nameOf({ site, practice: true }, [profile()])).toContain('no profile');
  expect(nameOf({ site, practice: true }, [profile({ kind: 'practice' })])).toBe('Payments DR');
});

test('a profile that was never tested is not used, and is called so', () => {
  const untested = profile({ pins: undefined });
  expect(nameOf({ site, practice: false }, [untested])).toContain('never tested in daylight');
  expect(nameOf({ site, practice: false }, [untested, profile()])).toBe('Payments DR');
});
