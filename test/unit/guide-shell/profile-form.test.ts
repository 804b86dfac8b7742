import { describe, expect, test } from 'vitest';
import { parseNodeAddress } from '../../../electron/vault/address.ts';
import {
  emptyForm,
  emptyNeighbour,
  emptyTls,
  fillIn,
  formOf,
  holdsPrivateKey,
  isForm,
  type NeighbourForm,
  type ProfileForm,
} from '../../../renderer/guide/screens/profiles/form.ts';
import { differences } from '../../../renderer/guide/screens/profiles/pins.ts';
import { readForm } from '../../../renderer/guide/screens/profiles/read-form.ts';
import { pinsSchema } from '../../../shared/profile.ts';

const read = (form: ProfileForm) => readForm(form, async (text) => parseNodeAddress(text));
const typed: ProfileForm = {
  ...emptyForm,
  name: ' payments ',
  nodes: 'https://Vault-1.example.net:8200/\n\n  https://vault-2.example.net:8200  ',
  seal: 'auto-unseal',
};
const certificate = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----';

describe('a cluster as it is typed', () => {
  test('becomes a draft: one node a line, normalised; what is empty is absent', async () => {
    expect(await read(typed)).toEqual({
      ok: true,
      draft: {
        name: 'payments',
        colour: 'teal',
        nodes: ['https://vault-1.example.net:8200', 'https://vault-2.example.net:8200'],
        primaryNodes: [],
        seal: 'auto-unseal',
        tls: {},
      },
    });
  });

  test('a saved profile goes into the form and comes out the same', async () => {
    const full = { ...typed, caPem: certificate, namespace: 'ops', proxy: 'http://proxy:3128' };
    const first = await read(full);
    expect(first.ok && (await read(formOf(first.draft)))).toEqual(first);
  });

  test('every error stands at its field, all at once', async () => {
    const result = await read({
      ...emptyForm,
      nodes: 'https://vault-1.example.net:8200\nvault-2.example.net',
      primaryNodes: 'https://a.example.net\nhttps://a.example.net/',
      caPem: 'not a certificate',
      clientKeyFile: '/etc/key.pem',
    });
    const errors = result.ok ? {} : result.errors;
    expect(Object.keys(errors).sort()).toEqual(
      ['caPem', 'clientCertFile', 'name', 'nodes', 'primaryNodes', 'seal'].sort(),
    );
    expect(errors.nodes).toContain('Line 2: The address does not begin with https://');
    expect(errors.primaryNodes).toContain('stands here twice');
  });

  test('what only the schema refuses is said at its field too', async () => {
    const result = await read({
      ...typed,
      proxy: 'socks5://proxy:1080',
      serverName: 'x'.repeat(300),
    });
    expect(result.ok ? [] : Object.keys(result.errors).sort()).toEqual(['proxy', 'serverName']);
  });

  test.each(['PRIVATE KEY', 'RSA PRIVATE KEY', 'EC PRIVATE KEY', 'ENCRYPTED PRIVATE KEY'])(
    'a %s is told from a certificate, also after one',
    (kind) => {
      expect(holdsPrivateKey(`${certificate}\n-----BEGIN ${kind}-----\nMIIE`)).toBe(true);
      expect(holdsPrivateKey(certificate)).toBe(false);
    },
  );
});

describe('the rest of the site', () => {
  const oslo: NeighbourForm = {
    ...emptyNeighbour,
    name: 'Oslo',
    nodes: 'https://oslo:8200',
    tls: { ...emptyTls, serverName: 'oslo.example.net' },
  };
  const osloDr: NeighbourForm = {
    ...emptyNeighbour,
    name: 'Oslo DR',
    role: 'dr-secondary',
    follows: 'Oslo',
    nodes: 'https://oslo-dr:8200',
  };
  const whole: ProfileForm = {
    ...typed,
    clientAddress: 'https://vault.example.net',
    primaryTls: { ...emptyTls, caPem: certificate },
    others: [oslo, osloDr],
  };

  test('comes out as the profile knows it, and the same a second time', async () => {
    const first = await read(whole);
    expect(first.ok && first.draft).toMatchObject({
      clientAddress: 'https://vault.example.net',
      primaryTls: { caPem: certificate },
      others: [
        { name: 'Oslo', role: 'performance-secondary', tls: { serverName: 'oslo.example.net' } },
        { name: 'Oslo DR', role: 'dr-secondary', follows: 'Oslo' },
      ],
    });
    expect(first.ok && (await read(formOf(first.draft)))).toEqual(first);
    expect(isForm(whole)).toBe(true);
  });

  test('every error stands at its own cluster', async () => {
    const result = await read({
      ...whole,
      clientAddress: 'vault.example.net',
      primaryTls: { ...emptyTls, caPem: '-----BEGIN PRIVATE KEY-----' },
      others: [
        { ...oslo, name: ' payments ', nodes: '' },
        { ...osloDr, tls: { ...emptyTls, clientKeyFile: '/k.pem' } },
      ],
    });
    expect(result.ok ? [] : Object.keys(result.errors).sort()).toEqual([
      'clientAddress',
      'others.0.name',
      'others.0.nodes',
      'others.1.tls.clientCertFile',
      'primaryTls.caPem',
    ]);
  });

  test('own certificates that are all empty mean the system’s authorities, not the DR secondary’s', async () => {
    const own = await read({ ...typed, primaryTls: emptyTls });
    expect(own.ok && own.draft.primaryTls).toEqual({});
  });

  test('a DR secondary that follows nobody who is there follows the primary', async () => {
    const orphan = await read({ ...whole, others: [osloDr] });
    expect(orphan.ok && orphan.draft.others?.[0]?.follows).toBeUndefined();
  });
});

describe('filling in from the environment', () => {
  test('fills what is empty and leaves what was typed', () => {
    const offered = { ...emptyForm, nodes: 'https://other:8200', serverName: 'vault.example.net' };
    const { form, filled, kept } = fillIn(typed, offered);
    expect(form).toEqual({ ...typed, serverName: 'vault.example.net' });
    expect(filled).toEqual(['serverName']);
    expect(kept).toEqual(['nodes']);
  });
});

test('a kept draft is taken up again only in its own shape', () => {
  expect(isForm(typed)).toBe(true);
  expect(isForm({ ...typed, nodes: 3 })).toBe(false);
  expect(isForm(undefined)).toBe(false);
});

describe('pins', () => {
  const pins = pinsSchema.parse({
    at: '2026-09-14T09:12:44.000Z',
    rootFingerprint: 'ab'.repeat(32),
    clusterId: 'c',
    secondaryId: 's',
  });
  test('another time is no difference', () => {
    expect(differences(pins, { ...pins, at: '2026-11-23T03:15:00.000Z' })).toEqual([]);
  });
  test('a changed and a vanished value are', () => {
    const { secondaryId: _, ...without } = pins;
    expect(differences(pins, { ...without, clusterId: 'd' })).toEqual([
      { name: 'cluster_id', before: 'c', now: 'd' },
      { name: 'secondary_id', before: 's', now: 'not given' },
    ]);
  });
});
