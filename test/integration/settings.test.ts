import {
  chmod,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSettings } from '../../electron/settings.ts';
import { profileIdSchema } from '../../shared/ids.ts';
import { Trouble } from '../../shared/problem.ts';
import { pinsSchema, profileDraftSchema } from '../../shared/profile.ts';

const draft = profileDraftSchema.parse({
  name: 'Berlin DR',
  colour: 'teal',
  nodes: ['https://dr-1.example:8200', 'https://dr-2.example:8200'],
  primaryNodes: ['https://vault.example:8200'],
  seal: 'shamir',
  tls: { serverName: 'dr.example' },
});
const pins = pinsSchema.parse({
  at: '2026-10-20T10:00:00.000Z',
  rootFingerprint: 'ab'.repeat(32),
  clusterId: '9a8b',
  secondaryId: 'berlin',
});
const unknown = profileIdSchema.parse('nobody-here');

let folder: string;
let file: string;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'keyturn-settings-')), 'data');
  file = join(folder, 'settings.json');
});
afterEach(() => rm(join(folder, '..'), { recursive: true, force: true }));

const now = () => Date.UTC(2026, 10, 23, 3, 15, 0, 123);
const open = () => openSettings(folder, now);
const reopened = () => {
  const { settings, notices } = open();
  expect(notices).toEqual([]);
  return settings;
};
const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (thrown) {
    if (thrown instanceof Trouble) return thrown.problem.code;
    throw thrown;
  }
  return 'no trouble';
};

describe('profiles and preferences', () => {
  it('start empty, without a word', () => {
    const { settings, notices } = open();
    expect(notices).toEqual([]);
    expect(settings.listProfiles()).toEqual([]);
    expect(settings.preferences()).toEqual({ theme: 'system' });
  });

  it('are there after the app was closed', () => {
    const { settings } = open();
    const saved = settings.saveProfile(draft);
    settings.setPreferences({ theme: 'dark' });
    expect(saved).toMatchObject({ ...draft, kind: 'real' });
    expect(saved.id).toMatch(/^berlin-dr-[0-9a-f]{8}$/);
    expect(reopened().listProfiles()).toEqual([saved]);
    expect(reopened().profile(saved.id)).toEqual(saved);
    expect(reopened().preferences()).toEqual({ theme: 'dark' });
  });

  it('are changed under the same id, and keep their pins', () => {
    const { settings } = open();
    const { id } = settings.saveProfile(draft);
    const second = settings.saveProfile({ ...draft, name: 'Zürich DR' });
    expect(settings.setPins(id, pins).pins).toEqual(pins);
    const changed = settings.saveProfile({ ...draft, name: 'Berlin, new' }, id);
    expect(changed).toMatchObject({ id, name: 'Berlin, new', pins });
    expect(reopened().listProfiles()).toEqual([changed, second]);
    settings.setPins(id, undefined);
    expect(reopened().profile(id).pins).toBeUndefined();
  });

  it('are removed one by one', () => {
    const { settings } = open();
    const one = settings.saveProfile(draft);
    const two = settings.saveProfile({ ...draft, name: '東京' });
    expect(two.id).toMatch(/^cluster-[0-9a-f]{8}$/);
    settings.removeProfile(one.id);
    expect(reopened().listProfiles()).toEqual([two]);
  });

  it('are asked for by an id that exists', () => {
    const { settings } = open();
    expect(codeOf(() => settings.profile(unknown))).toBe('profile.unknown');
    expect(codeOf(() => settings.saveProfile(draft, unknown))).toBe('profile.unknown');
    expect(codeOf(() => settings.setPins(unknown, pins))).toBe('profile.unknown');
    expect(codeOf(() => settings.removeProfile(unknown))).toBe('profile.unknown');
  });

  it('are not saved when they are wrong, and what was there stays', () => {
    const { settings } = open();
    const saved = settings.saveProfile(draft);
    expect(codeOf(() => settings.saveProfile({ ...draft, nodes: [] }))).toBe('profile.invalid');
    expect(codeOf(() => settings.saveProfile({ ...draft, name: ' ' }, saved.id))).toBe(
      'profile.invalid',
    );
    expect(reopened().listProfiles()).toEqual([saved]);
  });

  it.skipIf(process.platform === 'win32')('are in a file for its owner only', async () => {
    open().settings.saveProfile(draft);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    await chmod(file, 0o644);
    reopened();
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('leave no half-written file beside theirs', async () => {
    const { settings } = open();
    for (let i = 0; i < 20; i += 1) settings.saveProfile({ ...draft, name: `DR ${i}` });
    expect(await readdir(folder)).toEqual(['settings.json']);
  });
});

describe('a settings file that cannot be read', () => {
  const keptAs = 'settings.unreadable-20261123T031500123Z.json';

  it.each([
    ['cut off', (text: string) => text.slice(0, text.length / 2)],
    ['empty', () => ''],
    ['zeros', () => '\0'.repeat(500)],
    ['not JSON', () => 'theme = dark'],
    ['a list', () => '[]'],
    ['of another version', (text: string) => text.replace(/"version":\s*1/, '"version": 2')],
    ['with a field that is not ours', (text: string) => text.replace('{', '{"token":"hvs.x",')],
  ])('(%s) is kept aside and told; the app starts without it', async (_, damage) => {
    open().settings.saveProfile(draft);
    const damaged = damage(await readFile(file, 'utf8'));
    await writeFile(file, damaged);

    const { settings, notices } = open();
    expect(notices).toHaveLength(1);
    expect(notices[0]).toContain(keptAs);
    expect(await readFile(join(folder, keptAs), 'utf8')).toBe(damaged);
    expect(settings.listProfiles()).toEqual([]);
    const saved = settings.saveProfile(draft);
    expect(reopened().listProfiles()).toEqual([saved]);
  });

  it('twice in the same millisecond is kept twice', async () => {
    await mkdir(folder);
    for (const text of ['one', 'two']) {
      await writeFile(file, text);
      open();
    }
    expect((await readdir(folder)).filter((name) => name.includes('unreadable'))).toHaveLength(2);
  });

  it('does not take the good profiles with it when one of them is bad', async () => {
    const { settings } = open();
    const one = settings.saveProfile(draft);
    const bad = settings.saveProfile({ ...draft, name: 'Paris' });
    const three = settings.saveProfile({ ...draft, name: 'Rom' });
    const text = await readFile(file, 'utf8');
    const at = text.indexOf(bad.id);
    await writeFile(file, text.slice(0, at) + text.slice(at).replace('"teal"', '"mauve"'));

    const again = open();
    expect(again.settings.listProfiles()).toEqual([one, three]);
    expect(again.notices).toHaveLength(1);
    expect(again.notices[0]).toContain('"Paris"');
    expect(again.notices[0]).toContain('colour');
    const kept = await readFile(
      join(folder, 'profile.unreadable-20261123T031500123Z.json'),
      'utf8',
    );
    expect(JSON.parse(kept)).toEqual({ ...bad, colour: 'mauve' });
    expect(reopened().listProfiles()).toEqual([one, three]);
  });

  it('puts the second of two profiles with one id aside', async () => {
    const saved = open().settings.saveProfile(draft);
    const data = { version: 1, profiles: [saved, saved], preferences: { theme: 'light' } };
    await writeFile(file, JSON.stringify(data));
    const again = open();
    expect(again.settings.listProfiles()).toEqual([saved]);
    expect(again.notices).toHaveLength(1);
  });

  it('is not followed when it is a link', async () => {
    await mkdir(folder);
    const elsewhere = join(folder, '..', 'elsewhere.json');
    await writeFile(elsewhere, 'untouched');
    await symlink(elsewhere, file);
    const { settings, notices } = open();
    expect(notices).toHaveLength(1);
    settings.saveProfile(draft);
    expect(await readFile(elsewhere, 'utf8')).toBe('untouched');
    expect((await stat(file)).isFile()).toBe(true);
  });

  it('is written over, not merged, when it was edited while the app ran', async () => {
    const { settings } = open();
    const saved = settings.saveProfile(draft);
    await writeFile(file, 'not JSON at all');
    expect(settings.listProfiles()).toEqual([saved]);
    const second = settings.saveProfile({ ...draft, name: 'Second' });
    expect(reopened().listProfiles()).toEqual([saved, second]);
  });

  it('in a place that is no folder is a trouble with a way on', async () => {
    await writeFile(folder, 'a file where the folder should be');
    expect(codeOf(open)).toBe('settings.unreadable');
  });
});

describe('the rest of a site', () => {
  const whole = profileDraftSchema.parse({
    ...draft,
    clientAddress: 'https://clients.example',
    primaryTls: { serverName: 'primary.example' },
    others: [
      {
        name: 'Oslo',
        colour: 'blue',
        role: 'performance-secondary',
        nodes: ['https://oslo.example:8200'],
        tls: {},
      },
    ],
  });

  it('is there again after a restart, and a profile from before it stays as it was', () => {
    const { settings } = open();
    const [older, newer] = [settings.saveProfile(draft), settings.saveProfile(whole)];
    expect(reopened().listProfiles()).toEqual([older, newer]);
    expect(reopened().profile(newer.id)).toMatchObject(whole);
  });

  it('takes no private key in any cluster’s certificates', () => {
    const { settings } = open();
    const tls = { caPem: '-----BEGIN PRIVATE KEY-----' };
    const others = whole.others?.map((other) => ({ ...other, tls }));
    for (const more of [{ primaryTls: tls }, { others }])
      expect(codeOf(() => settings.saveProfile({ ...whole, ...more }))).toBe('profile.invalid');
    expect(reopened().listProfiles()).toEqual([]);
  });
});
