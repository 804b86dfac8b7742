import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect } from 'vitest';
import { stringify } from 'yaml';
import { KnownSigners } from '../../electron/offline/known-signers.ts';
import { hashOfScript, readScript } from '../../electron/script-file.ts';
import { openSettings } from '../../electron/settings.ts';
import { scriptSchema } from '../../shared/script/schema.ts';
import { anyJson, changedBytes, changedJson, fuzz, taken } from './fuzz.ts';

/* Files of the data folder that a person, another program or a bad disk may have written. */

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keyturn-fuzz-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const site = {
  version: 1,
  title: 'Payments, second site',
  steps: [
    {
      id: 'noc',
      at: 'start',
      title: 'Phone the NOC',
      owner: 'operator',
      text: 'Say it.',
      check: 'The NOC knows.',
    },
    {
      id: 'fence',
      at: 'promote',
      title: 'Fence it',
      owner: 'server administrator',
      text: 'Cut it.',
    },
  ],
};
const yaml = stringify(site);
/** Small texts that stand for gigabytes, or for something else than they seem. */
const bombs = [
  `a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nversion: *c\n`,
  `${'&a '.repeat(2000)}x`,
  `version: 1\ntitle: &t ${'x'.repeat(100_000)}\nsteps: [*t, *t, *t]\n`,
  `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
  `${'{a: '.repeat(5_000)}1${'}'.repeat(5_000)}`,
  `${'- '.repeat(20_000)}x`,
  `? ? ? ? ? x`,
  `<<: {__proto__: {polluted: true}}\n__proto__: {version: 1}\nversion: 1\n`,
  `!!js/function 'function () {}'`,
  `!!binary "${'A'.repeat(100_000)}"`,
  `version: 1\nversion: 1\ntitle: a\nsteps: []\n`,
  `---\n${yaml}---\n${yaml}`,
  `%TAG ! tag:evil,2026:\n---\n!x ${yaml}`,
  yaml.replaceAll('\n', '\r'),
  `\uFEFF${yaml}`,
].map((text) => Buffer.from(text));

async function script(bytes: Uint8Array): Promise<void> {
  await writeFile(join(folder, 'script.yaml'), bytes);
  const read = await taken(() => readScript(folder));
  if (!read) return;
  expect(scriptSchema.safeParse(read).error).toBeUndefined();
  expect(hashOfScript(read)).toMatch(/^[0-9a-f]{64}$/);
}

fuzz(
  'script.yaml, bombs and near bombs',
  30,
  fc.oneof(fc.constantFrom(...bombs), changedBytes(...bombs)),
  script,
);
fuzz('script.yaml, changed', 300, changedBytes(Buffer.from(yaml)), script);
fuzz(
  'script.yaml of other values',
  200,
  changedJson(site).map((value) => Buffer.from(JSON.stringify(value))),
  script,
);

const settings = {
  version: 1,
  profiles: [
    {
      id: 'payments-dr-0a1b2c3d',
      kind: 'real',
      name: 'Payments DR',
      colour: 'teal',
      nodes: ['https://dr-1.example:8200'],
      primaryNodes: ['https://p-1.example:8200'],
      seal: 'shamir',
      tls: {},
    },
  ],
  preferences: { theme: 'dark' },
};
const settingsText = JSON.stringify(settings);

fuzz(
  'settings.json: read, or kept beside what is read',
  150,
  fc.oneof(
    changedBytes(Buffer.from(settingsText)),
    changedJson(settings).map((value) => Buffer.from(JSON.stringify(value))),
    anyJson.map((value) => Buffer.from(JSON.stringify(value))),
  ),
  async (bytes) => {
    const here = await mkdtemp(join(folder, 'settings-'));
    await writeFile(join(here, 'settings.json'), bytes);
    const opened = await taken(() => openSettings(here, () => 0));
    const profiles = opened?.settings.listProfiles() ?? [];
    // Nothing is thrown away: what is not used lies beside it, byte for byte or profile for profile.
    const names = await readdir(here);
    const whole = names.find((name) => name.startsWith('settings.unreadable'));
    if (whole !== undefined) expect(await readFile(join(here, whole))).toEqual(Buffer.from(bytes));
    else {
      const kept = names.filter((name) => name.startsWith('profile.unreadable')).length;
      const given: unknown = JSON.parse(Buffer.from(bytes).toString());
      const all =
        typeof given === 'object' && given !== null && 'profiles' in given ? given.profiles : [];
      expect(profiles.length + kept).toBe(Array.isArray(all) ? all.length : 0);
    }
    // And the next start finds it in order.
    expect(openSettings(here, () => 0).notices).toEqual([]);
  },
);

const signers = {
  v: 1,
  signers: [
    {
      fingerprint: 'ab'.repeat(32),
      operator: 'Robin',
      comparedBy: 'Ana',
      agreedBy: 'Ben',
      at: '2026-11-23T03:15:00.000Z',
    },
  ],
};
fuzz(
  'known-signers.json',
  200,
  fc.oneof(
    changedBytes(Buffer.from(JSON.stringify(signers))),
    changedJson(signers).map((value) => Buffer.from(JSON.stringify(value))),
  ),
  async (bytes) => {
    await writeFile(join(folder, 'known-signers.json'), bytes);
    for (const one of (await taken(() => new KnownSigners(folder).fingerprints())) ?? [])
      expect(one).toMatch(/^[0-9a-f]{64}$/);
  },
);
