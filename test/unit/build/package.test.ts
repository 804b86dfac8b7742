import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { createPackage, extractAll, listPackage, uncache } from '@electron/asar';
import { Arch, build, Platform } from 'electron-builder';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import packageJson from '../../../package.json' with { type: 'json' };
import { buildAll } from '../../../scripts/build.mjs';
import { compareBuilds } from '../../../scripts/compare-builds.mjs';
import { faultsOfPackage } from '../../../scripts/package/check.mjs';
import { writeStandIn } from '../../../scripts/package/stand-in.mjs';
import { setFuses } from '../../../scripts/fuses.mjs';

const root = join(import.meta.dirname, '../../..');
let folder = '';
let packed = '';

/** Packs for Linux around a stand-in for Electron's runtime: its program is only a fuse wire. */
beforeAll(async () => {
  if (!existsSync(join(root, 'out/built'))) await buildAll();
  folder = await mkdtemp(join(tmpdir(), 'keyturn-package-'));
  const runtime = join(folder, 'runtime');
  await writeStandIn(runtime, packageJson.devDependencies.electron);
  await build({
    projectDir: root,
    targets: Platform.LINUX.createTarget('dir', Arch.x64),
    publish: 'never',
    config: { electronDist: runtime, directories: { output: join(folder, 'dist') } },
  });
  packed = join(folder, 'dist/linux-unpacked');
}, 180_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

const contents = (): string[] =>
  listPackage(join(packed, 'resources/app.asar'), { isPack: false }).map((path) =>
    path.replaceAll('\\', '/'),
  );

test('the archive holds what runs and keytar, and nothing else', () => {
  const files = contents();
  for (const needed of [
    '/out/electron/main.js',
    '/out/electron/preload/share-entry.cjs',
    '/out/renderer/guide/index.html',
    '/out/renderer/promote/index.html',
    '/out/verifier/keyturn-verify.mjs',
    '/node_modules/keytar/lib/keytar.js',
    '/node_modules/keytar/prebuilds/linux-x64/keytar.node',
    '/package.json',
  ]) {
    expect(files).toContain(needed);
  }
  const elsewhere = files.filter(
    (file) =>
      !/^\/(package\.json|out(\/(electron|renderer|verifier)(\/.*)?)?|node_modules(\/keytar(\/.*)?)?)$/.test(
        file,
      ),
  );
  expect(elsewhere).toEqual([]);
});

test('no source, no map, no test host, no other platform’s prebuild', () => {
  for (const file of contents()) {
    expect(file).not.toMatch(/\.(ts|tsx|map)$|test-host|out\/chromium/);
    expect(file).not.toMatch(/prebuilds\/(?!linux-x64)/);
  }
});

test('the program carries all nine fuses', async () => {
  const wire = await getCurrentFuseWire(join(packed, 'keyturn'));
  expect(wire[FuseV1Options.RunAsNode]).toBe(FuseState.DISABLE);
  expect(wire[FuseV1Options.OnlyLoadAppFromAsar]).toBe(FuseState.ENABLE);
  expect(wire[FuseV1Options.WasmTrapHandlers]).toBe(FuseState.ENABLE);
});

test('the licence travels along', () => {
  expect(existsSync(join(packed, 'LICENSE.Keyturn'))).toBe(true);
});

const form = { program: 'keyturn', platform: 'linux', arch: 'x64' } as const;

test('the check of the package finds nothing', async () => {
  expect(await faultsOfPackage(packed, form)).toEqual([]);
});

describe('the check finds', () => {
  let spoiled = '';
  beforeEach(async () => {
    spoiled = join(await mkdtemp(join(folder, 'spoiled-')), 'linux-unpacked');
    await cp(packed, spoiled, { recursive: true });
  });

  /** Takes the archive apart, adds a file, and packs it again. */
  async function withFile(path: string, text: string): Promise<string[]> {
    const archive = join(spoiled, 'resources/app.asar');
    const apart = join(spoiled, '../apart');
    uncache(archive);
    extractAll(archive, apart);
    await writeFile(join(apart, path), text);
    await createPackage(apart, archive);
    return faultsOfPackage(spoiled, form);
  }

  test('a fuse that is not as it was decided', async () => {
    const program = join(spoiled, 'keyturn');
    await setFuses(program);
    const bytes = await readFile(program);
    // The first fuse is RunAsNode: the wire begins two bytes behind the sentinel.
    bytes[bytes.indexOf('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX') + 34] = FuseState.ENABLE;
    await writeFile(program, bytes);
    expect(await faultsOfPackage(spoiled, form)).toEqual(['The fuse RunAsNode is not off.']);
  });

  test.each([
    ['a source map', 'out/electron/main.js.map', '{}', 'does not belong'],
    ['a test', 'out/electron/main.test.js', '', 'does not belong'],
    ['another package', 'node_modules/left-pad.js', '', 'does not belong'],
    ['an updater', 'out/electron/more.js', 'autoUpdater.check()', 'names an updater'],
    ['a pointer to a map', 'out/electron/more.js', '//# sourceMappingURL=x', 'names a source map'],
    [
      'what only developers need',
      'package.json',
      '{"devDependencies":{"vite":"1"}}',
      'has devDependencies',
    ],
  ])('%s', async (_name, path, text, fault) => {
    expect((await withFile(path, text)).join(' ')).toContain(fault);
  });

  test('a folder that Electron might load in place of the archive', async () => {
    await writeFile(join(spoiled, 'resources/default_app.asar'), '');
    expect(await faultsOfPackage(spoiled, form)).toEqual([
      'default_app.asar lies beside app.asar.',
    ]);
  });

  test('an archive that is not the one the program was made with, where the system checks it', async () => {
    const windows = { ...form, platform: 'win32' } as const;
    expect((await faultsOfPackage(spoiled, windows)).join(' ')).toContain(
      'does not hold the hash of app.asar',
    );
  });

  test('a comparison names the file inside an archive', async () => {
    expect(await compareBuilds(packed, spoiled)).toMatchObject({ differences: [] });
    await withFile('out/electron/main.js', 'changed');
    const { differences } = await compareBuilds(packed, spoiled);
    expect(differences).toEqual([
      { how: 'differs', path: 'resources/app.asar' },
      { how: 'differs', path: 'resources/app.asar/out/electron/main.js' },
    ]);
  });
});
