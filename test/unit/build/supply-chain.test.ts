import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { z } from 'zod';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const textOf = (name: string) => readFileSync(join(root, name), 'utf8');

const versions = z.record(z.string(), z.string());
const manifest = z
  .object({
    dependencies: versions,
    devDependencies: versions,
    scripts: versions,
    allowScripts: z.record(z.string(), z.boolean()),
  })
  .parse(JSON.parse(textOf('package.json')));
const { packages } = z
  .object({
    packages: z.record(
      z.string(),
      z.object({
        resolved: z.string().optional(),
        integrity: z.string().optional(),
      }),
    ),
  })
  .parse(JSON.parse(textOf('package-lock.json')));
const locked = Object.entries(packages).filter(([path]) => path !== '');

test('every dependency is asked for by one exact version', () => {
  const exact = /^(?:npm:@[\w-]+\/[\w-]+@)?\d+\.\d+\.\d+$/;
  expect('^1.2.3').not.toMatch(exact);
  for (const [name, version] of Object.entries({
    ...manifest.dependencies,
    ...manifest.devDependencies,
  }))
    expect([name, version]).toEqual([name, expect.stringMatching(exact)]);
});

test('every package has a hash of what it must be, and comes from no other place than a registry', () => {
  expect(locked.length).toBeGreaterThan(300);
  for (const [path, { resolved, integrity }] of locked) {
    // The lockfile leaves the registry out; git, a file or another host would be named.
    expect([path, resolved]).toEqual([path, undefined]);
    expect([path, integrity]).toEqual([path, expect.stringMatching(/^sha512-/)]);
  }
});

test('no install script runs: none of ours, and every other one is refused by name', () => {
  expect(textOf('.npmrc')).toMatch(/^ignore-scripts=true$/m);
  for (const hook of ['preinstall', 'install', 'postinstall', 'prepare'])
    expect(manifest.scripts).not.toHaveProperty(hook);
  expect(Object.values(manifest.allowScripts)).not.toContain(true);
});
